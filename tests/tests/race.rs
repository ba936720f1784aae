//! Sign-ups of one subscriber at once, from two processes over sixteen connections: an atomic store has one winner each
//! time. A store that looks and then saves has more, which shows that this race would find it.

use std::process::{ExitCode, Stdio};
use std::sync::Arc;

use store_core::{SqlSubscriptionStore, SubscriptionFilter, SubscriptionStore};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::race::{CALLS, CONNECTIONS, Tally, calls, soon, subscriber};
use store_tests::stores;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

const ROUNDS: usize = 200;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $module:ident) => {{
            suite.on($database, "an_atomic_store_has_one_winner", || async {
                let place = $module::fresh(CONNECTIONS).await?;
                stores::$module::Subscriptions { pool: place.pool.clone() }
                    .create_subscription_schema()
                    .await?;
                one_winner($database, place.url()).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "many_can_make_the_schema_at_once", || async {
                let place = $module::fresh(CONNECTIONS).await?;
                let store = Arc::new(stores::$module::Subscriptions { pool: place.pool.clone() });
                let calls: Vec<_> = (0..CONNECTIONS)
                    .map(|_| Arc::clone(&store))
                    .map(|store| tokio::spawn(async move { store.create_subscription_schema().await }))
                    .collect();
                for call in calls {
                    call.await??;
                }
                store.verify_subscriptions().await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "a_store_that_looks_first_has_several", || async {
                let place = $module::fresh(CONNECTIONS).await?;
                stores::$module::LooseSubscriptions { pool: place.pool.clone() }
                    .create_subscription_schema()
                    .await?;
                several_winners($database, place.url()).await?;
                place.remove().await;
                Ok(())
            });
        }};
    }
    on!(Database::Sqlite, sqlite);
    on!(Database::Postgres, postgres);
    on!(Database::Mysql, mysql);
    suite.run()
}

async fn one_winner(database: Database, url: &str) -> Outcome {
    let mut race = Race::start(database, url, "atomic").await?;
    for round in 0..ROUNDS {
        let tally = race.round(round).await?;
        let expected = Tally { won: 1, refused: 2 * CALLS - 1, failed: Vec::new() };
        assert_eq!(tally, expected, "round {round}");
        assert_eq!(race.live(round).await?, 1, "round {round}");
    }
    race.end().await
}

async fn several_winners(database: Database, url: &str) -> Outcome {
    let mut race = Race::start(database, url, "loose").await?;
    let mut duplicates = 0;
    for round in 0..20 {
        let tally = race.round(round).await?;
        let live = race.live(round).await?;
        assert_eq!(tally.won, live, "round {round}: every winner's row is there");
        duplicates += live - 1;
    }
    race.end().await?;
    assert!(duplicates > 0, "the race is too slow to find a store that looks first");
    Ok(())
}

/// This process and the other, each with a store on the same table.
struct Race {
    store: Arc<dyn SubscriptionStore>,
    worker: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Race {
    async fn start(
        database: Database,
        url: &str,
        kind: &str,
    ) -> Result<Race, Box<dyn std::error::Error + Send + Sync>> {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_race-worker"))
            .args([database.name(), url, kind])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let orders = worker.stdin.take().expect("it is piped");
        let mut answers = BufReader::new(worker.stdout.take().expect("it is piped")).lines();
        assert_eq!(answers.next_line().await?.as_deref(), Some("ready"));
        let store = stores::subscriptions(database, url, CONNECTIONS, kind == "atomic").await?;
        Ok(Race { store, worker, orders, answers })
    }

    async fn round(&mut self, round: usize) -> Result<Tally, Box<dyn std::error::Error + Send + Sync>> {
        let start = soon();
        self.orders.write_all(format!("{round} {start}\n").as_bytes()).await?;
        let own = calls(&self.store, "parent", round, start).await;
        let line = self.answers.next_line().await?.ok_or("the worker ended early")?;
        Ok(own.with(line.parse()?))
    }

    /// How many live rows the subscriber of a round has.
    async fn live(&self, round: usize) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
        let filter = SubscriptionFilter { subscriber_id: Some(subscriber(round)), ..Default::default() };
        let rows = self.store.list_subscriptions(&filter).await?;
        Ok(rows.iter().filter(|row| row.status.is_live()).count())
    }

    async fn end(mut self) -> Outcome {
        drop(self.orders);
        let status = self.worker.wait().await?;
        assert!(status.success(), "the worker ended with {status}");
        Ok(())
    }
}

//! Sign-ups of one subscriber at once, from two processes over sixteen connections, also beside saves of live records: an
//! atomic store has one winner each time. A store that looks and then saves has more, and so has one that leaves out its
//! lock, which shows that this race would find them.

use std::process::{ExitCode, Stdio};
use std::sync::Arc;

use sqlx::AssertSqlSafe;
use store_core::{SqlSubscriptionStore, SubscriptionFilter, SubscriptionStore};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite, full};
use store_tests::race::{CALLS, CONNECTIONS, Calls, Tally, calls, soon, subscriber};
use store_tests::stores::{self, Kind};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

const ROUNDS: usize = 200;

/// How many rounds a race has of which there are several.
fn rounds() -> usize {
    if full() { ROUNDS } else { 25 }
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $module:ident) => {{
            macro_rules! race {
                ($name:literal, $store:ident, $race:expr) => {
                    suite.on($database, $name, || async {
                        let place = $module::fresh(CONNECTIONS).await?;
                        let store = stores::$module::$store { pool: place.pool.clone() };
                        store.create_subscription_schema().await?;
                        for statement in subscribers() {
                            sqlx::query(AssertSqlSafe(statement)).execute(&place.pool).await?;
                        }
                        $race(place.url().to_owned()).await?;
                        place.remove().await;
                        Ok(())
                    });
                };
            }
            race!("an_atomic_store_has_one_winner", Subscriptions, |url: String| async move {
                one_winner($database, &url, Kind::Atomic, Calls::SignUps, ROUNDS).await
            });
            race!("saves_beside_sign_ups_have_one_winner", Subscriptions, |url: String| async move {
                one_winner($database, &url, Kind::Atomic, Calls::WithSaves, rounds()).await
            });
            race!("a_store_with_a_lock_has_one_winner", LockedSubscriptions, |url: String| async move {
                one_winner($database, &url, Kind::Locked, Calls::SignUps, rounds()).await
            });
            race!("saves_under_a_lock_have_one_winner", LockedSubscriptions, |url: String| async move {
                one_winner($database, &url, Kind::Locked, Calls::WithSaves, rounds()).await
            });
            race!("a_store_that_looks_first_has_several", LooseSubscriptions, |url: String| async move {
                several_winners($database, &url, Kind::Loose).await
            });
            // SQLite has one writer at a time, and nothing to leave out.
            if $database != Database::Sqlite {
                race!(
                    "a_store_without_its_lock_has_several",
                    LockedSubscriptions,
                    |url: String| async move { several_winners($database, &url, Kind::Unlocked).await }
                );
            }
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
        }};
    }
    on!(Database::Sqlite, sqlite);
    on!(Database::Postgres, postgres);
    on!(Database::Mysql, mysql);
    suite.run()
}

/// The rows that a lock may be taken of: one for the subscriber of each round.
fn subscribers() -> [String; 2] {
    let rows: Vec<_> = (0..ROUNDS).map(|round| format!("('{}')", subscriber(round))).collect();
    [
        "CREATE TABLE subscribers (id VARCHAR(255) NOT NULL PRIMARY KEY)".into(),
        format!("INSERT INTO subscribers VALUES {}", rows.join(", ")),
    ]
}

async fn one_winner(database: Database, url: &str, kind: Kind, calls: Calls, rounds: usize) -> Outcome {
    let mut race = Race::start(database, url, kind, calls).await?;
    for round in 0..rounds {
        let tally = race.round(round).await?;
        let expected = Tally { won: 1, refused: 2 * CALLS - 1, failed: Vec::new() };
        assert_eq!(tally, expected, "round {round}");
        assert_eq!(race.live(round).await?, 1, "round {round}");
    }
    race.end().await
}

async fn several_winners(database: Database, url: &str, kind: Kind) -> Outcome {
    let mut race = Race::start(database, url, kind, Calls::SignUps).await?;
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
    calls: Calls,
    worker: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Race {
    async fn start(
        database: Database,
        url: &str,
        kind: Kind,
        calls: Calls,
    ) -> Result<Race, Box<dyn std::error::Error + Send + Sync>> {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_race-worker"))
            .args([database.name(), url, kind.name(), calls.name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let orders = worker.stdin.take().expect("it is piped");
        let mut answers = BufReader::new(worker.stdout.take().expect("it is piped")).lines();
        assert_eq!(answers.next_line().await?.as_deref(), Some("ready"));
        let store = stores::subscriptions(database, url, CONNECTIONS, kind).await?;
        Ok(Race { store, calls, worker, orders, answers })
    }

    async fn round(&mut self, round: usize) -> Result<Tally, Box<dyn std::error::Error + Send + Sync>> {
        let start = soon();
        self.orders.write_all(format!("{round} {start}\n").as_bytes()).await?;
        let own = calls(&self.store, self.calls, "parent", round, start).await;
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

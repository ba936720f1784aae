//! Sign-ups of one subscriber at once, from two processes over sixteen connections, also beside saves of live records: an
//! atomic store has one winner each time. A store that looks and then saves has more, and so has one that leaves out its
//! lock, which shows that this race would find them.

use std::process::ExitCode;
use std::sync::Arc;

use sqlx::AssertSqlSafe;
use store_core::SqlSubscriptionStore;
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite, full};
use store_tests::race::{self, CONNECTIONS, Calls, Race, subscriber};
use store_tests::stores::{self, Kind};
use tokio::process::Command;

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
            // MySQL has no other lock, and SQLite no such one.
            if $database == Database::Postgres {
                race!(
                    "a_store_with_a_lock_of_rows_has_one_winner",
                    LockedSubscriptions,
                    |url: String| async move {
                        one_winner($database, &url, Kind::RowLocked, Calls::SignUps, rounds()).await
                    }
                );
                race!(
                    "saves_under_a_lock_of_rows_have_one_winner",
                    LockedSubscriptions,
                    |url: String| async move {
                        one_winner($database, &url, Kind::RowLocked, Calls::WithSaves, rounds()).await
                    }
                );
            }
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
    start(database, url, kind, calls).await?.one_winner(0..rounds).await
}

async fn several_winners(database: Database, url: &str, kind: Kind) -> Outcome {
    start(database, url, kind, Calls::SignUps).await?.several_winners().await
}

async fn start(
    database: Database,
    url: &str,
    kind: Kind,
    calls: Calls,
) -> Result<Race, Box<dyn std::error::Error + Send + Sync>> {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_race-worker"));
    worker.args([database.name(), url, kind.name(), calls.name()]);
    let store = stores::subscriptions(database, url, CONNECTIONS, kind).await?;
    Race::start(worker, store, calls, race::plain).await
}

//! What was certainly not done: told as `Transient`, with how much of the caller's transaction is gone.

use std::str::FromStr;
use std::time::Duration;

use sqlx::mysql::MySqlPoolOptions;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Executor as _, SqlitePool};
use store_core::{Extent, Plan, PlanStore as _, SqlPlanStore as _, StoreError};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;

use crate::world::{assert_told, plan};

pub(crate) fn add(suite: &mut Suite) {
    suite.on(Database::Postgres, "a_serialization_failure_ends_the_transaction", serialization_failure);
    suite.on(Database::Postgres, "a_deadlock_ends_the_transaction", deadlock_on_postgres);
    suite.on(Database::Postgres, "a_lock_that_is_not_had_ends_the_transaction", lock_timeout_on_postgres);
    suite.on(Database::Postgres, "an_idle_transaction_is_ended", idle_in_transaction);
    suite.on(Database::Mysql, "a_deadlock_ends_the_transaction", deadlock_on_mysql);
    suite.on(Database::Mysql, "a_lock_that_is_not_had_ends_the_statement", lock_timeout_on_mysql);
    suite.on(Database::Mysql, "an_interrupted_statement_is_undone", interrupted_on_mysql);
    suite.on(Database::Sqlite, "a_busy_file_ends_the_statement", busy);
    suite.on(Database::Sqlite, "a_snapshot_of_the_past_ends_the_transaction", busy_snapshot);
    macro_rules! no_connection {
        ($database:expr, $module:ident, $options:ident) => {
            suite.on($database, "a_pool_without_a_free_connection_times_out", || async {
                let place = $module::fresh(1).await?;
                let wait = Duration::from_millis(50);
                let pool =
                    $options::new().max_connections(1).acquire_timeout(wait).connect(place.url()).await?;
                let store = stores::$module::Plans { pool };
                store.create_plan_schema().await?;
                let held = store.pool.acquire().await?;
                let outcome = store.save_plan(&plan("new")).await;
                assert_told!(outcome, StoreError::Transient { lost: Extent::Statement, .. });
                drop(held);
                store.save_plan(&plan("new")).await?;
                store.pool.close().await;
                place.remove().await;
                Ok(())
            });
        };
    }
    no_connection!(Database::Sqlite, sqlite, SqlitePoolOptions);
    no_connection!(Database::Postgres, postgres, PgPoolOptions);
    no_connection!(Database::Mysql, mysql, MySqlPoolOptions);
}

fn priced(id: &str, amount: i64) -> Plan {
    Plan { amount, ..plan(id) }
}

async fn serialization_failure() -> Outcome {
    let place = postgres::fresh(2).await?;
    let store = stores::postgres::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    store.save_plan(&plan("one")).await?;

    let mut transaction = store.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ").await?;
    store.get_plan_in(&mut transaction, "one").await?;
    store.save_plan(&priced("one", 1)).await?;
    let outcome = store.save_plan_in(&mut transaction, &priced("one", 2)).await;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
    transaction.rollback().await?;

    assert_eq!(store.get_plan("one").await?.amount, 1);
    place.remove().await;
    Ok(())
}

async fn deadlock_on_postgres() -> Outcome {
    let place = postgres::fresh(2).await?;
    let store = stores::postgres::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    store.save_plan(&plan("a")).await?;
    store.save_plan(&plan("b")).await?;

    let (mut one, mut two) = (store.pool.begin().await?, store.pool.begin().await?);
    for transaction in [&mut one, &mut two] {
        transaction.execute("SET LOCAL deadlock_timeout = '50ms'").await?;
    }
    store.save_plan_in(&mut one, &priced("a", 1)).await?;
    store.save_plan_in(&mut two, &priced("b", 2)).await?;
    // The one that is refused lets the other go on.
    let of_one = async {
        let outcome = store.save_plan_in(&mut one, &priced("b", 1)).await;
        one.commit().await.map(|()| outcome)
    };
    let of_two = async {
        let outcome = store.save_plan_in(&mut two, &priced("a", 2)).await;
        two.commit().await.map(|()| outcome)
    };
    let (one, two) = tokio::join!(of_one, of_two);
    let (won, refused): (Vec<_>, Vec<_>) = [one?, two?].into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), refused.len()), (1, 1));
    for outcome in refused {
        assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
    }
    place.remove().await;
    Ok(())
}

async fn lock_timeout_on_postgres() -> Outcome {
    let place = postgres::fresh(2).await?;
    let store = stores::postgres::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    store.save_plan(&plan("one")).await?;
    let mut holder = store.pool.begin().await?;
    store.save_plan_in(&mut holder, &priced("one", 1)).await?;
    // Lock time-out, time-out of the statement.
    for setting in ["lock_timeout", "statement_timeout"] {
        let mut transaction = store.pool.begin().await?;
        let set = sqlx::AssertSqlSafe(format!("SET LOCAL {setting} = '30ms'"));
        transaction.execute(set).await?;
        let outcome = store.save_plan_in(&mut transaction, &priced("one", 2)).await;
        assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
        transaction.rollback().await?;
    }
    holder.commit().await?;
    assert_eq!(store.get_plan("one").await?.amount, 1);
    place.remove().await;
    Ok(())
}

/// The server ended it before the call, and says so when it is called.
async fn idle_in_transaction() -> Outcome {
    let place = postgres::fresh(2).await?;
    let store = stores::postgres::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    for idle in ["idle_in_transaction_session_timeout", "idle_session_timeout"] {
        let mut connection = store.pool.acquire().await?;
        let set = sqlx::AssertSqlSafe(format!("SET {idle} = '20ms'"));
        connection.execute(set).await?;
        if idle == "idle_in_transaction_session_timeout" {
            connection.execute("BEGIN").await?;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let outcome = store.save_plan_in(&mut connection, &plan("new")).await;
        assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
        drop(connection);
        assert_told!(store.get_plan("new").await, StoreError::NotFound { .. });
    }
    place.remove().await;
    Ok(())
}

/// The server has rolled back the whole transaction and goes on without one, of which the driver knows nothing: what is
/// written after it stays, whatever becomes of the transaction. So a caller must begin again.
async fn deadlock_on_mysql() -> Outcome {
    let place = mysql::fresh(3).await?;
    let store = stores::mysql::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    for id in ["a", "b", "c"] {
        store.save_plan(&plan(id)).await?;
    }
    let (mut one, mut two) = (store.pool.begin().await?, store.pool.begin().await?);
    store.save_plan_in(&mut one, &priced("a", 1)).await?;
    // It has changed more rows, so it is the other that the server gives up.
    store.save_plan_in(&mut two, &priced("b", 2)).await?;
    store.save_plan_in(&mut two, &priced("c", 2)).await?;
    let winner = async {
        let outcome = store.save_plan_in(&mut two, &priced("a", 2)).await;
        two.commit().await.map(|()| outcome)
    };
    let loser = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        store.save_plan_in(&mut one, &priced("b", 1)).await
    };
    let (won, refused) = tokio::join!(winner, loser);
    won??;
    assert_told!(refused, StoreError::Transient { lost: Extent::Transaction, .. });

    assert_eq!(store.get_plan_in(&mut one, "a").await?.amount, 2, "what it had written is gone");
    store.save_plan_in(&mut one, &priced("a", 3)).await?;
    one.rollback().await?;
    assert_eq!(store.get_plan("a").await?.amount, 3, "and what it writes after that stays");
    place.remove().await;
    Ok(())
}

async fn lock_timeout_on_mysql() -> Outcome {
    let place = mysql::fresh(3).await?;
    let store = stores::mysql::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    store.save_plan(&plan("one")).await?;
    let mut holder = store.pool.begin().await?;
    store.save_plan_in(&mut holder, &priced("one", 1)).await?;

    let mut transaction = store.pool.begin().await?;
    transaction.execute("SET SESSION innodb_lock_wait_timeout = 1").await?;
    store.save_plan_in(&mut transaction, &plan("before")).await?;
    let outcome = store.save_plan_in(&mut transaction, &priced("one", 2)).await;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Statement, .. });
    store.save_plan_in(&mut transaction, &plan("after")).await?;
    transaction.commit().await?;
    holder.commit().await?;

    assert_eq!(store.get_plan("one").await?.amount, 1);
    store.get_plan("before").await?;
    store.get_plan("after").await?;
    place.remove().await;
    Ok(())
}

/// By its time limit, and by somebody else.
async fn interrupted_on_mysql() -> Outcome {
    let place = mysql::fresh(3).await?;
    let store = stores::mysql::Plans { pool: place.pool.clone() };
    store.create_plan_schema().await?;
    store.save_plan(&plan("one")).await?;
    let mut holder = store.pool.begin().await?;
    store.save_plan_in(&mut holder, &priced("one", 1)).await?;

    let mut transaction = store.pool.begin().await?;
    store.save_plan_in(&mut transaction, &plan("before")).await?;
    transaction.execute("SET SESSION max_statement_time = 0.05").await?;
    let outcome = store.save_plan_in(&mut transaction, &priced("one", 2)).await;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Statement, .. });
    transaction.execute("SET SESSION max_statement_time = 0").await?;

    let id: u64 = sqlx::query_scalar("SELECT CONNECTION_ID()").fetch_one(&mut *transaction).await?;
    let waiting = priced("one", 2);
    let (outcome, killed) = tokio::join!(store.save_plan_in(&mut transaction, &waiting), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        store.pool.execute(sqlx::AssertSqlSafe(format!("KILL QUERY {id}"))).await
    });
    killed?;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Statement, .. });
    transaction.commit().await?;
    holder.commit().await?;

    assert_eq!(store.get_plan("one").await?.amount, 1);
    store.get_plan("before").await?;
    place.remove().await;
    Ok(())
}

/// A pool on a place, of which nobody waits long for the file.
async fn impatient(place: &sqlite::Place) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::from_str(place.url())?.busy_timeout(Duration::from_millis(50));
    SqlitePoolOptions::new().max_connections(3).connect_with(options).await
}

async fn busy() -> Outcome {
    let place = sqlite::fresh(1).await?;
    let store = stores::sqlite::Plans { pool: impatient(&place).await? };
    store.create_plan_schema().await?;
    let mut reader = store.pool.begin().await?;
    store.list_plans_in(&mut reader, &Default::default()).await?;
    let holder = store.pool.begin_with("BEGIN IMMEDIATE").await?;

    let outcome = store.save_plan(&plan("new")).await;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Statement, .. });
    let outcome = store.save_plan_in(&mut reader, &plan("new")).await;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Statement, .. });
    holder.rollback().await?;
    store.save_plan_in(&mut reader, &plan("new")).await?;
    reader.commit().await?;

    store.get_plan("new").await?;
    store.pool.close().await;
    place.remove().await;
    Ok(())
}

/// Waiting would not help: what the transaction has read is no longer true.
async fn busy_snapshot() -> Outcome {
    let place = sqlite::fresh(1).await?;
    let store = stores::sqlite::Plans { pool: impatient(&place).await? };
    store.create_plan_schema().await?;
    let mut transaction = store.pool.begin().await?;
    store.list_plans_in(&mut transaction, &Default::default()).await?;
    store.save_plan(&plan("newer")).await?;
    let outcome = store.save_plan_in(&mut transaction, &plan("late")).await;
    assert_told!(outcome, StoreError::Transient { lost: Extent::Transaction, .. });
    transaction.rollback().await?;

    assert_told!(store.get_plan("late").await, StoreError::NotFound { .. });
    store.pool.close().await;
    place.remove().await;
    Ok(())
}

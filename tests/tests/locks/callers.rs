//! In a transaction of the caller: what is refused there, and why.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use store_core::{
    Conflict, SqlAtomicSubscriptionStore, SqlSubscriptionStore, StoreError, Subscription, SubscriptionStatus,
    SubscriptionStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::provided::Provide;
use store_tests::race::one_wins;
use store_tests::stores;

pub(crate) fn tests(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $module:ident, $DB:ty) => {
            suite.on($database, "a_connection_outside_of_a_transaction_is_refused", || async {
                let place = $module::fresh(4).await?;
                let store = stores::$module::LockedSubscriptions { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                <$DB as Provide>::make(&place.pool).await?;
                <$DB as Provide>::provide(&place.pool, "ann").await;
                let mut connection = place.pool.acquire().await?;
                for refused in [
                    store.save_subscription_in(&mut connection, &subscription("one", "ann")).await,
                    store
                        .create_subscription_if_not_active_in(&mut connection, &subscription("one", "ann"))
                        .await,
                ] {
                    let told = told(refused);
                    assert!(told.contains("none is open on the connection: begin one"), "{told}");
                }
                drop(connection);
                assert!(store.get_subscription("one").await.unwrap_err().is_not_found());
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, sqlx::Sqlite);
    on!(Database::Postgres, postgres, sqlx::Postgres);
    on!(Database::Mysql, mysql, sqlx::MySql);
    suite.on(Database::Postgres, "a_level_above_read_committed_is_refused", refused_on_postgres);
    suite.on(Database::Mysql, "a_level_above_read_committed_is_refused", refused_on_mysql);
    suite.on(Database::Postgres, "above_read_committed_a_lock_comes_too_late", too_late);
    suite.on(Database::Postgres, "the_level_of_the_connection_is_no_matter_on_the_pool", of_the_pool);
    suite.on(Database::Postgres, "a_refused_save_leaves_the_transaction_usable", usable);
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

pub(crate) fn subscription(id: &str, subscriber: &str) -> Subscription {
    Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, subscriber, "pro", SubscriptionStatus::Active, at(0)..at(720))
    }
}

/// The text of an error that is nobody's mistake but the caller's.
fn told(outcome: Result<(), StoreError>) -> String {
    match outcome {
        Err(StoreError::Backend { source }) => source.to_string(),
        other => panic!("{other:?}"),
    }
}

async fn refused_on_postgres() -> Outcome {
    let place = postgres::fresh(4).await?;
    let store = stores::postgres::LockedSubscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    for level in ["REPEATABLE READ", "SERIALIZABLE"] {
        let begin = AssertSqlSafe(format!("BEGIN ISOLATION LEVEL {level}"));
        let mut transaction = place.pool.begin_with(begin).await?;
        let refused =
            store.create_subscription_if_not_active_in(&mut transaction, &subscription("one", "ann")).await;
        let told = told(refused);
        assert!(told.starts_with(&format!("the transaction is at {level}, ")), "{told}");
        // What is advised is taken, and the transaction that was refused goes on.
        sqlx::query("SELECT 1").execute(&mut *transaction).await?;
    }
    let mut transaction = place.pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
    store.create_subscription_if_not_active_in(&mut transaction, &subscription("one", "ann")).await?;
    transaction.commit().await?;
    assert_eq!(store.get_active_subscription("ann").await?.id, "one");
    place.remove().await;
    Ok(())
}

async fn refused_on_mysql() -> Outcome {
    let place = mysql::fresh(4).await?;
    let store = stores::mysql::LockedSubscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    sqlx::MySql::make(&place.pool).await?;
    sqlx::MySql::provide(&place.pool, "ann").await;
    let mut connection = place.pool.acquire().await?;
    for level in ["REPEATABLE READ", "SERIALIZABLE", "READ COMMITTED"] {
        let set = format!("SET SESSION TRANSACTION ISOLATION LEVEL {level}");
        sqlx::query(AssertSqlSafe(set)).execute(&mut *connection).await?;
        let mut transaction = sqlx::Connection::begin(&mut *connection).await?;
        let outcome =
            store.create_subscription_if_not_active_in(&mut transaction, &subscription("one", "ann")).await;
        if level == "READ COMMITTED" {
            outcome?;
            transaction.commit().await?;
        } else {
            let told = told(outcome);
            assert!(told.starts_with(&format!("the transaction is at {level}, ")), "{told}");
            transaction.rollback().await?;
        }
    }
    drop(connection);
    assert_eq!(store.get_active_subscription("ann").await?.id, "one");
    place.remove().await;
    Ok(())
}

/// The very statements of the store, at a level at which it would not run them: the second waits for the lock, gets it,
/// and does not see what the first has done.
async fn too_late() -> Outcome {
    let place = postgres::fresh(4).await?;
    let store = stores::postgres::LockedSubscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    for (level, live) in [("REPEATABLE READ", 2), ("READ COMMITTED", 1)] {
        sqlx::query("DELETE FROM subscriptions").execute(&place.pool).await?;
        let begin = || AssertSqlSafe(format!("BEGIN ISOLATION LEVEL {level}"));
        let mut first = place.pool.begin_with(begin()).await?;
        let mut second = place.pool.begin_with(begin()).await?;
        run(&mut first, "lock the subscriber", "first").await?;
        let waiting = tokio::spawn(async move {
            run(&mut second, "lock the subscriber", "second").await?;
            run(&mut second, "create if not active", "second").await?;
            second.commit().await
        });
        someone_waits(&place.pool).await?;
        run(&mut first, "create if not active", "first").await?;
        first.commit().await?;
        waiting.await??;
        let (count,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM subscriptions").fetch_one(&place.pool).await?;
        assert_eq!(count, live, "{level}");
    }
    place.remove().await;
    Ok(())
}

/// Runs a statement of the store for a subscription of one subscriber.
async fn run(connection: &mut sqlx::PgConnection, name: &str, id: &'static str) -> sqlx::Result<()> {
    let statements = stores::postgres::LockedSubscriptions::SUBSCRIPTION_STATEMENTS;
    let statement = statements.iter().find(|statement| statement.name() == name).expect("it has one");
    let query = sqlx::query(statement.sql);
    let record = subscription(id, "ann");
    let query = if name == "lock the subscriber" {
        query.bind("ann")
    } else {
        query
            .bind(record.id)
            .bind(None::<String>)
            .bind("ann")
            .bind("pro")
            .bind("active")
            .bind(at(0))
            .bind(at(720))
            .bind(None::<DateTime<Utc>>)
            .bind(None::<DateTime<Utc>>)
            .bind(None::<DateTime<Utc>>)
            .bind(None::<DateTime<Utc>>)
            .bind(sqlx::types::Json(record.metadata))
            .bind(at(0))
            .bind(at(0))
    };
    query.execute(connection).await.map(drop)
}

/// Returns once a session of this database waits for an advisory lock.
async fn someone_waits(pool: &PgPool) -> sqlx::Result<()> {
    let waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    while sqlx::query(waiting).fetch_one(pool).await?.get::<i64, _>(0) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// The store begins at its own level by name, whatever connections begin at by themselves.
async fn of_the_pool() -> Outcome {
    let place = postgres::fresh(8).await?;
    let url = place.url();
    let options = sqlx::postgres::PgPoolOptions::new().max_connections(8);
    let high = options
        .after_connect(|connection, _| {
            Box::pin(async move {
                let set = "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ";
                sqlx::query(set).execute(connection).await.map(drop)
            })
        })
        .connect(url)
        .await?;
    let store = std::sync::Arc::new(stores::postgres::LockedSubscriptions { pool: high.clone() });
    store.create_subscription_schema().await?;
    for round in 0..10 {
        let subscriber = format!("user_{round}");
        let new = (0..8).map(|call| subscription(&format!("{round}_{call}"), &subscriber));
        one_wins(&store, new).await?;
    }
    high.close().await;
    place.remove().await;
    Ok(())
}

/// A save looks before it writes, so no key ends the transaction of the caller.
async fn usable() -> Outcome {
    let place = postgres::fresh(4).await?;
    let store = stores::postgres::LockedSubscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    let taken = Subscription { provider_id: Some("p".into()), ..subscription("one", "ann") };
    store.save_subscription(&taken).await?;
    let mut transaction = place.pool.begin().await?;
    let same_provider = Subscription { provider_id: Some("p".into()), ..subscription("two", "bob") };
    for (refused, conflict) in
        [(same_provider, Conflict::ProviderId), (subscription("two", "ann"), Conflict::Live)]
    {
        let outcome = store.save_subscription_in(&mut transaction, &refused).await;
        assert_eq!(outcome.unwrap_err().conflict(), Some(&conflict));
    }
    store.save_subscription_in(&mut transaction, &subscription("two", "bob")).await?;
    transaction.commit().await?;
    assert_eq!(store.get_active_subscription("bob").await?.id, "two");
    place.remove().await;
    Ok(())
}

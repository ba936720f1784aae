//! Who holds the lock of a subscriber keeps others waiting, until they give up; and who has no row is refused.

use std::time::Duration;

use sqlx::Executor as _;
use store_core::{
    AtomicSubscriptionStore, Conflict, SqlSubscriptionStore, StoreError, Subscription, SubscriptionStatus,
    SubscriptionStore, sqlx,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::provided::Provide;
use store_tests::stores;

use super::callers::subscription;
use stores::mysql::LockedSubscriptions as OfMySql;

pub(crate) fn tests(suite: &mut Suite) {
    suite.on(Database::Postgres, "the_statement_of_the_docs_takes_the_lock_by_name", by_name);
    suite.on(Database::Postgres, "a_lock_by_name_has_the_scope_in_it", by_name_in_a_scope);
    suite.on(Database::Postgres, "a_lock_of_a_row_is_that_of_others", of_row_on_postgres);
    suite.on(Database::Mysql, "a_lock_of_a_row_is_that_of_others", of_row_on_mysql);
    suite.on(Database::Sqlite, "a_writer_is_waited_for", of_database);
    macro_rules! on {
        ($database:expr, $module:ident, $DB:ty, $store:ident) => {
            suite.on($database, "without_a_row_nothing_is_saved", || async {
                let place = $module::fresh(4).await?;
                <$DB as Provide>::make(&place.pool).await?;
                <$DB as Provide>::provide(&place.pool, "ann").await;
                let store = $store { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                without_row(&store).await?;
                place.remove().await;
                Ok(())
            });
            suite.on($database, "the_table_of_the_lock_is_verified", || async {
                let place = $module::fresh(2).await?;
                let store = $store { pool: place.pool.clone() };
                store.create_subscription_schema().await?;
                for (change, found) in [
                    ("SELECT 1", "OtherTableMissing"),
                    ("CREATE TABLE subscribers (id VARCHAR(255) NOT NULL)", "OtherKeyMissing"),
                    ("ALTER TABLE subscribers RENAME COLUMN id TO code", "OtherColumnMissing"),
                ] {
                    sqlx::query(change).execute(&place.pool).await?;
                    assert_eq!(findings(store.verify_subscriptions().await), [found]);
                }
                sqlx::query("DROP TABLE subscribers").execute(&place.pool).await?;
                <$DB as Provide>::make(&place.pool).await?;
                store.verify_subscriptions().await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Postgres, postgres, sqlx::Postgres, RowLocked);
    on!(Database::Mysql, mysql, sqlx::MySql, OfMySql);
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic(lock(table = "subscribers", column = "id")))]
struct RowLocked {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic(lock), scope("kind" = "team"))]
struct Scoped {
    pool: sqlx::PgPool,
    #[store(scope = "account")]
    account: i64,
}

fn findings(verified: Result<(), StoreError>) -> Vec<&'static str> {
    match verified {
        Err(StoreError::Schema { source }) => {
            let findings = source.downcast_ref::<store_core::Findings>().expect("they are its source");
            findings.iter().map(store_core::Finding::kind).collect()
        }
        other => panic!("{other:?}"),
    }
}

async fn without_row(store: &impl AtomicSubscriptionStore) -> Outcome {
    let ended = Subscription { status: SubscriptionStatus::Canceled, ..subscription("one", "bob") };
    for refused in [
        store.create_subscription_if_not_active(&subscription("one", "bob")).await,
        store.save_subscription(&subscription("one", "bob")).await,
        store.save_subscription(&ended).await,
    ] {
        match refused {
            Err(StoreError::InvalidInput { field: Some("subscriber_id"), reason, .. }) => {
                assert_eq!(reason, "no row of `subscribers` has it in `id`, to be locked for it");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(store.get_subscription("one").await.unwrap_err().is_not_found());
    store.save_subscription(&subscription("one", "ann")).await?;
    let moved = store.save_subscription(&subscription("one", "bob")).await;
    assert!(matches!(moved, Err(StoreError::InvalidInput { field: Some("subscriber_id"), .. })), "{moved:?}");
    assert_eq!(store.get_active_subscription("ann").await?.id, "one");
    Ok(())
}

/// Every write of the subscriber gives up while another has the lock; those of others, reads and deletes do not wait.
async fn is_held(store: &impl AtomicSubscriptionStore, holds: bool) -> Outcome {
    let new = subscription("new", "ann");
    let ended = Subscription { status: SubscriptionStatus::Canceled, ..subscription("ended", "ann") };
    for outcome in [
        store.save_subscription(&ended).await,
        store.create_subscription_if_not_active(&new).await,
        store.save_subscription(&new).await,
    ] {
        match outcome {
            Ok(()) if !holds => {}
            Err(StoreError::Transient { .. }) if holds => {}
            other => panic!("{other:?}"),
        }
    }
    store.save_subscription(&subscription("other", "bob")).await?;
    let two = store.create_subscription_if_not_active(&subscription("two", "bob")).await;
    assert_eq!(two.unwrap_err().conflict(), Some(&Conflict::Live));
    assert_eq!(store.get_subscription("new").await.is_ok(), !holds);
    store.delete_subscription("other").await?;
    if !holds {
        store.delete_subscription("new").await?;
        store.delete_subscription("ended").await?;
    }
    Ok(())
}

/// A pool whose sessions wait for a lock no longer than they must.
async fn impatient(url: &str) -> sqlx::Result<sqlx::PgPool> {
    let options = sqlx::postgres::PgPoolOptions::new().max_connections(2);
    let set = "SET lock_timeout = '200ms'";
    let options = options
        .after_connect(move |connection, _| Box::pin(async move { connection.execute(set).await.map(drop) }));
    options.connect(url).await
}

async fn by_name() -> Outcome {
    let place = postgres::fresh(4).await?;
    let pool = impatient(place.url()).await?;
    let store = stores::postgres::LockedSubscriptions { pool: pool.clone() };
    store.create_subscription_schema().await?;
    let mut other = place.pool.begin().await?;
    other
        .execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(
                json_build_array('ann')::text,
                'subscriptions'::regclass::oid::bigint))",
        )
        .await?;
    is_held(&store, true).await?;
    other.rollback().await?;
    is_held(&store, false).await?;
    let text: (String,) =
        sqlx::query_as("SELECT json_build_array('acme', 'cus_1')::text").fetch_one(&place.pool).await?;
    assert_eq!(text.0, r#"["acme", "cus_1"]"#);
    pool.close().await;
    place.remove().await;
    Ok(())
}

async fn by_name_in_a_scope() -> Outcome {
    let place = postgres::fresh(4).await?;
    let pool = impatient(place.url()).await?;
    let store = Scoped { pool: pool.clone(), account: 7 };
    store.create_subscription_schema().await?;
    let elsewhere = Scoped { pool: pool.clone(), account: 8 };
    let mut other = place.pool.begin().await?;
    // `account` comes before `kind`.
    other
        .execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(
                json_build_array('7', 'team', 'ann')::text,
                'subscriptions'::regclass::oid::bigint))",
        )
        .await?;
    is_held(&store, true).await?;
    is_held(&elsewhere, false).await?;
    other.rollback().await?;
    is_held(&store, false).await?;
    pool.close().await;
    place.remove().await;
    Ok(())
}

async fn of_row_on_postgres() -> Outcome {
    let place = postgres::fresh(4).await?;
    let pool = impatient(place.url()).await?;
    let store = RowLocked { pool: pool.clone() };
    store.create_subscription_schema().await?;
    sqlx::Postgres::make(&pool).await?;
    for subscriber in ["ann", "bob"] {
        sqlx::Postgres::provide(&pool, subscriber).await;
    }
    for (lock, holds) in [("UPDATE", true), ("SHARE", true), ("KEY SHARE", false)] {
        let mut other = place.pool.begin().await?;
        let lock = format!("SELECT id FROM subscribers WHERE id = 'ann' FOR {lock}");
        other.execute(sqlx::AssertSqlSafe(lock)).await?;
        // A foreign key of another table takes the last.
        is_held(&store, holds).await?;
        other.rollback().await?;
    }
    is_held(&store, false).await?;
    pool.close().await;
    place.remove().await;
    Ok(())
}

async fn of_row_on_mysql() -> Outcome {
    let place = mysql::fresh(4).await?;
    let options = sqlx::mysql::MySqlPoolOptions::new().max_connections(2);
    let set = "SET SESSION innodb_lock_wait_timeout = 1";
    let options = options
        .after_connect(move |connection, _| Box::pin(async move { connection.execute(set).await.map(drop) }));
    let pool = options.connect(place.url()).await?;
    let store = stores::mysql::LockedSubscriptions { pool: pool.clone() };
    store.create_subscription_schema().await?;
    sqlx::MySql::make(&pool).await?;
    for subscriber in ["ann", "bob"] {
        sqlx::MySql::provide(&pool, subscriber).await;
    }
    let mut other = place.pool.begin().await?;
    other.execute("SELECT id FROM subscribers WHERE id = 'ann' FOR UPDATE").await?;
    is_held(&store, true).await?;
    other.rollback().await?;
    is_held(&store, false).await?;
    pool.close().await;
    place.remove().await;
    Ok(())
}

async fn of_database() -> Outcome {
    let place = sqlite::fresh(4).await?;
    let connect: sqlx::sqlite::SqliteConnectOptions = place.url().parse()?;
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect_with(connect.busy_timeout(Duration::from_millis(50))).await?;
    let store = stores::sqlite::LockedSubscriptions { pool: pool.clone() };
    store.create_subscription_schema().await?;
    let mut other = place.pool.begin_with("BEGIN IMMEDIATE").await?;
    let waited = store.create_subscription_if_not_active(&subscription("one", "ann")).await;
    assert!(matches!(waited, Err(StoreError::Transient { .. })), "{waited:?}");
    other.execute("SELECT 1").await?;
    other.rollback().await?;
    store.create_subscription_if_not_active(&subscription("one", "ann")).await?;
    pool.close().await;
    place.remove().await;
    Ok(())
}

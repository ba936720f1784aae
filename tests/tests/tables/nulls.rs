//! The store's own table, but without NOT NULL: what must be something is corrupt where it is NULL.

use store_core::{Plan, PlanInterval, SqlPlanStore, SqlSubscriptionStore, StoreError};
use store_core::{Subscription, SubscriptionStatus, SubscriptionStore as _};
use store_model::contract::{Field, plan, subscription};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};
use store_tests::stores;

use crate::at;

macro_rules! on {
    ($suite:ident, $database:expr, $module:ident, $quote:literal) => {
        $suite.on($database, "nulls::what_must_be_is_corrupt_where_it_is_null", || async {
            let place = $module::fresh(2).await?;
            let run = async |sql: String| {
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&place.pool).await.map(drop)
            };
            let set_null = async |table: &str, field: &Field| {
                run(format!("UPDATE {table} SET {0}{1}{0} = NULL", $quote, field.name)).await
            };
            let plans = stores::$module::Plans { pool: place.pool.clone() };
            run(stores::$module::Plans::PLAN_DDL.replace(" NOT NULL", "")).await?;
            plans_are_corrupt(&plans, async |field| set_null("plans", field).await).await?;
            let subscriptions = stores::$module::Subscriptions { pool: place.pool.clone() };
            run(stores::$module::Subscriptions::SUBSCRIPTION_DDL.replace(" NOT NULL", "")).await?;
            let set_null = async |field: &Field| set_null("subscriptions", field).await;
            subscriptions_are_corrupt(&subscriptions, set_null).await?;
            place.remove().await;
            Ok(())
        });
    };
}

pub(crate) fn add(suite: &mut Suite) {
    on!(suite, Database::Sqlite, sqlite, "`");
    on!(suite, Database::Postgres, postgres, "\"");
    on!(suite, Database::Mysql, mysql, "`");
    suite.on(Database::Sqlite, "nulls::a_time_that_is_finer_is_cut", finer_times_are_cut);
}

async fn plans_are_corrupt(
    store: &impl SqlPlanStore,
    set_null: impl AsyncFn(&Field) -> sqlx::Result<()>,
) -> Outcome {
    let mut pro = Plan::new("pro", "Pro", 900, "EUR", PlanInterval::Month);
    (pro.created_at, pro.updated_at) = (at(1), at(2));
    for field in required(plan::FIELDS) {
        store.save_plan(&pro).await?;
        set_null(field).await?;
        is_corrupt(store.get_plan("pro").await, field);
    }
    Ok(())
}

async fn subscriptions_are_corrupt(
    store: &impl SqlSubscriptionStore,
    set_null: impl AsyncFn(&Field) -> sqlx::Result<()>,
) -> Outcome {
    let one = Subscription::new("one", "ann", "pro", SubscriptionStatus::Active, at(1)..at(2));
    for field in required(subscription::FIELDS) {
        store.save_subscription(&one).await?;
        set_null(field).await?;
        is_corrupt(store.get_subscription("one").await, field);
    }
    Ok(())
}

/// All that must be something but the id, which is in the primary key.
fn required(fields: &'static [Field]) -> impl Iterator<Item = &'static Field> {
    fields.iter().skip(1).filter(|field| !field.kind.is_optional())
}

fn is_corrupt<T: std::fmt::Debug>(read: Result<T, StoreError>, field: &Field) {
    match &read {
        Err(StoreError::Corrupt { column, .. }) if column == field.name => {}
        other => panic!("{}: {other:?}", field.name),
    }
}

/// Another application can write more digits than the contract has.
async fn finer_times_are_cut() -> Outcome {
    let place = sqlite::fresh(1).await?;
    let store = stores::sqlite::Subscriptions { pool: place.pool.clone() };
    store.create_subscription_schema().await?;
    let one = Subscription::new("one", "ann", "pro", SubscriptionStatus::Active, at(1)..at(2));
    store.save_subscription(&one).await?;
    sqlx::query("UPDATE subscriptions SET created_at = ?1, trial_end = ?1")
        .bind("2024-01-01T00:00:00.123456789+00:00")
        .execute(&place.pool)
        .await?;
    let read = store.get_subscription("one").await?;
    let cut = "2024-01-01T00:00:00.123456Z".parse()?;
    assert_eq!((read.created_at, read.trial_end), (cut, Some(cut)));
    place.remove().await;
    Ok(())
}

//! NULL that stands for a time which is finer than its column keeps: a record that was read so and is saved leaves it.

use chrono::{DateTime, TimeDelta};
use store_core::{SqlSubscriptionStore, Subscription, SubscriptionStatus};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

use crate::plain::Plain;

macro_rules! stores {
    ($($module:ident: $Pool:ident)*) => {$(
        mod $module {
            #[derive(store_core::SubscriptionStore)]
            #[store(table = "subscriptions", lossy(current_period_start, current_period_end))]
            #[store(columns(
                current_period_start(as = date, if_null = "1999-12-31T12:00:00Z"),
                current_period_end(as = epoch(s), if_null = created_at),
            ))]
            pub(super) struct Coarse {
                pub(super) pool: sqlx::$Pool,
            }
        }
    )*};
}

stores! { on_sqlite: SqlitePool on_postgres: PgPool on_mysql: MySqlPool }

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $place:ident, $stores:ident) => {
            suite.on($database, "finer::null_stays_where_a_column_could_not_keep_it", || async {
                let place = $place::fresh(1).await?;
                stays(&$stores::Coarse { pool: place.pool.clone() }, &place.pool).await?;
                place.remove().await;
                Ok(())
            });
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

async fn stays(store: &impl SqlSubscriptionStore, plain: &impl Plain) -> Outcome {
    store.create_subscription_schema().await?;
    let noon = DateTime::from_timestamp(946_641_600, 0).ok_or("a time")?;
    let created_at = DateTime::from_timestamp(1_000_000_000, 999_999_000).ok_or("a time")?;
    let period = created_at..created_at + TimeDelta::days(30);
    let one = Subscription::new("one", "ann", "pro", SubscriptionStatus::Active, period);
    store.save_subscription(&Subscription { created_at, ..one }).await?;
    plain.run("UPDATE subscriptions SET current_period_start = NULL, current_period_end = NULL").await?;

    let mut read = store.get_subscription("one").await?;
    assert_eq!((read.current_period_start, read.current_period_end), (noon, created_at));
    for plan in ["pro", "max"] {
        read.plan_id = plan.into();
        store.save_subscription(&read).await?;
        for column in ["current_period_start", "current_period_end"] {
            let nulls = format!("SELECT plan_id FROM subscriptions WHERE {column} IS NULL");
            assert_eq!(plain.texts(&nulls).await?, [Some(plan.to_owned())], "{column}");
        }
        assert_eq!(store.get_subscription("one").await?, read);
    }
    Ok(())
}

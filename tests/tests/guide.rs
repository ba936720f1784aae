//! The ways out of the guide: its SQL as it stands there, and the stores that stand beside it.

use std::process::ExitCode;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AssertSqlSafe, Executor};
use store_core::{
    AtomicSubscriptionStore, Conflict, Entity, PlanFilter, PlanStore, Result, SqlPlanStore,
    SqlSubscriptionStore, SqlUsageStore, StoreError, Subscription, SubscriptionStatus, SubscriptionStore,
    UsageRecord, UsageStore, async_trait,
};
use store_tests::databases::{Database, postgres, sqlite};
use store_tests::harness::{Outcome, Suite};

const GUIDE: &str = include_str!("../../store-core/src/guide.md");

/// An item of the guide, and its text.
macro_rules! shown {
    ($text:ident: $($item:item)+) => {
        $($item)+
        const $text: &[&str] = &[$(stringify!($item)),+];
    };
}

shown! { OFFERS:
    #[derive(PlanStore)]
    #[store(table = "offers", read_only, absent(provider_id, description, limits, metadata))]
    #[store(always(
        currency = "EUR", interval_count = 1, trial_days = 0,
        created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z",
    ))]
    #[store(columns(amount = "cents", interval = "every", active = "sold"))]
    struct Offers {
        pool: sqlx::PgPool,
    }
}

shown! { USAGE:
    #[derive(UsageStore)]
    #[store(table = "usage_records", reportable)]
    struct Usage {
        pool: sqlx::SqlitePool,
    }
}

shown! { MEMBERSHIPS:
    #[derive(SubscriptionStore)]
    #[store(table = "memberships", instead_of, atomic(lock))]
    #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata), lossy(canceled_at, updated_at))]
    #[store(columns(
        subscriber_id = "id", plan_id = "plan", status = "state", created_at = "since", updated_at = "since",
        current_period_start = "paid_from", current_period_end = "paid_to",
    ))]
    struct Memberships {
        pool: sqlx::SqlitePool,
    }
}

#[rustfmt::skip]
mod by_hand {
    use super::*;

    shown! { BILLING:
        #[derive(PlanStore, SubscriptionStore)]
        #[store(plan(table = "plans"), subscription(table = "subscriptions", atomic))]
        pub(super) struct Billing {
            pub(super) pool: sqlx::SqlitePool,
        }

        #[async_trait]
        impl UsageStore for Billing {
            async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
                if !record.metadata.is_empty() || record.provider_reported_at.is_some() {
                    let reason = "readings have no place for notes and reports".to_owned();
                    return Err(StoreError::InvalidInput { entity: Entity::Usage, field: None, reason });
                }
                let insert = "INSERT INTO readings VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";
                let insert = sqlx::query(insert).bind(&record.id).bind(&record.subscription_id).bind(&record.metric);
                let insert = insert.bind(record.quantity).bind(record.recorded_at.timestamp_micros());
                match insert.execute(&self.pool).await.map_err(backend)?.rows_affected() {
                    0 => Err(StoreError::AlreadyExists { entity: Entity::Usage, conflict: Conflict::Id }),
                    _ => Ok(()),
                }
            }

            async fn sum_usage(&self, subscription: &str, metric: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<i64> {
                let records = self.list_usage_records(subscription, from, to).await?;
                let of_metric = records.iter().filter(|record| record.metric == metric);
                let total = of_metric.map(|record| i128::from(record.quantity)).sum::<i128>();
                total.try_into().map_err(|_| StoreError::Overflow)
            }

            async fn list_usage_records(&self, subscription: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<UsageRecord>> {
                let list = "SELECT id, meter, kind, units, at FROM readings WHERE meter = ? AND at >= ? AND at < ? ORDER BY at, id";
                let list = sqlx::query_as(list).bind(subscription).bind(from.timestamp_micros()).bind(to.timestamp_micros());
                let rows = list.fetch_all(&self.pool).await.map_err(backend)?;
                let record = |(id, meter, kind, units, at): (String, String, String, i64, i64)| {
                    UsageRecord::new(id, meter, kind, units, DateTime::from_timestamp_micros(at).unwrap_or_default())
                };
                Ok(rows.into_iter().map(record).collect())
            }
        }

        fn backend(error: sqlx::Error) -> StoreError {
            StoreError::Backend { source: error.into() }
        }
    }

    pub(super) const TEXT: &[&str] = BILLING;
}
use by_hand::Billing;

/// The SQL of a section.
fn sql(heading: &str) -> &'static str {
    let (_, section) = GUIDE.split_once(&format!("# {heading}\n")).expect("the guide has such a section");
    let (_, sql) = section.split_once("```sql\n").expect("and SQL in it");
    sql.split_once("```").expect("that ends").0
}

fn without_blanks(text: &str) -> String {
    text.replace("pub(super) ", "").chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    suite.test("the_stores_are_those_of_the_guide", || async {
        let guide = without_blanks(GUIDE);
        for item in [OFFERS, USAGE, MEMBERSHIPS, by_hand::TEXT].concat() {
            assert!(guide.contains(&without_blanks(item)), "not in the guide: {item}");
        }
        Ok(())
    });
    suite.on(Database::Postgres, "a_view_to_read", a_view_to_read);
    suite.on(Database::Sqlite, "a_trigger_that_counts", a_trigger_that_counts);
    suite.on(Database::Sqlite, "a_view_that_is_written", a_view_that_is_written);
    suite.on(Database::Sqlite, "one_trait_by_hand", one_trait_by_hand);
    suite.run()
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

async fn a_view_to_read() -> Outcome {
    let place = postgres::fresh(2).await?;
    place.pool.execute(sql("My plans are in several tables")).await?;
    place
        .pool
        .execute(
            "INSERT INTO products VALUES ('pro', 'Pro', true), ('old', 'Old', false);
             INSERT INTO prices VALUES ('p1', 'pro', 1900, 'month'), ('p2', 'old', 900, 'year');
             INSERT INTO features VALUES ('pro', 'search'), ('pro', 'export')",
        )
        .await?;
    let offers = Offers { pool: place.pool.clone() };
    offers.verify_plans().await?;
    let plans = offers.list_plans(&PlanFilter { active_only: true }).await?;
    let [plan] = plans.as_slice() else { panic!("{plans:?}") };
    assert_eq!((plan.id.as_str(), plan.name.as_str(), plan.amount), ("p1", "Pro", 1900));
    assert_eq!(plan.features, ["export", "search"]);
    assert!(matches!(offers.save_plan(plan).await, Err(StoreError::ReadOnly { .. })));
    place.remove().await;
    Ok(())
}

async fn a_trigger_that_counts() -> Outcome {
    let place = sqlite::fresh(2).await?;
    let usage = Usage { pool: place.pool.clone() };
    usage.create_usage_schema().await?;
    place.pool.execute(sql("I have counters, not records of usage")).await?;
    usage.verify_usage().await?;
    for (id, quantity) in [("a", 3), ("b", 4), ("b", 4)] {
        let saved = usage.save_usage_record(&UsageRecord::new(id, "sub", "calls", quantity, at(1))).await;
        assert!(saved.is_ok() || saved.unwrap_err().conflict() == Some(&Conflict::Id));
    }
    let used: (i64,) = sqlx::query_as("SELECT used FROM counters").fetch_one(&place.pool).await?;
    assert_eq!(used.0, 7, "what comes twice counts once");
    place.remove().await;
    Ok(())
}

async fn a_view_that_is_written() -> Outcome {
    let place = sqlite::fresh(2).await?;
    place.pool.execute(sql("A subscription is part of its owner's row")).await?;
    let accounts = "INSERT INTO accounts (id, email) VALUES ('ann', 'ann@example.com')";
    place.pool.execute(accounts).await?;
    let memberships = Memberships { pool: place.pool.clone() };
    memberships.verify_subscriptions().await?;
    let member = |id: &str, status| Subscription {
        created_at: at(0),
        updated_at: at(0),
        ..Subscription::new(id, id, "pro", status, at(0)..at(720))
    };
    let ann = member("ann", SubscriptionStatus::Active);
    memberships.create_subscription_if_not_active(&ann).await?;
    assert_eq!(memberships.get_active_subscription("ann").await?, ann);
    let again = memberships.create_subscription_if_not_active(&ann).await;
    assert_eq!(again.unwrap_err().conflict(), Some(&Conflict::Id));
    let paused = member("ann", SubscriptionStatus::Paused);
    memberships.save_subscription(&paused).await?;
    assert_eq!(memberships.get_subscription("ann").await?, paused);
    let nobody = memberships.save_subscription(&member("bob", SubscriptionStatus::Active)).await;
    assert!(matches!(nobody, Err(StoreError::InvalidInput { .. })), "{nobody:?}");
    memberships.delete_subscription("ann").await?;
    assert!(memberships.get_subscription("ann").await.unwrap_err().is_not_found());
    let email: (String,) = sqlx::query_as("SELECT email FROM accounts").fetch_one(&place.pool).await?;
    assert_eq!(email.0, "ann@example.com");
    place.remove().await;
    Ok(())
}

async fn one_trait_by_hand() -> Outcome {
    let place = sqlite::fresh(2).await?;
    place.pool.execute(AssertSqlSafe(sql("One of the traits doesn't fit, the others do"))).await?;
    let billing = Billing { pool: place.pool.clone() };
    billing.create_plan_schema().await?;
    billing.create_subscription_schema().await?;
    billing.verify_plans().await?;
    for (id, quantity) in [("a", i64::MAX), ("b", 1), ("c", -1)] {
        billing.save_usage_record(&UsageRecord::new(id, "sub", "calls", quantity, at(1))).await?;
    }
    let again = billing.save_usage_record(&UsageRecord::new("a", "sub", "calls", 1, at(2))).await;
    assert_eq!(again.unwrap_err().conflict(), Some(&Conflict::Id));
    assert_eq!(billing.sum_usage("sub", "calls", at(0), at(9)).await?, i64::MAX);
    assert_eq!(billing.list_usage_records("sub", at(1), at(2)).await?.len(), 3);
    place.remove().await;
    Ok(())
}

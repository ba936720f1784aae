//! pangolin, on SQLite and Postgres.

use chrono::{DateTime, Utc};
use store_core::{Subscription, SubscriptionStore};

use super::never_ending;
use crate::records::{Deeds, Records, met, subscription};
use crate::verdict::Base;

macro_rules! pangolin {
    ($name:ident, $pool:ty) => {
        #[derive(SubscriptionStore)]
        #[store(table = "subscriptions", atomic, absent(trial_start, trial_end, paused_at, metadata))]
        #[store(lossy(times, current_period_start))]
        #[store(columns(
                            times(as = epoch(s)),
                            id = "subscriptionId",
                            provider_id = "subscriptionId",
                            subscriber_id = "customerId",
                            plan_id(column = "type", if_null = ""),
                            status(labels(active, past_due, canceled, "unpaid")),
                            current_period_start = "createdAt",
                            current_period_end(column = "expiresAt", if_null = "9999-12-31T23:59:59Z"),
                            canceled_at = "canceledAt",
                            created_at = "createdAt",
                            updated_at(column = "updatedAt", if_null = created_at),
                        ))]
        struct $name {
            pool: $pool,
        }
        on!($name, $pool);
    };
}
pangolin!(OnSqlite, sqlx::SqlitePool);
pangolin!(OnPostgres, sqlx::PgPool);

pub(crate) fn on_sqlite() -> Vec<Base<sqlx::SqlitePool>> {
    vec![base!(subscriptions, OnSqlite, sqlx::SqlitePool,
        name: "pangolin subscriptions",
        script: ON_SQLITE.to_owned(),
        rows: ROWS,
        records: Records::Subscriptions(records()),
    )]
}

pub(crate) fn on_postgres() -> Vec<Base<sqlx::PgPool>> {
    vec![base!(subscriptions, OnPostgres, sqlx::PgPool,
        name: "pangolin subscriptions",
        script: ON_POSTGRES.to_owned(),
        rows: ROWS,
        records: Records::Subscriptions(records()),
    )]
}

const ON_SQLITE: &str = concat!(
    include_str!("../../schemas/pangolin_sqlite.sql"),
    "CREATE UNIQUE INDEX one_live ON subscriptions (\"customerId\") WHERE status = 'active';\n",
);
const ON_POSTGRES: &str = concat!(
    include_str!("../../schemas/pangolin_postgres.sql"),
    "CREATE UNIQUE INDEX one_live ON subscriptions (\"customerId\") WHERE status = 'active';\n",
);

/// Customers that subscriptions refer to.
const ROWS: &str = "
    INSERT INTO orgs VALUES ('o');
    INSERT INTO customers (\"customerId\", \"orgId\", \"createdAt\", \"updatedAt\") VALUES
        ('u0 ', 'o', 1, 1), ('u1 ', 'o', 1, 1), ('u2 ', 'o', 1, 1), ('u3 ', 'o', 1, 1), ('u4 ', 'o', 1, 1),
        ('BOB', 'o', 1, 1), ('bob', 'o', 1, 1), ('bob ', 'o', 1, 1), ('007', 'o', 1, 1), ('7', 'o', 1, 1);";

fn records() -> Deeds<Subscription> {
    const STATUSES: [&str; 4] = ["active", "past_due", "canceled", "unpaid"];
    let fit = |mut record: Subscription| {
        record.provider_id = Some(record.id.clone());
        (record.trial_start, record.trial_end) = Default::default();
        (record.paused_at, record.metadata) = Default::default();
        record.current_period_start = record.created_at;
        record
    };
    let mut saved: Vec<_> =
        STATUSES.iter().enumerate().map(|(number, status)| fit(subscription(number, status))).collect();
    saved.extend(["BOB", "bob", "bob ", "007", "7"].iter().enumerate().map(|(number, id)| {
        let mut record = subscription(20 + 2 * number, "active");
        (record.id, record.subscriber_id, record.plan_id) = ((*id).into(), (*id).into(), (*id).into());
        fit(record)
    }));
    let mut late = subscription(4, "canceled");
    late.current_period_end = DateTime::<Utc>::from_timestamp(5_000_000_000, 0).unwrap_or_default();
    late.plan_id = String::new();
    saved.push(fit(late));
    let mut open = subscription(3, "canceled");
    open.id = "s5".into();
    (open.updated_at, open.current_period_end) = (open.created_at, never_ending());
    saved.push(fit(open));
    let met = met(&saved, &STATUSES, |number| format!("m{number}"));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some(it.id.clone()), ..it }).collect();
    Deeds { saved, met }
}

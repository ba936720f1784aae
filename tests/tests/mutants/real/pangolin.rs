//! pangolin, on SQLite and Postgres.

use chrono::{DateTime, Utc};
use store_core::Subscription;

use super::never_ending;
use crate::records::{Deeds, Records, met, subscription};
use crate::schemas::pangolin;
use crate::verdict::Base;

use pangolin::on_postgres::Subscriptions as OnPostgres;
use pangolin::on_sqlite::Subscriptions as OnSqlite;

on!(OnSqlite, sqlx::SqlitePool);
on!(OnPostgres, sqlx::PgPool);

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
    "CREATE UNIQUE INDEX one_customer ON customers (\"orgId\");\n",
);
const ON_POSTGRES: &str = concat!(
    include_str!("../../schemas/pangolin_postgres.sql"),
    "CREATE UNIQUE INDEX one_customer ON customers (\"orgId\");\n",
);

/// Customers that subscriptions refer to, each of the organization that has subscribed.
const ROWS: &str = "
    INSERT INTO orgs VALUES ('u0 '), ('u1 '), ('u2 '), ('u3 '), ('u4 '), ('u5 '), ('BOB'), ('bob'), ('bob '), ('007'), ('7');
    INSERT INTO customers (\"customerId\", \"orgId\", \"createdAt\", \"updatedAt\") SELECT 'of ' || \"orgId\", \"orgId\", 1, 1 FROM orgs;";

fn records() -> Deeds<Subscription> {
    const STATUSES: [&str; 5] = ["active", "past_due", "canceled", "unpaid", "trialing"];
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
    let mut late = subscription(5, "canceled");
    late.current_period_end = DateTime::<Utc>::from_timestamp(5_000_000_000, 0).unwrap_or_default();
    late.plan_id = String::new();
    saved.push(fit(late));
    let mut open = subscription(3, "canceled");
    open.id = "s6".into();
    (open.updated_at, open.current_period_end) = (open.created_at, never_ending());
    saved.push(fit(open));
    let met = met(&saved, &STATUSES, |number| format!("m{number}"));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some(it.id.clone()), ..it }).collect();
    Deeds { saved, met }
}

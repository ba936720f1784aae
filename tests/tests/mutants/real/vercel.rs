//! vercel, on Postgres.

use store_core::Subscription;

use super::uuid;
use crate::records::{Deeds, Records, met, subscription};
use crate::schemas::vercel::Subscriptions;
use crate::verdict::Base;

on!(Subscriptions, sqlx::PgPool);

pub(crate) fn bases() -> Vec<Base<sqlx::PgPool>> {
    vec![base!(subscriptions, Subscriptions, sqlx::PgPool,
        name: "vercel subscriptions",
        script: SCRIPT.to_owned(),
        rows: ROWS,
        records: Records::Subscriptions(records()),
    )]
}

const SCRIPT: &str = concat!(
    include_str!("../../schemas/vercel.sql"),
    "CREATE UNIQUE INDEX one_live ON subscriptions (user_id) WHERE status IN ('active', 'trialing');\n",
);

/// Rows that subscriptions refer to.
const ROWS: &str = "INSERT INTO users SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 99) n; \
     INSERT INTO products (id) VALUES ('p'); INSERT INTO prices (id, product_id) VALUES ('p0 ', 'p'), ('p1 ', 'p')";

const STATUSES: [&str; 8] =
    ["trialing", "active", "past_due", "paused", "canceled", "incomplete", "incomplete_expired", "unpaid"];

fn records() -> Deeds<Subscription> {
    let fit = |(number, mut record): (usize, Subscription)| {
        record.provider_id = Some(record.id.clone());
        record.subscriber_id = uuid(number);
        record.paused_at = None;
        record.updated_at = record.created_at;
        record
    };
    let saved = STATUSES.iter().enumerate().map(|(number, it)| (number, subscription(number, it)));
    let mut saved: Vec<_> = saved.map(fit).collect();
    // What NULL stands for.
    saved[4].plan_id = String::new();
    saved.push(fit((30, subscription(30, "unset"))));
    saved.extend(["BOB", "bob", "bob "].iter().enumerate().map(|(number, id)| {
        let record = Subscription { id: (*id).into(), ..subscription(20 + number, "active") };
        fit((20 + number, record))
    }));
    let met = met(&saved, &STATUSES, |number| format!("m{number}"));
    let met = met.into_iter().map(|it| Subscription { provider_id: Some(it.id.clone()), ..it }).collect();
    Deeds { saved, met }
}

//! A table that a field leads to, without its column and without its key (2 mistakes)

use store_core::{SubscriptionStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", schema = "ui/schema/links.sql")]
#[store(columns(subscriber_id(via(table = "customers", stores = "id", reads = "orgId"))))]
struct Missing {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", schema = "ui/schema/links.sql")]
#[store(columns(subscriber_id(via(table = "customers", stores = "id", reads = "org"))))]
struct Several {
    pool: sqlx::PgPool,
}

fn main() {}

//! A table that a field leads to, without its column, without its key, and led to by a column of other values (4 mistakes)

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

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", schema = "ui/schema/links.sql")]
#[store(columns(subscriber_id(via(table = "accounts", stores = "number", reads = "name"))))]
struct Unlike {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "seats", schema = "ui/schema/links.sql", absent(provider_id, metadata))]
#[store(columns(plan_id(column = "offer", via(table = "offers", stores = "key", reads = "name"))))]
struct Folded {
    pool: sqlx::SqlitePool,
}

fn main() {}

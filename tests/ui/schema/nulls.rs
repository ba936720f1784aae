//! A provider id that is never none, in a column that takes NULL (1 mistake)

use store_core::{SubscriptionStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", schema = "ui/schema/links.sql")]
#[store(columns(provider_id(not_null)))]
struct Never {
    pool: sqlx::PgPool,
}

fn main() {}

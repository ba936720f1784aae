//! What options name, labels, and values that are not there (11 mistakes)

use store_core::{SubscriptionStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", schema = "ui/schema/subscriptions.sql", atomic, scope("tenant" = 7))]
#[store(insert("kind" = "user", "ended_at" = null), write("copy" = "c"))]
#[store(columns(
    status(type = "state", labels(active, canceled, "gone")),
    updated_at(generated),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

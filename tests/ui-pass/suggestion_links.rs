// What the messages about `via` say to write.

use store_core::{PlanStore, SubscriptionStore};

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id(via(table = "plans", stores = "key", reads = "code"))))]
struct Linked {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(
    plan_id(via(table = "plans", stores = "key", reads = "code", scope = none)),
    subscriber_id(via(table = "customers", stores = "key", reads = "code", scope = "org")),
))]
struct Scoped {
    pool: sqlx::PgPool,
    #[store(scope = "org_id")]
    org: i64,
}

// Where the scope is a literal too, the other table has that of the field.
#[derive(SubscriptionStore)]
#[store(table = "subs", scope("kind" = "user", "parent" = null))]
#[store(columns(
    subscriber_id(via(table = "customers", stores = "key", reads = "code", scope = "org", as = uuid), as = text),
))]
struct Kinds {
    pool: sqlx::MySqlPool,
    #[store(scope = "org_id")]
    org: i64,
}

// One column, and one value of its row.
#[derive(SubscriptionStore)]
#[store(table = "subs", columns(
    id(as = i64),
    subscriber_id(column = "account", via(table = "accounts", stores = "key", reads = "code")),
    plan_id(column = "account", via(table = "accounts", stores = "key", reads = "code")),
))]
struct Shared {
    pool: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(
    name(column = "product", if_null = "..", via(table = "products", stores = "id", reads = "name")),
))]
struct Named {
    pool: sqlx::SqlitePool,
}

pub(crate) fn main() {}

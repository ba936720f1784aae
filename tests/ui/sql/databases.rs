// What is a comment, a placeholder or a quote depends on the database (6 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(SubscriptionStore)]
#[store(table = "subs", insert("a" = sql("now() # today"), "b" = sql("?"), "c" = sql("$$now$$")))]
#[store(key("id", where = "kind = 'it\\'s'"))]
struct Subscriptions {
    pool: sqlx::MySqlPool,
}

#[derive(PlanStore)]
#[store(table = "plans", insert("a" = sql(":name"), "b" = sql("[a")))]
struct Plans {
    pool: sqlx::SqlitePool,
}

fn main() {}

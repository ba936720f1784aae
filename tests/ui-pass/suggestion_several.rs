// What the messages about fields in several columns say to write.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(over("a", "b"), labels(active = ("on", true)))))]
struct Flagged {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(over(column("a", as = i32), "b"), labels(active = (1, "on")))))]
struct Numbered {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(over("a", "b"), labels(active = ("on", null)))))]
struct Unmarked {
    pool: sqlx::MySqlPool,
}

pub(crate) fn main() {}

// What the messages about fields in several columns, and about those that others decide, say to write.

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

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(case(canceled = "canceled_at IS NOT NULL", active))))]
struct Decided {
    pool: sqlx::MySqlPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock), columns(status(case(expired = "current_period_end < now()", active))))]
struct Clocked {
    pool: sqlx::PgPool,
}

pub(crate) fn main() {}

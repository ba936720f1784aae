// A delete writes the time of it where `deleted` doesn't say what else (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "is_live", marked_live = true))]
struct Marked {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "gone", marked_live = 0))]
struct Numbered {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "state", marked_live = "there", as = epoch(s)))]
struct Worded {
    pool: sqlx::MySqlPool,
}

fn main() {}

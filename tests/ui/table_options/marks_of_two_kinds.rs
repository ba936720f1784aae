// A column has values of one kind (2 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "is_live", marked_live = true, deleted = 0))]
struct Marked {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", soft_delete(column = "gone", deleted = "gone", marked_live = 0))]
struct Numbered {
    pool: sqlx::MySqlPool,
}

fn main() {}

// Columns stand in quotes, with their values (6 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", scope = "tenant", write())]
#[store(insert(kind = "main", "note", "" = 1, "a\0b" = 2))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

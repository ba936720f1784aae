// A lock stands alone or names the row of a subscriber, and `atomic` rests on one thing (6 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock, key("user_id")))]
struct Both {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(table = "customers")))]
struct WithoutColumn {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock = "customers"))]
struct Assigned {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(tabel = "customers", column = "id")))]
struct Misspelt {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(table = "a.b.c", column = "id")))]
struct InParts {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock(table = "customers", column = id)))]
struct Unquoted {
    pool: sqlx::PgPool,
}

fn main() {}

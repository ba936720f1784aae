//! Keys that don't do what the store rests on (11 mistakes)

use store_core::{SubscriptionStore, sqlx};

#[derive(SubscriptionStore)]
#[store(table = "narrow", schema = "ui/schema/keys.sql", atomic)]
struct Narrow {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "wide", schema = "ui/schema/keys.sql", atomic)]
struct Wide {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "unproven", schema = "ui/schema/keys.sql", atomic)]
struct Unproven {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "worded", schema = "ui/schema/keys.sql", atomic)]
struct Worded {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "folded", schema = "ui/schema/keys.sql", atomic)]
struct Folded {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "later", schema = "ui/schema/keys.sql", atomic)]
struct Later {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "nulls", schema = "ui/schema/keys.sql", atomic)]
struct Nulls {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "seen", schema = "ui/schema/keys.sql", atomic)]
struct Seen {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "numbered", schema = "ui/schema/keys.sql", atomic, columns(id(as = i64)))]
struct Numbered {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "caseless", schema = "ui/schema/keys.sql", atomic)]
struct Caseless {
    pool: sqlx::PgPool,
}

fn main() {}

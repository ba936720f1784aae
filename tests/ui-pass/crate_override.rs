// A library hands these crates on under a path of its own, and its users depend on no `store_core` by name.

pub(crate) mod path {
    pub(crate) mod to {
        pub(crate) use ::store_core;
    }
}

use self::path::to::store_core::{PlanStore, SubscriptionStore};

#[derive(PlanStore)]
#[store(table = "plans", crate = self::path::to::store_core)]
struct Plans {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", crate = "self::path::to::store_core")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

pub(crate) fn main() {}

// Parameters of every kind, with bounds and defaults, and fields of the user's own.

use std::collections::HashMap;
use std::sync::Arc;

use store_core::{AtomicSubscriptionStore, SubscriptionStore, UsageStore};

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic)]
struct Subscriptions<'a, C, const N: usize = 4>
where
    C: Fn() -> i64,
{
    pool: &'a sqlx::PgPool,
    clock: C,
    shards: [HashMap<String, C>; N],
}

#[derive(UsageStore)]
#[store(table = "usage", reportable)]
struct Usage<T: AsRef<str> + ?Sized = str> {
    pool: sqlx::SqlitePool,
    r#type: Arc<T>,
}

#[derive(UsageStore)]
#[store(table = "usage")]
#[allow(non_camel_case_types)]
struct r#match {
    #[store(pool)]
    r#dyn: sqlx::SqlitePool,
    rest: (),
}

fn held<'a, C: Fn() -> i64 + Send + Sync>(store: &'a Subscriptions<'a, C>) -> Option<&'a dyn AtomicSubscriptionStore> {
    store.as_atomic()
}

pub(crate) fn main() {
    let _ = held::<fn() -> i64>;
}

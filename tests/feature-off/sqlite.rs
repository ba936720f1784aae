// `store-core` is built without databases, so nothing of what the expansion would name is there.

use std::sync::Arc;

use store_core::SubscriptionStore;

pub struct SqlitePool;

#[derive(SubscriptionStore)]
#[store(table = "subscriptions")]
pub struct Subscriptions {
    pub pool: SqlitePool,
}

pub fn share(subscriptions: Subscriptions) -> Arc<dyn SubscriptionStore> {
    Arc::new(subscriptions)
}

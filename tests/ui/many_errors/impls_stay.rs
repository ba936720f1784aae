// A struct with a mistake has its impls, those on the side of SQL too.

use store_core::SubscriptionStore;

use store_core::SqlSubscriptionStore;

#[derive(SubscriptionStore)]
#[store(tabel = "subscriptions")]
struct Subscriptions {
    pool: sqlx::SqlitePool,
}

fn main() {
    let _ = Subscriptions::SUBSCRIPTION_DDL;
    let _: fn(Subscriptions) -> std::sync::Arc<dyn SubscriptionStore> = |it| std::sync::Arc::new(it);
}

// What a label can be (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(status(labels(
    active = ACTIVE,
    trialing = 1.5,
    canceled("cancelled"),
    expired = (1, 2),
    paused = "on" | "hold" | gone,
))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

// Two fields of one column (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", lossy(created_at, updated_at))]
#[store(columns(
    id(column = "key", as = uuid),
    provider_id = "key",
    plan_id = "paused_at",
    created_at = "at",
    updated_at = "at",
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

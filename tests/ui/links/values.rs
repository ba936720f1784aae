// Each part is a name, and three must be there (7 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(
    subscriber_id(via(table = "customers", reads = "code")),
    plan_id(via(table = plans, stores = 7, reads = id, scope = 1)),
    provider_id(via(tabel = "refs", stores = "id", reads = "ref", as = date)),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

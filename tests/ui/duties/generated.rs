// What a database does not make (3 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", read_from = "all_subs")]
#[store(columns(status(generated), plan_id(repeats), updated_at(generated, view_only)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

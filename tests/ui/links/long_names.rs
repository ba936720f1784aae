// Postgres would cut it in silence.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(plan_id(via(
    table = "plans", stores = "key", reads = "a_name_of_a_column_that_has_more_than_sixty_three_letters_in_all",
))))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

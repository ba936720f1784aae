// A form has its own parentheses (5 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(
    id(as = uuid(binary)),
    status(as = i32(4), labels(active = 1)),
    created_at(as = epoch(seconds)),
    updated_at(as = timestamp(9)),
    metadata(as = text),
))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

// What is of one column is said of each (4 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs", columns(status(
    over("status", "trial"),
    column = "state",
    as = char(8),
    type = "state",
    if_null = active,
    labels(active = ("active", true), canceled = ("canceled", _)),
)))]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

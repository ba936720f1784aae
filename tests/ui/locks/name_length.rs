// What is locked has a name that the database can have.

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(
    table = "subs",
    atomic(lock(
        table = "customers",
        column = "the_identifier_of_the_customer_as_the_first_of_our_billing_systems_wrote_it"
    ))
)]
struct Subscriptions {
    pool: sqlx::PgPool,
}

fn main() {}

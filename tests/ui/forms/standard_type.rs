// Types that have a form, or no name in quotes (5 mistakes)

use store_core::SubscriptionStore;

#[derive(SubscriptionStore)]
#[store(table = "subs")]
#[store(columns(
    id(type = "BIGINT"),
    subscriber_id(type = "varchar(20)"),
    status(type = "boolean"),
    created_at(type = "timestamptz"),
))]
struct Subscriptions {
    #[store(scope(column = "org", type = "integer"))]
    org: i32,
    pool: sqlx::PgPool,
}

fn main() {}

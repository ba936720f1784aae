// A view whose triggers write is all that a store sees, and no key of it (5 mistakes)

use store_core::{PlanStore, SubscriptionStore};

#[derive(PlanStore)]
#[store(table = "plan_view", instead_of)]
struct OnMySql {
    pool: sqlx::MySqlPool,
}

#[derive(PlanStore)]
#[store(table = "plan_view", read_from = "other_view", instead_of)]
struct TwoViews {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plan_view", read_only, instead_of)]
struct Unwritten {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plan_view", instead_of, columns(id(generated, as = i64)))]
struct Made {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscription_view", atomic, instead_of)]
struct Keyed {
    pool: sqlx::SqlitePool,
}

fn main() {}

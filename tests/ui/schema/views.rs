//! Views that lack what is read, have it of another type, or are not there (3 mistakes)

use store_core::{PlanStore, sqlx};

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/views.sql", read_from = "plans_alone")]
#[store(absent(provider_id, limits, metadata), columns(features(view_only)))]
struct Without {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/views.sql", read_from = "plans_by_weight")]
#[store(absent(provider_id, limits, metadata), columns(features(view_only)))]
struct Other {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/views.sql", read_from = "plans_by_wait")]
#[store(absent(provider_id, limits, metadata), columns(features(view_only)))]
struct Missing {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", schema = "ui/schema/views.sql", read_from = "plans_of_any_kind")]
#[store(absent(provider_id, limits, metadata), columns(features(view_only)))]
struct Unknown {
    pool: sqlx::PgPool,
}

fn main() {}

//! Texts of a tenant, bound to columns that take none (3 mistakes)

use store_core::{PlanStore, sqlx};

#[derive(PlanStore)]
#[store(table = "numbered", schema = "ui/schema/scopes.sql", key("id"))]
struct Numbered {
    pool: sqlx::PgPool,
    #[store(scope = "tenant")]
    tenant: String,
}

#[derive(PlanStore)]
#[store(table = "unique", schema = "ui/schema/scopes.sql", key("id"))]
struct Unique {
    pool: sqlx::PgPool,
    #[store(scope = "tenant")]
    tenant: std::sync::Arc<str>,
}

#[derive(PlanStore)]
#[store(table = "listed", schema = "ui/schema/scopes.sql", key("id"))]
struct Listed {
    pool: sqlx::PgPool,
    #[store(scope = "tenant")]
    tenant: &'static str,
}

fn main() {}

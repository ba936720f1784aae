// Names with a schema, and with dots.

use store_core::{PlanStore, SqlPlanStore};

#[derive(PlanStore)]
#[store(table = "schema.name")]
struct Qualified {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "\"a.b\".name")]
struct Dotted {
    pool: sqlx::PgPool,
}

pub(crate) fn main() {
    assert!(Qualified::PLAN_DDL.contains(r#"CREATE TABLE IF NOT EXISTS "schema"."name" ("#));
    assert!(Dotted::PLAN_DDL.contains(r#"CREATE TABLE IF NOT EXISTS "a.b"."name" ("#));
}

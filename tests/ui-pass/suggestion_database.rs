// An alias does not tell its database, so the annotation does.

use store_core::PlanStore;

type Lite = sqlx::SqlitePool;
type Pg = sqlx::PgPool;
type My = sqlx::MySqlPool;

#[derive(PlanStore)]
#[store(table = "plans", database = sqlite)]
struct OnSqlite {
    pool: Lite,
}

#[derive(PlanStore)]
#[store(table = "plans", database = postgres)]
struct OnPostgres {
    pool: Pg,
}

#[derive(PlanStore)]
#[store(table = "plans", database = mysql)]
struct OnMySql {
    pool: My,
}

pub(crate) fn main() {}

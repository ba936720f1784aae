// Every way to hold a pool.

use std::sync::Arc;

use sqlx::{MySql, Pool, Postgres};
use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
struct Spelled(Pool<Postgres>);

#[derive(PlanStore)]
#[store(table = "plans")]
struct Shared(Arc<sqlx::Pool<MySql>>);

#[derive(PlanStore)]
#[store(table = "plans")]
struct Boxed(Box<sqlx::SqlitePool>);

#[derive(PlanStore)]
#[store(table = "plans")]
struct Borrowed<'a>(&'a sqlx::SqlitePool);

#[derive(PlanStore)]
#[store(table = "plans")]
struct Nested<'a>(&'a std::sync::Arc<sqlx::PgPool>);

#[derive(PlanStore)]
#[store(table = "plans")]
struct Tuple(u8, #[store(pool)] sqlx::SqlitePool);

pub(crate) fn main() {}

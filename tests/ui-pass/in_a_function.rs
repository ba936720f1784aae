// A struct can be a function's own, and a macro's.
#![deny(warnings)]

use store_core::PlanStore;

macro_rules! plans {
    ($name:ident, $table:literal, $pool:ty) => {
        #[derive(PlanStore)]
        #[store(table = $table)]
        struct $name {
            pool: $pool,
        }
    };
}

plans!(Plans, "plans", sqlx::SqlitePool);

pub(crate) fn main() {
    #[derive(PlanStore)]
    #[store(table = "plans")]
    struct Local {
        pool: sqlx::SqlitePool,
    }

    let _: fn(&Local) -> &sqlx::SqlitePool = |it| &it.pool;
    let _: fn(&Plans) -> &sqlx::SqlitePool = |it| &it.pool;
}

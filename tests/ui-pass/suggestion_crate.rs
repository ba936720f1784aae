// The path to `store_core`, as the message shows it.

mod path {
    pub(super) mod to {
        pub(crate) use ::store_core;
    }
}

#[derive(path::to::store_core::PlanStore)]
#[store(table = "plans", crate = path::to::store_core)]
struct Plans {
    pool: sqlx::SqlitePool,
}

pub(crate) fn main() {}

// A field that is the value of a column is of a type that the driver knows.

use store_core::PlanStore;

struct Tenant(#[allow(dead_code)] u32);

#[derive(PlanStore)]
#[store(table = "plans")]
struct Plans {
    pool: sqlx::SqlitePool,
    #[store(scope = "tenant")]
    tenant: Tenant,
}

fn main() {}

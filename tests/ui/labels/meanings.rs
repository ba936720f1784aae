// What a label can be of (5 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    active(labels(yes = 1, "false" = 0)),
    interval(labels(mnth = 1, month * 0 = 2, 12 = 3)),
))]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}

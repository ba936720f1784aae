// JSON is text, numbers, true and false, lists and maps (7 mistakes)

use store_core::PlanStore;

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    provider_id(column = "data", path = "ref", as = uuid(bytes)),
    name(column = "data", path = "name", as = char(9)),
    amount(column = "data", path = "price", as = decimal(currency)),
    trial_days(column = "data", path = "trial", as = f64(0)),
    features(column = "data", path = "features", as = array),
    limits(column = "data", path = "limits", as = text(json)),
    metadata(column = "data", path = "meta", as = text(json(any))),
))]
#[store(read_only)]
struct Plans {
    pool: sqlx::PgPool,
}

fn main() {}

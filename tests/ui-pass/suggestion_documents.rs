// What the messages about documents and keys say to write.

use store_core::{PlanStore, SubscriptionStore};

#[derive(PlanStore)]
#[store(table = "plans", read_only)]
#[store(columns(
    name(path = "a.b[0].c"),
    description(path = "name"),
    currency(column = "data", path = "currency"),
    amount(column = "data", path = "price", as = decimal(2)),
    trial_days(column = "data", path = "trial", as = decimal(0)),
    provider_id(column = "data", path = "ref", as = uuid),
    interval(column = "data", path = "every", as = text),
    limits(column = "data", path = "limits", as = json),
    features(column = "data", path = "features"),
    metadata(column = "data", path = "$", as = json(any)),
))]
pub(crate) struct Read {
    pool: sqlx::SqlitePool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    name(column = "data", path = "name", type = "json"),
    created_at(column = "data", path = "created", type = "json", as = epoch(us)),
    updated_at(column = "data", path = "updated", type = "json", as = text("%Y-%m-%dT%H:%M:%S%.6fZ")),
    metadata = "data",
))]
pub(crate) struct OfJson {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans")]
#[store(columns(
    limits(keys("seats" = "max_seats"), as = i32),
    features(keys("sso" = "has_sso"), as = i16),
))]
pub(crate) struct Keys {
    pool: sqlx::MySqlPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic(lock), columns(subscriber_id(column = "data", path = "user")))]
pub(crate) struct Locked {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subs", atomic, columns(status(column = "data", path = "status")))]
pub(crate) struct Live {
    pool: sqlx::SqlitePool,
}

pub(crate) fn main() {}

// What the messages of columns, forms, labels and options of the table advise.

use store_core::{PlanStore, SubscriptionStore, UsageStore};

#[derive(PlanStore)]
#[store(table = "fees", columns(amount(as = decimal(8, 2)), provider_id(not_null)))]
struct Fees {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(active(column = "archived_at", as = is_null(timestamp(6)))))]
struct Archived {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(active(column = "published_at", as = is_set(timestamp(6)))))]
struct Published {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", read_from = "plans_with_limits", read_only, scope("kind" = "plan"))]
#[store(lossy(times))]
#[store(columns(
    ids(as = i32),
    times(as = epoch(ms)),
    provider_id(repeats, also_none = "-"),
    name(type = "citext"),
    description(if_null = ""),
    currency(as = text),
    amount(as = decimal(2)),
    trial_days(if_null = 1),
    interval(labels(month * 3 = "quarter", month = "month")),
    features(as = list(",")),
    limits(as = json),
    metadata(as = text(json)),
    active(labels(true = "yes", false = "no")),
    created_at(if_null = "1970-01-01T00:00:00Z"),
))]
struct Plans {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", atomic(key("subscriber_id")), key("id"), write("kind" = "b"))]
#[store(soft_delete(column = "deleted_at"), lossy(canceled_at, trial_start), collation = "NOCASE")]
#[store(columns(
    id(as = uuid(bytes)),
    status(labels(active = "on", ..)),
    current_period_start(as = timestamp(6)),
    current_period_end(as = epoch(s, exact)),
    canceled_at(as = date),
    paused_at(as = date(exact)),
    trial_start(as = text("%Y-%m-%d %H:%M:%S")),
))]
struct Subscriptions {
    pool: sqlx::SqlitePool,
    #[store(insert = "created_by")]
    created_by: String,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", key("id", where = "archived = 0"))]
#[store(insert("kind" = "a", "sort" = sql("lower('A')"), "rest" = null), soft_delete(column = "gone", marked_live = true, deleted = false))]
#[store(columns(status(as = i32, labels(active = 1, ..))))]
struct Open {
    pool: sqlx::SqlitePool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", soft_delete(column = "gone", deleted = true))]
#[store(columns(status(labels(active, ..)), plan_id(type = "my_id")))]
struct Short {
    pool: sqlx::PgPool,
}

// `lossy(canceled_at)` drops of one time what is finer. Files of SQL are held against a mapping where they are: `schema = "migrations"`. Of a type that has a form, the form is
// said and not `type = "int4"`.
#[derive(UsageStore)]
#[store(table = "usage", columns(quantity(as = i32)))]
struct Usage {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "seats", atomic(lock), columns(subscriber_id(if_null = "nobody")))]
struct Seats {
    pool: sqlx::SqlitePool,
}

pub(crate) fn main() {}

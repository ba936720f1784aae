//! What is advised where a mapping doesn't fit the files of SQL.

use store_core::{PlanStore, SubscriptionStore, sqlx};

#[derive(PlanStore)]
#[store(table = "plans", absent(limits))]
#[store(columns(description(if_null = "")))]
struct Unlimited {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(id(not_null)))]
struct Identified {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(description(not_null)))]
struct Described {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(subscriber_id(not_null)))]
struct Subscribed {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(current_period_end(not_null)))]
struct Ending {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(metadata = "meta_data"))]
#[store(insert("tenant" = "ours"))]
struct Renamed {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(interval(type = "span")))]
struct Typed {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(id(type = "citext")))]
struct Caseless {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", columns(limits = "max", metadata = "notes"))]
struct Elsewhere {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", read_from = "plans_by_weight", columns(features(as = array, view_only)))]
struct Viewed {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(provider_id(not_null)))]
struct Provided {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(trial_end(not_null)))]
struct Tried {
    pool: sqlx::PgPool,
}

#[derive(SubscriptionStore)]
#[store(table = "subscriptions", columns(status(labels(active, canceled))))]
struct Labelled {
    pool: sqlx::PgPool,
}

#[derive(PlanStore)]
#[store(table = "plans", absent(metadata))]
struct Plans {
    pool: sqlx::PgPool,
}

/// As the README has it.
#[derive(PlanStore)]
#[store(table = "plans", absent(metadata), columns(interval(labels(day, week, year, month = "mon"))))]
struct Short {
    pool: sqlx::PgPool,
}

pub(crate) fn main() {}

//! The licences of a tunnelling service, on SQLite and on Postgres (`pangolin_sqlite.sql`, `pangolin_postgres.sql`): names of
//! mixed case, times in seconds since 1970.
//!
//! What can't be mapped, and why:
//!
//! - the period is on the items of a subscription, of which there may be several: it starts where the subscription does, and ends where
//!   that expires. For the true one there is a view with `read_only`;
//! - `trial_start`, `trial_end`, `paused_at` and metadata have no column;
//! - there is no table of plans: `type` names one of four;
//! - `usage` is a counter for each feature, not a record of what was used; `limits` are those of an organization, not of a plan.
//!
//! The subscriber is the organization, which the table `customers` knows by the customer's id at the payment provider. An organization has
//! one customer, but no key says so: `verify` prints one. No key keeps an organization to one live subscription either, so the store
//! takes a lock.

pub(crate) mod on_sqlite {
    use store_core::SubscriptionStore;

    #[derive(SubscriptionStore)]
    #[store(table = "subscriptions", atomic(lock), absent(trial_start, trial_end, paused_at, metadata))]
    #[store(lossy(times, current_period_start))]
    #[store(columns(
        times(as = epoch(s)),
        id = "subscriptionId",
        provider_id = "subscriptionId",
        subscriber_id(column = "customerId", via(table = "customers", stores = "customerId", reads = "orgId")),
        plan_id(column = "type", if_null = ""),
        status(over("status", "trial"), labels(
            trialing = ("active", true),
            active = ("active", false | null),
            past_due = ("past_due", _),
            canceled = ("canceled", _),
            "unpaid" = ("unpaid", _),
        )),
        current_period_start = "createdAt",
        current_period_end(column = "expiresAt", if_null = "9999-12-31T23:59:59Z"),
        canceled_at = "canceledAt",
        created_at = "createdAt",
        updated_at(column = "updatedAt", if_null = created_at),
    ))]
    pub(crate) struct Subscriptions {
        pub(crate) pool: sqlx::SqlitePool,
    }
}

/// Only the pool differs.
pub(crate) mod on_postgres {
    use store_core::SubscriptionStore;

    #[derive(SubscriptionStore)]
    #[store(table = "subscriptions", atomic(lock), absent(trial_start, trial_end, paused_at, metadata))]
    #[store(lossy(times, current_period_start))]
    #[store(columns(
        times(as = epoch(s)),
        id = "subscriptionId",
        provider_id = "subscriptionId",
        subscriber_id(column = "customerId", via(table = "customers", stores = "customerId", reads = "orgId")),
        plan_id(column = "type", if_null = ""),
        status(over("status", "trial"), labels(
            trialing = ("active", true),
            active = ("active", false | null),
            past_due = ("past_due", _),
            canceled = ("canceled", _),
            "unpaid" = ("unpaid", _),
        )),
        current_period_start = "createdAt",
        current_period_end(column = "expiresAt", if_null = "9999-12-31T23:59:59Z"),
        canceled_at = "canceledAt",
        created_at = "createdAt",
        updated_at(column = "updatedAt", if_null = created_at),
    ))]
    pub(crate) struct Subscriptions {
        pub(crate) pool: sqlx::PgPool,
    }
}

//! The same stores for a type of pool.

macro_rules! stores {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Customers are of a tenant, and offers of all.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(insert("currency" = plan_id(via(
                table = "offers", stores = "currency", reads = "code", scope = none,
            ))))]
            #[store(write("region" = subscriber_id(via(
                table = "customers", stores = "region", reads = "code", scope = "tenant",
            ))))]
            #[store(columns(
                subscriber_id(column = "customer", via(
                    table = "customers", stores = "number", reads = "code", scope = "tenant",
                )),
                plan_id(column = "offer", via(
                    table = "offers", stores = "number", reads = "code", scope = none,
                )),
                provider_id(column = "reference", via(
                    table = "refs", stores = "number", reads = "ref", scope = none,
                )),
            ))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: $pool,
                #[store(scope = "tenant_id")]
                pub(crate) tenant: i64,
            }

            /// Without an offer a subscription is free.
            #[derive(SubscriptionStore)]
            #[store(table = "members", absent(provider_id, metadata))]
            #[store(columns(plan_id(
                column = "offer", if_null = "free", via(table = "offers", stores = "number", reads = "code"),
            )))]
            pub(crate) struct Members {
                pub(crate) pool: $pool,
            }

            /// The database makes the ids.
            #[derive(SubscriptionStore)]
            #[store(table = "seats", atomic, absent(provider_id))]
            #[store(columns(
                id(generated, as = i64),
                plan_id(column = "offer", via(table = "offers", stores = "number", reads = "code")),
            ))]
            pub(crate) struct Seats {
                pub(crate) pool: $pool,
            }

            /// The subscriptions are numbered where they are.
            #[derive(UsageStore)]
            #[store(table = "calls", reportable)]
            #[store(columns(
                subscription_id(column = "contract", via(
                    table = "contracts", stores = "number", reads = "serial", as = i32,
                ), as = i64),
                metric(column = "meter", via(table = "meters", stores = "letter", reads = "name", as = text)),
            ))]
            pub(crate) struct Calls {
                pub(crate) pool: $pool,
            }

            /// The times say the status, and the database makes the ids.
            #[derive(SubscriptionStore)]
            #[store(table = "combined", atomic, absent(provider_id, trial_start, paused_at, metadata))]
            #[store(columns(
                id(generated, as = i64),
                subscriber_id(column = "customer", via(
                    table = "customers", stores = "number", reads = "code", scope = "tenant",
                )),
                plan_id(column = "offer", via(
                    table = "offers", stores = "number", reads = "code", scope = none,
                )),
                status(case(canceled = "canceled_at IS NOT NULL", trialing = "trial_end IS NOT NULL", active)),
            ))]
            pub(crate) struct Combined {
                pub(crate) pool: $pool,
                #[store(scope = "tenant_id")]
                pub(crate) tenant: i64,
            }

            /// A view adds what only it has.
            #[derive(SubscriptionStore)]
            #[store(table = "base", read_from = "noted", absent(provider_id))]
            #[store(columns(
                subscriber_id(column = "customer", via(
                    table = "customers", stores = "number", reads = "code", scope = "tenant",
                )),
                plan_id(column = "offer", via(
                    table = "offers", stores = "number", reads = "code", scope = none,
                )),
                metadata(as = text(json), view_only),
            ))]
            pub(crate) struct Noted {
                pub(crate) pool: $pool,
                #[store(scope = "tenant_id")]
                pub(crate) tenant: i64,
            }

            /// Two fields of one row.
            #[derive(PlanStore)]
            #[store(table = "prices", read_only, absent(provider_id, features, limits, metadata))]
            #[store(always(
                interval = month, interval_count = 1, trial_days = 0, active = true,
                created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z",
            ))]
            #[store(columns(
                name(column = "product", via(table = "products", stores = "number", reads = "name")),
                description(column = "product", if_null = "none", via(
                    table = "products", stores = "number", reads = "about",
                )),
            ))]
            pub(crate) struct Prices {
                pub(crate) pool: $pool,
            }
        }
    };
}

stores!(sqlite, SqlitePool);
stores!(postgres, PgPool);
stores!(mysql, MySqlPool);

macro_rules! triggers {
    ($pool:ident) => {
        /// Triggers of a view write what leads to offers, and the times that say the status.
        #[derive(store_core::SubscriptionStore)]
        #[store(table = "decided", instead_of, lossy(updated_at))]
        #[store(absent(provider_id, trial_start, paused_at, metadata))]
        #[store(always(
            current_period_start = "1970-01-01T00:00:00Z",
            current_period_end = "1970-01-31T00:00:00Z",
        ))]
        #[store(columns(
            times(as = epoch(us)),
            subscriber_id = "id",
            plan_id(column = "offer", via(table = "offers", stores = "number", reads = "code")),
            status(case(canceled = "canceled_at IS NOT NULL", trialing = "trial_end IS NOT NULL", active)),
            created_at = "since",
            updated_at = "since",
        ))]
        pub(crate) struct Decided {
            pub(crate) pool: sqlx::$pool,
        }
    };
}

pub(crate) mod sqlite_triggers {
    use store_core::SubscriptionStore;

    triggers!(SqlitePool);

    /// Triggers of a view write what leads to offers.
    #[derive(SubscriptionStore)]
    #[store(table = "holders", instead_of)]
    #[store(absent(provider_id, trial_start, trial_end, canceled_at, paused_at, metadata))]
    #[store(always(
        plan_id = "pro",
        current_period_start = "1970-01-01T00:00:00Z",
        current_period_end = "1970-01-31T00:00:00Z",
        created_at = "1970-01-01T01:00:00Z",
        updated_at = "1970-01-01T02:00:00Z",
    ))]
    #[store(columns(subscriber_id(
        column = "offer",
        via(table = "offers", stores = "number", reads = "code")
    )))]
    pub(crate) struct Holders {
        pub(crate) pool: sqlx::SqlitePool,
    }
}

pub(crate) mod postgres_triggers {
    triggers!(PgPool);
}

macro_rules! locked {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use store_core::SubscriptionStore;

            /// The customer's row is locked, to which subscriptions lead by a code.
            #[derive(SubscriptionStore)]
            #[store(table = "locked", atomic(lock(table = "customers", column = "number")))]
            #[store(columns(subscriber_id(
                column = "customer",
                via(table = "customers", stores = "number", reads = "code", scope = "tenant",)
            )))]
            pub(crate) struct Locked {
                pub(crate) pool: sqlx::$pool,
                #[store(scope = "tenant_id")]
                pub(crate) tenant: i64,
            }
        }
    };
}

locked!(postgres_locked, PgPool);
locked!(mysql_locked, MySqlPool);

macro_rules! folding {
    ($module:ident, $pool:ident, $collation:literal) => {
        pub(crate) mod $module {
            use sqlx::$pool;
            use store_core::SubscriptionStore;

            /// Offers are told apart by letters and found by codes, of which neither minds case.
            #[derive(SubscriptionStore)]
            #[store(table = "folding", absent(provider_id, metadata))]
            #[store(columns(plan_id(column = "offer", collation = $collation, via(
                                        table = "offers", stores = "number", reads = "code", as = text,
                                    ))))]
            pub(crate) struct Folding {
                pub(crate) pool: $pool,
            }
        }
    };
}

folding!(sqlite_folding, SqlitePool, "NOCASE");
folding!(mysql_folding, MySqlPool, "utf8mb4_general_ci");

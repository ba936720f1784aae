//! Stores whose tables keep fields within documents.

macro_rules! stores {
    ($module:ident, $Pool:ident) => {
        pub(crate) mod $module {
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// A document with every field but the id, and others of another application.
            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(
                        provider_id(column = "data", path = "ref"),
                        name(column = "data", path = "name.en"),
                        description(column = "data", path = "texts.\"long.text\".en", if_null = ""),
                        amount(column = "data", path = "price", as = decimal(2)),
                        currency(column = "data", path = "currency"),
                        interval(column = "data", path = "every.unit", labels(month = "M", year = "Y" | "A", ..)),
                        interval_count(column = "data", path = "every.count", as = i32),
                        trial_days(column = "data", path = "trial", if_null = 0),
                        features(column = "data", path = "features"),
                        limits(column = "data", path = "limits", if_null = {}),
                        active(column = "data", path = "active"),
                        metadata(column = "data", path = "meta"),
                        created_at(column = "data", path = "created", as = epoch(us)),
                        updated_at(column = "data", path = "updated", as = text("%Y-%m-%dT%H:%M:%S%.6fZ")),
                    ))]
            pub(crate) struct Plans {
                pub(crate) pool: sqlx::$Pool,
            }

            /// One name of many, and metadata that is the rest of the same document.
            #[derive(PlanStore)]
            #[store(table = "plans", columns(
                        name(column = "data", path = "title"),
                        description(column = "data", path = "about.en"),
                        metadata = "data",
                    ))]
            pub(crate) struct Rest {
                pub(crate) pool: sqlx::$Pool,
            }

            /// What another application writes, and this store only reads.
            #[derive(PlanStore)]
            #[store(table = "plans", read_only, absent(provider_id, description, features, limits))]
            #[store(always(
                interval = month, interval_count = 1, trial_days = 0, active = true,
                created_at = "1970-01-01T00:00:00Z", updated_at = "1970-01-01T00:00:00Z",
            ))]
            #[store(columns(
                        name(column = "event", path = "items.data[0].name"),
                        amount(column = "event", path = "items.data[0].price"),
                        currency(column = "event", path = "items.data[1]"),
                        metadata(column = "event", path = "meta", as = json(any)),
                    ))]
            pub(crate) struct Events {
                pub(crate) pool: sqlx::$Pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(
                        limits(keys("seats" = "max_seats", "api" = "api_calls")),
                        features(keys("sso" = "has_sso", "audit" = "has_audit")),
                    ))]
            pub(crate) struct Keys {
                pub(crate) pool: sqlx::$Pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(columns(
                        times(as = epoch(us)),
                        provider_id(column = "data", path = "ref", also_none = ""),
                        plan_id(column = "data", path = "plan.id", as = i64),
                        status(column = "data", path = "status", labels(
                            active = "on" | "running", trialing, canceled = "off" | null, ..
                        )),
                        current_period_start(column = "data", path = "period.start"),
                        current_period_end(column = "data", path = "period.end"),
                        trial_start(column = "data", path = "trial.start"),
                        trial_end(column = "data", path = "trial.end"),
                        canceled_at(column = "data", path = "canceled_at"),
                        paused_at(column = "data", path = "paused_at"),
                        metadata(column = "data", path = "meta", if_null = {}),
                        created_at(column = "data", path = "created"),
                        updated_at(column = "data", path = "updated", if_null = created_at),
                    ))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: sqlx::$Pool,
            }

            #[derive(UsageStore)]
            #[store(table = "events", reportable)]
            #[store(columns(
                        metric(column = "properties", path = "code"),
                        quantity(column = "properties", path = "value"),
                        recorded_at(column = "properties", path = "at", as = epoch(us)),
                        provider_reported_at(column = "properties", path = "reported.at", as = epoch(us)),
                        metadata = "properties",
                    ))]
            pub(crate) struct Usage {
                pub(crate) pool: sqlx::$Pool,
            }

            #[derive(UsageStore)]
            #[store(table = "events", absent(metadata, provider_reported_at))]
            #[store(columns(quantity(column = "properties", path = "value", as = decimal(2))))]
            pub(crate) struct Decimals {
                pub(crate) pool: sqlx::$Pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

/// A document whose text another application reads.
pub(crate) mod of_json {
    use store_core::PlanStore;

    #[derive(PlanStore)]
    #[store(table = "plans")]
    #[store(columns(
        name(column = "data", path = "title", type = "json"),
        description(column = "data", path = "about.en", type = "json"),
        metadata = "data",
    ))]
    pub(crate) struct Plans {
        pub(crate) pool: sqlx::PgPool,
    }
}

//! The same stores for a type of pool.

macro_rules! stores {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Features are rows of another table, which the view puts together.
            #[derive(PlanStore)]
            #[store(table = "plans", read_from = "plans_with_features", columns(features(view_only)))]
            pub(crate) struct Plans {
                pub(crate) pool: $pool,
            }

            /// The same without the view: what a store writes that knows of no features.
            #[derive(PlanStore)]
            #[store(table = "plans", absent(features))]
            pub(crate) struct Table {
                pub(crate) pool: $pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", read_from = "subscriptions_with_notes", atomic)]
            #[store(columns(metadata(view_only)))]
            pub(crate) struct Subscriptions {
                pub(crate) pool: $pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", read_from = "usage_with_notes", columns(metadata(view_only)))]
            pub(crate) struct Usage {
                pub(crate) pool: $pool,
            }

            /// As a table of somebody else's: numbered rows, times by themselves, features from a view.
            #[derive(PlanStore)]
            #[store(table = "plans", read_from = "plans_with_features", absent(limits, metadata))]
            #[store(columns(id(generated, as = i64), features(view_only), updated_at(generated)))]
            pub(crate) struct Numbered {
                pub(crate) pool: $pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(columns(id(generated, as = i32), created_at(generated), updated_at(generated)))]
            pub(crate) struct NumberedSubscriptions {
                pub(crate) pool: $pool,
            }
        }
    };
}

stores!(sqlite, SqlitePool);
stores!(postgres, PgPool);
stores!(mysql, MySqlPool);

/// Rows with a UUID by default, where the database gives one back.
macro_rules! identified {
    ($module:ident, $pool:ident) => {
        pub(crate) mod $module {
            use store_core::PlanStore;

            #[derive(PlanStore)]
            #[store(table = "plans", columns(id(generated, as = uuid)))]
            pub(crate) struct Identified {
                pub(crate) pool: sqlx::$pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans", columns(id(generated)))]
            pub(crate) struct Texts {
                pub(crate) pool: sqlx::$pool,
            }
        }
    };
}

identified!(sqlite_identified, SqlitePool);
identified!(postgres_identified, PgPool);

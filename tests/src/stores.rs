//! The stores under test: each derive on each database.

use std::sync::Arc;

use store_core::SubscriptionStore;

use crate::databases::Database;

/// The same stores for a type of pool.
macro_rules! stores {
    ($(#[$doc:meta])* $module:ident, $pool:ident) => {
        $(#[$doc])*
        pub mod $module {
            use sqlx::$pool;
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            /// Plans.
            #[derive(PlanStore)]
            #[store(table = "plans")]
            pub struct Plans {
                /// The pool.
                pub pool: $pool,
            }

            /// Subscriptions, of which a subscriber has one live one at most.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            pub struct Subscriptions {
                /// The pool.
                pub pool: $pool,
            }

            /// Subscriptions without that promise.
            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions")]
            pub struct LooseSubscriptions {
                /// The pool.
                pub pool: $pool,
            }

            /// Usage that is reported.
            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable)]
            pub struct Usage {
                /// The pool.
                pub pool: $pool,
            }

            /// Usage that stays at home.
            #[derive(UsageStore)]
            #[store(table = "usage_records")]
            pub struct PlainUsage {
                /// The pool.
                pub pool: $pool,
            }
        }
    };
}

stores! {
    /// On SQLite.
    sqlite, SqlitePool
}
stores! {
    /// On Postgres.
    postgres, PgPool
}
stores! {
    /// On MySQL and MariaDB.
    mysql, MySqlPool
}

/// Connects to a place of [`crate::databases`] by its URL, with all of so many connections open.
///
/// # Errors
/// If the place can't be reached.
pub async fn subscriptions(
    database: Database,
    url: &str,
    connections: u32,
    atomic: bool,
) -> Result<Arc<dyn SubscriptionStore>, sqlx::Error> {
    macro_rules! connect {
        ($module:ident, $options:ty) => {{
            let options = <$options>::new().min_connections(connections).max_connections(connections);
            let pool = options.connect(url).await?;
            if atomic {
                Arc::new($module::Subscriptions { pool })
            } else {
                Arc::new($module::LooseSubscriptions { pool })
            }
        }};
    }
    Ok(match database {
        Database::Sqlite => connect!(sqlite, sqlx::sqlite::SqlitePoolOptions),
        Database::Postgres => connect!(postgres, sqlx::postgres::PgPoolOptions),
        Database::Mysql => connect!(mysql, sqlx::mysql::MySqlPoolOptions),
    })
}

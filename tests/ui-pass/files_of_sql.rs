//! Mappings that fit what the tools of the databases print of their tables.

use store_core::{PlanStore, SubscriptionStore, UsageStore, sqlx};

macro_rules! stores {
    ($module:ident, $pool:ident, $file:literal) => {
        mod $module {
            use super::*;

            #[derive(PlanStore)]
            #[store(table = "plans", schema = $file)]
            struct Plans {
                pool: sqlx::$pool,
            }

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic, schema = $file)]
            struct Subscriptions {
                pool: sqlx::$pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable, schema = $file)]
            struct Usage {
                pool: sqlx::$pool,
            }
        }
    };
}
stores!(postgres, PgPool, "../store-model/tests/printed/pg_dump.sql");
stores!(mysql, MySqlPool, "../store-model/tests/printed/mariadb-dump.sql");
stores!(sqlite, SqlitePool, "../store-model/tests/printed/sqlite-schema.sql");

pub(crate) fn main() {}

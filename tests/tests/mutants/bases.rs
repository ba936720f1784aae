//! Tables that fit: those that the default adapters make, and those of real systems.

use store_core::{SqlPlanStore as _, SqlSubscriptionStore as _, SqlUsageStore as _};

use crate::deeds::Live;
use crate::records::{self, Records};
use crate::verdict::Base;

/// A store of a kind on a pool.
macro_rules! base {
    (plans, $store:ty, $pool:ty, $($field:ident: $value:expr),* $(,)?) => {
        Base::<$pool> {
            adapter: &<$store>::PLAN_STORE.adapter,
            store: |pool| Live::Plans(Box::new(<$store>::on(pool))),
            verify: |pool| Box::pin(async move { <$store>::on(pool).verify_plans().await }),
            $($field: $value),*
        }
    };
    (subscriptions, $store:ty, $pool:ty, $($field:ident: $value:expr),* $(,)?) => {
        Base::<$pool> {
            adapter: &<$store>::SUBSCRIPTION_STORE.adapter,
            store: |pool| Live::Subscriptions(Box::new(<$store>::on(pool))),
            verify: |pool| Box::pin(async move { <$store>::on(pool).verify_subscriptions().await }),
            $($field: $value),*
        }
    };
    (usage, $store:ty, $pool:ty, $($field:ident: $value:expr),* $(,)?) => {
        Base::<$pool> {
            adapter: &<$store>::USAGE_STORE.adapter,
            store: |pool| Live::Usage(Box::new(<$store>::on(pool))),
            verify: |pool| Box::pin(async move { <$store>::on(pool).verify_usage().await }),
            $($field: $value),*
        }
    };
}

/// A store from its pool.
pub(crate) trait On<P> {
    fn on(pool: P) -> Self;
}

fn nothing(_: &mut String) {}

macro_rules! defaults {
    ($module:ident, $pool:ty) => {
        pub(crate) mod $module {
            use store_tests::stores::$module::{Plans, Subscriptions, Usage};

            use super::*;

            macro_rules! on {
                ($store:ident) => {
                    impl On<$pool> for $store {
                        fn on(pool: $pool) -> Self {
                            Self { pool }
                        }
                    }
                };
            }
            on!(Plans);
            on!(Subscriptions);
            on!(Usage);

            pub(crate) fn bases() -> Vec<Base<$pool>> {
                let mut bases = vec![
                    base!(plans, Plans, $pool,
                        name: "default plans",
                        script: Plans::PLAN_DDL.to_owned(),
                        rows: "",
                        records: Records::Plans(records::plans()),
                        blank: nothing,
                    ),
                    base!(subscriptions, Subscriptions, $pool,
                        name: "default subscriptions",
                        script: Subscriptions::SUBSCRIPTION_DDL.to_owned(),
                        rows: "",
                        records: Records::Subscriptions(records::subscriptions()),
                        blank: nothing,
                    ),
                    base!(usage, Usage, $pool,
                        name: "default usage",
                        script: Usage::USAGE_DDL.to_owned(),
                        rows: "",
                        records: Records::Usage(records::usage()),
                        blank: nothing,
                    ),
                ];
                bases.extend(real::$module());
                bases
            }
        }
    };
}

mod real {
    use super::*;
    use crate::real::*;

    pub(super) fn sqlite() -> Vec<Base<sqlx::SqlitePool>> {
        vec![
            base!(subscriptions, Cloudflare, sqlx::SqlitePool,
                name: "cloudflare subscriptions",
                script: CLOUDFLARE.to_owned(),
                rows: CLOUDFLARE_ROWS,
                records: Records::Subscriptions(cloudflare()),
                blank: without_changes,
            ),
            base!(subscriptions, PangolinOnSqlite, sqlx::SqlitePool,
                name: "pangolin subscriptions",
                script: PANGOLIN_ON_SQLITE.to_owned(),
                rows: PANGOLIN_ROWS,
                records: Records::Subscriptions(pangolin()),
                blank: nothing,
            ),
        ]
    }

    pub(super) fn postgres() -> Vec<Base<sqlx::PgPool>> {
        vec![
            base!(subscriptions, Vercel, sqlx::PgPool,
                name: "vercel subscriptions",
                script: VERCEL.to_owned(),
                rows: VERCEL_ROWS,
                records: Records::Subscriptions(vercel()),
                blank: nothing,
            ),
            base!(plans, LagoPlans, sqlx::PgPool,
                name: "lago plans",
                script: LAGO.to_owned(),
                rows: LAGO_ROWS,
                records: Records::Plans(lago_plans()),
                blank: nothing,
            ),
            base!(subscriptions, LagoSubscriptions, sqlx::PgPool,
                name: "lago subscriptions",
                script: LAGO.to_owned(),
                rows: LAGO_PLAN,
                records: Records::Subscriptions(lago_subscriptions()),
                blank: nothing,
            ),
            base!(subscriptions, PangolinOnPostgres, sqlx::PgPool,
                name: "pangolin subscriptions",
                script: PANGOLIN_ON_POSTGRES.to_owned(),
                rows: PANGOLIN_ROWS,
                records: Records::Subscriptions(pangolin()),
                blank: nothing,
            ),
        ]
    }

    pub(super) fn mysql() -> Vec<Base<sqlx::MySqlPool>> {
        Vec::new()
    }
}

defaults!(sqlite, sqlx::SqlitePool);
defaults!(postgres, sqlx::PgPool);
defaults!(mysql, sqlx::MySqlPool);

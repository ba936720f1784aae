//! Tables that fit: those that adapters make, and those of real systems.

use sqlx::{MySqlPool, PgPool, SqlitePool};

use crate::real::{cloudflare, lago, pangolin, rinvex, vercel};
use crate::records::{self, Records};
use crate::verdict::Base;

/// A store from its pool.
pub(crate) trait On<P> {
    fn on(pool: P) -> Self;
}

/// A table that the default adapter makes, and one of plans whose ids are numbers.
macro_rules! made {
    ($module:ident, $pool:ident) => {
        mod $module {
            use store_core::PlanStore;
            use store_tests::stores::$module::{Plans, Subscriptions, Usage};

            use super::*;

            #[derive(PlanStore)]
            #[store(table = "plans", columns(ids(as = i64)))]
            struct Numbered {
                pool: sqlx::$pool,
            }

            on!(Plans, $pool);
            on!(Subscriptions, $pool);
            on!(Usage, $pool);
            on!(Numbered, $pool);

            pub(super) fn made() -> Vec<Base<$pool>> {
                vec![
                    base!(plans, Plans, $pool,
                        name: "default plans",
                        script: Plans::PLAN_DDL.to_owned(),
                        rows: "",
                        records: Records::Plans(records::plans()),
                    ),
                    base!(subscriptions, Subscriptions, $pool,
                        name: "default subscriptions",
                        script: Subscriptions::SUBSCRIPTION_DDL.to_owned(),
                        rows: "",
                        records: Records::Subscriptions(records::subscriptions()),
                    ),
                    base!(usage, Usage, $pool,
                        name: "default usage",
                        script: Usage::USAGE_DDL.to_owned(),
                        rows: "",
                        records: Records::Usage(records::usage()),
                    ),
                    base!(plans, Numbered, $pool,
                        name: "numbered plans",
                        script: Numbered::PLAN_DDL.to_owned(),
                        rows: "",
                        records: Records::Plans(records::numbered()),
                    ),
                ]
            }
        }
    };
}
made!(sqlite, SqlitePool);
made!(postgres, PgPool);
made!(mysql, MySqlPool);

/// Plans of tenants whose names are texts, as Postgres alone looks at the type of what is bound.
fn tenants() -> Vec<Base<PgPool>> {
    #[derive(store_core::PlanStore)]
    #[store(table = "plans")]
    struct Plans {
        pool: PgPool,
        #[store(scope = "tenant")]
        tenant: String,
    }

    impl On<PgPool> for Plans {
        fn on(pool: PgPool) -> Self {
            Self { pool, tenant: "acme".into() }
        }
    }

    vec![base!(plans, Plans, PgPool,
        name: "plans of tenants",
        script: Plans::PLAN_DDL.to_owned(),
        rows: "DO $$ BEGIN \
                INSERT INTO plans (tenant, id, name, description, currency, amount, \"interval\", interval_count, trial_days, \
                    features, limits, metadata, active, created_at, updated_at) \
                SELECT 'ACME', id, '', '', 'EUR', 1, 'month', 1, 0, '[]', '{}', '{}', TRUE, now(), now() \
                    FROM unnest(ARRAY['theirs', 'BOB']) id; \
            EXCEPTION WHEN others THEN NULL; END $$",
        records: Records::Plans(records::plans()),
    )]
}

pub(crate) fn on_sqlite() -> Vec<Base<SqlitePool>> {
    [sqlite::made(), cloudflare::bases(), pangolin::on_sqlite()].into_iter().flatten().collect()
}

pub(crate) fn on_postgres() -> Vec<Base<PgPool>> {
    [postgres::made(), tenants(), vercel::bases(), lago::bases(), pangolin::on_postgres()]
        .into_iter()
        .flatten()
        .collect()
}

pub(crate) fn on_mysql() -> Vec<Base<MySqlPool>> {
    [mysql::made(), rinvex::bases()].into_iter().flatten().collect()
}

//! The whole contract on stores that lead to other tables, in which each row is made that a record needs.

use std::sync::Arc;

use sqlx::{MySqlPool, PgPool, SqlitePool};
use store_core::contract::{Capability, Rule, Scale, plan, subscription, usage};
use store_core::{
    AtomicSubscriptionStore, Plan, PlanFilter, PlanStore, ReportableUsageStore, Result, SqlPlanStore as _,
    SqlSubscriptionStore as _, SqlUsageStore as _, Subscription, SubscriptionFilter, SubscriptionStore,
    UsageRecord, UsageStore, async_trait,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Suite, full};

const SCALE: Scale = Scale { tasks: 8, rounds: 2, operations: 100 };

const OTHERS: [(&str, &str); 3] = [
    ("sqlite", "CREATE TABLE {table} (number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE)"),
    (
        "postgres",
        "CREATE TABLE {table} (number BIGSERIAL PRIMARY KEY, code TEXT COLLATE \"C\" NOT NULL UNIQUE)",
    ),
    (
        "mysql",
        "CREATE TABLE {table} (number BIGINT PRIMARY KEY AUTO_INCREMENT, \
         code VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL UNIQUE)",
    ),
];

/// Makes rows of other tables.
#[async_trait]
trait Supply: Send + Sync {
    /// What can't be made is for the store to refuse, and what is there already is there.
    async fn supply(&self, table: &str, code: &str);
}

macro_rules! supply {
    ($Pool:ty, $mark:literal) => {
        #[async_trait]
        impl Supply for $Pool {
            async fn supply(&self, table: &str, code: &str) {
                let sql = format!("INSERT INTO {table} (code) VALUES ({})", $mark);
                if code != "nowhere" {
                    let _ = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(code).execute(self).await;
                }
            }
        }
    };
}

supply!(SqlitePool, "?1");
supply!(PgPool, "$1");
supply!(MySqlPool, "?");

/// A store, and the pool on which what its records lead to is made.
struct Supplied<S, P> {
    store: S,
    pool: P,
}

impl<S: SubscriptionStore, P: Supply> Supplied<S, P> {
    async fn supply(&self, subscription: &Subscription) {
        self.pool.supply("customers", &subscription.subscriber_id).await;
        self.pool.supply("offers", &subscription.plan_id).await;
    }
}

#[async_trait]
impl<S: AtomicSubscriptionStore, P: Supply> SubscriptionStore for Supplied<S, P> {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        self.supply(subscription).await;
        self.store.save_subscription(subscription).await
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        self.store.get_subscription(id).await
    }

    async fn get_subscription_by_provider_id(&self, id: &str) -> Result<Subscription> {
        self.store.get_subscription_by_provider_id(id).await
    }

    async fn get_active_subscription(&self, subscriber: &str) -> Result<Subscription> {
        self.store.get_active_subscription(subscriber).await
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        self.store.list_subscriptions(filter).await
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        self.store.delete_subscription(id).await
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        Some(self)
    }
}

#[async_trait]
impl<S: AtomicSubscriptionStore, P: Supply> AtomicSubscriptionStore for Supplied<S, P> {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        self.supply(subscription).await;
        self.store.create_subscription_if_not_active(subscription).await
    }
}

#[async_trait]
impl<S: PlanStore, P: Supply> PlanStore for Supplied<S, P> {
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        self.pool.supply("products", &plan.name).await;
        self.store.save_plan(plan).await
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        self.store.get_plan(id).await
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        self.store.list_plans(filter).await
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        self.store.delete_plan(id).await
    }
}

#[async_trait]
impl<S: ReportableUsageStore, P: Supply> UsageStore for Supplied<S, P> {
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
        self.pool.supply("contracts", &record.subscription_id).await;
        self.store.save_usage_record(record).await
    }

    async fn sum_usage(
        &self,
        subscription: &str,
        metric: &str,
        from: chrono::DateTime<chrono::Utc>,
        to: chrono::DateTime<chrono::Utc>,
    ) -> Result<i64> {
        self.store.sum_usage(subscription, metric, from, to).await
    }

    async fn list_usage_records(
        &self,
        subscription: &str,
        from: chrono::DateTime<chrono::Utc>,
        to: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<UsageRecord>> {
        self.store.list_usage_records(subscription, from, to).await
    }

    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        Some(self)
    }
}

#[async_trait]
impl<S: ReportableUsageStore, P: Supply> ReportableUsageStore for Supplied<S, P> {
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
        self.store.list_unreported_usage(limit).await
    }

    async fn mark_usage_reported(&self, id: &str, reported_at: chrono::DateTime<chrono::Utc>) -> Result<()> {
        self.store.mark_usage_reported(id, reported_at).await
    }
}

macro_rules! stores {
    ($module:ident, $pool:ident) => {
        mod $module {
            use store_core::{PlanStore, SubscriptionStore, UsageStore};

            #[derive(SubscriptionStore)]
            #[store(table = "subscriptions", atomic)]
            #[store(columns(
                subscriber_id(
                    column = "customer",
                    via(table = "customers", stores = "number", reads = "code")
                ),
                plan_id(column = "offer", via(table = "offers", stores = "number", reads = "code")),
            ))]
            pub(super) struct Subscriptions {
                pub(super) pool: sqlx::$pool,
            }

            #[derive(PlanStore)]
            #[store(table = "plans")]
            #[store(columns(name(
                column = "product",
                via(table = "products", stores = "number", reads = "code")
            )))]
            pub(super) struct Plans {
                pub(super) pool: sqlx::$pool,
            }

            #[derive(UsageStore)]
            #[store(table = "usage_records", reportable)]
            #[store(columns(subscription_id(
                column = "contract",
                via(table = "contracts", stores = "number", reads = "code")
            ),))]
            pub(super) struct Usage {
                pub(super) pool: sqlx::$pool,
            }
        }
    };
}

stores!(on_sqlite, SqlitePool);
stores!(on_postgres, PgPool);
stores!(on_mysql, MySqlPool);

/// Every rule of a trait on a store.
macro_rules! run {
    ($suite:ident, $database:expr, $places:ident, $stores:ident::$store:ident, $name:literal, $rules:path, $capabilities:expr, $create:ident, |$made:ident, $mapping:ident| $subject:expr) => {
        for rule in $rules.iter().filter(|rule: &&Rule<_>| rule.needs.met_by($capabilities)) {
            $suite.on($database, &format!("contract::{}::{}", $name, rule.name), move || async move {
                use crate::plain::Plain as _;
                let place = $places::fresh(8).await?;
                let pool = place.pool.clone();
                let (_, table) = OTHERS.iter().find(|(name, _)| *name == $database.name()).unwrap();
                for other in ["customers", "offers", "products", "contracts"] {
                    pool.run(&table.replace("{table}", other)).await?;
                }
                let store = $stores::$store { pool: pool.clone() };
                store.$create().await?;
                let $mapping = mapping!($store, store);
                let $made = Arc::new(Supplied { store, pool });
                rule.check($subject.scale(SCALE)).await?;
                place.remove().await;
                Ok(())
            });
        }
    };
}

macro_rules! mapping {
    (Plans, $store:ident) => {
        $store.plan_mapping()
    };
    (Subscriptions, $store:ident) => {
        $store.subscription_mapping()
    };
    (Usage, $store:ident) => {
        $store.usage_mapping()
    };
}

pub(crate) fn add(suite: &mut Suite) {
    macro_rules! on {
        ($database:expr, $places:ident, $stores:ident) => {
            run!(
                suite,
                $database,
                $places,
                $stores::Subscriptions,
                "subscription",
                subscription::RULES,
                &[Capability::Mapping, Capability::Atomic],
                create_subscription_schema,
                |store, mapping| subscription::SubscriptionSubject::new(store.clone())
                    .atomic(store)
                    .mapping(mapping)
            );
            if full() {
                run!(
                    suite,
                    $database,
                    $places,
                    $stores::Plans,
                    "plan",
                    plan::RULES,
                    &[Capability::Mapping],
                    create_plan_schema,
                    |store, mapping| plan::PlanSubject::new(store).mapping(mapping)
                );
                run!(
                    suite,
                    $database,
                    $places,
                    $stores::Usage,
                    "usage",
                    usage::RULES,
                    &[Capability::Mapping, Capability::Reportable],
                    create_usage_schema,
                    |store, mapping| usage::UsageSubject::new(store.clone())
                        .reportable(store)
                        .mapping(mapping)
                );
            }
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
}

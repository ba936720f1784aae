//! A store that runs each call in a transaction of its own, as a caller would with its own rows beside it.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::{Database, Pool};
use store_core::{
    AtomicSubscriptionStore, Backend, Plan, PlanFilter, PlanStore, ReportableUsageStore, Result,
    SqlAtomicSubscriptionStore, SqlPlanStore, SqlReportableUsageStore, StoreError, Subscription,
    SubscriptionFilter, SubscriptionStore, UsageRecord, UsageStore,
};

/// How often a transaction is repeated that was rolled back by the database.
const TRIES: usize = 200;

/// Runs the calls of a store by its `*_in` methods, each in a transaction: committed where it succeeds, else rolled
/// back. What is safe to repeat is repeated, as a caller would.
pub struct InTransactions<S, DB: Database> {
    /// The store.
    pub store: S,
    /// Its pool.
    pub pool: Pool<DB>,
}

macro_rules! in_transaction {
    ($self:ident, $connection:ident => $call:expr) => {{
        let mut tries = 0;
        loop {
            let mut transaction = $self.pool.begin().await.map_err(backend)?;
            let $connection: &mut DB::Connection = &mut transaction;
            match $call.await {
                Ok(value) => break transaction.commit().await.map(|()| value).map_err(backend),
                Err(StoreError::Transient { .. }) if tries < TRIES => tries += 1,
                Err(error) => {
                    transaction.rollback().await.map_err(backend)?;
                    break Err(error);
                }
            }
            transaction.rollback().await.map_err(backend)?;
            tokio::time::sleep(pause(tries)).await;
        }
    }};
}

/// Longer after each try, and by chance, so that those who collided don't meet again.
fn pause(tries: usize) -> Duration {
    let longest = 1_000 << tries.min(6);
    Duration::from_micros(RandomState::new().hash_one(tries) % longest)
}

fn backend(error: sqlx::Error) -> StoreError {
    StoreError::Backend { source: error.into() }
}

#[async_trait]
impl<S, DB> PlanStore for InTransactions<S, DB>
where
    S: SqlPlanStore<Database = DB>,
    DB: Backend,
{
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        in_transaction!(self, connection => self.store.save_plan_in(connection, plan))
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        in_transaction!(self, connection => self.store.get_plan_in(connection, id))
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        in_transaction!(self, connection => self.store.list_plans_in(connection, filter))
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        in_transaction!(self, connection => self.store.delete_plan_in(connection, id))
    }
}

#[async_trait]
impl<S, DB> SubscriptionStore for InTransactions<S, DB>
where
    S: SqlAtomicSubscriptionStore<Database = DB>,
    DB: Backend,
{
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        in_transaction!(self, connection => self.store.save_subscription_in(connection, subscription))
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        in_transaction!(self, connection => self.store.get_subscription_in(connection, id))
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        in_transaction!(self, connection => self.store.get_subscription_by_provider_id_in(connection, provider_id))
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        in_transaction!(self, connection => self.store.get_active_subscription_in(connection, subscriber_id))
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        in_transaction!(self, connection => self.store.list_subscriptions_in(connection, filter))
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        in_transaction!(self, connection => self.store.delete_subscription_in(connection, id))
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        Some(self)
    }
}

#[async_trait]
impl<S, DB> AtomicSubscriptionStore for InTransactions<S, DB>
where
    S: SqlAtomicSubscriptionStore<Database = DB>,
    DB: Backend,
{
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        in_transaction!(self, connection => self.store.create_subscription_if_not_active_in(connection, subscription))
    }
}

#[async_trait]
impl<S, DB> UsageStore for InTransactions<S, DB>
where
    S: SqlReportableUsageStore<Database = DB>,
    DB: Backend,
{
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
        in_transaction!(self, connection => self.store.save_usage_record_in(connection, record))
    }

    async fn sum_usage(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64> {
        in_transaction!(self, connection => self.store.sum_usage_in(connection, subscription_id, metric, from, to))
    }

    async fn list_usage_records(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<UsageRecord>> {
        in_transaction!(self, connection => self.store.list_usage_records_in(connection, subscription_id, from, to))
    }

    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        Some(self)
    }
}

#[async_trait]
impl<S, DB> ReportableUsageStore for InTransactions<S, DB>
where
    S: SqlReportableUsageStore<Database = DB>,
    DB: Backend,
{
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
        in_transaction!(self, connection => self.store.list_unreported_usage_in(connection, limit))
    }

    async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
        in_transaction!(self, connection => self.store.mark_usage_reported_in(connection, id, reported_at))
    }
}

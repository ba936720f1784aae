//! A store of an adapter that is made at run time: for tables with options, and for statements that are changed on
//! purpose.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::{Database, Pool};
use store_core::__private::{
    Adapter, Backend, Call, Column, Dialect, Entity, Form, Options, Own, OwnValues, Place, Prepared, Scope,
    Statement, Store, Table,
};
use store_core::mapping::Mapping;
use store_core::{
    AtomicSubscriptionStore, BoxError, Plan, PlanFilter, PlanStore, ReportableUsageStore, Result,
    Subscription, SubscriptionFilter, SubscriptionStore, UsageRecord, UsageStore,
};
use store_model::schema::files::own;
use store_model::sql;

/// The adapter of a table with the columns of the contract and options.
#[must_use]
pub fn adapter(dialect: Dialect, entity: Entity, options: Options<'static>) -> Adapter<'static> {
    let column =
        |field: &store_model::contract::Field| Place::Column(Column::new(field.name, Form::of(field.kind)));
    let mut fields: Vec<_> = entity.fields().iter().map(column).collect();
    fields.push(Place::Table(Box::leak(Box::new(options))));
    let name = match entity {
        Entity::Plan => "plans",
        Entity::Subscription => "subscriptions",
        Entity::Usage => "usage_records",
    };
    Adapter { entity, dialect, table: Table { schema: None, name }, fields: fields.leak(), extended: true }
}

/// The adapter with its statements and its DDL, as a derive would write it.
#[must_use]
pub fn store(adapter: Adapter<'static>) -> Store {
    let statement = |query: sql::Query| {
        let name: &'static str = query.name().to_owned().leak();
        let statement = Statement::new(query.operation, query.sql.leak(), query.binds.leak());
        match query.status {
            Some(status) => statement.for_status(status.leak(), name),
            None => statement.leaving(query.without.leak(), name),
        }
    };
    let statements: Vec<_> = sql::statements(&adapter).into_iter().map(statement).collect();
    Store { statements: statements.leak(), ddl: sql::ddl(&adapter).leak(), adapter }
}

/// A store as data on a pool, with values of its own.
#[derive(Debug)]
pub struct Made<DB: Database> {
    pool: Pool<DB>,
    store: &'static Store,
    prepared: &'static Prepared,
    own: Vec<String>,
}

impl<DB: Backend> Made<DB>
where
    String: Scope<DB>,
{
    /// A store on a pool; the values are those of its fields, by number.
    #[must_use]
    pub fn new(pool: Pool<DB>, store: Store, own: &[&str]) -> Self {
        let own = own.iter().map(|&value| value.to_owned()).collect();
        let store = Box::leak(Box::new(store));
        Self { pool, store, prepared: Box::leak(Box::new(Prepared::new(store))), own }
    }

    /// A call on the pool.
    #[must_use]
    pub fn call(&self) -> Call<'_, DB> {
        let own = match self.store.adapter.entity {
            Entity::Plan => Own::Plan(self),
            Entity::Subscription => Own::Subscription(self),
            Entity::Usage => Own::UsageRecord(self),
        };
        Call::new(&self.pool, self.prepared).scoped(own)
    }

    /// What it says of itself.
    #[must_use]
    pub fn mapping(&self) -> Mapping {
        Mapping::of(&self.store.adapter)
    }

    /// Makes its table, of which the check has nothing to say.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn create_schema(&self) -> Result<()> {
        let findings = own(&self.store.adapter);
        assert!(findings.is_empty(), "{findings:?}\n{}", self.store.ddl);
        DB::create_schema(self.call()).await
    }

    /// Verifies its table.
    ///
    /// # Errors
    /// The findings.
    pub async fn verify(&self) -> Result<()> {
        DB::verify(self.call()).await
    }
}

impl<DB: Backend, R> OwnValues<DB, R> for Made<DB>
where
    String: Scope<DB>,
{
    fn bind(&self, number: u8, arguments: &mut DB::Arguments) -> std::result::Result<(), BoxError> {
        Scope::bind(&self.own[usize::from(number)], arguments)
    }
}

#[async_trait]
impl<DB: Backend> PlanStore for Made<DB>
where
    String: Scope<DB>,
{
    async fn save_plan(&self, plan: &Plan) -> Result<()> {
        DB::save_plan(self.call(), plan).await
    }

    async fn get_plan(&self, id: &str) -> Result<Plan> {
        DB::get_plan(self.call(), id).await
    }

    async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
        DB::list_plans(self.call(), filter).await
    }

    async fn delete_plan(&self, id: &str) -> Result<()> {
        DB::delete_plan(self.call(), id).await
    }
}

#[async_trait]
impl<DB: Backend> SubscriptionStore for Made<DB>
where
    String: Scope<DB>,
{
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        DB::save_subscription(self.call(), subscription).await
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        DB::get_subscription(self.call(), id).await
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        DB::get_subscription_by_provider_id(self.call(), provider_id).await
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        DB::get_active_subscription(self.call(), subscriber_id).await
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        DB::list_subscriptions(self.call(), filter).await
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        DB::delete_subscription(self.call(), id).await
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        self.store.adapter.extended.then_some(self)
    }
}

#[async_trait]
impl<DB: Backend> AtomicSubscriptionStore for Made<DB>
where
    String: Scope<DB>,
{
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        DB::create_subscription_if_not_active(self.call(), subscription).await
    }
}

#[async_trait]
impl<DB: Backend> UsageStore for Made<DB>
where
    String: Scope<DB>,
{
    async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
        DB::save_usage_record(self.call(), record).await
    }

    async fn sum_usage(
        &self,
        subscription_id: &str,
        metric: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64> {
        DB::sum_usage(self.call(), subscription_id, metric, from, to).await
    }

    async fn list_usage_records(
        &self,
        subscription_id: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<UsageRecord>> {
        DB::list_usage_records(self.call(), subscription_id, from, to).await
    }

    fn as_reportable(&self) -> Option<&dyn ReportableUsageStore> {
        self.store.adapter.extended.then_some(self)
    }
}

#[async_trait]
impl<DB: Backend> ReportableUsageStore for Made<DB>
where
    String: Scope<DB>,
{
    async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
        DB::list_unreported_usage(self.call(), limit).await
    }

    async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
        DB::mark_usage_reported(self.call(), id, reported_at).await
    }
}

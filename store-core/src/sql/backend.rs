//! The operations of each database, ready to be called from an expansion.

use chrono::{DateTime, Utc};
use sqlx::Database;
use store_model::adapter::{FROM, LIMIT, Operation, TO};
use store_model::contract::{plan, subscription, usage};

use super::BoxFuture;
use super::call::Call;
use super::operations::{Append, Delete, Get, Insert, List, Save};
use super::plan::ListPlans;
use super::record::{Keys, bind};
use super::schema;
use super::subscription::{Create, ListSubscriptions};
use super::usage::{Mark, Sum};
use super::work::perform;
use crate::codec::Value;
use crate::plan::{Plan, PlanFilter};
use crate::subscription::{Subscription, SubscriptionFilter};
use crate::usage::UsageRecord;

/// A database that derived stores are made for: SQLite, Postgres, or MySQL and MariaDB, each behind its feature.
///
/// Its methods are called by expansions and are no interface for others.
pub trait Backend: Database + sealed::Sealed {
    #[doc(hidden)]
    fn save_plan<'t>(call: Call<'t, Self>, plan: &'t Plan) -> BoxFuture<'t, ()>;
    #[doc(hidden)]
    fn insert_plan<'t>(call: Call<'t, Self>, plan: &'t Plan) -> BoxFuture<'t, String>;
    #[doc(hidden)]
    fn get_plan<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, Plan>;
    #[doc(hidden)]
    fn list_plans<'t>(call: Call<'t, Self>, filter: &'t PlanFilter) -> BoxFuture<'t, Vec<Plan>>;
    #[doc(hidden)]
    fn delete_plan<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, ()>;

    #[doc(hidden)]
    fn save_subscription<'t>(call: Call<'t, Self>, subscription: &'t Subscription) -> BoxFuture<'t, ()>;
    #[doc(hidden)]
    fn insert_subscription<'t>(call: Call<'t, Self>, subscription: &'t Subscription)
    -> BoxFuture<'t, String>;
    #[doc(hidden)]
    fn get_subscription<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, Subscription>;
    #[doc(hidden)]
    fn get_subscription_by_provider_id<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, Subscription>;
    #[doc(hidden)]
    fn get_active_subscription<'t>(
        call: Call<'t, Self>,
        subscriber_id: &'t str,
    ) -> BoxFuture<'t, Subscription>;
    #[doc(hidden)]
    fn list_subscriptions<'t>(
        call: Call<'t, Self>,
        filter: &'t SubscriptionFilter,
    ) -> BoxFuture<'t, Vec<Subscription>>;
    #[doc(hidden)]
    fn delete_subscription<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, ()>;
    #[doc(hidden)]
    fn create_subscription_if_not_active<'t>(
        call: Call<'t, Self>,
        subscription: &'t Subscription,
    ) -> BoxFuture<'t, ()>;

    #[doc(hidden)]
    fn save_usage_record<'t>(call: Call<'t, Self>, record: &'t UsageRecord) -> BoxFuture<'t, ()>;
    #[doc(hidden)]
    fn sum_usage<'t>(
        call: Call<'t, Self>,
        subscription_id: &'t str,
        metric: &'t str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> BoxFuture<'t, i64>;
    #[doc(hidden)]
    fn list_usage_records<'t>(
        call: Call<'t, Self>,
        subscription_id: &'t str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> BoxFuture<'t, Vec<UsageRecord>>;
    #[doc(hidden)]
    fn list_unreported_usage(call: Call<'_, Self>, limit: u32) -> BoxFuture<'_, Vec<UsageRecord>>;
    #[doc(hidden)]
    fn mark_usage_reported<'t>(
        call: Call<'t, Self>,
        id: &'t str,
        reported_at: DateTime<Utc>,
    ) -> BoxFuture<'t, ()>;

    #[doc(hidden)]
    fn create_schema(call: Call<'_, Self>) -> BoxFuture<'_, ()>;
    #[doc(hidden)]
    fn verify(call: Call<'_, Self>) -> BoxFuture<'_, ()>;
}

mod sealed {
    pub trait Sealed {}
}

/// Writes the operations down for one database, so that they are compiled here and not where they are called.
macro_rules! backend {
    ($DB:ty) => {
        impl sealed::Sealed for $DB {}

        impl Backend for $DB {
            fn save_plan<'t>(call: Call<'t, Self>, plan: &'t Plan) -> BoxFuture<'t, ()> {
                perform(call, Save(plan))
            }

            fn insert_plan<'t>(call: Call<'t, Self>, plan: &'t Plan) -> BoxFuture<'t, String> {
                perform(call, Insert(plan))
            }

            fn get_plan<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, Plan> {
                perform(call, Get::new(Operation::Get, plan::ID, id))
            }

            fn list_plans<'t>(call: Call<'t, Self>, filter: &'t PlanFilter) -> BoxFuture<'t, Vec<Plan>> {
                perform(call, ListPlans(filter))
            }

            fn delete_plan<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, ()> {
                perform(call, Delete { id })
            }

            fn save_subscription<'t>(
                call: Call<'t, Self>,
                subscription: &'t Subscription,
            ) -> BoxFuture<'t, ()> {
                perform(call, Save(subscription))
            }

            fn insert_subscription<'t>(
                call: Call<'t, Self>,
                subscription: &'t Subscription,
            ) -> BoxFuture<'t, String> {
                perform(call, Insert(subscription))
            }

            fn get_subscription<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, Subscription> {
                perform(call, Get::new(Operation::Get, subscription::ID, id))
            }

            fn get_subscription_by_provider_id<'t>(
                call: Call<'t, Self>,
                id: &'t str,
            ) -> BoxFuture<'t, Subscription> {
                perform(call, Get::new(Operation::GetByProviderId, subscription::PROVIDER_ID, id))
            }

            fn get_active_subscription<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, Subscription> {
                perform(call, Get::new(Operation::GetActive, subscription::SUBSCRIBER_ID, id))
            }

            fn list_subscriptions<'t>(
                call: Call<'t, Self>,
                filter: &'t SubscriptionFilter,
            ) -> BoxFuture<'t, Vec<Subscription>> {
                perform(call, ListSubscriptions(filter))
            }

            fn delete_subscription<'t>(call: Call<'t, Self>, id: &'t str) -> BoxFuture<'t, ()> {
                perform(call, Delete { id })
            }

            fn create_subscription_if_not_active<'t>(
                call: Call<'t, Self>,
                subscription: &'t Subscription,
            ) -> BoxFuture<'t, ()> {
                perform(call, Create(subscription))
            }

            fn save_usage_record<'t>(call: Call<'t, Self>, record: &'t UsageRecord) -> BoxFuture<'t, ()> {
                perform(call, Append(record))
            }

            fn sum_usage<'t>(
                call: Call<'t, Self>,
                subscription_id: &'t str,
                metric: &'t str,
                from: DateTime<Utc>,
                to: DateTime<Utc>,
            ) -> BoxFuture<'t, i64> {
                perform(call, Sum { subscription_id, metric, from, to })
            }

            fn list_usage_records<'t>(
                call: Call<'t, Self>,
                subscription_id: &'t str,
                from: DateTime<Utc>,
                to: DateTime<Utc>,
            ) -> BoxFuture<'t, Vec<UsageRecord>> {
                let subscription = (bind(usage::SUBSCRIPTION_ID), Value::Text(subscription_id));
                let keys = Keys([subscription, (FROM, Value::From(from)), (TO, Value::To(to))]);
                perform(call, List::new(Operation::ListRange, keys))
            }

            fn list_unreported_usage(call: Call<'_, Self>, limit: u32) -> BoxFuture<'_, Vec<UsageRecord>> {
                let keys = Keys([(LIMIT, Value::Integer(limit.into()))]);
                perform(call, List::new(Operation::ListUnreported, keys))
            }

            fn mark_usage_reported<'t>(
                call: Call<'t, Self>,
                id: &'t str,
                reported_at: DateTime<Utc>,
            ) -> BoxFuture<'t, ()> {
                perform(call, Mark { id, reported_at })
            }

            fn create_schema(call: Call<'_, Self>) -> BoxFuture<'_, ()> {
                perform(call, schema::Create)
            }

            fn verify(call: Call<'_, Self>) -> BoxFuture<'_, ()> {
                perform(call, schema::Verify)
            }
        }
    };
}

#[cfg(feature = "sqlite")]
backend!(sqlx::Sqlite);
#[cfg(feature = "postgres")]
backend!(sqlx::Postgres);
#[cfg(feature = "mysql")]
backend!(sqlx::MySql);

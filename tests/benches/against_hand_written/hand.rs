//! The same stores by hand: the same statements, sqlx's own types and `#[async_trait]`.
//!
//! They are what one would write who knows sqlx and trusts the caller: no value is held against what the database can
//! keep, and errors are told apart only where an answer depends on it.

use store_core::{Conflict, Entity, Statement, StoreError};

/// The text of a statement.
fn text(statements: &[Statement<'static>], name: &str) -> &'static str {
    let statement = statements.iter().find(|statement| statement.name() == name);
    statement.expect("the store has such a statement").sql
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Backend { source: error.into() }
}

fn not_found(entity: Entity, key: &str) -> StoreError {
    StoreError::NotFound { entity, key: key.to_owned() }
}

fn taken(entity: Entity, conflict: Conflict) -> StoreError {
    StoreError::AlreadyExists { entity, conflict }
}

/// The stores on one database; the total of a sum is the one thing that is read differently.
macro_rules! stores {
    ($module:ident, $DB:ident, |$total:ident| $sum:expr) => {
        pub(crate) mod $module {
            use chrono::{DateTime, Utc};
            use sqlx::query::Query;
            use sqlx::types::Json;
            use sqlx::{Database, Pool, Row as _, $DB};
            use store_core::{
                AtomicSubscriptionStore, Conflict, Entity, Plan, PlanFilter, PlanInterval, PlanStore,
                ReportableUsageStore, Result, SqlPlanStore, SqlSubscriptionStore, SqlUsageStore, StoreError,
                Subscription, SubscriptionFilter, SubscriptionStatus, SubscriptionStore, UsageRecord,
                UsageStore, async_trait,
            };
            use store_tests::stores::$module as derived;

            use super::{failed, not_found, taken, text};

            type Row = <$DB as Database>::Row;

            pub(crate) struct Plans {
                pool: Pool<$DB>,
                save: &'static str,
                get: &'static str,
                list: &'static str,
                list_active: &'static str,
                delete: &'static str,
            }

            impl Plans {
                pub(crate) fn new(pool: Pool<$DB>) -> Self {
                    let text = |name| text(derived::Plans::PLAN_STATEMENTS, name);
                    Self {
                        pool,
                        save: text("save"),
                        get: text("get by id"),
                        list: text("list all"),
                        list_active: text("list those that are active"),
                        delete: text("delete by id"),
                    }
                }
            }

            fn plan(row: Row) -> sqlx::Result<Plan> {
                Ok(Plan {
                    id: row.try_get(0)?,
                    provider_id: row.try_get(1)?,
                    name: row.try_get(2)?,
                    description: row.try_get(3)?,
                    amount: row.try_get(4)?,
                    currency: row.try_get(5)?,
                    interval: PlanInterval::new(row.try_get::<&str, _>(6)?),
                    interval_count: count(&row, 7)?,
                    trial_days: count(&row, 8)?,
                    features: row.try_get::<Json<_>, _>(9)?.0,
                    limits: row.try_get::<Json<_>, _>(10)?.0,
                    metadata: row.try_get::<Json<_>, _>(11)?.0,
                    active: row.try_get(12)?,
                    created_at: row.try_get(13)?,
                    updated_at: row.try_get(14)?,
                })
            }

            fn count(row: &Row, index: usize) -> sqlx::Result<u32> {
                u32::try_from(row.try_get::<i64, _>(index)?)
                    .map_err(|error| sqlx::Error::Decode(error.into()))
            }

            #[async_trait]
            impl PlanStore for Plans {
                async fn save_plan(&self, plan: &Plan) -> Result<()> {
                    sqlx::query(self.save)
                        .bind(&plan.id)
                        .bind(&plan.provider_id)
                        .bind(&plan.name)
                        .bind(&plan.description)
                        .bind(plan.amount)
                        .bind(&plan.currency)
                        .bind(plan.interval.as_str())
                        .bind(i64::from(plan.interval_count))
                        .bind(i64::from(plan.trial_days))
                        .bind(Json(&plan.features))
                        .bind(Json(&plan.limits))
                        .bind(Json(&plan.metadata))
                        .bind(plan.active)
                        .bind(plan.created_at)
                        .bind(plan.updated_at)
                        .execute(&self.pool)
                        .await
                        .map_err(failed)?;
                    Ok(())
                }

                async fn get_plan(&self, id: &str) -> Result<Plan> {
                    let found = sqlx::query(self.get).bind(id).try_map(plan).fetch_optional(&self.pool).await;
                    found.map_err(failed)?.ok_or_else(|| not_found(Entity::Plan, id))
                }

                async fn list_plans(&self, filter: &PlanFilter) -> Result<Vec<Plan>> {
                    let sql = if filter.active_only { self.list_active } else { self.list };
                    sqlx::query(sql).try_map(plan).fetch_all(&self.pool).await.map_err(failed)
                }

                async fn delete_plan(&self, id: &str) -> Result<()> {
                    let done = sqlx::query(self.delete).bind(id).execute(&self.pool).await.map_err(failed)?;
                    if done.rows_affected() == 0 { Err(not_found(Entity::Plan, id)) } else { Ok(()) }
                }
            }

            pub(crate) struct Subscriptions {
                pool: Pool<$DB>,
                save: &'static str,
                create: &'static str,
                conflicts: &'static str,
                get: &'static str,
                get_by_provider_id: &'static str,
                get_active: &'static str,
                /// By which parts of the filter are given: 1 for the subscriber, 2 for the plan, 4 for the status.
                list: [&'static str; 8],
                delete: &'static str,
            }

            impl Subscriptions {
                pub(crate) fn new(pool: Pool<$DB>) -> Self {
                    let text = |name| text(derived::Subscriptions::SUBSCRIPTION_STATEMENTS, name);
                    Self {
                        pool,
                        save: text("save"),
                        create: text("create if not active"),
                        conflicts: text("which key conflicts"),
                        get: text("get by id"),
                        get_by_provider_id: text("get by provider id"),
                        get_active: text("get the live one of a subscriber"),
                        list: [
                            text("list all"),
                            text("list by subscriber"),
                            text("list by plan"),
                            text("list by subscriber and plan"),
                            text("list by status"),
                            text("list by subscriber and status"),
                            text("list by plan and status"),
                            text("list by subscriber, plan and status"),
                        ],
                        delete: text("delete by id"),
                    }
                }

                async fn get(&self, sql: &'static str, key: &str) -> Result<Subscription> {
                    let found =
                        sqlx::query(sql).bind(key).try_map(subscription).fetch_optional(&self.pool).await;
                    found.map_err(failed)?.ok_or_else(|| not_found(Entity::Subscription, key))
                }
            }

            fn filled(
                sql: &'static str,
                subscription: &Subscription,
            ) -> Query<'static, $DB, <$DB as Database>::Arguments> {
                sqlx::query(sql)
                    .bind(&subscription.id)
                    .bind(&subscription.provider_id)
                    .bind(&subscription.subscriber_id)
                    .bind(&subscription.plan_id)
                    .bind(subscription.status.as_str())
                    .bind(subscription.current_period_start)
                    .bind(subscription.current_period_end)
                    .bind(subscription.trial_start)
                    .bind(subscription.trial_end)
                    .bind(subscription.canceled_at)
                    .bind(subscription.paused_at)
                    .bind(Json(&subscription.metadata))
                    .bind(subscription.created_at)
                    .bind(subscription.updated_at)
            }

            fn subscription(row: Row) -> sqlx::Result<Subscription> {
                Ok(Subscription {
                    id: row.try_get(0)?,
                    provider_id: row.try_get(1)?,
                    subscriber_id: row.try_get(2)?,
                    plan_id: row.try_get(3)?,
                    status: SubscriptionStatus::new(row.try_get::<&str, _>(4)?),
                    current_period_start: row.try_get(5)?,
                    current_period_end: row.try_get(6)?,
                    trial_start: row.try_get(7)?,
                    trial_end: row.try_get(8)?,
                    canceled_at: row.try_get(9)?,
                    paused_at: row.try_get(10)?,
                    metadata: row.try_get::<Json<_>, _>(11)?.0,
                    created_at: row.try_get(12)?,
                    updated_at: row.try_get(13)?,
                })
            }

            #[async_trait]
            impl SubscriptionStore for Subscriptions {
                async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
                    filled(self.save, subscription).execute(&self.pool).await.map(drop).map_err(failed)
                }

                async fn get_subscription(&self, id: &str) -> Result<Subscription> {
                    self.get(self.get, id).await
                }

                async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
                    self.get(self.get_by_provider_id, provider_id).await
                }

                async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
                    self.get(self.get_active, subscriber_id).await
                }

                async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
                    let status = filter.status.as_ref().map(SubscriptionStatus::as_str);
                    let given = [filter.subscriber_id.as_deref(), filter.plan_id.as_deref(), status];
                    let bits = (0..3).filter(|&part| given[part].is_some()).map(|part| 1 << part);
                    let mut query = sqlx::query(self.list[bits.sum::<usize>()]);
                    for text in given.into_iter().flatten() {
                        query = query.bind(text);
                    }
                    query.try_map(subscription).fetch_all(&self.pool).await.map_err(failed)
                }

                async fn delete_subscription(&self, id: &str) -> Result<()> {
                    let done = sqlx::query(self.delete).bind(id).execute(&self.pool).await.map_err(failed)?;
                    if done.rows_affected() == 0 { Err(not_found(Entity::Subscription, id)) } else { Ok(()) }
                }
            }

            #[async_trait]
            impl AtomicSubscriptionStore for Subscriptions {
                async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
                    let mut connection = self.pool.acquire().await.map_err(failed)?;
                    let query = filled(self.create, subscription);
                    let done = query.execute(&mut *connection).await.map_err(failed)?;
                    if done.rows_affected() > 0 {
                        return Ok(());
                    }
                    let row = sqlx::query(self.conflicts)
                        .bind(&subscription.id)
                        .bind(&subscription.provider_id)
                        .bind(&subscription.subscriber_id)
                        .fetch_one(&mut *connection)
                        .await
                        .map_err(failed)?;
                    let conflict = if row.try_get(0).map_err(failed)? {
                        Conflict::Id
                    } else if row.try_get(1).map_err(failed)? {
                        Conflict::ProviderId
                    } else {
                        Conflict::Live
                    };
                    Err(taken(Entity::Subscription, conflict))
                }
            }

            pub(crate) struct Usage {
                pool: Pool<$DB>,
                insert: &'static str,
                sum: &'static str,
                list: &'static str,
                list_unreported: &'static str,
                mark: &'static str,
            }

            impl Usage {
                pub(crate) fn new(pool: Pool<$DB>) -> Self {
                    let text = |name| text(derived::Usage::USAGE_STATEMENTS, name);
                    Self {
                        pool,
                        insert: text("insert"),
                        sum: text("sum in a range"),
                        list: text("list in a range"),
                        list_unreported: text("list what is unreported"),
                        mark: text("mark as reported"),
                    }
                }
            }

            fn record(row: Row) -> sqlx::Result<UsageRecord> {
                Ok(UsageRecord {
                    id: row.try_get(0)?,
                    subscription_id: row.try_get(1)?,
                    metric: row.try_get(2)?,
                    quantity: row.try_get(3)?,
                    recorded_at: row.try_get(4)?,
                    metadata: row.try_get::<Json<_>, _>(5)?.0,
                    provider_reported_at: row.try_get(6)?,
                })
            }

            #[async_trait]
            impl UsageStore for Usage {
                async fn save_usage_record(&self, record: &UsageRecord) -> Result<()> {
                    let done = sqlx::query(self.insert)
                        .bind(&record.id)
                        .bind(&record.subscription_id)
                        .bind(&record.metric)
                        .bind(record.quantity)
                        .bind(record.recorded_at)
                        .bind(Json(&record.metadata))
                        .bind(record.provider_reported_at)
                        .execute(&self.pool)
                        .await
                        .map_err(failed)?;
                    if done.rows_affected() == 0 { Err(taken(Entity::Usage, Conflict::Id)) } else { Ok(()) }
                }

                async fn sum_usage(
                    &self,
                    subscription_id: &str,
                    metric: &str,
                    from: DateTime<Utc>,
                    to: DateTime<Utc>,
                ) -> Result<i64> {
                    let $total = sqlx::query(self.sum)
                        .bind(subscription_id)
                        .bind(metric)
                        .bind(from)
                        .bind(to)
                        .fetch_one(&self.pool)
                        .await
                        .map_err(failed)?;
                    let total: i128 = $sum;
                    i64::try_from(total).map_err(|_| StoreError::Overflow)
                }

                async fn list_usage_records(
                    &self,
                    subscription_id: &str,
                    from: DateTime<Utc>,
                    to: DateTime<Utc>,
                ) -> Result<Vec<UsageRecord>> {
                    let query = sqlx::query(self.list).bind(subscription_id).bind(from).bind(to);
                    query.try_map(record).fetch_all(&self.pool).await.map_err(failed)
                }
            }

            #[async_trait]
            impl ReportableUsageStore for Usage {
                async fn list_unreported_usage(&self, limit: u32) -> Result<Vec<UsageRecord>> {
                    let query = sqlx::query(self.list_unreported).bind(i64::from(limit));
                    query.try_map(record).fetch_all(&self.pool).await.map_err(failed)
                }

                async fn mark_usage_reported(&self, id: &str, reported_at: DateTime<Utc>) -> Result<()> {
                    let query = sqlx::query(self.mark).bind(reported_at).bind(id);
                    let done = query.execute(&self.pool).await.map_err(failed)?;
                    if done.rows_affected() == 0 { Err(not_found(Entity::Usage, id)) } else { Ok(()) }
                }
            }
        }
    };
}

// The totals of the upper and the lower halves.
stores!(sqlite, Sqlite, |row| {
    let (upper, lower): (i64, i64) = (row.try_get(0).map_err(failed)?, row.try_get(1).map_err(failed)?);
    (i128::from(upper) << 32) + i128::from(lower)
});

// The total as text.
stores!(postgres, Postgres, |row| {
    let total: &str = row.try_get(0).map_err(failed)?;
    total.parse().map_err(|error: std::num::ParseIntError| failed(sqlx::Error::Decode(error.into())))?
});

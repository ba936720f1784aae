//! The contract on tables of real systems: each rule is a test, as far as the store says that it keeps it.

use std::future::Future;
use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{MySqlPool, PgPool, SqlitePool};
use store_core::contract::{Capability, Rule, Scale, plan, subscription, usage};
use store_core::{
    AtomicSubscriptionStore, Result, SqlPlanStore, SqlSubscriptionStore, SqlUsageStore, Subscription,
    SubscriptionFilter, SubscriptionStore,
};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Suite, full};

/// Enough for calls to meet.
pub(crate) const CONNECTIONS: u32 = 8;

fn scale() -> Scale {
    if full() {
        Scale { operations: 1_000, ..Scale::default() }
    } else {
        Scale { tasks: 8, rounds: 2, operations: 100 }
    }
}

/// Where tables are, on any of the databases.
pub(crate) enum Place {
    Sqlite(sqlite::Place),
    Postgres(postgres::Place),
    Mysql(mysql::Place),
}

impl Place {
    async fn remove(self) {
        match self {
            Self::Sqlite(place) => place.remove().await,
            Self::Postgres(place) => place.remove().await,
            Self::Mysql(place) => place.remove().await,
        }
    }
}

impl From<sqlite::Place> for Place {
    fn from(place: sqlite::Place) -> Self {
        Self::Sqlite(place)
    }
}

impl From<postgres::Place> for Place {
    fn from(place: postgres::Place) -> Self {
        Self::Postgres(place)
    }
}

impl From<mysql::Place> for Place {
    fn from(place: mysql::Place) -> Self {
        Self::Mysql(place)
    }
}

/// A store of plans under the rules.
pub(crate) fn plans(store: impl SqlPlanStore + 'static) -> plan::PlanSubject {
    let mapping = store.plan_mapping();
    plan::PlanSubject::new(Arc::new(store)).mapping(mapping).scale(scale())
}

/// A store of usage under the rules.
pub(crate) fn usage(store: impl SqlUsageStore + 'static) -> usage::UsageSubject {
    let mapping = store.usage_mapping();
    usage::UsageSubject::new(Arc::new(store)).mapping(mapping).scale(scale())
}

/// A store of subscriptions under the rules. The rows that a subscription refers to are there before it.
pub(crate) fn subscriptions(
    store: impl SqlSubscriptionStore + 'static,
    others: impl Others + 'static,
) -> subscription::SubscriptionSubject {
    let mapping = store.subscription_mapping();
    let is_atomic = store.as_atomic().is_some();
    let store = Arc::new(Introduced { store, others });
    let subject = subscription::SubscriptionSubject::new(store.clone()).mapping(mapping).scale(scale());
    if is_atomic { subject.atomic(store) } else { subject }
}

/// One test of each rule for a store with these capabilities.
pub(crate) fn rules<S, F>(
    suite: &mut Suite,
    database: Database,
    store: &str,
    rules: &'static [Rule<S>],
    capabilities: &[Capability],
    make: impl Fn() -> F + Copy + Send + 'static,
) where
    S: 'static,
    F: Future<Output = std::result::Result<(Place, S), Box<dyn std::error::Error + Send + Sync>>>,
{
    for rule in rules.iter().filter(|rule| rule.needs.met_by(capabilities)) {
        suite.on(database, &format!("{store}::{}", rule.name), move || async move {
            let (place, subject) = make().await?;
            rule.check(subject).await?;
            place.remove().await;
            Ok(())
        });
    }
}

/// The rows of other tables that foreign keys ask for.
#[async_trait]
pub(crate) trait Others: Send + Sync {
    /// Makes them, unless they are there. What can't be made, the store refuses.
    async fn introduce(&self, subscription: &Subscription);
}

/// The statements that make them: each takes one text, of which it is told whose it is.
pub(crate) struct Statements<P> {
    pub(crate) pool: P,
    pub(crate) plan: &'static str,
    pub(crate) subscriber: &'static str,
}

macro_rules! others {
    ($($pool:ty),*) => {$(
        #[async_trait]
        impl Others for Statements<$pool> {
            async fn introduce(&self, subscription: &Subscription) {
                // What the suite takes for one that is not there.
                if subscription.subscriber_id == "nowhere" {
                    return;
                }
                for (sql, key) in [(self.plan, &subscription.plan_id), (self.subscriber, &subscription.subscriber_id)] {
                    for sql in sql.split(';') {
                        let _ = sqlx::query(sql).bind(key).execute(&self.pool).await;
                    }
                }
            }
        }
    )*};
}
others!(SqlitePool, PgPool, MySqlPool);

/// A store whose plans and subscribers are there before somebody subscribes.
struct Introduced<S, O> {
    store: S,
    others: O,
}

#[async_trait]
impl<S: SqlSubscriptionStore, O: Others> SubscriptionStore for Introduced<S, O> {
    async fn save_subscription(&self, subscription: &Subscription) -> Result<()> {
        self.others.introduce(subscription).await;
        self.store.save_subscription(subscription).await
    }

    async fn get_subscription(&self, id: &str) -> Result<Subscription> {
        self.store.get_subscription(id).await
    }

    async fn get_subscription_by_provider_id(&self, provider_id: &str) -> Result<Subscription> {
        self.store.get_subscription_by_provider_id(provider_id).await
    }

    async fn get_active_subscription(&self, subscriber_id: &str) -> Result<Subscription> {
        self.store.get_active_subscription(subscriber_id).await
    }

    async fn list_subscriptions(&self, filter: &SubscriptionFilter) -> Result<Vec<Subscription>> {
        self.store.list_subscriptions(filter).await
    }

    async fn delete_subscription(&self, id: &str) -> Result<()> {
        self.store.delete_subscription(id).await
    }

    fn as_atomic(&self) -> Option<&dyn AtomicSubscriptionStore> {
        self.store.as_atomic().map(|_| self as _)
    }
}

#[async_trait]
impl<S: SqlSubscriptionStore, O: Others> AtomicSubscriptionStore for Introduced<S, O> {
    async fn create_subscription_if_not_active(&self, subscription: &Subscription) -> Result<()> {
        self.others.introduce(subscription).await;
        let atomic = self.store.as_atomic().expect("it is atomic");
        atomic.create_subscription_if_not_active(subscription).await
    }
}

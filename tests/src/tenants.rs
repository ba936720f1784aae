//! Two tenants of one table, each in a process of its own, who do the same at the same moment under the same keys.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{MySql, Pool, Postgres, Sqlite};
use store_core::__private::{
    Atomic, Backend, Column, Dialect, Entity, Extra, Form, Key, Options, Scope, Source,
};
use store_core::{
    AtomicSubscriptionStore as _, Conflict, Plan, PlanFilter, PlanInterval, PlanStore as _,
    ReportableUsageStore as _, Result, StoreError, Subscription, SubscriptionFilter, SubscriptionStatus,
    SubscriptionStore as _, UsageRecord, UsageStore as _,
};

use crate::databases::Database;
use crate::made::{self, Made};
use crate::race::micros_now;

/// How many records of each kind a tenant has in a round, each from a task of its own.
pub const RECORDS: usize = 8;

/// Whether the stores keep to their scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They do.
    Scope,
    /// They tell whose a row is, and look at all.
    Nothing,
}

impl Kept {
    /// The word for it, by which a process tells another.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Nothing => "nothing",
        }
    }
}

fn options(dialect: Dialect, entity: Entity, kept: Kept) -> Options<'static> {
    const TENANT: &[Extra<'static>] =
        &[Extra { column: Column::new("tenant", Form::Text), value: Source::Own(0) }];
    if kept == Kept::Scope {
        return Options { scope: TENANT, ..*Options::NONE };
    }
    let live = match dialect {
        Dialect::Postgres => "\"status\" IN ('active', 'trialing')",
        Dialect::Sqlite | Dialect::MySql => "`status` IN ('active', 'trialing')",
    };
    let key = |columns, predicate| Key { columns, predicate };
    let atomic = match entity {
        Entity::Subscription => Atomic::Key(key(&["tenant", "subscriber_id"], Some(live))),
        Entity::Plan | Entity::Usage => Atomic::LiveKey,
    };
    Options { insert: TENANT, key: Some(key(&["tenant", "id"], None)), atomic, ..*Options::NONE }
}

/// The stores of a tenant.
pub struct Tenant<DB: Backend> {
    name: String,
    plans: Made<DB>,
    subscriptions: Made<DB>,
    usage: Made<DB>,
}

/// A tenant on any database.
#[async_trait::async_trait]
pub trait Neighbour: Send + Sync {
    /// Makes the tables.
    ///
    /// # Errors
    /// Those of the database.
    async fn create(&self) -> Result<()>;

    /// Does all that a tenant does in a round, from a moment on; what was seen of the other, or done to this one.
    async fn round(self: Arc<Self>, round: usize, start: u64) -> Vec<String>;
}

/// The tenant of a name.
///
/// # Errors
/// If the database can't be reached.
pub async fn connect(
    database: Database,
    url: &str,
    connections: u32,
    kept: Kept,
    name: &str,
) -> std::result::Result<Arc<dyn Neighbour>, sqlx::Error> {
    let name = name.to_owned();
    macro_rules! tenant {
        ($DB:ident, $Options:path, $dialect:expr) => {{
            let pool = <$Options>::new().max_connections(connections).connect(url).await?;
            Arc::new(Tenant::<$DB>::new(&pool, $dialect, kept, name)) as Arc<dyn Neighbour>
        }};
    }
    Ok(match database {
        Database::Sqlite => tenant!(Sqlite, sqlx::sqlite::SqlitePoolOptions, Dialect::Sqlite),
        Database::Postgres => tenant!(Postgres, sqlx::postgres::PgPoolOptions, Dialect::Postgres),
        Database::Mysql => tenant!(MySql, sqlx::mysql::MySqlPoolOptions, Dialect::MySql),
    })
}

type Seen = std::result::Result<(), String>;

fn same<T: PartialEq + Debug>(what: &str, found: Result<T>, expected: &T) -> Seen {
    match found {
        Ok(found) if found == *expected => Ok(()),
        other => Err(format!("{what}: {other:?} is not {expected:?}")),
    }
}

fn absent<T: Debug>(what: &str, found: Result<T>) -> Seen {
    match found {
        Err(error) if error.is_not_found() => Ok(()),
        other => Err(format!("{what}: {other:?}")),
    }
}

fn refused(what: &str, found: Result<()>, by: &Conflict) -> Seen {
    match found.as_ref().err().and_then(StoreError::conflict) {
        Some(conflict) if conflict == by => Ok(()),
        _ => Err(format!("{what}: {found:?}")),
    }
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

impl<DB: Backend> Tenant<DB>
where
    String: Scope<DB>,
{
    fn new(pool: &Pool<DB>, dialect: Dialect, kept: Kept, name: String) -> Self {
        let store = |entity| {
            let adapter = made::adapter(dialect, entity, options(dialect, entity, kept));
            Made::new(pool.clone(), made::store(adapter), &[&name])
        };
        let (plans, subscriptions) = (store(Entity::Plan), store(Entity::Subscription));
        Self { plans, subscriptions, usage: store(Entity::Usage), name }
    }

    /// All that is done under one key.
    async fn key(&self, key: String, deletes: bool) -> Seen {
        let mine = |text: &str| format!("{text} of {}", self.name);
        let plan = Plan {
            provider_id: Some(key.clone()),
            created_at: at(1),
            updated_at: at(1),
            ..Plan::new(&key, mine("plan"), 1, "EUR", PlanInterval::Month)
        };
        let sub = Subscription {
            provider_id: Some(key.clone()),
            created_at: at(1),
            updated_at: at(1),
            ..Subscription::new(&key, &key, mine("plan"), SubscriptionStatus::Active, at(0)..at(720))
        };
        let quantity = self.name.len() as i64;
        let mut used = UsageRecord::new(&key, &key, "calls", quantity, at(1));
        used.metadata.insert("tenant".into(), self.name.clone());

        same("save a plan", self.plans.save_plan(&plan).await, &())?;
        same("sign up", self.subscriptions.create_subscription_if_not_active(&sub).await, &())?;
        same("use", self.usage.save_usage_record(&used).await, &())?;
        let second = Subscription { id: format!("{key} b"), provider_id: None, ..sub.clone() };
        let again = self.subscriptions.create_subscription_if_not_active(&second).await;
        refused("sign up again", again, &Conflict::Live)?;
        let again = self.subscriptions.create_subscription_if_not_active(&sub).await;
        refused("the same again", again, &Conflict::Id)?;
        refused("use again", self.usage.save_usage_record(&used).await, &Conflict::Id)?;

        same("get a plan", self.plans.get_plan(&key).await, &plan)?;
        self.sees(&key, std::slice::from_ref(&sub)).await?;
        same("get the active", self.subscriptions.get_active_subscription(&key).await, &sub)?;
        same("sum", self.usage.sum_usage(&key, "calls", at(0), at(9)).await, &quantity)?;
        let listed = self.usage.list_usage_records(&key, at(0), at(9)).await;
        same("list usage", listed, &vec![used.clone()])?;

        same("mark", self.usage.mark_usage_reported(&key, at(2)).await, &())?;
        used.provider_reported_at = Some(at(2));
        let listed = self.usage.list_usage_records(&key, at(0), at(9)).await;
        same("list what is marked", listed, &vec![used])?;
        if deletes {
            same("delete a plan", self.plans.delete_plan(&key).await, &())?;
            same("delete", self.subscriptions.delete_subscription(&key).await, &())?;
            absent("get the deleted plan", self.plans.get_plan(&key).await)?;
            absent("get the active deleted", self.subscriptions.get_active_subscription(&key).await)?;
            return self.sees(&key, &[]).await;
        }
        let plan = Plan { name: mine("another plan"), ..plan };
        same("replace a plan", self.plans.save_plan(&plan).await, &())?;
        let sub = Subscription { status: SubscriptionStatus::Canceled, ..sub };
        same("cancel", self.subscriptions.save_subscription(&sub).await, &())?;
        same("get the replaced", self.plans.get_plan(&key).await, &plan)?;
        absent("get the active canceled", self.subscriptions.get_active_subscription(&key).await)?;
        self.sees(&key, &[sub]).await
    }

    /// The subscriptions under a key, in every way to look for them.
    async fn sees(&self, key: &str, subscriptions: &[Subscription]) -> Seen {
        let all = subscriptions.to_vec();
        let filter = SubscriptionFilter { subscriber_id: Some(key.to_owned()), ..Default::default() };
        same("list", self.subscriptions.list_subscriptions(&filter).await, &all)?;
        let by_id = self.subscriptions.get_subscription(key).await;
        let by_provider_id = self.subscriptions.get_subscription_by_provider_id(key).await;
        match subscriptions {
            [] => absent("get", by_id).and_then(|()| absent("by provider id", by_provider_id)),
            [one, ..] => same("get", by_id, one).and_then(|()| same("by provider id", by_provider_id, one)),
        }
    }

    /// What is listed without a key.
    async fn all(&self) -> Seen {
        let plans = self.plans.list_plans(&PlanFilter::default()).await.map_err(|error| error.to_string())?;
        if let Some(other) = plans.iter().find(|plan| !plan.name.ends_with(&self.name)) {
            return Err(format!("list plans: {other:?}"));
        }
        let unreported = self.usage.list_unreported_usage(1_000).await.map_err(|error| error.to_string())?;
        match unreported.iter().find(|used| used.metadata.get("tenant") != Some(&self.name)) {
            Some(other) => Err(format!("list unreported: {other:?}")),
            None => Ok(()),
        }
    }
}

#[async_trait::async_trait]
impl<DB: Backend> Neighbour for Tenant<DB>
where
    String: Scope<DB>,
{
    async fn create(&self) -> Result<()> {
        for store in [&self.plans, &self.subscriptions, &self.usage] {
            store.create_schema().await?;
            store.verify().await?;
        }
        Ok(())
    }

    async fn round(self: Arc<Self>, round: usize, start: u64) -> Vec<String> {
        tokio::time::sleep(Duration::from_micros(start.saturating_sub(micros_now()))).await;
        let is_first = self.name.as_str() < "b";
        let task = |number: usize| {
            let tenant = Arc::clone(&self);
            // Of each key one deletes what the other keeps.
            let deletes = number.is_multiple_of(2) == is_first;
            tokio::spawn(async move { tenant.key(format!("{round} {number}"), deletes).await })
        };
        let tasks: Vec<_> = (0..RECORDS).map(task).collect();
        let mut seen = vec![self.all().await];
        for task in tasks {
            seen.push(task.await.unwrap_or_else(|error| Err(error.to_string())));
        }
        seen.push(self.all().await);
        seen.into_iter().filter_map(std::result::Result::err).collect()
    }
}

//! Subscriptions in SQL.

use sqlx::Database;
use store_model::adapter::{Bind, Constant, Dialect as Kind, Operation, Place, Statement};
use store_model::contract::subscription::{ID, PLAN_ID, STATUS, SUBSCRIBER_ID};
use store_model::mapping::Mapping;

use super::call::Call;
use super::conflict::Rules;
use super::dialect::Dialect;
use super::failure::{Failure, Outcome};
use super::place;
use super::record::{Inputs, Record as _, bind};
use super::session::Session;
use super::store::Store;
use super::work::Work;
use super::write::{self, Write};
use super::{Backend, BoxFuture, MakesIds};
use crate::codec::Value;
use crate::subscription::{AtomicSubscriptionStore, Subscription, SubscriptionFilter, SubscriptionStore};

/// What a derived [`SubscriptionStore`] adds to the trait: the same operations on a connection of the caller, its
/// statements, and its schema.
///
/// A method `*_in` runs on the connection that it is given, inside the transaction that is open there, and repeats
/// nothing. What a refusal does to the transaction is told at [`SqlPlanStore`](crate::SqlPlanStore).
///
/// ```
/// # #[cfg(feature = "sqlite")]
/// # mod example {
/// use store_core::{Result, SqlSubscriptionStore, StoreError, Subscription, SubscriptionStore, sqlx};
///
/// #[derive(SubscriptionStore)]
/// #[store(table = "subscriptions")]
/// struct Subscriptions {
///     pool: sqlx::SqlitePool,
/// }
///
/// async fn move_to(store: &Subscriptions, subscription: &mut Subscription, plan: &str) -> Result<()> {
///     let backend = |error: sqlx::Error| StoreError::Backend { source: error.into() };
///     let mut transaction = store.pool.begin().await.map_err(backend)?;
///     subscription.plan_id = plan.into();
///     store.save_subscription_in(&mut transaction, subscription).await?;
///     // .. and rows of your own, in the same transaction ..
///     transaction.commit().await.map_err(backend)
/// }
/// # }
/// ```
pub trait SqlSubscriptionStore: SubscriptionStore {
    /// The database.
    type Database: Backend;

    /// The adapter.
    #[doc(hidden)]
    const SUBSCRIPTION_STORE: &'static Store;

    #[doc(hidden)]
    fn subscription_call(&self) -> Call<'_, Self::Database>;

    /// Every statement that the store runs, by name.
    const SUBSCRIPTION_STATEMENTS: &'static [Statement<'static>] = Self::SUBSCRIPTION_STORE.statements;

    /// The script that makes the table, its keys and indexes, and changes nothing where they are there.
    const SUBSCRIPTION_DDL: &'static str = Self::SUBSCRIPTION_STORE.ddl;

    /// [`save_subscription`](SubscriptionStore::save_subscription) on the caller's connection.
    fn save_subscription_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        subscription: &'t Subscription,
    ) -> BoxFuture<'t, ()> {
        Self::Database::save_subscription(self.subscription_call().on(connection), subscription)
    }

    /// Adds a new subscription whose id the database makes, and gives the id. The record's own id must be empty.
    ///
    /// A store has it that says `id(generated)` in `columns(..)`; there every new subscription comes in this way or by
    /// `create_subscription_if_not_active`, which takes live ones with an empty id, and
    /// [`save_subscription`](SubscriptionStore::save_subscription) replaces what is there: an id that is unknown to it is `NotFound`.
    ///
    /// # Errors
    /// `InvalidInput` of the id if it is not empty; those of `save_subscription`. After
    /// [`Ambiguous`](crate::StoreError::Ambiguous) look for the record by its provider id or its subscriber: its id did not arrive.
    ///
    /// # Concurrency
    /// Calls at once get ids of their own; of those with one provider id one succeeds, and the others get `AlreadyExists`.
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "sqlite"))]
    /// # mod example {
    /// use store_core::{SqlSubscriptionStore, Subscription, SubscriptionStatus, SubscriptionStore, sqlx};
    /// # use chrono::{DateTime, Utc};
    ///
    /// #[derive(SubscriptionStore)]
    /// #[store(table = "subscriptions", columns(id(generated, as = i64)))]
    /// struct Subscriptions {
    ///     pool: sqlx::SqlitePool,
    /// }
    ///
    /// async fn add(store: &Subscriptions, from: DateTime<Utc>, to: DateTime<Utc>) -> store_core::Result<String> {
    ///     let new = Subscription::new("", "ann", "pro", SubscriptionStatus::Active, from..to);
    ///     store.insert_subscription(&new).await
    /// }
    /// # }
    /// ```
    fn insert_subscription<'t>(&'t self, subscription: &'t Subscription) -> BoxFuture<'t, String>
    where
        Self: MakesIds<Subscription>,
    {
        Self::Database::insert_subscription(self.subscription_call(), subscription)
    }

    /// [`insert_subscription`](Self::insert_subscription) on the caller's connection.
    fn insert_subscription_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        subscription: &'t Subscription,
    ) -> BoxFuture<'t, String>
    where
        Self: MakesIds<Subscription>,
    {
        Self::Database::insert_subscription(self.subscription_call().on(connection), subscription)
    }

    /// [`get_subscription`](SubscriptionStore::get_subscription) on the caller's connection.
    fn get_subscription_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        id: &'t str,
    ) -> BoxFuture<'t, Subscription> {
        Self::Database::get_subscription(self.subscription_call().on(connection), id)
    }

    /// [`get_subscription_by_provider_id`](SubscriptionStore::get_subscription_by_provider_id) on the caller's connection.
    fn get_subscription_by_provider_id_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        provider_id: &'t str,
    ) -> BoxFuture<'t, Subscription> {
        Self::Database::get_subscription_by_provider_id(self.subscription_call().on(connection), provider_id)
    }

    /// [`get_active_subscription`](SubscriptionStore::get_active_subscription) on the caller's connection.
    fn get_active_subscription_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        subscriber_id: &'t str,
    ) -> BoxFuture<'t, Subscription> {
        Self::Database::get_active_subscription(self.subscription_call().on(connection), subscriber_id)
    }

    /// [`list_subscriptions`](SubscriptionStore::list_subscriptions) on the caller's connection.
    fn list_subscriptions_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        filter: &'t SubscriptionFilter,
    ) -> BoxFuture<'t, Vec<Subscription>> {
        Self::Database::list_subscriptions(self.subscription_call().on(connection), filter)
    }

    /// [`delete_subscription`](SubscriptionStore::delete_subscription) on the caller's connection.
    fn delete_subscription_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        id: &'t str,
    ) -> BoxFuture<'t, ()> {
        Self::Database::delete_subscription(self.subscription_call().on(connection), id)
    }

    /// Runs [`SUBSCRIPTION_DDL`](Self::SUBSCRIPTION_DDL).
    fn create_subscription_schema(&self) -> BoxFuture<'_, ()> {
        Self::Database::create_schema(self.subscription_call())
    }

    /// Holds the live database against what the store needs, all findings at once: that every statement prepares, that
    /// the columns hold what is kept in them, and that the unique keys are there, the one behind `atomic` with its
    /// predicate.
    ///
    /// # Errors
    /// [`Schema`](crate::StoreError::Schema) with the [findings](crate::Findings) as its source.
    fn verify_subscriptions(&self) -> BoxFuture<'_, ()> {
        Self::Database::verify(self.subscription_call())
    }

    /// What the store keeps of each field, and which rules it holds in a weaker form: a table to print at start-up, and what
    /// the contract suite goes by.
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "sqlite"))]
    /// # mod example {
    /// use store_core::{SqlSubscriptionStore, SubscriptionStore, sqlx};
    ///
    /// #[derive(SubscriptionStore)]
    /// #[store(table = "members", absent(paused_at))]
    /// struct Subscriptions {
    ///     pool: sqlx::SqlitePool,
    /// }
    ///
    /// fn start(store: &Subscriptions) {
    ///     println!("{}", store.subscription_mapping());
    /// }
    /// # }
    /// ```
    fn subscription_mapping(&self) -> Mapping {
        Mapping::of(&Self::SUBSCRIPTION_STORE.adapter)
    }
}

/// What a derived [`AtomicSubscriptionStore`] adds to the trait: the same operation on a connection of the caller.
///
/// ```
/// # #[cfg(feature = "postgres")]
/// # mod example {
/// use store_core::{Conflict, SqlAtomicSubscriptionStore, Subscription, SubscriptionStore, sqlx};
///
/// #[derive(SubscriptionStore)]
/// #[store(table = "subscriptions", atomic)]
/// struct Subscriptions {
///     pool: sqlx::PgPool,
/// }
///
/// async fn sign_up(
///     store: &Subscriptions,
///     transaction: &mut sqlx::PgTransaction<'_>,
///     subscription: &Subscription,
/// ) -> store_core::Result<bool> {
///     match store.create_subscription_if_not_active_in(transaction, subscription).await {
///         Ok(()) => Ok(true),
///         // The transaction goes on: the rest of it can be committed.
///         Err(error) if error.conflict() == Some(&Conflict::Live) => Ok(false),
///         Err(error) => Err(error),
///     }
/// }
/// # }
/// ```
pub trait SqlAtomicSubscriptionStore: SqlSubscriptionStore + AtomicSubscriptionStore {
    /// [`create_subscription_if_not_active`](AtomicSubscriptionStore::create_subscription_if_not_active) on the caller's
    /// connection. A refusal leaves the transaction usable; on Postgres that holds at READ COMMITTED, and not where another
    /// connection adds a record with the same id or provider id at the same moment.
    ///
    /// A store with `atomic(lock)` holds the lock of the subscriber until the transaction ends. It refuses one above READ
    /// COMMITTED with [`Backend`](crate::StoreError::Backend), and so does `save_subscription_in`.
    fn create_subscription_if_not_active_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        subscription: &'t Subscription,
    ) -> BoxFuture<'t, ()> {
        Self::Database::create_subscription_if_not_active(
            self.subscription_call().on(connection),
            subscription,
        )
    }
}

/// The subscriptions that a filter lets through.
pub(crate) struct ListSubscriptions<'a>(pub(crate) &'a SubscriptionFilter);

impl<DB: Dialect> Work<DB> for ListSubscriptions<'_> {
    type Output = Vec<Subscription>;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<Vec<Subscription>> {
        let plan = match (&self.0.plan_id, session.store.adapter.fields[PLAN_ID]) {
            (Some(id), Place::Always(constant)) if constant != Constant::Text(id) => return Ok(Vec::new()),
            // Every row is of that plan.
            (_, Place::Always(_)) => false,
            (id, _) => id.is_some(),
        };
        let operation = listing(self.0.subscriber_id.is_some(), plan, self.0.status.is_some());
        match &self.0.status {
            Some(status) => session.records_of(operation, status.as_str(), &self.0).await,
            None => session.records(operation, &self.0).await,
        }
    }
}

/// The statement behind a filter.
const fn listing(subscriber: bool, plan: bool, status: bool) -> Operation {
    match (subscriber, plan, status) {
        (false, false, false) => Operation::List,
        (true, false, false) => Operation::ListBySubscriber,
        (false, true, false) => Operation::ListByPlan,
        (true, true, false) => Operation::ListBySubscriberPlan,
        (false, false, true) => Operation::ListByStatus,
        (true, false, true) => Operation::ListBySubscriberStatus,
        (false, true, true) => Operation::ListByPlanStatus,
        (true, true, true) => Operation::ListBySubscriberPlanStatus,
    }
}

impl Inputs for &SubscriptionFilter {
    fn value(&self, place: Bind) -> Value<'_> {
        const SUBSCRIBER: Bind = bind(SUBSCRIBER_ID);
        const PLAN: Bind = bind(PLAN_ID);
        const STATE: Bind = bind(STATUS);
        let text = match place {
            SUBSCRIBER => self.subscriber_id.as_deref(),
            PLAN => self.plan_id.as_deref(),
            STATE => self.status.as_ref().map(crate::SubscriptionStatus::as_str),
            _ => None,
        };
        Value::OptionalText(text)
    }
}

/// Creates a subscription unless its subscriber has a live one.
pub(crate) struct Create<'a>(pub(crate) &'a Subscription);

impl<DB: Dialect> Work<DB> for Create<'_> {
    type Output = ();
    const WRITES: bool = true;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        place::check(session.store, self.0)?;
        let adapter = session.store.adapter;
        write::has_no_id(adapter, self.0)?;
        if adapter.makes_ids() && !self.0.is_live() {
            return Err(not_found_again());
        }
        // On MySQL a plain insert of a live record: there the unique key alone decides without deadlocks.
        let is_plain = adapter.dialect == Kind::MySql && self.0.is_live() && !adapter.is_locked();
        // No trigger sees the conditions of a statement, so on a view they are asked for before.
        let is_plain = is_plain || adapter.options().instead_of;
        let operation = if is_plain { Operation::Insert } else { Operation::Create };
        let rules = Rules { id: !adapter.makes_ids(), taken: false, live: true };
        session.persist(Write::Add(operation), self.0, rules).await.map(drop)
    }
}

/// A call that gives no id is for records that can be looked for without one.
fn not_found_again() -> Failure {
    let reason = "the database makes it, and only a live subscription is found without it: add others by \
                  `insert_subscription`";
    Failure::Unfit { place: ID, reason: reason.into() }
}

//! Plans in SQL.

use sqlx::Database;
use store_model::adapter::{Constant, Operation, Place, Statement};
use store_model::contract::plan::ACTIVE;
use store_model::mapping::Mapping;

use super::call::Call;
use super::dialect::Dialect;
use super::failure::Outcome;
use super::record::{Keys, bind};
use super::session::Session;
use super::store::Store;
use super::work::Work;
use super::{Backend, BoxFuture, MakesIds};
use crate::codec::Value;
use crate::plan::{Plan, PlanFilter, PlanStore};

/// What a derived [`PlanStore`] adds to the trait: the same operations on a connection of the caller, its statements,
/// and its schema.
///
/// A method `*_in` runs on the connection that it is given, inside the transaction that is open there, and repeats
/// nothing.
///
/// # Errors in a transaction
///
/// On Postgres an `AlreadyExists` or `InvalidInput` of the database itself ends the transaction, as any refused statement
/// does there; on SQLite and MySQL it goes on. After [`Transient`](crate::StoreError::Transient) with
/// [`Extent::Transaction`](crate::Extent::Transaction), begin again: on MySQL the server has rolled back already.
///
/// ```
/// # #[cfg(feature = "sqlite")]
/// # mod example {
/// use store_core::{PlanStore, SqlPlanStore, sqlx};
///
/// #[derive(PlanStore)]
/// #[store(table = "plans")]
/// struct Plans {
///     pool: sqlx::SqlitePool,
/// }
///
/// /// Run once, before the first request.
/// async fn start(plans: &Plans) -> store_core::Result<()> {
///     plans.create_plan_schema().await?;
///     plans.verify_plans().await
/// }
///
/// fn review() {
///     for statement in Plans::PLAN_STATEMENTS {
///         println!("{}: {}", statement.name(), statement.sql);
///     }
///     println!("{}", Plans::PLAN_DDL);
/// }
/// # }
/// ```
pub trait SqlPlanStore: PlanStore {
    /// The database.
    type Database: Backend;

    /// The adapter.
    #[doc(hidden)]
    const PLAN_STORE: &'static Store;

    #[doc(hidden)]
    fn plan_call(&self) -> Call<'_, Self::Database>;

    /// Every statement that the store runs, by name.
    const PLAN_STATEMENTS: &'static [Statement<'static>] = Self::PLAN_STORE.statements;

    /// The script that makes the table, its keys and indexes, and changes nothing where they are there.
    const PLAN_DDL: &'static str = Self::PLAN_STORE.ddl;

    /// [`save_plan`](PlanStore::save_plan) on the caller's connection.
    fn save_plan_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        plan: &'t Plan,
    ) -> BoxFuture<'t, ()> {
        Self::Database::save_plan(self.plan_call().on(connection), plan)
    }

    /// Adds a new plan whose id the database makes, and gives the id. The record's own id must be empty.
    ///
    /// A store has it that says `id(generated)` in `columns(..)`; there every new plan comes in this way, and
    /// [`save_plan`](PlanStore::save_plan) replaces what is there: an id that is unknown to it is `NotFound`.
    ///
    /// # Errors
    /// `InvalidInput` of the id if it is not empty; those of `save_plan`. After
    /// [`Ambiguous`](crate::StoreError::Ambiguous) look for the record by its provider id or its name: its id did not arrive.
    ///
    /// # Concurrency
    /// Calls at once get ids of their own; of those with one provider id one succeeds, and the others get `AlreadyExists`.
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "sqlite"))]
    /// # mod example {
    /// use store_core::{Plan, PlanInterval, PlanStore, SqlPlanStore, sqlx};
    ///
    /// #[derive(PlanStore)]
    /// #[store(table = "plans", columns(id(generated, as = i64)))]
    /// struct Plans {
    ///     pool: sqlx::SqlitePool,
    /// }
    ///
    /// async fn add(plans: &Plans) -> store_core::Result<String> {
    ///     plans.insert_plan(&Plan::new("", "Pro", 1_900, "EUR", PlanInterval::Month)).await
    /// }
    /// # }
    /// ```
    fn insert_plan<'t>(&'t self, plan: &'t Plan) -> BoxFuture<'t, String>
    where
        Self: MakesIds<Plan>,
    {
        Self::Database::insert_plan(self.plan_call(), plan)
    }

    /// [`insert_plan`](Self::insert_plan) on the caller's connection.
    fn insert_plan_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        plan: &'t Plan,
    ) -> BoxFuture<'t, String>
    where
        Self: MakesIds<Plan>,
    {
        Self::Database::insert_plan(self.plan_call().on(connection), plan)
    }

    /// [`get_plan`](PlanStore::get_plan) on the caller's connection.
    fn get_plan_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        id: &'t str,
    ) -> BoxFuture<'t, Plan> {
        Self::Database::get_plan(self.plan_call().on(connection), id)
    }

    /// [`list_plans`](PlanStore::list_plans) on the caller's connection.
    fn list_plans_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        filter: &'t PlanFilter,
    ) -> BoxFuture<'t, Vec<Plan>> {
        Self::Database::list_plans(self.plan_call().on(connection), filter)
    }

    /// [`delete_plan`](PlanStore::delete_plan) on the caller's connection.
    fn delete_plan_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        id: &'t str,
    ) -> BoxFuture<'t, ()> {
        Self::Database::delete_plan(self.plan_call().on(connection), id)
    }

    /// Runs [`PLAN_DDL`](Self::PLAN_DDL).
    fn create_plan_schema(&self) -> BoxFuture<'_, ()> {
        Self::Database::create_schema(self.plan_call())
    }

    /// Holds the live database against what the store needs, all findings at once.
    ///
    /// # Errors
    /// [`Schema`](crate::StoreError::Schema) with the [findings](crate::Findings) as its source.
    fn verify_plans(&self) -> BoxFuture<'_, ()> {
        Self::Database::verify(self.plan_call())
    }

    /// What the store keeps of each field, and which rules it holds in a weaker form: a table to print at start-up, and what
    /// the contract suite goes by.
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "sqlite"))]
    /// # mod example {
    /// use store_core::{SqlPlanStore, PlanStore, sqlx};
    ///
    /// #[derive(PlanStore)]
    /// #[store(table = "prices", absent(description))]
    /// struct Plans {
    ///     pool: sqlx::SqlitePool,
    /// }
    ///
    /// fn start(store: &Plans) {
    ///     println!("{}", store.plan_mapping());
    /// }
    /// # }
    /// ```
    fn plan_mapping(&self) -> Mapping {
        Mapping::of(&Self::PLAN_STORE.adapter)
    }
}

/// The plans that a filter lets through.
pub(crate) struct ListPlans<'a>(pub(crate) &'a PlanFilter);

impl<DB: Dialect> Work<DB> for ListPlans<'_> {
    type Output = Vec<Plan>;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<Vec<Plan>> {
        let operation = match (self.0.active_only, session.store.adapter.fields[ACTIVE]) {
            (true, Place::Always(constant)) if constant != Constant::Boolean(true) => return Ok(Vec::new()),
            (true, Place::Column(_) | Place::Case(_)) => Operation::ListActive,
            _ => Operation::List,
        };
        session.records(operation, &Keys([(bind(ACTIVE), Value::Boolean(true))])).await
    }
}

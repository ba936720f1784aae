//! Usage in SQL.

use chrono::{DateTime, Utc};
use sqlx::{Database, Row as _};
use store_model::adapter::{FROM, Operation, Statement, TO};
use store_model::contract::Entity;
use store_model::contract::usage::{ID, METRIC, PROVIDER_REPORTED_AT, QUANTITY, SUBSCRIPTION_ID};
use store_model::mapping::Mapping;
use store_model::sql::counts_unread;

use super::by_trigger::MarkByTrigger;
use super::call::Call;
use super::dialect::Dialect;
use super::failure::{Failure, Outcome, not_found};
use super::record::{Inputs, Keys, bind};
use super::row::coded;
use super::session::Session;
use super::store::{Known, Store};
use super::work::Work;
use super::{Backend, BoxFuture};
use crate::codec::Value;
use crate::error::StoreError;
use crate::usage::{ReportableUsageStore, UsageRecord, UsageStore};

/// What a derived [`UsageStore`] adds to the trait: the same operations on a connection of the caller, its statements,
/// and its schema.
///
/// A method `*_in` runs on the connection that it is given, inside the transaction that is open there, and repeats
/// nothing: usage and the rows of the business that caused it are written together or not at all. What a refusal does to
/// the transaction is told at [`SqlPlanStore`](crate::SqlPlanStore); a repeated id does nothing to it.
///
/// ```
/// # #[cfg(feature = "sqlite")]
/// # mod example {
/// use store_core::{Result, SqlUsageStore, UsageRecord, UsageStore, sqlx};
///
/// #[derive(UsageStore)]
/// #[store(table = "usage_records", reportable)]
/// struct Usage {
///     pool: sqlx::SqlitePool,
/// }
///
/// async fn record(usage: &Usage, connection: &mut sqlx::SqliteConnection, event: &UsageRecord) -> Result<()> {
///     usage.save_usage_record_in(connection, event).await
/// }
/// # }
/// ```
pub trait SqlUsageStore: UsageStore {
    /// The database.
    type Database: Backend;

    /// The adapter.
    #[doc(hidden)]
    const USAGE_STORE: &'static Store;

    #[doc(hidden)]
    fn usage_call(&self) -> Call<'_, Self::Database>;

    /// Every statement that the store runs, by name.
    const USAGE_STATEMENTS: &'static [Statement<'static>] = Self::USAGE_STORE.statements;

    /// The script that makes the table, its keys and indexes, and changes nothing where they are there.
    const USAGE_DDL: &'static str = Self::USAGE_STORE.ddl;

    /// [`save_usage_record`](UsageStore::save_usage_record) on the caller's connection.
    fn save_usage_record_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        record: &'t UsageRecord,
    ) -> BoxFuture<'t, ()> {
        Self::Database::save_usage_record(self.usage_call().on(connection), record)
    }

    /// [`sum_usage`](UsageStore::sum_usage) on the caller's connection.
    fn sum_usage_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        subscription_id: &'t str,
        metric: &'t str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> BoxFuture<'t, i64> {
        Self::Database::sum_usage(self.usage_call().on(connection), subscription_id, metric, from, to)
    }

    /// [`list_usage_records`](UsageStore::list_usage_records) on the caller's connection.
    fn list_usage_records_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        subscription_id: &'t str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> BoxFuture<'t, Vec<UsageRecord>> {
        Self::Database::list_usage_records(self.usage_call().on(connection), subscription_id, from, to)
    }

    /// Runs [`USAGE_DDL`](Self::USAGE_DDL).
    fn create_usage_schema(&self) -> BoxFuture<'_, ()> {
        Self::Database::create_schema(self.usage_call())
    }

    /// Holds the live database against what the store needs, all findings at once.
    ///
    /// # Errors
    /// [`Schema`](crate::StoreError::Schema) with the [findings](crate::Findings) as its source.
    fn verify_usage(&self) -> BoxFuture<'_, ()> {
        Self::Database::verify(self.usage_call())
    }

    /// What the store keeps of each field, and which rules it holds in a weaker form: a table to print at start-up, and what
    /// the contract suite goes by.
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "sqlite"))]
    /// # mod example {
    /// use store_core::{SqlUsageStore, UsageStore, sqlx};
    ///
    /// #[derive(UsageStore)]
    /// #[store(table = "clicks", absent(provider_reported_at))]
    /// struct Usage {
    ///     pool: sqlx::SqlitePool,
    /// }
    ///
    /// fn start(store: &Usage) {
    ///     println!("{}", store.usage_mapping());
    /// }
    /// # }
    /// ```
    fn usage_mapping(&self) -> Mapping {
        Mapping::of(&Self::USAGE_STORE.adapter)
    }
}

/// What a derived [`ReportableUsageStore`] adds to the trait: the same operations on a connection of the caller.
///
/// ```
/// # #[cfg(feature = "sqlite")]
/// # mod example {
/// use store_core::{Result, SqlReportableUsageStore, UsageStore, sqlx};
///
/// #[derive(UsageStore)]
/// #[store(table = "usage_records", reportable)]
/// struct Usage {
///     pool: sqlx::SqlitePool,
/// }
///
/// async fn mark(usage: &Usage, connection: &mut sqlx::SqliteConnection, id: &str) -> Result<()> {
///     usage.mark_usage_reported_in(connection, id, std::time::SystemTime::now().into()).await
/// }
/// # }
/// ```
pub trait SqlReportableUsageStore: SqlUsageStore + ReportableUsageStore {
    /// [`list_unreported_usage`](ReportableUsageStore::list_unreported_usage) on the caller's connection.
    fn list_unreported_usage_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        limit: u32,
    ) -> BoxFuture<'t, Vec<UsageRecord>> {
        Self::Database::list_unreported_usage(self.usage_call().on(connection), limit)
    }

    /// [`mark_usage_reported`](ReportableUsageStore::mark_usage_reported) on the caller's connection.
    fn mark_usage_reported_in<'t>(
        &'t self,
        connection: &'t mut <Self::Database as Database>::Connection,
        id: &'t str,
        reported_at: DateTime<Utc>,
    ) -> BoxFuture<'t, ()> {
        Self::Database::mark_usage_reported(self.usage_call().on(connection), id, reported_at)
    }
}

/// The total of a metric in a range.
pub(crate) struct Sum<'a> {
    pub(crate) subscription_id: &'a str,
    pub(crate) metric: &'a str,
    pub(crate) from: DateTime<Utc>,
    pub(crate) to: DateTime<Utc>,
}

impl<DB: Dialect> Work<DB> for Sum<'_> {
    type Output = i64;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<i64> {
        let keys = Keys([
            (bind(SUBSCRIPTION_ID), Value::Text(self.subscription_id)),
            (bind(METRIC), Value::Text(self.metric)),
            (FROM, Value::From(self.from)),
            (TO, Value::To(self.to)),
        ]);
        if session.store.adapter.kept(QUANTITY).is_coded() {
            return added(session, &keys).await;
        }
        let row = match session.row(Operation::Sum, &keys).await {
            // What can't be stored has no usage.
            Err(Failure::Unfit { .. }) => return Ok(0),
            row => row?,
        };
        let total = row.map_or(Ok(0), |row| {
            all_read::<DB>(session.store, &row)?;
            DB::total(&row).map_err(|fault| fault.into_backend())
        })?;
        i64::try_from(total).map_err(|_| StoreError::Overflow.into())
    }
}

/// The total of quantities that only a codec can read, row by row.
async fn added<DB: Dialect>(session: &mut Session<'_, DB>, keys: &impl Inputs) -> Outcome<i64> {
    let store = session.store;
    let quantities = session.each(store.statement(Operation::Sum), keys, |row| quantity::<DB>(store, &row));
    let total = quantities.await?.into_iter().map(i128::from).sum::<i128>();
    i64::try_from(total).map_err(|_| StoreError::Overflow.into())
}

/// What a codec reads in a row that has its columns alone.
fn quantity<DB: Dialect>(store: &'static Known, row: &DB::Row) -> Result<i64, StoreError> {
    let read = coded::<DB, i64>(store, row, 0, QUANTITY, |column, source| StoreError::Corrupt {
        entity: Entity::Usage,
        key: "?".into(),
        column: column.name.to_owned(),
        source,
    });
    Ok(read?.unwrap_or_default())
}

/// Refuses a total that leaves a quantity out because it can't be read.
fn all_read<DB: Dialect>(store: &Known, row: &DB::Row) -> Result<(), StoreError> {
    if !counts_unread(store.adapter) {
        return Ok(());
    }
    let unread = DB::integer(row, row.len() - 1).map_err(|fault| fault.into_backend())?;
    match unread {
        Some(0) => Ok(()),
        unread => Err(StoreError::Corrupt {
            entity: Entity::Usage,
            key: "?".into(),
            column: store.adapter.kept(QUANTITY).name.to_owned(),
            source: format!("{} of the quantities can't be read", unread.unwrap_or_default()).into(),
        }),
    }
}

/// Sets the time of the report.
pub(crate) struct Mark<'a> {
    pub(crate) id: &'a str,
    pub(crate) reported_at: DateTime<Utc>,
}

impl<DB: Dialect> Work<DB> for Mark<'_> {
    type Output = ();
    const WRITES: bool = true;

    async fn run(&self, session: &mut Session<'_, DB>) -> Outcome<()> {
        if session.store.adapter.options().instead_of {
            session.is_in_transaction()?;
            let marked = session.behind(&MarkByTrigger(self)).await;
            return marked.map_err(|failure| match failure {
                Failure::Unfit { place: ID, .. } => not_found(Entity::Usage, self.id).into(),
                other => other,
            });
        }
        let keys = Keys([
            (bind(ID), Value::Text(self.id)),
            (bind(PROVIDER_REPORTED_AT), Value::Time(self.reported_at)),
        ]);
        let marked = session.execute(Operation::Mark, &keys).await;
        if matches!(marked, Ok(0)) && session.store.adapter.marks_within() {
            // A document that has no place for the time can't be read.
            session.record::<UsageRecord>(Operation::Get, &keys).await?;
        }
        match marked {
            Err(Failure::Unfit { place: ID, .. }) | Ok(0) => Err(not_found(Entity::Usage, self.id).into()),
            done => done.map(drop),
        }
    }
}

//! What a real database says of a changed table, and what the check says of its text.

use store_core::__private::{Adapter, Dialect, Form};
use store_core::{Findings, Result, StoreError};
use store_model::schema::check;
use store_model::schema::files::{Lookup, Source, read};
use store_model::sql::{quote, quote_table};

use crate::deeds::{Live, Log};
use crate::mutations::Mutant;
use crate::records::Records;
use crate::script::Script;

/// A table that fits, and all that is done on it.
pub(crate) struct Base<P> {
    pub(crate) name: &'static str,
    pub(crate) adapter: &'static Adapter<'static>,
    /// What makes everything.
    pub(crate) script: String,
    /// Rows of other tables.
    pub(crate) rows: &'static str,
    pub(crate) records: Records,
    /// Takes out what differs from one run to the next.
    pub(crate) blank: fn(&mut String),
    pub(crate) store: fn(P) -> Live,
    pub(crate) verify: fn(P) -> Verified,
}

/// The answer of the call for start-up.
pub(crate) type Verified = std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// What the database says.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// There can be no such table.
    Impossible,
    Works,
    /// An operation came out otherwise, or a row that the table takes can't be read.
    Fails(String),
}

/// What came of all that was done on a table.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) lines: Vec<String>,
    /// What came out otherwise, or can't be read.
    pub(crate) fault: Option<String>,
    pub(crate) verified: Vec<&'static str>,
}

/// Runs plain statements.
pub(crate) trait Plain {
    async fn run(&self, sql: String) -> sqlx::Result<()>;
}

macro_rules! plain {
    ($($pool:ty),*) => {
        $(impl Plain for $pool {
            async fn run(&self, sql: String) -> sqlx::Result<()> {
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(self).await.map(drop)
            }
        })*
    };
}
plain!(sqlx::SqlitePool, sqlx::PgPool, sqlx::MySqlPool);

impl<P: Plain + Clone> Base<P> {
    /// Makes a table and does everything on it, up to what comes out otherwise than is expected; the refusal, if there can
    /// be no such table.
    pub(crate) async fn see(
        &self,
        pool: P,
        script: &Script,
        others: &[(String, &'static str)],
        expected: Option<&[String]>,
    ) -> Result<Seen, String> {
        let made = pool.run(script.text()).await;
        made.map_err(|error| error.to_string())?;
        if !self.rows.is_empty() {
            pool.run(self.rows.to_owned()).await.map_err(|error| error.to_string())?;
        }
        let verified = kinds((self.verify)(pool.clone()).await);
        let store = (self.store)(pool.clone());
        let mut log = Log::new(expected, self.blank);
        let done = store.run(&self.records, &mut log).await;
        let fault = match done {
            Err(difference) => Some(difference),
            Ok(()) => self.broken(&pool, &store, script, others).await,
        };
        Ok(Seen { lines: log.lines, fault, verified })
    }

    /// A row that the table takes and the store can't do with, if there is one.
    async fn broken(
        &self,
        pool: &P,
        store: &Live,
        script: &Script,
        others: &[(String, &'static str)],
    ) -> Option<String> {
        for (column, value) in self.rows_of_others(script).into_iter().chain(others.iter().cloned()) {
            if !self.reads(pool, store, &column, value).await {
                return Some(format!("a row with {column} = {value} can't be read"));
            }
        }
        let is_one = self.is_one_row(pool, store, script).await;
        (!is_one).then(|| "there can be a second row of one id".into())
    }

    /// NULL in each column of the adapter, and times that are finer than its form.
    fn rows_of_others(&self, script: &Script) -> Vec<(String, &'static str)> {
        let dialect = self.adapter.dialect;
        let has = |name: &str| script.columns().any(|(_, column)| column.name == name);
        let columns: Vec<_> =
            self.adapter.stored().map(|part| part.column).filter(|column| has(column.name)).collect();
        let fine = |form| matches!(form, Form::Timestamp(_) | Form::DateTime(_) | Form::Time | Form::Date);
        let nulls = columns.iter().map(|column| (quote(dialect, column.name), "NULL"));
        let times = columns.iter().filter(|column| fine(column.form) && dialect != Dialect::Sqlite);
        nulls
            .chain(times.map(|column| (quote(dialect, column.name), "'2024-01-01 00:00:00.123456'")))
            .collect()
    }

    /// Whether the store reads a row that another application has changed, if the table takes the change.
    async fn reads(&self, pool: &P, store: &Live, column: &str, value: &str) -> bool {
        store.mend(&self.records, 0).await;
        let (table, this) = (self.table(), self.first());
        let taken = pool.run(format!("UPDATE {table} SET {column} = {value} WHERE {this}")).await.is_ok();
        let is_read = !taken || store.is_read(&self.records).await;
        // A row without id is found by nothing else.
        let id = quote(self.adapter.dialect, self.adapter.kept(0).name);
        let _ = pool.run(format!("DELETE FROM {table} WHERE {this} OR {id} IS NULL")).await;
        is_read
    }

    /// Whether the table refuses a second row of the first record's id, which is none in any other key.
    async fn is_one_row(&self, pool: &P, store: &Live, script: &Script) -> bool {
        let Some((place, twin)) = self.records.twin() else { return true };
        store.mend(&self.records, place).await;
        let (table, dialect) = (self.table(), self.adapter.dialect);
        let plain = script.columns().filter(|(_, column)| !column.rest.contains("GENERATED"));
        let columns: Vec<_> = plain.map(|(_, column)| quote(dialect, &column.name)).collect();
        let id = quote(dialect, self.adapter.kept(0).name);
        let columns = columns.join(", ");
        let copy =
            format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {id} = '{twin}'",);
        pool.run(copy).await.is_err() || !self.has_two(pool, &table, &id, twin).await
    }

    /// Whether an id has more than one row: of two, a table that takes one refuses the second.
    async fn has_two(&self, pool: &P, table: &str, id: &str, twin: &str) -> bool {
        let probe = format!("twins_{}", self.adapter.table.name);
        let made = format!(
            "CREATE TABLE {probe} (n INTEGER PRIMARY KEY); \
             INSERT INTO {probe} (n) SELECT 1 FROM {table} WHERE {id} = '{twin}'"
        );
        pool.run(made).await.is_err()
    }

    fn table(&self) -> String {
        quote_table(self.adapter.dialect, &self.adapter.table)
    }

    /// The condition on the row of the first record.
    fn first(&self) -> String {
        let id = self.records.id(0);
        format!("{} = '{id}'", quote(self.adapter.dialect, self.adapter.kept(0).name))
    }

    /// What the database says of a mutant, beside the table that fits.
    pub(crate) async fn ask(
        &self,
        pool: P,
        mutant: &Mutant,
        expected: &[String],
    ) -> (Answer, Vec<&'static str>) {
        match self.see(pool, &mutant.script, &mutant.others, Some(expected)).await {
            Err(_) => (Answer::Impossible, Vec::new()),
            Ok(seen) => (seen.fault.map_or(Answer::Works, Answer::Fails), seen.verified),
        }
    }

    /// What the check says of the text.
    pub(crate) fn check(&self, script: &Script) -> Vec<&'static str> {
        let source = Source { path: "schema.sql".into(), text: script.text() };
        let schema = read(self.adapter.dialect, &[source]);
        match schema.table(self.adapter.table.schema, self.adapter.table.name) {
            Lookup::Found(table) => check(self.adapter, Some(table)).iter().map(|it| it.kind()).collect(),
            Lookup::Missing { .. } => vec!["TableMissing"],
            Lookup::Unreadable { .. } => vec!["Unreadable"],
        }
    }
}

/// The kinds of what was found.
fn kinds(verified: Result<()>) -> Vec<&'static str> {
    match verified {
        Ok(()) => Vec::new(),
        Err(StoreError::Schema { source }) => {
            let findings =
                source.downcast::<Findings>().unwrap_or_else(|other| panic!("no findings: {other}"));
            findings.iter().map(store_core::Finding::kind).collect()
        }
        Err(other) => panic!("{other}"),
    }
}

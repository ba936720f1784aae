//! What a real database says of a changed table, and what the check says of its text.

use store_core::__private::{Adapter, Dialect, Form, Table};
use store_core::{Finding, Findings, Result, StoreError};
use store_model::schema::files::{Lookup, Source, read};
use store_model::schema::{check, check_locked, check_read, elsewhere, locked};
use store_model::sql::{quote, quote_table};

use crate::deeds::{Live, Log};
use crate::mutations::{Mutant, Text};
use crate::records::Records;
use crate::script::{Column, Script};

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
    /// What the other application asks of rows that were deleted, where they stay; on them it fails for nothing.
    pub(crate) asked: &'static str,
    /// Changes beside those of the table.
    pub(crate) texts: &'static [Text],
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
        let fault = match store.run(&self.records, &mut log).await {
            Err(difference) => Some(difference),
            Ok(()) => self.beside_others(&pool, &store, script, others).await.err(),
        };
        Ok(Seen { lines: log.lines, fault, verified })
    }

    /// What the store and another application can't do with each other's rows.
    async fn beside_others(
        &self,
        pool: &P,
        store: &Live,
        script: &Script,
        others: &[(String, &'static str)],
    ) -> Result<(), String> {
        if !self.asked.is_empty() {
            let answer = pool.run(self.asked.to_owned()).await;
            answer.map_err(|error| format!("what was deleted is not seen by others: {error}"))?;
        }
        if let Some(broken) = self.broken(pool, store, script, others).await {
            return Err(broken);
        }
        self.numbered(pool, store, script).await
    }

    /// Whether the other application, which leaves the numbers to the database, can make rows.
    async fn numbered(&self, pool: &P, store: &Live, script: &Script) -> Result<(), String> {
        let own = |word: &str| {
            script.columns().any(|(_, it)| it.name == self.adapter.kept(0).name && it.rest.contains(word))
        };
        let twin = self.records.twin().filter(|_| NUMBERED.iter().any(|word| own(word)));
        let Some((place, twin)) = twin else { return Ok(()) };
        store.mend(&self.records, place).await;
        let (table, id) = (self.table(), quote(self.adapter.dialect, self.adapter.kept(0).name));
        let columns: Vec<_> = self.plain(script).into_iter().filter(|column| *column != id).collect();
        let columns = columns.join(", ");
        for _ in 0..20 {
            let another = format!(
                "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {id} = '{twin}'"
            );
            pool.run(another).await.map_err(|error| format!("a number is given twice: {error}"))?;
        }
        Ok(())
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
            if !self.reads(pool, store, script, &column, value).await {
                return Some(format!("a row with {column} = {value} can't be read"));
            }
        }
        let is_one = self.is_one_row(pool, store, script).await;
        (!is_one).then(|| "there can be a second row of one id".into())
    }

    /// NULL in each column of the adapter, and times that are finer than its form. SQLite takes NULL in a primary key, which
    /// nobody writes there; where MySQL numbers the rows, it asks for the next number.
    fn rows_of_others(&self, script: &Script) -> Vec<(String, &'static str)> {
        let dialect = self.adapter.dialect;
        let is_written = |column: &Column| match dialect {
            Dialect::Sqlite => !column.rest.contains("PRIMARY KEY"),
            Dialect::Postgres => true,
            Dialect::MySql => !column.rest.contains("AUTO_INCREMENT"),
        };
        let has = |name: &str| script.columns().any(|(_, it)| it.name == name && is_written(it));
        let columns: Vec<_> =
            self.adapter.stored().map(|part| part.column).filter(|column| has(column.name)).collect();
        let fine = |form| matches!(form, Form::Timestamp(_) | Form::DateTime(_) | Form::Time | Form::Date);
        let nulls = columns.iter().map(|column| (column.name.to_owned(), "NULL"));
        let times = columns.iter().filter(|column| fine(column.form) && dialect != Dialect::Sqlite);
        nulls.chain(times.map(|column| (column.name.to_owned(), "'2024-01-01 00:00:00.123456'"))).collect()
    }

    /// Whether the store reads a row that another application has made like the first one but for a value, if the table
    /// takes it. What a trigger makes of changes is no matter of new rows.
    async fn reads(&self, pool: &P, store: &Live, script: &Script, column: &str, value: &str) -> bool {
        let (table, this) = (self.table(), self.first());
        // As it was saved: a mark may have been set on it since.
        let _ = pool.run(format!("DELETE FROM {table} WHERE {this}")).await;
        store.mend(&self.records, 0).await;
        let (columns, column) = (self.plain(script), quote(self.adapter.dialect, column));
        let values: Vec<_> =
            columns.iter().map(|it| if *it == column { value } else { it.as_str() }).collect();
        let (columns, values) = (columns.join(", "), values.join(", "));
        let anew = format!(
            "DROP TABLE IF EXISTS first_row; CREATE TEMPORARY TABLE first_row AS SELECT * FROM {table} WHERE {this}; \
             DELETE FROM {table} WHERE {this}; INSERT INTO {table} ({columns}) SELECT {values} FROM first_row"
        );
        let taken = pool.run(anew).await.is_ok();
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
        let table = self.table();
        let id = quote(self.adapter.dialect, self.adapter.kept(0).name);
        let columns = self.plain(script).join(", ");
        let copy =
            format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE {id} = '{twin}'",);
        pool.run(copy).await.is_err() || !self.has_two(pool, &table, &id, twin).await
    }

    /// The columns that take a value, in quotes.
    fn plain(&self, script: &Script) -> Vec<String> {
        let plain = script.columns().filter(|(_, column)| !column.rest.contains("GENERATED"));
        plain.map(|(_, column)| quote(self.adapter.dialect, &column.name)).collect()
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
        let table = |table: &Table<'_>| match schema.table(table.schema, table.name) {
            Lookup::Found(found) => Some(found),
            Lookup::Missing { .. } => None,
            unread @ Lookup::Unreadable { .. } => panic!("{unread:?}"),
        };
        let adapter = self.adapter;
        let mut findings = check(adapter, table(&adapter.table));
        for other in elsewhere(adapter) {
            let there = table(&other.via.table);
            findings.extend(other.check(adapter.dialect, there));
            let both = table(&adapter.table).zip(there);
            findings.extend(both.and_then(|(own, there)| other.check_own(adapter, own, there)));
        }
        findings.extend(adapter.options().read_from.iter().flat_map(|view| check_read(adapter, table(view))));
        findings.extend(
            locked(adapter).iter().flat_map(|row| check_locked(adapter.dialect, row, table(&row.table))),
        );
        findings.iter().map(Finding::kind).collect()
    }
}

/// The words that leave the ids to the database.
const NUMBERED: [&str; 4] = ["AS IDENTITY", "nextval", "AUTO_INCREMENT", "AUTOINCREMENT"];

/// The kinds of what was found.
fn kinds(verified: Result<()>) -> Vec<&'static str> {
    match verified {
        Ok(()) => Vec::new(),
        Err(StoreError::Schema { source }) => {
            let findings =
                source.downcast::<Findings>().unwrap_or_else(|other| panic!("no findings: {other}"));
            findings.iter().map(Finding::kind).collect()
        }
        Err(other) => panic!("{other}"),
    }
}

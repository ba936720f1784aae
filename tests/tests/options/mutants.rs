//! The checks of [`super::isolation`] on stores as they are, and on stores of which one condition of one statement is
//! lost: they must notice each.

use sqlx::{Executor, Pool};
use store_core::__private::{
    Adapter, Backend, Dialect, Entity, Extra, Key, Operation, Options, Scope, SoftDelete, Source, Statement,
    Store, Stored,
};
use store_tests::harness::{Outcome, full};
use store_tests::made::{self, Made};

use super::adapters::{self, literal};
use super::contract::OWN;
use super::isolation::{Leak, Stores};

/// A column that tells the rows of a store from others, and whose rows the others are.
struct Border {
    column: &'static str,
    theirs: Options<'static>,
    /// Others who differ in a column that is no part of the key, too.
    far: Option<Options<'static>>,
    /// Whether an id of theirs is taken.
    ids_are_shared: bool,
}

/// What others differ in: one column of the scope, or the mark of what is deleted.
fn borders(adapter: &Adapter<'static>) -> Vec<Border> {
    let options = adapter.options();
    let identity = identity(adapter);
    let others = |scope: Vec<Extra<'static>>| Options {
        scope: scope.leak(),
        soft_delete: None,
        key: Some(Key { columns: identity, predicate: None }),
        ..*options
    };
    let border = |column: &'static str, scope: Vec<Extra<'static>>| {
        let ids_are_shared = !identity.contains(&column);
        let is_null = |extra: &Extra<'_>| extra.value == Source::Literal(Stored::Null);
        let far = scope.iter().position(is_null).filter(|_| !ids_are_shared).map(|index| {
            let mut scope = scope.clone();
            scope[index] = literal(scope[index].column.name, another(scope[index].value));
            others(scope)
        });
        Border { column, theirs: others(scope), far, ids_are_shared }
    };
    let mut borders = Vec::new();
    for (index, extra) in options.scope.iter().enumerate() {
        let mut scope = options.scope.to_vec();
        scope[index] = literal(extra.column.name, another(extra.value));
        scope.extend(options.soft_delete.and_then(|mark| Some(literal(mark.column.name, mark.live?))));
        borders.push(border(extra.column.name, scope));
    }
    if let Some(SoftDelete { column, deleted, .. }) = options.soft_delete {
        let deleted = deleted.unwrap_or(Stored::Text("2024-02-29 12:00:00.000000"));
        let mut scope = options.scope.to_vec();
        scope.push(literal(column.name, deleted));
        borders.push(border(column.name, scope));
    }
    borders
}

fn identity(adapter: &Adapter<'static>) -> &'static [&'static str] {
    let options = adapter.options();
    if let Some(key) = options.key {
        return key.columns;
    }
    let is_null = |extra: &&Extra<'_>| extra.value == Source::Literal(Stored::Null);
    let mut columns: Vec<_> =
        options.scope.iter().filter(|extra| !is_null(extra)).map(|extra| extra.column.name).collect();
    columns.push("id");
    columns.leak()
}

fn another(value: Source<'static>) -> Stored<'static> {
    match value {
        Source::Own(_) => Stored::Text("bolt"),
        Source::Literal(Stored::Integer(number)) => Stored::Integer(number + 1),
        Source::Literal(Stored::Text(_)) => Stored::Text("app\\models\\user's"),
        Source::Literal(Stored::Boolean(boolean)) => Stored::Boolean(!boolean),
        _ => Stored::Text("another"),
    }
}

/// A store with one statement changed.
struct Mutant {
    operation: Operation,
    change: String,
    store: Store,
}

fn with(store: &Store, changed: Statement<'static>) -> Store {
    let statements: Vec<_> =
        store.statements.iter().map(|it| if it.name() == changed.name() { changed } else { *it }).collect();
    Store { adapter: store.adapter, statements: statements.leak(), ddl: store.ddl }
}

/// Of each statement: each condition on the column lost, with its placeholder still there; and the statement of theirs.
fn mutants(store: &Store, border: &Border, their: &Store) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for statement in store.statements {
        let sql = statement.sql;
        let conditions = conditions(store.adapter.dialect, border.column, sql);
        for (index, (start, end)) in conditions.iter().copied().enumerate() {
            let lost = format!("{}({} OR 1 = 1){}", &sql[..start], &sql[start..end], &sql[end..]);
            let change = format!("condition {} of {} lost", index + 1, conditions.len());
            let mut changed = *statement;
            changed.sql = lost.leak();
            mutants.push(Mutant { operation: statement.operation, change, store: with(store, changed) });
        }
        let change = "run for the others".to_owned();
        let theirs = their.statements.iter().find(|it| it.name() == statement.name());
        if let Some(changed) = theirs.filter(|theirs| *theirs != statement) {
            mutants.push(Mutant { operation: statement.operation, change, store: with(store, *changed) });
        }
    }
    mutants
}

/// Where the conditions on a column stand in a statement; the target of a conflict is none.
fn conditions(dialect: Dialect, column: &str, sql: &str) -> Vec<(usize, usize)> {
    let name = store_model::sql::quote(dialect, column);
    let target = sql.find(" ON CONFLICT ").map(|start| start..sql.find(" DO ").unwrap_or(start));
    let mut found = Vec::new();
    for (start, _) in sql.match_indices(&name) {
        let end = start + name.len();
        let is_in_target = target.as_ref().is_some_and(|target| target.contains(&start));
        let is_assigned = sql[..start].ends_with("SET ");
        // After the name of the table, with a dot.
        let begin = sql[..start].rfind([' ', '(']).map_or(0, |at| at + 1);
        let length = match &sql[end..] {
            rest if rest.starts_with(" IS NULL") => " IS NULL".len(),
            rest if rest.starts_with(" = ") => 3 + value_length(&rest[3..]),
            rest if rest.starts_with(" <> ") => {
                // `(c <> 'x' OR c IS NULL)` is one condition, and its second half is met on its own below.
                4 + value_length(&rest[4..]) + format!(" OR {name} IS NULL").len()
            }
            _ => continue,
        };
        let is_second_half = sql[..begin].ends_with(" OR ");
        if !is_in_target && !is_assigned && !is_second_half {
            found.push((begin, end + length));
        }
    }
    found
}

fn value_length(text: &str) -> usize {
    let prefix = if text.starts_with("_utf8mb4 ") { "_utf8mb4 ".len() } else { 0 };
    let rest = &text[prefix..];
    let Some(open) = rest.find('\'').filter(|&at| at < 2) else {
        return prefix + rest.find([' ', ')']).unwrap_or(rest.len());
    };
    let mut letters = rest.char_indices().skip(open + 1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\'' && letters.next_if(|(_, next)| *next == '\'').is_none() {
            return prefix + at + 1;
        }
    }
    text.len()
}

/// What can't be noticed, since nobody looks at it: whether an id is there at all is asked for a subscription that is to
/// be created, not for a plan that is saved.
fn is_unseen(entity: Entity, mutant: &Mutant) -> bool {
    let is_of_id =
        mutant.change.starts_with("condition 1 of 2") || mutant.change.starts_with("condition 1 of 3");
    let is_asked = [Operation::Conflicts, Operation::ConflictsNow].contains(&mutant.operation);
    entity == Entity::Plan && is_asked && is_of_id
}

/// The options under test.
pub(crate) fn all(dialect: Dialect, entity: Entity) -> Vec<(&'static str, Options<'static>)> {
    let mut all =
        vec![("shared_ids", adapters::SHARED_IDS), ("everything", adapters::everything(dialect, entity))];
    if full() {
        all.extend([
            ("scoped", adapters::SCOPED),
            ("marked", adapters::MARKED),
            ("marked_by_word", adapters::MARKED_BY_WORD),
        ]);
    }
    all
}

/// A test of one adapter: it passes as it is, and no changed one does.
pub(crate) async fn each_is_noticed<DB>(
    pool: &Pool<DB>,
    dialect: Dialect,
    entity: Entity,
    options: Options<'static>,
) -> Outcome
where
    DB: Backend,
    String: Scope<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let adapter = made::adapter(dialect, entity, options);
    let store = || made::store(adapter);
    Made::new(pool.clone(), store(), OWN).create_schema().await?;
    let (table, unknown) = match entity {
        Entity::Plan => ("plans", "amount"),
        Entity::Subscription => ("subscriptions", "trial_start"),
        Entity::Usage => ("usage_records", "provider_reported_at"),
    };
    let sql = format!("CREATE UNIQUE INDEX unknown_key ON {table} ({unknown})");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await?;
    let mut unnoticed = Vec::new();
    for border in borders(&adapter) {
        let their = made::adapter(dialect, entity, border.theirs);
        let check = async |subject: Store| -> Result<(), Leak> {
            let sql = format!("DELETE FROM {table}");
            let emptied = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await;
            emptied.expect("the table can be emptied");
            let stores = Stores {
                pool: pool.clone(),
                subject: Made::new(pool.clone(), subject, OWN),
                mine: Made::new(pool.clone(), store(), OWN),
                theirs: Made::new(pool.clone(), made::store(their), OWN),
                far: border.far.map(|far| {
                    Made::new(pool.clone(), made::store(made::adapter(dialect, entity, far)), OWN)
                }),
                ids_are_shared: border.ids_are_shared,
            };
            match entity {
                Entity::Plan => stores.plans().await,
                Entity::Subscription => stores.subscriptions().await,
                Entity::Usage => stores.usage().await,
            }
        };
        check(store()).await.map_err(|leak| format!("{}: {leak}", border.column))?;
        for mutant in mutants(&store(), &border, &made::store(their)) {
            let is_unseen = is_unseen(entity, &mutant);
            let line = format!("{}: `{}`: {}", border.column, mutant.operation.name(), mutant.change);
            match check(mutant.store).await {
                Ok(()) if !is_unseen => unnoticed.push(line),
                Ok(()) => report(dialect, entity, &line, "not asked"),
                Err(leak) => report(dialect, entity, &line, &leak.0),
            }
        }
    }
    assert!(unnoticed.is_empty(), "{} not noticed:\n{}", unnoticed.len(), unnoticed.join("\n"));
    Ok(())
}

/// Each mutant and what noticed it, for those who want to see them.
fn report(dialect: Dialect, entity: Entity, line: &str, noticed: &str) {
    if std::env::var_os("STORE_TEST_MUTANTS").is_some() {
        let noticed: String = noticed.chars().take(60).collect();
        println!("{}: {entity}: {line} | {noticed}", dialect.word());
    }
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use store_core::__private::{Dialect, Entity};
        use $crate::options::mutants;
        let dialect = match $database {
            Database::Sqlite => Dialect::Sqlite,
            Database::Postgres => Dialect::Postgres,
            Database::Mysql => Dialect::MySql,
        };
        for entity in [Entity::Plan, Entity::Subscription, Entity::Usage] {
            for (name, options) in mutants::all(dialect, entity) {
                let name = format!("isolation::{}::{name}", entity.as_str().replace(' ', "_"));
                $suite.on($database, &name, move || async move {
                    let place = $places::fresh(4).await?;
                    mutants::each_is_noticed::<$DB>(&place.pool, dialect, entity, options).await?;
                    place.remove().await;
                    Ok(())
                });
            }
        }
    }};
}
pub(crate) use tests;

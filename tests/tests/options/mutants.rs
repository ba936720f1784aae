//! The checks of [`super::isolation`] on stores as they are, and on stores of which one statement forgets a column that
//! tells their rows from others: they must notice each.

mod borders;
mod changes;

use std::future::{Ready, ready};

use sqlx::{Executor, Pool};
use store_core::__private::{Adapter, Backend, Dialect, Entity, Operation, Options, Scope, Store};
use store_model::sql::asks_for_taken;
use store_tests::harness::{Outcome, full};
use store_tests::made::{self, Made};
use store_tests::provided::Provide;

use self::borders::{Border, borders};
use self::changes::{Mutant, mutants};
use super::adapters;
use super::contract::OWN;
use super::isolation::{Leak, Stores};
use super::kinds::{Kind, is_nowhere, looks_at_no_row};

/// The options under test.
pub(crate) fn all(dialect: Dialect, entity: Entity) -> Vec<(&'static str, Options<'static>)> {
    let mut all = vec![("everything", adapters::everything(dialect, entity))];
    if full() {
        all.extend([
            ("shared_ids", adapters::SHARED_IDS),
            ("scoped", adapters::SCOPED),
            ("marked", adapters::MARKED),
            ("marked_by_word", adapters::MARKED_BY_WORD),
        ]);
    }
    all
}

/// What can't be noticed, since nobody looks at it.
fn is_unseen(border: &Border, mutant: &Mutant) -> bool {
    let adapter = &mutant.store.adapter;
    match mutant.statement.operation {
        // Asked in transactions of the caller alone.
        Operation::ConflictsNow if !takes_callers(adapter) => true,
        // Whether an id is there at all is asked for a subscription that is to be created, not for a plan that is saved.
        Operation::Conflicts | Operation::ConflictsNow => {
            let is_of_id = adapter.entity == Entity::Plan && mutant.is_of_first_flag();
            // Where nobody is told to have the id, the name of the key that refused tells it.
            is_of_id || border.ids_are_shared && asks_for_taken(adapter) && mutant.is_of_last_flag()
        }
        // Under a lock what is live is looked for first, and with it who has the id.
        Operation::Update if adapter.is_locked() && mutant.statement.without.is_empty() => {
            border.ids_are_shared && mutant.lost.is_some()
        }
        // No row of theirs has an id of the subject's.
        Operation::Documents => border.ids_are_shared,
        _ => false,
    }
}

/// Whether a store takes a transaction as the driver begins it: with a lock MySQL refuses it, and what looks before it writes
/// may be too late on SQLite.
fn takes_callers(adapter: &Adapter<'_>) -> bool {
    match adapter.dialect {
        Dialect::Postgres => true,
        Dialect::MySql => !adapter.is_locked(),
        Dialect::Sqlite => !adapter.is_locked() && adapter.rewritten_texts().next().is_none(),
    }
}

/// What of the mutants of a store a check doesn't notice, each in a line; and what it notices of those that nobody should.
async fn survivors<F>(
    entity: Entity,
    border: &Border,
    mutants: Vec<Mutant>,
    check: impl Fn(Store) -> F,
) -> Vec<String>
where
    F: Future<Output = Result<(), Leak>>,
{
    let mut wrong = Vec::new();
    for mutant in mutants {
        let line = format!("{}: `{}`: {}", border.column, mutant.statement.name(), mutant.change);
        let is_unseen = is_unseen(border, &mutant);
        match check(mutant.store).await {
            Ok(()) if is_unseen => report(entity, &line, "not asked"),
            Ok(()) => wrong.push(line),
            Err(leak) if is_unseen => wrong.push(format!("{line} should be unseen, and is: {leak}")),
            Err(leak) => report(entity, &line, &leak.0),
        }
    }
    wrong
}

/// The statements of a store of which nothing is changed, and should be.
fn unchanged(store: &Store, border: &Border, mutants: &[Mutant]) -> Vec<&'static str> {
    let is_changed = |name: &str| mutants.iter().any(|mutant| mutant.statement.name() == name);
    let is_of_border = |operation: Operation| match operation {
        // An id of usage is taken by whichever row has it.
        Operation::Conflicts | Operation::ConflictsNow => {
            store.adapter.entity != Entity::Usage || !border.ids_are_shared
        }
        operation => !looks_at_no_row(operation),
    };
    let statements = store.statements.iter().filter(|it| is_of_border(it.operation));
    statements.map(|it| it.name()).filter(|name| !is_changed(name)).collect()
}

/// A test of one adapter: it passes as it is, and no changed one does.
pub(crate) async fn each_is_noticed<DB>(
    pool: &Pool<DB>,
    (kind, dialect, entity): (Kind, Dialect, Entity),
    options: Options<'static>,
) -> Outcome
where
    DB: Backend + Provide,
    String: Scope<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let adapter = kind.adapter(dialect, entity, options);
    let store = || made::store(adapter);
    Made::new(pool.clone(), store(), OWN).create_schema().await?;
    let (table, unknown) = match entity {
        Entity::Plan => ("plans", "amount"),
        Entity::Subscription => ("subscriptions", "trial_start"),
        Entity::Usage => ("usage_records", "quantity"),
    };
    let run = async |sql: String| sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await.map(drop);
    run(format!("CREATE UNIQUE INDEX unknown_key ON {table} ({unknown})")).await?;
    if adapter.is_locked() {
        DB::make(pool).await?;
        for subscriber in ["ann", "bob", "cal", "cid", "dan", "doc", "eve", "fay", "tia", "zoe"] {
            DB::provide(pool, subscriber).await;
        }
    }
    let mut wrong = Vec::new();
    for border in borders(&adapter) {
        let others = |options| made::store(kind.adapter(dialect, entity, options));
        let check = async |subject: Store| -> Result<(), Leak> {
            run(format!("DELETE FROM {table}")).await.expect("the table can be emptied");
            let stores = Stores {
                pool: pool.clone(),
                subject: Made::new(pool.clone(), subject, OWN),
                mine: Made::new(pool.clone(), store(), OWN),
                theirs: Made::new(pool.clone(), others(border.theirs), OWN),
                far: border.far.map(|far| Made::new(pool.clone(), others(far), OWN)),
                ids_are_shared: border.ids_are_shared,
                pooled: if takes_callers(&adapter) { &[true, false] } else { &[true] },
            };
            match (kind, entity) {
                (Kind::Made, Entity::Plan) => stores.made_plans().await,
                (Kind::Made, _) => stores.made_subscriptions().await,
                (_, Entity::Plan) => stores.plans().await,
                (_, Entity::Subscription) => stores.subscriptions().await,
                (_, Entity::Usage) => stores.usage().await,
            }?;
            if kind == Kind::Shaped { stores.documents(entity).await } else { Ok(()) }
        };
        check(store()).await.map_err(|leak| format!("{}: {leak}", border.column))?;
        let mutants = mutants(&store(), border.column, &others(border.theirs));
        let unchanged = unchanged(&store(), &border, &mutants);
        assert!(unchanged.is_empty(), "{}: nothing to forget in {unchanged:?}", border.column);
        wrong.extend(survivors(entity, &border, mutants, check).await);
    }
    assert!(wrong.is_empty(), "{} not noticed:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Each operation has a statement under test, or there is a reason why it has none.
pub(crate) fn every_operation_is_among_them(dialect: Dialect) {
    let entities = [Entity::Plan, Entity::Subscription, Entity::Usage];
    let of_kind = |kind: Kind| entities.into_iter().filter(move |entity| kind.is_of(*entity));
    let adapters = Kind::ALL.into_iter().flat_map(|kind| {
        of_kind(kind).map(move |entity| {
            (kind.adapter(dialect, entity, adapters::everything(dialect, entity)), kind, entity)
        })
    });
    let made: Vec<_> = adapters
        .flat_map(|(adapter, ..): (Adapter<'static>, _, _)| store_model::sql::statements(&adapter))
        .map(|query| query.operation)
        .collect();
    for operation in Operation::ALL {
        match (made.contains(operation), is_nowhere(dialect, *operation)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => panic!("`{}` is under test, though {reason}", operation.name()),
            (false, None) => panic!("no adapter under test has `{}`", operation.name()),
        }
    }
}

/// A check that looks at nothing lets every mutant survive, of each statement.
pub(crate) async fn what_survives_is_told(dialect: Dialect) {
    let blind = |_: Store| -> Ready<Result<(), Leak>> { ready(Ok(())) };
    for entity in [Entity::Plan, Entity::Subscription, Entity::Usage] {
        let options = adapters::everything(dialect, entity);
        let adapter = Kind::Plain.adapter(dialect, entity, options);
        let store = made::store(adapter);
        for border in borders(&adapter) {
            let theirs = made::store(Kind::Plain.adapter(dialect, entity, border.theirs));
            let mutants = || mutants(&store, border.column, &theirs);
            let told = survivors(entity, &border, mutants(), blind).await;
            for mutant in mutants().iter().filter(|mutant| !is_unseen(&border, mutant)) {
                let name = format!("{}: `{}`: {}", border.column, mutant.statement.name(), mutant.change);
                assert!(told.contains(&name), "{name} survives untold");
            }
            assert!(unchanged(&store, &border, &mutants()).is_empty());
        }
    }
}

/// Each mutant and what noticed it, for those who want to see them.
fn report(entity: Entity, line: &str, noticed: &str) {
    if std::env::var_os("STORE_TEST_MUTANTS").is_some() {
        let noticed: String = noticed.chars().take(60).collect();
        println!("{entity}: {line} | {noticed}");
    }
}

macro_rules! tests {
    ($suite:ident, $database:expr, $places:ident, $DB:ident) => {{
        use store_core::__private::{Dialect, Entity};
        use $crate::options::kinds::Kind;
        use $crate::options::mutants;
        let dialect = match $database {
            Database::Sqlite => Dialect::Sqlite,
            Database::Postgres => Dialect::Postgres,
            Database::Mysql => Dialect::MySql,
        };
        let name = dialect.word();
        $suite.test(&format!("isolation::every_operation_is_among_them::{name}"), move || async move {
            mutants::every_operation_is_among_them(dialect);
            Ok(())
        });
        $suite.test(&format!("isolation::what_survives_is_told::{name}"), move || async move {
            mutants::what_survives_is_told(dialect).await;
            Ok(())
        });
        for (kind, entity) in Kind::ALL
            .into_iter()
            .flat_map(|kind| [Entity::Plan, Entity::Subscription, Entity::Usage].map(|entity| (kind, entity)))
        {
            let all = if kind.is_of(entity) { mutants::all(dialect, entity) } else { Vec::new() };
            for (name, options) in all {
                let entity_name = entity.as_str().replace(' ', "_");
                let name = format!("isolation::{}::{entity_name}::{name}", kind.name());
                $suite.on($database, &name, move || async move {
                    let place = $places::fresh(4).await?;
                    mutants::each_is_noticed::<$DB>(&place.pool, (kind, dialect, entity), options).await?;
                    place.remove().await;
                    Ok(())
                });
            }
        }
    }};
}
pub(crate) use tests;

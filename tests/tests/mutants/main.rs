//! The check of a mapping against files of SQL, held against real databases: a table that fits is changed in every way, one
//! at a time, and what fails for real is what the check must refuse.
//!
//! All changes of all tables take minutes (`tests/run --full`); else of each kind of change some.

#[macro_use]
mod base;
mod bases;
mod deeds;
mod keys;
mod mutations;
mod real;
mod records;
mod retyped;
mod schemas;
mod script;
mod tally;
mod verdict;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite, full};
use tokio::task::JoinSet;

use mutations::{Mutant, Subject};
use script::Script;
use tally::Tally;
use verdict::Base;

/// Of each kind of change on a table, so many are tried where not all are.
const SAMPLE: usize = 1;

/// So many mutants of a table are tried at once.
const AT_ONCE: usize = 4;

/// Asks the database and the check about each mutant of a table.
macro_rules! hold {
    ($base:ident, $module:ident) => {{
        let script = Script::of(&$base.script, $base.adapter.table.name);
        let found = $base.check(&script);
        assert!(found.is_empty(), "the table fits, and is refused: {found:?}");
        let place = $module::fresh(1).await?;
        let fits = $base.see(place.pool.clone(), &script, &[], None).await?;
        place.remove().await;
        assert!(fits.fault.is_none(), "the table fits, and fails: {:?}", fits.fault);
        assert!(fits.verified.is_empty(), "the table fits, and verification refuses it: {:?}", fits.verified);
        if std::env::var_os("STORE_TEST_SHOW").is_some() {
            println!("{}", fits.lines.join("\n"));
        }
        let mut tally = Tally::default();
        let (base, lines) = (Arc::new($base), Arc::new(fits.lines));
        let mut left = chosen(&base, &script).into_iter();
        let mut running = JoinSet::new();
        loop {
            while running.len() < AT_ONCE
                && let Some(mutant) = left.next()
            {
                let (base, lines) = (Arc::clone(&base), Arc::clone(&lines));
                running.spawn(async move {
                    let place = $module::fresh(1).await?;
                    let (answer, verified) = base.ask(place.pool.clone(), &mutant, &lines).await;
                    place.remove().await;
                    let found = base.check(&mutant.script);
                    Ok::<_, sqlx::Error>((mutant, answer, found, verified))
                });
            }
            let Some(done) = running.join_next().await else { break };
            let (mutant, answer, found, verified) = done??;
            tally.add(base.name, &mutant, &answer, &found, &verified);
        }
        tally
    }};
}
fn main() -> ExitCode {
    let mut suite = Suite::new();
    let all = Arc::new(Mutex::new(Tally::default()));
    macro_rules! on {
        ($database:expr, $module:ident, $bases:ident) => {
            for base in bases::$bases() {
                let all = Arc::clone(&all);
                let name = base.name.replace(' ', "_");
                suite.on($database, &name, move || async move {
                    let tally = hold!(base, $module);
                    report(tally, &all)
                });
            }
        };
    }
    on!(Database::Sqlite, sqlite, on_sqlite);
    on!(Database::Postgres, postgres, on_postgres);
    on!(Database::Mysql, mysql, on_mysql);
    let code = suite.run();
    let tally = all.lock().unwrap_or_else(PoisonError::into_inner);
    println!("\n{}", tally.table());
    code
}

/// All mutants, or a sample of each kind.
fn chosen<P>(base: &Base<P>, script: &Script) -> Vec<Mutant> {
    let all = mutations::all(&Subject {
        dialect: base.adapter.dialect,
        adapter: base.adapter,
        script,
        texts: base.texts,
    });
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let is_chosen = |mutant: &Mutant| {
        let seen = seen.entry(mutant.group).or_default();
        *seen += 1;
        full() || *seen <= SAMPLE
    };
    let mut is_chosen = is_chosen;
    all.into_iter().filter(|mutant| is_chosen(mutant)).collect()
}

fn report(tally: Tally, all: &Mutex<Tally>) -> Outcome {
    let faults = tally.faults().join("\n");
    all.lock().unwrap_or_else(PoisonError::into_inner).merge(tally);
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

//! A test harness that knows databases: it runs what can run and says at the end what did not.
//!
//! For test targets with `harness = false`:
//!
//! ```no_run
//! use std::process::ExitCode;
//! use store_tests::databases::{Database, sqlite};
//! use store_tests::harness::{Outcome, Suite};
//!
//! fn main() -> ExitCode {
//!     let mut suite = Suite::new();
//!     suite.on(Database::Sqlite, "it_answers", it_answers);
//!     suite.run()
//! }
//!
//! async fn it_answers() -> Outcome {
//!     let place = sqlite::fresh(1).await?;
//!     sqlx::query("SELECT 1").execute(&place.pool).await?;
//!     place.remove().await;
//!     Ok(())
//! }
//! ```

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::thread;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tokio::runtime::Runtime;

use crate::databases::{Availability, Database, available};

/// What a test returns. It may also panic, as any test.
pub type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// The most tests at a time: each has connections, of which a server has 200.
const MAX_THREADS: usize = 8;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));

/// Whether everything that takes long is to run (`tests/run --full`), not only a sample of it.
pub fn full() -> bool {
    env::var_os("STORE_TEST_FULL").is_some()
}

/// Whether a database without a server is a failure, as it is under `tests/run`.
fn strict() -> bool {
    env::var_os("STORE_TEST_STRICT").is_some()
}

/// The tests of one target.
#[derive(Default)]
pub struct Suite {
    trials: Vec<Trial>,
    databases: BTreeSet<Database>,
}

impl Suite {
    /// A suite without tests.
    pub fn new() -> Suite {
        Suite::default()
    }

    /// Adds a test that needs no database.
    pub fn test<F>(&mut self, name: &str, test: impl FnOnce() -> F + Send + 'static)
    where
        F: Future<Output = Outcome>,
    {
        self.trials.push(Trial::test(name, || run(test)));
    }

    /// Adds a test on a database, under the name `database::name`. Where the database has no server the test is
    /// ignored, or fails if that is strict.
    pub fn on<F>(&mut self, database: Database, name: &str, test: impl FnOnce() -> F + Send + 'static)
    where
        F: Future<Output = Outcome>,
    {
        self.databases.insert(database);
        let name = format!("{}::{name}", database.name());
        self.trials.push(Trial::ignorable_test(name, move || match available(database) {
            Availability::Ready => run(test).map(|()| Completion::Completed),
            Availability::NotStarted if strict() => Err("its server was not started".into()),
            Availability::NotStarted => Ok(Completion::ignored_with("no server")),
            Availability::LeftOut => Ok(Completion::ignored_with("left out by choice")),
        }));
    }

    /// Runs the tests that the command line asks for, then names the databases on which nothing ran, on standard
    /// error: the results are the last of standard output.
    pub fn run(self) -> ExitCode {
        let mut arguments = Arguments::from_args();
        arguments.test_threads.get_or_insert_with(threads);
        let conclusion = libtest_mimic::run(&arguments, self.trials);
        if !arguments.list {
            self.databases.into_iter().filter_map(not_run).for_each(|line| eprintln!("{line}"));
        }
        conclusion.exit_code()
    }
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS)
}

fn run<F: Future<Output = Outcome>>(test: impl FnOnce() -> F) -> Result<(), Failed> {
    RUNTIME.block_on(test()).map_err(|error| with_causes(&*error).into())
}

/// An error and what lies behind it, as far as it doesn't say so itself.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let message = error.to_string();
        if !text.contains(&message) {
            text = format!("{text}\ncaused by: {message}");
        }
        cause = error.source();
    }
    text
}

fn not_run(database: Database) -> Option<String> {
    let name = database.name();
    match available(database) {
        Availability::Ready => None,
        Availability::NotStarted => Some(format!("not run: {name} (no server: use ./tests/run)")),
        Availability::LeftOut => Some(format!("left out by choice: {name}")),
    }
}

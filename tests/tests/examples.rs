//! The examples run, and print what their readers are told that they print.

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::LazyLock;

use store_tests::databases::{Database, postgres};
use store_tests::harness::{Outcome, Suite};

fn main() -> ExitCode {
    let mut suite = Suite::new();
    suite.test("quickstart", || async {
        let printed = run("examples/quickstart", &[])?;
        tells(
            &printed,
            &[
                "   Pro: 1900 cents a month, 14 days of trial",
                "   1 winner (sub_",
                "), 63 times AlreadyExists",
                "   three records, 300 calls in total",
                "   reported evt_2: -50 api_calls",
                "   left to report: 0",
                "5. The statements that ran",
                "    1 x save ",
                "   64 x create if not active ",
                "    3 x mark as reported ",
            ],
        )?;
        let idle = ["delete by id", "list all", "EXPLAIN"].into_iter().find(|name| printed.contains(name));
        idle.map_or(Ok(()), |name| Err(format!("`{name}` did not run:\n{printed}").into()))
    });
    suite.test("own_transaction", || async {
        let printed = run("examples/own_transaction", &[])?;
        tells(
            &printed,
            &["ann has an account", "bob has neither: ", "bob has an account", "2 accounts, 2 subscriptions"],
        )
    });
    suite.test("engine", || async {
        let printed = run("examples/engine", &[])?;
        tells(
            &printed,
            &[
                "in memory:",
                "  signed up: Atomic",
                "  refused: the subscriber has a live subscription already",
                "  reported: 1",
                "on SQLite, without the extensions:",
                "  warning: with several instances",
                "  warning: usage is recorded, but never reported",
                "  signed up: Checked",
                "  refused: the subscriber has a live subscription already",
                "  reported: 0",
            ],
        )
    });
    suite.test("hand_written_store", || async {
        let printed = run("examples/hand_written_store", &[])?;
        tells(&printed, &["Pro costs 1900 cents a month", "there is no plan for `basic`"])
    });
    suite.test("reexport", || async {
        let printed = run("reexport-app", &[])?;
        tells(&printed, &["first: Atomic", "second: the subscriber has a live subscription already"])
    });
    suite.on(Database::Postgres, "postgres", || async {
        let place = postgres::fresh(1).await?;
        let printed = run("examples/postgres", &[("DATABASE_URL", place.url())])?;
        tells(
            &printed,
            &[
                "found: there is no table `example_subscriptions`",
                "the table is what the store needs",
                "sub_1: signed up",
                "sub_2: the subscriber has a live subscription already",
                "listed sub_1: canceled",
            ],
        )?;
        place.remove().await;
        Ok(())
    });
    suite.run()
}

/// Runs a program of the workspace; what it printed.
fn run(program: &str, environment: &[(&str, &str)]) -> Result<String, Box<dyn Error + Send + Sync>> {
    let directory = BUILT.as_ref().map_err(Clone::clone)?;
    let mut program = Command::new(directory.join(program));
    let output = program.envs(environment.iter().copied()).output()?;
    let printed = String::from_utf8(output.stdout)?;
    if !output.status.success() {
        return Err(format!("{}: {printed}{}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(printed)
}

/// Where the programs are, once they are as new as their sources: `cargo test` builds them only if it tests them, too.
static BUILT: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
    let own = env::current_exe().map_err(|error| error.to_string())?;
    let directory = own.ancestors().nth(2).ok_or("a test lies in target/debug/deps")?;
    let profile = directory.file_name().filter(|name| *name != "debug").unwrap_or("dev".as_ref());
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    // All features, so that what a run of all tests has built serves here.
    cargo
        .args(["build", "--quiet", "--workspace", "--all-features", "--examples", "--bins", "--profile"])
        .arg(profile);
    cargo.arg("--target-dir").arg(directory.parent().unwrap_or(directory));
    let output = cargo.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(directory.to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
});

/// Whether these parts were printed, in this order.
fn tells(printed: &str, parts: &[&str]) -> Outcome {
    let mut rest = printed;
    for part in parts {
        let Some(at) = rest.find(part) else {
            return Err(format!("`{part}` is missing, or not in its place:\n{printed}").into());
        };
        rest = &rest[at + part.len()..];
    }
    Ok(())
}

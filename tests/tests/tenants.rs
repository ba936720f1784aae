//! Two tenants of one table, in two processes, who do the same at once under the same ids, provider ids and subscriber
//! ids: neither sees or changes a row of the other. Stores that look at all rows do, which shows that this would find it.

use std::process::{ExitCode, Stdio};
use std::sync::Arc;

use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Suite, full};
use store_tests::race::{CONNECTIONS, soon};
use store_tests::tenants::{self, Kept};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

/// How many rounds there are.
fn rounds() -> usize {
    if full() { 200 } else { 10 }
}

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $module:ident) => {{
            suite.on($database, "neither_sees_or_changes_a_row_of_the_other", || async {
                let place = $module::fresh(1).await?;
                let seen = race($database, place.url(), Kept::Scope, rounds()).await?;
                assert!(seen.is_empty(), "{} leaks:\n{}", seen.len(), seen.join("\n"));
                place.remove().await;
                Ok(())
            });
            suite.on($database, "without_a_scope_each_sees_the_other", || async {
                let place = $module::fresh(1).await?;
                let seen = race($database, place.url(), Kept::Nothing, 2).await?;
                assert!(!seen.is_empty(), "what leaks is not found");
                place.remove().await;
                Ok(())
            });
        }};
    }
    on!(Database::Sqlite, sqlite);
    on!(Database::Postgres, postgres);
    on!(Database::Mysql, mysql);
    suite.run()
}

/// What both have seen of each other.
async fn race(
    database: Database,
    url: &str,
    kept: Kept,
    rounds: usize,
) -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
    // The tables are those of stores with a scope.
    tenants::connect(database, url, 1, Kept::Scope, "acme").await?.create().await?;
    let tenant = tenants::connect(database, url, CONNECTIONS, kept, "acme").await?;
    let mut worker = Command::new(env!("CARGO_BIN_EXE_tenant-worker"))
        .args([database.name(), url, kept.name()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut orders = worker.stdin.take().expect("it is piped");
    let mut answers = BufReader::new(worker.stdout.take().expect("it is piped")).lines();
    assert_eq!(answers.next_line().await?.as_deref(), Some("ready"));
    let mut seen = Vec::new();
    for round in 0..rounds {
        let start = soon();
        orders.write_all(format!("{round} {start}\n").as_bytes()).await?;
        let own = Arc::clone(&tenant).round(round, start).await;
        seen.extend(own.into_iter().map(|leak| format!("acme, round {round}: {leak}")));
        let line = answers.next_line().await?.ok_or("the worker ended early")?;
        let others = line.split('\t').filter(|leak| !leak.is_empty());
        seen.extend(others.map(|leak| format!("bolt, round {round}: {leak}")));
    }
    drop(orders);
    let status = worker.wait().await?;
    assert!(status.success(), "the worker ended with {status}");
    Ok(seen)
}

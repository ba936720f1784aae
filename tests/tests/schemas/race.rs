//! Sign-ups and saves of one subscriber at once, from two processes: one of them wins. The other process is this program again.

use std::env;
use std::process::ExitCode;
use std::sync::Arc;

use store_core::SubscriptionStore;
use store_core::contract::BoxFuture;
use store_tests::harness::{Outcome, full};
use store_tests::race::{self, Calls, Make, Race};
use tokio::process::Command;

type Connected = Result<Arc<dyn SubscriptionStore>, sqlx::Error>;

/// A store that both processes have, and what they save in it.
pub(crate) struct Racing {
    pub(crate) name: &'static str,
    pub(crate) connect: fn(String) -> BoxFuture<Connected>,
    pub(crate) make: Make,
}

/// Says to this program that it is a worker: the name of the store, its place and the calls, in three lines.
const WORKER: &str = "STORE_TEST_RACING";

/// One winner in each round, on tables that are there, with 400 subscribers.
pub(crate) async fn one_winner(racing: &Racing, url: &str) -> Outcome {
    let rounds = if full() { 200 } else { 10 };
    for (number, calls) in Calls::ALL.into_iter().enumerate() {
        let mut worker = Command::new(env::current_exe()?);
        worker.env(WORKER, format!("{}\n{url}\n{}", racing.name, calls.name()));
        let store = (racing.connect)(url.to_owned()).await?;
        Race::start(worker, store, calls, racing.make)
            .await?
            .one_winner(number * rounds..(number + 1) * rounds)
            .await?;
    }
    Ok(())
}

/// Does the work of the other process, if this is it.
pub(crate) fn worker(all: &[&Racing]) -> Option<ExitCode> {
    let told = env::var(WORKER).ok()?;
    let [name, url, calls] = told.split('\n').collect::<Vec<_>>()[..] else { return Some(ExitCode::FAILURE) };
    let racing = all.iter().find(|racing| racing.name == name)?;
    let calls = Calls::ALL.into_iter().find(|it| it.name() == calls)?;
    let work = async {
        let store = (racing.connect)(url.to_owned()).await?;
        race::answer(&store, calls, racing.make).await
    };
    let done = tokio::runtime::Runtime::new().ok()?.block_on(work);
    Some(match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    })
}

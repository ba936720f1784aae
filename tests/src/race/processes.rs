//! The two processes of a race: one gives the rounds, the other is its worker.

use std::error::Error;
use std::io::{BufRead, Write};
use std::ops::Range;
use std::process::Stdio;
use std::sync::Arc;

use store_core::{SubscriptionFilter, SubscriptionStore};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::{CALLS, Calls, Make, PARENT, Racer, Tally, WORKER, calls, soon};
use crate::harness::Outcome;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// This process and the other, each with a store on the same table.
pub struct Race {
    store: Arc<dyn SubscriptionStore>,
    calls: Calls,
    make: Make,
    worker: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Race {
    /// Starts the worker, which makes the same calls on a store of its own by [`answer`].
    ///
    /// # Errors
    /// If it can't be started.
    pub async fn start(
        mut worker: Command,
        store: Arc<dyn SubscriptionStore>,
        calls: Calls,
        make: Make,
    ) -> Result<Race> {
        let mut worker = worker.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let orders = worker.stdin.take().expect("it is piped");
        let mut answers = BufReader::new(worker.stdout.take().expect("it is piped")).lines();
        assert_eq!(answers.next_line().await?.as_deref(), Some("ready"));
        Ok(Race { store, calls, make, worker, orders, answers })
    }

    /// These rounds, of which each has one winner.
    ///
    /// # Errors
    /// Those of the worker and of the store.
    pub async fn one_winner(mut self, rounds: Range<usize>) -> Outcome {
        for round in rounds {
            let tally = self.round(round).await?;
            let expected = Tally { won: 1, refused: 2 * CALLS - 1, failed: Vec::new() };
            assert_eq!(tally, expected, "round {round}");
            assert_eq!(self.live(round).await?, 1, "round {round}");
        }
        self.end().await
    }

    /// A few rounds, of which some have several winners.
    ///
    /// # Errors
    /// Those of the worker and of the store.
    pub async fn several_winners(mut self) -> Outcome {
        let mut duplicates = 0;
        for round in 0..20 {
            let tally = self.round(round).await?;
            let live = self.live(round).await?;
            assert_eq!(tally.won, live, "round {round}: every winner's row is there");
            duplicates += live - 1;
        }
        self.end().await?;
        assert!(duplicates > 0, "the race is too slow to find a store that looks first");
        Ok(())
    }

    async fn round(&mut self, round: usize) -> Result<Tally> {
        let start = soon();
        self.orders.write_all(format!("{round} {start}\n").as_bytes()).await?;
        let own = calls(&self.store, self.calls, self.make, PARENT, round, start).await;
        let line = self.answers.next_line().await?.ok_or("the worker ended early")?;
        Ok(own.with(line.parse()?))
    }

    /// How many live rows the subscriber of a round has.
    async fn live(&self, round: usize) -> Result<usize> {
        let any = (self.make)(Racer { process: PARENT, round, call: 0 });
        let filter = SubscriptionFilter { subscriber_id: Some(any.subscriber_id), ..Default::default() };
        let rows = self.store.list_subscriptions(&filter).await?;
        Ok(rows.iter().filter(|row| row.status.is_live()).count())
    }

    async fn end(mut self) -> Outcome {
        drop(self.orders);
        let status = self.worker.wait().await?;
        assert!(status.success(), "the worker ended with {status}");
        Ok(())
    }
}

/// What a worker does: it reads a round and its moment from each line, and answers with a line for its calls.
///
/// # Errors
/// If it is told something else.
pub async fn answer(store: &Arc<dyn SubscriptionStore>, kind: Calls, make: Make) -> Result<()> {
    let mut answers = std::io::stdout();
    writeln!(answers, "ready")?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (round, start) = line.split_once(' ').ok_or("a line is a round and a moment")?;
        let tally = calls(store, kind, make, WORKER, round.parse()?, start.parse()?).await;
        writeln!(answers, "{tally}")?;
        answers.flush()?;
    }
    Ok(())
}

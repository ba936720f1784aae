//! Calls that start together, and calls that are given up halfway.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::sync::Barrier;

use super::rule::{Outcome, finished};

/// Runs the futures as tasks that start at the same moment; their results are in the order of the futures.
pub(super) async fn together<F>(futures: Vec<F>) -> Outcome<Vec<F::Output>>
where
    F: Future<Output: Send> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(futures.len()));
    let start = |future| {
        let barrier = barrier.clone();
        tokio::spawn(async move {
            barrier.wait().await;
            future.await
        })
    };
    let tasks: Vec<_> = futures.into_iter().map(start).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(finished(task.await)?);
    }
    Ok(results)
}

/// How often a call is polled before it is given up, one try each: past what a few round trips need.
pub(super) const POLLS: std::ops::Range<usize> = 0..12;

/// Polls a future up to so many times and drops it if it is not done by then.
pub(super) async fn give_up_after<F: Future>(polls: usize, future: F) {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 || future.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        left -= 1;
        if left == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

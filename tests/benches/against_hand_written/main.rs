//! Each derived operation beside the same SQL by hand: what a call costs, and what it allocates.
//!
//! Two derived stores and two hand-written ones share a pool and its tables, so all four run the same statements on the
//! same rows. They take turns call by call, in random order, so that a slow moment of the machine touches all of them
//! alike; of each kind there are two, so that the code of either is as fresh in the caches. Each ratio is the median of the
//! ratios within a turn, which does not drift with the size of the tables; that of hand to hand tells how much is chance.
//! The samples are taken in passes over many operations, since a slow moment can last longer than one of them takes.
//!
//! `cargo bench -p store-tests` measures on SQLite, and on Postgres where `STORE_TEST_POSTGRES` names a server, as it does
//! under `./tests/run -- cargo bench -p store-tests`. With `--bench against_hand_written -- --quick` there are fewer samples;
//! any word after it is a part of the names of the operations to measure.

mod hand;
mod measure;
mod operations;

use std::alloc::System;
use std::env;
use std::error::Error;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use store_core::{SqlPlanStore, SqlSubscriptionStore, SqlUsageStore};
use store_tests::databases::{Availability, Database, available, postgres, sqlite};
use store_tests::stores;
use tokio::runtime::Builder;

use measure::{Report, Rivals, measure};
use operations::{READS, Stores, WRITES};

/// Counts for all threads, since the driver for SQLite works on one of its own.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// In how many passes over all operations that read, and then over those that write, the samples are taken.
const PASSES: usize = 10;
/// One at a time is in use.
const CONNECTIONS: u32 = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let choice = Choice::from_args();
    Builder::new_current_thread().enable_all().build()?.block_on(run(&choice))
}

async fn run(choice: &Choice) -> Result<(), Box<dyn Error>> {
    compare_on_sqlite(choice).await?;
    match available(Database::Postgres) {
        Availability::Ready => compare_on_postgres(choice).await?,
        _ => println!("not run: postgres (no server: use ./tests/run -- cargo bench -p store-tests)"),
    }
    Ok(())
}

/// What the command line asks for.
struct Choice {
    quick: bool,
    words: Vec<String>,
}

impl Choice {
    /// Without `--bench`, which `cargo bench` adds, it only has to run.
    fn from_args() -> Self {
        let (options, words): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|word| word.starts_with("--"));
        let has = |option: &str| options.iter().any(|it| it == option);
        Self { quick: has("--quick") || !has("--bench"), words }
    }

    fn wants(&self, name: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| name.contains(word.as_str()))
    }

    fn samples(&self, all: usize) -> usize {
        if self.quick { all / 20 } else { all }
    }
}

macro_rules! compare_on {
    ($function:ident, $module:ident, $samples:literal) => {
        async fn $function(choice: &Choice) -> Result<(), Box<dyn Error>> {
            use stores::$module::{Plans, Subscriptions, Usage};

            let place = $module::fresh(CONNECTIONS).await?;
            let pool = || place.pool.clone();
            Plans { pool: pool() }.create_plan_schema().await?;
            Subscriptions { pool: pool() }.create_subscription_schema().await?;
            Usage { pool: pool() }.create_usage_schema().await?;
            let derived = || {
                let subscriptions = Subscriptions { pool: pool() };
                Stores::new(Plans { pool: pool() }, subscriptions, Usage { pool: pool() })
            };
            let hand = || {
                let subscriptions = hand::$module::Subscriptions::new(pool());
                Stores::new(
                    hand::$module::Plans::new(pool()),
                    subscriptions,
                    hand::$module::Usage::new(pool()),
                )
            };
            let stores = Rivals { derived: [derived(), derived()], hand: [hand(), hand()] };
            compare(choice, stringify!($module), &stores, choice.samples($samples)).await?;
            drop(stores);
            place.remove().await;
            Ok(())
        }
    };
}
compare_on!(compare_on_sqlite, sqlite, 2_000);
compare_on!(compare_on_postgres, postgres, 1_000);

async fn compare(
    choice: &Choice,
    database: &str,
    stores: &Rivals<Stores>,
    samples: usize,
) -> Result<(), Box<dyn Error>> {
    stores.derived[0].fill().await?;
    println!("{}", Report::head(database, samples));
    for all in [READS, WRITES] {
        let operations = || all.iter().filter(|operation| choice.wants(operation.name));
        let mut turns = vec![Vec::with_capacity(samples); operations().count()];
        for _ in 0..PASSES {
            for (operation, turns) in operations().zip(&mut turns) {
                turns.extend(measure(operation, stores, samples / PASSES).await?);
            }
        }
        for (operation, turns) in operations().zip(&turns) {
            println!("{}", Report::of(operation, turns));
        }
    }
    println!();
    Ok(())
}

//! Every shape of a column on every database, and stores of options at random: each behaves as a small model in memory
//! that goes by what the store says of itself.

mod adapters;
mod decision;
mod elsewhere;
mod kept;
mod model;
mod operations;
mod random;
mod shapes;
mod values;
mod walk;
mod world;

use std::cell::Cell;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use store_core::__private::Entity;
use store_core::{Plan, Subscription, UsageRecord};
use store_tests::databases::{Database, mysql, postgres, sqlite};
use store_tests::harness::{Outcome, Suite, full};
use tokio::runtime::Handle;

use crate::adapters::Subject;
use crate::operations::Step;
use crate::walk::Checked;
use crate::world::World;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    macro_rules! on {
        ($database:expr, $places:ident, $World:path) => {
            for entity in [Entity::Plan, Entity::Subscription, Entity::Usage] {
                let name = entity.as_str().replace(' ', "_");
                suite.on($database, &format!("{name}::each_shape_holds_its_range"), move || async move {
                    let place = $places::fresh(2).await?;
                    each_shape($World(place.pool.clone()), entity).await?;
                    place.remove().await;
                    Ok(())
                });
                suite.on($database, &format!("{name}::options_behave_as_the_model"), move || async move {
                    let place = $places::fresh(2).await?;
                    options($World(place.pool.clone()), entity).await?;
                    place.remove().await;
                    Ok(())
                });
            }
        };
    }
    on!(Database::Sqlite, sqlite, World::Sqlite);
    on!(Database::Postgres, postgres, World::Postgres);
    on!(Database::Mysql, mysql, World::MySql);
    suite.run()
}

/// How many stores of random options there are, and from which numbers, where tests are to be quick: the same ones each time, or
/// luck would decide what may be merged.
const CASES: u32 = 6;
const SEED: u64 = 2;

/// Makes the types that shapes name.
async fn prepared(world: &World) -> Outcome {
    if matches!(world, World::Postgres(_)) {
        world.run(shapes::TYPES).await?;
    }
    Ok(())
}

async fn each_shape(world: World, entity: Entity) -> Outcome {
    prepared(&world).await?;
    let more = if full() { 100 } else { 4 };
    let mut wrong = Vec::new();
    for subject in adapters::matrix(world.dialect(), entity) {
        let walked = match entity {
            Entity::Plan => walk::walk::<Plan>(&world, &subject, more).await,
            Entity::Subscription => walk::walk::<Subscription>(&world, &subject, more).await,
            Entity::Usage => walk::walk::<UsageRecord>(&world, &subject, more).await,
        };
        if let Err(error) = walked {
            wrong.push(format!("{error}\nof {}", subject.describe()));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{} wrong:\n{}", wrong.len(), wrong.join("\n\n")).into())
    }
}

/// Stores of random options, each of them on a table of its own through a random row of operations. What fails is made
/// smaller: fewer operations, simpler options.
async fn options(world: World, entity: Entity) -> Outcome {
    prepared(&world).await?;
    let seed = std::env::var("STORE_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        if full() { now.as_micros() as u64 } else { SEED }
    });
    let config = Config {
        cases: if full() { 500 } else { CASES },
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    println!("STORE_TEST_SEED={seed}, {} of {entity}", world.dialect().word());
    let choices = vec(any::<u8>(), 0..120);
    let steps = vec(any::<(u8, bool, u64)>(), 1..60);
    let (number, runtime) = (Cell::new(0), Handle::current());
    let tried = tokio::task::block_in_place(|| {
        TestRunner::new(config).run(&(choices, steps), |(choices, steps)| {
            number.set(number.get() + 1);
            let table = format!("random {}", number.get()).leak();
            let subject = random::subject(world.dialect(), entity, &choices, table);
            let checked = runtime.block_on(on_table(&world, &subject, &steps));
            checked.map_err(|error| TestCaseError::fail(format!("{error}\nof {}", subject.describe())))
        })
    });
    tried.map_err(|error| format!("with STORE_TEST_SEED={seed}: {error}").into())
}

async fn on_table(world: &World, subject: &Subject, steps: &[Step]) -> Checked {
    let checked = match subject.adapter.entity {
        Entity::Plan => operations::on_table::<Plan>(world, subject, steps).await,
        Entity::Subscription => operations::on_table::<Subscription>(world, subject, steps).await,
        Entity::Usage => operations::on_table::<UsageRecord>(world, subject, steps).await,
    };
    let table = store_model::sql::quote(world.dialect(), subject.table());
    let dropped = world.run(&format!("DROP TABLE IF EXISTS {table}")).await;
    let mut checked = checked.and(dropped.map_err(|error| error.to_string()));
    for other in &subject.elsewhere {
        checked = checked.and(other.drop(world).await);
    }
    checked
}

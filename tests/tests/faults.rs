//! Every error of a store, provoked on every database where it can be, and told by its variant.

use std::process::ExitCode;

use store_tests::harness::Suite;

#[path = "faults/codes.rs"]
mod codes;
#[path = "faults/corrupt.rs"]
mod corrupt;
#[path = "faults/dropped.rs"]
mod dropped;
#[path = "faults/events.rs"]
mod events;
#[path = "faults/input.rs"]
mod input;
#[path = "faults/keys.rs"]
mod keys;
#[path = "faults/lost.rs"]
mod lost;
#[path = "faults/proxy.rs"]
mod proxy;
#[path = "faults/repeats.rs"]
mod repeats;
#[path = "faults/schema.rs"]
mod schema;
#[path = "faults/transient.rs"]
mod transient;
#[path = "faults/world.rs"]
mod world;

fn main() -> ExitCode {
    let mut suite = Suite::new();
    input::add(&mut suite);
    keys::add(&mut suite);
    codes::add(&mut suite);
    transient::add(&mut suite);
    repeats::add(&mut suite);
    events::add(&mut suite);
    lost::add(&mut suite);
    schema::add(&mut suite);
    corrupt::add(&mut suite);
    dropped::add(&mut suite);
    suite.run()
}

//! The rules of the traits as tests that any store can run.

pub use rule::{BoxFuture, Capability, Failure, Needs, Outcome, Rule, test};
pub use subject::{Corruptible, Scale};

mod every;
mod race;
mod rule;
mod samples;
mod seen;
mod subject;
mod table;

pub mod plan;
pub mod subscription;
pub mod usage;

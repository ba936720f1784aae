//! Test support.

pub mod databases;
pub mod harness;
pub mod race;
pub mod stores;

//! Test support.

pub mod databases;
pub mod harness;

//! Test support.

pub mod corrupt;
pub mod databases;
pub mod harness;
pub mod made;
pub mod provided;
pub mod race;
pub mod stores;
pub mod tenants;
pub mod transactions;

//! What the derive, on the user's build machine, and `store-core`, at run time, must agree on.
//!
//! An ordinary library without syn and sqlx: the contract's fields, the model of an adapter, the SQL made from it, and the
//! rules that hold it against a table.
//! Its names are an agreement between the crates of this workspace, not an interface for others.

pub mod adapter;
pub mod contract;
pub mod form;
pub mod mapping;
pub mod schema;
pub mod sql;
pub mod time;

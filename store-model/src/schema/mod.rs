//! Tables as data, and the rules that hold an adapter against them.
//!
//! Where a table was read, from a live catalog or from SQL files, makes no difference to a rule.

mod confined;
#[cfg(feature = "schema")]
pub mod files;
mod finding;
mod predicate;
mod remedy;
mod rules;
mod table;
mod types;
mod within;

pub use finding::{Finding, Findings};
pub use rules::{
    Elsewhere, check, check_locked, check_read, elsewhere, leaves_out_live, locked, refused, sql_mode,
    time_zone,
};
pub use table::{
    Collation, Column, Equality, Identity, Index, List, ListedBy, Origin, Part, Relation, Table,
};
pub use types::is_truth;

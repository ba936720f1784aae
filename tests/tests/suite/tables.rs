//! What each mistake breaks.

pub use atomic::ATOMIC;
pub use plan::PLAN;
pub use reportable::REPORTABLE;
pub use subscription::SUBSCRIPTION;
pub use usage::USAGE;

use crate::fault::Fault;

mod atomic;
mod plan;
mod reportable;
mod subscription;
mod usage;

/// Mistakes, and the names of the rules that a store with that mistake fails: all of them and no other.
pub type Table = &'static [(Fault, &'static [&'static str])];

macro_rules! table {
    ($($fault:ident: $($rule:ident),+;)*) => {
        &[$((crate::fault::Fault::$fault, &[$(stringify!($rule)),+])),*]
    };
}
use table;

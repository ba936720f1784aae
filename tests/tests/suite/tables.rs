//! What each mistake breaks.

pub(crate) use atomic::ATOMIC;
pub(crate) use plan::PLAN;
pub(crate) use reportable::REPORTABLE;
pub(crate) use subscription::SUBSCRIPTION;
pub(crate) use usage::USAGE;

use crate::fault::Fault;

mod atomic;
mod plan;
mod reportable;
mod subscription;
mod usage;

/// Mistakes, and the names of the rules that a store with that mistake fails: all of them and no other.
pub(crate) type Table = &'static [(Fault, &'static [&'static str])];

macro_rules! table {
    ($($fault:ident: $($rule:ident),+;)*) => {
        &[$((crate::fault::Fault::$fault, &[$(stringify!($rule)),+])),*]
    };
}
use table;

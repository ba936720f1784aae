//! Small programs to copy from; see `examples/`.

pub mod ran;

/// The README's programs, compiled. They name every database, so all features must be on.
#[cfg(all(doctest, feature = "postgres", feature = "mysql"))]
#[doc = include_str!("../../README.md")]
pub struct Readme;

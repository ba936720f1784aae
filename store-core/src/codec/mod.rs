//! Codecs between the contract's values and what columns hold.

pub(crate) mod json;

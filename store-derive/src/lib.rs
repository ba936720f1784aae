//! Derives for the store traits.

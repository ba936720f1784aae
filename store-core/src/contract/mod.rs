//! The rules of the traits as tests that any store can run.

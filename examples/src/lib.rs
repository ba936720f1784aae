//! Small programs to copy from; see `examples/`.

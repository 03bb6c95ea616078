//! widescope: watch wide neural networks train.

fn main() {}

//! The start of an arm, made from its preset: problem, initial weights, teacher and given files.

pub(super) mod biases;
pub(super) mod given_files;
pub(super) mod setup;
pub(super) mod teacher;

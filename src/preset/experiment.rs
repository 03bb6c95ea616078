//! A checked experiment: the resolved preset and its arms.

use std::path::PathBuf;

use super::Preset;

/// A preset whose every field was checked, with its axes carried out.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Name: the shipped preset's, or the file's stem.
    pub name: String,
    /// The resolved preset.
    pub preset: Preset,
    /// The arms, at least one, in the order of the axes (the last axis varies fastest).
    pub arms: Vec<Arm>,
    /// Folder that relative paths in the preset start from.
    pub folder: PathBuf,
}

/// One run of an experiment: the preset with the axes' fields set.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Position among the arms.
    pub index: usize,
    /// The axes' values, for example `Ntk` or `Ntk, width 512`; the title of a run without axes.
    pub label: String,
    /// The preset of this arm. Its `axes` are empty.
    pub preset: Preset,
}

//! An arm of an experiment.

use crate::spec::Preset;

/// One run of an experiment: the preset with the axes' fields set.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Position among the arms.
    pub index: usize,
    /// The axes' values, for example `Ntk` or `Ntk, m = 512`; the title of a run without axes.
    pub label: String,
    /// The preset of this arm. Its axes, story, notices, notes and claims are empty: they belong
    /// to the experiment.
    pub preset: Preset,
}

/// An arm that a claim names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArmRef {
    /// Position among the arms.
    pub index: usize,
    /// Its name as the claim writes it; empty where it leaves out the name of an only arm.
    pub name: String,
}

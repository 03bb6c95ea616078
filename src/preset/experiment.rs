//! A checked experiment: the resolved preset and its arms.

use std::path::PathBuf;

use super::axes::expand;
use super::check::{check_claims, check_reached, check_run, check_shown, check_sweep, check_text};
use super::sweep_axes::{sweep_axes, varied};
use super::{Arm, Claim, Measure, PresetError, SweepAxis};
use crate::spec::Preset;

/// A preset whose every field was checked, with its axes carried out.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Name: the shipped preset's, or the file's stem.
    pub name: String,
    /// The resolved preset.
    pub preset: Preset,
    /// The arms, at least one, in the order of the axes (the last axis varies fastest); axes of a
    /// sweep are left at the base's values.
    pub arms: Vec<Arm>,
    /// Folder that relative paths in the preset start from.
    pub folder: PathBuf,
    /// The axes a sweep carries out: none, one, or the two sides of a grid.
    pub sweep_axes: Vec<SweepAxis>,
    /// What is read of every trial of its sweep, in the order of `sweep.measures`.
    pub measures: Vec<Measure>,
    /// Its claims, in the order of `claims`.
    pub claims: Vec<Claim>,
}

impl Experiment {
    /// Checks every field of a preset in every arm, and carries out its axes.
    ///
    /// Ranges: width m and embedding width D from 1 to 2²⁴; n and d from 1 to 2²⁰ (d from 2 for
    /// `SignedPairs`, n to 60 000 for `Mnist`), n_test from 0; steps from 1 to 10¹²; step, ω2/ω1
    /// finite and above 0; standard deviations and stop limits finite and from 0; factors finite;
    /// 1 to 8 random layers; changes of the step from 1, rising, to the steps of the longest arm; 1 to 1000 records a decade; at most 64 arms.
    ///
    /// # Errors
    /// The first field that is out of range, with its value, what is allowed and, where only one
    /// arm is concerned, the arm.
    pub fn check(preset: Preset, name: &str, folder: PathBuf) -> Result<Self, PresetError> {
        check_text(&preset)?;
        let arms = expand(&preset, name)?;
        for arm in &arms {
            check_run(&arm.preset).map_err(|error| named(error, &preset, arm))?;
        }
        check_reached(&arms)?;
        let first = arms.first().map_or(&preset, |arm| &arm.preset);
        let sweep_axes = sweep_axes(&preset, first)?;
        check_shown(&preset, &sweep_axes)?;
        let measures = check_sweep(&preset, arms.len(), &sweep_axes)?;
        let claims = check_claims(&preset, &arms, &sweep_axes)?;
        Ok(Self {
            sweep_axes,
            measures,
            claims,
            name: name.to_owned(),
            preset,
            arms,
            folder,
        })
    }

    /// The preset of an arm with the k-th sweep axis at its `choice[k]`-th value.
    ///
    /// # Errors
    /// A value that the field does not take, and a field that is out of range in this cell.
    pub fn preset_at(&self, arm: usize, choice: &[usize]) -> Result<Preset, PresetError> {
        let base = self.arms.get(arm).map(|arm| &arm.preset);
        let base = base.unwrap_or(&self.preset);
        let preset = varied(&self.preset, base, &self.sweep_axes, choice)?;
        check_run(&preset)?;
        Ok(preset)
    }

    /// This experiment with the sweep axes' own fields at a cell's values, under another seed: the
    /// run that a trial of the cell is, with all its arms.
    ///
    /// # Errors
    /// As [`Self::preset_at`].
    pub fn opened_at(&self, choice: &[usize], seed: u64) -> Result<Self, PresetError> {
        let mut preset = varied(&self.preset, &self.preset, &self.sweep_axes, choice)?;
        preset.seed = seed;
        Self::check(preset, &self.name, self.folder.clone())
    }
}

/// The error with the arm's name, unless the preset has it without its axes too.
fn named(error: PresetError, preset: &Preset, arm: &Arm) -> PresetError {
    if preset.axes.is_empty() || check_run(preset).as_ref() == Err(&error) {
        return error;
    }
    PresetError::InArm {
        arm: arm.label.clone(),
        source: Box::new(error),
    }
}

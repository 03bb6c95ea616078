//! What a sweep carries out: its cells, its trials, and the preset of each.

use crate::preset::{Experiment, PresetError, SweepAxis, number_at};
use crate::spec::{Draws, LineSpec, Preset, SweepSpec};

use crate::random::trial_seed;

/// What a sweep carries out: trials over the cells of an experiment.
///
/// ```
/// use widescope::preset::library;
/// use widescope::sweep::Plan;
///
/// let plan = Plan::of(&library::load("oymak-fig2-live")?).ok_or("no sweep")?;
/// assert_eq!(plan.units(), plan.cells() * plan.trials() as usize);
///
/// // Trials of one cell differ by their seed, which no order or sharing out changes.
/// let (first, second) = (plan.unit(0), plan.unit(1));
/// assert_eq!(first.cell, second.cell);
/// assert_ne!(plan.seed(first), plan.seed(second));
/// assert_eq!(plan.preset(first)?.seed, plan.seed(first));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    experiment: Experiment,
    spec: SweepSpec,
}

/// A cell: an arm at a value of each axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Index of the arm.
    pub arm: usize,
    /// Index on the horizontal axis.
    pub x: usize,
    /// Index on the vertical axis; 0 where there is one axis only.
    pub y: usize,
}

/// One trial of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// Index of the cell, arm by arm, x by x, y running fastest.
    pub cell: usize,
    /// Number of the trial, from 0.
    pub trial: u32,
}

impl Plan {
    /// The sweep of an experiment; `None` where it has none.
    pub fn of(experiment: &Experiment) -> Option<Self> {
        let spec = experiment.preset.sweep.clone()?;
        (!experiment.sweep_axes.is_empty()).then(|| Self {
            experiment: experiment.clone(),
            spec,
        })
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Trials, measures and lines.
    pub fn spec(&self) -> &SweepSpec {
        &self.spec
    }

    /// The horizontal axis.
    pub fn x(&self) -> &SweepAxis {
        &self.experiment.sweep_axes[0]
    }

    /// The vertical axis of a phase diagram.
    pub fn y(&self) -> Option<&SweepAxis> {
        self.experiment.sweep_axes.get(1)
    }

    /// Arms, values on the horizontal axis, values on the vertical one (1 where there is none).
    pub fn sizes(&self) -> [usize; 3] {
        let y = self.y().map_or(1, |axis| axis.values.len());
        [self.experiment.arms.len(), self.x().values.len(), y]
    }

    /// Number of cells.
    pub fn cells(&self) -> usize {
        self.sizes().iter().product()
    }

    /// Trials of a cell.
    pub fn trials(&self) -> u32 {
        self.spec.trials
    }

    /// Number of trials in all.
    pub fn units(&self) -> usize {
        self.cells() * self.spec.trials as usize
    }

    /// Number of a unit, cell by cell.
    pub fn number(&self, unit: Unit) -> usize {
        unit.cell * self.spec.trials as usize + unit.trial as usize
    }

    /// The unit of a number.
    pub fn unit(&self, number: usize) -> Unit {
        let trials = self.spec.trials.max(1) as usize;
        Unit {
            cell: number / trials,
            trial: (number % trials) as u32,
        }
    }

    /// The cell of an index.
    pub fn cell(&self, index: usize) -> Cell {
        let [_, width, height] = self.sizes();
        Cell {
            arm: index / (width * height),
            x: index / height % width,
            y: index % height,
        }
    }

    /// The index of a cell.
    pub fn index(&self, cell: Cell) -> usize {
        let [_, width, height] = self.sizes();
        (cell.arm * width + cell.x) * height + cell.y
    }

    /// Positions of a cell on the axes.
    pub fn choice(&self, index: usize) -> Vec<usize> {
        let cell = self.cell(index);
        match self.y() {
            Some(_) => vec![cell.x, cell.y],
            None => vec![cell.x],
        }
    }

    /// Seed of a trial. It follows from the preset's seed, the number of the trial and, unless the
    /// draws are common to all cells, the cell's values: neither from its place among the cells nor
    /// from the arm, so arms of one cell share data and weights.
    pub fn seed(&self, unit: Unit) -> u64 {
        let cell = match self.spec.draws {
            Draws::Common => String::new(),
            Draws::PerCell => self.written(unit.cell),
        };
        trial_seed(self.experiment.preset.seed, &cell, unit.trial)
    }

    /// A cell's values as `field=value;`.
    fn written(&self, cell: usize) -> String {
        let axes = self.experiment.sweep_axes.iter().zip(self.choice(cell));
        axes.filter_map(|(axis, j)| {
            let value = axis.values.get(j)?;
            Some(format!("{}={};", axis.field, value.text))
        })
        .collect()
    }

    /// The preset of a trial.
    ///
    /// # Errors
    /// A field that is out of range in this cell.
    pub fn preset(&self, unit: Unit) -> Result<Preset, PresetError> {
        let cell = self.cell(unit.cell);
        let preset = self
            .experiment
            .preset_at(cell.arm, &self.choice(unit.cell))?;
        Ok(Preset {
            seed: self.seed(unit),
            ..preset
        })
    }

    /// The run that a trial is, with all arms of its cell, for looking at.
    ///
    /// # Errors
    /// A field that is out of range in this cell.
    pub fn opened(&self, unit: Unit) -> Result<Experiment, PresetError> {
        let choice = self.choice(unit.cell);
        self.experiment.opened_at(&choice, self.seed(unit))
    }

    /// Tries the preset of every cell.
    ///
    /// # Errors
    /// The first cell with a field out of range, by its name.
    pub fn check(&self) -> Result<(), PresetError> {
        (0..self.cells()).try_for_each(|cell| {
            let unit = Unit { cell, trial: 0 };
            self.preset(unit)
                .map(drop)
                .map_err(|error| PresetError::InArm {
                    arm: self.label(cell),
                    source: Box::new(error),
                })
        })
    }

    /// Name of a cell's arm; empty where there is one only.
    pub fn arm_label(&self, cell: usize) -> &str {
        let arms = &self.experiment.arms;
        let arm = arms.get(self.cell(cell).arm).filter(|_| arms.len() > 1);
        arm.map_or("", |arm| arm.label.as_str())
    }

    /// Name of a cell: its arm where there are several, and its values.
    pub fn label(&self, cell: usize) -> String {
        let axes = self.experiment.sweep_axes.iter().zip(self.choice(cell));
        let values = axes.filter_map(|(axis, j)| axis.values.get(j).map(|v| v.label.as_str()));
        let arm = Some(self.arm_label(cell)).filter(|arm| !arm.is_empty());
        arm.into_iter().chain(values).collect::<Vec<_>>().join(", ")
    }

    /// Where a cell lies with respect to a line: Π fieldᵖ/equals, 1 on it. `None` where a field has
    /// no positive number there.
    pub fn along(&self, line: &LineSpec, cell: usize) -> Option<f64> {
        let scale = self.off_axes(line, self.cell(cell).arm)? / line.equals;
        self.along_scaled(line, cell, scale)
    }

    /// Π fieldᵖ over the fields of a line that are no axes, in an arm: it takes reading a preset, so
    /// whoever goes through many cells asks once.
    pub fn off_axes(&self, line: &LineSpec, arm: usize) -> Option<f64> {
        let base = self.experiment.arms.get(arm).map(|arm| &arm.preset)?;
        let axes = &self.experiment.sweep_axes;
        let mut others = line.powers.iter();
        others.try_fold(1.0, |product, (field, power)| {
            if axes.iter().any(|axis| axis.field == *field) {
                return Some(product);
            }
            Some(product * number_at(base, field)?.powf(*power))
        })
    }

    /// `scale` times Π fieldᵖ over the fields of a line that are axes.
    pub(super) fn along_scaled(&self, line: &LineSpec, cell: usize, scale: f64) -> Option<f64> {
        let axes = self.experiment.sweep_axes.iter().zip(self.choice(cell));
        let mut product = scale;
        for (axis, j) in axes {
            for (_, power) in line.powers.iter().filter(|(field, _)| *field == axis.field) {
                product *= axis.values.get(j)?.number?.powf(*power);
            }
        }
        (product.is_finite() && product > 0.0).then_some(product)
    }
}

//! An experiment as a Python script that needs NumPy only: a file of code, and beside it one of arrays.
//!
//! The code is put together from templates that are Python themselves (`templates/`); what is of the experiment
//! stands in one list of numbers and escaped texts, so that nothing of a preset is ever code.

mod arms;
mod arrays;
mod literal;
mod measured;
mod part;
mod script;

use std::io::{self, Seek, Write};

use crate::experiment::{
    InitialForm, InitialInputs, InitialState, StepPlan, facts_of_start, initial_state, step_plan,
};
use crate::history::{ArmFacts, RunError};
use crate::preset::{Arm, Experiment};
use crate::spec::{DataSizes, Precision};
use crate::task::Cancel;

/// Most numbers of one arm's arrays: 2 GiB of doubles.
const MAX_NUMBERS: u128 = 1 << 28;

/// A script with what it needs.
#[derive(Debug)]
pub struct NumpyScript {
    text: String,
    arms: Vec<ScriptArm>,
    left_out: Vec<String>,
}

/// An arm of a script.
#[derive(Debug)]
struct ScriptArm {
    /// Its number in the experiment.
    number: usize,
    arm: Arm,
    start: InitialState,
    steps: StepPlan,
    /// δ per unit of the preset's step.
    step_unit: f64,
    /// The arm whose batches it shares; its own number where it has its own.
    batches_of: Option<usize>,
}

impl NumpyScript {
    /// The script of an experiment, whose arms are computed in double precision whatever the preset says. Arms
    /// of infinite width have no weights and are left out.
    ///
    /// # Errors
    /// [`RunError::Refused`] where data or weights can't be had, arrays are too large, or no arm has a
    /// network; [`RunError::Cancelled`] once `cancel` is raised.
    pub fn of(experiment: &Experiment, cancel: &Cancel) -> Result<Self, RunError> {
        let experiment = in_double_precision(experiment);
        let facts = facts_of_start(&experiment, cancel)?;
        let (mut arms, mut left_out): (Vec<ScriptArm>, Vec<String>) = Default::default();
        for (number, (arm, facts)) in experiment.arms.iter().zip(facts).enumerate() {
            let facts = facts.ok_or_else(|| cannot_start(arm))?;
            refuse_large(arm, &facts)?;
            let start = initial_state(&experiment, number, InitialForm::WrittenOut, cancel)?;
            if start.network.is_none() {
                left_out.push(format!("the arm {:?}: it is of infinite width", arm.label));
                continue;
            }
            let steps = step_plan(&experiment, arm, sizes(&start))?;
            let batches = steps.batches.as_ref();
            let twin = arms
                .iter()
                .find(|other| batches.is_some() && other.steps.batches.as_ref() == batches);
            let twin = twin.and_then(|other| other.batches_of);
            arms.push(ScriptArm {
                batches_of: batches.map(|_| twin.unwrap_or(number)),
                step_unit: facts.step_unit,
                arm: arm.clone(),
                number,
                start,
                steps,
            });
        }
        if arms.is_empty() {
            return Err(RunError::Refused(
                "network.kind: a script needs a network of finite width; allowed: Shallow"
                    .to_owned(),
            ));
        }
        left_out.extend(measured::left_out(&arms));
        let text = script::script(&experiment, &arms, &left_out);
        Ok(Self {
            text,
            arms,
            left_out,
        })
    }

    /// The code.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a run measures and the script does not, in words.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Writes the arrays, an archive of NumPy.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_arrays<W: Write + Seek>(&self, out: W) -> io::Result<()> {
        arrays::write(out, &self.arms)
    }
}

fn in_double_precision(experiment: &Experiment) -> Experiment {
    let mut experiment = experiment.clone();
    experiment.preset.precision = Precision::F64;
    for arm in &mut experiment.arms {
        arm.preset.precision = Precision::F64;
    }
    experiment
}

fn sizes(start: &InitialState) -> DataSizes {
    let d = match &start.data.inputs {
        InitialInputs::Written(x, _) => x.ncols(),
        InitialInputs::Digits(_) => 0,
    };
    DataSizes {
        d,
        n: start.data.y.nrows(),
        n_test: start.data.y_test.nrows(),
        outputs: start.data.y.ncols(),
    }
}

fn cannot_start(arm: &Arm) -> RunError {
    RunError::Refused(format!(
        "the arm {:?} can't start; `widescope run` says why",
        arm.label
    ))
}

/// Refuses arrays that are too large before any is made.
fn refuse_large(arm: &Arm, facts: &ArmFacts) -> Result<(), RunError> {
    let [m, inner, outputs, d] =
        [facts.width, facts.embedding, facts.outputs, facts.d].map(|x| x as u128);
    let points = (facts.n + facts.n_test) as u128;
    let numbers = m * (inner + outputs) + points * (inner + d + outputs);
    if numbers <= MAX_NUMBERS {
        return Ok(());
    }
    Err(RunError::Refused(format!(
        "network.width: {} is not allowed in a script: the arm {:?} begins with {numbers} numbers; allowed: up \
         to {MAX_NUMBERS}",
        arm.preset.network.width, arm.label
    )))
}

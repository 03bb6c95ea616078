//! What a checked arm asks for, as far as it decides how the arm is carried out.

use crate::preset::{Arm, PresetError};
use crate::spec::{
    Costly, DataSizes, Layers, Method, NetworkKind, NetworkSpec, Observable, OutputInit, Precision,
    Preset, Representation, Schedule, StepUnit, StopSpec,
};
use crate::train::{Shape, Sizes, evolves};

use super::ArmPlan;

/// What a checked arm asks for, and the sizes of its data.
#[derive(Clone, Debug)]
pub(in crate::experiment) struct Asked {
    pub(in crate::experiment) label: String,
    pub(in crate::experiment) network: NetworkSpec,
    pub(in crate::experiment) data: DataSizes,
    pub(in crate::experiment) precision: Precision,
    pub(in crate::experiment) layers: Layers,
    pub(in crate::experiment) method: Method,
    pub(in crate::experiment) step_unit: StepUnit,
    pub(in crate::experiment) representation: Representation,
    pub(in crate::experiment) schedule: Schedule,
    /// How many further steps are recorded.
    pub(in crate::experiment) also: usize,
    pub(in crate::experiment) costly: Costly,
    pub(in crate::experiment) stop: StopSpec,
    pub(in crate::experiment) observables: Vec<Observable>,
    pub(in crate::experiment) explicit_weights: bool,
    /// Whether all |v| are equal at the start.
    pub(in crate::experiment) equal_output_weights: bool,
}

impl Asked {
    pub(super) fn of(arm: &Arm, data: DataSizes) -> Result<Self, PresetError> {
        let preset = &arm.preset;
        let mut asked = Self {
            label: arm.label.clone(),
            network: preset.network.clone(),
            data,
            precision: preset.precision,
            layers: preset.train.layers,
            method: preset.train.method,
            step_unit: preset.train.step_unit,
            representation: preset.train.representation,
            schedule: preset.observe.schedule,
            also: preset.observe.also.len(),
            costly: preset.observe.costly,
            stop: preset.train.stop,
            observables: preset.observe.observables.clone(),
            explicit_weights: preset.init.weights.is_some(),
            equal_output_weights: has_equal_weights(preset),
        };
        if asked.network.kind == NetworkKind::InfiniteWidth {
            // No neurons, but a kernel whose eigenvectors are kept, as the linearized twin's are.
            asked.network.width = 1;
            let is_counted = asked.observables.contains(&Observable::LazyGap);
            let twin = (!is_counted).then_some(Observable::LazyGap);
            asked.observables.extend(twin);
        }
        match asked.network.embedding_dimension(data.d) {
            Some(_) => Ok(asked),
            None => Err(PresetError::value(
                "network.embedding",
                "Quadratic",
                format!("Identity for d = {}", data.d),
            )),
        }
    }

    /// D, with the constant feature of a bias.
    pub(super) fn embedding(&self) -> usize {
        let dimension = self.network.embedding_dimension(self.data.d);
        dimension.unwrap_or(usize::MAX)
    }

    pub(super) fn decided(self) -> ArmPlan {
        let reduced = self.reduced_width();
        let storage = self.storage(reduced.is_some());
        let DataSizes {
            n, n_test, outputs, ..
        } = self.data;
        let wide = |size: usize| size as u128;
        let plane: usize = self.observables.iter().map(|o| o.plane_points()).sum();
        let shape = Shape {
            sizes: Sizes {
                neurons: wide(reduced.unwrap_or(self.network.width)),
                n: wide(n),
                n_test: wide(n_test) + wide(plane),
                outputs: wide(outputs),
                embedding: wide(self.embedding()),
            },
            width: wide(self.network.width),
            is_reduced: reduced.is_some(),
            is_given: self.explicit_weights,
            activation: self.network.activation,
            layers: self.layers,
            method: self.method,
            steps: u128::from(self.stop.steps),
            storage,
            evolves: self.network.kind != NetworkKind::InfiniteWidth
                && matches!(self.method, Method::GradientDescent { .. })
                && evolves(self.network.activation, self.layers, storage, n, outputs),
            real: match self.precision {
                Precision::F32 => 4,
                Precision::F64 => 8,
            },
            threads: wide(rayon::current_num_threads()),
        };
        ArmPlan {
            has_kernels: self.has_kernels(storage),
            shape,
            asked: self,
        }
    }

    /// Step at which the run stops at the latest: least squares are one.
    pub(super) fn last_step(&self) -> u64 {
        match self.method {
            Method::LeastSquares => self.stop.steps.min(1),
            Method::GradientDescent { .. } | Method::Sgd { .. } | Method::GradientFlow { .. } => {
                self.stop.steps
            }
        }
    }

    /// Steps over which measurements are spread. A run that is to stop at a loss, an error or an accuracy mostly
    /// does so long before its last step: it is counted on for a third of them.
    pub(super) fn steps_to_count_on(&self) -> u64 {
        let steps = self.last_step();
        if self.stop.has_limit() {
            steps / 3
        } else {
            steps
        }
    }
}

/// Whether all |v| are equal at the start.
fn has_equal_weights(preset: &Preset) -> bool {
    let is_equal = match preset.init.output {
        OutputInit::Rademacher(_) => true,
        OutputInit::SignedHalves => preset.network.width.is_multiple_of(2),
        OutputInit::Gaussian(_) => false,
    };
    is_equal && preset.init.weights.is_none()
}

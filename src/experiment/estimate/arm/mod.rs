//! Memory and work of one arm. Every array the engine allocates has its term here and nowhere else.

use crate::preset::{Arm, PresetError};
use crate::spec::{
    DataSizes, EmbeddingSpec, Layers, Method, NetworkKind, NetworkSpec, Observable, Precision,
    Representation, Schedule, StepUnit,
};
use crate::train::{
    BLOCK, CHUNK, EVALUATED_POINTS, FEW_INPUTS, Storage, choose_sample_space, evolution_floats,
    evolution_flops, evolution_passing_floats, evolves, step_flops,
};

use super::method::MethodShape;
use crate::experiment::storage::storage;

mod descent;
mod kernels;
mod linear;
mod measuring;
mod records;

pub(in crate::experiment) use measuring::measuring_cost;

use kernels::has_equal_weights;

/// Memory and work of one arm.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmEstimate {
    /// Name of the arm.
    pub label: String,
    /// Bytes held throughout the run.
    pub held_bytes: u64,
    /// Most bytes needed for a moment beside them: at the start, or at a measurement.
    pub passing_bytes: u64,
    /// Bytes of all records, were they all kept.
    pub record_bytes: u64,
    /// Bytes of the final weights and outputs.
    pub result_bytes: u64,
    /// Bytes needed for a moment while these are made.
    pub finishing_bytes: u64,
    /// Bytes copied for a checkpoint, or read from one.
    pub saved_bytes: u64,
    /// Work of one step, in floating-point operations of a product that take as long.
    pub flops_per_step: f64,
}

/// What the memory and the work of an arm depend on.
#[derive(Clone, Debug)]
pub(in crate::experiment) struct ArmShape {
    label: String,
    network: NetworkSpec,
    data: DataSizes,
    precision: Precision,
    layers: Layers,
    method: Method,
    step_unit: StepUnit,
    representation: Representation,
    schedule: Schedule,
    steps: u64,
    observables: Vec<Observable>,
    explicit_weights: bool,
    /// Whether all |v| are equal at the start.
    equal_output_weights: bool,
}

/// Rows drawn together when W(0) is made, in double precision.
const ROWS_DRAWN: u128 = 64;

/// Rows and columns of its factors that a matrix product copies at once: of both along their common
/// side, of the left and of the right one along their own.
const PRODUCT_PIECES: [u128; 3] = [256, 64, 1024];

impl ArmShape {
    pub(in crate::experiment) fn of(arm: &Arm, data: DataSizes) -> Result<Self, PresetError> {
        let preset = &arm.preset;
        let mut shape = Self {
            label: arm.label.clone(),
            network: preset.network.clone(),
            data,
            precision: preset.precision,
            layers: preset.train.layers,
            method: preset.train.method,
            step_unit: preset.train.step_unit,
            representation: preset.train.representation,
            schedule: preset.observe.schedule,
            steps: preset.train.stop.steps,
            observables: preset.observe.observables.clone(),
            explicit_weights: preset.init.weights.is_some(),
            equal_output_weights: has_equal_weights(preset),
        };
        if shape.network.kind == NetworkKind::InfiniteWidth {
            // No neurons, but a kernel whose eigenvectors are kept, as the linearized twin's are.
            shape.network.width = 1;
            shape.observables.push(Observable::LazyGap);
        }
        match shape.network.embedding_dimension(data.d) {
            Some(_) => Ok(shape),
            None => Err(PresetError::value(
                "network.embedding",
                "Quadratic",
                format!("Identity for d = {}", data.d),
            )),
        }
    }

    pub(in crate::experiment) fn width(&self) -> usize {
        self.network.width
    }

    pub(in crate::experiment) fn points(&self) -> usize {
        self.data.n
    }

    /// The same arm, not wider than `width`.
    pub(in crate::experiment) fn at_most(&self, width: usize) -> Self {
        let mut narrower = self.clone();
        narrower.network.width = self.network.width.min(width);
        narrower
    }

    pub(in crate::experiment) fn estimate(&self) -> ArmEstimate {
        let (m, n, embedding) = (self.network.width, self.data.n, self.embedding());
        ArmEstimate {
            label: self.label.clone(),
            held_bytes: bytes(self.trainer() + self.observer() + self.method().held()),
            passing_bytes: bytes(self.passing()),
            record_bytes: bytes(self.records() * self.record()),
            result_bytes: bytes(8 * wide(m) * (wide(embedding) + wide(self.data.outputs))),
            finishing_bytes: bytes(self.finishing()),
            saved_bytes: bytes(self.method().saved()),
            flops_per_step: if self.evolves() {
                evolution_flops(m, n)
            } else {
                self.method().flops(step_flops(
                    self.sample_space(),
                    self.layers,
                    self.reduced().unwrap_or(m),
                    n,
                    embedding,
                ))
            },
        }
    }

    /// D, with the constant feature of a bias.
    fn embedding(&self) -> usize {
        let dimension = self.network.embedding_dimension(self.data.d);
        dimension.unwrap_or(usize::MAX)
    }

    fn sample_space(&self) -> bool {
        choose_sample_space(
            match self.reduced() {
                Some(_) => Representation::Auto,
                None => self.representation,
            },
            self.layers,
            self.data.n,
            self.embedding(),
        )
    }

    fn real(&self) -> u128 {
        match self.precision {
            Precision::F32 => 4,
            Precision::F64 => 8,
        }
    }

    /// The neurons iterated on, n, n_test, outputs and D.
    fn dimensions(&self) -> [u128; 5] {
        let DataSizes {
            n, n_test, outputs, ..
        } = self.data;
        let neurons = self.reduced().unwrap_or(self.network.width);
        [neurons, n, n_test, outputs, self.embedding()].map(wide)
    }

    fn has(&self, wanted: impl Fn(&Observable) -> bool) -> bool {
        self.observables.iter().any(wanted)
    }

    /// What is needed beside what is held: while the data are embedded, when there are no weights
    /// yet, while the weights are made, while kernels are, or within a step.
    fn passing(&self) -> u128 {
        let (problem, trainer, observer) = (self.problem(), self.trainer(), self.observer());
        let embedding = problem + self.embedding_passing();
        let building = trainer + self.trainer_passing();
        let reducing = problem + self.reduction_held() + self.reduction_passing();
        let held = trainer + observer + self.method().held();
        // What is read off the kernel is measured beside the outputs.
        let at_work = (self.kernel_passing() + self.measuring()).max(self.frame_passing());
        let working = held + at_work.max(self.method().passing());
        let most = embedding.max(building).max(reducing).max(working);
        most - held + self.product_buffers()
    }

    /// The pieces of the factors that matrix products copy, on every thread.
    fn product_buffers(&self) -> u128 {
        let [_, n, _, _, embedding] = self.dimensions();
        let [common, left, right] = PRODUCT_PIECES;
        let side = n.max(embedding);
        threads() * self.real() * common.min(side) * (left + right.min(side))
    }

    /// Φ and Y.
    fn problem(&self) -> u128 {
        let [_, n, n_test, outputs, embedding] = self.dimensions();
        self.real() * (n + n_test) * (embedding + outputs)
    }

    fn storage(&self) -> Storage {
        let points = (self.data.n, self.data.outputs);
        storage(
            self.sample_space(),
            (self.method, self.step_unit),
            &self.observables,
            points,
        )
    }

    /// Φ, Y, R; H, H0, σ'(H) where they are held, and C, H0_test and the Gram matrices or W, W0; V, V0
    /// and its gradient; Vσ(H) and a piece of σ(H) of every block.
    fn trainer(&self) -> u128 {
        let [m, n, n_test, outputs, embedding] = self.dimensions();
        let storage = self.storage();
        let held = if storage.has_features() { n } else { 0 };
        let weights = if storage.is_sample_space() {
            m * (4 * n + n_test) + n * (n + n_test)
        } else {
            m * (3 * held + 2 * embedding)
        };
        let output = 3 * m * outputs + 2 * n * outputs;
        let passes = m.min(wide(BLOCK)) * held;
        let rows = m.div_ceil(wide(BLOCK)) * (held * outputs + passes.min(wide(CHUNK)));
        let gram = if storage.has_gram() { 8 * n * n } else { 0 };
        let given = if self.explicit_weights && self.reduced().is_none() {
            8 * m * embedding
        } else {
            self.reduction_held()
        };
        // diag(R)Φ, where there is one, or what kernels of many steps work on; what rounding takes off H and sums of ΦΦᵀdiag(R).
        let weighted = n * embedding.min(wide(FEW_INPUTS)) + self.descent() + self.evolution();
        self.problem() + self.real() * (weights + output + rows + weighted) + gram + given
    }

    /// Floats by which features evolve, where they do so by themselves.
    fn evolution(&self) -> u128 {
        if self.evolves() {
            let [m, n, ..] = self.dimensions();
            evolution_floats(m, n) + evolution_passing_floats(m, n, threads())
        } else {
            0
        }
    }

    fn evolves(&self) -> bool {
        let DataSizes { n, outputs, .. } = self.data;
        self.network.kind != NetworkKind::InfiniteWidth
            && matches!(self.method, Method::GradientDescent { .. })
            && evolves(
                self.network.activation,
                self.layers,
                self.storage(),
                n,
                outputs,
            )
    }

    fn method(&self) -> MethodShape {
        let [neurons, n, _, outputs, embedding] = self.dimensions();
        MethodShape {
            method: self.method,
            neurons,
            n,
            outputs,
            moved: match (self.layers.hidden(), self.sample_space()) {
                (false, _) => 0,
                (true, true) if self.evolves() => 3 * n,
                (true, true) => n,
                (true, false) => embedding,
            },
            has_kink: !self.network.activation.is_smooth(),
            real: self.real(),
            steps: u128::from(self.steps),
            threads: threads(),
        }
    }

    /// Kernel at the start and its change; the memory kernels are summed in; eigenvectors and test map of
    /// the twin.
    fn observer(&self) -> u128 {
        let [_, n, n_test, outputs, _] = self.dimensions();
        let side = n * outputs;
        let kernel = if self.has(|o| *o == Observable::NtkChange) {
            2 * side * side
        } else {
            0
        };
        let twin = if self.has(|o| *o == Observable::LazyGap) {
            side * (side + n_test * outputs)
        } else {
            0
        };
        8 * (side + kernel + twin + self.linear_observables()) + self.sums_held()
    }

    /// Φ of one set in double precision, and once more where a layer is put on top; inputs that are
    /// not embedded are taken as they are.
    fn embedding_passing(&self) -> u128 {
        let [_, n, n_test, _, embedding] = self.dimensions();
        let copies = match self.network.embedding {
            EmbeddingSpec::Identity => 0,
            EmbeddingSpec::RandomLayers { depth, .. } if depth > 1 => 2,
            _ => 1,
        };
        8 * n.max(n_test) * embedding * copies
    }

    /// Φ in double precision for the Gram matrices, or a block of W(0) a thread, by rows
    /// and by columns.
    fn trainer_passing(&self) -> u128 {
        let [m, n, n_test, _, embedding] = self.dimensions();
        let gram = if self.storage().has_gram() {
            8 * (2 * n.max(n_test) * embedding + n * n.max(n_test))
        } else {
            0
        };
        let drawn = threads() * embedding * (2 * wide(BLOCK).min(m) * self.real() + 8 * ROWS_DRAWN);
        gram.max(drawn)
    }

    /// Features and outputs at the test points, a block a thread; outputs and targets of both sets in
    /// double precision; a few training points at a time where their features are not held.
    fn measuring(&self) -> u128 {
        let [m, n, n_test, outputs, embedding] = self.dimensions();
        let block = wide(BLOCK).min(m);
        let at_once = threads() * self.real() * block;
        let test = at_once * 2 * n_test + 8 * m.div_ceil(wide(BLOCK)) * n_test * outputs;
        let evaluated = at_once * (2 * wide(EVALUATED_POINTS) + embedding) + 8 * n * outputs;
        test.max(evaluated) + 8 * 4 * (n + n_test) * outputs
    }
}

fn threads() -> u128 {
    wide(rayon::current_num_threads())
}

/// 128 bits hold the product of any three dimensions that a preset may have.
fn wide(size: usize) -> u128 {
    size as u128
}

fn bytes(bytes: u128) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

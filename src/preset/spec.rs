//! The preset as it is written in RON: plain data, every field with a default.
//!
//! The field names here are the paths of `--set` (for example `network.width`, `train.stop.steps`).

use ron::value::RawValue;
use serde::{Deserialize, Serialize};

pub use crate::network::{Factor, Scaling};

/// The newest preset format this program reads and the one it writes.
pub const FORMAT: u32 = 1;

/// One base run, the axes that vary it, what to observe and what to say about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Preset {
    /// Format of the file, [`FORMAT`] today.
    pub format: u32,
    /// Title shown above the panels.
    pub title: String,
    /// Where the experiment comes from.
    pub source: Source,
    /// The one sentence to take away.
    pub takeaway: String,
    /// Seed of every random stream of the run.
    pub seed: u64,
    /// Float width the network is trained in.
    pub precision: Precision,
    /// Training and test set.
    pub data: DataSpec,
    /// Network family and size.
    pub network: NetworkSpec,
    /// Scaling regime: a, b and the learning-rate factors.
    pub scaling: Scaling,
    /// Initial weights.
    pub init: InitSpec,
    /// Training loss.
    pub loss: LossSpec,
    /// What is trained, how, and when to stop.
    pub train: TrainSpec,
    /// Fields that vary, and how the variation is shown.
    pub axes: Vec<AxisSpec>,
    /// What is measured, and when.
    pub observe: ObserveSpec,
    /// Panels shown, in order.
    pub panels: Vec<PanelKind>,
    /// Explanation of the experiment.
    pub story: String,
    /// What to notice, one sentence each.
    pub notice: Vec<String>,
    /// Readings of the paper that had to be chosen.
    pub notes: Vec<String>,
    /// Statements about the outcome that the program checks.
    pub claims: Vec<ClaimSpec>,
}

/// Paper and figure a preset reproduces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// Authors and year.
    pub paper: String,
    /// Figure, table or section.
    pub figure: String,
}

/// Float width of training. Observables are always reduced in double precision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Precision {
    /// 32-bit floats.
    #[default]
    F32,
    /// 64-bit floats.
    F64,
}

/// Law or file the data comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum DataSpec {
    /// Chen et al. 2022, App. I.3, (93)–(96): (x₁, x₂, y) is one of (±1, 0, 1), (0, ±1, −1), the
    /// other coordinates are uniform on [−1, 1].
    SignedPairs {
        /// Input dimension, at least 2.
        d: usize,
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
    },
    /// x ~ N(0, I_d) with independent labels.
    Gaussian {
        /// Input dimension.
        d: usize,
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Law of the labels.
        labels: Labels,
    },
    /// x uniform on the unit sphere of R^d with independent labels.
    Sphere {
        /// Input dimension.
        d: usize,
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Law of the labels.
        labels: Labels,
    },
    /// Handwritten digits shipped with the program (70 000 images of 28 × 28 pixels).
    Mnist {
        /// Digits kept, at least two, in the order of the labels.
        classes: Vec<u8>,
        /// Training images, drawn without replacement from the training set, balanced over classes.
        n: usize,
        /// Test images, drawn likewise from the test set.
        #[serde(default)]
        n_test: usize,
        /// How a class becomes a target.
        #[serde(default)]
        targets: Targets,
        /// What is done to the pixels.
        #[serde(default)]
        pixels: Pixels,
    },
    /// A file of the user's: `.npz` with arrays `x`, `y` and optionally `x_test`, `y_test`;
    /// `.npy` or `.csv` with the last `outputs` columns as targets.
    File {
        /// Path of the training data, relative to the preset's folder.
        path: String,
        /// Path of the test data, where it is a file of its own.
        #[serde(default)]
        test: Option<String>,
        /// Number of target columns of an `.npy` or `.csv` file.
        #[serde(default = "one")]
        outputs: usize,
    },
}

fn one() -> usize {
    1
}

/// Law of synthetic labels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Labels {
    /// y ~ N(0, std²).
    Normal {
        /// Standard deviation.
        std: f64,
    },
    /// y uniform on [low, high].
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

/// How a class becomes a regression target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Targets {
    /// One output, +1 for the first of two classes and −1 for the second.
    #[default]
    Signed,
    /// One output a class, 1 for the true class and 0 elsewhere.
    OneHot,
}

/// What is done to an image's pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pixels {
    /// Pixels divided by 255.
    UnitInterval,
    /// Pixels divided by 255, less the training set's mean 0.1307, divided by its standard deviation 0.3081.
    Standardized,
    /// Pixels divided by 255, then each image divided by its norm and multiplied by √d.
    #[default]
    SphereSqrtD,
    /// Pixels divided by 255, then each image divided by its norm.
    Sphere,
}

/// Network family and size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NetworkSpec {
    /// Family.
    pub kind: NetworkKind,
    /// Hidden width m.
    pub width: usize,
    /// Embedding Φ of the input.
    pub embedding: EmbeddingSpec,
    /// Activation σ.
    pub activation: crate::network::Activation,
    /// Whether each hidden neuron has a bias: a constant feature 1 is appended to Φ.
    pub bias: bool,
}

/// Network family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkKind {
    /// f(x) = a·Vσ(b·WΦ(x)).
    #[default]
    Shallow,
}

/// Embedding Φ: R^d → R^D.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EmbeddingSpec {
    /// Φ(x) = x.
    #[default]
    Identity,
    /// Φ(x) = vec(xxᵀ), D = d².
    Quadratic,
    /// Φ_j(x) = σ(z_jᵀx/√d), z_j ~ N(0, I): with it the network is the P-3L of Chen et al. (4)(5).
    RandomFeatures {
        /// Number of features D.
        width: EmbeddingWidth,
    },
    /// `depth` layers of random features (Chen et al., App. H); depth 1 is [`Self::RandomFeatures`].
    RandomLayers {
        /// Width D of every layer.
        width: EmbeddingWidth,
        /// Number of random layers.
        depth: usize,
    },
}

/// Width D of a random embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EmbeddingWidth {
    /// D = m.
    SameAsNetwork,
    /// D = min(m, limit).
    AtMost(usize),
    /// D as given.
    Fixed(usize),
}

/// Initial weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InitSpec {
    /// ω2/ω1 at constant ω1·ω2; `None` keeps `w_std` and the size in `output` as they are written.
    pub omega_ratio: Option<f64>,
    /// Standard deviation ω1 of the entries of W.
    pub w_std: f64,
    /// Law of V.
    pub output: OutputInit,
    /// Whether the start is symmetrized so that f = 0: rows m/2… of W repeat the first, with −V.
    pub symmetrize: Symmetrize,
    /// `.npz` file with explicit weights `W` (m × D) and `V` (outputs × m), instead of random ones.
    pub weights: Option<String>,
}

/// Law of the initial output weights V.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum OutputInit {
    /// ±c by a fair coin.
    Rademacher(f64),
    /// N(0, std²).
    Gaussian(f64),
    /// The first half +s, the second half −s, one zero between them where m is odd, with
    /// s = ‖y‖/√(mn) (Oymak–Soltanolkotabi, Thm 2.1 and its footnote).
    SignedHalves,
}

/// Whether the start is symmetrized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Symmetrize {
    /// Under NTK only (Chen et al., App. I).
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// Training loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LossSpec {
    /// Loss of one residual.
    pub kind: LossKind,
    /// Sum or mean over the training points.
    pub over: LossOver,
}

/// Loss of one residual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossKind {
    /// ½‖f(x) − y‖².
    #[default]
    Squared,
}

/// Sum or mean over the training points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossOver {
    /// ½ Σ_a ‖f(x_a) − y_a‖².
    #[default]
    Sum,
    /// 1/(2n) Σ_a ‖f(x_a) − y_a‖².
    Mean,
}

/// What is trained, how, and when to stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainSpec {
    /// Layers trained.
    pub layers: Layers,
    /// Training method.
    pub method: Method,
    /// Where the iteration is carried out; both give the same numbers to rounding.
    pub representation: Representation,
    /// When to stop.
    pub stop: StopSpec,
}

/// Layers trained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layers {
    /// W only.
    #[default]
    Hidden,
    /// V only.
    Output,
    /// W and V.
    Both,
}

impl Layers {
    /// Whether W is trained.
    pub fn hidden(self) -> bool {
        self != Self::Output
    }

    /// Whether V is trained.
    pub fn output(self) -> bool {
        self != Self::Hidden
    }
}

/// Training method.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Method {
    /// Full-batch gradient descent.
    GradientDescent {
        /// Step δ (η), before the scaling's own factor.
        step: f64,
    },
}

impl Method {
    /// Step δ (η), before the scaling's own factor.
    pub fn step(self) -> f64 {
        let Self::GradientDescent { step } = self;
        step
    }
}

/// Where the iteration is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Representation {
    /// The cheaper of the two by a cost model.
    #[default]
    Auto,
    /// On W ∈ R^{m×D}.
    WeightSpace,
    /// On the features H ∈ R^{m×n}.
    SampleSpace,
}

/// When to stop; the first rule that holds ends the run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StopSpec {
    /// Number of steps.
    pub steps: u64,
    /// Relative error ‖f − y‖/‖y‖ below which the run ends.
    pub relative_error: Option<f64>,
    /// Training loss below which the run ends.
    pub loss: Option<f64>,
}

/// A field that varies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisSpec {
    /// Path of the field, as in `--set`.
    pub field: String,
    /// Its values, each written as the field itself is.
    #[serde(deserialize_with = "without_comments")]
    pub values: Vec<Box<RawValue>>,
    /// Fields that vary with it, value by value.
    #[serde(default)]
    pub linked: Vec<LinkedField>,
    /// How the variation is shown.
    #[serde(default)]
    pub show: Show,
}

/// A field that varies with an axis: its i-th value goes with the axis's i-th value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedField {
    /// Path of the field, as in `--set`.
    pub field: String,
    /// Its values, as many as the axis has.
    #[serde(deserialize_with = "without_comments")]
    pub values: Vec<Box<RawValue>>,
}

/// Comments around a value would otherwise be carried into every text the value is written to.
fn without_comments<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Box<RawValue>>, D::Error> {
    let values = Vec::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(values.into_iter().map(RawValue::trim_boxed).collect())
}

/// How an axis is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Show {
    /// One curve or one panel each, on one clock.
    #[default]
    Arms,
}

/// What is measured, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObserveSpec {
    /// Steps at which the observables are recorded; step 0 and the last step always are.
    pub schedule: Schedule,
    /// What is measured.
    pub observables: Vec<Observable>,
}

/// Steps at which the observables are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Schedule {
    /// Every k-th step.
    Every(u64),
    /// Evenly in log(step).
    Log {
        /// Records a decade.
        per_decade: u32,
    },
}

/// A measured quantity or group of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Observable {
    /// Training loss and relative error.
    Loss,
    /// Test loss.
    TestLoss,
    /// Share of points on the right side (or with the right class), train and test.
    Accuracy,
    /// Gap to the linearized twin, train, test and running maximum; and the twin's own losses.
    LazyGap,
    /// Mean movement of the hidden features and its lower bound.
    FeatureMovement,
    /// Relative change of the tangent kernel.
    NtkChange,
    /// All singular values of the Jacobian.
    JacobianSpectrum,
    /// All eigenvalues of the tangent kernel.
    NtkSpectrum,
    /// Distances of the weights from their start.
    Distances,
    /// Share of sign patterns that changed.
    PatternChanges,
    /// Features h_i(x1) against h_i(x2).
    FeatureMap {
        /// Horizontal point.
        x1: PointRef,
        /// Vertical point.
        x2: PointRef,
    },
}

/// A data point by its set and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PointRef {
    /// Training point.
    Train(usize),
    /// Test point.
    Test(usize),
}

/// A panel of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PanelKind {
    /// Loss curves.
    Loss,
    /// Singular values of the Jacobian.
    Spectrum,
    /// Feature map.
    FeatureMap,
    /// Measures of the regime.
    Regime,
    /// Story.
    Story,
}

/// A statement about the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimSpec {
    /// The statement in words.
    pub name: String,
    /// The statement in checkable form.
    pub expect: Expectation,
}

/// A statement in checkable form. Quantities are named by their column in `series.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Expectation {
    /// Quantity under one arm divided by the same quantity under another.
    Ratio {
        /// Column.
        of: String,
        /// Arm of the numerator.
        arm: String,
        /// Arm of the denominator.
        over: String,
        /// Where each arm is read.
        at: Moment,
        /// Least ratio.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest ratio.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// Quantity of one arm.
    Value {
        /// Column.
        of: String,
        /// Arm.
        arm: String,
        /// Where it is read.
        at: Moment,
        /// Least value.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest value.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// Quantity strictly falls (or rises) from arm to arm in the order given.
    Order {
        /// Column.
        of: String,
        /// Arms, in order.
        arms: Vec<String>,
        /// Where each arm is read.
        at: Moment,
        /// Direction.
        direction: Direction,
    },
}

/// Direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Each value is above the one before.
    Rising,
    /// Each value is below the one before.
    Falling,
}

/// The record of a run that a claim reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Moment {
    /// The last record.
    End,
    /// The last record at or before this step.
    Step(u64),
    /// The first record at which the named column is at or below the value.
    FirstBelow(String, f64),
}

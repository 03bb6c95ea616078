//! Training and test set.

use serde::{Deserialize, Serialize};

use super::TeacherSpec;

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
        /// Labels of a point, each drawn by itself.
        #[serde(default = "one")]
        outputs: usize,
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
        /// Labels of a point, each drawn by itself.
        #[serde(default = "one")]
        outputs: usize,
    },
    /// y = Θᵀx + ε, Θ with entries N(0, 1/d), ε ~ N(0, noise²): the linear regression of the
    /// linear-network paper, App. A. Test inputs are N(0, I/d), without noise in their targets.
    Linear {
        /// Input dimension.
        d: usize,
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Targets of a point.
        #[serde(default = "one")]
        outputs: usize,
        /// Law of the training inputs.
        inputs: LinearInputs,
        /// Rank of the training inputs; `None` for min(n, d).
        #[serde(default)]
        rank: Option<usize>,
        /// Standard deviation of the noise in the training targets.
        #[serde(default)]
        noise: f64,
    },
    /// Two half circles that reach into each other: (cos t − ½, sin t − ¼) of label +1 and
    /// (½ − cos t, ¼ − sin t) of label −1, t uniform on [0, π]; N(0, noise²) is added to both coordinates.
    Moons {
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Standard deviation of the noise in every coordinate.
        #[serde(default)]
        noise: f64,
    },
    /// Two circles around the origin: ½·(cos t, sin t) of label +1 and (cos t, sin t) of label −1, t uniform on
    /// [0, 2π]; N(0, noise²) is added to both coordinates.
    Circles {
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Standard deviation of the noise in every coordinate.
        #[serde(default)]
        noise: f64,
    },
    /// Two spirals of one and a half turns: y·√u·(cos t, sin t) with t = 3π·√u of label y = ±1, u uniform on
    /// [0, 1]; N(0, noise²) is added to both coordinates.
    Spirals {
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Standard deviation of the noise in every coordinate.
        #[serde(default)]
        noise: f64,
    },
    /// The exclusive or of two coordinates: s uniform on {−1, 1}^d, of label +1 where s₁ and s₂ differ and −1
    /// where they agree; N(0, noise²) is added to every coordinate. The other d − 2 coordinates say nothing.
    Xor {
        /// Input dimension, at least 2.
        #[serde(default = "two")]
        d: usize,
        /// Training points.
        n: usize,
        /// Test points.
        #[serde(default)]
        n_test: usize,
        /// Standard deviation of the noise in every coordinate.
        #[serde(default)]
        noise: f64,
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
        /// A network that names the images of both sets anew; only with one-hot targets.
        #[serde(default)]
        teacher: Option<TeacherSpec>,
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

fn two() -> usize {
    2
}

/// Law of the training inputs of a linear regression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinearInputs {
    /// Entries N(0, 1/d).
    Gaussian,
    /// Entries N(0, 1), then every singular value other than 0 is set to 1.
    Orthonormal,
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
    /// y = 1/m* Σ_i c_i σ(⟨W_i, vec(xxᵀ)⟩/d), a small network with quadratic embedding:
    /// W entries N(0, 1), c_i = ±1 (Chen et al. 2022, Sec. 4.2, with m* = 5).
    QuadraticNet {
        /// Neurons m*.
        neurons: usize,
        /// Activation σ.
        activation: crate::network::Activation,
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

//! Makes a trainer's inputs from an arm of a preset.

use std::path::Path;
use std::sync::Arc;

use ndarray::{Array1, Array2};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use crate::data::{Dataset, GivenWeights, Plane, load_weights};
use crate::network::{InitialWeights, Real, embed, embedding_dimension};
use crate::random::stream::{Stream, rng};
use crate::spec::{EmbeddingSpec, InitSpec, Observable, OutputInit, Preset, StepUnit};
use crate::task::{Cancel, Cancelled};
use crate::train::Problem;

use super::biases::{hidden_limit, output_biases};
use crate::history::RunError;

/// Initial weights of an arm.
#[derive(Clone, Debug)]
pub struct Start {
    /// Hidden weights W(0).
    pub w: InitialWeights,
    /// Output weights V(0), outputs × m.
    pub v: Array2<f64>,
    /// Biases c(0) of the outputs; `None` where they have none.
    pub c: Option<Array1<f64>>,
    /// Standard deviation ω1 of W(0); of the given entries where they were given.
    pub omega1: f64,
    /// Size ω2 of V(0), likewise.
    pub omega2: f64,
}

/// Sizes of the initial weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::experiment) struct WeightSizes {
    /// Standard deviation ω1 of W(0).
    pub(in crate::experiment) omega1: f64,
    /// Size ω2 of V(0).
    pub(in crate::experiment) omega2: f64,
}

/// The problem of an arm: data embedded, factors evaluated at its width.
///
/// # Errors
/// [`RunError::Refused`] where the embedding's dimension is out of range, [`RunError::Cancelled`]
/// once `cancel` is raised.
pub fn problem<R: Real>(
    preset: &Preset,
    data: &Dataset,
    cancel: &Cancel,
) -> Result<Problem<R>, RunError> {
    let (spec, m) = (&preset.network, preset.network.width);
    let d = data.x.ncols();
    let dimension = embedding_dimension(spec.embedding, m, d).ok_or_else(|| {
        RunError::Refused(format!(
            "network.embedding: dimension D = d² with d = {d} is out of range"
        ))
    })?;
    let phi = |x: &Array2<f64>| {
        if spec.embedding == EmbeddingSpec::Identity {
            return Ok(of_width(x, spec.bias));
        }
        let phi = embed(
            spec.embedding,
            spec.activation,
            dimension,
            preset.seed,
            x.view(),
            || cancel.check(),
        )?;
        Ok::<_, Cancelled>(of_width(&phi, spec.bias))
    };
    let plane = plane(preset, data);
    let phi_train = phi(&data.x)?;
    let phi_test = match &plane {
        Some(plane) => phi(&below(&data.x_test, &plane.inputs()))?,
        None => phi(&data.x_test)?,
    };
    let factors = preset.scaling.parameterization();
    let inner = phi_train.ncols();
    let over = |points: usize| preset.loss.over.factor(points, data.y.ncols());
    Ok(Problem {
        phi: phi_train,
        phi_test,
        y: data.y.mapv(R::of),
        y_test: data.y_test.mapv(R::of),
        plane: plane.map(Arc::new),
        activation: spec.activation,
        a: factors.a.at(m, inner),
        b: factors.b.at(m, inner),
        loss: preset.loss.kind,
        loss_factor: over(data.x.nrows()),
        test_loss_factor: over(data.x_test.nrows()),
        hidden_step_factor: factors.hidden_step.at(m, inner),
        output_step_factor: factors.output_step.at(m, inner),
        layers: preset.train.layers,
    })
}

/// The plane in which the data are looked at, where an observable asks for one.
fn plane(preset: &Preset, data: &Dataset) -> Option<Plane> {
    let side = |observable: &Observable| match observable {
        Observable::DecisionSurface { grid } => Some(*grid),
        _ => None,
    };
    let side = preset.observe.observables.iter().find_map(side)?;
    Plane::of(data, side)
}

/// One matrix below another of as many columns.
fn below(above: &Array2<f64>, below: &Array2<f64>) -> Array2<f64> {
    let (rows, columns) = (above.nrows(), above.ncols());
    Array2::from_shape_fn((rows + below.nrows(), columns), |(a, j)| {
        if a < rows {
            above[[a, j]]
        } else {
            below[[a - rows, j]]
        }
    })
}

/// Φ at the float width, with a last column of ones where there is a bias: its weight is the
/// neuron's bias.
pub(in crate::experiment) fn of_width<R: Real>(phi: &Array2<f64>, bias: bool) -> Array2<R> {
    let (rows, columns) = phi.dim();
    Array2::from_shape_fn((rows, columns + usize::from(bias)), |(a, j)| {
        if j < columns {
            R::of(phi[[a, j]])
        } else {
            R::one()
        }
    })
}

/// Step δ per unit of the preset's step, given the stable step of full-batch gradient descent.
///
/// # Errors
/// [`RunError::Refused`] where the step is counted in stable steps and there is none.
pub fn step_unit(unit: StepUnit, stable: Option<f64>) -> Result<f64, RunError> {
    match (unit, stable) {
        (StepUnit::Delta, _) => Ok(1.0),
        (StepUnit::StableStep, Some(stable)) => Ok(stable),
        (StepUnit::StableStep, None) => Err(RunError::Refused(
            "train.step_unit: StableStep is not allowed here: the largest eigenvalue of the tangent \
             kernel is not known or is 0; allowed: Delta"
                .to_owned(),
        )),
    }
}

/// Initial weights of an arm whose embedding (with a bias) has dimension `embedding`.
///
/// # Errors
/// [`RunError::Refused`] where explicit weights can't be read or have another shape.
pub fn start(
    preset: &Preset,
    data: &Dataset,
    embedding: usize,
    folder: &Path,
) -> Result<Start, RunError> {
    match &preset.init.weights {
        Some(path) => given(preset, data.y.ncols(), embedding, &folder.join(path)),
        None => Ok(drawn(preset, data, embedding)),
    }
}

/// Initial weights from the file at `path`, of a network with so many outputs and D = `embedding`.
///
/// # Errors
/// [`RunError::Refused`] where they can't be read or have another shape.
pub(in crate::experiment) fn given(
    preset: &Preset,
    outputs: usize,
    embedding: usize,
    path: &Path,
) -> Result<Start, RunError> {
    let GivenWeights { w, v, c } =
        load_weights(path).map_err(|e| RunError::Refused(format!("init.weights: {e}")))?;
    let m = preset.network.width;
    let expect = |name: &str, found: (usize, usize), rows: usize, columns: usize| {
        if found == (rows, columns) {
            return Ok(());
        }
        Err(RunError::Refused(format!(
            "init.weights: {name} in {} is {} × {}; the network needs {rows} × {columns}",
            path.display(),
            found.0,
            found.1
        )))
    };
    expect("W", w.dim(), m, embedding)?;
    expect("V", v.dim(), outputs, m)?;
    let c = given_biases(preset, outputs, c)?;
    let root_mean_square =
        |x: &Array2<f64>| (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64).sqrt();
    let (omega1, omega2) = (root_mean_square(&w), root_mean_square(&v));
    Ok(Start {
        w: InitialWeights::Given(w),
        v,
        c,
        omega1,
        omega2,
    })
}

/// Biases of the outputs from the file, 0 where it has none.
fn given_biases(
    preset: &Preset,
    outputs: usize,
    given: Option<Array1<f64>>,
) -> Result<Option<Array1<f64>>, RunError> {
    match (preset.network.output_bias, given) {
        (true, given) => Ok(Some(given.unwrap_or_else(|| Array1::zeros(outputs)))),
        (false, None) => Ok(None),
        (false, Some(_)) => Err(RunError::Refused(
            "network.output_bias: false is not allowed with an init.weights file that has biases c of \
             the outputs; allowed: true, or a file without c"
                .to_owned(),
        )),
    }
}

fn drawn(preset: &Preset, data: &Dataset, embedding: usize) -> Start {
    let m = preset.network.width;
    let size = output_size(&preset.init, data, m);
    let WeightSizes { omega1, omega2 } = split(&preset.init, size);
    let symmetrized = preset.init.symmetrized(&preset.scaling);
    let mut v = drawn_output(preset, data.y.ncols(), omega2);
    if symmetrized {
        symmetrize(&mut v);
    }
    let w = InitialWeights::Drawn {
        seed: preset.seed,
        std: omega1,
        symmetrized,
        width: m,
        embedding,
        uniform_bias: hidden_limit(preset, embedding),
    };
    Start {
        w,
        v,
        c: output_biases(preset, data.y.ncols()),
        omega1,
        omega2,
    }
}

/// Size of the entries of V as the preset writes it, before ω2/ω1 is applied.
pub(in crate::experiment) fn output_size(init: &InitSpec, data: &Dataset, m: usize) -> f64 {
    match init.output {
        OutputInit::Rademacher(c) => c,
        OutputInit::Gaussian(std) => std,
        OutputInit::SignedHalves => {
            let norm = data.y.iter().map(|y| y * y).sum::<f64>().sqrt();
            norm / ((m * data.y.nrows()) as f64).sqrt()
        }
    }
}

/// (ω1, ω2): as written, or moved to the ratio asked for at constant product.
pub(in crate::experiment) fn split(init: &InitSpec, size: f64) -> WeightSizes {
    let (omega1, omega2) = match init.omega_ratio {
        None => (init.w_std, size),
        Some(ratio) => {
            let product = init.w_std * size;
            ((product / ratio).sqrt(), (product * ratio).sqrt())
        }
    };
    WeightSizes { omega1, omega2 }
}

fn drawn_output(preset: &Preset, outputs: usize, omega2: f64) -> Array2<f64> {
    let m = preset.network.width;
    let mut v = Array2::zeros((outputs, m));
    for (p, mut row) in v.outer_iter_mut().enumerate() {
        let mut rng = rng(preset.seed, Stream::OutputWeights, p as u64);
        for (i, v) in row.iter_mut().enumerate() {
            *v = omega2
                * match preset.init.output {
                    OutputInit::Rademacher(_) => {
                        if rng.random::<bool>() {
                            1.0
                        } else {
                            -1.0
                        }
                    }
                    OutputInit::Gaussian(_) => StandardNormal.sample(&mut rng),
                    OutputInit::SignedHalves => half_sign(i, m),
                };
        }
    }
    v
}

/// +1 in the first ⌊m/2⌋ entries, −1 in the last ⌊m/2⌋, 0 between them where m is odd.
fn half_sign(i: usize, m: usize) -> f64 {
    if i < m / 2 {
        1.0
    } else if i < m - m / 2 {
        0.0
    } else {
        -1.0
    }
}

/// V of the second half becomes the negative of the first; an odd last neuron gets 0.
fn symmetrize(v: &mut Array2<f64>) {
    let m = v.ncols();
    let half = m / 2;
    for mut row in v.outer_iter_mut() {
        for i in 0..half {
            row[half + i] = -row[i];
        }
        if m % 2 == 1 {
            row[m - 1] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn signed_halves_leave_one_zero_in_the_middle_of_an_odd_width() {
        let signs: Vec<f64> = (0..5).map(|i| half_sign(i, 5)).collect();
        assert_eq!(signs, [1.0, 1.0, 0.0, -1.0, -1.0]);
        assert_eq!((0..4).map(|i| half_sign(i, 4)).sum::<f64>(), 0.0);
    }

    #[test]
    fn the_ratio_keeps_the_product() {
        let init = InitSpec {
            omega_ratio: Some(4.0),
            w_std: 0.5,
            ..InitSpec::default()
        };
        let WeightSizes { omega1, omega2 } = split(&init, 2.0);
        assert!((omega1 * omega2 - 1.0).abs() < 1e-15 && (omega2 / omega1 - 4.0).abs() < 1e-15);
    }

    #[test]
    fn a_symmetrized_start_cancels() {
        let mut v = array![[1.0, -1.0, 5.0, 5.0, 5.0]];
        symmetrize(&mut v);
        assert_eq!(v, array![[1.0, -1.0, -1.0, 1.0, 0.0]]);
    }
}

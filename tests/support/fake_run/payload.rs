//! What a record holds beside its numbers: spectra, features, neurons, kernels.

use std::sync::Arc;

use ndarray::{Array2, ArrayView1};
use widescope::data::{LabelKind, Plane};
use widescope::observe::{Answers, FeatureSample, KernelImage, Surface};
use widescope::spec::PointRef;

/// Neurons of a fake network.
const NEURONS: usize = 512;

/// ‖w_r‖² − ‖v_r‖² of the neurons of a ReLU network.
pub fn imbalance(index: usize, moved: f64) -> Arc<[f64]> {
    let value = |i: usize| 48.0 + 9.0 * normal(i, index) + 1.5 * moved * normal(i + 7, 2);
    (0..NEURONS).map(value).collect()
}

pub fn distances(index: usize, moved: f64) -> Arc<[f32]> {
    let value = |i: usize| (0.2 * moved * (1.0 + 0.4 * normal(i, index)).abs()) as f32;
    (0..NEURONS).map(value).collect()
}

/// An output that turns from a plane into a saddle as the network moves, over the corners of a square.
pub fn surface(index: usize, moved: f64) -> Surface {
    let corner = |a: usize| {
        let [x1, x2] = [a & 1, a >> 1 & 1].map(|bit| 2.0 * bit as f64 - 1.0);
        let place = [x1 + 0.2 * normal(a, 0), x2 + 0.2 * normal(a, 1), -x1 * x2];
        place.map(|x| x as f32)
    };
    let plane = Plane {
        side: 24,
        half: 1.75,
        d: 30,
        train: (0..60).map(corner).collect(),
        test: (60..200).map(corner).collect(),
    };
    let inputs = plane.inputs();
    let saddle = (moved / (1.0 + moved)).min(1.0);
    let tilt = 0.2 * (1.0 + index as f64);
    let f = |x: ArrayView1<'_, f64>| {
        tilt * (1.0 - saddle) * (x[0] + 0.5 * x[1]) - 1.4 * saddle * x[0] * x[1]
    };
    let test = plane.test.iter().enumerate();
    let wrong = |a: usize| uniform(a, 1) < 0.5 - 0.45 * saddle;
    let output = |(a, p): (usize, &[f32; 3])| if wrong(a) { -0.4 * p[2] } else { 0.8 * p[2] };
    Surface {
        values: inputs.outer_iter().map(|x| f(x) as f32).collect(),
        test: test.map(output).collect(),
        plane: Arc::new(plane),
    }
}

/// What a network takes images of two classes in turn for: fewer are wrong as it learns.
pub fn answers(index: usize, done: f64) -> Option<Answers> {
    let right = |point: usize| if point.is_multiple_of(2) { 1.0 } else { -1.0 };
    let share = 0.5 - 0.4 * done;
    let wrong = |point: usize| uniform(point, 5 + index) < share;
    let f = Array2::from_shape_fn((256, 1), |(point, _)| {
        if wrong(point) {
            -right(point)
        } else {
            right(point)
        }
    });
    Answers::of(&f, LabelKind::Signed)
}

/// A kernel of points on a circle, which aligns with a wave as the network moves.
pub fn kernel(index: usize, moved: f64) -> KernelImage {
    const SIDE: usize = 48;
    let angle = |i: usize| std::f64::consts::TAU * i as f64 / SIDE as f64;
    let value = |k: usize| {
        let (a, b) = (angle(k / SIDE), angle(k % SIDE));
        let start = (-(1.0 - (a - b).cos()) * 2.0).exp();
        let wave = (3.0 * a).sin() * (3.0 * b).sin();
        ((start + 0.3 * moved * wave) * (1.0 + index as f64)) as f32
    };
    KernelImage {
        points: (0..SIDE).map(|i| 4 * i).collect(),
        values: (0..SIDE * SIDE).map(value).collect(),
    }
}

pub fn spectrum(index: usize, moved: f64) -> Arc<[f64]> {
    let value = |i: usize| {
        let share = i as f64 / 199.0;
        let tail = if share > 0.93 && index % 3 == 2 {
            1e-7
        } else {
            1.0
        };
        (2.0 + moved)
            * (0.6 + 0.1 * index as f64)
            * (-(2.5 + 0.4 * moved) * share.powf(0.6)).exp()
            * tail
    };
    (0..200).map(value).collect()
}

/// A number in (0, 1) that depends on its arguments only: the golden-ratio sequence.
fn uniform(i: usize, stream: usize) -> f64 {
    let x = (i as f64 + 1.0)
        * [
            0.618_033_988_75,
            0.754_877_666_25,
            0.569_840_290_99,
            0.819_172_513_4,
        ][stream % 4];
    x.fract().clamp(1e-6, 1.0 - 1e-6)
}

fn normal(i: usize, stream: usize) -> f64 {
    let angle = std::f64::consts::TAU * uniform(i, stream + 1);
    (-2.0 * uniform(i, stream).ln()).sqrt() * angle.cos()
}

pub fn features(arm: usize, moved: f64, size: f64) -> FeatureSample {
    let points = vec![PointRef::Train(0), PointRef::Test(0), PointRef::Train(1)];
    let signs: Arc<[i8]> = (0..NEURONS)
        .map(|i| if uniform(i, 3) < 0.5 { -1 } else { 1 })
        .collect();
    let mut values = Vec::new();
    for point in 0..points.len() {
        for (i, sign) in signs.iter().enumerate() {
            let start = size * normal(i, point);
            let pull = f64::from(*sign) * if point == 1 { -0.6 } else { 1.0 };
            values.push((start + moved * size * (pull + 0.3 * normal(i + arm, 2))) as f32);
        }
    }
    FeatureSample {
        points,
        signs,
        values,
    }
}

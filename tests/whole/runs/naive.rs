//! A network of one hidden layer and its training in plain loops, from the definitions alone:
//! f(x) = Σ v_i σ(⟨w_i, x⟩) under the standard scaling, a = b = 1.

use ndarray::Array2;
use widescope::data::Dataset;
use widescope::network::Activation;
use widescope::spec::Layers;

#[derive(Clone, Debug)]
pub struct Network {
    /// m × d.
    pub w: Array2<f64>,
    /// outputs × m.
    pub v: Array2<f64>,
    pub activation: Activation,
}

impl Network {
    /// σ(⟨w_i, x_a⟩), points × m.
    pub fn values(&self, x: &Array2<f64>) -> Array2<f64> {
        let z = self.features(x);
        z.mapv(|z| self.activation.value(z))
    }

    fn features(&self, x: &Array2<f64>) -> Array2<f64> {
        Array2::from_shape_fn((x.nrows(), self.w.nrows()), |(a, i)| {
            (0..x.ncols()).map(|j| self.w[[i, j]] * x[[a, j]]).sum()
        })
    }

    /// f at every point, points × outputs.
    pub fn outputs(&self, x: &Array2<f64>) -> Array2<f64> {
        let values = self.values(x);
        Array2::from_shape_fn((x.nrows(), self.v.nrows()), |(a, p)| {
            (0..self.v.ncols())
                .map(|i| self.v[[p, i]] * values[[a, i]])
                .sum()
        })
    }

    /// (s/2)·Σ_a ‖f(x_a) − y_a‖².
    pub fn loss(&self, x: &Array2<f64>, y: &Array2<f64>, s: f64) -> f64 {
        let f = self.outputs(x);
        0.5 * s * (&f - y).iter().map(|r| r * r).sum::<f64>()
    }

    /// −∂/∂W and −∂/∂V of (s/2)·Σ ‖f(x_a) − y_a‖² over the points listed, each as often as it is
    /// listed; zero for a layer that is not trained.
    pub fn descent(&self, data: &Dataset, points: &[usize], s: f64, layers: Layers) -> Direction {
        let mut way = Direction {
            w: Array2::zeros(self.w.raw_dim()),
            v: Array2::zeros(self.v.raw_dim()),
        };
        let (f, z) = (self.outputs(&data.x), self.features(&data.x));
        for &a in points {
            for p in 0..self.v.nrows() {
                let r = s * (f[[a, p]] - data.y[[a, p]]);
                for i in 0..self.w.nrows() {
                    let slope = self.activation.derivative(z[[a, i]]);
                    way.v[[p, i]] -= r * self.activation.value(z[[a, i]]);
                    for j in 0..self.w.ncols() {
                        way.w[[i, j]] -= r * self.v[[p, i]] * slope * data.x[[a, j]];
                    }
                }
            }
        }
        if !layers.hidden() {
            way.w.fill(0.0);
        }
        if !layers.output() {
            way.v.fill(0.0);
        }
        way
    }

    pub fn moved(&self, way: &Direction, length: f64) -> Self {
        Self {
            w: &self.w + &(&way.w * length),
            v: &self.v + &(&way.v * length),
            activation: self.activation,
        }
    }
}

/// A change of both layers.
#[derive(Clone, Debug)]
pub struct Direction {
    pub w: Array2<f64>,
    pub v: Array2<f64>,
}

/// Gradient flow for a time δ by the classical Runge–Kutta rule of order 4 in `parts` equal steps.
pub fn flow(
    mut at: Network,
    (data, s, layers): (&Dataset, f64, Layers),
    time: f64,
    parts: usize,
) -> Network {
    let all: Vec<usize> = (0..data.x.nrows()).collect();
    let way = |at: &Network| at.descent(data, &all, s, layers);
    let h = time / parts as f64;
    for _ in 0..parts {
        let k1 = way(&at);
        let k2 = way(&at.moved(&k1, 0.5 * h));
        let k3 = way(&at.moved(&k2, 0.5 * h));
        let k4 = way(&at.moved(&k3, h));
        for (k, weight) in [(&k1, 1.0), (&k2, 2.0), (&k3, 2.0), (&k4, 1.0)] {
            at = at.moved(k, weight * h / 6.0);
        }
    }
    at
}

/// The V of smallest norm among those with the least ‖σ(XWᵀ)Vᵀ − Y‖, by the normal equations:
/// (AᵀA)⁻¹AᵀY for fewer neurons than points, Aᵀ(AAᵀ)⁻¹Y else.
pub fn least_squares(network: &Network, data: &Dataset) -> Array2<f64> {
    let a = network.values(&data.x);
    let solution = if a.ncols() < a.nrows() {
        solved(a.t().dot(&a), a.t().dot(&data.y))
    } else {
        a.t().dot(&solved(a.dot(&a.t()), data.y.clone()))
    };
    solution.reversed_axes()
}

/// M⁻¹B by Gaussian elimination with row exchanges.
fn solved(mut m: Array2<f64>, mut b: Array2<f64>) -> Array2<f64> {
    let n = m.nrows();
    for k in 0..n {
        let largest = |i: &usize, j: &usize| m[[*i, k]].abs().total_cmp(&m[[*j, k]].abs());
        let pivot = (k..n).max_by(largest).expect("a row is left");
        for j in 0..n {
            m.swap([k, j], [pivot, j]);
        }
        for j in 0..b.ncols() {
            b.swap([k, j], [pivot, j]);
        }
        for i in (0..n).filter(|i| *i != k) {
            let factor = m[[i, k]] / m[[k, k]];
            for j in 0..n {
                m[[i, j]] -= factor * m[[k, j]];
            }
            for j in 0..b.ncols() {
                b[[i, j]] -= factor * b[[k, j]];
            }
        }
    }
    Array2::from_shape_fn(b.raw_dim(), |(i, j)| b[[i, j]] / m[[i, i]])
}

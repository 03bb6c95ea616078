//! Gradient flow of a small network by the classical Runge–Kutta rule, independent of the engine.

use ndarray::Array2;

use super::system::System;

#[derive(Clone, Debug)]
pub struct Weights {
    pub w: Array2<f64>,
    pub v: Array2<f64>,
}

impl System {
    /// −∂L/∂(W, V) with the step factors, zero for a layer that is not trained.
    fn velocity(&self, at: &Weights) -> Weights {
        let p = &self.problem;
        let h = self.features(&at.w);
        let r = self.residual(&at.w, &at.v);
        let mut back = at.v.t().dot(&r);
        back.zip_mut_with(&h, |b, z| *b *= p.activation.derivative(*z));
        let scale = p.loss_factor * p.a;
        let w = back.dot(&p.phi) * (-scale * p.b * p.hidden_step_factor);
        let values = h.mapv(|z| p.activation.value(z));
        let v = r.dot(&values.t()) * (-scale * p.output_step_factor);
        Weights {
            w: if p.layers.hidden() { w } else { w * 0.0 },
            v: if p.layers.output() { v } else { v * 0.0 },
        }
    }

    /// Goes on by a time δ of the run's own steps (t grows by δs) in `parts` equal parts.
    pub fn flow(&self, mut at: Weights, step: f64, parts: usize) -> Weights {
        let h = step / parts as f64;
        let along = |at: &Weights, d: &Weights, t: f64| Weights {
            w: &at.w + &(&d.w * t),
            v: &at.v + &(&d.v * t),
        };
        for _ in 0..parts {
            let k1 = self.velocity(&at);
            let k2 = self.velocity(&along(&at, &k1, 0.5 * h));
            let k3 = self.velocity(&along(&at, &k2, 0.5 * h));
            let k4 = self.velocity(&along(&at, &k3, h));
            for (k, weight) in [(&k1, 1.0), (&k2, 2.0), (&k3, 2.0), (&k4, 1.0)] {
                at = along(&at, k, weight * h / 6.0);
            }
        }
        at
    }
}

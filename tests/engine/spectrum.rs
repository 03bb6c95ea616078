//! Jacobian singular values from the n × n kernel against a direct SVD of the n × p Jacobian.

use faer::Mat;
use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::Observer;
use widescope::spec::{Layers, Observable};
use widescope::task::Cancel;

use crate::problem::{Setting, random};
use crate::twin::jacobian;

#[test]
fn singular_values_are_those_of_the_jacobian() {
    for (outputs, activation) in [(1, Activation::Relu), (2, Activation::Tanh)] {
        let setting = Setting {
            seed: 3,
            m: 150,
            n: 20,
            n_test: 0,
            d: 30,
            outputs,
            activation,
            layers: Layers::Both,
            parameterization: Scaling::Ours.parameterization(),
            mean: false,
        };
        let random = random::<f64>(setting);
        let mut trainer = random.trainer(0.1, true);
        let cancel = Cancel::new();
        for _ in 0..20 {
            trainer.step(&cancel).unwrap();
        }
        let wanted = [Observable::JacobianSpectrum];
        let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
        let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
        let (w, v) = (trainer.hidden_weights(), trainer.output_weights());
        let (_, j) = jacobian(&random.problem, &random.problem.phi, &w, &v);
        let direct = Mat::from_fn(j.nrows(), j.ncols(), |r, c| j[[r, c]])
            .singular_values()
            .unwrap();
        let got = record.singular_values.unwrap();
        assert_eq!(got.len(), direct.len());
        for (x, y) in got.iter().zip(&direct) {
            // Squaring the matrix costs digits of the small values: ε·σ_max²/σ.
            let tolerance = 1e-13 * direct[0] * direct[0] / y;
            assert!((x - y).abs() <= tolerance, "{x} {y}");
        }
    }
}

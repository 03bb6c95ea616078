//! H^∞ of Du et al. and Theorem 1 on linear networks against an independent program.

use ndarray::Array2;
use serde_json::Value;
use widescope::linalg::symmetric_eigenvalues;
use widescope::network::{Activation, Scaling};
use widescope::spec::{Layers, LossOver, Method};
use widescope::task::Cancel;
use widescope::theory::{Curve, slope_covariance};

use super::system::System;

fn load(name: &str) -> Value {
    let path = format!("{}/tests/oracle/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn matrix(json: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(json.clone()).unwrap();
    let columns = rows.first().map_or(0, Vec::len);
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).unwrap()
}

#[test]
fn h_infinity_and_its_eigenvalues() {
    let case = load("C_first_layer");
    let x = matrix(&case["X"]);
    let h = slope_covariance(Activation::Relu, 1.0, &x.dot(&x.t()));
    let expected = matrix(&case["H_infinity"]);
    for ((i, j), got) in h.indexed_iter() {
        // The reference has arccos of 1 − ε on its diagonal, 3·10⁻⁹ from the exact ½.
        let tolerance = if i == j { 1e-8 } else { 1e-12 };
        let off = (got - expected[[i, j]]).abs();
        assert!(off < tolerance, "{i} {j}: {got} is off by {off:e}");
    }
    let values = symmetric_eigenvalues(h, &Cancel::new()).unwrap().unwrap();
    let expected: Vec<f64> =
        serde_json::from_value(case["H_infinity_eigenvalues"].clone()).unwrap();
    assert_eq!(values.len(), expected.len());
    for (got, expected) in values.iter().zip(&expected) {
        assert!((got - expected).abs() < 1e-8, "{got} {expected}");
    }
}

#[test]
fn the_bound_on_linear_networks() {
    for name in ["E_linear_A1_case1_m1", "E_linear_A2_m2"] {
        let case = load(name);
        let x = matrix(&case["X"]);
        let n = x.nrows();
        let step = case["lr"].as_f64().unwrap();
        let system = System {
            name: "E",
            x,
            y: matrix(&case["Y"]),
            w: matrix(&case["U0"])
                .reversed_axes()
                .as_standard_layout()
                .to_owned(),
            v: matrix(&case["V0"]),
            activation: Activation::Identity,
            scaling: Scaling::Standard,
            over: LossOver::Average,
            layers: Layers::Both,
            method: Method::GradientFlow {
                step,
                tolerance: 1e-9,
            },
            steps: 1,
        };
        let reports = system.reports();
        let report = reports.iter().find(|r| r.paper.starts_with("Min")).unwrap();
        let c = report
            .assumptions
            .iter()
            .find(|a| a.symbol == "c")
            .unwrap()
            .value;
        let expected = case["c_sigma_n_plus_m_minus_1"].as_f64().unwrap();
        assert!(
            (c / expected - 1.0).abs() < 1e-9,
            "{name}: c {c} {expected}"
        );
        let bound = report.bounds.iter().find(|b| b.name == "Thm 1").unwrap();
        assert!(matches!(bound.curve, Curve::ExponentialTo { floor, .. } if floor == 0.0));
        for record in case["records"].as_array().unwrap() {
            let k = record["step"].as_u64().unwrap();
            let expected = record["theorem1_bound_on_E_sq"].as_f64().unwrap();
            let time = k as f64 * step * 2.0 / n as f64;
            // The loss is ‖E‖²/n.
            let got = bound.curve.at(k, time) * n as f64;
            assert!(
                (got / expected - 1.0).abs() < 1e-9,
                "{name} {k}: {got} {expected}"
            );
        }
    }
}

//! What a bound is called, and on which side of it measurements are.

use super::*;

fn reading(measured: Option<f64>) -> BoundReading {
    BoundReading {
        arm: 0,
        label: String::new(),
        bound: 2.0,
        measured,
        room: 2e-6,
        failing: Vec::new(),
        ended: None,
    }
}

#[test]
fn a_measurement_is_held_against_the_right_side() {
    assert_eq!(reading(Some(1.0)).respected(true), Some(true));
    assert_eq!(reading(Some(1.0)).respected(false), Some(false));
    assert_eq!(reading(Some(2.0 + 1e-9)).respected(true), Some(true));
    assert_eq!(reading(Some(f64::NAN)).respected(true), None);
    assert_eq!(reading(None).respected(true), None);
}

#[test]
fn a_bound_is_named_by_its_paper_and_says_what_it_needs() {
    let bound = Bound {
        name: "(50)".to_owned(),
        definition: String::new(),
        quantity: Quantity::TrainLoss,
        upper: true,
        curve: Curve::Constant(1.0),
        accuracy: crate::theory::Accuracy::default(),
        failing: Vec::new(),
        one_step: None,
        end: None,
    };
    let of = |paper| Stated {
        paper,
        bound: &bound,
    };
    assert_eq!(of("Chen, Vanden-Eijnden, Bruna 2022").name(), "Chen (50)");
    assert_eq!(of("Song et al. 2021").name(), "Song (50)");
    let failing = |texts: &[&str]| BoundReading {
        failing: texts.iter().map(|text| (*text).to_owned()).collect(),
        ..reading(None)
    };
    let key = |readings| BoundKey {
        name: String::new(),
        definition: String::new(),
        quantity: Quantity::TrainLoss,
        upper: true,
        readings,
    };
    let method = "stated for gradient flow; this run is gradient descent";
    let many = [
        method,
        "ĉ = 0.3100, has to be at least 4.100",
        "η̃⁰ = 0, has to be above 0",
    ];
    let needs = key(vec![failing(&many)]).needs();
    assert_eq!(needs.as_deref(), Some("needs ĉ ≥ 4.100"));
    assert_eq!(key(vec![failing(&[method])]).needs(), None);
    // It applies to one arm.
    assert_eq!(key(vec![failing(&many), failing(&[])]).needs(), None);
}

#[test]
fn nothing_is_held_against_a_bound_that_ended() {
    let ended = "ends at step 400: the step δ became 0.2000".to_owned();
    let reading = BoundReading {
        ended: Some(ended.clone()),
        ..reading(Some(3.0))
    };
    assert_eq!(reading.respected(true), None);
    let key = BoundKey {
        name: "Thm 4.1".to_owned(),
        definition: String::new(),
        quantity: Quantity::TrainLoss,
        upper: true,
        readings: vec![reading],
    };
    assert!(key.text().ends_with(&ended), "{}", key.text());
}

//! The printed statements of theorems, recomputed from the data and the weights by plain sums.

use ndarray::Array2;
use widescope::network::{Activation, Scaling};
use widescope::spec::{BatchOrder, Layers, LossOver, Method};
use widescope::theory::{Bound, Curve, PaperReport};

use super::cases::{halves, moderate};
use super::system::{System, normals, seeded};

fn report(system: &System) -> PaperReport {
    let paper = match system.name {
        "D" => "Oymak",
        _ => "Min",
    };
    let reports = system.reports().into_iter();
    let mut reports = reports.filter(|r| r.paper.starts_with(paper));
    reports.next().expect("the paper speaks of it")
}

fn bound<'a>(report: &'a PaperReport, name: &str) -> &'a Bound {
    let names = || report.bounds.iter().map(|b| &b.name).collect::<Vec<_>>();
    let found = report.bounds.iter().find(|b| b.name == name);
    found.unwrap_or_else(|| panic!("{name}: {:?}", names()))
}

fn constant(report: &PaperReport, name: &str) -> f64 {
    match bound(report, name).curve {
        Curve::Constant(value) => value,
        curve => panic!("{name}: {curve:?}"),
    }
}

fn assumption(report: &PaperReport, symbol: &str) -> (f64, bool) {
    let found = report.assumptions.iter().find(|a| a.symbol == symbol);
    let found = found.unwrap_or_else(|| panic!("{symbol}: {:?}", report.assumptions));
    (found.value, found.holds())
}

fn near(got: f64, expected: f64) {
    let off = (got / expected - 1.0).abs();
    assert!(off < 1e-9, "{got} {expected}");
}

fn norm(x: &Array2<f64>) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// ‖f(W₀) − y‖.
fn misfit(system: &System) -> f64 {
    let features = system.w.dot(&system.x.t());
    let values = features.mapv(|h| system.activation.value(h));
    norm(&(values.t().dot(&system.v.t()) - &system.y))
}

/// E of a function of a standard normal, by a sum over a fine grid.
fn mean(f: impl Fn(f64) -> f64) -> f64 {
    let points = (-120_000..=120_000).map(|k| f64::from(k) * 1e-4);
    let density = |g: f64| (-0.5 * g * g).exp() / (2.0 * std::f64::consts::PI).sqrt();
    points.map(|g| 1e-4 * density(g) * f(g)).sum()
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Orthogonal unit inputs: ‖X‖ = σ_min(X∗X) = 1, and λ(X) = E[φ'(g)²].
fn softplus() -> (System, [f64; 2]) {
    let system = moderate(Activation::Softplus, 3, 64, &mut seeded(7));
    let roots = [
        mean(|g| g * sigmoid(g)),
        mean(|g| sigmoid(g).powi(2)).sqrt(),
    ];
    (system, roots)
}

#[test]
fn theorems_2_1_and_6_2_have_the_printed_rate_radius_and_path() {
    let (system, roots) = softplus();
    let (n, y, r) = (3f64, norm(&system.y), misfit(&system));
    let Method::GradientDescent { step } = system.method else {
        panic!("gradient descent");
    };
    let report = report(&system);
    for (name, root) in ["Thm 2.1", "Thm 6.2"].into_iter().zip(roots) {
        let expected = 32f64.sqrt() * n.sqrt() / y * r / root;
        near(constant(&report, &format!("{name} radius")), expected);
        near(constant(&report, &format!("{name} path")), expected);
        // η̄ of η = nη̄/(2B²‖y‖²‖X‖²), B = 1; the loss is the square of the norm.
        let share = step * 2.0 * y * y / n;
        let factor = (1.0 - share / 32.0 * root * root).powi(2);
        let curve = bound(&report, name).curve;
        near(curve.at(5, 0.0), 0.5 * r * r * factor.powi(5));
        // (6.10) and (6.11): 4‖f(W₀) − y‖/α, α = ‖v‖√λ/√8.
        let alpha = norm(&system.v) * root / 8f64.sqrt();
        for equation in ["(6.10)", "(6.11)"] {
            let name = format!("{equation} for {name}");
            near(constant(&report, &name), 4.0 * r / alpha);
            near(constant(&report, &name), 2.0 * expected);
        }
    }
}

#[test]
fn theorems_2_3_and_6_3_have_the_printed_rate_and_radius() {
    let system = moderate(Activation::Relu, 3, 64, &mut seeded(8));
    let (n, y, r) = (3f64, norm(&system.y), misfit(&system));
    let Method::GradientDescent { step } = system.method else {
        panic!("gradient descent");
    };
    let report = report(&system);
    let pi = std::f64::consts::PI;
    // η̄ of η = nη̄/(3‖y‖²‖X‖²).
    let share = step * 3.0 * y * y / n;
    let printed = [
        ("Thm 2.3", 48.0 * pi, 12.0 * pi.sqrt()),
        // λ(X) = ½.
        ("Thm 6.3", 48.0, 6.0 * 2f64.sqrt() / 0.5f64.sqrt()),
    ];
    for (name, rate, radius) in printed {
        let expected = radius * n.sqrt() / y * r;
        near(constant(&report, &format!("{name} radius")), expected);
        let factor = (1.0 - share / rate).powi(2);
        let curve = bound(&report, name).curve;
        near(curve.at(5, 0.0), 0.5 * r * r * factor.powi(5));
    }
}

#[test]
fn theorems_of_oymak_are_about_their_own_output_weights() {
    let (mut system, _) = softplus();
    let about = |failing: &[String]| failing.iter().any(|f| f.starts_with("max|v − v*|"));
    assert!(!about(&bound(&report(&system), "Thm 2.1").failing));
    system.v = halves(64, 0.1);
    let report = report(&system);
    assert!(about(&bound(&report, "Thm 2.1").failing));
    assert!(about(&bound(&report, "Thm 6.2 path").failing));
    for name in ["(6.9) for Thm 2.1", "(6.10) for Thm 6.2"] {
        assert!(!about(&bound(&report, name).failing));
    }
}

/// At the theorem's own largest step for ν = 3 its event may have probability 0; at a hundredth of
/// it, ν is 300.
#[test]
fn theorem_2_6_says_how_probable_its_event_is() {
    let (mut system, [mu, _]) = softplus();
    let y = norm(&system.y);
    let limit = mu * mu * 3.0 / (27.0 * y * y);
    let spread = (3.0 / mu).powf(1.0 / (64.0 * 4.0));
    for (share, nu) in [(1.0, 3.0), (0.01, 300.0)] {
        system.method = Method::Sgd {
            step: share * limit,
            batch: 1,
            order: BatchOrder::WithReplacement,
        };
        let report = report(&system);
        let (probability, holds) = assumption(&report, "P(E)");
        near(probability, 1.0 - 4.0 / nu * spread);
        assert_eq!(holds, nu > 4.0 * spread);
        let bound = bound(&report, "Thm 2.6");
        assert!(bound.definition.contains("1_E"), "{}", bound.definition);
        let silent = bound.failing.iter().any(|f| f.starts_with("says nothing"));
        assert_eq!(silent, nu == 3.0, "{:?}", bound.failing);
    }
}

/// It is stated in the setting of Theorem 2.1: unit inputs, the theorem's v, a smooth activation.
#[test]
fn theorem_2_6_fails_where_the_setting_of_theorem_2_1_does() {
    let (mut system, _) = softplus();
    system.method = Method::Sgd {
        step: 1e-4,
        batch: 1,
        order: BatchOrder::WithReplacement,
    };
    let failing = |system: &System| bound(&report(system), "Thm 2.6").failing.clone();
    let about = |system: &System, what: &str| failing(system).iter().any(|f| f.starts_with(what));
    let (unit, law, smooth) = ("max |‖xₐ‖ − 1|", "max|v − v*|", "stated for smooth");
    for what in [unit, law, smooth] {
        assert!(!about(&system, what), "{:?}", failing(&system));
    }
    let mut longer = system.clone();
    longer.x.row_mut(1).mapv_inplace(|x| 1.1 * x);
    assert!(about(&longer, unit), "{:?}", failing(&longer));
    assert!(!about(&longer, law));
    let mut other = system.clone();
    other.v = halves(64, 0.1);
    assert!(about(&other, law), "{:?}", failing(&other));
    system.activation = Activation::Relu;
    assert!(about(&system, smooth), "{:?}", failing(&system));
}

/// A linear network with h = 16, D = 5, n = 3, m = 2.
fn linear(omega1: f64, omega2: f64) -> System {
    let mut rng = seeded(9);
    let sized = |x: Array2<f64>, size: f64| {
        let root = (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64).sqrt();
        x * (size / root)
    };
    System {
        name: "E",
        x: normals(3, 5, &mut rng),
        y: normals(3, 2, &mut rng),
        w: sized(normals(16, 5, &mut rng), omega1),
        v: sized(normals(2, 16, &mut rng), omega2),
        activation: Activation::Identity,
        scaling: Scaling::Standard,
        over: LossOver::Average,
        layers: Layers::Both,
        method: Method::GradientFlow {
            step: 0.1,
            tolerance: 1e-9,
        },
        steps: 1,
    }
}

#[test]
fn theorem_2_of_min_has_the_constant_of_its_proof() {
    let mut system = linear(0.25, 0.25);
    // XXᵀ = diag(4, 1, 9).
    system.x = Array2::zeros((3, 5));
    for (a, length) in [2.0, 1.0, 3.0].into_iter().enumerate() {
        system.x[[a, a]] = length;
    }
    let c = (1.0 + 2.0 * 9f64.sqrt() * norm(&system.y) / 1.0).exp();
    let tail = 7f64.sqrt() + 0.5 * 20f64.ln();
    let expected = 2.0 * c * 5f64.sqrt() * tail / 4.0;
    let report = report(&system);
    near(constant(&report, "Thm 2"), expected);
    let failing = &bound(&report, "Thm 2").failing;
    let narrow = failing.iter().any(|f| f.starts_with("h = 16"));
    assert!(narrow, "h₀ is {}: {failing:?}", 16.0 * tail * tail * 18.0);
}

#[test]
fn both_layers_have_to_be_of_the_law_of_theorem_2_of_min() {
    for (omega1, omega2) in [(0.25, 0.25), (0.25, 0.025), (0.025, 0.25)] {
        let report = report(&linear(omega1, omega2));
        let of = |symbol: &str, omega: f64| {
            let (value, holds) = assumption(&report, symbol);
            near(value, 4.0 * omega);
            assert_eq!(holds, omega == 0.25, "{symbol}");
        };
        of("ω1√h", omega1);
        of("ω2√h", omega2);
        let failing = &bound(&report, "Thm 2").failing;
        let about = failing.iter().filter(|f| f.starts_with('ω')).count();
        assert_eq!(about, usize::from(omega1 != omega2), "{failing:?}");
    }
}

/// The probability that the paper's lemma leaves: 2e^{−t²} at t = ½log(2/δ).
#[test]
fn the_probability_of_lemma_1_of_min_is_noted() {
    let t: f64 = 0.5 * 20f64.ln();
    let failure = 2.0 * (-t * t).exp();
    let report = report(&linear(0.25, 0.25));
    let found = report.requirements.iter();
    let lemma = found
        .into_iter()
        .find(|r| r.definition.contains("Lemma 1 (18)"));
    let lemma = lemma.expect("Lemma 1");
    assert!(
        lemma
            .definition
            .contains(&format!("= {failure:.2} at δ = 0.1"))
    );
    near(lemma.required, 1.0 - 2.0 * (7f64.sqrt() + t) / 4.0);
}

#[test]
fn given_weights_of_about_the_size_of_a_law_are_not_found_fault_with() {
    let mut rng = seeded(11);
    let mut system = super::cases::feature_learning(Activation::Tanh, 1.0, 0.3, &mut rng);
    let reports = system.reports();
    let of_chen = |reports: &[PaperReport]| {
        let report = reports.iter().find(|r| r.paper.starts_with("Chen"));
        assumption(report.expect("it is theirs"), "ω1")
    };
    let (size, holds) = of_chen(&reports);
    assert!(size != 1.0 && holds, "{size}");
    system.w *= 1.2;
    let (size, holds) = of_chen(&system.reports());
    assert!(!holds, "{size}");
}

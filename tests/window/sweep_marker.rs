//! The value that is marked along the axis of a sweep.

use widescope::figure::{Curves, CurvesOptions, Layer};
use widescope::spec::SweepValue;
use widescope::ui::panel::PanelState;
use widescope::ui::{SweepView, Theme};

use crate::fake_sweep::{CURVES, view};
use crate::snapshot::snapshot;
use crate::sweep_panels::{SIZE, draw};

/// ω₂/ω₁ with ω₁ω₂ = 0.02 and m = 100: He's √(2/100) squared is the product, so that He's start is ratio 1.
fn ratios() -> SweepView {
    let axis = r#"(field: "network.width", values: [16, 32, 64, 128, 256, 512], show: XAxis)"#;
    let ratios = r#"(field: "init.omega_ratio", values: [0.01, 0.1, 0.5, 2.0, 10.0], show: XAxis)"#;
    let text = CURVES
        .replace(axis, ratios)
        .replace("width: 12", "width: 100")
        .replace("output: SignedHalves", "w_std: 0.1, output: Gaussian(0.2)");
    view(&text, |_| true)
}

#[test]
fn hes_start_is_marked_along_the_ratio_and_tells_its_formula() {
    let sweep = ratios();
    let options = CurvesOptions {
        value: SweepValue::Measure("movement".to_owned()),
        log: [None; 2],
        hidden: &[].into(),
    };
    let curves = Curves::new(&sweep.plan, &sweep.table, &options, None);
    let marker = curves.marker.expect("a marker");
    assert!(marker.at.abs() < 1e-12, "{marker:?}");
    let formula = "√(2/m) = 0.1414";
    assert!(marker.definition.contains(formula), "{}", marker.definition);
    let layers = curves.figure.expect("a figure").layers;
    let rules = layers
        .iter()
        .filter(|layer| matches!(layer, Layer::Rule(_)));
    assert_eq!(rules.count(), 1);
    let bitmap = draw(&sweep, &Theme::light(), SIZE, &mut PanelState::default());
    snapshot("panel-curves-marker", &bitmap);
    let widths = view(CURVES, |_| true);
    let curves = Curves::new(&widths.plan, &widths.table, &options, None);
    assert_eq!(curves.marker, None);
}

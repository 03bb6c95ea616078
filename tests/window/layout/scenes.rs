//! What is drawn: windows of finished runs at all sizes.

use widescope::preset::{Experiment, library};
use widescope::ui::{App, Theme};

use super::drawn::{Drawn, context, draw};
use crate::fake_run;

/// Screens in points at a zoom of 100 %; the last one has two pixels a point.
const SCREENS: [[f32; 2]; 4] = [
    [960.0, 600.0],
    [1280.0, 720.0],
    [1600.0, 1000.0],
    [1920.0, 1080.0],
];
/// Zooms.
const ZOOMS: [f32; 5] = [0.8, 1.0, 1.4, 2.0, 3.0];
/// The zoom ends where fewer points than these are left.
const LEAST: [f32; 2] = [480.0, 300.0];

/// Sizes of the window in points, over all screens and zooms.
pub fn sizes() -> Vec<[f32; 2]> {
    let sizes = SCREENS.iter().flat_map(|screen| {
        let zoomed = ZOOMS.map(|zoom| screen.map(|side| (side / zoom).floor()));
        zoomed.into_iter()
    });
    sizes
        .filter(|size| size[0] >= LEAST[0] && size[1] >= LEAST[1])
        .collect()
}

/// The window of a finished run, at one size after the other.
fn window(experiment: Experiment) -> impl FnMut([f32; 2]) -> Drawn {
    let history = fake_run::finished(&experiment);
    let mut app = App::with_history(experiment, history);
    let context = context(|context| Theme::dark().apply(context));
    move |size| draw(&context, size, |ui| app.ui(ui))
}

/// A shipped preset with a run made of formulas.
pub fn preset(name: &str) -> impl FnMut([f32; 2]) -> Drawn {
    window(library::load(name).expect(name))
}

/// A run of so many arms.
pub fn arms(count: usize) -> impl FnMut([f32; 2]) -> Drawn {
    let names = [
        "ours",
        "NTK",
        "MF",
        "ω₂/ω₁ = 0.1",
        "ω₂/ω₁ = 0.3",
        "n = 150, ReLU",
        "n = 300, tanh",
        "quadratic embedding, m = 4096",
        "γ = 0.75",
    ];
    window(fake_run::experiment(&names[..count]))
}

//! What the window shows while it is timed.

use widescope::preset::{Experiment, library, set};

/// Three arms (ours, NTK, mean-field) on n = 600 signed pairs with D = m random features, as in Chen et
/// al. 2022, Fig. 4, with every observable of the default preset, in five panels. With `sweep` a phase
/// diagram over width and n is in the place of the story, and its trials are carried out beside.
pub fn experiment(width: usize, sweep: bool) -> anyhow::Result<Experiment> {
    let arms = "(field: \"scaling\", values: [Ours, Ntk, MeanField], names: [\"ours\", \"NTK\", \"MF\"], \
                show: Arms)";
    let grid = "(field: \"network.width\", values: [16, 32, 64, 128, 256, 512], show: Grid), \
                (field: \"data.n\", values: [50, 100, 200, 400], show: Grid)";
    let sets = if sweep {
        vec![
            ("sweep", SWEEP.to_owned()),
            ("axes", format!("[{arms}, {grid}]")),
            (
                "panels",
                "[Loss, Spectrum, FeatureMap, Regime, Phase]".to_owned(),
            ),
        ]
    } else {
        vec![(
            "panels",
            "[Loss, Spectrum, FeatureMap, Regime, Story]".to_owned(),
        )]
    };
    let fixed = [
        ("data", "SignedPairs(d: 50, n: 600, n_test: 500)".to_owned()),
        ("network.width", width.to_string()),
        (
            "network.embedding",
            "RandomFeatures(width: SameAsNetwork)".to_owned(),
        ),
        ("train.stop.steps", "50000".to_owned()),
        ("claims", "[]".to_owned()),
    ];
    let base = library::load("lazy-vs-feature")?;
    let mut preset = base.preset;
    if sweep {
        // A sweep has to be there before its fields can be set.
        preset.sweep = library::load("oymak-fig2-live")?.preset.sweep;
    }
    for (path, value) in fixed.into_iter().chain(sets) {
        preset = set(&preset, path, &value)?;
    }
    Ok(Experiment::check(preset, &base.name, base.folder)?)
}

/// More trials than are carried out while frames are timed.
const SWEEP: &str =
    "(trials: 1000, measures: [(name: \"final_loss\", of: \"train_loss\", at: End)])";

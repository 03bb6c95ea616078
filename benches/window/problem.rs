//! What the window shows while it is timed.

use widescope::preset::{Experiment, library};

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
            ("axes", format!("[{arms}, {grid}]")),
            ("sweep", SWEEP.to_owned()),
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
    let sets: Vec<_> = fixed
        .into_iter()
        .chain(sets)
        .map(|(path, value)| (path.to_owned(), value))
        .collect();
    // An axis that varies the width forbids to set it, so the axes come last.
    Ok(library::load_with("lazy-vs-feature", &sets)?)
}

/// More trials than are carried out while frames are timed.
const SWEEP: &str =
    "(trials: 1000, measures: [(name: \"final_loss\", of: \"train_loss\", at: End)])";

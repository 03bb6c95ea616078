//! Trains one arm of the default preset and prints how far it went from where it began.
//!
//! `cargo run --example train_one_arm` trains the network with the NTK scaling, which is lazy;
//! `cargo run --example train_one_arm ours` one that learns features (`MF` is the third).

use widescope::experiment::{Progress, run_all};
use widescope::history::RunHistory;
use widescope::preset::library;
use widescope::spec::Quantity;
use widescope::task::Cancel;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted = std::env::args().nth(1).unwrap_or("NTK".to_owned());

    // The preset by its name, with two fields set as `--set` would: fewer steps than in the window,
    // and everything measured at every record.
    let sets = [
        ("train.stop.steps", "1000"),
        ("observe.costly", "EveryRecord"),
    ];
    let sets = sets.map(|(path, value)| (path.to_owned(), value.to_owned()));
    let mut experiment = library::load_with("lazy-vs-feature", &sets)?;

    // An experiment is a list of arms: here one network under three scalings. Keep one.
    experiment.arms.retain(|arm| arm.label == wanted);
    if experiment.arms.is_empty() {
        return Err(format!("no arm `{wanted}`; there are ours, NTK and MF").into());
    }

    // Train it. The history collects the records as they come.
    let mut history = RunHistory::new([wanted]);
    run_all(&experiment, &Cancel::new(), &mut |progress| {
        if let Progress::Event(event) = progress {
            history.apply(&event);
        }
    })?;

    // Three measures of the regime, beside the loss. All stay small in a lazy network: how far the
    // features moved, how much the tangent kernel changed, and how far the outputs are from those
    // of the linearized network trained beside it.
    let shown = [
        Quantity::TrainLoss,
        Quantity::RelativeFeatureMovement,
        Quantity::NtkChange,
        Quantity::LazyGapTrain,
    ];
    let arm = &history.arms()[0];
    println!("{}", arm.label);
    println!("step       loss   features     kernel   lazy gap");
    for step in [0, 1, 10, 100, 1000] {
        let Some(record) = arm.at(step) else { continue };
        let values = shown.map(|quantity| record.get(quantity).unwrap_or(f64::NAN));
        let [loss, features, kernel, gap] = values;
        println!("{step:4}   {loss:8.5}   {features:8.5}   {kernel:8.5}   {gap:8.5}");
    }
    Ok(())
}

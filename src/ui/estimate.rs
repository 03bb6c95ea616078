//! Whether a run is small enough to start unasked.

use crate::experiment::Estimate;
use crate::number;
use crate::number::rounded_down;
use crate::preset::{Experiment, set, text_at};
use crate::spec::Preset;

/// Memory from which the user is asked first.
const ASK_BYTES: u64 = 2 << 30;
/// Seconds for one step from which the user is asked first.
const ASK_SECONDS: f64 = 1.0;

/// What is to be done with a run that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Start it. It takes so many floating-point operations a step.
    Start(f64),
    /// Ask first, with its size and time.
    Ask(String, f64),
    /// It can't be run here; why.
    Refuse(String),
}

/// Judges a run by its estimated memory and, where the speed of this machine was measured in a run
/// before (floating-point operations a second), by its time.
pub fn verdict(experiment: &Experiment, flops_per_second: Option<f64>) -> Verdict {
    let estimate =
        match Estimate::of(experiment).and_then(|e| e.refuse_if_too_big_now().map(|()| e)) {
            Ok(estimate) => estimate,
            Err(error) => return Verdict::Refuse(error.to_string()),
        };
    let seconds = flops_per_second
        .map(|rate| estimate.flops_per_step / rate)
        .filter(|s| s.is_finite());
    if estimate.bytes < ASK_BYTES && seconds.is_none_or(|s| s < ASK_SECONDS) {
        return Verdict::Start(estimate.flops_per_step);
    }
    let steps = experiment
        .arms
        .iter()
        .map(|arm| arm.preset.train.stop.steps)
        .max()
        .unwrap_or(0);
    let time = seconds.map_or_else(String::new, |s| {
        let whole = number::duration(s * steps as f64);
        format!(
            " and about {} s a step by the speed of the last run, {whole} in all",
            number::compact(s)
        )
    });
    Verdict::Ask(
        format!(
            "This run needs up to {}{time}.",
            number::bytes(estimate.bytes)
        ),
        estimate.flops_per_step,
    )
}

/// The largest whole number in two digits that `field` can have between its value in `accepted`, which
/// can be run here, and that in `refused`, which can't.
pub fn largest(
    experiment: &Experiment,
    accepted: &Preset,
    refused: &Preset,
    field: &str,
) -> Option<u64> {
    let number = |preset| text_at(preset, field)?.trim().parse::<u64>().ok();
    let fits = |number: u64| {
        let preset = set(refused, field, &number.to_string()).ok();
        let folder = experiment.folder.clone();
        let whole = preset.and_then(|p| Experiment::check(p, &experiment.name, folder).ok());
        whole.is_some_and(|whole| !matches!(verdict(&whole, None), Verdict::Refuse(_)))
    };
    let (least, most) = (number(accepted)?, number(refused)?);
    let (mut fitting, mut too_many) = (least, most);
    while too_many.saturating_sub(fitting) > 1 {
        let middle = u64::midpoint(fitting, too_many);
        if fits(middle) {
            fitting = middle;
        } else {
            too_many = middle;
        }
    }
    let round = rounded_down(fitting as f64, 2) as u64;
    (round > least && fits(round)).then_some(round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::library;
    use crate::spec::Preset;

    fn with_width(width: usize) -> Experiment {
        let shipped = library::load(library::DEFAULT).unwrap();
        let mut preset: Preset = shipped.preset;
        preset.network.width = width;
        Experiment::check(preset, "test", ".".into()).unwrap()
    }

    #[test]
    fn a_shipped_preset_starts_and_a_slow_machine_is_asked() {
        let experiment = with_width(1024);
        let Verdict::Start(flops) = verdict(&experiment, None) else {
            panic!("asked")
        };
        assert!(flops > 0.0);
        assert_eq!(
            verdict(&experiment, Some(2.0 * flops)),
            Verdict::Start(flops)
        );
        let Verdict::Ask(question, _) = verdict(&experiment, Some(flops / 3.0)) else {
            panic!("not asked")
        };
        assert!(question.contains("about 3 s a step"), "{question}");
    }

    #[test]
    fn of_what_is_refused_the_largest_that_can_be_run_is_found() {
        let experiment = with_width(1024);
        let accepted = &experiment.preset;
        let refused = set(accepted, "data.n", "1000000").expect("it takes it");
        let most = largest(&experiment, accepted, &refused, "data.n").expect("some fit");
        let run = |n: u64| {
            let preset = set(accepted, "data.n", &n.to_string()).expect("it takes it");
            let run = Experiment::check(preset, "test", ".".into()).expect("it is valid");
            !matches!(verdict(&run, None), Verdict::Refuse(_))
        };
        assert!(run(most) && !run(most + most / 2), "{most}");
        assert!(most > 200, "{most}");
    }

    #[test]
    fn what_no_machine_holds_is_refused_with_what_fits() {
        let Verdict::Refuse(message) = verdict(&with_width(1 << 24), None) else {
            panic!("not refused")
        };
        assert!(
            message.contains("network.width") && message.contains("allowed"),
            "{message}"
        );
    }
}

//! Trains, then draws with the window's own code.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

use super::options::{Format, Size};
use super::{Args, figure, swept};
use crate::cli::exit::{Exit, complain};
use crate::cli::interrupt::cancel_on_interrupt;
use crate::cli::recorded;
use crate::cli::sweep::plan_of;
use crate::cli::training::train;
use crate::experiment::Estimate;
use crate::export::{Provenance, atomic_write, check_writable, portable};
use crate::history::{EventKind, Outcome, RunHistory, StopReason};
use crate::preset;
use crate::preset::{Arm, Experiment};
use crate::render::{Picture, PictureOptions};
use crate::sweep::Plan;
use crate::task::Cancel;
use crate::ui::SweepView;
use crate::ui::still::{Shown, panel_picture, window_picture};

/// Size of the whole window.
const WINDOW: Size = Size {
    width: 1600,
    height: 1000,
};

/// Size of a panel.
const PANEL: Size = Size {
    width: 900,
    height: 600,
};

/// Trains and draws.
///
/// # Errors
/// Those of the options, the preset and the picture's file, all before training starts.
pub fn render(args: &Args) -> anyhow::Result<Exit> {
    let format = Format::of(&args.out)?;
    let drawing = match args.is_figure() {
        true => Drawing::Figure(figure::Plan::new(args)?),
        false => {
            format.check_window(&args.out)?;
            Drawing::Window(options(args)?)
        }
    };
    let experiment = args.source.load()?;
    if let Drawing::Figure(plan) = &drawing {
        plan.check(args, &experiment)?;
    }
    Estimate::of(&experiment)?.refuse_if_too_big_now()?;
    let cancel = cancel_on_interrupt()?;
    check_writable(&args.out)?;
    let sweep = sweep(args, &experiment, &cancel)?;
    let history = match run_folder(args) {
        _ if is_of_sweep(args) => RunHistory::default(),
        Some(folder) => read_back(folder, &experiment, &cancel, args)?,
        None => record(&experiment, &cancel, args)?,
    };
    let shown = Shown {
        experiment: &experiment,
        history: &history,
        sweep: sweep.as_ref(),
    };
    let provenance = provenance(args, &experiment);
    let files = match &drawing {
        Drawing::Figure(plan) => plan.files(args, format, shown, &provenance)?,
        Drawing::Window(options) => {
            let picture = draw(args, options, shown)?;
            let bytes = match format {
                Format::Svg => picture.to_svg(&provenance).into_bytes(),
                _ => picture.to_png(&provenance)?,
            };
            vec![(args.out.clone(), bytes)]
        }
    };
    cancel.check()?;
    for (path, bytes) in files {
        if let Err(error) = atomic_write(&path, |out| out.write_all(&bytes)) {
            complain(&error.to_string());
            return Ok(Exit::Failed);
        }
    }
    Ok(ended(&history))
}

/// What is drawn.
enum Drawing {
    /// The window, or a panel as it is there.
    Window(PictureOptions),
    /// A figure.
    Figure(figure::Plan),
}

fn options(args: &Args) -> anyhow::Result<PictureOptions> {
    let usual = if args.panel.is_empty() { WINDOW } else { PANEL };
    let size = match &args.size {
        Some(text) => {
            let size: Result<Size, String> = text.parse();
            size.map_err(|error| anyhow::anyhow!("--size {text}: {error}"))?
        }
        None => usual,
    };
    let scale = args.scale.unwrap_or(1.0);
    let options =
        PictureOptions::new(size.width as f32, size.height as f32).with_pixels_per_point(scale);
    options
        .size_in_pixels()
        .with_context(|| format!("--size {size} --scale {scale}"))?;
    if args.panel.len() > 1 {
        bail!("--as-window shows one panel; allowed for several: a figure, without --as-window");
    }
    Ok(options)
}

/// Trains to the end, or to the step that is drawn, which gets a record as every last step does.
fn record(experiment: &Experiment, cancel: &Cancel, args: &Args) -> anyhow::Result<RunHistory> {
    let steps = experiment
        .arms
        .iter()
        .map(|arm| arm.preset.train.stop.steps);
    let last = steps.max().unwrap_or(0);
    let step = args.step.unwrap_or(last);
    if step > last {
        bail!("--step {step}: the run ends before; allowed: 0 to {last}");
    }
    let mut trained = experiment.clone();
    for arm in &mut trained.arms {
        let stop = &mut arm.preset.train.stop;
        stop.steps = stop.steps.min(step);
    }
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    train(&trained, cancel, args.quiet, |event| {
        if !ends_early(experiment, step, &event) {
            history.apply(&event);
        }
    })?;
    Ok(history)
}

/// The folder of a finished run to draw, where --from names one.
fn run_folder(args: &Args) -> Option<&Path> {
    let folder = args.from.as_deref()?;
    recorded::holds_run(folder).then_some(folder)
}

/// The end of the run in a folder.
fn read_back(
    folder: &Path,
    experiment: &Experiment,
    cancel: &Cancel,
    args: &Args,
) -> anyhow::Result<RunHistory> {
    if let Some(step) = args.step {
        bail!(
            "--step {step}: not allowed with --from {}; allowed: the end of that run, or a run \
             without --from",
            folder.display()
        );
    }
    recorded::run(folder, experiment, cancel)
}

/// Whether an arm, or the run, ended only because it was not to go beyond `step`.
fn ends_early(experiment: &Experiment, step: u64, event: &EventKind) -> bool {
    let goes_on = |arm: &Arm| step < arm.preset.train.stop.steps;
    match event {
        EventKind::Ended {
            arm,
            outcome: Outcome::Finished(StopReason::Steps),
        } => experiment.arms.get(*arm).is_some_and(goes_on),
        EventKind::Finished => experiment.arms.iter().any(goes_on),
        _ => false,
    }
}

/// Whether the picture is of panels that show a sweep and nothing of the run.
fn is_of_sweep(args: &Args) -> bool {
    !args.panel.is_empty() && args.panel.iter().all(|panel| panel.shows.is_sweep())
}

/// Whether some panel of the picture shows a sweep.
fn shows_sweep(args: &Args) -> bool {
    args.panel.iter().any(|panel| panel.shows.is_sweep())
}

/// The sweep, where the picture shows it: the whole window does where the preset has one.
fn sweep(
    args: &Args,
    experiment: &Experiment,
    cancel: &Cancel,
) -> anyhow::Result<Option<SweepView>> {
    let from = args.from.as_ref().filter(|_| run_folder(args).is_none());
    if let (true, None, Some(folder)) = (shows_sweep(args), from, &args.from) {
        bail!(
            "--from {}: it holds a run; allowed for this panel: the --out of a sweep, or of a merge",
            folder.display()
        );
    }
    let is_asked_for = shows_sweep(args) || from.is_some();
    let plan = if is_asked_for {
        plan_of(experiment)?
    } else {
        let is_shown = args.panel.is_empty() && args.from.is_none();
        match Plan::of(experiment).filter(|_| is_shown) {
            Some(plan) => plan,
            None => return Ok(None),
        }
    };
    match from {
        Some(path) => {
            let table = recorded::sweep(path, experiment, &plan)?;
            Ok(SweepView::recorded(plan, table))
        }
        None => swept::carried_out(plan, cancel, args.quiet),
    }
    .map(Some)
}

fn draw(args: &Args, options: &PictureOptions, shown: Shown<'_>) -> anyhow::Result<Picture> {
    let (choice, theme) = (args.theme.choice(), args.theme.theme());
    Ok(match args.panel.first() {
        None => window_picture(options, (choice, &theme), shown)?,
        Some(panel) => panel_picture(options, &theme, panel.kind, shown)?,
    })
}

fn provenance(args: &Args, experiment: &Experiment) -> Vec<(String, String)> {
    let ron = preset::to_ron(&portable(experiment));
    Provenance::new(experiment, ron, Some(&args.words())).entries()
}

/// A picture of a run that failed is a picture all the same, but the exit code says so.
fn ended(history: &RunHistory) -> Exit {
    let failed: Vec<_> = history
        .arms()
        .iter()
        .filter_map(|arm| Some((&arm.label, arm.outcome.as_ref()?)))
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Finished(_)))
        .collect();
    failed
        .iter()
        .for_each(|(label, outcome)| complain(&format!("{label}: {outcome}")));
    if failed.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    }
}

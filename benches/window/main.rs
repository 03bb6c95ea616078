//! The window under load, without a display: the program's own app and worker, training on all cores.
//!
//! `cargo bench --bench window [-- --json] [--sweep] [--width M] [--seconds S] [--pairs P]`. What is
//! timed is what the program does for a frame before the graphics card: messages taken in, layout,
//! tessellation. Opening a window on the system and painting are not.

mod problem;
mod report;
mod screen;
mod spy;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Parser;
use widescope::preset::{Edit, Experiment};
use widescope::ui::action::{Action, KeptAction};
use widescope::worker::{RunId, Worker};

use report::{Report, Sliders};
use screen::{Frame, Screen};
use spy::Log;

/// Longest wait for anything: a run at this size starts within seconds.
const LIMIT: Duration = Duration::from_secs(600);

/// Times the window's frames while three arms train beside it.
#[derive(Debug, Parser)]
struct Args {
    /// One JSON document.
    #[arg(long)]
    json: bool,
    /// A sweep works beside the run, on as many threads again.
    #[arg(long)]
    sweep: bool,
    /// Width m of each of the three arms.
    #[arg(long, default_value = "8192")]
    width: usize,
    /// Length of the stretch of training that is watched.
    #[arg(long, default_value = "20")]
    seconds: f64,
    /// Pairs of a run that is watched and one that is not.
    #[arg(long, default_value = "3")]
    pairs: usize,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let stretch = Duration::try_from_secs_f64(args.seconds)?;
    let experiment = problem::experiment(args.width, args.sweep)?;
    // Without the sweep: watched and unwatched training are compared with nothing beside.
    let plain = problem::experiment(args.width, false)?;
    let (mut speeds, mut sliders) = (Vec::new(), None);
    let (mut first_frame, mut frames, mut trials) = (None, Vec::new(), 0);
    let mut guests = Vec::new();
    for _ in 0..args.pairs.max(1) {
        let (steps, alone) = unwatched(&plain, stretch)?;
        let mut screen = Screen::open(plain.clone())?;
        screen.draw();
        first_frame.get_or_insert(screen.age());
        let watched = watched(&mut screen, steps)?;
        speeds.push(alone.as_secs_f64() / watched.as_secs_f64());
        if !args.sweep {
            frames.append(&mut screen.frames);
        }
        if sliders.is_none() {
            let step = plain.preset.train.method.step().unwrap_or(1.0);
            // The run so far is pinned, and replaced by the change of ω₂/ω₁.
            screen.apply(Action::Kept(KeptAction::Pin));
            sliders = Some(move_sliders(&mut screen, step / 2.0)?);
            guests = beside_guests(&mut screen, stretch)?;
        }
    }
    if args.sweep {
        let mut screen = Screen::open(experiment)?;
        screen.draw_until("the first record", LIMIT, |log| log.records > 0)?;
        screen.draw_until("the first trial", LIMIT, |log| log.trials > 0)?;
        let began = Instant::now();
        while began.elapsed() < stretch {
            screen.tick();
        }
        trials = screen.log.borrow().trials;
        frames = std::mem::take(&mut screen.frames);
    }
    let (Some(sliders), Some(first_frame)) = (sliders, first_frame) else {
        bail!("nothing was timed");
    };
    let report = Report {
        width: args.width,
        trials,
        first_frame,
        frames,
        guests,
        sliders,
        speeds,
    };
    print!(
        "{}",
        if args.json {
            report.json()
        } else {
            report.text()
        }
    );
    Ok(())
}

/// Trains with nobody watching, messages taken in now and then; the steps done in a stretch that begins
/// with the first record, and how long they took.
fn unwatched(experiment: &Experiment, stretch: Duration) -> anyhow::Result<(u64, Duration)> {
    let worker = Worker::spawn(|| ())?;
    let mut log = Log {
        run: worker.load(Arc::new(experiment.clone()), true),
        ..Log::default()
    };
    let (asked, mut first) = (Instant::now(), None);
    // The last step seen, and when: a step that is under way when the time is up does not count.
    let mut reached = (0, asked);
    loop {
        std::thread::sleep(Duration::from_millis(2));
        log.note(&worker.events().collect::<Vec<_>>());
        log.snapshot = worker.snapshot();
        if let Some(message) = log.refused {
            bail!("the run was refused: {message}");
        }
        if log.records == 0 {
            if asked.elapsed() > LIMIT {
                bail!("the run does not start");
            }
            continue;
        }
        let began: Instant = *first.get_or_insert_with(Instant::now);
        if log.step() > reached.0 {
            reached = (log.step(), Instant::now());
        }
        if began.elapsed() >= stretch && reached.0 > 0 {
            return Ok((reached.0, reached.1.saturating_duration_since(began)));
        }
    }
}

/// The time of the same steps with frames drawn.
fn watched(screen: &mut Screen, steps: u64) -> anyhow::Result<Duration> {
    screen.draw_until("the first record", LIMIT, |log| log.records > 0)?;
    let began = Instant::now();
    screen.draw_until("the last step", LIMIT, |log| log.step() >= steps)?;
    Ok(began.elapsed())
}

/// The frames of a stretch of training with two pinned runs and the run before in every panel, where one run
/// is pinned already.
fn beside_guests(screen: &mut Screen, stretch: Duration) -> anyhow::Result<Vec<Frame>> {
    let began = Instant::now();
    while began.elapsed() < stretch {
        screen.tick();
    }
    screen.apply(Action::Kept(KeptAction::Pin));
    restart_with_ratio(screen, 2.0)?;
    screen.draw_until("the run beside others", LIMIT, |log| log.records > 0)?;
    screen.frames.clear();
    let began = Instant::now();
    while began.elapsed() < stretch {
        screen.tick();
    }
    Ok(std::mem::take(&mut screen.frames))
}

/// Moves the slider of δ to `step`, on which the run goes on, and that of ω₂/ω₁, which starts another run.
fn move_sliders(screen: &mut Screen, step: f64) -> anyhow::Result<Sliders> {
    let began = Instant::now();
    screen.apply(Action::Edit(Edit::new(
        "train.method.step",
        step.to_string(),
    )));
    screen.draw();
    let shown = began.elapsed();
    screen.draw_until("the new step", LIMIT, |log| log.step_changes > 0)?;
    let live = (shown, began.elapsed());
    let began = Instant::now();
    restart_with_ratio(screen, 1.5)?;
    screen.draw();
    let shown = began.elapsed();
    screen.draw_until("the new run", LIMIT, |log| log.records > 0)?;
    Ok(Sliders {
        live,
        restart: (shown, began.elapsed()),
    })
}

/// Another run with this ω₂/ω₁.
fn restart_with_ratio(screen: &mut Screen, ratio: f64) -> anyhow::Result<()> {
    let before: RunId = screen.log.borrow().run;
    screen.apply(Action::Edit(Edit::new(
        "init.omega_ratio",
        ratio.to_string(),
    )));
    // A run of this size asks first; the click is part of what the user does, not of the answer.
    if screen.log.borrow().run == before {
        screen.apply(Action::StartAnyway);
    }
    if screen.log.borrow().run == before {
        bail!("the slider did not start another run");
    }
    Ok(())
}

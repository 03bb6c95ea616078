//! `widescope bench`: how fast the engine trains, against this machine's matrix products.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};

use super::exit::{Exit, complain, print};
use super::growth;
use super::growth::Layout;
use super::interrupt::cancel_on_interrupt;
use super::machine::{Machine, load, profile};
use crate::bench::{BenchError, Benchmark, Effort, GrowthSize, LISTED, Measurement, Unit, measure};
use crate::export::{COMMIT, VERSION};
use crate::history::RunError;
use crate::number::{four_digits, percent};
use crate::spec::Precision;
use crate::task::Cancel;
use crate::train::kernel_class;

/// Times the engine's own training steps on named problems.
///
/// A name begins with the letter of the paper that its problem comes from: A Song et al., B Chen et
/// al., C Du et al., D Oymak and Soltanolkotabi, E Min et al.; J is for the Jacobian.
///
/// Each problem gets a line: the median over the repeats, with the smallest and the largest, in steps/s.
/// D1 is counted in trial-steps/s over all threads, one trial a thread; J in seconds.
///
/// GFLOP/s counts the operations of the mathematical form in use, not the instructions done. A step has
/// 4mnD on the weights, or 2mn² on the features; 20mn for the activation and the passes over it; and
/// 4mn (6mn where V is trained) for each output after the first. A1 has its batch in place of n, and
/// counts all inputs, though those that a batch shares are worked on once. E1: 4n² + 10n(min(n, D) + 1).
/// J: 2mn² + 4n³/3.
///
/// The peak is the best rate of square matrix products of two libraries, on the same threads and float
/// width, measured right before; J's kernel is in f64 in any case. ReLU on the features looks sums up in
/// place of the 2mn², so its share may be above 100 %.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Problems, for example B1, B3-8192, D1-12,12 or D1-12,12,relu [default: all of --list].
    #[arg(value_name = "NAME")]
    names: Vec<Benchmark>,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Length of a repeat; a step that takes longer is done once.
    #[arg(long, value_name = "S", default_value = "1", value_parser = seconds)]
    seconds: Duration,
    /// Repeats, after one that is not counted.
    #[arg(long, value_name = "R", default_value = "5")]
    repeat: NonZeroU32,
    /// Threads [default: as many as there are cores].
    #[arg(long, value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    /// Float width.
    #[arg(long, value_name = "WIDTH", default_value = "f32")]
    precision: Width,
    /// Lists the problems and times nothing.
    #[arg(long)]
    list: bool,
    /// Instead of named problems: a step's time and a run's memory against width, points and threads,
    /// with fitted exponents (least squares on the logarithms) and those between neighbouring sizes. Each size runs
    /// in a process of its own; its memory is the most that process held, less that of a run of next to
    /// nothing (on Linux; not measured elsewhere), beside what is estimated before a start.
    #[arg(long, conflicts_with_all = ["names", "list"])]
    growth: bool,
    /// With --growth: the largest width.
    #[arg(long, value_name = "M", default_value = "65536", requires = "growth")]
    largest: NonZeroUsize,
    /// With --growth: a table in Markdown.
    #[arg(long, requires = "growth", conflicts_with = "json")]
    markdown: bool,
    /// One size of --growth, M,N, in this process.
    #[arg(long, hide = true, conflicts_with_all = ["names", "list", "growth"])]
    size: Option<GrowthSize>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Width {
    F32,
    F64,
}

impl From<Width> for Precision {
    fn from(width: Width) -> Self {
        match width {
            Width::F32 => Self::F32,
            Width::F64 => Self::F64,
        }
    }
}

/// Longest repeat, an hour.
const LONGEST: f64 = 3600.0;

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=LONGEST).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err(format!("allowed: 0 to {LONGEST} seconds")),
    }
}

/// Times one problem after the other and prints each as soon as it is done.
///
/// # Errors
/// Sizes that no preset may have, and threads that can't be had.
pub fn bench(args: &Args) -> anyhow::Result<Exit> {
    let names = match args.names.as_slice() {
        [] => &LISTED,
        names => names,
    };
    if args.list {
        let line = |b: &Benchmark| format!("{:<10}  {}\n", b.to_string(), b.description());
        print(&names.iter().map(line).collect::<String>())?;
        return Ok(Exit::Done);
    }
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get());
        pool.build_global().context("--threads")?;
    }
    let cancel = cancel_on_interrupt()?;
    let effort = Effort {
        precision: args.precision.into(),
        time: args.seconds,
        repeats: args.repeat.get() as usize,
    };
    if let Some(size) = args.size {
        print(&growth::one(size, effort, &cancel)?)?;
        return Ok(Exit::Done);
    }
    if profile() == "debug" {
        complain("a debug build: its figures say little");
    }
    if args.growth {
        print(&grown(args, &cancel)?)?;
        return Ok(Exit::Done);
    }
    named(args, names, effort, &cancel)
}

/// Every size of --growth.
fn grown(args: &Args, cancel: &Cancel) -> anyhow::Result<String> {
    let words = [
        "--seconds".to_owned(),
        args.seconds.as_secs_f64().to_string(),
        "--repeat".to_owned(),
        args.repeat.to_string(),
        "--precision".to_owned(),
        float(args.precision.into()).to_owned(),
    ];
    let layout = match (args.json, args.markdown) {
        (true, _) => Layout::Json,
        (_, true) => Layout::Markdown,
        _ => Layout::Text,
    };
    let threads = rayon::current_num_threads();
    growth::all(args.largest.get(), threads, &words, cancel, layout)
}

/// Times the problems, each printed as soon as it is done.
fn named(
    args: &Args,
    names: &[Benchmark],
    effort: Effort,
    cancel: &Cancel,
) -> anyhow::Result<Exit> {
    let machine = Machine::here();
    if !args.json {
        print(&head(args, &machine))?;
    }
    for name in names {
        let load = load();
        let measured = match measure(*name, effort, cancel) {
            Ok(measured) => measured,
            Err(BenchError::Run(RunError::Cancelled(cancelled))) => return Err(cancelled.into()),
            Err(error) => return Err(error).context(name.to_string()),
        };
        print(&if args.json {
            format!("{}\n", document(args, &measured, &machine, load))
        } else {
            row(&measured)
        })?;
    }
    Ok(Exit::Done)
}

/// What the figures were had with, and the names of the columns.
fn head(args: &Args, machine: &Machine) -> String {
    let load = load().map_or_else(String::new, |load| format!(", load {load:.2}"));
    format!(
        "{}, kernels {}, {} build{load}; {} repeats of {} s, {}\n{}",
        machine.processor,
        kernel_class(),
        profile(),
        args.repeat,
        args.seconds.as_secs_f64(),
        float(args.precision.into()),
        line([
            "name", "median", "min", "max", "unit", "form", "GFLOP/s", "peak", "share"
        ]),
    )
}

fn row(measured: &Measurement) -> String {
    let [median, min, max] = [measured.median(), measured.min(), measured.max()].map(four_digits);
    line([
        &measured.benchmark.to_string(),
        &median,
        &min,
        &max,
        measured.unit.title(),
        measured.form.title(),
        &four_digits(measured.gflops()),
        &four_digits(measured.gemm_peak),
        &percent(measured.share_of_peak()),
    ])
}

/// Rows are printed one by one, so the columns have fixed widths.
fn line(cells: [&str; 9]) -> String {
    let [name, median, min, max, unit, form, gflops, peak, share] = cells;
    format!(
        "{name:<10}  {median:>9}  {min:>9}  {max:>9}  {unit:<13}  {form:<12}  {gflops:>8}  {peak:>7}  \
         {share:>7}\n"
    )
}

fn float(precision: Precision) -> &'static str {
    match precision {
        Precision::F32 => "f32",
        Precision::F64 => "f64",
    }
}

/// Everything there is to know of a figure. Numbers that are not finite are `null`.
fn document(args: &Args, measured: &Measurement, machine: &Machine, load: Option<f64>) -> Value {
    json!({
        "program": "widescope",
        "version": VERSION,
        "commit": COMMIT,
        "name": measured.benchmark.to_string(),
        "problem": measured.benchmark.description(),
        "unit": measured.unit.title(),
        "higher_is_better": measured.unit != Unit::Seconds,
        "median": measured.median(),
        "min": measured.min(),
        "max": measured.max(),
        "figures": measured.figures,
        "seconds": args.seconds.as_secs_f64(),
        "precision": float(measured.precision),
        "threads": measured.threads,
        "form": measured.form.title(),
        "gflop": measured.flops / 1e9,
        "gflops": measured.gflops(),
        "gemm_peak_gflops": measured.gemm_peak,
        "gemm_peak_precision": float(measured.flops_in),
        "share_of_peak": measured.share_of_peak(),
        "processor": machine.processor,
        "cores": std::thread::available_parallelism().ok(),
        "system": machine.system,
        "kernels": kernel_class(),
        "profile": profile(),
        "load1": load,
    })
}

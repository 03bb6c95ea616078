//! `widescope bench --growth`: time and memory against width, points and threads.

use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::table::aligned;
use crate::bench::{Effort, GrowthPoint, GrowthSize, grow};
use crate::fit::{Exponent, fit_exponent};
use crate::task::Cancel;

/// Points of the runs whose width grows.
const POINTS: usize = 200;
/// Widths that are tried.
const WIDTHS: [usize; 7] = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
/// Width of the runs whose points or threads grow.
const WIDTH: usize = 8192;
/// Points that are tried at that width.
const MANY_POINTS: [usize; 4] = [100, 200, 400, 800];

/// A size as it stands on a command line, `M,N`.
impl FromStr for GrowthSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let both = text.split_once(',');
        let both = both.and_then(|(m, n)| Some((m.parse().ok()?, n.parse().ok()?)));
        let (width, points) = both.ok_or("allowed: M,N")?;
        Ok(Self { width, points })
    }
}

/// One size in this process, as JSON.
pub fn one(size: GrowthSize, effort: Effort, cancel: &Cancel) -> anyhow::Result<String> {
    let GrowthPoint {
        size,
        threads,
        start_seconds,
        step_seconds,
        estimated_bytes,
        peak_bytes,
    } = grow(size, effort, cancel)?;
    let document = json!({
        "width": size.width,
        "points": size.points,
        "threads": threads,
        "start_seconds": start_seconds,
        "step_seconds": step_seconds,
        "estimated_bytes": estimated_bytes,
        "peak_bytes": peak_bytes,
    });
    Ok(format!("{document}\n"))
}

/// How the figures are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Columns of text.
    Text,
    /// A table in Markdown.
    Markdown,
    /// One JSON document.
    Json,
}

/// Every size up to the largest width in a process of its own, called with `words` beside its size.
///
/// # Errors
/// A process that can't be started or fails.
pub fn all(
    largest: usize,
    threads: usize,
    words: &[String],
    cancel: &Cancel,
    layout: Layout,
) -> anyhow::Result<String> {
    let run = |width, points, threads: usize| {
        cancel.check()?;
        Row::measured(GrowthSize { width, points }, threads, words)
    };
    // A run so small that its memory is that of the program.
    let idle = run(1, 1, threads)?.peak;
    let base = WIDTH.min(largest);
    let with_width: Vec<Row> = WIDTHS
        .into_iter()
        .filter(|width| *width <= largest)
        .map(|width| run(width, POINTS, threads))
        .collect::<anyhow::Result<_>>()?;
    let with_points: Vec<Row> = MANY_POINTS
        .into_iter()
        .map(|points| run(base, points, threads))
        .collect::<anyhow::Result<_>>()?;
    let with_threads: Vec<Row> = (1..=threads)
        .map(|threads| run(base, 2 * POINTS, threads))
        .collect::<anyhow::Result<_>>()?;
    let growth = Growth {
        idle,
        with_width,
        with_points,
        with_threads,
    };
    Ok(match layout {
        Layout::Text => aligned(&growth.cells()) + &growth.sentences("\n"),
        Layout::Markdown => markdown(&growth.cells()) + &growth.sentences("\n- "),
        Layout::Json => format!("{:#}\n", growth.document()),
    })
}

/// What came out of one process.
struct Row {
    width: f64,
    points: f64,
    threads: f64,
    start: f64,
    step: f64,
    estimated: f64,
    /// Most bytes held; `None` where the system does not say.
    peak: Option<f64>,
}

impl Row {
    fn measured(size: GrowthSize, threads: usize, words: &[String]) -> anyhow::Result<Self> {
        let program = std::env::current_exe().context("can't find this program")?;
        let size = format!("{},{}", size.width, size.points);
        let output = Command::new(program)
            .args(["bench", "--size", &size, "--threads", &threads.to_string()])
            .args(words)
            .output()
            .context("can't start another process")?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr);
            bail!("the run of m,n = {size} failed: {}", told.trim());
        }
        let found: Value = serde_json::from_slice(&output.stdout).context("its answer")?;
        let number = |key: &str| found[key].as_f64();
        let known = |key: &str| number(key).with_context(|| format!("its answer has no {key}"));
        Ok(Self {
            width: known("width")?,
            points: known("points")?,
            threads: known("threads")?,
            start: known("start_seconds")?,
            step: known("step_seconds")?,
            estimated: known("estimated_bytes")?,
            peak: number("peak_bytes"),
        })
    }
}

/// All that was measured.
struct Growth {
    /// Most bytes of a process whose run is next to nothing.
    idle: Option<f64>,
    with_width: Vec<Row>,
    with_points: Vec<Row>,
    with_threads: Vec<Row>,
}

impl Growth {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        let rows = self.with_width.iter().chain(&self.with_points);
        rows.chain(&self.with_threads)
    }

    /// Bytes of the run: those of its process less those of the program.
    fn held(&self, row: &Row) -> Option<f64> {
        Some((row.peak? - self.idle?).max(0.0))
    }

    fn cells(&self) -> Vec<Vec<String>> {
        let head = [
            "m",
            "n",
            "threads",
            "start s",
            "step ms",
            "estimated MB",
            "held MB",
            "estimated/held",
        ];
        let megabytes = |bytes: f64| format!("{:.1}", bytes / 1e6);
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "not measured".to_owned());
        let row = |row: &Row| {
            let held = self.held(row);
            vec![
                row.width.to_string(),
                row.points.to_string(),
                row.threads.to_string(),
                format!("{:.3}", row.start),
                format!("{:.4}", 1e3 * row.step),
                megabytes(row.estimated),
                or_dash(held.map(megabytes)),
                or_dash(held.map(|held| format!("{:.2}", row.estimated / held))),
            ]
        };
        let head = head.map(str::to_owned).to_vec();
        std::iter::once(head).chain(self.rows().map(row)).collect()
    }

    /// Each fit: what grows with what, and its exponent. Time and memory follow no exact power, so how
    /// the exponent varies between sizes is told, and no error of it.
    fn fits(&self) -> [(&'static str, Option<Exponent>); 4] {
        let of = |rows: &[Row], point: &dyn Fn(&Row) -> Option<(f64, f64)>| {
            fit_exponent(rows.iter().filter_map(point))
        };
        let (by_m, by_n) = (&self.with_width, &self.with_points);
        let held = |row: &Row| self.held(row).filter(|held| *held > 0.0);
        [
            ("time of a step ∝ m", of(by_m, &|r| Some((r.width, r.step)))),
            (
                "time of a step ∝ n",
                of(by_n, &|r| Some((r.points, r.step))),
            ),
            ("memory ∝ m", of(by_m, &|r| Some((r.width, held(r)?)))),
            ("memory ∝ n", of(by_n, &|r| Some((r.points, held(r)?)))),
        ]
    }

    /// Speed on each number of threads over that many times the speed on one.
    fn efficiencies(&self) -> Vec<(f64, f64)> {
        let one = self.with_threads.first().map_or(f64::NAN, |row| row.step);
        let rows = self.with_threads.iter();
        rows.map(|row| (row.threads, one / row.step / row.threads))
            .collect()
    }

    fn sentences(&self, before: &str) -> String {
        let fit = |(what, fit): (&str, Option<Exponent>)| {
            let fit = fit?;
            let [low, high] = fit.local;
            Some(format!(
                "{before}{what}^{:.3}, {} sizes; between neighbouring sizes {low:.3} to {high:.3}",
                fit.slope, fit.points
            ))
        };
        let threads = self.efficiencies().into_iter().skip(1);
        let threads = threads.map(|(threads, efficiency)| {
            format!("{before}on {threads} threads: {efficiency:.2} of {threads} × the speed on one")
        });
        let sentences: String = self
            .fits()
            .into_iter()
            .filter_map(fit)
            .chain(threads)
            .collect();
        sentences + "\n"
    }

    fn document(&self) -> Value {
        let row = |row: &Row| {
            json!({
                "width": row.width, "points": row.points, "threads": row.threads,
                "start_seconds": row.start, "step_seconds": row.step,
                "estimated_bytes": row.estimated, "held_bytes": self.held(row),
            })
        };
        let fit = |(what, fit): (&str, Option<Exponent>)| {
            json!({
                "what": what,
                "exponent": fit.map(|fit| fit.slope),
                "between_neighbouring_sizes": fit.map(|fit| fit.local),
                "sizes": fit.map(|fit| fit.points),
            })
        };
        json!({
            "runs": self.rows().map(row).collect::<Vec<_>>(),
            "fits": self.fits().map(fit),
            "efficiency_by_threads": self.efficiencies(),
        })
    }
}

fn markdown(cells: &[Vec<String>]) -> String {
    let line = |row: &[String]| format!("| {} |\n", row.join(" | "));
    let (head, rows) = cells.split_at(cells.len().min(1));
    let rule = head.first().map_or(0, Vec::len);
    let rule = line(&vec!["---".to_owned(); rule]);
    let line_of = |row: &Vec<String>| line(row);
    let head: String = head.iter().map(line_of).collect();
    head + &rule + &rows.iter().map(line_of).collect::<String>()
}

//! Figures and budgets.

use std::time::Duration;

use serde_json::{Value, json};

use crate::screen::Frame;

/// Most milliseconds of layout and tessellation in 99 of 100 frames.
const FRAME_MS: f64 = 8.0;
/// Most milliseconds before the first frame.
const FIRST_FRAME_MS: f64 = 500.0;
/// Most milliseconds before a slider's effect is on screen.
const SLIDER_MS: f64 = 100.0;
/// Most of its speed that training may lose to being watched.
const LOSS: f64 = 0.1;

/// Time from a change to the frame that shows it in the controls and the time bar, and to the one that
/// shows what the run made of it.
pub struct Sliders {
    /// Of δ, on which the run goes on.
    pub live: (Duration, Duration),
    /// Of ω₂/ω₁, which starts another run.
    pub restart: (Duration, Duration),
}

/// Everything that was timed.
pub struct Report {
    /// Width m of the arms.
    pub width: usize,
    /// Trials done beside; 0 without a sweep.
    pub trials: usize,
    /// From the start of app and worker to the end of the first frame.
    pub first_frame: Duration,
    /// Every frame.
    pub frames: Vec<Frame>,
    /// Every frame with two pinned runs and the run before beside.
    pub guests: Vec<Frame>,
    /// Changes.
    pub sliders: Sliders,
    /// Watched over unwatched speed, of each pair.
    pub speeds: Vec<f64>,
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A time of each frame, in milliseconds.
fn times(frames: &[Frame], time: impl Fn(Frame) -> Duration) -> Vec<f64> {
    frames.iter().map(|frame| ms(time(*frame))).collect()
}

/// The smallest value that a share of the values does not exceed.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or(f64::NAN)
}

/// One figure: its name, its value, its unit, and the most it may be.
type Line = (&'static str, f64, &'static str, Option<f64>);

impl Report {
    fn lines(&self) -> Vec<Line> {
        let (whole, own) = (
            times(&self.frames, Frame::whole),
            times(&self.frames, Frame::own),
        );
        let layout = times(&self.frames, |f| f.layout);
        let tessellation = times(&self.frames, |f| f.tessellation);
        let beside = times(&self.guests, Frame::whole);
        let own_beside = times(&self.guests, Frame::own);
        let lost = |share| 100.0 * (1.0 - quantile(&self.speeds, share));
        let Sliders { live, restart } = &self.sliders;
        vec![
            ("frame, p50", quantile(&whole, 0.5), "ms", None),
            ("frame, p99", quantile(&whole, 0.99), "ms", Some(FRAME_MS)),
            ("frame, largest", quantile(&whole, 1.0), "ms", None),
            (
                "frame without waiting, p99",
                quantile(&own, 0.99),
                "ms",
                None,
            ),
            ("layout, p99", quantile(&layout, 0.99), "ms", None),
            (
                "tessellation, p99",
                quantile(&tessellation, 0.99),
                "ms",
                None,
            ),
            ("beside guests, p50", quantile(&beside, 0.5), "ms", None),
            (
                "beside guests, p99",
                quantile(&beside, 0.99),
                "ms",
                Some(FRAME_MS),
            ),
            (
                "beside guests, own p99",
                quantile(&own_beside, 0.99),
                "ms",
                None,
            ),
            (
                "first frame",
                ms(self.first_frame),
                "ms",
                Some(FIRST_FRAME_MS),
            ),
            ("slider δ, shown", ms(live.0), "ms", Some(SLIDER_MS)),
            ("slider δ, in the run", ms(live.1), "ms", None),
            ("slider ω₂/ω₁, shown", ms(restart.0), "ms", Some(SLIDER_MS)),
            ("slider ω₂/ω₁, new data", ms(restart.1), "ms", None),
            ("speed lost, median", lost(0.5), "%", Some(100.0 * LOSS)),
            ("speed lost, least", lost(1.0), "%", None),
            ("speed lost, most", lost(0.0), "%", None),
        ]
    }

    /// For people.
    pub fn text(&self) -> String {
        let beside = match self.trials {
            0 => String::new(),
            trials => format!(", {trials} trials of a sweep done beside"),
        };
        let head = format!(
            "three arms at m = {}, five panels, {} frames at 30 Hz{beside}\n",
            self.width,
            self.frames.len()
        );
        let line = |(name, value, unit, budget): &Line| {
            let verdict = budget.map_or_else(String::new, |most| {
                let verdict = if *value <= most { "met" } else { "NOT met" };
                format!("   at most {most} {unit}: {verdict}")
            });
            format!("{name:<28}{value:>9.2} {unit:<2}{verdict}\n")
        };
        head + &self.lines().iter().map(line).collect::<String>()
    }

    /// For programs.
    pub fn json(&self) -> String {
        let figures: Vec<Value> = self
            .lines()
            .iter()
            .map(|(name, value, unit, budget)| {
                json!({
                    "name": name, "value": value, "unit": unit, "budget": budget,
                    "met": budget.map(|most| *value <= most),
                })
            })
            .collect();
        let document = json!({
            "width": self.width,
            "arms": 3,
            "panels": 5,
            "frames": self.frames.len(),
            "frames_beside_guests": self.guests.len(),
            "trials_beside": self.trials,
            "debug": cfg!(debug_assertions),
            "figures": figures,
        });
        format!("{document:#}\n")
    }
}

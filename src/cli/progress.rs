//! A progress bar with the time left, on a terminal only.

use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::sweep::SweepProgress;

/// A bar over the steps of a run on stderr, which goes away at its end. It shows nothing where
/// stderr is not a terminal.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar, or none at all where `quiet`.
    pub fn new(quiet: bool) -> Self {
        // Ten frames a second: drawing must cost nothing beside training.
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(10)
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = "{wide_bar} step {human_pos} of {human_len}{msg}, ETA {eta}";
        Self(match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// Says where a run goes on, and reckons the time left from there.
    pub fn resume_at(&self, step: u64) {
        self.0.set_message(format!(" (resumed at {step})"));
        self.0.set_position(step);
        self.0.reset_eta();
    }

    /// A bar over the trials of a sweep.
    pub fn trials(quiet: bool) -> Self {
        let bar = Self::new(quiet);
        if let Ok(style) =
            ProgressStyle::with_template("{wide_bar} trial {human_pos} of {human_len}{msg}")
        {
            bar.0.set_style(style);
        }
        bar
    }

    /// Shows how far a sweep is.
    pub fn set_trials(&self, progress: &SweepProgress) {
        self.0.set_length(progress.units as u64);
        self.0.set_position(progress.done as u64);
        if let Some(left) = progress.eta {
            let left = Duration::from_secs(left.as_secs());
            self.0.set_message(format!(", ETA {}", HumanDuration(left)));
        }
    }

    /// Shows the step reached and the step at which the run ends at the latest.
    pub fn set(&self, step: u64, last_step: u64) {
        self.0.set_length(last_step);
        self.0.set_position(step);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

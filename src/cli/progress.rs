//! A progress bar with the time left, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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

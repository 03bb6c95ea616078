//! The sweep beside the run.

use std::sync::Arc;

use crate::preset::{Difference, Experiment, restored};
use crate::spec::Preset;
use crate::sweep::{Plan, Unit};
use crate::ui::action::SweepAction;
use crate::ui::sweep_view::{SweepState, SweepView};
use crate::ui::sweeper::Sweeper;

use super::App;
use super::then::Then;

impl App {
    /// The same with somebody to carry out sweeps: that of the preset starts at once.
    pub fn with_sweeper(mut self, sweeper: Box<dyn Sweeper>) -> Self {
        self.sweeper = Some(sweeper);
        self.start_sweep();
        self
    }

    /// The same with the results of a sweep, for pictures.
    pub fn with_sweep(mut self, sweep: SweepView) -> Self {
        self.sweep = Some(sweep);
        self
    }

    /// Does what the user asked of the sweep.
    pub(super) fn apply_to_sweep(&mut self, action: SweepAction) {
        match action {
            SweepAction::Start => self.start_sweep(),
            SweepAction::Stop => self.stop_sweep(),
            SweepAction::Open(unit) => self.open_trial(unit),
        }
    }

    /// Takes in what the sweep has to say; draws nothing.
    pub(super) fn receive_sweep(&mut self) {
        let (Some(sweeper), Some(sweep)) = (&mut self.sweeper, &mut self.sweep) else {
            return;
        };
        for (id, news) in sweeper.news() {
            sweep.receive(id, news);
        }
        if sweep.is_at_work() {
            sweep.progress = sweeper.progress();
        }
    }

    fn start_sweep(&mut self) {
        let (Some(sweeper), Some(sweep)) = (&mut self.sweeper, &mut self.sweep) else {
            return;
        };
        if sweep.is_at_work() || sweep.table.is_complete() {
            return;
        }
        sweep.progress = None;
        match sweeper.start(Arc::clone(&sweep.plan), sweep.table.clone()) {
            Ok(id) => sweep.begin(id),
            Err(message) => sweep.state = SweepState::Failed(message),
        }
    }

    fn stop_sweep(&mut self) {
        let (Some(sweeper), Some(sweep)) = (&mut self.sweeper, &mut self.sweep) else {
            return;
        };
        if sweep.state == SweepState::Running {
            sweeper.stop();
            sweep.state = SweepState::Stopping;
        }
    }

    /// The run that a trial is, with all arms of its cell, becomes the one shown, and plays.
    fn open_trial(&mut self, unit: Unit) {
        let Some(sweep) = &self.sweep else {
            return;
        };
        match sweep.plan.opened(unit) {
            Ok(experiment) => self.consider(Arc::new(experiment), Then::Open(unit)),
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// A trial's preset is in the controls from now on; whether it took another trial's place.
    pub(super) fn note_opened(&mut self, unit: Unit, preset: &Preset) -> bool {
        let continues = self.draft.replace(preset.clone());
        if let Some(sweep) = &mut self.sweep {
            sweep.opened = Some(unit);
            sweep.source = Some(unit);
        }
        continues
    }

    /// Gives up the sweep of the preset before: another one is loaded.
    pub(super) fn drop_sweep(&mut self) {
        if let (Some(sweeper), Some(_)) = (&mut self.sweeper, self.sweep.take()) {
            sweeper.stop();
        }
    }

    /// Keeps the sweep as it is where the run that starts changes none of its trials, else begins
    /// that of the run's preset.
    pub(super) fn follow_sweep(&mut self, experiment: &Experiment) {
        self.workspace.follow(experiment);
        let Some(sweep) = &mut self.sweep else {
            self.begin_sweep(experiment);
            return;
        };
        let plan = &sweep.plan;
        let is_run = |unit: &Unit| {
            let opened = plan.opened(*unit);
            opened.is_ok_and(|o| Difference::between(&o.preset, &experiment.preset).is_none())
        };
        sweep.opened = sweep.source.filter(is_run);
        let base = &sweep.plan.experiment().preset;
        let Some(mut preset) = restored(&experiment.preset, base) else {
            self.drop_sweep();
            return self.begin_sweep(experiment);
        };
        if sweep.source.is_some() {
            preset.seed = base.seed;
        }
        if Difference::between(base, &preset).is_none() {
            return;
        }
        self.drop_sweep();
        let (name, folder) = (&experiment.name, experiment.folder.clone());
        // Valid in the run as it is, though not always at the values of the sweep before.
        match Experiment::check(preset, name, folder) {
            Ok(swept) => self.begin_sweep(&swept),
            Err(_) => self.begin_sweep(experiment),
        }
    }

    fn begin_sweep(&mut self, experiment: &Experiment) {
        self.sweep = Plan::of(experiment).map(SweepView::new);
        self.start_sweep();
    }
}

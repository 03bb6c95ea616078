//! Figures kept between frames, rebuilt only when what they show has changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use egui::{Id, Ui};

use crate::history::{ArmHistory, RunHistory};
use crate::ui::SweepView;

/// A figure with what it was made from.
struct Kept<T> {
    run: u64,
    key: u64,
    value: Arc<T>,
}

/// What identifies the run in a history: the arms' names and the records of their start.
fn run_key(history: &RunHistory) -> u64 {
    let arms = history.arms().iter();
    let starts = arms.map(|arm| (&arm.label, arm.first().map(Arc::as_ptr)));
    key(&starts.collect::<Vec<_>>())
}

/// A sweep, told from others by its plan and by what is to be drawn of its results.
#[derive(Clone, Copy)]
pub struct Drawn<'a>(pub &'a SweepView);

impl Hash for Drawn<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (Arc::as_ptr(&self.0.plan), self.0.drawing()).hash(state);
    }
}

/// A number for everything a figure depends on.
pub fn key(made_of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    made_of.hash(&mut hasher);
    hasher.finish()
}

/// The figure kept under `id` if it was made from the same history and equal `options`, else a new
/// one. Nothing else tells whether it is still right, so `build` may read the options it is given, the
/// history and its experiment only. It also gets the figure shown before of the same run, whose
/// extents it may keep.
pub fn cached<O: Hash, T: Send + Sync + 'static>(
    ui: &Ui,
    id: Id,
    history: &RunHistory,
    options: &O,
    build: impl FnOnce(&O, Option<&T>) -> T,
) -> Arc<T> {
    let run = run_key(history);
    let last = |arm: &ArmHistory| arm.last().map(Arc::as_ptr);
    let last: Vec<_> = history.arms().iter().map(last).collect();
    let key = key(&(run, history.version(), last, options));
    kept(ui, id, (run, key), |before| build(options, before))
}

/// The figure kept under `id` if it was made from the same results of the same sweep and equal
/// `options`, else a new one; `build` as for [`cached`].
pub fn cached_sweep<O: Hash, T: Send + Sync + 'static>(
    ui: &Ui,
    id: Id,
    sweep: &SweepView,
    options: &O,
    build: impl FnOnce(&O, Option<&T>) -> T,
) -> Arc<T> {
    let run = key(&Arc::as_ptr(&sweep.plan));
    let key = key(&(Drawn(sweep), options));
    kept(ui, id, (run, key), |before| build(options, before))
}

fn kept<T: Send + Sync + 'static>(
    ui: &Ui,
    id: Id,
    (run, key): (u64, u64),
    build: impl FnOnce(Option<&T>) -> T,
) -> Arc<T> {
    let kept = ui.data(|d| d.get_temp::<Arc<Kept<T>>>(id));
    if let Some(kept) = kept.as_ref().filter(|k| k.key == key) {
        return kept.value.clone();
    }
    let before = kept.filter(|k| k.run == run);
    let value = Arc::new(build(before.as_ref().map(|k| k.value.as_ref())));
    let fresh = Kept {
        run,
        key,
        value: value.clone(),
    };
    ui.data_mut(|d| d.insert_temp(id, Arc::new(fresh)));
    value
}

/// Forgets a figure, so that the next one has fresh extents.
pub fn forget<T: Send + Sync + 'static>(ui: &Ui, id: Id) {
    ui.data_mut(|d| d.remove::<Arc<Kept<T>>>(id));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::observe::Record;
    use crate::preset::library;
    use crate::sweep::{Plan, TrialEnd, TrialResult, Unit};

    fn history() -> RunHistory {
        let mut history = RunHistory::new(["a".to_owned()]);
        history.push(0, Arc::new(Record::default()));
        history
    }

    /// Something with parts, as the options of a figure are.
    #[derive(Clone, Debug, Default, PartialEq, Hash)]
    struct Options {
        log: bool,
        hidden: BTreeSet<usize>,
        cursor: u64,
    }

    /// Says under a fixed id how often it was built so far, and of what.
    fn shown(ctx: &egui::Context, history: &RunHistory, options: &Options) -> (u32, Options) {
        let mut shown = None;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let next = |options: &Options, before: Option<&(u32, Options)>| {
                (before.map_or(1, |(times, _)| times + 1), options.clone())
            };
            shown = Some(cached(ui, Id::unique("figure"), history, options, next));
        });
        output.textures_delta.clear();
        shown.unwrap().as_ref().clone()
    }

    /// How often it was built so far.
    fn built(ctx: &egui::Context, history: &RunHistory, cursor: u64) -> u32 {
        let options = Options {
            cursor,
            ..Options::default()
        };
        shown(ctx, history, &options).0
    }

    #[test]
    fn whatever_option_changes_the_figure_is_that_of_the_options_asked_for() {
        let (ctx, history) = (egui::Context::default(), history());
        let mut options = Options::default();
        let changes: [fn(&mut Options); 5] = [
            |_| {},
            |o| o.log = true,
            |o| o.cursor = 3,
            |o| o.hidden = [1].into(),
            |o| o.hidden = [2].into(),
        ];
        for (times, change) in (1..).zip(changes) {
            change(&mut options);
            let expected = (times, options.clone());
            assert_eq!(shown(&ctx, &history, &options), expected);
            // The same once more, in other memory.
            assert_eq!(shown(&ctx, &history, &options.clone()), expected);
        }
    }

    #[test]
    fn a_figure_is_rebuilt_only_for_new_records_or_options() {
        let (ctx, mut history) = (egui::Context::default(), history());
        assert_eq!(built(&ctx, &history, 0), 1);
        assert_eq!(built(&ctx, &history, 0), 1);
        assert_eq!(built(&ctx, &history, 7), 2);
        history.push(
            0,
            Arc::new(Record {
                step: 1,
                ..Record::default()
            }),
        );
        assert_eq!(built(&ctx, &history, 7), 3);
    }

    #[test]
    fn another_run_starts_afresh() {
        let ctx = egui::Context::default();
        let (first, second) = (history(), history());
        built(&ctx, &first, 0);
        assert_eq!(built(&ctx, &first, 1), 2);
        assert_eq!(built(&ctx, &second, 1), 1);
    }

    #[test]
    fn a_sweep_is_another_with_every_result_and_with_another_plan() {
        let plan = || Plan::of(&library::load("oymak-fig2-live").unwrap()).unwrap();
        let (mut sweep, other) = (SweepView::new(plan()), SweepView::new(plan()));
        let before = key(&Drawn(&sweep));
        assert_eq!(before, key(&Drawn(&sweep.clone())));
        assert_ne!(before, key(&Drawn(&other)));
        sweep.table.insert(TrialResult {
            unit: Unit { cell: 0, trial: 0 },
            seed: 1,
            end: TrialEnd::Steps,
            steps: 1,
            values: Vec::new(),
        });
        assert_ne!(before, key(&Drawn(&sweep)));
    }
}

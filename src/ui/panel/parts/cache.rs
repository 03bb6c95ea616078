//! Figures kept between frames, rebuilt only when what they show has changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use egui::{Id, Ui};

use crate::history::RunHistory;
use crate::ui::SweepView;

/// A figure with what it was made from.
struct Kept<T> {
    run: u64,
    key: u64,
    value: Arc<T>,
}

/// What identifies the run in a history: the arms' names and the records of their start.
fn run_key(history: &RunHistory) -> u64 {
    key(|hasher| {
        for arm in history.arms() {
            arm.label.hash(hasher);
            arm.first().map(Arc::as_ptr).hash(hasher);
        }
    })
}

/// A number for everything a figure depends on.
pub fn key(write: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    write(&mut hasher);
    hasher.finish()
}

/// The figure kept under `id` if it was made from the same history and `options`, else a new one.
/// `build` gets the figure shown before of the same run, whose extents it may keep.
pub fn cached<T: Send + Sync + 'static>(
    ui: &Ui,
    id: Id,
    history: &RunHistory,
    options: impl FnOnce(&mut DefaultHasher),
    build: impl FnOnce(Option<&T>) -> T,
) -> Arc<T> {
    let run = run_key(history);
    let key = key(|hasher| {
        run.hash(hasher);
        history.version().hash(hasher);
        for arm in history.arms() {
            arm.records().last().map(Arc::as_ptr).hash(hasher);
        }
        options(hasher);
    });
    kept(ui, id, (run, key), build)
}

/// The figure kept under `id` if it was made from the same results of the same sweep and `options`,
/// else a new one.
pub fn cached_sweep<T: Send + Sync + 'static>(
    ui: &Ui,
    id: Id,
    sweep: &SweepView,
    options: impl FnOnce(&mut DefaultHasher),
    build: impl FnOnce(Option<&T>) -> T,
) -> Arc<T> {
    let run = key(|hasher| Arc::as_ptr(&sweep.plan).hash(hasher));
    let key = key(|hasher| {
        (run, sweep.drawing()).hash(hasher);
        options(hasher);
    });
    kept(ui, id, (run, key), build)
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
    use super::*;
    use crate::observe::Record;

    fn history() -> RunHistory {
        let mut history = RunHistory::new(["a".to_owned()]);
        history.push(0, Arc::new(Record::default()));
        history
    }

    /// Builds under a fixed id and says how often the value was built so far.
    fn built(ctx: &egui::Context, history: &RunHistory, option: u32) -> u32 {
        let mut shown = 0;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let next = |before: Option<&u32>| before.map_or(1, |b| b + 1);
            shown = *cached(ui, Id::unique("figure"), history, |h| option.hash(h), next);
        });
        output.textures_delta.clear();
        shown
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
}

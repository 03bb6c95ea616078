//! The sweep behind a picture, carried out.

use crate::cli::progress::Bar;
use crate::history::RunError;
use crate::sweep::{Plan, SweepEvent, Table, run_sweep};
use crate::task::Cancel;
use crate::ui::SweepView;

/// Carries out a sweep to its end.
///
/// # Errors
/// A sweep that can't begin; `Cancelled` once `cancel` is raised.
pub(super) fn carried_out(plan: Plan, cancel: &Cancel, quiet: bool) -> anyhow::Result<SweepView> {
    plan.check()?;
    let mut table = Table::new(&plan);
    let units: Vec<usize> = table.missing().collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let bar = Bar::trials(quiet);
    let before = table.clone();
    let tell = &mut |event| match event {
        SweepEvent::Done(result) => table.insert(result),
        SweepEvent::Progress(progress) => bar.set_trials(&progress),
    };
    run_sweep(&plan, before, &units, threads, cancel, tell).map_err(|error| match error {
        RunError::Cancelled(cancelled) => anyhow::Error::from(cancelled),
        refused => refused.into(),
    })?;
    Ok(SweepView::recorded(plan, table))
}

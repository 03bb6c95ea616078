//! The head of a sweep's panel: how far it is, the button that stops it and lets it go on, and the
//! choice of what is shown.

use std::time::Duration;

use egui::{Align2, Rect, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::number;
use crate::ui::action::{Action, SweepAction};
use crate::ui::icon::Icon;
use crate::ui::sweep_view::SweepState;
use crate::ui::{SweepView, Theme, icon};

use super::sweep_choice::{SweepChoice, value_choice_ui};

/// Height of the progress bar.
const BAR: f32 = 3.0;

/// Its width.
const WIDTH: f32 = 72.0;

/// Draws the head.
pub fn head_ui(
    ui: &mut Ui,
    theme: &Theme,
    sweep: &SweepView,
    choice: &mut SweepChoice,
    actions: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        if let Some((icon, name, tooltip, action)) = button(&sweep.state) {
            let enabled = sweep.state != SweepState::Stopping;
            if icon::button(ui, icon, name, enabled).on_hover_text(tooltip).clicked() {
                actions.push(Action::Sweep(action));
            }
        }
        let words = RichText::new(progress_words(sweep)).small();
        let label = ui.label(words.color(theme.weak_text));
        label.on_hover_text("Trials done, of all trials of all cells; each has its own seed, and a data set and weights of its own");
        bar_ui(ui, theme, sweep);
        ui.add_space(8.0);
        value_choice_ui(ui, theme, &sweep.plan, choice);
    });
    if let SweepState::Failed(message) = &sweep.state {
        ui.label(RichText::new(message).small().color(theme.error));
    }
}

type Button = (Icon, &'static str, &'static str, SweepAction);

fn button(state: &SweepState) -> Option<Button> {
    match state {
        SweepState::Running | SweepState::Stopping => Some((
            Icon::Pause,
            "Stop the sweep",
            "Stops the sweep. What is done is kept; the trials at work are done again when it goes on.",
            SweepAction::Stop,
        )),
        SweepState::Stopped | SweepState::Failed(_) => Some((
            Icon::Play,
            "Go on with the sweep",
            "Carries out the trials that are missing.",
            SweepAction::Start,
        )),
        SweepState::Finished => None,
    }
}

/// How far the sweep is: `137 of 720 trials, ETA 0:12`.
fn progress_words(sweep: &SweepView) -> String {
    let (done, units) = (sweep.table.done(), sweep.table.units());
    let count = |n: usize| number::count(n as u64);
    let trials = format!("{} of {} trials", count(done), count(units));
    match &sweep.state {
        SweepState::Running => match sweep.progress.and_then(|p| p.eta) {
            Some(eta) => format!("{trials}, ETA {}", clock(eta)),
            None => trials,
        },
        SweepState::Stopping => format!("{trials}, stopping"),
        SweepState::Stopped if done == 0 => format!("{trials}, not started"),
        SweepState::Stopped => format!("{trials}, stopped"),
        SweepState::Finished => format!("{} trials", count(units)),
        SweepState::Failed(_) => format!("{trials}, failed"),
    }
}

/// Minutes and seconds, with hours where there are some.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

fn bar_ui(ui: &mut Ui, theme: &Theme, sweep: &SweepView) {
    if !sweep.is_at_work() {
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 16.0), Sense::hover());
    let share = sweep.table.done() as f32 / sweep.table.units().max(1) as f32;
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "Sweep"));
    let bar = Align2::LEFT_CENTER.anchor_size(rect.left_center(), vec2(WIDTH, BAR));
    ui.painter().rect_filled(bar, 1.5, theme.hairline);
    let done = Rect::from_min_size(bar.min, vec2(share * WIDTH, BAR));
    ui.painter().rect_filled(done, 1.5, theme.accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_left_are_written_as_on_a_clock() {
        let written = [0.2, 12.0, 61.0, 3723.0].map(|s| clock(Duration::from_secs_f64(s)));
        assert_eq!(written, ["0:01", "0:12", "1:01", "1:02:03"]);
    }
}

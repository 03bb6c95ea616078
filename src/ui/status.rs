//! Messages above the panels: what was refused, what diverged, what waits for consent.

use egui::{Button, Frame, Margin, Panel, RichText, Ui};

use crate::preset::{Edit, text};
use crate::spec::StepUnit;
use crate::spec::field::{STEP, STEP_UNIT};

use super::action::Action;
use super::theme::Theme;
use crate::number;
use crate::number::rounded_down;

/// A message above the panels.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A run too big to start unasked.
    Question(String),
    /// Something could not be done; the run shown goes on.
    Notice(String),
    /// Arms that diverged, failed or can't learn; the others go on.
    Trouble {
        /// One sentence an arm.
        sentences: Vec<String>,
        /// The largest step δ that would be stable, where it is known.
        stable_step: Option<f64>,
        /// What sets the start back to where it was not dead, with its words.
        way_back: Option<(String, Edit)>,
    },
}

/// Share of the stable step that is offered after a divergence.
const SAFE_SHARE: f64 = 0.9;

/// Draws the messages, if any, in a strip that takes the place it needs.
pub fn show(ui: &mut Ui, messages: &[Message], theme: &Theme, actions: &mut Vec<Action>) {
    if messages.is_empty() {
        return;
    }
    let frame = Frame::NONE
        .fill(theme.panel)
        .inner_margin(Margin::symmetric(12, 6));
    Panel::top("messages")
        .frame(frame)
        .resizable(false)
        .show(ui, |ui| {
            for message in messages {
                ui.horizontal_wrapped(|ui| one(ui, message, theme, actions));
            }
        });
}

fn one(ui: &mut Ui, message: &Message, theme: &Theme, actions: &mut Vec<Action>) {
    let mut button = |ui: &mut Ui, text: String, action: Action| {
        if ui.add(Button::new(text)).clicked() {
            actions.push(action);
        }
    };
    match message {
        Message::Question(question) => {
            ui.label(RichText::new(question).color(theme.warning));
            button(ui, "Start".into(), Action::StartAnyway);
            button(ui, "Keep the old run".into(), Action::KeepOldRun);
        }
        Message::Notice(text) => {
            ui.label(RichText::new(text).color(theme.error));
            button(ui, "Dismiss".into(), Action::Dismiss);
        }
        Message::Trouble {
            sentences,
            stable_step,
            way_back,
        } => {
            ui.label(RichText::new(sentences.join("  ")).color(theme.error));
            if let Some((words, edit)) = way_back {
                button(ui, words.clone(), Action::RestartWith(edit.clone()));
            }
            if let Some(limit) = stable_step {
                let step = rounded_down(SAFE_SHARE * limit, 2);
                button(
                    ui,
                    format!("Restart with δ = {}", number::compact(step)),
                    Action::RestartWith(with_step(step)),
                );
            }
        }
    }
}

/// A step counted in δ itself.
fn with_step(step: f64) -> Edit {
    Edit::new(STEP.path, text(&step)).and(STEP_UNIT.path, text(&StepUnit::Delta))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_offered_is_never_above_the_share() {
        for limit in [1e-9, 0.123_456, 0.37, 1.0, 1.999, 54_321.0] {
            let step = rounded_down(SAFE_SHARE * limit, 2);
            assert!(
                step <= SAFE_SHARE * limit && step > 0.8 * limit,
                "{limit} gave {step}"
            );
        }
    }
}

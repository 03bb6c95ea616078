//! The bar at the bottom: play, speed, the scrubber, and how far the run is.

use egui::{
    Align, Color32, Frame, Label, Layout, Margin, Panel, Response, RichText, Sense, Ui, UiBuilder,
    vec2,
};

use crate::experiment::ArmTiming;
use crate::number::{count, number as decimals};
use crate::worker::{Activity, Snapshot, Speed};

use super::action::Action;
use super::cursor::Cursor;
use super::icon::Icon;
use super::run_view::RunView;
use super::scrubber::{Moved, Track};
use super::theme::Theme;
use super::{icon, replay, scrubber};
use crate::number;

/// Height of the bar in points.
const HEIGHT: f32 = 44.0;
/// Width of the step and time.
const STEP_WIDTH: f32 = 200.0;
/// Width of what the worker is doing.
const STATE_WIDTH: f32 = 250.0;
/// Width of the bar from which the speed stands in it.
const WITH_SPEED: f32 = 560.0;
/// The same of what the worker is doing.
const WITH_STATE: f32 = 800.0;

/// What the figures at the end of the bar are.
const STATE_TOOLTIP: &str = "Steps a second of the common clock over the last second, the time left at \
    that pace, the share of the run's time spent in measuring (the records that were due and the \
    linearized twin, summed over the arms, without their start; test points, kernels and features are measured \
    at so many records only as keep this below a tenth, in runs below a second at some more), and the memory estimated before it.";

/// Speeds on offer.
const SPEEDS: [(&str, Speed); 5] = [
    ("1 step/s", Speed::StepsPerSecond(1.0)),
    ("10 steps/s", Speed::StepsPerSecond(10.0)),
    ("100 steps/s", Speed::StepsPerSecond(100.0)),
    ("1000 steps/s", Speed::StepsPerSecond(1000.0)),
    ("max speed", Speed::Unlimited),
];

/// What the bar shows.
pub struct Input<'a> {
    /// The run on screen.
    pub run: &'a RunView,
    /// The run that has nothing to show yet.
    pub next: Option<&'a RunView>,
    /// The step shown.
    pub cursor: Cursor,
    /// Whether the cursor runs through the records by itself.
    pub replays: bool,
    /// The speed asked for.
    pub speed: Speed,
    /// Whether steps are spread by their logarithm.
    pub logarithmic: bool,
    /// Colours.
    pub theme: &'a Theme,
}

/// Draws the bar.
pub fn show(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    let frame = Frame::NONE
        .fill(input.theme.panel)
        .inner_margin(Margin::symmetric(12, 0));
    Panel::bottom("time bar")
        .exact_size(HEIGHT)
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let all = ui.available_width();
                transport(ui, input, actions);
                if all >= WITH_SPEED {
                    speed(ui, input, actions);
                }
                let (text, color) = state_text(input);
                let state = if all < WITH_STATE { 0.0 } else { STATE_WIDTH };
                let scrubber = ui.available_width() - STEP_WIDTH - state - 24.0;
                track(ui, scrubber.max(80.0), input, actions);
                let (step, tone) = (step_text(input), input.theme.text);
                let step = slot(ui, STEP_WIDTH, Align::Min, step, tone);
                if all < WITH_STATE {
                    // What there is no room for is one hover away.
                    step.on_hover_text(text);
                } else {
                    slot(ui, state, Align::Max, text, color).on_hover_text(STATE_TOOLTIP);
                }
            });
        });
}

fn transport(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    if icon::button(ui, Icon::Start, "To the start", true)
        .on_hover_text("Show the first record (Home)")
        .clicked()
    {
        actions.push(Action::ToStart);
    }
    play(ui, input, actions);
    if icon::button(ui, Icon::End, "To the end", true)
        .on_hover_text("Follow the run (End)")
        .clicked()
    {
        actions.push(Action::ToEnd);
    }
    ui.spacing_mut().item_spacing.x = 8.0;
}

fn play(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    let activity = input.next.unwrap_or(input.run).snapshot.activity;
    let recorded = input.next.is_none() && input.run.history.last_step() > 0;
    let scrubbed =
        recorded && input.cursor.step(&input.run.history) < input.run.history.last_step();
    let broken_off = input.next.is_none() && input.run.is_broken_off();
    let (icon, name, able) = match activity {
        _ if input.replays => (Icon::Pause, "Pause the replay", true),
        _ if scrubbed => (Icon::Play, "Replay", true),
        _ if broken_off => (Icon::Play, "Train anew", true),
        Activity::Playing => (Icon::Pause, "Pause", true),
        Activity::Starting => (Icon::Pause, "Pause", false),
        Activity::Paused => (Icon::Play, "Play", true),
        Activity::Idle | Activity::Finished => (Icon::Play, "Replay", recorded),
    };
    let tooltip = match name {
        "Replay" => format!(
            "Replay what was recorded (Space): from the step shown, or from the start where that is \
             the last, at the speed chosen; at max speed the whole run takes {} s",
            replay::WHOLE
        ),
        "Train anew" => {
            "Train this run anew from its start (Space): it was brought back with its records, not \
             with its networks"
                .to_owned()
        }
        _ => format!("{name} (Space)"),
    };
    let button = icon::button(ui, icon, name, able).on_hover_text(tooltip);
    if button.clicked() {
        actions.push(Action::TogglePlay);
    }
}

fn speed(ui: &mut Ui, input: &Input<'_>, actions: &mut Vec<Action>) {
    let current = SPEEDS
        .iter()
        .find(|(_, speed)| *speed == input.speed)
        .map_or("speed", |(name, _)| *name);
    let response = egui::ComboBox::from_id_salt("speed")
        .width(96.0)
        .selected_text(current)
        .show_ui(ui, |ui| {
            for (name, speed) in SPEEDS {
                if ui.selectable_label(speed == input.speed, name).clicked() {
                    actions.push(Action::SetSpeed(speed));
                }
            }
        });
    response
        .response
        .on_hover_text("How fast to train or to replay, in steps a second ●")
        .accessible_name("Speed");
}

fn track(ui: &mut Ui, width: f32, input: &Input<'_>, actions: &mut Vec<Action>) {
    let recorded = input.run.history.last_step();
    let track = Track {
        recorded,
        course: input.run.course(input.logarithmic),
        shown: input.cursor.step(&input.run.history),
        live: input.cursor == Cursor::Live,
    };
    let moved = scrubber::show(ui, width, track, input.theme);
    actions.extend(moved.map(|moved| match moved {
        Moved::To(step) => Action::Seek(step),
        Moved::On { forward: true } => Action::Next,
        Moved::On { forward: false } => Action::Previous,
    }));
}

/// A text in a place of fixed width, so that nothing moves when its length changes.
fn slot(ui: &mut Ui, width: f32, side: Align, text: String, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let layout = match side {
        Align::Max => Layout::right_to_left(Align::Center),
        Align::Min | Align::Center => Layout::left_to_right(Align::Center),
    };
    let mut place = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    place.add(Label::new(RichText::new(text).color(color)).extend());
    response
}

fn step_text(input: &Input<'_>) -> String {
    let history = &input.run.history;
    let shown = input.cursor.step(history);
    let time = history
        .arms()
        .iter()
        .filter_map(|arm| arm.at(shown))
        .max_by_key(|record| record.step)
        .map(|r| r.time);
    match time {
        Some(time) => format!("step {} · t = {}", count(shown), decimals(time, 4)),
        None => "step –".into(),
    }
}

fn state_text(input: &Input<'_>) -> (String, Color32) {
    let (text, weak) = (input.theme.text, input.theme.weak_text);
    let snapshot = &input.next.unwrap_or(input.run).snapshot;
    let rest = rest(snapshot);
    match snapshot.activity {
        _ if input.replays => ("replaying what was recorded".into(), text),
        Activity::Idle if input.next.is_none() && input.run.is_broken_off() => {
            let step = count(input.run.history.last_step());
            (
                format!("brought back, up to step {step}\nplay trains it anew"),
                weak,
            )
        }
        Activity::Idle => ("no run".into(), weak),
        Activity::Starting => ("starting: data, weights, linearized twin …".into(), weak),
        Activity::Paused => (format!("paused{rest}"), weak),
        Activity::Finished => (
            format!("finished at step {}{rest}", count(snapshot.step)),
            weak,
        ),
        Activity::Playing => (format!("{}{rest}", pace(snapshot)), text),
    }
}

/// What measuring takes, on a line of its own where it is known, and memory.
fn rest(snapshot: &Snapshot) -> String {
    let share = ArmTiming::measuring_share(&snapshot.timings);
    let measuring = share.map_or_else(String::new, |share| {
        format!("\nmeasuring {:.0}\u{202f}%", 100.0 * share)
    });
    if snapshot.estimated_bytes > 0 {
        format!("{measuring} · {}", number::bytes(snapshot.estimated_bytes))
    } else {
        measuring
    }
}

fn pace(snapshot: &Snapshot) -> String {
    let rate = snapshot.steps_per_second;
    if rate <= 0.0 {
        return "training".into();
    }
    let left = snapshot.last_step.saturating_sub(snapshot.step) as f64 / rate;
    let rate = if rate >= 10.0 {
        count(rate.round() as u64)
    } else {
        number::compact((rate * 10.0).round() / 10.0)
    };
    format!("{rate} steps/s · ETA {}", number::duration(left))
}

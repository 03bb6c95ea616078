//! Keys of the window, and what they do.

use egui::{Context, Key, Modifiers, Popup};

use super::action::{Action, KeptAction};
use super::door_action::DoorAction;
use super::doors;

/// Keys as the help sheet names them, with what they do.
pub const KEYS: [(&str, &str); 22] = [
    (
        "Space",
        "play or pause; from an earlier step, and of a finished run, what was recorded is replayed",
    ),
    (
        "←  →",
        "previous or next record; at the end → trains one step",
    ),
    ("Home", "show the start"),
    ("End", "follow the run again"),
    ("1 – 9", "show or hide an arm"),
    ("R", "restart with the same data and seed"),
    ("N", "restart with a new seed"),
    ("B", "pin the run shown, to keep it beside the next ones"),
    ("Esc", "put the run before away"),
    ("C", "show or hide the controls"),
    ("F", "the panel under the pointer alone, or all again"),
    ("Page ↑  ↓", "the panel before or the next one alone"),
    (
        "Ctrl O",
        "open a preset, a picture, a run or a sweep; or drop one on the window",
    ),
    (
        "Ctrl S",
        "save a figure: the panel under the pointer, or the large one",
    ),
    ("Ctrl C", "copy that panel as a picture"),
    ("Ctrl Shift C", "copy what it draws, as text with tabs"),
    (
        "Ctrl V",
        "open the settings that were copied; undo brings back what was there",
    ),
    ("Ctrl Shift S", "save the preset into its file"),
    ("Ctrl Z", "take back a change of the controls"),
    ("Ctrl Y", "do it again"),
    ("Ctrl +  −", "larger or smaller"),
    ("?", "this sheet"),
];

const ARMS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// What the keys pressed since the last frame ask for; nothing while text is typed.
pub fn actions(ctx: &Context, help_open: bool) -> Vec<Action> {
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    // A focused slider or button takes space and arrows for itself.
    let free = !ctx.egui_wants_keyboard_input();
    // Escape closes what is unfolded first.
    let has_popup = Popup::is_any_open(ctx);
    let mut actions = Vec::new();
    ctx.input_mut(|input| {
        // A key that was pressed several times since the last frame acts as often.
        let mut on = |modifiers: Modifiers, key: Key, action: Action| {
            let times = input.count_and_consume_key(modifiers, key);
            actions.extend(std::iter::repeat_n(action, times));
        };
        on(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z, Action::Redo);
        on(Modifiers::COMMAND, Key::Z, Action::Undo);
        on(Modifiers::COMMAND, Key::Y, Action::Redo);
        on(Modifiers::NONE, Key::Questionmark, Action::ToggleHelp);
        if help_open {
            return;
        }
        let with_shift = Modifiers::COMMAND | Modifiers::SHIFT;
        for (modifiers, key, asked) in [
            (with_shift, Key::S, DoorAction::SavePreset),
            (with_shift, Key::C, DoorAction::CopyData(None)),
            (Modifiers::COMMAND, Key::S, DoorAction::SaveFigure(None)),
            (Modifiers::COMMAND, Key::O, DoorAction::Open),
        ] {
            on(modifiers, key, Action::Door(asked));
        }
        if free {
            on(Modifiers::NONE, Key::Space, Action::TogglePlay);
            on(Modifiers::NONE, Key::ArrowLeft, Action::Previous);
            on(Modifiers::NONE, Key::ArrowRight, Action::Next);
        }
        on(Modifiers::NONE, Key::Home, Action::ToStart);
        on(Modifiers::NONE, Key::End, Action::ToEnd);
        on(Modifiers::NONE, Key::R, Action::Restart);
        on(Modifiers::NONE, Key::N, Action::NewSeed);
        on(Modifiers::NONE, Key::B, Action::Kept(KeptAction::Pin));
        if !has_popup {
            on(
                Modifiers::NONE,
                Key::Escape,
                Action::Kept(KeptAction::Dismiss),
            );
        }
        on(Modifiers::NONE, Key::C, Action::ToggleControls);
        on(Modifiers::NONE, Key::F, Action::ToggleFull);
        for (key, forward) in [(Key::PageDown, true), (Key::PageUp, false)] {
            on(Modifiers::NONE, key, Action::NextPanel { forward });
        }
        for (index, key) in ARMS.into_iter().enumerate() {
            on(Modifiers::NONE, key, Action::ToggleArm(index));
        }
    });
    if !help_open {
        let events = ctx.input(|input| input.events.clone());
        actions.extend(doors::of_clipboard(&events));
    }
    actions
}

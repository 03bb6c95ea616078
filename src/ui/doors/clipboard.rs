//! What the keys of the clipboard ask for.

use std::path::Path;

use egui::Event;

use crate::export::share::is_share_string;
use crate::ui::action::Action;
use crate::ui::door_action::DoorAction;

/// Longest beginning of a pasted text that a message quotes.
const QUOTED: usize = 60;

/// What copying and pasting ask for, where no text is typed.
pub fn of_clipboard(events: &[Event]) -> Vec<Action> {
    let action = |event: &Event| match event {
        Event::Copy => Some(DoorAction::CopyImage(None)),
        Event::Paste(text) => Some(DoorAction::OpenSource(source(text))),
        _ => None,
    };
    events.iter().filter_map(action).map(Action::Door).collect()
}

/// The source that a pasted text is; of one that is none, the beginning, for the message that says so.
fn source(text: &str) -> String {
    let text = text.trim();
    let is_one = is_share_string(text) || (!text.contains('\n') && Path::new(text).exists());
    if is_one {
        return text.to_owned();
    }
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(QUOTED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_is_opened_whole_only_where_it_is_something() {
        let shared = format!("widescope:{}", "x".repeat(500));
        assert_eq!(source(&format!(" {shared}\n")), shared);
        let prose = "The quick brown fox. ".repeat(40);
        assert_eq!(source(&prose).chars().count(), QUOTED);
        let folder = std::env::temp_dir().to_string_lossy().into_owned();
        assert_eq!(source(&folder), folder);
    }
}

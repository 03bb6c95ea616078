//! The file that the preset in the controls came from or was saved to.

use std::path::{Path, PathBuf};

use crate::preset::{library, written};
use crate::spec::Preset;

/// The file that the preset in the controls came from or was saved to, and how it stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The file; `None` for a preset that ships, or came from a picture or the clipboard.
    pub path: Option<PathBuf>,
    /// Its text, which a save changes as little as it can.
    text: Option<String>,
    /// The preset in it.
    saved: Preset,
}

impl Document {
    /// A preset that is in no file of the user's: where one of its name ships, its text is that one's.
    pub fn unnamed(name: &str, preset: Preset) -> Self {
        Self {
            path: None,
            text: library::find(name).map(|shipped| shipped.text.to_owned()),
            saved: preset,
        }
    }

    /// A preset in a file with this text.
    pub fn of_file(path: PathBuf, text: String, preset: Preset) -> Self {
        Self {
            path: Some(path),
            text: Some(text),
            saved: preset,
        }
    }

    /// What the file would say of this preset.
    pub fn text_of(&self, preset: &Preset) -> String {
        written(preset, self.text.as_deref())
    }

    /// Whether there is something to lose: changes of a preset in a file, or arms put together by hand.
    pub fn is_unsaved(&self, preset: &Preset) -> bool {
        let is_kept = self.path.is_some() || self.has_other_arms(preset);
        is_kept && self.saved != *preset
    }

    fn has_other_arms(&self, preset: &Preset) -> bool {
        !preset.axes.is_empty() && preset.axes != self.saved.axes
    }

    /// The file's name.
    pub fn name(&self) -> Option<String> {
        let path: &Path = self.path.as_deref()?;
        Some(path.file_name()?.to_string_lossy().into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{ArmsByHand, parse, set};

    #[test]
    fn changes_are_asked_for_only_where_there_is_something_to_lose() {
        let preset = Preset::default();
        let wider = set(&preset, "network.width", "77").expect("it takes it");
        let shipped = Document::unnamed("", preset.clone());
        assert!(!shipped.is_unsaved(&preset) && !shipped.is_unsaved(&wider));
        let text = "(seed: 1)".to_owned();
        let file = Document::of_file("a.ron".into(), text, preset.clone());
        assert!(!file.is_unsaved(&preset) && file.is_unsaved(&wider));
        let arms = ArmsByHand::of(&preset).expect("its arm");
        let two = arms
            .copied(0)
            .expect("a copy")
            .applied(&preset)
            .expect("two arms");
        assert!(shipped.is_unsaved(&two));
    }

    #[test]
    fn a_file_keeps_its_comments() {
        let text = "(\n    seed: 1, // mine\n)\n";
        let preset = parse(text).expect("a preset");
        let document = Document::of_file("a.ron".into(), text.to_owned(), preset.clone());
        let changed = set(&preset, "seed", "5").expect("it takes it");
        assert_eq!(document.text_of(&changed), "(\n    seed: 5, // mine\n)\n");
    }
}

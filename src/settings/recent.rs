//! What was opened last.

use serde::{Deserialize, Serialize};

/// Most entries of a list.
pub(super) const MOST: usize = 20;

/// Something that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// A shipped preset's name, or the absolute path of a file or folder.
    pub source: String,
    /// Its title.
    pub title: String,
}

/// The list with one more entry at its head; another of the same is given up.
pub(super) fn noted<T: Clone>(list: &[T], new: T, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let others: Vec<T> = list
        .iter()
        .filter(|old| !is_same(old, &new))
        .cloned()
        .collect();
    std::iter::once(new).chain(others).take(MOST).collect()
}

impl super::Settings {
    /// Notes what was opened.
    pub fn note_opened(&mut self, source: &str, title: &str) {
        let new = Recent {
            source: source.to_owned(),
            title: title.to_owned(),
        };
        self.recent = noted(&self.recent, new, |a, b| a.source == b.source);
    }

    /// Notes the folder that something was opened from or saved to.
    pub fn note_folder(&mut self, folder: &str) {
        self.folders = noted(&self.folders, folder.to_owned(), |a, b| a == b);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    #[test]
    fn what_is_opened_again_comes_first_and_stands_once() {
        let mut settings = Settings::default();
        for i in 0..2 * MOST {
            settings.note_opened(&format!("/a/{i}.ron"), "");
        }
        assert_eq!(settings.recent.len(), MOST);
        settings.note_opened(&format!("/a/{}.ron", 2 * MOST - 3), "again");
        assert_eq!(settings.recent.len(), MOST);
        assert_eq!(settings.recent[0].title, "again");
        let sources = settings.recent.iter().map(|recent| &recent.source);
        let distinct: std::collections::BTreeSet<_> = sources.collect();
        assert_eq!(distinct.len(), MOST);
    }
}

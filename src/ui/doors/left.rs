//! What was in the window before another experiment was opened, so that undo brings it back.

use std::path::PathBuf;

use crate::spec::Place;
use crate::ui::draft::Draft;

use super::Document;

/// Most experiments that are remembered.
const MOST: usize = 20;

/// An experiment that was left for another one.
#[derive(Clone, Debug)]
pub struct Left {
    /// Its name.
    pub name: String,
    /// Folder that its relative paths start from.
    pub folder: PathBuf,
    /// Its preset with the changes that can be taken back.
    pub draft: Draft,
    /// Its file.
    pub document: Document,
    /// Where its panels stood, if not as usual.
    pub place: Option<Place>,
}

/// The experiments before the one shown, and those that undo has left.
#[derive(Clone, Debug, Default)]
pub struct Past {
    back: Vec<Left>,
    forward: Vec<Left>,
    /// Where the next one that is left goes, when undo or redo leaves it.
    way: Option<Way>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Back,
    Forward,
}

impl Past {
    /// An experiment is left.
    pub fn leave(&mut self, left: Left) {
        match self.way.take() {
            Some(Way::Forward) => self.back.push(left),
            Some(Way::Back) => self.forward.push(left),
            None => {
                self.forward.clear();
                self.back.push(left);
            }
        }
        let surplus = self.back.len().saturating_sub(MOST);
        self.back.drain(..surplus);
    }

    /// The one to go back to; the one that is left next is where redo finds it.
    pub fn undo(&mut self) -> Option<Left> {
        let left = self.back.pop()?;
        self.way = Some(Way::Back);
        Some(left)
    }

    /// The one that undo has left.
    pub fn redo(&mut self) -> Option<Left> {
        let left = self.forward.pop()?;
        self.way = Some(Way::Forward);
        Some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Preset;

    fn left(name: &str) -> Left {
        Left {
            name: name.to_owned(),
            folder: PathBuf::new(),
            draft: Draft::new(Preset::default()),
            document: Document::unnamed("", Preset::default()),
            place: None,
        }
    }

    #[test]
    fn undo_and_redo_walk_over_what_was_opened() {
        let mut past = Past::default();
        past.leave(left("a"));
        past.leave(left("b"));
        // c is shown.
        let back = past.undo().expect("b");
        past.leave(left("c"));
        assert_eq!(back.name, "b");
        let back = past.undo().expect("a");
        past.leave(back.clone());
        assert_eq!(back.name, "a");
        assert!(past.undo().is_none());
        let forward = past.redo().expect("the last one left");
        assert_eq!(forward.name, "a");
        past.leave(left("x"));
        assert_eq!(past.redo().expect("c").name, "c");
        // Another one is opened: there is nothing to be done again.
        past.leave(left("y"));
        past.leave(left("z"));
        assert!(past.redo().is_none());
    }
}

//! The preset as the user edits it.

use crate::preset::{Edit, PresetError};
use crate::spec::Preset;

/// Most changes that can be taken back.
const UNDO_LIMIT: usize = 200;

/// The preset as the user edits it: possibly invalid, in which case the run is of the last valid one.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As edited.
    pub preset: Preset,
    /// As it was loaded: the value a double-click restores.
    pub loaded: Preset,
    /// The last change that was refused, if it still stands.
    pub error: Option<FieldError>,
    accepted: Preset,
    last_field: Option<String>,
    undo: Vec<Preset>,
    redo: Vec<Preset>,
}

/// A change that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// Path of the field that was changed.
    pub field: String,
    /// What is wrong and what is allowed.
    pub message: String,
    /// The largest whole number that would do, where there is one between the old value and this.
    pub fits: Option<u64>,
}

impl Draft {
    /// A preset nobody has touched.
    pub fn new(preset: Preset) -> Self {
        Self {
            loaded: preset.clone(),
            accepted: preset.clone(),
            preset,
            error: None,
            last_field: None,
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// Carries out a change; the caller says whether the result is valid with [`Self::accept`] or
    /// [`Self::refuse`].
    ///
    /// # Errors
    /// Those of [`Edit::applied`], which leave the preset as it is.
    pub fn change(&mut self, edit: &Edit) -> Result<(), PresetError> {
        self.preset = edit.applied(&self.preset)?;
        Ok(())
    }

    /// The preset as it is now is valid. Changes of one field in a row are taken back together; whether
    /// this one goes on with the last.
    pub fn accept(&mut self, field: &str) -> bool {
        let goes_on = self.last_field.as_deref() == Some(field);
        if !goes_on {
            self.undo.push(self.accepted.clone());
            let surplus = self.undo.len().saturating_sub(UNDO_LIMIT);
            self.undo.drain(..surplus);
        }
        self.redo.clear();
        self.last_field = Some(field.to_owned());
        self.accepted = self.preset.clone();
        self.error = None;
        goes_on
    }

    /// The next change is taken back by itself, though it be of the same field as the last.
    pub fn pause(&mut self) {
        self.last_field = None;
    }

    /// Another valid preset in its place, as one change; several in a row are taken back together,
    /// and whether it is one more of these is said.
    pub fn replace(&mut self, preset: Preset) -> bool {
        self.preset = preset;
        self.accept("another preset")
    }

    /// The preset as it is now is not valid.
    pub fn refuse(&mut self, field: &str, message: String) {
        let field = field.to_owned();
        self.error = Some(FieldError {
            field,
            message,
            fits: None,
        });
    }

    /// The change that was refused could be as large as this.
    pub fn offer(&mut self, fits: Option<u64>) {
        if let Some(error) = &mut self.error {
            error.fits = fits;
        }
    }

    /// The last valid preset.
    pub fn accepted(&self) -> &Preset {
        &self.accepted
    }

    /// Whether nothing differs from the last valid preset.
    pub fn is_accepted(&self) -> bool {
        self.preset == self.accepted
    }

    /// Goes back to the last valid preset.
    pub fn drop_refused(&mut self) {
        self.preset = self.accepted.clone();
        self.error = None;
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop() else {
            return false;
        };
        self.redo
            .push(std::mem::replace(&mut self.accepted, before));
        self.step_made()
    }

    /// Does the last change again that was taken back; whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else {
            return false;
        };
        self.undo.push(std::mem::replace(&mut self.accepted, after));
        self.step_made()
    }

    fn step_made(&mut self) -> bool {
        self.last_field = None;
        self.drop_refused();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_width(draft: &mut Draft, width: usize) {
        let edit = Edit::new("network.width", width.to_string());
        draft.change(&edit).expect("it takes it");
    }

    #[test]
    fn a_drag_is_taken_back_as_one_change() {
        let mut draft = Draft::new(Preset::default());
        for width in [100, 200, 300] {
            set_width(&mut draft, width);
            draft.accept("network.width");
        }
        assert!(draft.undo());
        assert_eq!(draft.preset.network.width, Preset::default().network.width);
        assert!(!draft.undo());
        assert!(draft.redo());
        assert_eq!(draft.preset.network.width, 300);
    }

    #[test]
    fn a_refused_change_is_shown_and_can_be_dropped() {
        let mut draft = Draft::new(Preset::default());
        set_width(&mut draft, 0);
        draft.refuse("network.width", "must be at least 1".into());
        assert_eq!(draft.preset.network.width, 0);
        assert!(draft.error.is_some());
        draft.drop_refused();
        assert_eq!(draft.preset.network.width, Preset::default().network.width);
        assert_eq!(draft.error, None);
        assert!(!draft.undo());
    }
}

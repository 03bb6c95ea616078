//! An experiment as a wrong program would run it.

use super::{Difference, Edit, Experiment, PresetError};
use crate::spec::{WrongKind, WrongSpec};

/// An experiment under a setting in which at least one of its claims fails.
#[derive(Clone, Debug)]
pub struct WrongSetting {
    /// Kind of the mistake.
    pub kind: WrongKind,
    /// Its paths and values, `scaling=Ntk`, with commas between them.
    pub changes: String,
    /// The experiment so changed, with the same claims.
    pub experiment: Experiment,
}

impl Experiment {
    /// The experiment under each of its wrong settings, in the order of `wrong`.
    ///
    /// # Errors
    /// The first setting that can't be tried: a path that does not exist, a field out of range, a
    /// change of the claims, and changes that make the same run.
    pub fn wrong_settings(&self) -> Result<Vec<WrongSetting>, PresetError> {
        let settings = self.preset.wrong.iter().enumerate();
        let tried = settings.filter_map(|(index, wrong)| match wrong {
            WrongSpec::Excused { .. } => None,
            WrongSpec::Set { kind, changes } => {
                let changes = changes.iter().map(|(path, text)| Edit::new(path, text));
                let changed = self.under(*kind, index, &changes.collect::<Vec<_>>());
                Some(changed.map_err(|source| PresetError::InWrong {
                    index,
                    source: Box::new(source),
                }))
            }
        });
        tried.collect()
    }

    /// The wrong settings that can be tried. One that a change of the preset has made itself, and that changes
    /// nothing any more, is not among them.
    pub fn triable(&self) -> Vec<WrongSpec> {
        let wrong = self.preset.wrong.iter().enumerate();
        let triable = wrong.filter(|(index, wrong)| self.can_be_under(*index, wrong));
        triable.map(|(_, wrong)| wrong.clone()).collect()
    }

    /// Whether a wrong setting can be tried; one that is excused needs not be.
    pub(super) fn can_be_under(&self, index: usize, wrong: &WrongSpec) -> bool {
        match wrong {
            WrongSpec::Excused { .. } => true,
            WrongSpec::Set { kind, changes } => {
                let changes = changes.iter().map(|(path, text)| Edit::new(path, text));
                let changes: Vec<Edit> = changes.collect();
                self.under(*kind, index, &changes).is_ok()
            }
        }
    }

    fn under(
        &self,
        kind: WrongKind,
        index: usize,
        changes: &[Edit],
    ) -> Result<WrongSetting, PresetError> {
        let mut edits = changes.iter();
        let start = self.preset.clone();
        let preset = edits.try_fold(start, |preset, edit| edit.applied(&preset))?;
        let path = || format!("wrong.{index}.changes");
        if preset.claims != self.preset.claims || preset.wrong != self.preset.wrong {
            let allowed = "a change of the run, under which the same claims are tried";
            return Err(PresetError::value(
                path(),
                "a change of the claims",
                allowed,
            ));
        }
        if Difference::between(&preset, &self.preset).is_none() {
            let allowed = "a change of what the run computes";
            return Err(PresetError::value(path(), "a change of nothing", allowed));
        }
        let words = changes
            .iter()
            .map(|edit| format!("{}={}", edit.path, edit.text));
        Ok(WrongSetting {
            kind,
            changes: words.collect::<Vec<_>>().join(", "),
            experiment: Self::check(preset, &self.name, self.folder.clone())?,
        })
    }
}

//! Arms by hand: a preset's arms copied, changed one by one, named, moved and taken away, each as an edit
//! of the preset.

mod names;
mod table;
#[cfg(test)]
mod tests;

use super::axes::expand;
use super::{Edit, PresetError};
use crate::spec::Preset;
use table::Table;

/// The arms of a preset, to be changed by hand.
///
/// Arms by hand are one axis: its field is the first in which they differ, further ones are `linked`, each
/// with a value an arm. What all arms have alike stands in the preset itself, and names that the values
/// give anyway are left out, so that arms which differ in one field are the plain axis over it. Several
/// axes over arms, whose values multiply, become one.
#[derive(Clone, Debug)]
pub struct ArmsByHand<'a> {
    preset: &'a Preset,
    labels: Vec<String>,
    table: Table,
}

impl<'a> ArmsByHand<'a> {
    /// The arms of a preset.
    ///
    /// # Errors
    /// Those of its axes.
    pub fn of(preset: &'a Preset) -> Result<Self, PresetError> {
        let arms = expand(preset, "")?;
        Ok(Self {
            preset,
            labels: arms.iter().map(|arm| arm.label.clone()).collect(),
            table: Table::of(preset, arms)?,
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// Their names.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The preset of an arm.
    pub fn preset_of(&self, arm: usize) -> Option<&Preset> {
        self.table.rows.get(arm).map(|row| &row.preset)
    }

    /// Adds a copy of an arm at the end, under a name of its own.
    ///
    /// # Errors
    /// No such arm.
    pub fn copied(mut self, arm: usize) -> Result<Edit, PresetError> {
        self.check(arm)?;
        self.table.copy(arm);
        self.edit()
    }

    /// Takes an arm away, with the claims that name it. What the last one has becomes the preset's own.
    ///
    /// # Errors
    /// No such arm, or no other.
    pub fn removed(mut self, arm: usize) -> Result<Edit, PresetError> {
        self.check(arm)?;
        if self.count() == 1 {
            return Err(PresetError::value("axes", "no arm", "at least one arm"));
        }
        self.table.remove(arm);
        self.edit()
    }

    /// Names an arm, in the claims too; without a name it is called by its values.
    ///
    /// # Errors
    /// No such arm, or no other to be told from.
    pub fn renamed(mut self, arm: usize, name: &str) -> Result<Edit, PresetError> {
        self.check(arm)?;
        if self.count() == 1 {
            let allowed = "several arms; an only one is named by the title";
            return Err(PresetError::value("axes", "a name", allowed));
        }
        self.table.rename(arm, name.trim());
        self.edit()
    }

    /// Moves an arm before the one in front of it, or behind the next; the first and the last stay there.
    ///
    /// # Errors
    /// No such arm.
    pub fn shifted(mut self, arm: usize, up: bool) -> Result<Edit, PresetError> {
        self.check(arm)?;
        let other = if up {
            arm.checked_sub(1)
        } else {
            Some(arm + 1)
        };
        if let Some(other) = other.filter(|other| *other < self.count()) {
            self.table.swap(arm, other);
        }
        self.edit()
    }

    /// Makes a change in one arm alone. An arm that was called by the value that changes is called by the
    /// new one, and claims about it are given up.
    ///
    /// # Errors
    /// No such arm, and those of the change.
    pub fn edited(mut self, arm: usize, change: &Edit) -> Result<Edit, PresetError> {
        self.check(arm)?;
        self.table.set(arm, change)?;
        self.edit()
    }

    fn check(&self, arm: usize) -> Result<(), PresetError> {
        if arm < self.count() {
            return Ok(());
        }
        let (value, allowed) = (
            format!("arm {}", arm + 1),
            format!("one of {}", self.count()),
        );
        Err(PresetError::value("axes", value, allowed))
    }

    /// The change of the preset that makes its arms those of the table.
    fn edit(mut self) -> Result<Edit, PresetError> {
        let base = self.table.tidy(self.preset);
        let axes = self.table.axes(self.preset)?;
        let edit = Edit::new("axes", super::text(&axes));
        let edit = base
            .into_iter()
            .fold(edit, |edit, (field, text)| edit.and(field, text));
        let only = self.table.rows.len() == 1;
        let position = |name: &str| match self.count() {
            1 if name.is_empty() => Some(0),
            _ => self.labels.iter().position(|label| label == name),
        };
        let renamed = |name: &str| {
            let from = position(name)?;
            let row = self.table.rows.iter().find(|row| row.from == Some(from))?;
            Some(if only {
                String::new()
            } else {
                row.name.clone()
            })
        };
        let origins: Vec<usize> = self.table.rows.iter().map(|row| row.origin).collect();
        Ok(super::follow::followed(
            edit,
            (self.preset, &self.preset.claims),
            (&axes, &origins),
            renamed,
        ))
    }
}

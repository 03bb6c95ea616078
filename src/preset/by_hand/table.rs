//! The arms as a table: a row an arm, a column a field in which they differ.

use ron::value::RawValue;

use super::names::{BASE, after, distinct, is_placeholder};
use crate::preset::axes::{label, overlap};
use crate::preset::axis_values::{AxisValues, one_line};
use crate::preset::{Arm, Edit, PresetError, axis_of, text_at};
use crate::spec::{AxisSpec, LinkedField, PowerLaw, Preset, Show};

/// Fields of which the first that nothing varies stands for copies that differ in nothing yet.
const STAND_INS: [&str; 3] = ["network.width", "train.stop.steps", "seed"];

/// The arms as a table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A field in which arms differ.
#[derive(Clone, Debug)]
struct Column {
    field: String,
    /// Where it follows from the number in the first column.
    power: Option<PowerLaw>,
}

/// An arm.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub name: String,
    /// Its whole preset.
    pub preset: Preset,
    /// Its value of each column, as it is written.
    texts: Vec<String>,
    /// Which arm of the preset it is, as far as claims may go on to name it.
    pub from: Option<usize>,
    /// Which arm of the preset it was, or was copied from.
    pub origin: usize,
}

impl Table {
    /// The arms of a preset.
    pub fn of(preset: &Preset, arms: Vec<Arm>) -> Result<Self, PresetError> {
        let axes = preset.axes.iter().enumerate();
        let axes: Vec<(&AxisSpec, AxisValues)> = axes
            .filter(|(_, axis)| !axis.show.is_sweep())
            .map(|(i, axis)| Ok((axis, AxisValues::of(preset, i, axis)?)))
            .collect::<Result<_, PresetError>>()?;
        let is_one = axes.len() == 1;
        let columns = axes.iter().flat_map(|(axis, _)| {
            let linked = axis.linked.iter();
            let linked = linked.map(|l| (l.field.clone(), l.power.filter(|_| is_one)));
            std::iter::once((axis.field.clone(), None)).chain(linked)
        });
        let columns = columns.map(|(field, power)| Column { field, power });
        let row = |arm: Arm| Row {
            name: if axes.is_empty() {
                BASE.to_owned()
            } else {
                arm.label
            },
            texts: texts(&axes, arm.index),
            preset: arm.preset,
            from: Some(arm.index),
            origin: arm.index,
        };
        Ok(Self {
            columns: columns.collect(),
            rows: arms.into_iter().map(row).collect(),
        })
    }

    pub fn copy(&mut self, at: usize) {
        if let Some(row) = self.rows.get(at) {
            let taken: Vec<&str> = self.rows.iter().map(|row| row.name.as_str()).collect();
            let name = distinct(&row.name, &taken);
            let from = None;
            let copy = Row {
                name,
                from,
                ..row.clone()
            };
            self.rows.push(copy);
        }
    }

    pub fn remove(&mut self, at: usize) {
        self.rows.remove(at);
    }

    pub fn swap(&mut self, a: usize, b: usize) {
        self.rows.swap(a, b);
    }

    /// Names an arm; an empty name stands for its values.
    pub fn rename(&mut self, at: usize, name: &str) {
        let name = match name {
            "" => self.own_labels(at).join(", "),
            name => name.to_owned(),
        };
        if let Some(row) = self.rows.get_mut(at) {
            row.name = name;
        }
    }

    /// Makes a change in one arm.
    pub fn set(&mut self, at: usize, change: &Edit) -> Result<(), PresetError> {
        let Some(row) = self.rows.get(at) else {
            return Ok(());
        };
        let changed = change.applied(&row.preset)?;
        let with = change.with.iter().map(|(path, _)| path);
        for path in std::iter::once(&change.path).chain(with) {
            let column = self.column(path, &changed);
            self.write(at, column, &changed);
        }
        if let Some(row) = self.rows.get_mut(at) {
            row.preset = changed;
        }
        Ok(())
    }

    /// Puts an arm's value of a column in, as it is in its changed preset, and names the arm anew.
    fn write(&mut self, at: usize, column: usize, changed: &Preset) {
        let own = self.own_labels(at);
        let names = self.rows.iter().enumerate().filter(|(row, _)| *row != at);
        let taken: Vec<String> = names.map(|(_, row)| row.name.clone()).collect();
        let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
        let field = self.columns.get(column).map(|c| c.field.clone());
        let field = field.unwrap_or_default();
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let now = one_line(&text_at(changed, &field).unwrap_or_default());
        let (Some(text), Some(before)) = (row.texts.get_mut(column), own.get(column)) else {
            return;
        };
        if text_at(&row.preset, &field).map(|text| one_line(&text)) == Some(now.clone()) {
            return;
        }
        let named = after(
            &row.name,
            [before, &label(&field, &now, &now)],
            &own,
            column == 0,
        );
        *text = now;
        if named != row.name {
            row.name = distinct(&named, &taken);
            row.from = None;
        }
        // What followed from the first column is written out where either is changed by hand.
        for (index, other) in self.columns.iter_mut().enumerate() {
            if column == 0 || index == column {
                other.power = None;
            }
        }
    }

    /// The column of a path, made where there is none: of what the field is a part of where not every arm
    /// has the field, and in the place of the columns that are parts of it.
    fn column(&mut self, path: &str, changed: &Preset) -> usize {
        let presets: Vec<&Preset> = self.rows.iter().map(|row| &row.preset).collect();
        let is_there = |field: &str| {
            let mut all = presets.iter().copied().chain([changed]);
            all.all(|preset| text_at(preset, field).is_some())
        };
        let mut field = path;
        while let Some((whole, _)) = field.rsplit_once('.').filter(|_| !is_there(field)) {
            field = whole;
        }
        let mut columns = self.columns.iter();
        let covers =
            |column: &Column| overlap(&column.field, field) && column.field.len() <= field.len();
        if let Some(found) = columns.position(covers) {
            return found;
        }
        let parts = |column: &Column| overlap(&column.field, field);
        let place = self.columns.iter().position(parts);
        let kept: Vec<bool> = self.columns.iter().map(|column| !parts(column)).collect();
        let place = place.unwrap_or(self.columns.len());
        retain(&mut self.columns, &kept);
        let (field, power) = (field.to_owned(), None);
        for row in &mut self.rows {
            retain(&mut row.texts, &kept);
            let text = text_at(&row.preset, &field).unwrap_or_default();
            row.texts.insert(place, one_line(&text));
        }
        self.columns.insert(place, Column { field, power });
        place
    }

    /// What an arm's values are called, in the order of the columns.
    fn own_labels(&self, at: usize) -> Vec<String> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let values = self.columns.iter().zip(&row.texts);
        let named = values.map(|(column, text)| {
            let read = text_at(&row.preset, &column.field);
            label(&column.field, text, &read.unwrap_or_else(|| text.clone()))
        });
        named.collect()
    }

    /// Takes the columns out in which all arms are alike, and names those that had none; the fields and
    /// values that become the preset's own.
    pub fn tidy(&mut self, preset: &Preset) -> Vec<(String, String)> {
        if self.columns.is_empty() && self.rows.len() > 1 {
            let mut free = STAND_INS
                .iter()
                .filter(|field| axis_of(preset, field).is_none());
            if let Some(field) = free.next() {
                self.column(field, preset);
            }
        }
        let is_alike = |column: &Column| {
            let mut rows = self
                .rows
                .iter()
                .map(|row| text_at(&row.preset, &column.field));
            let first = rows.next();
            rows.all(|text| Some(text) == first)
        };
        let alike: Vec<bool> = self.columns.iter().map(is_alike).collect();
        // Copies that differ in nothing keep one column.
        let first_stays = self.rows.len() > 1 && alike.iter().all(|alike| *alike);
        let kept = (0..).zip(&alike);
        let kept: Vec<bool> = kept
            .map(|(i, alike)| !alike || (first_stays && i == 0))
            .collect();
        let first = self.rows.first();
        let texts = first.map(|row| row.texts.clone()).unwrap_or_default();
        let base = self.columns.iter().zip(texts).zip(&kept);
        let base = base.filter(|(_, kept)| !**kept);
        let base = base
            .map(|((column, text), _)| (column.field.clone(), text))
            .collect();
        if kept.first() == Some(&false) {
            for column in &mut self.columns {
                column.power = None;
            }
        }
        retain(&mut self.columns, &kept);
        for row in &mut self.rows {
            retain(&mut row.texts, &kept);
        }
        if !first_stays {
            self.name_placeholders();
        }
        base
    }

    /// Arms that are called no more than a preset's only arm are called by their values.
    fn name_placeholders(&mut self) {
        for at in 0..self.rows.len() {
            let name = self.own_labels(at).join(", ");
            if let Some(row) = self
                .rows
                .get_mut(at)
                .filter(|row| is_placeholder(&row.name))
                && !name.is_empty()
            {
                row.name = name;
            }
        }
    }

    /// The axes of the preset with that of the arms in the place of the first one over arms.
    pub fn axes(&self, preset: &Preset) -> Result<Vec<AxisSpec>, PresetError> {
        let place = preset.axes.iter().position(|axis| !axis.show.is_sweep());
        let sweeps = preset.axes.iter().filter(|axis| axis.show.is_sweep());
        let mut axes: Vec<AxisSpec> = sweeps.cloned().collect();
        if let Some(own) = self.axis()? {
            axes.insert(place.unwrap_or_default().min(axes.len()), own);
        }
        Ok(axes)
    }

    fn axis(&self) -> Result<Option<AxisSpec>, PresetError> {
        let Some((first, others)) = self.columns.split_first().filter(|_| self.rows.len() > 1)
        else {
            return Ok(None);
        };
        let linked = others.iter().zip(1..).map(|(column, index)| {
            Ok(LinkedField {
                field: column.field.clone(),
                values: match column.power {
                    Some(_) => Vec::new(),
                    None => self.values(index)?,
                },
                power: column.power,
            })
        });
        let are_named = (0..self.rows.len()).zip(&self.rows);
        let mut are_named =
            are_named.map(|(at, row)| self.own_labels(at).first() != Some(&row.name));
        let names = self.rows.iter().map(|row| row.name.clone());
        Ok(Some(AxisSpec {
            field: first.field.clone(),
            values: self.values(0)?,
            range: None,
            names: match are_named.any(|one| one) {
                true => names.collect(),
                false => Vec::new(),
            },
            linked: linked.collect::<Result<_, PresetError>>()?,
            show: Show::Arms,
        }))
    }

    fn values(&self, column: usize) -> Result<Vec<Box<RawValue>>, PresetError> {
        let texts = self.rows.iter().filter_map(|row| row.texts.get(column));
        let value = |text: &String| {
            RawValue::from_boxed_ron(text.as_str().into()).map_err(|error| {
                PresetError::value("axes", text.as_str(), format!("one value ({})", error.code))
            })
        };
        texts.map(value).collect()
    }
}

/// The written values of an arm: of several axes the last varies fastest.
fn texts(axes: &[(&AxisSpec, AxisValues)], arm: usize) -> Vec<String> {
    let mut rest = arm;
    let mut all: Vec<Vec<String>> = Vec::new();
    for (_, values) in axes.iter().rev() {
        let (count, at) = (values.texts.len().max(1), rest % values.texts.len().max(1));
        rest /= count;
        let lists = std::iter::once(&values.texts).chain(&values.linked);
        all.push(lists.filter_map(|list| list.get(at).cloned()).collect());
    }
    all.into_iter().rev().flatten().collect()
}

fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().copied().unwrap_or(true));
}

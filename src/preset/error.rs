//! What can be wrong with a preset.

use std::path::PathBuf;

use super::spelling::{did_you_mean, nearest};
use crate::spec::FORMAT;

/// What is wrong with a preset: the field, what is written there, and what is allowed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PresetError {
    /// The text is longer than a preset may be.
    #[error("a preset has at most {limit} bytes, this one has {bytes}")]
    TooLong {
        /// Length of the text.
        bytes: u64,
        /// Longest text read.
        limit: u64,
    },
    /// The brackets are nested deeper than any preset needs.
    #[error("line {line}: brackets nested more than {limit} deep")]
    TooDeep {
        /// Line of the first bracket too many.
        line: usize,
        /// Deepest nesting read.
        limit: usize,
    },
    /// The text is not RON.
    #[error("{place}: {problem}")]
    Syntax {
        /// Where reading failed.
        place: Place,
        /// What is wrong there.
        problem: String,
    },
    /// The preset was written for a later version of the program.
    #[error(
        "format: {found} is newer than this program reads; allowed: up to {FORMAT} (a newer widescope reads it)"
    )]
    NewerFormat {
        /// Format of the preset.
        found: u64,
    },
    /// A field, a choice, a column, an arm … that does not exist.
    #[error(transparent)]
    Unknown(Box<UnknownName>),
    /// A value of the wrong type or out of range.
    #[error("{place}: {} is not allowed; allowed: {allowed}", if value.is_empty() { "nothing" } else { value })]
    Value {
        /// Where it is written.
        place: Place,
        /// The value as written.
        value: String,
        /// What is allowed.
        allowed: String,
    },
    /// A field that has no default is not given.
    #[error("{place}: the field `{field}` is missing")]
    Missing {
        /// The value it belongs to.
        place: Place,
        /// Name of the field.
        field: String,
    },
    /// Something is wrong in one arm only.
    #[error("in the arm `{arm}`: {source}")]
    InArm {
        /// Name of the arm.
        arm: String,
        /// What is wrong.
        source: Box<PresetError>,
    },
    /// A wrong setting of the preset can't be tried.
    #[error("under the setting `wrong.{index}`: {source}")]
    InWrong {
        /// Its position in `wrong`.
        index: usize,
        /// What is wrong.
        source: Box<PresetError>,
    },
    /// Neither a shipped preset nor a file.
    #[error(
        "unknown preset `{name}`{}; `widescope list` shows all, and a path ending in .ron names a file",
        did_you_mean(nearest)
    )]
    UnknownPreset {
        /// The name as written.
        name: String,
        /// The shipped name with the nearest spelling.
        nearest: Option<String>,
    },
    /// A file that can't be read.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// Data that can't be had; the text names the field, the value and what is allowed.
    #[error("{0}")]
    Data(String),
    /// The run would need more memory than there is for it.
    #[error(
        "{field}: {value} is not allowed; the run would need {needed}, half of the free memory is {allowed}{remedy}"
    )]
    TooBig {
        /// The field that decides the size.
        field: &'static str,
        /// Its value.
        value: String,
        /// Memory the run would need, in words.
        needed: String,
        /// Memory it may have, in words.
        allowed: String,
        /// What would fit.
        remedy: String,
    },
}

/// A name that does not exist where it is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: unknown {what} `{name}`{}; allowed: {}", did_you_mean(nearest), allowed.join(", "))]
pub struct UnknownName {
    /// Where it is written.
    pub place: Place,
    /// Field, choice, path, column or arm.
    pub what: &'static str,
    /// The name as written.
    pub name: String,
    /// Every name that is allowed there.
    pub allowed: Vec<String>,
    /// The allowed name with the nearest spelling.
    pub nearest: Option<String>,
}

/// A place in a preset: the path of a field, with its line and column where it was read from a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Path as in `--set`; empty for the whole preset.
    pub path: String,
    /// Where it stands in the text.
    pub position: Option<Position>,
}

/// Line and column of a text, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl Place {
    /// A field by its path alone.
    pub fn field(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            position: None,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.path.as_str(), self.position) {
            ("", Some(position)) => write!(f, "{position}"),
            ("", None) => f.write_str("preset"),
            (path, Some(position)) => write!(f, "{path} ({position})"),
            (path, None) => f.write_str(path),
        }
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl PresetError {
    /// A value out of range.
    pub(crate) fn value(
        path: impl Into<String>,
        value: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Self {
        Self::Value {
            place: Place::field(path),
            value: value.into(),
            allowed: allowed.into(),
        }
    }

    /// A name that is none of the allowed ones, with the nearest of them.
    pub(super) fn unknown<S: AsRef<str>>(
        place: Place,
        what: &'static str,
        name: &str,
        allowed: &[S],
    ) -> Self {
        let nearest = nearest(name, allowed);
        let allowed = allowed.iter().map(|a| a.as_ref().to_owned()).collect();
        let name = name.to_owned();
        Self::Unknown(Box::new(UnknownName {
            place,
            what,
            name,
            allowed,
            nearest,
        }))
    }

    /// The error of a claim with a way out: a preset whose fields were set otherwise can do without claims.
    pub(super) fn or_without_claims(mut self) -> Self {
        let way_out = "or no claims at all, claims=[]";
        match &mut self {
            Self::Unknown(unknown) if unknown.place.path.starts_with("claims.") => {
                unknown.allowed.push(way_out.to_owned());
            }
            Self::Value { place, allowed, .. } if place.path.starts_with("claims.") => {
                *allowed += &format!(", {way_out}");
            }
            _ => {}
        }
        self
    }

    /// The place the error names, if it names one.
    pub(super) fn place_mut(&mut self) -> Option<&mut Place> {
        match self {
            Self::Unknown(unknown) => Some(&mut unknown.place),
            Self::Value { place, .. }
            | Self::Missing { place, .. }
            | Self::Syntax { place, .. } => Some(place),
            _ => None,
        }
    }
}

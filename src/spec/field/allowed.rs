//! What a field takes.

use std::fmt;

/// What a field takes. A field that may be `None` takes that besides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allowed {
    /// A whole number from one to another, both allowed. Other fields may narrow it (a batch has at
    /// most n points).
    Whole {
        /// Smallest.
        from: u64,
        /// Largest.
        to: u64,
    },
    /// A finite number above 0.
    Positive,
    /// A finite number from 0 up.
    NotNegative,
    /// A number from one to another, both allowed.
    Between {
        /// Smallest.
        from: f64,
        /// Largest.
        to: f64,
    },
    /// On or off: `true` or `false`.
    Switch,
    /// One of these.
    Choices(&'static [Choice]),
    /// A choice with a number of its own.
    Other,
}

impl fmt::Display for Allowed {
    /// In the words of the errors.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { from, to } => write!(f, "a whole number from {from} to {to}"),
            Self::Positive => f.write_str("a finite number above 0"),
            Self::NotNegative => f.write_str("a finite number from 0 up"),
            Self::Between { from, to } if *from < 1e-3 => {
                write!(f, "a number from {from:e} to {to:e}")
            }
            Self::Between { from, to } => write!(f, "a number from {from} to {to}"),
            Self::Switch => f.write_str("true or false"),
            Self::Choices(choices) => {
                let names: Vec<&str> = choices.iter().map(|choice| choice.value).collect();
                f.write_str(&names.join(", "))
            }
            Self::Other => f.write_str("one of its choices"),
        }
    }
}

/// A value on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As it is written in a preset; of a choice with fields its name alone.
    pub value: &'static str,
    /// Values of the fields that are chosen together with it, in the order of `Field::with`.
    pub with: &'static [&'static str],
    /// Name on screen.
    pub name: &'static str,
    /// What it means; empty where the name says it.
    pub meaning: &'static str,
    /// How it is written, in the words of the errors; `None` where its name says it, or its fields do.
    pub written: Option<&'static str>,
}

impl Choice {
    /// A value by itself.
    pub(super) const fn new(
        value: &'static str,
        name: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self {
            value,
            with: &[],
            name,
            meaning,
            written: None,
        }
    }

    /// A value that holds a number, and how it is written with it.
    pub(super) const fn written(mut self, written: &'static str) -> Self {
        self.written = Some(written);
        self
    }

    /// A value with those of the fields chosen together with it.
    pub(super) const fn and(mut self, with: &'static [&'static str]) -> Self {
        self.with = with;
        self
    }

    /// Whether this text of a field is this choice, whatever fields it has.
    pub fn is_of(&self, text: &str) -> bool {
        let rest = text.strip_prefix(self.value);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
    }
}

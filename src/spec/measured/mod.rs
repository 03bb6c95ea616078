//! What can be measured: observables by their names in a preset, and the quantities that they give.

mod loss;
mod table;

pub use table::{Observable, Quantity};

/// What is known of a quantity; all of it stands in its row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityFacts {
    /// Name of the column, and of the quantity in a preset.
    pub column: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// The definition shown in tooltips.
    pub definition: &'static str,
    /// Where its curve is shown.
    pub curve: Curve,
    /// Whether the table at the end of a run has it.
    pub summed_up: bool,
}

/// Where the curve of a quantity is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// In the panel of losses.
    Losses,
    /// In the panel of weights, at this place before all others.
    Movement(u8),
    /// In the panel of weights, after those of movement.
    Other,
    /// Beside that of the quantity it bounds.
    BoundOn(Quantity),
}

impl Quantity {
    /// Name of the column.
    pub const fn column(self) -> &'static str {
        self.facts().column
    }

    /// The quantity of a column.
    pub fn from_column(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|q| q.column() == name)
    }

    /// Name for people.
    pub const fn title(self) -> &'static str {
        self.facts().title
    }

    /// The definition shown in tooltips.
    pub const fn definition(self) -> &'static str {
        self.facts().definition
    }

    /// The measured bound that is shown with it.
    pub fn measured_bound(self) -> Option<Self> {
        let bounds = |q: &Self| q.facts().curve == Curve::BoundOn(self);
        Self::ALL.into_iter().find(bounds)
    }
}

/// Makes the enum, the list of all and the facts of rows `Name { fact: value, … }`.
macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident $facts:tt)+) => {
        /// A scalar observable; also a column of `series.csv`.
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            Hash,
            PartialOrd,
            Ord,
            serde::Serialize,
            serde::Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Quantity {
            $($(#[$doc])* $name,)+
        }

        impl Quantity {
            /// Every quantity, in the order of the columns.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];

            /// What is known of it.
            pub const fn facts(self) -> &'static QuantityFacts {
                match self {
                    $(Self::$name => &QuantityFacts $facts,)+
                }
            }
        }
    };
}
use quantities;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_column_is_named_as_the_quantity_is_written_and_found_by_it() {
        for quantity in Quantity::ALL {
            let written = ron::to_string(&quantity).unwrap();
            assert_eq!(written, quantity.column());
            assert_eq!(Quantity::from_column(&written), Some(quantity));
        }
    }

    #[test]
    fn titles_and_definitions_tell_quantities_apart() {
        let distinct = |of: fn(Quantity) -> &'static str| {
            let all: BTreeSet<_> = Quantity::ALL.into_iter().map(of).collect();
            all.len()
        };
        assert_eq!(distinct(Quantity::title), Quantity::ALL.len());
        assert_eq!(distinct(Quantity::definition), Quantity::ALL.len());
    }

    #[test]
    fn no_two_curves_share_a_place_and_a_bound_is_of_a_quantity_shown() {
        let mut places = BTreeSet::new();
        for quantity in Quantity::ALL {
            match quantity.facts().curve {
                Curve::Movement(place) => assert!(places.insert(place), "{quantity:?}"),
                Curve::BoundOn(other) => {
                    assert_eq!(other.measured_bound(), Some(quantity));
                    assert!(!matches!(other.facts().curve, Curve::BoundOn(_)));
                }
                Curve::Losses | Curve::Other => {}
            }
        }
    }
}

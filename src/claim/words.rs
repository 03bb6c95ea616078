//! Words that several forms of claim share.

use crate::preset::ArmRef;
use crate::spec::{CountedIn, Direction, Moment, Quantity};

/// `train_loss of Ntk`; the quantity alone for an only arm without a name in the claim.
pub(super) fn owned(of: Quantity, arm: &ArmRef) -> String {
    if arm.name.is_empty() {
        of.column().to_owned()
    } else {
        format!("{} of {}", of.column(), arm.name)
    }
}

/// `Ntk: ` at the head of a claim on a sweep; nothing for an only arm without a name in the claim.
pub(super) fn head(arm: &ArmRef) -> String {
    if arm.name.is_empty() {
        String::new()
    } else {
        format!("{}: ", arm.name)
    }
}

/// `Ours, Ntk`, or with another joint.
pub(super) fn joined<'a>(arms: impl Iterator<Item = &'a ArmRef>, joint: &str) -> String {
    let names: Vec<&str> = arms.map(|arm| arm.name.as_str()).collect();
    names.join(joint)
}

/// `train_loss: Ours < Ntk`.
pub(super) fn in_order(of: &str, arms: &[ArmRef], direction: Direction) -> String {
    let sign = match direction {
        Direction::Rising => " < ",
        Direction::Falling => " > ",
    };
    format!("{of}: {}", joined(arms.iter(), sign))
}

/// `never falls`.
pub(super) fn never(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => "never falls",
        Direction::Falling => "never rises",
    }
}

/// Where a quantity is read.
pub(crate) fn moment(at: &Moment<Quantity>) -> String {
    match at {
        Moment::End => "at the end".to_owned(),
        Moment::Step(step) => format!("at step {step}"),
        Moment::FirstBelow(quantity, value) => {
            format!("where {} is first ≤ {value}", quantity.column())
        }
        Moment::Peak => "at its largest".to_owned(),
        Moment::Rate { clock, from, to } => {
            let unit = match clock {
                CountedIn::Steps => "a step",
                CountedIn::Time => "a unit of time",
            };
            format!("as a rate {unit} between {from} and {to} of its first value")
        }
    }
}

//! Claims on a sweep in plain text.

use crate::spec::{CellRef, Direction, SweepExpectation};

/// What an expectation says.
pub(crate) fn describe_sweep(expected: &SweepExpectation) -> String {
    use SweepExpectation as E;
    match expected {
        E::Transition {
            along,
            arm,
            at_least,
            at_most,
        } => format!(
            "{}success passes ½ along {along} at {} of it",
            head(arm),
            bounds(*at_least, *at_most)
        ),
        E::Sharpness {
            along,
            arm,
            at_least,
            at_most,
        } => format!(
            "{}log-odds of success rise along ln({along}) with a slope {}",
            head(arm),
            bounds(*at_least, *at_most)
        ),
        E::NoneBelow { line, arm } => format!("{}no success below {line}", head(arm)),
        E::Order {
            of,
            arms,
            direction,
        } => {
            let sign = match direction {
                Direction::Rising => " < ",
                Direction::Falling => " > ",
            };
            format!("{}: {} at every value", of.name(), arms.join(sign))
        }
        E::Slope {
            of,
            arm,
            from,
            to,
            at_least,
            at_most,
        } => {
            let ends = [("from", from), ("to", to)].into_iter();
            let ends = ends.filter_map(|(word, end)| end.map(|end| format!(", {word} {end}")));
            format!(
                "{}exponent of {} {}{}",
                head(arm),
                of.name(),
                bounds(*at_least, *at_most),
                ends.collect::<String>()
            )
        }
        E::Monotone { of, arm, direction } => {
            let never = match direction {
                Direction::Rising => "never falls",
                Direction::Falling => "never rises",
            };
            format!(
                "{}{} {never} by more than two standard errors",
                head(arm),
                of.name()
            )
        }
        E::Cell {
            of,
            cell,
            over,
            at_least,
            at_most,
        } => {
            let over = over.as_ref().map(|over| format!(" over {}", place(over)));
            format!(
                "{} at {}{} {}",
                of.name(),
                place(cell),
                over.unwrap_or_default(),
                bounds(*at_least, *at_most)
            )
        }
    }
}

fn head(arm: &str) -> String {
    if arm.is_empty() {
        String::new()
    } else {
        format!("{arm}: ")
    }
}

fn place(cell: &CellRef) -> String {
    let CellRef { arm, x, y } = cell;
    let joint = if arm.is_empty() { "" } else { " " };
    format!("cell {arm}{joint}({x}, {y})")
}

fn bounds(at_least: Option<f64>, at_most: Option<f64>) -> String {
    let bounds = [("≥", at_least), ("≤", at_most)].into_iter();
    let written = bounds.filter_map(|(sign, bound)| bound.map(|bound| format!("{sign} {bound}")));
    written.collect::<Vec<_>>().join(" and ")
}

//! A paper's report while it is written.

use crate::spec::{Method, Quantity};

use super::{Accuracy, Assumption, Bound, Curve, Need, PaperReport, Requirement};
use crate::number::four_digits;

/// Deviation from an exact 1 that single precision leaves.
pub(super) const UNIT_TOLERANCE: f64 = 1e-5;

/// What bounds of a random start are stated for, where the step is a part of them.
pub(super) const FROM_RANDOM_START: &str =
    "stated for one step from weights drawn at random, which these no longer are";

/// What bounds of any start are stated for, where the step is a part of them.
pub(super) const FROM_START: &str =
    "stated for one step from a start on which its conditions are checked";

/// A report in the making.
#[derive(Debug)]
pub(super) struct Draft(PaperReport);

/// What an assumption came to: `None` where it holds, else words with numbers.
pub(super) type Failure = Option<String>;

impl Draft {
    pub(super) fn new(paper: &str) -> Self {
        Self(PaperReport {
            paper: paper.to_owned(),
            ..PaperReport::default()
        })
    }

    /// Notes an assumption and returns what fails of it.
    pub(super) fn assume(
        &mut self,
        symbol: &str,
        definition: impl Into<String>,
        value: f64,
        need: Need,
    ) -> Failure {
        let assumption = Assumption {
            symbol: symbol.to_owned(),
            definition: definition.into(),
            value,
            need,
        };
        let failure = (!assumption.holds()).then(|| {
            if value.is_nan() {
                format!("{symbol} was not computed; it has to be {}", needed(need))
            } else {
                format!(
                    "{symbol} = {}, has to be {}",
                    four_digits(value),
                    needed(need)
                )
            }
        });
        self.0.assumptions.push(assumption);
        failure
    }

    /// Lets the bounds that are noted meanwhile be stated for one step of the method throughout, in
    /// these words.
    pub(super) fn for_one_step<T>(&mut self, stated: &str, note: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.0.bounds.len();
        let noted = note(self);
        for bound in self.0.bounds.iter_mut().skip(before) {
            bound.one_step = Some(stated.to_owned());
        }
        noted
    }

    pub(super) fn bound(
        &mut self,
        (name, definition): (&str, &str),
        quantity: Quantity,
        curve: Curve,
        failing: &[Failure],
    ) {
        self.one_sided((name, definition), quantity, true, curve, failing);
    }

    pub(super) fn lower_bound(
        &mut self,
        (name, definition): (&str, &str),
        quantity: Quantity,
        curve: Curve,
        failing: &[Failure],
    ) {
        self.one_sided((name, definition), quantity, false, curve, failing);
    }

    fn one_sided(
        &mut self,
        (name, definition): (&str, &str),
        quantity: Quantity,
        upper: bool,
        curve: Curve,
        failing: &[Failure],
    ) {
        self.0.bounds.push(Bound {
            name: name.to_owned(),
            definition: definition.to_owned(),
            quantity,
            upper,
            curve,
            accuracy: Accuracy::default(),
            failing: failing.iter().flatten().cloned().collect(),
            one_step: None,
            end: None,
        });
    }

    /// Notes that the run's number has to be at least the required one.
    pub(super) fn at_least(
        &mut self,
        symbol: &str,
        definition: impl Into<String>,
        required: f64,
        actual: f64,
    ) {
        self.require(symbol, definition.into(), (required, actual), true);
    }

    /// Notes that the run's number has to be at most the required one.
    pub(super) fn at_most(
        &mut self,
        symbol: &str,
        definition: impl Into<String>,
        required: f64,
        actual: f64,
    ) {
        self.require(symbol, definition.into(), (required, actual), false);
    }

    fn require(
        &mut self,
        symbol: &str,
        definition: String,
        (required, actual): (f64, f64),
        at_least: bool,
    ) {
        self.0.requirements.push(Requirement {
            symbol: symbol.to_owned(),
            definition,
            required,
            actual,
            at_least,
        });
    }

    pub(super) fn finish(self) -> PaperReport {
        self.0
    }
}

fn needed(need: Need) -> String {
    match need {
        Need::Above(limit) => format!("above {}", four_digits(limit)),
        Need::AtLeast(limit) => format!("at least {}", four_digits(limit)),
        Need::AtMost(limit) => format!("at most {}", four_digits(limit)),
        Need::Equal(number) => four_digits(number),
        Need::Within { number, room } => {
            format!("{} to within {}", four_digits(number), four_digits(room))
        }
    }
}

/// Fails unless the run is gradient flow.
pub(super) fn only_flow(method: Method) -> Failure {
    (!matches!(method, Method::GradientFlow { .. }))
        .then(|| format!("stated for gradient flow; this run is {}", name(method)))
}

/// Fails unless the run is full-batch gradient descent.
pub(super) fn only_descent(method: Method) -> Failure {
    (!matches!(method, Method::GradientDescent { .. })).then(|| {
        format!(
            "stated for full-batch gradient descent; this run is {}",
            name(method)
        )
    })
}

fn name(method: Method) -> &'static str {
    match method {
        Method::GradientDescent { .. } => "gradient descent",
        Method::Sgd { .. } => "stochastic gradient descent",
        Method::GradientFlow { .. } => "gradient flow",
        Method::LeastSquares => "least squares",
    }
}

/// Whether two factors are equal to rounding.
pub(super) fn is(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs()
}

//! What a network takes points for.

use std::sync::Arc;

use ndarray::{Array2, ArrayView1};
use serde::{Deserialize, Serialize};

use crate::data::LabelKind;

/// Points whose answers are kept: enough to look at, and few beside what else a record holds.
const MOST: usize = 256;

/// Stands for no class: an output that is not a number, or 0 where its sign is the answer.
const NONE: u8 = u8::MAX;

/// The class that a network takes each of the first test points for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(Arc<[u8]>);

impl Answers {
    /// The answers of outputs, points × outputs: the class of the largest output, or of the sign, class 0 being
    /// that of +1; `None` where targets are no classes.
    pub fn of(f: &Array2<f64>, labels: LabelKind) -> Option<Self> {
        let class: fn(ArrayView1<'_, f64>) -> Option<usize> = match labels {
            LabelKind::Real => return None,
            LabelKind::Signed => by_sign,
            LabelKind::OneHot => |f| largest(&f),
        };
        let classes = f.outer_iter().take(MOST).map(class);
        // There are ten classes of digits; beyond 255 there is no answer rather than a wrong one.
        let byte = |class: Option<usize>| class.and_then(|c| u8::try_from(c).ok()).unwrap_or(NONE);
        Some(Self(classes.map(byte).collect()))
    }

    /// Points with an answer of any kind.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The class that a test point is taken for, by its place among those of the data: outside `None` where it
    /// was not kept, inside where the output gives none.
    pub fn at(&self, point: usize) -> Option<Option<u8>> {
        let class = self.0.get(point)?;
        Some(Some(*class).filter(|class| *class != NONE))
    }
}

fn by_sign(f: ArrayView1<'_, f64>) -> Option<usize> {
    match f.first() {
        Some(f) if *f > 0.0 => Some(0),
        Some(f) if *f < 0.0 => Some(1),
        _ => None,
    }
}

/// Index of the largest entry, the first of equals; `None` where an entry is NaN.
pub(super) fn largest(row: &ArrayView1<'_, f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (i, x) in row.iter().enumerate() {
        if x.is_nan() {
            return None;
        }
        if best.is_none_or(|(_, b)| *x > b) {
            best = Some((i, *x));
        }
    }
    best.map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn the_sign_or_the_largest_output_is_the_answer() {
        let signed = Answers::of(&array![[0.2], [-3.0], [0.0], [f64::NAN]], LabelKind::Signed);
        let signed = signed.expect("signs are classes");
        let answers: Vec<_> = (0..5).map(|point| signed.at(point)).collect();
        assert_eq!(
            answers,
            [Some(Some(0)), Some(Some(1)), Some(None), Some(None), None]
        );
        let f = array![[0.1, 0.7, 0.2], [0.5, 0.4, 0.1], [f64::NAN, 1.0, 0.0]];
        let one_hot = Answers::of(&f, LabelKind::OneHot).expect("classes");
        let answers: Vec<_> = (0..3).map(|point| one_hot.at(point)).collect();
        assert_eq!(answers, [Some(Some(1)), Some(Some(0)), Some(None)]);
        assert_eq!(Answers::of(&f, LabelKind::Real), None);
    }

    #[test]
    fn no_more_than_can_be_looked_at_are_kept() {
        let many = Array2::ones((1000, 1));
        let answers = Answers::of(&many, LabelKind::Signed).expect("signs are classes");
        assert_eq!(answers.count(), MOST);
    }
}

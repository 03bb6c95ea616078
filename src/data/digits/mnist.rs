//! MNIST as a regression problem: digits kept, targets, pixel normalization.

use std::collections::BTreeSet;

use ndarray::{Array2, ArrayViewMut1};

use super::{CLASSES, Digits, PIXELS};
use crate::data::dataset::Points;
use crate::data::subset::{Pick, Subset};
use crate::data::{DataError, Dataset, LabelKind, digits, limits};
use crate::random::stream::Stream;
use crate::spec::{Pixels, Targets};

/// Mean of the training set's pixels divided by 255.
pub(in crate::data) const MEAN: f64 = 0.1307;
/// Standard deviation of the training set's pixels divided by 255.
pub(in crate::data) const STD: f64 = 0.3081;

/// What to take of MNIST and how; the fields are those of the preset.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Choice<'a> {
    pub classes: &'a [u8],
    pub n: usize,
    pub n_test: usize,
    pub targets: Targets,
    pub pixels: Pixels,
}

/// # Errors
/// Classes that are not digits, repeated or too few; signed targets for more than two classes;
/// more images than there are.
pub(in crate::data) fn load(choice: &Choice, seed: u64) -> Result<Dataset, DataError> {
    check(choice)?;
    let (train, test) = (digits::train()?, digits::test()?);
    let train_picks = pick(
        choice,
        train,
        ("data.n", choice.n),
        seed,
        Stream::TrainSubset,
    )?;
    let test_picks = pick(
        choice,
        test,
        ("data.n_test", choice.n_test),
        seed,
        Stream::TestSubset,
    )?;
    let kind = match choice.targets {
        Targets::Signed => LabelKind::Signed,
        Targets::OneHot => LabelKind::OneHot,
    };
    let description = describe(choice, &train_picks, &test_picks);
    let (train, test) = (
        points(choice, train, &train_picks),
        points(choice, test, &test_picks),
    );
    Ok(Dataset::of(train, test, kind, description))
}

fn check(choice: &Choice) -> Result<(), DataError> {
    let classes = choice.classes;
    let distinct: BTreeSet<_> = classes.iter().filter(|&&class| class < CLASSES).collect();
    if classes.len() < 2 || distinct.len() != classes.len() {
        return Err(DataError::field(
            "data.classes",
            format!("{classes:?}"),
            "two to ten different digits from 0 to 9",
        ));
    }
    if choice.targets == Targets::Signed && classes.len() != 2 {
        return Err(DataError::field(
            "data.targets",
            "Signed",
            format!(
                "needs two classes, data.classes has {}; OneHot takes any number",
                classes.len()
            ),
        ));
    }
    if choice.n == 0 {
        return Err(DataError::field("data.n", 0, "at least 1"));
    }
    Ok(())
}

pub(super) fn pick(
    choice: &Choice,
    digits: &Digits,
    (field, n): (&'static str, usize),
    seed: u64,
    stream: Stream,
) -> Result<Vec<Pick>, DataError> {
    let subset = Subset::new(&digits.labels, choice.classes, seed, stream);
    if n > subset.len() {
        let allowed = format!(
            "at most {}, all images of {}",
            subset.len(),
            list(choice.classes)
        );
        return Err(DataError::field(field, n, allowed));
    }
    limits::check(field, n, PIXELS)?;
    Ok(subset.in_turn().take(n).collect())
}

fn points(choice: &Choice, digits: &Digits, picks: &[Pick]) -> Points {
    let outputs = match choice.targets {
        Targets::Signed => 1,
        Targets::OneHot => choice.classes.len(),
    };
    let mut x = Array2::zeros((picks.len(), PIXELS));
    let mut y = Array2::zeros((picks.len(), outputs));
    for ((row, target), pick) in x.rows_mut().into_iter().zip(y.rows_mut()).zip(picks) {
        normalize(digits.image(pick.point), choice.pixels, row);
        set_target(target, choice.targets, pick.class);
    }
    Points { x, y }
}

fn normalize(image: &[u8], pixels: Pixels, mut row: ArrayViewMut1<f64>) {
    for (x, &pixel) in row.iter_mut().zip(image) {
        *x = f64::from(pixel) / 255.0;
    }
    let length = match pixels {
        Pixels::UnitInterval => return,
        Pixels::Standardized => return row.mapv_inplace(|x| (x - MEAN) / STD),
        Pixels::SphereSqrtD => (PIXELS as f64).sqrt(),
        Pixels::Sphere => 1.0,
    };
    let norm = row.dot(&row).sqrt();
    // No image of MNIST is blank; one that were would stay the zero vector.
    if norm > 0.0 {
        row *= length / norm;
    }
}

fn set_target(mut target: ArrayViewMut1<f64>, targets: Targets, class: usize) {
    match targets {
        Targets::Signed => target.fill(if class == 0 { 1.0 } else { -1.0 }),
        Targets::OneHot => {
            if let Some(y) = target.get_mut(class) {
                *y = 1.0;
            }
        }
    }
}

fn describe(choice: &Choice, train: &[Pick], test: &[Pick]) -> String {
    let targets = match choice.targets {
        Targets::Signed => "y = +1 for the first digit, −1 for the second",
        Targets::OneHot => "y has one output a digit, 1 for the true one and 0 elsewhere",
    };
    let pixels = match choice.pixels {
        Pixels::UnitInterval => "pixels divided by 255".to_owned(),
        Pixels::Standardized => format!("pixels divided by 255, less {MEAN}, divided by {STD}"),
        Pixels::SphereSqrtD => "each image scaled to ‖x‖ = √d = 28".to_owned(),
        Pixels::Sphere => "each image scaled to ‖x‖ = 1".to_owned(),
    };
    format!(
        "MNIST (LeCun, Cortes, Burges), digits {}; n = {} ({}), {} test images ({}); {targets}; {pixels}",
        list(choice.classes),
        train.len(),
        list(&counts(choice, train)),
        test.len(),
        list(&counts(choice, test)),
    )
}

/// Number of points of each class, in the order of the classes.
fn counts(choice: &Choice, picks: &[Pick]) -> Vec<usize> {
    (0..choice.classes.len())
        .map(|class| picks.iter().filter(|pick| pick.class == class).count())
        .collect()
}

fn list<T: ToString>(items: &[T]) -> String {
    items
        .iter()
        .map(T::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests;

//! Images of digits to be looked at.

use crate::data::{DataError, digits};
use crate::random::stream::Stream;
use crate::spec::DataSpec;

use super::mnist::{Choice, pick};

/// Training or test images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigitSet {
    /// Those that are trained on.
    Train,
    /// Those that are not.
    Test,
}

/// An image of a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitImage {
    /// The digit.
    pub digit: u8,
    /// Its place among the points of its set.
    pub point: usize,
    /// Its 28 × 28 pixels row by row, 0 where there is no ink.
    pub pixels: &'static [u8],
}

/// The first images of each class of `spec`, at most so many of each, class by class; `None` where the data are
/// not made of images.
///
/// # Errors
/// As [`crate::data::load`].
pub fn first_digits(
    spec: &DataSpec,
    seed: u64,
    (set, each): (DigitSet, usize),
) -> Result<Option<Vec<Vec<DigitImage>>>, DataError> {
    let DataSpec::Mnist {
        classes,
        n,
        n_test,
        targets,
        pixels,
        teacher: _,
    } = spec
    else {
        return Ok(None);
    };
    let choice = Choice {
        classes,
        n: *n,
        n_test: *n_test,
        targets: *targets,
        pixels: *pixels,
    };
    let (all, size, stream) = match set {
        DigitSet::Train => (digits::train()?, ("data.n", *n), Stream::TrainSubset),
        DigitSet::Test => (
            digits::test()?,
            ("data.n_test", *n_test),
            Stream::TestSubset,
        ),
    };
    let picks = pick(&choice, all, size, seed, stream)?;
    let of_digit = |digit: &u8| {
        let points = picks.iter().map(|pick| pick.point).enumerate();
        let own = points.filter(|(_, image)| all.labels.get(*image) == Some(digit));
        let image = |(point, image)| DigitImage {
            digit: *digit,
            point,
            pixels: all.image(image),
        };
        own.take(each).map(image).collect()
    };
    Ok(Some(classes.iter().map(of_digit).collect()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::load;
    use crate::spec::{Pixels, Targets};

    #[test]
    fn the_images_are_the_first_points_of_their_class() {
        let spec = DataSpec::Mnist {
            classes: vec![7, 2],
            n: 9,
            n_test: 8,
            targets: Targets::Signed,
            pixels: Pixels::UnitInterval,
            teacher: None,
        };
        let data = load(&spec, 3, Path::new(".")).unwrap();
        let sets = [
            (DigitSet::Train, &data.x, &data.y),
            (DigitSet::Test, &data.x_test, &data.y_test),
        ];
        for (set, x, y) in sets {
            let shown = first_digits(&spec, 3, (set, 3)).unwrap().unwrap();
            for (class, (images, sign)) in shown.iter().zip([1.0, -1.0]).enumerate() {
                let rows = x.outer_iter().zip(y.iter()).enumerate();
                let own = rows.filter(|(_, (_, y))| **y == sign);
                assert_eq!(images.len(), 3);
                for (image, (point, (x, _))) in images.iter().zip(own) {
                    assert_eq!((image.digit, image.point), ([7, 2][class], point));
                    let same = |(p, x): (&u8, &f64)| (f64::from(*p) / 255.0 - x).abs() < 1e-12;
                    assert!(image.pixels.iter().zip(&x).all(same));
                }
            }
        }
        let moons = DataSpec::Moons {
            n: 3,
            n_test: 0,
            noise: 0.0,
        };
        assert_eq!(first_digits(&moons, 3, (DigitSet::Train, 3)), Ok(None));
    }
}

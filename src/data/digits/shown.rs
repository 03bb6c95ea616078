//! Images of digits to be looked at.

use crate::data::{DataError, digits};
use crate::random::stream::Stream;
use crate::spec::DataSpec;

use super::mnist::{Choice, pick};

/// An image of a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitImage {
    /// The digit.
    pub digit: u8,
    /// Its 28 × 28 pixels row by row, 0 where there is no ink.
    pub pixels: &'static [u8],
}

/// The first training images of each class of `spec`, at most so many of each, class by class; `None` where the
/// data are not made of images.
///
/// # Errors
/// As [`crate::data::load`].
pub fn first_digits(
    spec: &DataSpec,
    seed: u64,
    each: usize,
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
    let all = digits::train()?;
    let picks = pick(&choice, all, ("data.n", *n), seed, Stream::TrainSubset)?;
    let of_digit = |digit: &u8| {
        let points = picks.iter().map(|pick| pick.point);
        let own = points.filter(|point| all.labels.get(*point) == Some(digit));
        let image = |point| DigitImage {
            digit: *digit,
            pixels: all.image(point),
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
    fn the_images_are_the_first_training_points_of_their_class() {
        let spec = DataSpec::Mnist {
            classes: vec![7, 2],
            n: 9,
            n_test: 0,
            targets: Targets::Signed,
            pixels: Pixels::UnitInterval,
            teacher: None,
        };
        let data = load(&spec, 3, Path::new(".")).unwrap();
        let shown = first_digits(&spec, 3, 3).unwrap().unwrap();
        for (class, (images, sign)) in shown.iter().zip([1.0, -1.0]).enumerate() {
            let rows = data.x.outer_iter().zip(data.y.iter());
            let own = rows.filter(|(_, y)| **y == sign).map(|(x, _)| x);
            assert_eq!(images.len(), 3);
            for (image, x) in images.iter().zip(own) {
                assert_eq!(image.digit, [7, 2][class]);
                let same = |(p, x): (&u8, &f64)| (f64::from(*p) / 255.0 - x).abs() < 1e-12;
                assert!(image.pixels.iter().zip(&x).all(same));
            }
        }
        let moons = DataSpec::Moons {
            n: 3,
            n_test: 0,
            noise: 0.0,
        };
        assert_eq!(first_digits(&moons, 3, 3), Ok(None));
    }
}

//! Which images of MNIST a dataset is made of.

use ndarray::Array2;

use crate::data::{DataError, Dataset, digits};
use crate::random::stream::Stream;
use crate::spec::DataSpec;

use super::mnist::{Choice, pick};

/// Images of MNIST by their numbers in its two files, counted from 0, and checksums of the inputs made of
/// them: what stands for the pixels, of which there may be 376 MB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedDigits {
    /// Training images, in the order of the points.
    pub train: Vec<u32>,
    /// Test images.
    pub test: Vec<u32>,
    /// CRC-32 of the training inputs X: its rows one after the other, each number as eight bytes, the lowest
    /// first.
    pub train_crc32: u32,
    /// The same of the test inputs.
    pub test_crc32: u32,
}

/// The images that `data`, made of `spec` and `seed`, consists of; `None` where it is not made of images.
///
/// # Errors
/// As [`crate::data::load`].
pub fn picked_digits(
    spec: &DataSpec,
    seed: u64,
    data: &Dataset,
) -> Result<Option<PickedDigits>, DataError> {
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
    let numbers = |digits, set, stream| {
        let picks = pick(&choice, digits, set, seed, stream)?;
        // There are 60 000 images at most.
        Ok(picks.iter().map(|pick| pick.point as u32).collect())
    };
    Ok(Some(PickedDigits {
        train: numbers(digits::train()?, ("data.n", *n), Stream::TrainSubset)?,
        test: numbers(
            digits::test()?,
            ("data.n_test", *n_test),
            Stream::TestSubset,
        )?,
        train_crc32: checksum(&data.x),
        test_crc32: checksum(&data.x_test),
    }))
}

fn checksum(x: &Array2<f64>) -> u32 {
    let mut checksum = crc32fast::Hasher::new();
    x.iter().for_each(|x| checksum.update(&x.to_le_bytes()));
    checksum.finalize()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::load;
    use crate::spec::{Pixels, Targets};

    #[test]
    fn the_numbers_lead_to_the_very_images() {
        let spec = DataSpec::Mnist {
            classes: vec![3, 8],
            n: 6,
            n_test: 4,
            targets: Targets::Signed,
            pixels: Pixels::UnitInterval,
            teacher: None,
        };
        let data = load(&spec, 5, Path::new(".")).expect("data");
        let picked = picked_digits(&spec, 5, &data).expect("images");
        let picked = picked.expect("a dataset of images");
        for (set, numbers, x) in [
            (digits::train(), &picked.train, &data.x),
            (digits::test(), &picked.test, &data.x_test),
        ] {
            let set = set.expect("MNIST");
            assert_eq!(numbers.len(), x.nrows());
            for (number, row) in numbers.iter().zip(x.outer_iter()) {
                let image = set.image(*number as usize);
                let again = image.iter().map(|pixel| f64::from(*pixel) / 255.0);
                assert!(row.iter().copied().eq(again));
            }
        }
        // The checksum of eight zero bytes, from its definition.
        assert_eq!(checksum(&Array2::zeros((1, 1))), 0x6522_df69);
        assert_ne!(picked.train_crc32, picked.test_crc32);
    }

    #[test]
    fn other_data_have_no_images() {
        let spec = DataSpec::SignedPairs {
            d: 3,
            n: 2,
            n_test: 0,
        };
        let data = load(&spec, 1, Path::new(".")).expect("data");
        assert_eq!(picked_digits(&spec, 1, &data).expect("no error"), None);
    }
}

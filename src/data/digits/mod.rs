//! The MNIST images and labels shipped inside the program.

pub(super) mod idx;
pub(super) mod mnist;
pub(super) mod picked;
pub(super) mod shown;

use std::sync::OnceLock;

use flate2::read::GzDecoder;

use super::{DataError, Fault};
use idx::Idx;

/// Pixels of an image, 28 × 28.
pub(super) const PIXELS: usize = 28 * 28;
/// Number of classes.
pub(super) const CLASSES: u8 = 10;
/// Most images one of the two sets may have.
const MAX_IMAGES: usize = 60_000;

/// Images and their classes.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    images: Vec<u8>,
    /// The digit on each image.
    pub labels: Vec<u8>,
}

impl Digits {
    /// The bytes of one image row by row, or nothing where there is no such image.
    pub fn image(&self, index: usize) -> &[u8] {
        self.images
            .chunks_exact(PIXELS)
            .nth(index)
            .unwrap_or_default()
    }

    fn decode(images: &[u8], labels: &[u8]) -> Result<Self, Fault> {
        let images = idx::read(GzDecoder::new(images), MAX_IMAGES * PIXELS)?;
        let labels = idx::read(GzDecoder::new(labels), MAX_IMAGES)?;
        Self::of(images, labels)
    }

    fn of(images: Idx, labels: Idx) -> Result<Self, Fault> {
        let shapes_agree = match (images.dims.as_slice(), labels.dims.as_slice()) {
            (&[n, 28, 28], &[n_labels]) => n == n_labels,
            _ => false,
        };
        if !shapes_agree {
            return Err(Fault::new(
                format!("images {:?} and labels {:?}", images.dims, labels.dims),
                "[n, 28, 28] and [n] are needed",
            ));
        }
        if let Some(label) = labels.bytes.iter().find(|&&label| label >= CLASSES) {
            return Err(Fault::new(format!("label {label}"), "0 to 9 are allowed"));
        }
        Ok(Self {
            images: images.bytes,
            labels: labels.bytes,
        })
    }
}

/// The 60 000 training images, decoded once a process (47 MB).
pub(super) fn train() -> Result<&'static Digits, DataError> {
    static DIGITS: OnceLock<Result<Digits, Fault>> = OnceLock::new();
    shipped(
        &DIGITS,
        include_bytes!("../../../assets/mnist/train-images-idx3-ubyte.gz"),
        include_bytes!("../../../assets/mnist/train-labels-idx1-ubyte.gz"),
    )
}

/// The 10 000 test images, decoded once a process (8 MB).
pub(super) fn test() -> Result<&'static Digits, DataError> {
    static DIGITS: OnceLock<Result<Digits, Fault>> = OnceLock::new();
    shipped(
        &DIGITS,
        include_bytes!("../../../assets/mnist/t10k-images-idx3-ubyte.gz"),
        include_bytes!("../../../assets/mnist/t10k-labels-idx1-ubyte.gz"),
    )
}

fn shipped(
    digits: &'static OnceLock<Result<Digits, Fault>>,
    images: &[u8],
    labels: &[u8],
) -> Result<&'static Digits, DataError> {
    digits
        .get_or_init(|| Digits::decode(images, labels))
        .as_ref()
        .map_err(|fault| fault.clone().in_file("assets/mnist".as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number of images of each digit.
    fn counts(digits: &Digits) -> Vec<usize> {
        (0..CLASSES)
            .map(|class| {
                digits
                    .labels
                    .iter()
                    .filter(|&&label| label == class)
                    .count()
            })
            .collect()
    }

    #[test]
    fn both_sets_have_their_published_sizes_and_first_labels() {
        let (train, test) = (train().unwrap(), test().unwrap());
        assert_eq!(train.labels.len(), 60_000);
        assert_eq!(test.labels.len(), 10_000);
        assert_eq!(train.labels[..4], [5, 0, 4, 1]);
        assert_eq!(test.labels[..4], [7, 2, 1, 0]);
        assert_eq!(train.image(59_999).len(), PIXELS);
        assert_eq!(test.image(9_999).len(), PIXELS);
        let (of_train, of_test) = (
            [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
            [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
        );
        assert_eq!(counts(train), of_train);
        assert_eq!(counts(test), of_test);
    }

    #[test]
    fn no_image_is_blank() {
        for digits in [train().unwrap(), test().unwrap()] {
            assert!(
                digits
                    .images
                    .chunks(PIXELS)
                    .all(|image| image.iter().any(|&p| p > 0))
            );
        }
    }

    #[test]
    fn mean_and_deviation_of_the_training_pixels_are_the_stated_ones() {
        // Exact integer sums: 47 million bytes, so no rounding enters before the last division.
        let images = &train().unwrap().images;
        let n = images.len() as f64;
        let sum: u64 = images.iter().map(|&p| u64::from(p)).sum();
        let squares: u64 = images.iter().map(|&p| u64::from(p).pow(2)).sum();
        let mean = sum as f64 / n;
        let std = (squares as f64 / n - mean * mean).sqrt();
        assert!((mean / 255.0 - mnist::MEAN).abs() < 5e-5);
        assert!((std / 255.0 - mnist::STD).abs() < 5e-5);
    }

    #[test]
    fn mismatched_files_are_refused() {
        let idx = |dims: &[usize], bytes: Vec<u8>| Idx {
            dims: dims.to_vec(),
            bytes,
        };
        let images = || idx(&[1, 28, 28], vec![1; PIXELS]);
        assert!(Digits::of(images(), idx(&[1], vec![9])).is_ok());
        assert!(Digits::of(images(), idx(&[2], vec![9, 9])).is_err());
        assert!(Digits::of(images(), idx(&[1], vec![10])).is_err());
        assert!(Digits::of(idx(&[PIXELS], vec![1; PIXELS]), idx(&[1], vec![9])).is_err());
    }
}

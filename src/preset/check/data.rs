//! Data laws, digits and files.

use super::range::{MAX_POINTS, finite, not_negative, number, positive, whole};
use super::teacher;
use crate::preset::PresetError;
use crate::spec::{DataSpec, Labels, Targets};

/// Training and test images of MNIST.
const MNIST_IMAGES: (usize, usize) = (60_000, 10_000);

/// Most targets of a point of a synthetic law.
const MAX_OUTPUTS: usize = 1024;

/// Most neurons of a network that gives the targets.
const MAX_TEACHER: usize = 4096;

/// File types read as datasets.
const FILE_TYPES: [&str; 3] = ["npz", "npy", "csv"];

pub(super) fn check(data: &DataSpec) -> Result<(), PresetError> {
    match data {
        DataSpec::SignedPairs { d, n, n_test } => sizes(*d, 2, *n, *n_test),
        DataSpec::Moons { n, n_test, noise }
        | DataSpec::Circles { n, n_test, noise }
        | DataSpec::Spirals { n, n_test, noise } => {
            sizes(2, 2, *n, *n_test)?;
            not_negative("data.noise", *noise)
        }
        DataSpec::Xor {
            d,
            n,
            n_test,
            noise,
        } => {
            sizes(*d, 2, *n, *n_test)?;
            not_negative("data.noise", *noise)
        }
        DataSpec::Gaussian {
            d,
            n,
            n_test,
            labels,
            outputs,
        }
        | DataSpec::Sphere {
            d,
            n,
            n_test,
            labels,
            outputs,
        } => {
            sizes(*d, 1, *n, *n_test)?;
            whole("data.outputs", *outputs, 1..=MAX_OUTPUTS)?;
            check_labels(labels, *outputs)
        }
        DataSpec::Linear {
            d,
            n,
            n_test,
            outputs,
            rank,
            noise,
            ..
        } => {
            sizes(*d, 1, *n, *n_test)?;
            whole("data.outputs", *outputs, 1..=MAX_OUTPUTS)?;
            if let Some(rank) = *rank {
                whole("data.rank", rank, 1..=(*n).min(*d))?;
            }
            not_negative("data.noise", *noise)
        }
        DataSpec::Mnist {
            classes,
            n,
            n_test,
            targets,
            teacher,
            ..
        } => {
            whole("data.n", *n, 1..=MNIST_IMAGES.0)?;
            whole("data.n_test", *n_test, 0..=MNIST_IMAGES.1)?;
            check_classes(classes, *targets)?;
            let check = |teacher| teacher::check(teacher, *n, *targets);
            teacher.as_ref().map_or(Ok(()), check)
        }
        DataSpec::File {
            path,
            test,
            outputs,
        } => {
            whole("data.outputs", *outputs, 1..=MAX_POINTS)?;
            file_path("data.path", path, &FILE_TYPES)?;
            test.as_ref()
                .map_or(Ok(()), |test| file_path("data.test", test, &FILE_TYPES))
        }
    }
}

fn sizes(d: usize, least_d: usize, n: usize, n_test: usize) -> Result<(), PresetError> {
    whole("data.d", d, least_d..=MAX_POINTS)?;
    whole("data.n", n, 1..=MAX_POINTS)?;
    whole("data.n_test", n_test, 0..=MAX_POINTS)
}

fn check_labels(labels: &Labels, outputs: usize) -> Result<(), PresetError> {
    match *labels {
        Labels::Normal { std } => positive("data.labels.std", std),
        Labels::Uniform { low, high } => {
            finite("data.labels.low", low)?;
            number(
                "data.labels.high",
                high,
                high.is_finite() && high > low,
                &format!("a finite number above low = {low:?}"),
            )
        }
        Labels::QuadraticNet { neurons, .. } => {
            whole("data.labels.neurons", neurons, 1..=MAX_TEACHER)?;
            whole("data.outputs", outputs, 1..=1)
        }
    }
}

fn check_classes(classes: &[u8], targets: Targets) -> Result<(), PresetError> {
    let path = "data.classes";
    let written = || super::super::parse::shortened(&format!("{classes:?}"));
    let is_repeated = |(i, class): (usize, &u8)| classes.iter().take(i).any(|c| c == class);
    if classes.iter().any(|c| *c > 9) || classes.iter().enumerate().any(is_repeated) {
        return Err(PresetError::value(
            path,
            written(),
            "different digits from 0 to 9",
        ));
    }
    match (targets, classes.len()) {
        (Targets::Signed, 2) | (Targets::OneHot, 2..) => Ok(()),
        (Targets::Signed, _) => Err(PresetError::value(
            path,
            written(),
            "two digits, or more with targets: OneHot",
        )),
        (Targets::OneHot, _) => Err(PresetError::value(path, written(), "two digits or more")),
    }
}

/// A path with one of the file types; whether the file is there is seen when it is read.
pub(super) fn file_path(field: &str, path: &str, types: &[&str]) -> Result<(), PresetError> {
    let extension = std::path::Path::new(path)
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let is_allowed =
        types.iter().any(|t| extension.eq_ignore_ascii_case(t)) && !path.contains('\0');
    if is_allowed {
        return Ok(());
    }
    let endings: Vec<String> = types.iter().map(|t| format!(".{t}")).collect();
    let written = super::super::parse::shortened(&format!("{path:?}"));
    Err(PresetError::value(
        field,
        written,
        format!("the path of a {} file", endings.join(", ")),
    ))
}

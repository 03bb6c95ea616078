//! From the preset's data field to the dataset.

use std::path::Path;

use super::digits::mnist;
use super::laws::linear::Regression;
use super::laws::planar::{Place, Planar};
use super::laws::synthetic::{Law, Sizes};
use super::laws::{linear, planar, synthetic};
use super::{DataError, Dataset, files};
use crate::spec::DataSpec;

/// Makes the dataset that `spec` describes; relative paths in it start from `folder`. Where the spec
/// has a teacher, the targets are those from before it.
///
/// The same spec and seed give the same data, bit for bit. The first points of a larger set are
/// those of a smaller one, and the training set does not depend on the number of test points.
///
/// # Errors
/// A field out of range, or a file that does not hold what it should; see [`DataError`].
pub fn load(spec: &DataSpec, seed: u64, folder: &Path) -> Result<Dataset, DataError> {
    match spec {
        &DataSpec::SignedPairs { d, n, n_test } => synthetic::generate(
            Law::SignedPairs,
            Sizes {
                d,
                n,
                n_test,
                outputs: 1,
            },
            seed,
        ),
        &DataSpec::Gaussian {
            d,
            n,
            n_test,
            labels,
            outputs,
        } => synthetic::generate(
            Law::Gaussian(labels),
            Sizes {
                d,
                n,
                n_test,
                outputs,
            },
            seed,
        ),
        &DataSpec::Sphere {
            d,
            n,
            n_test,
            labels,
            outputs,
        } => synthetic::generate(
            Law::Sphere(labels),
            Sizes {
                d,
                n,
                n_test,
                outputs,
            },
            seed,
        ),
        &DataSpec::Linear {
            d,
            n,
            n_test,
            outputs,
            inputs,
            rank,
            noise,
        } => linear::generate(
            &Regression {
                inputs,
                rank: rank.unwrap_or(n.min(d)),
                noise,
                sizes: Sizes {
                    d,
                    n,
                    n_test,
                    outputs,
                },
            },
            seed,
        ),
        &DataSpec::Moons { n, n_test, noise } => of_plane(Place::Moons, noise, [n, n_test], seed),
        &DataSpec::Circles { n, n_test, noise } => {
            of_plane(Place::Circles, noise, [n, n_test], seed)
        }
        &DataSpec::Spirals { n, n_test, noise } => {
            of_plane(Place::Spirals, noise, [n, n_test], seed)
        }
        &DataSpec::Xor {
            d,
            n,
            n_test,
            noise,
        } => of_plane(Place::Xor { d }, noise, [n, n_test], seed),
        DataSpec::Mnist {
            classes,
            n,
            n_test,
            targets,
            pixels,
            teacher: _,
        } => {
            let choice = mnist::Choice {
                classes,
                n: *n,
                n_test: *n_test,
                targets: *targets,
                pixels: *pixels,
            };
            mnist::load(&choice, seed)
        }
        DataSpec::File {
            path,
            test,
            outputs,
        } => files::load(folder, path, test.as_deref(), *outputs),
    }
}

fn of_plane(
    place: Place,
    noise: f64,
    [n, n_test]: [usize; 2],
    seed: u64,
) -> Result<Dataset, DataError> {
    let law = Planar {
        place,
        noise,
        n,
        n_test,
    };
    planar::generate(&law, seed)
}

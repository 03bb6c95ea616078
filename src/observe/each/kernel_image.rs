//! The tangent kernel at a choice of points, to be looked at.

use ndarray::Array2;

use crate::network::Real;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::observe::{KernelImage, Record};
use crate::task::Cancelled;

/// Points shown at most.
pub const IMAGE_POINTS: usize = 128;

/// Takes it.
#[derive(Debug)]
pub(super) struct Image;

impl<R: Real> Observation<R> for Image {
    fn facts() -> Facts {
        Facts {
            quantities: &[],
            pass: Pass::Kernel,
            needs: Needs {
                training: Training::Kernel,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: true,
            refusal: never,
            cost: Cost {
                every_record: |_| 0.0,
                full_record: |_| 0.0,
                held: |_| 0,
                record: |shape| 4 * shape.sizes.n.min(IMAGE_POINTS as u128).pow(2),
            },
        }
    }

    fn start(_: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        Ok(Some(Self))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        if let Some(kernel) = now.kernel {
            let outputs = now.trainer.problem().outputs();
            record.kernel = Some(kernel_image(kernel, outputs).into());
        }
        Ok(())
    }
}

/// The kernel (n·outputs square) of the first output at up to [`IMAGE_POINTS`] evenly spaced points.
fn kernel_image(kernel: &Array2<f64>, outputs: usize) -> KernelImage {
    let n = kernel.nrows() / outputs.max(1);
    let count = n.min(IMAGE_POINTS);
    let points: Vec<usize> = (0..count).map(|k| k * n / count).collect();
    let rows = points.iter().map(|a| a * outputs);
    let values = rows.flat_map(|i| {
        let columns = points.iter().map(move |b| b * outputs);
        columns.map(move |j| kernel[[i, j]] as f32)
    });
    KernelImage {
        values: values.collect(),
        points: points.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_points_of_a_small_kernel_and_evenly_spaced_ones_of_a_large_one() {
        for (n, outputs) in [(3, 2), (300, 1)] {
            let side = n * outputs;
            let kernel = Array2::from_shape_fn((side, side), |(i, j)| (i * side + j) as f64);
            let image = kernel_image(&kernel, outputs);
            let shown = n.min(IMAGE_POINTS);
            assert_eq!(
                (image.points.len(), image.values.len()),
                (shown, shown * shown)
            );
            assert!(image.points.windows(2).all(|p| p[0] < p[1]));
            let (r, c) = (shown - 1, 1);
            let (a, b) = (image.points[r], image.points[c]);
            let expected = kernel[[a * outputs, b * outputs]] as f32;
            assert_eq!(image.values[r * shown + c], expected);
        }
    }
}

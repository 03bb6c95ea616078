//! The tangent kernel at a choice of points, to be looked at.

use ndarray::Array2;

use crate::observe::KernelImage;

/// Points shown at most.
pub const IMAGE_POINTS: usize = 128;

/// The kernel (n·outputs square) of the first output at up to [`IMAGE_POINTS`] evenly spaced points.
pub(in crate::observe) fn kernel_image(kernel: &Array2<f64>, outputs: usize) -> KernelImage {
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

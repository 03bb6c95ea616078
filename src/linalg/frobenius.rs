//! The Frobenius norm.

use ndarray::{Array2, ArrayView1};

/// ‖A‖_F.
pub fn frobenius(matrix: &Array2<f64>) -> f64 {
    let squared = match matrix.as_slice_memory_order() {
        Some(entries) => {
            let entries = ArrayView1::from(entries);
            entries.dot(&entries)
        }
        None => matrix.iter().map(|x| x * x).sum(),
    };
    squared.sqrt()
}

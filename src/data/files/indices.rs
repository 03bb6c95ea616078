//! Indices of points from a file, a batch a row.

use std::path::Path;

use ndarray::Array2;

use super::{npy, npy_header};
use crate::data::{DataError, Fault};

/// Reads indices of training points from an `.npy` file of integers: a batch a row, counted from
/// 0; an array with one dimension is batches of one point.
///
/// # Errors
/// A file that is no such array, holds no integers or nothing at all, or an index that is not
/// below `n`.
pub fn load_indices(path: &Path, n: usize) -> Result<Array2<usize>, DataError> {
    read(path, n).map_err(|fault| fault.in_file(path))
}

fn read(path: &Path, n: usize) -> Result<Array2<usize>, Fault> {
    let header = npy_header::read(&mut super::open(path)?.0)?;
    if !matches!(header.descr.as_bytes().get(1), Some(b'i' | b'u')) {
        return Err(Fault::new(
            format!("element type {:?}", header.descr),
            "indices must be integers of 8 to 64 bits",
        ));
    }
    let (file, length) = super::open(path)?;
    let numbers = npy::read(file, length)?;
    if numbers.is_empty() {
        return Err(Fault::new(
            format!("shape {:?}", numbers.dim()),
            "at least one row and one column are needed",
        ));
    }
    let outside = |index: &f64| !(0.0..n as f64).contains(index);
    match numbers.indexed_iter().find(|(_, index)| outside(index)) {
        None => Ok(numbers.mapv(|index| index as usize)),
        Some(((row, column), index)) => Err(Fault::new(
            format!("row {row}, column {column} (counted from 0) is {index}"),
            format!("an index from 0 to {} is needed", n.saturating_sub(1)),
        )),
    }
}

//! Explicit initial weights from a file.

use std::path::Path;

use ndarray::Array2;

use super::npz::Npz;
use super::{DataError, Fault, file};

/// Reads initial weights (W, V) from an `.npz` file: `W` is m × D, `V` is outputs × m. A `V` with
/// one dimension is a single output's row.
///
/// # Errors
/// A file that is no such archive, an array that is missing, empty, too large or not finite, or
/// numbers of neurons m that differ.
pub fn load_weights(path: &Path) -> Result<(Array2<f64>, Array2<f64>), DataError> {
    read(path).map_err(|fault| fault.in_file(path))
}

fn read(path: &Path) -> Result<(Array2<f64>, Array2<f64>), Fault> {
    let (file, length) = file::open(path)?;
    let mut archive = Npz::new(file, length)?;
    let w = archive.matrix("W")?;
    let v = archive.matrix("V")?;
    let m = w.nrows();
    let v = if v.dim() == (m, 1) && m != 1 {
        v.reversed_axes()
    } else {
        v
    };
    if w.is_empty() || v.is_empty() || v.ncols() != m {
        return Err(Fault::new(
            format!("W is {:?} and V is {:?}", w.dim(), v.dim()),
            "W must be (m, D) and V (outputs, m), with the same m",
        ));
    }
    Ok((w, v))
}

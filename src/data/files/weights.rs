//! Explicit initial weights from a file.

use std::path::Path;

use ndarray::{Array1, Array2};

use super::npz::Npz;
use crate::data::{DataError, Fault};

/// Initial weights from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenWeights {
    /// W, m × D.
    pub w: Array2<f64>,
    /// V, outputs × m.
    pub v: Array2<f64>,
    /// Biases c of the outputs, where the file has them.
    pub c: Option<Array1<f64>>,
}

/// Reads initial weights from an `.npz` file: `W` is m × D, `V` is outputs × m, and `c`, which may be
/// missing, has one entry an output. A `V` with one dimension is a single output's row.
///
/// # Errors
/// A file that is no such archive, an array that is missing, empty, too large or not finite, or
/// numbers of neurons m or of outputs that differ.
pub fn load_weights(path: &Path) -> Result<GivenWeights, DataError> {
    read(path).map_err(|fault| fault.in_file(path))
}

fn read(path: &Path) -> Result<GivenWeights, Fault> {
    let (file, length) = super::open(path)?;
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
    let c = match archive.has("c") {
        true => Some(biases(archive.matrix("c")?, v.nrows())?),
        false => None,
    };
    Ok(GivenWeights { w, v, c })
}

/// One entry an output, from a row or a column.
fn biases(c: Array2<f64>, outputs: usize) -> Result<Array1<f64>, Fault> {
    let shape = c.dim();
    if shape != (outputs, 1) && shape != (1, outputs) {
        return Err(Fault::new(
            format!("c is {shape:?}"),
            format!("c must have one entry an output, {outputs}"),
        ));
    }
    Ok(c.into_iter().collect())
}

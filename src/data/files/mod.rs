//! Datasets in the user's own files.

pub(super) mod csv_table;
pub(super) mod indices;
pub(super) mod npy;
pub(super) mod npy_header;
pub(super) mod npz;
pub(super) mod weights;

use std::fs::{self, File};
use std::path::Path;

use ndarray::{Array2, s};

use super::dataset::Points;
use super::laws::labels;
use super::{DataError, Dataset, Fault};
use npz::Npz;

/// Formats read, by the ending of the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Npz,
    Npy,
    Csv,
}

/// Reads the training file and, where it is one of its own, the test file.
///
/// # Errors
/// A file that cannot be read or does not hold what it should, sets that do not fit each other,
/// or `outputs` out of range.
pub(super) fn load(
    folder: &Path,
    path: &str,
    test: Option<&str>,
    outputs: usize,
) -> Result<Dataset, DataError> {
    if outputs == 0 {
        return Err(DataError::field("data.outputs", 0, "at least 1"));
    }
    let (train, with_it) = read("data.path", folder, path, outputs)?;
    let tested = match (test, with_it) {
        (None, with_it) => with_it,
        (Some(test), None) => Some(read("data.test", folder, test, outputs)?.0),
        (Some(test), Some(_)) => {
            return Err(DataError::field(
                "data.test",
                format!("{test:?}"),
                format!("must be None, because {path} has x_test and y_test itself"),
            ));
        }
    };
    let test = match tested {
        None => Points {
            x: Array2::zeros((0, train.x.ncols())),
            y: Array2::zeros((0, train.y.ncols())),
        },
        Some(points) => fitting(points, &train, &folder.join(test.unwrap_or(path)))?,
    };
    let kind = labels::kind([&train.y, &test.y]);
    let description = describe(path, &train, &test);
    Ok(Dataset::of(train, test, kind, description))
}

/// Opens a file of one of the formats.
///
/// # Errors
/// Another ending, no such file, or something that is not a file, such as a folder or a pipe.
pub(super) fn open(path: &Path) -> Result<(File, u64), Fault> {
    let about = fs::metadata(path).map_err(Fault::unreadable)?;
    if !about.is_file() {
        return Err(Fault::new("not a file", "a regular file is needed"));
    }
    let file = File::open(path).map_err(Fault::unreadable)?;
    Ok((file, about.len()))
}

fn read(
    field: &'static str,
    folder: &Path,
    path: &str,
    outputs: usize,
) -> Result<(Points, Option<Points>), DataError> {
    let format = format(path).ok_or_else(|| {
        DataError::field(
            field,
            format!("{path:?}"),
            "the name must end in .npz, .npy or .csv",
        )
    })?;
    let path = folder.join(path);
    let points = read_format(format, &path, outputs).map_err(|fault| fault.in_file(&path))?;
    Ok(points)
}

fn format(path: &str) -> Option<Format> {
    let ending = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "npz" => Some(Format::Npz),
        "npy" => Some(Format::Npy),
        "csv" => Some(Format::Csv),
        _ => None,
    }
}

fn read_format(
    format: Format,
    path: &Path,
    outputs: usize,
) -> Result<(Points, Option<Points>), Fault> {
    let (file, size) = open(path)?;
    match format {
        Format::Npz => {
            let mut archive = Npz::new(file, size)?;
            let train = pair(&mut archive, "x", "y")?;
            let tested = archive.has("x_test") || archive.has("y_test");
            let test = tested
                .then(|| pair(&mut archive, "x_test", "y_test"))
                .transpose()?;
            Ok((train, test))
        }
        Format::Npy => Ok((split(npy::read(file, size)?, outputs)?, None)),
        Format::Csv => Ok((split(csv_table::read(file)?, outputs)?, None)),
    }
}

fn pair(archive: &mut Npz, inputs: &str, targets: &str) -> Result<Points, Fault> {
    let (x, y) = (archive.matrix(inputs)?, archive.matrix(targets)?);
    if x.nrows() != y.nrows() {
        return Err(Fault::new(
            format!(
                "{inputs} has {} rows and {targets} has {}",
                x.nrows(),
                y.nrows()
            ),
            "both need a row a point",
        ));
    }
    if x.is_empty() || y.is_empty() {
        return Err(Fault::new(
            format!("{inputs} is {:?} and {targets} is {:?}", x.dim(), y.dim()),
            "both need at least one row and one column",
        ));
    }
    Ok(Points { x, y })
}

/// Splits the last `outputs` columns off as targets.
fn split(table: Array2<f64>, outputs: usize) -> Result<Points, Fault> {
    let (rows, columns) = table.dim();
    let inputs = columns
        .checked_sub(outputs)
        .filter(|&inputs| inputs > 0 && rows > 0);
    let Some(inputs) = inputs else {
        return Err(Fault::new(
            format!("{rows} rows of {columns} columns"),
            format!(
                "at least one row, and one input column before the {outputs} of data.outputs, are needed"
            ),
        ));
    };
    Ok(Points {
        x: table.slice(s![.., ..inputs]).to_owned(),
        y: table.slice(s![.., inputs..]).to_owned(),
    })
}

/// The test set, where it has as many inputs and outputs as the training set.
fn fitting(test: Points, train: &Points, path: &Path) -> Result<Points, DataError> {
    let widths = |points: &Points| (points.x.ncols(), points.y.ncols());
    let ((d, outputs), (d_train, outputs_train)) = (widths(&test), widths(train));
    if (d, outputs) == (d_train, outputs_train) {
        return Ok(test);
    }
    let fault = Fault::new(
        format!("test points with {d} inputs and {outputs} targets"),
        format!("the training points have {d_train} and {outputs_train}"),
    );
    Err(fault.in_file(path))
}

fn describe(path: &str, train: &Points, test: &Points) -> String {
    format!(
        "{path}: d = {}, n = {}, {} test points, {} target(s) a point; values as in the file",
        train.x.ncols(),
        train.x.nrows(),
        test.x.nrows(),
        train.y.ncols(),
    )
}

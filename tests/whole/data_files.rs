//! Datasets and weights in files: what goes in comes out, and what is wrong is named.

use std::fs::{self, File};
use std::path::Path;

use ndarray::{Array1, Array2, array};
use ndarray_npy::{NpzWriter, write_npy};
use tempfile::{TempDir, tempdir};
use widescope::data::{DataError, Dataset, GivenWeights, LabelKind, load, load_weights};
use widescope::spec::DataSpec;

fn from_file(
    folder: &Path,
    path: &str,
    test: Option<&str>,
    outputs: usize,
) -> Result<Dataset, DataError> {
    let spec = DataSpec::File {
        path: path.to_owned(),
        test: test.map(str::to_owned),
        outputs,
    };
    load(&spec, 1, folder)
}

/// What an error says after the folder's own name.
fn error(folder: &TempDir, path: &str, test: Option<&str>, outputs: usize) -> String {
    let text = from_file(folder.path(), path, test, outputs)
        .unwrap_err()
        .to_string();
    text.replace(&format!("{}/", folder.path().display()), "")
}

fn write_npz(path: &Path, arrays: &[(&str, &Array2<f64>)]) {
    let mut archive = NpzWriter::new_compressed(File::create(path).unwrap());
    for (name, array) in arrays {
        archive.add_array(*name, *array).unwrap();
    }
    archive.finish().unwrap();
}

fn inputs() -> Array2<f64> {
    array![[0.1, -2.0, 1e-30], [4.0, 5.5, 6.0]]
}

#[test]
fn npz_arrays_come_back_as_they_were() {
    let folder = tempdir().unwrap();
    let (y, x_test, y_test) = (
        array![[1.0, 0.0], [0.0, 1.0]],
        array![[7.0, 8.0, 9.0]],
        array![[0.0, 1.0]],
    );
    let arrays = [
        ("x", &inputs()),
        ("y", &y),
        ("x_test", &x_test),
        ("y_test", &y_test),
    ];
    write_npz(&folder.path().join("a.npz"), &arrays);
    // `outputs` says nothing about an archive, whose targets are an array of their own.
    let data = from_file(folder.path(), "a.npz", None, 1).unwrap();
    assert_eq!(data.x, inputs());
    assert_eq!(data.y, y);
    assert_eq!(data.x_test, x_test);
    assert_eq!(data.y_test, y_test);
    assert_eq!(data.labels, LabelKind::OneHot);
    assert_eq!(
        data.description,
        "a.npz: d = 3, n = 2, 1 test points, 2 target(s) a point; values as in the file"
    );
}

#[test]
fn single_precision_and_one_dimensional_targets_are_read_from_an_uncompressed_npz() {
    let folder = tempdir().unwrap();
    let mut archive = NpzWriter::new(File::create(folder.path().join("a.npz")).unwrap());
    archive
        .add_array("x", &inputs().mapv(|x| x as f32))
        .unwrap();
    archive
        .add_array("y", &Array1::from(vec![1i64, -1]))
        .unwrap();
    archive.finish().unwrap();
    let data = from_file(folder.path(), "a.npz", None, 1).unwrap();
    assert_eq!(data.x, inputs().mapv(|x| f64::from(x as f32)));
    assert_eq!(data.y, array![[1.0], [-1.0]]);
    assert_eq!(data.labels, LabelKind::Signed);
    assert_eq!(data.x_test.dim(), (0, 3));
    assert_eq!(data.y_test.dim(), (0, 1));
}

#[test]
fn the_last_columns_of_npy_and_csv_are_the_targets() {
    let folder = tempdir().unwrap();
    write_npy(folder.path().join("a.npy"), &inputs()).unwrap();
    fs::write(folder.path().join("b.CSV"), "p,q,r\n7,8,9\n").unwrap();
    let data = from_file(folder.path(), "a.npy", Some("b.CSV"), 2).unwrap();
    assert_eq!(data.x, array![[0.1], [4.0]]);
    assert_eq!(data.y, array![[-2.0, 1e-30], [5.5, 6.0]]);
    assert_eq!(data.x_test, array![[7.0]]);
    assert_eq!(data.y_test, array![[8.0, 9.0]]);
    assert_eq!(data.labels, LabelKind::Real);
    let absolute = folder.path().join("a.npy");
    let again = from_file(Path::new("elsewhere"), absolute.to_str().unwrap(), None, 2).unwrap();
    assert_eq!(again.x, data.x);
}

#[test]
fn errors_name_the_file_what_was_found_and_what_is_allowed() {
    let folder = tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("ok.csv", "1,2,3\n");
    write("narrow.csv", "1\n");
    write("ragged.csv", "1,2\n3\n");
    write("empty.npz", "");
    write("text.npy", "certainly not an array");
    write("data.txt", "1,2\n");
    fs::create_dir(folder.path().join("folder.csv")).unwrap();
    let text = |path: &str, test: Option<&str>, outputs| error(&folder, path, test, outputs);
    assert_eq!(
        text("data.txt", None, 1),
        "data.path = \"data.txt\": the name must end in .npz, .npy or .csv"
    );
    assert_eq!(
        text("ok.csv", Some(""), 1),
        "data.test = \"\": the name must end in .npz, .npy or .csv"
    );
    assert_eq!(text("ok.csv", None, 0), "data.outputs = 0: at least 1");
    assert_eq!(
        text("ok.csv", None, 3),
        "ok.csv: 1 rows of 3 columns; at least one row, and one input column before the 3 of \
         data.outputs, are needed"
    );
    assert!(text("ok.csv", None, usize::MAX).contains("1 rows of 3 columns"));
    assert!(text("narrow.csv", None, 1).contains("1 rows of 1 columns"));
    assert_eq!(
        text("ragged.csv", None, 1),
        "ragged.csv: line 2: 1 cells; the first line has 2, and every line needs as many"
    );
    assert_eq!(
        text("text.npy", None, 1),
        "text.npy: not an .npy array; NumPy's format 1.0, 2.0 or 3.0 is needed"
    );
    assert_eq!(
        text("folder.csv", None, 1),
        "folder.csv: not a file; a regular file is needed"
    );
    assert!(text("empty.npz", None, 1).starts_with("empty.npz: cannot be read ("));
    assert!(text("missing.csv", None, 1).starts_with("missing.csv: cannot be read ("));
}

#[test]
fn sets_that_do_not_fit_each_other_are_refused() {
    let folder = tempdir().unwrap();
    let write = |name: &str, arrays: &[(&str, &Array2<f64>)]| {
        write_npz(&folder.path().join(name), arrays);
    };
    let (one, two) = (array![[1.0]], array![[1.0], [2.0]]);
    write(
        "whole.npz",
        &[("x", &two), ("y", &two), ("x_test", &one), ("y_test", &one)],
    );
    write("unequal.npz", &[("x", &two), ("y", &one)]);
    write("half.npz", &[("x", &two), ("y", &two), ("x_test", &one)]);
    write("other.npz", &[("a", &two), ("b", &two)]);
    write(
        "hollow.npz",
        &[("x", &Array2::zeros((0, 3))), ("y", &Array2::zeros((0, 1)))],
    );
    fs::write(folder.path().join("wide.csv"), "1,2,3\n").unwrap();
    let text = |path: &str, test: Option<&str>| error(&folder, path, test, 1);
    assert_eq!(
        text("unequal.npz", None),
        "unequal.npz: x has 2 rows and y has 1; both need a row a point"
    );
    assert_eq!(
        text("half.npz", None),
        "half.npz: arrays [x, x_test, y]; an array named y_test is needed"
    );
    assert_eq!(
        text("other.npz", None),
        "other.npz: arrays [a, b]; an array named x is needed"
    );
    assert_eq!(
        text("hollow.npz", None),
        "hollow.npz: x is (0, 3) and y is (0, 1); both need at least one row and one column"
    );
    assert_eq!(
        text("whole.npz", Some("wide.csv")),
        "data.test = \"wide.csv\": must be None, because whole.npz has x_test and y_test itself"
    );
    fs::write(folder.path().join("train.csv"), "1,2\n").unwrap();
    assert_eq!(
        text("train.csv", Some("wide.csv")),
        "wide.csv: test points with 2 inputs and 1 targets; the training points have 1 and 1"
    );
}

#[test]
fn weights_come_back_and_must_have_the_same_width() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("weights.npz");
    let (w, v) = (
        array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
        array![[0.5, -0.5]],
    );
    write_npz(&path, &[("W", &w), ("V", &v)]);
    let without_biases = GivenWeights {
        w: w.clone(),
        v: v.clone(),
        c: None,
    };
    assert_eq!(load_weights(&path).unwrap(), without_biases);

    let mut archive = NpzWriter::new(File::create(&path).unwrap());
    archive.add_array("W", &w).unwrap();
    archive
        .add_array("V", &Array1::from(vec![0.5, -0.5]))
        .unwrap();
    archive.finish().unwrap();
    assert_eq!(load_weights(&path).unwrap(), without_biases);

    write_npz(&path, &[("W", &w), ("V", &array![[1.0, 2.0, 3.0]])]);
    let text = load_weights(&path).unwrap_err().to_string();
    assert!(
        text.ends_with(
            "weights.npz: W is (2, 3) and V is (1, 3); W must be (m, D) and V (outputs, m), with the same m"
        ),
        "{text}"
    );
    write_npz(&path, &[("W", &w)]);
    let text = load_weights(&path).unwrap_err().to_string();
    assert!(
        text.ends_with("arrays [W]; an array named V is needed"),
        "{text}"
    );
}

#[test]
fn biases_of_the_outputs_may_come_with_the_weights() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("weights.npz");
    let (w, v) = (array![[1.0], [2.0], [3.0]], Array2::<f64>::ones((2, 3)));
    let write = |c: Array1<f64>| {
        let mut archive = NpzWriter::new(File::create(&path).unwrap());
        archive.add_array("W", &w).unwrap();
        archive.add_array("V", &v).unwrap();
        archive.add_array("c", &c).unwrap();
        archive.finish().unwrap();
    };
    write(array![0.5, -0.25]);
    assert_eq!(load_weights(&path).unwrap().c, Some(array![0.5, -0.25]));
    write(array![0.5, -0.25, 1.0]);
    let text = load_weights(&path).unwrap_err().to_string();
    assert!(
        text.ends_with("c is (3, 1); c must have one entry an output, 2"),
        "{text}"
    );
}

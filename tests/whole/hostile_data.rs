//! Hostile data files: thousands of broken ones end in an error or a dataset, never in a panic,
//! and soon.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use ndarray::{Array2, array};
use ndarray_npy::{NpzWriter, WriteNpyExt};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tempfile::tempdir;
use widescope::data::{DataError, Dataset, load, load_weights};
use widescope::spec::DataSpec;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Mutations tried of each format.
const MUTATIONS: usize = 4000;
/// Longest one file of a few hundred bytes may take, with room for a busy machine.
const PATIENCE: Duration = Duration::from_secs(2);

fn from_file(path: &Path) -> Result<Dataset, DataError> {
    let spec = DataSpec::File {
        path: path.to_string_lossy().into_owned(),
        test: None,
        outputs: 1,
    };
    load(&spec, 1, Path::new("."))
}

fn npy() -> Vec<u8> {
    let mut bytes = Vec::new();
    array![[1.0, 2.0], [3.0, 4.0]]
        .write_npy(&mut bytes)
        .unwrap();
    bytes
}

fn npz() -> Vec<u8> {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.npz");
    let mut archive = NpzWriter::new_compressed(File::create(&path).unwrap());
    let matrix = array![[1.0, 2.0], [3.0, 4.0]];
    for name in ["x", "y", "W", "V"] {
        archive.add_array(name, &matrix).unwrap();
    }
    archive.finish().unwrap();
    fs::read(path).unwrap()
}

/// A few of: a changed byte, an extreme byte, a cut, a repeated or removed stretch.
fn mutate(original: &[u8], rng: &mut impl Rng) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..rng.random_range(1..=4) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.random_range(0..bytes.len());
        let to = rng.random_range(at..bytes.len());
        match rng.random_range(0..6) {
            0 => bytes[at] = rng.random(),
            1 => bytes[at] = if rng.random() { 0xff } else { 0 },
            2 => bytes.truncate(at),
            3 => drop(bytes.drain(at..to)),
            4 => bytes.extend_from_within(at..to),
            _ => bytes[at] ^= 1 << rng.random_range(0..8),
        }
    }
    bytes
}

fn try_mutations(original: &[u8], name: &str) {
    let folder = tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, original).unwrap();
    from_file(&path).unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(20);
    let mut refused = 0;
    for trial in 0..MUTATIONS {
        fs::write(&path, mutate(original, &mut rng)).unwrap();
        let start = Instant::now();
        match from_file(&path) {
            Ok(data) => {
                let numbers = data.x.iter().chain(&data.y);
                assert!(numbers.into_iter().all(|x| x.is_finite()), "trial {trial}");
                assert_eq!(data.x.nrows(), data.y.nrows());
            }
            Err(error) => {
                refused += 1;
                assert!(error.to_string().len() < 1000, "trial {trial}: {error}");
            }
        }
        // Weights are read by the same code from other names.
        if name.ends_with("npz") {
            let _weights_or_error = load_weights(&path);
        }
        assert!(start.elapsed() < PATIENCE, "trial {trial}");
    }
    assert!(
        refused > MUTATIONS / 10,
        "only {refused} of {MUTATIONS} were broken at all"
    );
}

#[test]
fn mutated_npy_files_never_panic() {
    try_mutations(&npy(), "a.npy");
}

#[test]
fn mutated_npz_files_never_panic() {
    try_mutations(&npz(), "a.npz");
}

#[test]
fn mutated_csv_files_never_panic() {
    try_mutations(b"x1,x2,y\n1,2.5e3,-1\n# note\n\"4\",5,1\n", "a.csv");
}

/// The header of a matrix of doubles of the given shape.
fn header(rows: u64, columns: u64) -> Vec<u8> {
    let text =
        format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((text.len() as u16).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes
}

fn write_archive(path: &Path, method: CompressionMethod, entry: impl Fn(&mut dyn Write)) {
    let mut archive = ZipWriter::new(File::create(path).unwrap());
    let options = SimpleFileOptions::default().compression_method(method);
    for name in ["x.npy", "y.npy"] {
        archive.start_file(name, options).unwrap();
        entry(&mut archive);
    }
    archive.finish().unwrap();
}

#[test]
fn shapes_beyond_all_memory_are_refused_at_once() {
    let folder = tempdir().unwrap();
    let (npy, npz) = (folder.path().join("a.npy"), folder.path().join("a.npz"));
    let start = Instant::now();
    for (rows, columns) in [
        (1 << 31, 1 << 31),
        (1 << 40, 1),
        (u64::MAX, 2),
        (1 << 29, 3),
    ] {
        fs::write(&npy, header(rows, columns)).unwrap();
        assert!(from_file(&npy).is_err());
        write_archive(&npz, CompressionMethod::Stored, |entry| {
            entry.write_all(&header(rows, columns)).unwrap();
        });
        assert!(from_file(&npz).is_err());
    }
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn a_zip_that_unpacks_to_more_than_its_shape_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("bomb.npz");
    write_archive(&path, CompressionMethod::Deflated, |entry| {
        entry.write_all(&header(1, 1)).unwrap();
        for _ in 0..50 {
            entry.write_all(&vec![0; 1 << 20]).unwrap();
        }
    });
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20);
    let start = Instant::now();
    let text = from_file(&path).unwrap_err().to_string();
    assert!(
        text.ends_with("52428800 bytes of data; shape [1, 1] of \"<f8\" needs exactly 8"),
        "{text}"
    );
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn an_archive_that_claims_more_than_deflate_can_hold_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("bomb.npz");
    let (rows, columns) = (1 << 20, 64);
    let head = header(rows, columns);
    write_archive(&path, CompressionMethod::Stored, |entry| {
        entry.write_all(&head).unwrap()
    });
    let mut bytes = fs::read(&path).unwrap();
    // Claim the size that the shape needs, in the central directory and in the local headers.
    let (honest, claimed) = (
        head.len() as u32,
        head.len() as u32 + 8 * (rows * columns) as u32,
    );
    let honest = honest.to_le_bytes();
    let at: Vec<usize> = (0..bytes.len() - 8)
        .filter(|&i| bytes[i..i + 4] == honest && bytes[i + 4..i + 8] == honest)
        .collect();
    assert_eq!(at.len(), 4);
    for i in at {
        bytes[i..i + 4].copy_from_slice(&claimed.to_le_bytes());
        bytes[i + 4..i + 8].copy_from_slice(&claimed.to_le_bytes());
    }
    fs::write(&path, bytes).unwrap();
    let text = from_file(&path).unwrap_err().to_string();
    assert!(
        text.ends_with("an array can be at most 1032 times its packed size"),
        "{text}"
    );
}

#[test]
fn an_archive_of_a_damaged_array_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.npz");
    let mut archive = NpzWriter::new(File::create(&path).unwrap());
    let matrix = Array2::from_elem((4, 4), 1.5);
    archive.add_array("x", &matrix).unwrap();
    archive.add_array("y", &matrix).unwrap();
    archive.finish().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let number = 1.5f64.to_le_bytes();
    let at = bytes
        .windows(8)
        .position(|window| window == number)
        .unwrap();
    bytes[at + 5] ^= 1;
    fs::write(&path, bytes).unwrap();
    let text = from_file(&path).unwrap_err().to_string();
    assert!(text.contains("x: cannot be read"), "{text}");
}

#[cfg(unix)]
#[test]
fn devices_are_not_read() {
    let folder = tempdir().unwrap();
    let link = folder.path().join("endless.csv");
    std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
    let text = from_file(&link).unwrap_err().to_string();
    assert!(
        text.ends_with("not a file; a regular file is needed"),
        "{text}"
    );
}

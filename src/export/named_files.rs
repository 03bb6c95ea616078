//! The files that a preset names.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::spec::{DataSpec, Preset};

/// Bytes read at a time.
const PIECE: usize = 1 << 16;

/// Each file that a preset names, with the field that names it.
pub(super) fn named(preset: &Preset) -> Vec<(&'static str, &str)> {
    let mut files = Vec::new();
    if let DataSpec::File { path, test, .. } = &preset.data {
        files.push(("data.path", path.as_str()));
        files.extend(test.as_deref().map(|test| ("data.test", test)));
    }
    let weights = preset.init.weights.as_deref();
    files.extend(weights.map(|path| ("init.weights", path)));
    let indices = preset.train.indices.as_deref();
    files.extend(indices.map(|path| ("train.indices", path)));
    files
}

/// The same, to be changed.
pub(super) fn named_mut(preset: &mut Preset) -> Vec<(&'static str, &mut String)> {
    let mut files = Vec::new();
    if let DataSpec::File { path, test, .. } = &mut preset.data {
        files.push(("data.path", path));
        files.extend(test.as_mut().map(|test| ("data.test", test)));
    }
    let weights = preset.init.weights.as_mut();
    files.extend(weights.map(|path| ("init.weights", path)));
    let indices = preset.train.indices.as_mut();
    files.extend(indices.map(|path| ("train.indices", path)));
    files
}

/// CRC-32 of a regular file's bytes.
///
/// # Errors
/// Those of the system; what is no regular file.
pub(super) fn sum(path: &Path) -> io::Result<u32> {
    // Opening a pipe would wait for its other end.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let (mut file, mut hasher) = (File::open(path)?, crc32fast::Hasher::new());
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece)?;
        match piece.get(..read) {
            Some([]) | None => return Ok(hasher.finalize()),
            Some(bytes) => hasher.update(bytes),
        }
    }
}

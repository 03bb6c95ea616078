//! Archives of named arrays in NumPy's `.npz` format.

use std::fs::File;
use std::io::BufReader;

use ndarray::Array2;
use zip::ZipArchive;
use zip::result::ZipError;

use super::npy;
use crate::data::Fault;

/// Most that deflate can shrink: a length-258 match costs at least two bits.
const DEFLATE_RATIO: u64 = 1032;
/// Names listed in an error.
const NAMES_SHOWN: usize = 8;

/// An open archive.
#[derive(Debug)]
pub(in crate::data) struct Npz {
    archive: ZipArchive<BufReader<File>>,
    /// Bytes of the file.
    length: u64,
}

impl Npz {
    /// Opens an archive of `length` bytes.
    ///
    /// # Errors
    /// A file that is no zip archive.
    pub fn new(file: File, length: u64) -> Result<Self, Fault> {
        let archive = ZipArchive::new(BufReader::new(file)).map_err(Fault::unreadable)?;
        Ok(Self { archive, length })
    }

    /// Whether there is an array of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(&entry(name)).is_some()
    }

    /// Reads the matrix of this name; see [`npy::read`].
    ///
    /// # Errors
    /// No such array, one packed by a method NumPy does not use, or one that claims to unpack to
    /// more than its bytes can hold; and the errors of [`npy::read`].
    pub fn matrix(&mut self, name: &str) -> Result<Array2<f64>, Fault> {
        let names = self.names();
        let stored = match self.archive.by_name(&entry(name)) {
            Ok(stored) => stored,
            Err(ZipError::FileNotFound) => {
                return Err(Fault::new(
                    format!("arrays {names}"),
                    format!("an array named {name} is needed"),
                ));
            }
            Err(cause) => return Err(Fault::unreadable(cause).at(name)),
        };
        // Both sizes are the archive's own claims; what is there is never more than the file.
        let (packed, size) = (stored.compressed_size().min(self.length), stored.size());
        if size > packed.saturating_mul(DEFLATE_RATIO) {
            return Err(Fault::new(
                format!("{name}: {size} bytes packed into {packed}"),
                format!("an array can be at most {DEFLATE_RATIO} times its packed size"),
            ));
        }
        npy::read(stored, size).map_err(|fault| fault.at(name))
    }

    fn names(&self) -> String {
        let mut names: Vec<&str> = self
            .archive
            .file_names()
            .map(|name| name.strip_suffix(".npy").unwrap_or(name))
            .collect();
        names.sort_unstable();
        let more = names.len().saturating_sub(NAMES_SHOWN);
        names.truncate(NAMES_SHOWN);
        let shown: Vec<String> = names
            .iter()
            .map(|name| name.chars().take(40).collect())
            .collect();
        match more {
            0 => format!("[{}]", shown.join(", ")),
            more => format!("[{}, and {more} more]", shown.join(", ")),
        }
    }
}

fn entry(name: &str) -> String {
    format!("{name}.npy")
}

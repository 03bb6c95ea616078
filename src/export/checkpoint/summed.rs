//! Bytes that are summed on their way.

use std::io::{self, Write};

use crc32fast::Hasher;

/// A writer that keeps the CRC-32 of what went through it, and the error that stopped it.
#[derive(Debug)]
pub(super) struct Summed<W> {
    out: W,
    hasher: Hasher,
    fault: Option<io::Error>,
}

impl<W: Write> Summed<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            hasher: Hasher::new(),
            fault: None,
        }
    }

    /// The error that stopped the last write; an encoder in between tells no more than that there
    /// was one.
    pub(super) fn fault(&mut self) -> Option<io::Error> {
        self.fault.take()
    }

    /// The writer beneath, and the CRC-32.
    pub(super) fn finish(self) -> (W, u32) {
        (self.out, self.hasher.finalize())
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.out.write(bytes) {
            Ok(written) => {
                self.hasher.update(bytes.get(..written).unwrap_or(bytes));
                Ok(written)
            }
            Err(error) => {
                let kind = error.kind();
                if kind != io::ErrorKind::Interrupted {
                    self.fault = Some(error);
                }
                Err(kind.into())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

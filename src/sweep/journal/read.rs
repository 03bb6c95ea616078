//! A journal read back.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::preset::MAX_BYTES;
use crate::sweep::{Plan, TrialResult};

use super::head::Head;
use super::{JournalError, row};

/// Longest line read: a row is far shorter, and so is every line of a preset that may be one.
const MAX_LINE: u64 = 1 << 20;

/// Most lines of a head.
const MAX_HEAD: usize = 100_000;

/// The results in a journal.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What they are results of.
    pub head: Head,
    /// The sweep.
    pub plan: Plan,
    /// The results, in the order of the lines.
    pub results: Vec<TrialResult>,
    /// Rows that are damaged or of no trial of the sweep, a torn last one not among them.
    pub damaged: usize,
    /// Bytes up to the end of the last whole line.
    pub whole_bytes: u64,
}

/// Reads a journal. Damaged rows are counted and left out.
///
/// # Errors
/// A file that can't be read, that is no journal, or whose preset does not stand up to its check.
pub fn read_journal(path: &Path) -> Result<Saved, JournalError> {
    let fail = |source| JournalError::File {
        path: path.to_owned(),
        source,
    };
    let not_one = |problem: String| JournalError::NotOne {
        path: path.to_owned(),
        problem,
    };
    let file = File::open(path).map_err(fail)?;
    if !file.metadata().map_err(fail)?.is_file() {
        return Err(not_one("is no regular file".to_owned()));
    }
    let mut lines = Lines {
        reader: BufReader::new(file),
        whole_bytes: 0,
    };
    let head = read_head(&mut lines).map_err(|e| e.map_or_else(fail, not_one))?;
    let plan = head.plan().map_err(|source| JournalError::Preset {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    let plan = plan.ok_or_else(|| not_one("its preset has no sweep".to_owned()))?;
    let (mut results, mut damaged) = (Vec::new(), 0);
    while let Some(line) = lines.next().map_err(fail)? {
        match row::read(&plan, &line) {
            Some(result) => results.push(result),
            None => damaged += 1,
        }
    }
    Ok(Saved {
        head,
        plan,
        results,
        damaged,
        whole_bytes: lines.whole_bytes,
    })
}

/// Why a head can't be read: by the system, or in words.
enum HeadError {
    System(std::io::Error),
    Words(String),
}

impl HeadError {
    fn map_or_else<T>(
        self,
        system: impl FnOnce(std::io::Error) -> T,
        words: impl FnOnce(String) -> T,
    ) -> T {
        match self {
            Self::System(error) => system(error),
            Self::Words(text) => words(text),
        }
    }
}

fn read_head(lines: &mut Lines) -> Result<Head, HeadError> {
    let (mut head, mut bytes) = (Vec::new(), 0);
    loop {
        let line = lines.next().map_err(HeadError::System)?;
        let Some(line) = line else {
            let text = "ends before the names of its columns; allowed: a journal of a sweep";
            return Err(HeadError::Words(text.to_owned()));
        };
        bytes += line.len();
        if !line.starts_with('#') {
            let head = Head::read(&head).map_err(HeadError::Words)?;
            if line != row::columns(&head.preset) {
                let text = "has other columns than its preset gives";
                return Err(HeadError::Words(text.to_owned()));
            }
            return Ok(head);
        }
        if head.len() >= MAX_HEAD || bytes > 2 * MAX_BYTES {
            let text = "has a longer head than any journal";
            return Err(HeadError::Words(text.to_owned()));
        }
        head.push(line);
    }
}

/// Whole lines of a file; what is not UTF-8 in them is replaced, and fails its check.
struct Lines {
    reader: BufReader<File>,
    whole_bytes: u64,
}

impl Lines {
    /// The next whole line without its line break; `None` at the end and at a torn or endless line.
    fn next(&mut self) -> std::io::Result<Option<String>> {
        let mut line = Vec::new();
        let limited = &mut (&mut self.reader).take(MAX_LINE);
        let bytes = limited.read_until(b'\n', &mut line)? as u64;
        if line.pop() != Some(b'\n') {
            return Ok(None);
        }
        self.whole_bytes += bytes;
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }
}

//! Calls the program and reads what it leaves.

use std::path::Path;

use assert_cmd::Command;

/// The shipped preset that the tests shrink.
pub const PRESET: &str = "lazy-vs-feature";

/// Sizes at which three arms train in a moment, and no claims, which hold at full size only.
pub const SMALL: [&str; 8] = [
    "--set",
    "network.width=16",
    "--set",
    "data=SignedPairs(d: 4, n: 8, n_test: 6)",
    "--set",
    "train.stop.steps=20",
    "--set",
    "claims=[]",
];

/// What a call of the program left.
pub struct Called {
    /// Exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Text on stdout.
    pub stdout: String,
    /// Text on stderr.
    pub stderr: String,
}

impl Called {
    /// Asserts the exit code, and that no message says a thing twice; shows what was said where
    /// not.
    #[track_caller]
    pub fn ended_with(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        for line in self.stderr.lines() {
            let parts: Vec<&str> = line.split(": ").collect();
            let twice = parts.windows(2).any(|pair| pair[0] == pair[1]);
            assert!(!twice, "a cause is said twice:\n{line}");
        }
        self
    }

    /// Asserts that stderr names all of these.
    #[track_caller]
    pub fn complains_of(self, words: &[&str]) -> Self {
        for word in words {
            assert!(
                self.stderr.contains(word),
                "{word:?} is not in:\n{}",
                self.stderr
            );
        }
        self
    }
}

/// The program.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_widescope"))
}

/// Calls the program with these words.
pub fn call<'a>(words: impl IntoIterator<Item = &'a str>) -> Called {
    finish(program().args(words))
}

/// Calls `run` on the small preset, with more words.
pub fn run_small(out: &Path, more: &[&str]) -> Called {
    finish(
        program()
            .args(["run", PRESET])
            .args(SMALL)
            .args(more)
            .arg("--out")
            .arg(out),
    )
}

/// Runs a prepared call to its end.
pub fn finish(command: &mut Command) -> Called {
    let output = command.output().expect("the program starts");
    Called {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// A CSV file as its head and rows.
pub fn table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).expect("the table opens");
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let head = cells(reader.headers().expect("the table has a head"));
    let rows = reader
        .records()
        .map(|row| cells(&row.expect("the rows are whole")))
        .collect();
    (head, rows)
}

/// Names of the files in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("UTF-8")
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}

/// The number of a column of `series.csv` in an arm's last row.
pub fn last_cell(folder: &Path, arm: &str, column: &str) -> f64 {
    let (head, rows) = table(&folder.join("series.csv"));
    let index = head
        .iter()
        .position(|name| name == column)
        .expect("the column");
    let row = rows
        .iter()
        .rfind(|row| row[0] == arm)
        .expect("a row of the arm");
    row[index].parse().expect("a number")
}

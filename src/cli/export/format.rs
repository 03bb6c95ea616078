//! The kinds of files that `export` writes, by the endings of their names.

use std::path::Path;

use anyhow::bail;

use super::{Args, numpy, tables};
use crate::cli::exit::Exit;
use crate::preset::Experiment;

/// A kind of file.
pub struct Format {
    /// Ending of the name, in small letters.
    ending: &'static str,
    /// What it holds.
    about: &'static str,
    /// Writes it.
    pub write: fn(&Args, &Experiment) -> anyhow::Result<Exit>,
}

/// Every kind, a line each.
#[rustfmt::skip]
const FORMATS: &[Format] = &[
    Format { ending: "csv", about: "the series, as in series.csv", write: tables::series },
    Format { ending: "npz", about: "weights and outputs at start and end, as in final.npz", write: tables::arrays },
    Format { ending: "py", about: "a script that trains again with NumPy alone; its data go beside it as .npz", write: numpy::numpy_script },
];

impl Format {
    /// The kind that the ending of a file's name says.
    ///
    /// # Errors
    /// Names the ending and those that are allowed.
    pub fn of(path: &Path) -> anyhow::Result<&'static Self> {
        let ending = path
            .extension()
            .map(|e| e.to_string_lossy().to_ascii_lowercase());
        let found = FORMATS.iter().find(|f| ending.as_deref() == Some(f.ending));
        let Some(format) = found else {
            let endings: Vec<_> = FORMATS.iter().map(|f| format!(".{}", f.ending)).collect();
            bail!(
                "--out {}: the ending says the kind of file; allowed: {} (pictures are made by `widescope render`)",
                path.display(),
                endings.join(", ")
            );
        };
        Ok(format)
    }
}

/// A line a kind, for the help.
pub fn in_words() -> String {
    let lines: Vec<_> = FORMATS
        .iter()
        .map(|format| format!("  .{:<5} {}", format.ending, format.about))
        .collect();
    format!("Kinds of files:\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_kind() {
        let of = |name: &str| Format::of(Path::new(name)).map(|format| format.ending);
        assert_eq!(of("a/run.PY").ok(), Some("py"));
        let message = of("run.xls").expect_err("no kind").to_string();
        assert!(
            message.contains("run.xls") && message.contains(".npz"),
            "{message}"
        );
        assert!(of("py").is_err());
        for format in FORMATS {
            assert!(in_words().contains(format.about));
        }
    }
}

//! For what a path is asked.

use std::path::{Path, PathBuf};

use super::reading::OPENED;

/// For what a path is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To open what is there.
    Open,
    /// To save a file of this kind.
    Save(Saved),
    /// A folder in which a run is kept.
    Checkpoint,
}

/// A kind of file that is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// A preset.
    Preset,
    /// A figure, by the ending of its format.
    Figure(&'static str),
    /// A table.
    Data,
    /// A NumPy script.
    Script,
}

/// What to do with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is one.
    Take(PathBuf),
    /// It is a folder to go into.
    Enter,
    /// It is there already.
    Ask(PathBuf),
    /// It is none.
    Refuse(String),
}

impl Wanted {
    /// What is asked, for the head of a dialog.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open a preset, a picture, a run or a sweep",
            Self::Save(Saved::Preset) => "Save the preset as",
            Self::Save(Saved::Figure(_)) => "Save the figure as",
            Self::Save(Saved::Data) => "Save the data as",
            Self::Save(Saved::Script) => "Save the NumPy script as",
            Self::Checkpoint => "Keep the run in a folder",
        }
    }

    /// What is done with the path.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Save(_) => "Save",
            Self::Checkpoint => "Keep it here",
        }
    }

    /// Whether something is written.
    pub fn saves(&self) -> bool {
        matches!(self, Self::Save(_))
    }

    /// Endings of the files that are looked for; none where it is folders.
    pub fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Open => &OPENED,
            Self::Save(saved) => saved.endings(),
            Self::Checkpoint => &["checkpoint"],
        }
    }

    /// The same in words, behind a sentence.
    pub fn kinds(&self) -> String {
        let endings = self.endings().iter().map(|ending| format!(".{ending}"));
        format!(" ({})", endings.collect::<Vec<_>>().join(", "))
    }

    /// What to do with a path; `is_agreed` where its file may be replaced.
    pub fn judged(&self, path: &Path, is_agreed: bool) -> Verdict {
        let is_folder = path.is_dir();
        match self {
            Self::Open if is_folder && holds_results(path) => Verdict::Take(path.to_owned()),
            Self::Open | Self::Save(_) if is_folder => Verdict::Enter,
            Self::Open if path.exists() => Verdict::Take(path.to_owned()),
            Self::Open => Verdict::Refuse(format!("{}: there is no such file", path.display())),
            Self::Checkpoint => Verdict::Take(path.to_owned()),
            Self::Save(_) if path.file_name().is_none() => {
                Verdict::Refuse("a name is missing".to_owned())
            }
            Self::Save(saved) => {
                let path = saved.with_ending(path);
                match path.exists() && !is_agreed {
                    true => Verdict::Ask(path),
                    false => Verdict::Take(path),
                }
            }
        }
    }
}

impl Saved {
    /// Endings that such a file has, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Preset => &["ron"],
            Self::Figure("png") => &["png"],
            Self::Figure("svg") => &["svg"],
            Self::Figure("pdf") => &["pdf"],
            Self::Figure("html") => &["html"],
            Self::Figure("tex") => &["tex"],
            Self::Figure(_) | Self::Data => &["csv"],
            Self::Script => &["py"],
        }
    }

    /// The path with the usual ending where it has none of these.
    pub fn with_ending(self, path: &Path) -> PathBuf {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let ending = ending.to_ascii_lowercase();
        match self.endings() {
            [usual, ..] if !self.endings().contains(&ending.as_str()) => {
                let mut name = path.as_os_str().to_owned();
                name.push(".");
                name.push(usual);
                PathBuf::from(name)
            }
            _ => path.to_owned(),
        }
    }
}

/// Whether a folder is that of a run or of a sweep.
fn holds_results(folder: &Path) -> bool {
    let names = ["run.ron", "run.checkpoint", "journal.csv"];
    names.iter().any(|name| folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_its_ending_and_is_replaced_only_when_agreed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (plain, file) = (folder.path().join("fig.1"), folder.path().join("fig.1.pdf"));
        let wanted = Wanted::Save(Saved::Figure("pdf"));
        assert_eq!(wanted.judged(&plain, false), Verdict::Take(file.clone()));
        std::fs::write(&file, "mine").expect("written");
        assert_eq!(wanted.judged(&plain, false), Verdict::Ask(file.clone()));
        assert_eq!(wanted.judged(&plain, true), Verdict::Take(file));
        assert_eq!(wanted.judged(folder.path(), false), Verdict::Enter);
    }

    #[test]
    fn a_folder_is_gone_into_unless_it_is_what_is_wanted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        assert_eq!(Wanted::Open.judged(path, false), Verdict::Enter);
        std::fs::write(path.join("journal.csv"), "").expect("written");
        assert_eq!(
            Wanted::Open.judged(path, false),
            Verdict::Take(path.to_owned())
        );
        let nowhere = path.join("nowhere");
        assert!(matches!(
            Wanted::Open.judged(&nowhere, false),
            Verdict::Refuse(_)
        ));
        assert_eq!(
            Wanted::Checkpoint.judged(&nowhere, false),
            Verdict::Take(nowhere)
        );
    }
}

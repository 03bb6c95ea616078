//! A folder's entries, and a path that is typed completed from them.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// Most entries that are listed.
const MOST: usize = 2000;

/// A file or folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Whether it is a file; folders come first.
    pub is_file: bool,
    /// Its name.
    pub name: String,
}

/// What a folder holds, or why that can't be said.
pub type Listing = Result<Vec<Entry>, String>;

/// The folders, and the files with one of these endings (all where there are none), by name; hidden ones come last.
pub fn listed(folder: &Path, endings: &[&str]) -> Listing {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)?.take(MOST) {
        let Ok(entry) = entry else { continue };
        let is_file = !entry.path().is_dir();
        let name = entry.file_name().to_string_lossy().into_owned();
        let ending = Path::new(&name).extension().unwrap_or_default();
        let ending = ending.to_string_lossy().to_ascii_lowercase();
        if !is_file || endings.is_empty() || endings.contains(&ending.as_str()) {
            entries.push(Entry { is_file, name });
        }
    }
    entries.sort_by_key(|entry| {
        let hidden = entry.name.starts_with('.');
        (hidden, entry.is_file, entry.name.to_lowercase())
    });
    Ok(entries)
}

/// A typed path apart: the folder, as it is written up to its last separator, and the beginning of a name.
pub fn split(text: &str) -> (&str, &str) {
    let at = text.rfind(['/', MAIN_SEPARATOR]).map_or(0, |at| at + 1);
    text.split_at(at)
}

/// The folder that a written one means: `~` is the home folder, and nothing the working folder.
pub fn meant(folder: &str, home: Option<&Path>) -> PathBuf {
    if let (Some(rest), Some(home)) = (folder.strip_prefix('~'), home)
        && (rest.is_empty() || rest.starts_with(['/', MAIN_SEPARATOR]))
    {
        return home.join(rest.trim_start_matches(['/', MAIN_SEPARATOR]));
    }
    match folder {
        "" => PathBuf::from("."),
        folder => PathBuf::from(folder),
    }
}

/// The entries whose names begin as typed; a hidden one only where a dot is typed.
pub fn matching<'a>(entries: &'a [Entry], typed: &str) -> Vec<&'a Entry> {
    let begin = typed.to_lowercase();
    let fits = |entry: &&Entry| {
        let is_asked_for = typed.starts_with('.') || !entry.name.starts_with('.');
        is_asked_for && entry.name.to_lowercase().starts_with(&begin)
    };
    entries.iter().filter(fits).collect()
}

/// The path as far as the entries tell how it goes on: the whole name of the only one, with a separator behind a
/// folder, else what all that fit have in common.
pub fn completed(text: &str, entries: &[Entry]) -> String {
    let (folder, typed) = split(text);
    let fitting = matching(entries, typed);
    let Some(first) = fitting.first() else {
        return text.to_owned();
    };
    if let [only] = fitting[..] {
        let end = if only.is_file { "" } else { "/" };
        return format!("{folder}{}{end}", only.name);
    }
    let common = fitting
        .iter()
        .fold(first.name.chars().count(), |common, entry| {
            let both = entry.name.chars().zip(first.name.chars());
            common.min(both.take_while(|(a, b)| a == b).count())
        });
    if common < typed.chars().count() {
        return text.to_owned();
    }
    let name: String = first.name.chars().take(common).collect();
    format!("{folder}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(names: &[&str]) -> Vec<Entry> {
        let entry = |name: &&str| Entry {
            is_file: !name.ends_with('/'),
            name: name.trim_end_matches('/').to_owned(),
        };
        names.iter().map(entry).collect()
    }

    #[test]
    fn a_name_is_completed_as_far_as_it_is_clear() {
        let all = entries(&[
            "docs/",
            "presets/",
            "pre-paper.ron",
            "préface.ron",
            "run.ron",
            ".git/",
        ]);
        assert_eq!(completed("/a/d", &all), "/a/docs/");
        assert_eq!(completed("/a/p", &all), "/a/pr");
        assert_eq!(completed("/a/pres", &all), "/a/presets/");
        assert_eq!(completed("/a/R", &all), "/a/run.ron");
        assert_eq!(completed("/a/x", &all), "/a/x");
        assert_eq!(completed("/a/.", &all), "/a/.git/");
        assert_eq!(completed("", &entries(&["one.ron"])), "one.ron");
    }

    #[test]
    fn folders_come_first_and_files_of_other_kinds_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.ron", "a.txt", "c.PNG", ".hidden.ron"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        std::fs::create_dir(folder.path().join("z")).expect("a folder");
        let names: Vec<String> = listed(folder.path(), &["ron", "png"])
            .expect("it is there")
            .into_iter()
            .map(|entry| entry.name)
            .collect();
        assert_eq!(names, ["z", "b.ron", "c.PNG", ".hidden.ron"]);
        assert!(listed(&folder.path().join("nowhere"), &[]).is_err());
    }

    #[test]
    fn home_is_written_short() {
        let home = Path::new("/home/ada");
        assert_eq!(meant("~/a/", Some(home)), Path::new("/home/ada/a/"));
        assert_eq!(meant("~ada/", Some(home)), Path::new("~ada/"));
        assert_eq!(meant("", Some(home)), Path::new("."));
        assert_eq!(split("/a/b.ron"), ("/a/", "b.ron"));
        assert_eq!(split("b"), ("", "b"));
    }
}

//! In which files of the library a word stands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Files of `src/` in which a word stands, tests left out.
pub fn of(word: &str) -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    search(&source, &source, word, &mut found);
    found
}

fn search(folder: &Path, source: &Path, word: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if name.ends_with("tests") {
            continue;
        }
        if path.is_dir() {
            search(&path, source, word, found);
        } else if stands_in(&fs::read_to_string(&path).expect("a source"), word) {
            let file = path.strip_prefix(source).expect("below the source");
            found.insert(file.display().to_string());
        }
    }
}

/// Whether the whole word stands outside of the tests of a source.
fn stands_in(text: &str, word: &str) -> bool {
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

//! What ARCHITECTURE.md says in a form that can be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    fs::read_to_string(path).expect("the page is there")
}

/// The folders from the ground up: the first block of the page, words apart from arrows.
pub fn order() -> Vec<String> {
    let page = page();
    let block = page.split("```").nth(1).expect("a block with the order");
    let words = block.split_whitespace().filter(|word| *word != "→");
    words.map(str::to_owned).collect()
}

/// Where one kind of thing is added.
pub struct Row {
    /// What is added.
    pub what: String,
    /// The word that stands for the example in the code.
    pub example: String,
    /// Files of `src/` in which it stands.
    pub places: BTreeSet<String>,
    /// Whether files that only use it are left out.
    pub is_open: bool,
}

/// The rows of the table at the end of the page.
pub fn rows() -> Vec<Row> {
    let page = page();
    let (_, table) = page
        .split_once("| to add | example | places |")
        .expect("the table");
    let lines = table.lines().skip(2).take_while(|l| l.starts_with('|'));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [what, example, places] = cells[..] else {
        panic!("three cells: {line}");
    };
    let (places, is_open) = match places.strip_suffix('…') {
        Some(places) => (places, true),
        None => (places, false),
    };
    let files = places.split('`').skip(1).step_by(2);
    let files = files.filter(|file| file.ends_with(".rs"));
    Row {
        what: what.to_owned(),
        example: example.trim_matches('`').to_owned(),
        places: files.map(str::to_owned).collect(),
        is_open,
    }
}

//! What ARCHITECTURE.md says in a form that can be read.

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

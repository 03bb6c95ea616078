//! The comments of a preset's file, to be kept where its text can't be.

use std::collections::BTreeMap;

use super::node::{INDENT, Node};
use crate::preset::ron_text::{entries, root};

/// The comments at the head of a file and before its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Comments {
    head: Vec<String>,
    before: BTreeMap<String, Vec<String>>,
    end: Vec<String>,
}

impl Comments {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        let Some(whole) = root(text) else {
            return Self::default();
        };
        let lines = |from: usize, to: usize| comments(text.get(from..to).unwrap_or_default());
        let head = lines(0, whole.start);
        let (mut before, mut at) = (BTreeMap::new(), whole.start + 1);
        for entry in entries(text, whole.clone()) {
            let found = lines(at, entry.whole.start);
            if let Some(name) = entry.name.filter(|_| !found.is_empty()) {
                before.insert(name.trim().to_owned(), found);
            }
            at = entry.whole.end;
        }
        Self {
            head,
            before,
            end: lines(at, whole.end),
        }
    }

    /// The text of a preset with these comments; those before a field that is no more come at the end.
    pub(super) fn with(&self, preset: &Node) -> String {
        let pad = " ".repeat(INDENT);
        let padded = |lines: &[String]| -> String {
            lines.iter().map(|line| format!("{pad}{line}\n")).collect()
        };
        let head: String = self.head.iter().map(|line| format!("{line}\n")).collect();
        let text = preset.as_file(|name| {
            let comments = self.before.get(name);
            comments.map(|lines| padded(lines)).unwrap_or_default()
        });
        let homeless = self
            .before
            .iter()
            .filter(|(name, _)| preset.entry(name).is_none());
        let homeless: String = homeless.map(|(_, lines)| padded(lines)).collect();
        let body = text.strip_suffix(")\n").unwrap_or(&text);
        format!("{head}{body}{homeless}{})\n", padded(&self.end))
    }
}

/// The comments in what stands between two values, a line each.
fn comments(gap: &str) -> Vec<String> {
    let mut comments = Vec::new();
    let mut rest = gap;
    while let Some(at) = rest.find("//").into_iter().chain(rest.find("/*")).min() {
        let from = rest.get(at..).unwrap_or_default();
        let length = if from.starts_with("//") {
            from.find('\n').unwrap_or(from.len())
        } else {
            from.find("*/").map_or(from.len(), |end| end + 2)
        };
        let comment = from.get(..length).unwrap_or(from);
        comments.extend(comment.lines().map(|line| line.trim().to_owned()));
        rest = from.get(length..).unwrap_or_default();
    }
    comments
}

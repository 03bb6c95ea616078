//! A RON text as a tree, to be laid out anew.

use std::ops::Range;

use crate::preset::ron_text::{TokenKind, entries, next_token, root};

/// Columns that a line has.
const WIDTH: usize = 100;

/// Columns by which what is inside stands further right.
pub(super) const INDENT: usize = 4;

/// Longest entry of a list that shares its line with others, in characters.
const SHORT: usize = 40;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A name, a number or a text.
    Leaf(String),
    /// Values in brackets.
    Group {
        /// Name before the bracket.
        head: String,
        /// The brackets.
        brackets: (char, char),
        /// What is in them, with names where it has any.
        entries: Vec<(Option<String>, Node)>,
    },
}

impl Node {
    /// The outermost value of a text that was read.
    pub(super) fn of(text: &str) -> Self {
        let whole = root(text).unwrap_or(0..text.len());
        Self::within(text, whole)
    }

    /// The value at a place of a text. It recurses no deeper than a text that was read is nested.
    pub(super) fn within(text: &str, value: Range<usize>) -> Self {
        let Some((head, brackets)) = opening(text, &value) else {
            let leaf = text.get(value).unwrap_or_default();
            return Self::Leaf(plain(leaf.trim()));
        };
        let inside = entries(text, value);
        let inside = inside.map(|entry| {
            let name = entry.name.map(|name| plain(name.trim()));
            (name, Self::within(text, entry.value))
        });
        Self::Group {
            head,
            brackets,
            entries: inside.collect(),
        }
    }

    /// The entry of this name.
    pub(super) fn entry(&self, name: &str) -> Option<&Self> {
        let mut named = self.named();
        named.find(|(of, _)| *of == name).map(|(_, node)| node)
    }

    /// The entries with names, in order.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &Self)> {
        let entries: &[_] = match self {
            Self::Leaf(_) => &[],
            Self::Group { entries, .. } => entries,
        };
        entries
            .iter()
            .filter_map(|(name, node)| Some((name.as_deref()?, node)))
    }

    /// Whether both are structs of one name, whose fields can be changed one by one.
    pub(super) fn is_same_struct(&self, other: &Self) -> bool {
        let of = |node: &Self| match node {
            Self::Group {
                head,
                brackets,
                entries,
            } if brackets.0 == '(' => {
                let all_named = entries.iter().all(|(name, _)| name.is_some());
                all_named.then(|| head.clone())
            }
            _ => None,
        };
        of(self).is_some_and(|head| of(other) == Some(head))
    }

    /// On one line.
    pub(super) fn line(&self) -> String {
        match self {
            Self::Leaf(text) => text.clone(),
            Self::Group {
                head,
                brackets,
                entries,
            } => {
                let inside: Vec<String> = entries.iter().map(line_of).collect();
                format!("{head}{}{}{}", brackets.0, inside.join(", "), brackets.1)
            }
        }
    }

    /// On one line where it fits behind `before` columns, else its entries on lines of their own.
    pub(super) fn laid_out(&self, indent: usize, before: usize) -> String {
        let line = self.line();
        match self {
            Self::Group {
                head,
                brackets,
                entries,
            } if before + line.chars().count() > WIDTH && !entries.is_empty() => {
                let deeper = indent + INDENT;
                let inside = if brackets.0 == '[' {
                    rows(entries, deeper)
                } else {
                    entries.iter().map(|entry| field(entry, deeper)).collect()
                };
                let pad = " ".repeat(deeper);
                let rows = inside.iter().map(|row| format!("{pad}{row},\n"));
                let rows: String = rows.collect();
                format!(
                    "{head}{}\n{rows}{}{}",
                    brackets.0,
                    " ".repeat(indent),
                    brackets.1
                )
            }
            _ => line,
        }
    }

    /// The preset itself: each field on a line of its own, comments before them.
    pub(super) fn as_file(&self, comment: impl Fn(&str) -> String) -> String {
        let pad = " ".repeat(INDENT);
        let fields = self.named().map(|(name, node)| {
            let before = INDENT + name.chars().count() + 2;
            let value = node.laid_out(INDENT, before);
            format!("{}{pad}{name}: {value},\n", comment(name))
        });
        let fields: String = fields.collect();
        format!("(\n{fields})\n")
    }
}

fn line_of((name, node): &(Option<String>, Node)) -> String {
    match name {
        Some(name) => format!("{name}: {}", node.line()),
        None => node.line(),
    }
}

fn field(entry: &(Option<String>, Node), indent: usize) -> String {
    let (name, node) = entry;
    match name {
        Some(name) => {
            let before = indent + name.chars().count() + 2;
            format!("{name}: {}", node.laid_out(indent, before))
        }
        None => node.laid_out(indent, indent),
    }
}

/// The entries of a list, a line each; short ones fill the lines.
fn rows(entries: &[(Option<String>, Node)], indent: usize) -> Vec<String> {
    let lines: Vec<String> = entries.iter().map(line_of).collect();
    if lines.iter().any(|line| line.chars().count() > SHORT) {
        return lines;
    }
    let mut rows: Vec<String> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if indent + row.chars().count() + line.chars().count() + 3 <= WIDTH => {
                row.push_str(", ");
                row.push_str(&line);
            }
            _ => rows.push(line),
        }
    }
    rows
}

/// The name before a value's bracket, and its brackets; `None` for a value without any.
fn opening(text: &str, value: &Range<usize>) -> Option<(String, (char, char))> {
    let first = next_token(text, value.start)?;
    let (head, open) = match first.kind {
        TokenKind::Open => (String::new(), first),
        TokenKind::Word => {
            let head = text.get(first.span.clone())?.to_owned();
            (head, next_token(text, first.span.end)?)
        }
        _ => return None,
    };
    let brackets = match text.get(open.span.clone())? {
        "(" => ('(', ')'),
        "[" => ('[', ']'),
        "{" => ('{', '}'),
        _ => return None,
    };
    (open.span.end <= value.end).then_some((head, brackets))
}

/// A text in quotes with letters in place of their escapes: neither `\u{304}` nor `\'` is there to be read.
fn plain(leaf: &str) -> String {
    if !leaf.starts_with('"') {
        return leaf.to_owned();
    }
    let mut plain = String::with_capacity(leaf.len());
    let mut rest = leaf;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let length = match letter(escape) {
            Some((letter, length)) => {
                plain.push(letter);
                length
            }
            None => {
                let length = escape.chars().take(2).map(char::len_utf8).sum();
                plain.push_str(escape.get(..length).unwrap_or_default());
                length
            }
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    plain + rest
}

/// The letter that an escape stands for which needs none, and the escape's length; `None` for what is better left
/// as it is.
fn letter(escape: &str) -> Option<(char, usize)> {
    if escape.starts_with("\\'") {
        return Some(('\'', 2));
    }
    let digits = escape.strip_prefix("\\u{")?;
    let end = digits.find('}')?;
    let number = u32::from_str_radix(digits.get(..end)?, 16).ok()?;
    let letter = char::from_u32(number).filter(|c| !c.is_control() && !is_invisible(*c))?;
    Some((letter, "\\u{}".len() + end))
}

/// Whether a character changes how a line is read without being seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

//! What has to be set in one preset to make another of it.

use std::ops::Range;

use super::left_out::whole_text;
use super::ron_text::{Entry, TokenKind, entries, next_token, root};
use super::set;
use crate::spec::Preset;

/// Paths and values, as `--set` takes them, that make `to` of `from` when they are set in this order; as deep
/// in the preset as they can be. `None` where no such list does.
///
/// ```
/// use widescope::preset::{changes, parse};
///
/// let from = parse("(network: (width: 64), seed: 3)")?;
/// let to = parse("(network: (width: 128), seed: 3)")?;
/// let changed = changes(&from, &to).unwrap_or_default();
/// assert_eq!(changed, [("network.width".to_owned(), "128".to_owned())]);
/// # Ok::<(), widescope::preset::PresetError>(())
/// ```
pub fn changes(from: &Preset, to: &Preset) -> Option<Vec<(String, String)>> {
    let (old, new) = (whole_text(from), whole_text(to));
    let (old_root, new_root) = (root(&old)?, root(&new)?);
    let mut found = Vec::new();
    compare((&old, old_root), (&new, new_root), "", &mut found);
    let made = found
        .iter()
        .try_fold(from.clone(), |preset, (path, value)| {
            set(&preset, path, value)
        });
    // Names without quotes, say, may be read as something else.
    (made.ok()? == *to).then_some(found)
}

/// Notes where two values differ.
fn compare(
    (old, old_value): (&str, Range<usize>),
    (new, new_value): (&str, Range<usize>),
    path: &str,
    found: &mut Vec<(String, String)>,
) {
    if old.get(old_value.clone()) == new.get(new_value.clone()) {
        return;
    }
    let has_same_name = head(old, &old_value) == head(new, &new_value);
    let pairs = pairs((old, old_value), (new, new_value.clone())).filter(|_| has_same_name);
    let Some(pairs) = pairs else {
        found.push((path.to_owned(), one_line(new, new_value)));
        return;
    };
    for (name, before, after) in pairs {
        let path = match path {
            "" => name,
            parent => format!("{parent}.{name}"),
        };
        compare((old, before), (new, after), &path, found);
    }
}

/// A name in paths, and the value before and after.
type Pair = (String, Range<usize>, Range<usize>);

/// The entries of two values that belong together; `None` where an entry of one has none in the other, and of
/// plain lists, which are easier to read and to type as a whole.
fn pairs(
    (old, old_value): (&str, Range<usize>),
    (new, new_value): (&str, Range<usize>),
) -> Option<Vec<Pair>> {
    let before: Vec<Entry<'_>> = entries(old, old_value).collect();
    let after: Vec<Entry<'_>> = entries(new, new_value).collect();
    if before.is_empty() || before.len() != after.len() {
        return None;
    }
    let pair = |(i, entry): (usize, &Entry<'_>)| match entry.name {
        Some(name) => {
            let other = before.iter().find(|other| other.name == Some(name))?;
            Some((name.to_owned(), other.value.clone(), entry.value.clone()))
        }
        None => {
            let other = before.get(i).filter(|other| other.name.is_none())?;
            let has_fields = entries(old, other.value.clone()).next().is_some()
                && entries(new, entry.value.clone()).next().is_some();
            has_fields.then(|| (i.to_string(), other.value.clone(), entry.value.clone()))
        }
    };
    after.iter().enumerate().map(pair).collect()
}

/// The name of a choice before its bracket.
fn head<'a>(text: &'a str, value: &Range<usize>) -> Option<&'a str> {
    let first = next_token(text, value.start)?;
    match first.kind {
        TokenKind::Word => text.get(first.span),
        _ => None,
    }
}

/// A value that the program wrote, on one line and without commas before closing brackets.
fn one_line(text: &str, value: Range<usize>) -> String {
    let mut line = String::new();
    let mut at = value.start;
    let mut comma = false;
    while let Some(token) = next_token(text, at).filter(|token| token.span.end <= value.end) {
        if comma && token.kind != TokenKind::Close {
            line.push_str(", ");
        }
        comma = token.kind == TokenKind::Comma;
        if !comma {
            line.push_str(text.get(token.span.clone()).unwrap_or_default());
        }
        if token.kind == TokenKind::Colon {
            line.push(' ');
        }
        at = token.span.end;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::library;
    use super::*;

    fn changed(name: &str, sets: &[(&str, &str)]) -> Vec<(String, String)> {
        let from = library::load(name).expect("a shipped preset").preset;
        let to = sets.iter().fold(from.clone(), |preset, (path, value)| {
            set(&preset, path, value).expect("a value")
        });
        changes(&from, &to).expect("a list of changes")
    }

    #[test]
    fn what_was_set_is_found_as_deep_as_it_stands() {
        let sets = [
            ("seed", "9"),
            ("network.width", "77"),
            ("train.method.step", "0.25"),
            ("axes.0.values", "[Ours, Ntk]"),
            ("axes.0.names", r#"["a", "it\'s, (b)"]"#),
            ("train.changes", "[(at: 10, step: 0.5)]"),
            ("hero", "Loss"),
        ];
        let mut found = changed("lazy-vs-feature", &sets);
        let mut expected: Vec<_> = sets.map(|(p, v)| (p.to_owned(), v.to_owned())).to_vec();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn another_choice_is_set_as_a_whole_and_on_one_line() {
        let method = "Sgd(step: 0.1, batch: 4, order: WithReplacement)";
        let found = changed("lazy-vs-feature", &[("train.method", method)]);
        assert_eq!(found, [("train.method".to_owned(), method.to_owned())]);
    }

    #[test]
    fn what_a_preset_leaves_out_where_it_is_empty_can_go_and_come() {
        for name in library::names() {
            let from = library::load(name).expect("a shipped preset").preset;
            let bare = Preset {
                rests_on: Vec::new(),
                wrong: Vec::new(),
                needs: None,
                hero: None,
                summary: None,
                sweep: None,
                claims: Vec::new(),
                axes: Vec::new(),
                ..from.clone()
            };
            assert!(changes(&from, &bare).is_some(), "{name}");
            assert!(changes(&bare, &from).is_some(), "{name}");
            assert_eq!(changes(&from, &from), Some(Vec::new()), "{name}");
        }
    }
}

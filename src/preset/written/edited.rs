//! A preset's file with the changed fields written anew, and all else as it stands there.

use std::ops::Range;

use super::node::{INDENT, Node};
use crate::preset::ron_text::{Entry, TokenKind, entries, next_token, root};

/// The text in which what differs between the preset that it gives and the new one is written anew. The new one
/// is given whole and without what it has anyway. `None` where there is no value in the text.
pub(super) fn edited(text: &str, old: &Node, (new, short): (&Node, &Node)) -> Option<String> {
    let mut splices = Splices {
        text,
        all: Vec::new(),
    };
    splices.change(root(text)?, (old, new, Some(short)));
    Some(splices.made())
}

/// Parts of a text to be replaced.
struct Splices<'a> {
    text: &'a str,
    all: Vec<(Range<usize>, String)>,
}

impl Splices<'_> {
    fn made(mut self) -> String {
        self.all.sort_by_key(|(span, _)| (span.start, span.end));
        let mut made = self.text.to_owned();
        for (span, new) in self.all.iter().rev() {
            made.replace_range(span.clone(), new);
        }
        made
    }

    /// Changes the value at `place` from one to the other.
    fn change(&mut self, place: Range<usize>, (old, new, short): (&Node, &Node, Option<&Node>)) {
        if old == new {
            return;
        }
        let written = Node::within(self.text, place.clone());
        if !old.is_same_struct(new) || !written.is_same_struct(new) {
            let indent = self.indent_of(place.start);
            let value = short
                .unwrap_or(new)
                .laid_out(indent, self.column_of(place.start));
            self.all.push((place, value));
            return;
        }
        let there: Vec<Entry<'_>> = entries(self.text, place.clone()).collect();
        let find = |name: &str| there.iter().find(|entry| entry.name == Some(name));
        let mut last: Option<&Entry<'_>> = None;
        for (name, value) in new.named() {
            let (before, short) = (old.entry(name), short.and_then(|short| short.entry(name)));
            let found = find(name);
            match (before, found) {
                (Some(before), _) if before == value => {}
                (Some(before), Some(entry)) => {
                    self.change(entry.value.clone(), (before, value, short));
                }
                (None, Some(entry)) => {
                    let value = short.unwrap_or(value).line();
                    self.all.push((entry.value.clone(), value));
                }
                (_, None) => self.insert(&place, last, (name, short.unwrap_or(value))),
            }
            last = found.or(last);
        }
        for (name, _) in old.named() {
            if let (None, Some(entry)) = (new.entry(name), find(name)) {
                self.remove(entry);
            }
        }
    }

    /// Writes a field behind another one, or at the head of its struct.
    fn insert(
        &mut self,
        place: &Range<usize>,
        after: Option<&Entry<'_>>,
        (name, value): (&str, &Node),
    ) {
        let whole = self.text.get(place.clone()).unwrap_or_default();
        let is_broken = whole.contains('\n');
        let Some(after) = after else {
            return self.insert_first(place, is_broken, (name, value));
        };
        if !is_broken {
            let at = after.whole.end;
            self.all
                .push((at..at, format!(", {name}: {}", value.line())));
            return;
        }
        let indent = self.indent_of(after.whole.start);
        let value = value.laid_out(indent, indent + name.len() + 2);
        let line = format!("\n{}{name}: {value}", " ".repeat(indent));
        match self.comma_after(after.whole.end) {
            // Behind the comma and the comment that may follow it.
            Some(comma) => {
                let at = self.end_of_line(comma.end);
                self.all.push((at..at, format!("{line},")));
            }
            None => {
                let at = after.whole.end;
                self.all.push((at..at, format!(",{line}")));
            }
        }
    }

    fn insert_first(
        &mut self,
        place: &Range<usize>,
        is_broken: bool,
        (name, value): (&str, &Node),
    ) {
        let mut open = place.start;
        while let Some(token) = next_token(self.text, open) {
            open = token.span.end;
            if token.kind == TokenKind::Open {
                break;
            }
        }
        let is_empty = entries(self.text, place.clone()).next().is_none();
        let line = if is_broken {
            let indent = self.indent_of(place.start) + INDENT;
            let value = value.laid_out(indent, indent + name.len() + 2);
            format!("\n{}{name}: {value},", " ".repeat(indent))
        } else if is_empty {
            format!("{name}: {}", value.line())
        } else {
            format!("{name}: {}, ", value.line())
        };
        self.all.push((open..open, line));
    }

    /// Takes a field away, with its line where nothing else stands in it.
    fn remove(&mut self, entry: &Entry<'_>) {
        let mut span = entry.whole.clone();
        if let Some(comma) = self.comma_after(span.end) {
            span.end = comma.end;
        }
        let start = self.start_of_line(span.start);
        let end = self.end_of_line(span.end);
        let is_blank = |range: Range<usize>| {
            let text = self.text.get(range).unwrap_or_default();
            text.chars().all(char::is_whitespace)
        };
        if is_blank(start..span.start) && is_blank(span.end..end) {
            span = start..(end + 1).min(self.text.len());
        }
        self.all.push((span, String::new()));
    }

    fn comma_after(&self, at: usize) -> Option<Range<usize>> {
        let next = next_token(self.text, at)?;
        (next.kind == TokenKind::Comma).then_some(next.span)
    }

    fn start_of_line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n')
            .map_or(self.text.len(), |newline| at + newline)
    }

    /// Columns before the first word of a line.
    fn indent_of(&self, at: usize) -> usize {
        let start = self.start_of_line(at);
        let line = self.text.get(start..).unwrap_or_default();
        line.chars().take_while(|c| *c == ' ').count()
    }

    fn column_of(&self, at: usize) -> usize {
        let start = self.start_of_line(at);
        self.text.get(start..at).unwrap_or_default().chars().count()
    }
}

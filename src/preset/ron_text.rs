//! Where the values stand in a RON text: its tokens, the entries of a value, and their paths.
//!
//! The reader of RON itself says only a line and a column; this names the field there, and finds
//! the text of a field to replace. Nothing here recurses, so no text can exhaust the stack.

use std::ops::Range;

use super::Position;

/// A token of a RON text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// Kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    Colon,
    Comma,
    /// Identifier, number or anything else without quotes.
    Word,
    /// String, byte string or character.
    Quoted,
}

/// One entry of a list, tuple, struct or map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry<'a> {
    /// Field name, `None` in lists and tuples.
    pub name: Option<&'a str>,
    /// Name and value.
    pub whole: Range<usize>,
    /// The value alone.
    pub value: Range<usize>,
}

/// The token at or after byte `at`, `None` at the end.
pub(super) fn next_token(text: &str, at: usize) -> Option<Token> {
    let start = skip_blank(text, at);
    let rest = text.get(start..)?;
    let first = rest.chars().next()?;
    let (kind, length) = match first {
        '(' | '[' | '{' => (TokenKind::Open, 1),
        ')' | ']' | '}' => (TokenKind::Close, 1),
        ':' => (TokenKind::Colon, 1),
        ',' => (TokenKind::Comma, 1),
        _ => match quoted_length(rest) {
            Some(length) => (TokenKind::Quoted, length),
            None => (TokenKind::Word, word_length(rest)),
        },
    };
    Some(Token {
        kind,
        span: start..start + length,
    })
}

/// Byte at which the brackets are nested deeper than `limit`, `None` where they never are.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = next_token(text, at) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Some(token.span.start);
        }
        at = token.span.end;
    }
    None
}

/// The value that starts at or after byte `at`: `Name`, `Name(…)`, `(…)`, `[…]`, `{…}` or a
/// literal. `None` where there is none or its brackets don't close.
pub(super) fn value_at(text: &str, at: usize) -> Option<Range<usize>> {
    let first = next_token(text, at)?;
    let start = first.span.start;
    let open = match first.kind {
        TokenKind::Open => first,
        TokenKind::Quoted => return Some(first.span),
        TokenKind::Word => match next_token(text, first.span.end) {
            Some(next) if text.get(next.span.clone()) == Some("(") => next,
            _ => return Some(first.span),
        },
        TokenKind::Close | TokenKind::Colon | TokenKind::Comma => return None,
    };
    let mut depth = 1_usize;
    let mut at = open.span.end;
    while depth > 0 {
        let token = next_token(text, at)?;
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth -= 1,
            _ => {}
        }
        at = token.span.end;
    }
    Some(start..at)
}

/// The outermost value of a text, after its `#![…]` attributes.
pub(super) fn root(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(token) = next_token(text, at) {
        if text.get(token.span.clone()) != Some("#!") {
            break;
        }
        at = value_at(text, token.span.end)?.end;
    }
    value_at(text, at)
}

/// The entries of a value, in order; none for a literal or a bare name.
pub(super) fn entries(text: &str, value: Range<usize>) -> Entries<'_> {
    let mut token = next_token(text, value.start);
    if token.as_ref().is_some_and(|t| t.kind == TokenKind::Word) {
        token = token.and_then(|t| next_token(text, t.span.end));
    }
    let inside = token.filter(|t| t.kind == TokenKind::Open && t.span.end <= value.end);
    Entries {
        text,
        at: inside.map(|t| t.span.end),
        end: value.end,
    }
}

/// Iterator over the entries of a value.
pub(super) struct Entries<'a> {
    text: &'a str,
    at: Option<usize>,
    end: usize,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        let first = value_at(self.text, self.at.take()?)?;
        if first.start >= self.end {
            return None;
        }
        let mut entry = Entry {
            name: None,
            whole: first.clone(),
            value: first.clone(),
        };
        let mut after = next_token(self.text, first.end)?;
        if after.kind == TokenKind::Colon {
            entry.name = self.text.get(first.clone());
            entry.value = value_at(self.text, after.span.end)?;
            entry.whole = first.start..entry.value.end;
            after = next_token(self.text, entry.value.end)?;
        }
        if after.kind == TokenKind::Comma {
            self.at = Some(after.span.end);
        }
        Some(entry)
    }
}

/// Path and span of the innermost value around byte `offset`, at most `levels` down; with `at_end`
/// a value includes the byte after it. `Some(…)` adds nothing to a path, as in `--set`.
pub(super) fn path_at(
    text: &str,
    offset: usize,
    levels: usize,
    at_end: bool,
) -> Option<(String, Range<usize>)> {
    let mut value = root(text)?;
    let mut path: Vec<String> = Vec::new();
    for _ in 0..levels {
        let inner = entries(text, value.clone()).enumerate().find(|(_, entry)| {
            entry.whole.contains(&offset) || (at_end && entry.whole.end == offset)
        });
        let Some((index, entry)) = inner else { break };
        if !text.get(value).is_some_and(|v| v.starts_with("Some")) {
            path.push(entry.name.map_or_else(|| index.to_string(), str::to_owned));
        }
        value = entry.value;
    }
    Some((path.join("."), value))
}

/// Byte of a line and column.
pub(super) fn offset_of(text: &str, position: Position) -> usize {
    let start = match position.line {
        0 | 1 => 0,
        line => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(i, _)| i + 1),
    };
    let rest = text.get(start..).unwrap_or_default();
    start
        + rest
            .char_indices()
            .nth(position.column.saturating_sub(1))
            .map_or(rest.len(), |(i, _)| i)
}

/// Line and column of a byte.
pub(super) fn position_of(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    let column = 1 + before.get(start..).unwrap_or_default().chars().count();
    Position {
        line: 1 + before.matches('\n').count(),
        column,
    }
}

fn skip_blank(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let length = match rest.chars().next() {
            Some(c) if is_blank(c) => c.len_utf8(),
            Some('/') if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            Some('/') if rest.starts_with("/*") => block_comment_length(rest),
            _ => return at,
        };
        at += length;
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}')
}

/// Block comments nest.
fn block_comment_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(pair) = bytes.get(at..at + 2) {
        match pair {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// Length of a string, raw string, byte string or character at the start, `None` where there is none.
fn quoted_length(rest: &str) -> Option<usize> {
    let prefix = rest.len() - rest.trim_start_matches(['b', 'r']).len();
    let raw = matches!(rest.get(..prefix)?, "r" | "br");
    if !raw && !matches!(rest.get(..prefix)?, "" | "b") {
        return None;
    }
    let body = rest.get(prefix..)?;
    let hashes = if raw {
        body.len() - body.trim_start_matches('#').len()
    } else {
        0
    };
    let quote = body
        .get(hashes..)?
        .chars()
        .next()
        .filter(|c| *c == '"' || (*c == '\'' && !raw))?;
    let start = prefix + hashes + 1;
    let inside = rest.get(start..)?;
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(
            inside
                .find(&end)
                .map_or(rest.len(), |i| start + i + end.len()),
        );
    }
    let mut escaped = false;
    for (i, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(start + i + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

fn word_length(rest: &str) -> usize {
    let end = |(i, c): (usize, char)| {
        let comment = c == '/' && rest.get(i + 1..).is_some_and(|r| r.starts_with(['/', '*']));
        is_blank(c) || comment || "()[]{}:,\"'".contains(c)
    };
    rest.char_indices()
        .skip(1)
        .find(|p| end(*p))
        .map_or(rest.len(), |(i, _)| i)
}

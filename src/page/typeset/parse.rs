//! From our plain text to what stands on the line, below and above it: `σ_max`, `10⁻³`, `n^{3/2}`, `H^∞`.

use super::scripts::{is_mark, lowered, raised};

/// Whether a piece stands on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// On the line.
    Base,
    /// Below it, smaller.
    Sub,
    /// Above it, smaller.
    Super,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its characters.
    pub text: String,
    /// Where they stand.
    pub shift: Shift,
}

/// Words that take an index although they are longer than a letter.
const OPERATORS: [&str; 6] = ["max", "min", "sup", "inf", "log", "lim"];

/// Parts of a text in order. A `_` lowers what follows it where a single letter, an operator or a closing
/// bracket stands before it, so that `test_loss` stays as it is; `^` raises what follows it. Braces and, after
/// `^`, parentheses hold together what belongs to either. A hyphen before a number is a minus sign. Characters
/// that steer a terminal or the direction of writing are left out.
pub fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().filter_map(shown).collect();
    let mut pieces = Pieces(Vec::new());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let (before, after) = (chars.get(..at).unwrap_or_default(), chars.get(at + 1..));
        let after = after.unwrap_or_default();
        let script = match c {
            '_' if takes_index(before) => extent(after, false).map(|taken| (Shift::Sub, taken)),
            '^' if before.last().is_some_and(|b| !b.is_whitespace()) => {
                extent(after, true).map(|taken| (Shift::Super, taken))
            }
            _ => None,
        };
        if let Some((shift, (inner, length))) = script {
            inner.iter().for_each(|c| pieces.push(plain(*c), shift));
            at += 1 + length;
            continue;
        }
        match (raised(c), lowered(c)) {
            (Some(c), _) => pieces.push(c, Shift::Super),
            (_, Some(c)) => pieces.push(c, Shift::Sub),
            _ if is_minus(c, before, after) => pieces.push('−', Shift::Base),
            // A mark stands where its letter does.
            _ if is_mark(c) => pieces.push_mark(c),
            _ => pieces.push(c, Shift::Base),
        }
        at += 1;
    }
    pieces.0
}

struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, c: char, shift: Shift) {
        match self.0.last_mut().filter(|last| last.shift == shift) {
            Some(last) => last.text.push(c),
            None => self.0.push(Piece {
                text: c.to_string(),
                shift,
            }),
        }
    }

    fn push_mark(&mut self, c: char) {
        match self.0.last_mut() {
            Some(last) => last.text.push(c),
            None => self.push(c, Shift::Base),
        }
    }
}

/// A character as it is drawn; `None` for one that steers writing.
fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\t' | '\r' => Some(' '),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    }
}

/// Within an index nothing is raised or lowered again.
fn plain(c: char) -> char {
    match c {
        '-' => '−',
        c => raised(c).or(lowered(c)).unwrap_or(c),
    }
}

/// Whether what stands before a `_` takes an index.
fn takes_index(before: &[char]) -> bool {
    if before.last().is_some_and(|c| ")]}‖|⟩".contains(*c)) {
        return true;
    }
    let word: String = before
        .iter()
        .rev()
        .take_while(|c| {
            (c.is_alphanumeric() || is_mark(**c)) && lowered(**c).is_none() && raised(**c).is_none()
        })
        .collect();
    let letters: String = word.chars().rev().filter(|c| !is_mark(*c)).collect();
    let mut chars = letters.chars();
    let single = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    let joined = before.len() > word.chars().count()
        && before.get(before.len() - word.chars().count() - 1) == Some(&'_');
    (single || OPERATORS.contains(&letters.as_str())) && !joined
}

/// What belongs to a `_` or `^` at the beginning of `after`, and how many characters that takes.
fn extent(after: &[char], raises: bool) -> Option<(Vec<char>, usize)> {
    let enclosed = |open: char, close: char| {
        let mut depth = 0;
        for (k, c) in after.iter().enumerate() {
            depth += i32::from(*c == open) - i32::from(*c == close);
            if depth == 0 {
                return after.get(1..k).map(|inner| (inner.to_vec(), k + 1));
            }
        }
        None
    };
    match after.first() {
        Some('{') => return enclosed('{', '}'),
        Some('(') if raises => return enclosed('(', ')'),
        _ => {}
    }
    let signs = usize::from(raises && after.first().is_some_and(|c| "-−+".contains(*c)));
    let rest = after.get(signs..).unwrap_or_default();
    let word = rest
        .iter()
        .take_while(|c| c.is_alphanumeric() || is_mark(**c))
        .count();
    let symbol = usize::from(word == 0 && rest.first().is_some_and(|c| "∞*†⊤⊥".contains(*c)));
    let length = signs + word + symbol;
    (word + symbol > 0).then(|| (after.iter().take(length).copied().collect(), length))
}

fn is_minus(c: char, before: &[char], after: &[char]) -> bool {
    let opens = before
        .last()
        .is_none_or(|b| b.is_whitespace() || "([{=,:<>≤≥·×/".contains(*b));
    c == '-' && opens && after.first().is_some_and(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with its lowered parts in `_{}` and its raised parts in `^{}`.
    fn marked(text: &str) -> String {
        let piece = |piece: &Piece| match piece.shift {
            Shift::Base => piece.text.clone(),
            Shift::Sub => format!("_{{{}}}", piece.text),
            Shift::Super => format!("^{{{}}}", piece.text),
        };
        pieces(text).iter().map(piece).collect()
    }

    #[test]
    fn symbols_of_the_papers_are_set_as_they_are_printed() {
        let cases = [
            ("σ_max/σ_min", "σ_{max}/σ_{min}"),
            ("3.6·10⁻³", "3.6·10^{−3}"),
            ("n^{3/2}", "n^{3/2}"),
            ("H^∞", "H^{∞}"),
            ("e^(−λt)", "e^{−λt}"),
            ("m^-1", "m^{−1}"),
            ("‖K_t − K_0‖_F", "‖K_{t} − K_{0}‖_{F}"),
            ("max_r ‖w_r(t)‖", "max_{r} ‖w_{r}(t)‖"),
            ("hᵢ(x₁)", "h_{i}(x_{1})"),
            ("η\u{303}⁰", "η\u{303}^{0}"),
            ("λ\u{303}_min", "λ\u{303}_{min}"),
            ("σ_{n+m-1}", "σ_{n+m−1}"),
            ("Σ|hᵗ − h⁰|", "Σ|h^{t} − h^{0}|"),
        ];
        for (plain, expected) in cases {
            assert_eq!(marked(plain), expected);
        }
    }

    #[test]
    fn names_and_words_stay_as_they_are() {
        for text in [
            "test_loss",
            "my_run_2",
            "a_",
            "^",
            "x ^ y",
            "n-3",
            "1e-3",
            "_x",
            "half-width",
            "{a}",
        ] {
            assert_eq!(marked(text), text);
        }
        assert_eq!(marked("-3 to (-4)"), "−3 to (−4)");
    }

    #[test]
    fn what_steers_a_terminal_or_the_direction_of_writing_is_not_drawn() {
        assert_eq!(marked("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(marked("a\u{202e}b\nc"), "ab c");
    }
}

//! Our text in TeX's: nothing of it is taken for a command.

use crate::page::typeset::{Piece, Shift};

/// Characters that TeX sets in mathematics.
const SYMBOLS: &[(char, &str)] = &[
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('ε', "\\varepsilon"),
    ('ζ', "\\zeta"),
    ('η', "\\eta"),
    ('θ', "\\theta"),
    ('ι', "\\iota"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('µ', "\\mu"),
    ('ν', "\\nu"),
    ('ξ', "\\xi"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('φ', "\\varphi"),
    ('χ', "\\chi"),
    ('ψ', "\\psi"),
    ('ω', "\\omega"),
    ('Γ', "\\Gamma"),
    ('Δ', "\\Delta"),
    ('Θ', "\\Theta"),
    ('Λ', "\\Lambda"),
    ('Ξ', "\\Xi"),
    ('Π', "\\Pi"),
    ('Σ', "\\Sigma"),
    ('Φ', "\\Phi"),
    ('Ψ', "\\Psi"),
    ('Ω', "\\Omega"),
    ('‖', "\\|"),
    ('√', "\\surd"),
    ('∈', "\\in"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≪', "\\ll"),
    ('≫', "\\gg"),
    ('≈', "\\approx"),
    ('≠', "\\ne"),
    ('±', "\\pm"),
    ('·', "\\cdot"),
    ('×', "\\times"),
    ('−', "-"),
    ('∇', "\\nabla"),
    ('∝', "\\propto"),
    ('∞', "\\infty"),
    ('∂', "\\partial"),
    ('∑', "\\textstyle\\sum"),
    ('⟨', "\\langle"),
    ('⟩', "\\rangle"),
    ('←', "\\leftarrow"),
    ('→', "\\rightarrow"),
    ('⊙', "\\odot"),
    ('<', "<"),
    ('>', ">"),
    ('|', "|"),
    ('½', "\\frac12"),
    ('∗', "\\ast"),
    ('⊤', "\\top"),
    ('ℓ', "\\ell"),
];

/// Characters that TeX sets in text.
const WORDS: &[(char, &str)] = &[
    ('\\', "\\textbackslash{}"),
    ('{', "\\{"),
    ('}', "\\}"),
    ('$', "\\$"),
    ('&', "\\&"),
    ('#', "\\#"),
    ('%', "\\%"),
    ('_', "\\_"),
    ('^', "\\textasciicircum{}"),
    ('~', "\\textasciitilde{}"),
    ('"', "''"),
    ('…', "\\dots{}"),
    ('–', "--"),
    ('—', "---"),
    ('\u{2009}', "\\,"),
    ('\u{202f}', "\\,"),
    ('\u{a0}', "~"),
    ('’', "'"),
    ('‘', "`"),
    ('“', "``"),
    ('”', "''"),
    ('[', "{[}"),
    (']', "{]}"),
    ('\'', "'"),
];

/// Marks over letters.
const MARKS: &[(char, &str)] = &[
    ('\u{302}', "\\hat"),
    ('\u{303}', "\\tilde"),
    ('\u{304}', "\\bar"),
    ('\u{305}', "\\bar"),
    ('\u{307}', "\\dot"),
    ('\u{308}', "\\ddot"),
];

fn look_up(table: &'static [(char, &'static str)], c: char) -> Option<&'static str> {
    table.iter().find(|(from, _)| *from == c).map(|(_, to)| *to)
}

/// A text for TeX. A character that neither TeX's letters nor its mathematics have becomes `?`.
pub fn escaped(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece.shift {
            Shift::Base => push_base(&mut out, &piece.text),
            Shift::Sub => out.push_str(&format!("$_{{{}}}$", script(&piece.text))),
            Shift::Super => out.push_str(&format!("$^{{{}}}$", script(&piece.text))),
        }
    }
    out
}

fn push_base(out: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mark = chars.peek().and_then(|next| look_up(MARKS, *next));
        if let Some(mark) = mark {
            chars.next();
            out.push_str(&format!("${mark}{{{}}}$", in_mathematics(c)));
        } else if let Some(symbol) = look_up(SYMBOLS, c) {
            out.push_str(&format!("${symbol}$"));
        } else if let Some(word) = look_up(WORDS, c) {
            out.push_str(word);
        } else {
            out.push(letter(c));
        }
    }
}

/// What is lowered or raised: words upright.
fn script(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        let mark = chars.peek().and_then(|next| look_up(MARKS, *next));
        match mark {
            Some(mark) => {
                chars.next();
                out.push_str(&format!("{mark}{{{}}}", in_mathematics(c)));
            }
            None => out.push_str(&in_mathematics(c)),
        }
    }
    out
}

fn in_mathematics(c: char) -> String {
    match (look_up(SYMBOLS, c), look_up(WORDS, c)) {
        (Some(symbol), _) => format!("{symbol} "),
        (_, Some(word)) => format!("\\textrm{{{word}}}"),
        _ if c.is_alphabetic() => format!("\\mathrm{{{}}}", letter(c)),
        _ => letter(c).to_string(),
    }
}

/// A character that pdfLaTeX knows by itself, else `?`.
fn letter(c: char) -> char {
    let is_known = c.is_ascii_graphic() || c == ' ' || ('À'..='ſ').contains(&c);
    if is_known { c } else { '?' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::typeset::pieces;

    fn tex(text: &str) -> String {
        escaped(&pieces(text))
    }

    #[test]
    fn symbols_become_mathematics() {
        assert_eq!(tex("10⁻³"), "10$^{- 3}$");
        assert_eq!(
            tex("σ_max"),
            "$\\sigma$$_{\\mathrm{m}\\mathrm{a}\\mathrm{x}}$"
        );
        assert_eq!(tex("λ\u{303}"), "$\\tilde{\\lambda }$");
    }

    #[test]
    fn nothing_in_a_name_is_a_command() {
        let text = tex("\\input{/etc/passwd} 50 % $x$ #1 a&b ~ ^ {}");
        assert!(!text.contains("\\input"), "{text}");
        assert!(
            text.contains("\\textbackslash{}input\\{/etc/passwd\\}"),
            "{text}"
        );
        for special in ['%', '$', '#', '&'] {
            let bare = text
                .match_indices(special)
                .any(|(at, _)| !text[..at].ends_with('\\'));
            assert!(!bare, "{special} in {text}");
        }
        assert_eq!(tex("漢"), "?");
    }
}

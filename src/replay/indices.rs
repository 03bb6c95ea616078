//! Indices in plain text, `v_i`, as Unicode has them, `vᵢ`: a page has no type of its own.

use crate::page::typeset::{Shift, pieces};

/// Characters that are lowered, and what they are then.
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉aₐeₑiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ";

/// The text with indices lowered where Unicode has all their characters; others stay as they are written.
pub(super) fn with_indices(text: &str) -> String {
    let mut set = String::with_capacity(text.len());
    if !text.contains('_') {
        return text.to_owned();
    }
    for piece in pieces(text) {
        let lowered: Option<String> = piece.text.chars().map(lowered).collect();
        match (piece.shift, lowered) {
            (Shift::Base, _) => set.push_str(&piece.text),
            (Shift::Sub, Some(lowered)) => set.push_str(&lowered),
            (Shift::Sub, None) => {
                set.push('_');
                set.push_str(&piece.text);
            }
            (Shift::Super, _) => {
                set.push('^');
                set.push_str(&piece.text);
            }
        }
    }
    set
}

fn lowered(c: char) -> Option<char> {
    let mut chars = LOWERED.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_lowered_where_they_can_be() {
        assert_eq!(with_indices("v_i > 0"), "vᵢ > 0");
        assert_eq!(with_indices("‖ΔK‖/‖K_0‖ = 0.3"), "‖ΔK‖/‖K₀‖ = 0.3");
        assert_eq!(with_indices("K(x_a, x_b)"), "K(xₐ, x_b)");
        assert_eq!(with_indices("10⁻³ and m"), "10⁻³ and m");
    }
}

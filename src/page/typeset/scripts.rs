//! Characters that are raised or lowered themselves, and what they stand for.

const RAISED: &str = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻−⁼=⁽(⁾)ⁿnⁱiᵀTᵖpᵗtʰhᵏkᵐmᵈdᵃaᵇb";

const LOWERED: &str = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋−₌=₍(₎)ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓx";

fn look_up(table: &str, c: char) -> Option<char> {
    let mut chars = table.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

/// What a superscript character raises.
pub(super) fn raised(c: char) -> Option<char> {
    look_up(RAISED, c)
}

/// What a subscript character lowers.
pub(super) fn lowered(c: char) -> Option<char> {
    look_up(LOWERED, c)
}

/// Whether a character stands over the one before it.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

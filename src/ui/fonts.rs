//! The program's own fonts in the window.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

use crate::page::typeset::{FILES, SYMBOLS_DOWN};

/// The semi-bold face of headings and of what should stand out.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Whether a context already has the program's fonts.
pub fn ready(ctx: &Context) -> bool {
    ctx.fonts(|fonts| fonts.families().contains(&semibold()))
}

/// The fonts of every text style; nothing is taken from the system.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FILES {
        let mut data = FontData::from_static(bytes);
        if name == "noto-symbols" {
            // Its shapes sit above the middle of the line otherwise.
            data.tweak.y_offset_factor = SYMBOLS_DOWN;
        }
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    for (family, first) in [
        (FontFamily::Proportional, "plex"),
        (FontFamily::Monospace, "plex"),
        (semibold(), "plex-semibold"),
    ] {
        let names = [first, "plex", "noto", "noto-math", "noto-symbols"];
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.dedup();
        fonts.families.insert(family, names);
    }
    fonts
}

#[cfg(test)]
mod tests {
    use egui::FontId;
    use egui::epaint::text::{Fonts, TextOptions};

    use super::*;
    use crate::network::Activation;
    use crate::spec::Quantity;

    fn missing(text: &str) -> Vec<char> {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let ids = [FontId::proportional(13.0), FontId::new(15.0, semibold())];
        let absent = |c: &char| ids.iter().any(|id| !fonts.has_glyph(id, *c));
        text.chars()
            .filter(|c| !c.is_whitespace())
            .filter(absent)
            .collect()
    }

    #[test]
    fn symbols_of_the_papers_are_covered() {
        let symbols = "ωσληδγκμΣΘΦΠθ‖√∈≤≥≪≫≈≠±·×−∇∝∞∂∑⟨⟩½←→⏮⏵⏸⏭◐●○↻⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀₁₂ᵀ₊ₙᵢⱼ✓✗…–\u{304}\u{2009}\u{202f}";
        assert_eq!(missing(symbols), Vec::<char>::new());
    }

    #[test]
    fn definitions_shown_in_tooltips_are_covered() {
        for quantity in Quantity::ALL {
            assert_eq!(
                missing(quantity.definition()),
                Vec::<char>::new(),
                "{}",
                quantity.column()
            );
            assert_eq!(missing(quantity.title()), Vec::<char>::new());
        }
        for activation in Activation::ALL {
            assert_eq!(missing(activation.formula()), Vec::<char>::new());
        }
    }

    #[test]
    fn a_character_in_no_font_is_reported() {
        assert_eq!(missing("a漢b"), vec!['漢']);
    }

    #[test]
    fn figures_are_tabular() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut view = fonts.with_pixels_per_point(1.0);
        for id in [FontId::proportional(13.0), FontId::new(15.0, semibold())] {
            let zero = view.glyph_width(&id, '0');
            assert!(
                "123456789"
                    .chars()
                    .all(|c| view.glyph_width(&id, c) == zero)
            );
        }
    }
}

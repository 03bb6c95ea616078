//! Names by which other programs know egui's fonts.

use std::collections::HashMap;

use egui::epaint::text::FontData;
use egui::{Context, FontFamily};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _};

/// How CSS asks for one of egui's font families.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FontName {
    /// Families in order of preference, the last one generic.
    pub(super) css_family: String,
    /// Weight, 1 to 1000; 400 is regular.
    pub(super) weight: u32,
}

/// The names of every family of a context.
#[derive(Debug)]
pub(super) struct FontNames(HashMap<FontFamily, FontName>);

impl FontNames {
    /// Reads the names out of the context's font files.
    pub(super) fn of(context: &Context) -> Self {
        context.fonts(|fonts| {
            let definitions = fonts.definitions();
            let name = |(family, keys): (&FontFamily, &Vec<String>)| {
                let files = keys.iter().filter_map(|key| definitions.font_data.get(key));
                let faces: Vec<_> = files.filter_map(|data| face(data)).collect();
                (family.clone(), font_name(family, &faces))
            };
            Self(definitions.families.iter().map(name).collect())
        })
    }

    /// The name of one family.
    pub(super) fn get(&self, family: &FontFamily) -> FontName {
        self.0
            .get(family)
            .cloned()
            .unwrap_or_else(|| font_name(family, &[]))
    }
}

/// Family name and weight of a font file.
fn face(data: &FontData) -> Option<(String, u32)> {
    let bytes: &[u8] = (*data.font).as_ref();
    let font = FontRef::from_index(bytes, data.index).ok()?;
    let string = |id| font.localized_strings(id).english_or_first();
    let family =
        string(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| string(StringId::FAMILY_NAME))?;
    let weight = font.attributes().weight.value().round().clamp(1.0, 1000.0) as u32;
    Some((family.to_string(), weight))
}

fn font_name(family: &FontFamily, faces: &[(String, u32)]) -> FontName {
    let mut families: Vec<String> = Vec::new();
    for (name, _) in faces {
        let quoted = format!("'{}'", name.replace(['\'', '\\'], ""));
        if !families.contains(&quoted) {
            families.push(quoted);
        }
    }
    let generic = if *family == FontFamily::Monospace {
        "monospace"
    } else {
        "sans-serif"
    };
    families.push(generic.to_owned());
    let weight = faces.first().map_or(400, |(_, weight)| *weight);
    FontName {
        css_family: families.join(", "),
        weight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_have_the_names_that_their_files_give() {
        let context = Context::default();
        context.set_fonts(egui::FontDefinitions::default());
        context
            .run_ui(egui::RawInput::default(), |_| {})
            .drop_without_applying_deltas();
        let names = FontNames::of(&context);
        let proportional = names.get(&FontFamily::Proportional);
        assert!(
            proportional.css_family.starts_with("'Ubuntu'"),
            "{proportional:?}"
        );
        assert!(
            proportional.css_family.ends_with(", sans-serif"),
            "{proportional:?}"
        );
        assert_eq!(proportional.weight, 300);
        let monospace = names.get(&FontFamily::Monospace);
        assert!(monospace.css_family.starts_with("'Hack'"), "{monospace:?}");
        assert!(
            monospace.css_family.ends_with(", monospace"),
            "{monospace:?}"
        );
        let unknown = names.get(&FontFamily::Name("nowhere".into()));
        assert_eq!(unknown.css_family, "sans-serif");
    }
}

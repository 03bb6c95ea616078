//! Of each font the glyphs that a page uses, embedded.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, Str};
use subsetter::{GlyphRemapper, subset};

use crate::page::typeset::{FILES, Fonts};

use super::packed;

/// Glyph space units of a text size.
const EM: f32 = 1000.0;

const INFO: SystemInfo<'_> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// The glyphs used of every face.
#[derive(Default)]
pub(super) struct Subsets(BTreeMap<usize, Used>);

struct Used {
    glyphs: GlyphRemapper,
    /// Glyph in the file and character of each glyph in the subset.
    characters: BTreeMap<u16, (u16, char)>,
}

/// Ids of the five objects of a font.
pub(super) struct FontIds {
    pub(super) font: Ref,
    pub(super) inner: Ref,
    pub(super) descriptor: Ref,
    pub(super) unicode: Ref,
    pub(super) file: Ref,
}

impl Subsets {
    /// The number of a glyph in the subset of its face.
    pub(super) fn number(&mut self, face: usize, glyph: u16, character: char) -> u16 {
        let used = self.0.entry(face).or_insert_with(|| Used {
            glyphs: GlyphRemapper::new(),
            characters: BTreeMap::new(),
        });
        let number = used.glyphs.remap(glyph);
        used.characters.entry(number).or_insert((glyph, character));
        number
    }

    /// The faces that are used.
    pub(super) fn faces(&self) -> Vec<usize> {
        self.0.keys().copied().collect()
    }

    /// Writes the subset of a face.
    pub(super) fn write(&self, pdf: &mut Pdf, fonts: &Fonts, face: usize, ids: &FontIds) {
        let (Some(used), Some((_, file))) = (self.0.get(&face), FILES.get(face)) else {
            return;
        };
        // The files are part of the program: each of them can be cut, which a test holds.
        let Ok(cut) = subset(file, 0, &used.glyphs) else {
            return;
        };
        let name = format!("{}+{}", tag(used), post_script(face));
        let base = Name(name.as_bytes());
        pdf.type0_font(ids.font)
            .base_font(base)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(ids.inner)
            .to_unicode(ids.unicode);
        let mut inner = pdf.cid_font(ids.inner);
        inner
            .subtype(CidFontType::Type2)
            .base_font(base)
            .system_info(INFO)
            .font_descriptor(ids.descriptor)
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        let widths = used
            .characters
            .iter()
            .map(|(_, (glyph, _))| EM * fonts.advance(face, *glyph));
        let first = used.characters.keys().next().copied().unwrap_or(0);
        inner.widths().consecutive(first, widths);
        inner.finish();
        pdf.font_descriptor(ids.descriptor)
            .name(base)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(-200.0, -300.0, 1400.0, 1100.0))
            .italic_angle(0.0)
            .ascent(780.0)
            .descent(-220.0)
            .cap_height(698.0)
            .stem_v(if face == 1 { 120.0 } else { 85.0 })
            .font_file2(ids.file);
        let mut unicode = UnicodeCmap::new(Name(b"Custom"), INFO);
        for (number, (_, character)) in &used.characters {
            unicode.pair(*number, *character);
        }
        let unicode = packed(&unicode.finish());
        pdf.stream(ids.unicode, &unicode)
            .filter(Filter::FlateDecode);
        let file = packed(&cut);
        let mut stream = pdf.stream(ids.file, &file);
        stream.filter(Filter::FlateDecode);
        stream.pair(Name(b"Length1"), cut.len() as i32);
    }
}

/// Six capital letters that differ from subset to subset, as PDF asks.
fn tag(used: &Used) -> String {
    let characters = used.characters.values();
    let mut sum = characters.fold(17u64, |sum, (glyph, c)| {
        sum.wrapping_mul(1_099_511_628_211)
            .wrapping_add(u64::from(*glyph) << 21 ^ u64::from(u32::from(*c)))
    });
    let letter = |_| {
        let letter = char::from(b'A' + (sum % 26) as u8);
        sum /= 26;
        letter
    };
    (0..6).map(letter).collect()
}

fn post_script(face: usize) -> &'static str {
    match face {
        0 => "IBMPlexSans",
        1 => "IBMPlexSans-SemiBold",
        2 => "NotoSans-Regular",
        3 => "NotoSansMath-Regular",
        _ => "NotoSansSymbols2-Regular",
    }
}

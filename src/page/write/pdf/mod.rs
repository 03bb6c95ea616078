//! A page as PDF: text in embedded subsets of the program's fonts, which can be searched, and a description for
//! those who do not see it.

mod content;
mod font;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::StructRole;
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};

use crate::export::{PRESET_KEY, VERSION, base64};
use crate::page::sheet::Page;
use crate::page::typeset::Fonts;

use content::{Drawn, font_name, raster_name, state_name};
use font::FontIds;

/// Begins the line of a file that holds the preset in base64.
pub const PRESET_COMMENT: &str = "%widescope-preset:";

/// What stands last in a file: where readers begin.
const START: &[u8] = b"startxref";

/// A page as a PDF file that carries `provenance`: the preset in base64 on a line of its own that begins with
/// [`PRESET_COMMENT`], the rest among what readers show of the document. It holds no date, so that the same page
/// is the same file.
pub fn pdf(page: &Page, provenance: &[(String, String)]) -> Vec<u8> {
    let fonts = Fonts::new();
    let drawn = Drawn::of(page, &fonts);
    let mut next = Ref::new(1);
    let mut id = || next.bump();
    let (catalog, pages, leaf, contents, info) = (id(), id(), id(), id(), id());
    let (tree, parents, figure) = (id(), id(), id());
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    let mut root = pdf.catalog(catalog);
    root.pages(pages);
    root.viewer_preferences().display_doc_title(true);
    root.mark_info().marked(true);
    root.lang(TextStr("en"));
    root.pair(Name(b"StructTreeRoot"), tree);
    root.finish();
    pdf.pages(pages).kids([leaf]).count(1);
    write_tree(&mut pdf, page, [tree, parents, figure, leaf]);
    write_info(&mut pdf, page, info, provenance);
    let with_ids = |face: usize| {
        let ids = FontIds {
            font: id(),
            inner: id(),
            descriptor: id(),
            unicode: id(),
            file: id(),
        };
        (face, ids)
    };
    let faces: Vec<(usize, FontIds)> = drawn.subsets.faces().into_iter().map(with_ids).collect();
    for (face, ids) in &faces {
        drawn.subsets.write(&mut pdf, &fonts, *face, ids);
    }
    let rasters: Vec<Ref> = drawn.rasters.iter().map(|_| id()).collect();
    for (raster, own) in drawn.rasters.iter().zip(&rasters) {
        let (width, height, rgb) = raster.enlarged();
        let rgb = packed(&rgb);
        let mut image = pdf.image_xobject(*own, &rgb);
        image.filter(Filter::FlateDecode);
        image.width(width as i32).height(height as i32);
        image.color_space().device_rgb();
        image.bits_per_component(8).interpolate(false);
    }
    let mut sheet = pdf.page(leaf);
    sheet.parent(pages).contents(contents);
    sheet.media_box(Rect::new(0.0, 0.0, page.width, page.height));
    sheet.struct_parents(0);
    let mut resources = sheet.resources();
    let mut named = resources.fonts();
    for (face, ids) in &faces {
        named.pair(Name(font_name(*face).as_bytes()), ids.font);
    }
    named.finish();
    let mut named = resources.x_objects();
    for (index, raster) in rasters.iter().enumerate() {
        named.pair(Name(raster_name(index).as_bytes()), *raster);
    }
    named.finish();
    let mut states = resources.ext_g_states();
    for opacity in &drawn.opacities {
        let share = f32::from(*opacity) / 100.0;
        let mut state = states
            .insert(Name(state_name(*opacity).as_bytes()))
            .start::<pdf_writer::writers::ExtGraphicsState<'_>>();
        state.stroking_alpha(share).non_stroking_alpha(share);
    }
    states.finish();
    resources.finish();
    sheet.finish();
    let mut body = b"/Figure <</MCID 0>> BDC\n".to_vec();
    body.extend_from_slice(drawn.content.finish().as_slice());
    body.extend_from_slice(b"\nEMC\n");
    let body = packed(&body);
    pdf.stream(contents, &body).filter(Filter::FlateDecode);
    with_preset(pdf.finish(), provenance)
}

/// One figure with its description, which is all that the page shows.
fn write_tree(pdf: &mut Pdf, page: &Page, [tree, parents, figure, leaf]: [Ref; 4]) {
    let mut root = pdf.indirect(tree).dict();
    root.pair(Name(b"Type"), Name(b"StructTreeRoot"));
    root.pair(Name(b"K"), figure);
    root.pair(Name(b"ParentTree"), parents);
    root.finish();
    let mut numbers = pdf.indirect(parents).dict();
    let mut pairs = numbers.insert(Name(b"Nums")).array();
    pairs.item(0);
    pairs.push().array().item(figure);
    pairs.finish();
    numbers.finish();
    let mut element = pdf.struct_element(figure);
    element.kind(StructRole::Figure);
    element.parent(tree).page(leaf);
    element.alt(TextStr(&page.alt));
    element.title(TextStr(&page.title));
    element.children().marked_content_id(0);
}

fn write_info(pdf: &mut Pdf, page: &Page, id: Ref, provenance: &[(String, String)]) {
    let program = format!("widescope {VERSION}");
    let mut info = pdf.document_info(id);
    info.title(TextStr(&page.title)).subject(TextStr(&page.alt));
    info.creator(TextStr(&program)).producer(TextStr(&program));
    for (key, value) in provenance
        .iter()
        .filter(|(key, _)| key.starts_with("widescope-") && key != PRESET_KEY)
    {
        info.pair(Name(key.as_bytes()), TextStr(value));
    }
}

/// The file with the preset on a line of its own. It stands before the end, because readers look for that in the
/// last kilobyte.
fn with_preset(file: Vec<u8>, provenance: &[(String, String)]) -> Vec<u8> {
    let preset = provenance.iter().find(|(key, _)| key == PRESET_KEY);
    let end = file
        .windows(START.len())
        .rposition(|window| window == START);
    let (Some((_, preset)), Some(end)) = (preset, end) else {
        return file;
    };
    let mut line = PRESET_COMMENT.to_owned();
    base64::push(&mut line, preset.as_bytes());
    line.push('\n');
    let (before, after) = file.split_at(end);
    [before, line.as_bytes(), after].concat()
}

/// Bytes, deflated.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(7));
    // Writing into memory can't fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

//! Text, kept as text.

use egui::emath::{GuiRounding as _, Rot2};
use egui::epaint::TextShape;
use egui::epaint::text::{LayoutJob, PlacedRow, TextFormat};
use egui::{Color32, FontFamily, Pos2, Rect, Stroke};

use super::canvas::Canvas;
use super::color::fill_and_stroke;
use super::transform::rotation;
use super::{Resources, color, number, xml};

/// Glyphs of one row and one format, without the white space at both ends.
#[derive(Debug, PartialEq)]
struct Run<'a> {
    format: &'a TextFormat,
    text: String,
    left: f32,
    right: f32,
    /// Height of the base line in the row.
    baseline: f32,
}

/// Draws each row, one text element for each format in it. The element's length is that of the
/// laid out row: another font in its place is stretched to fit.
pub(super) fn draw(canvas: &mut Canvas, resources: &Resources<'_>, shape: &TextShape) {
    if shape.opacity_factor <= 0.0 {
        return;
    }
    let origin = shape.pos.round_to_pixels(resources.pixels_per_point);
    let turn = Rot2::from_angle(shape.angle);
    let mut sections = Sections {
        job: &shape.galley.job,
        byte: 0,
        section: 0,
        head: None,
    };
    for row in &shape.galley.rows {
        let runs = runs(row, &mut sections);
        let place = origin + turn * row.pos.to_vec2();
        let transform = rotation(shape.angle, place);
        for run in &runs {
            draw_background(canvas, shape, row, run, (place, &transform));
            draw_run(canvas, resources, shape, run, (place, &transform));
        }
    }
}

fn draw_background(
    canvas: &mut Canvas,
    shape: &TextShape,
    row: &PlacedRow,
    run: &Run<'_>,
    (place, transform): (Pos2, &str),
) {
    let color = seen(shape, run.format.background);
    if color == Color32::TRANSPARENT {
        return;
    }
    let rect = Rect::from_x_y_ranges(run.left..=run.right, 0.0..=row.size.y)
        .expand(run.format.expand_bg)
        .translate(place.to_vec2());
    canvas
        .element("rect")
        .number("x", rect.min.x)
        .number("y", rect.min.y)
        .number("width", rect.width())
        .number("height", rect.height())
        .attributes(&fill_and_stroke(color, Stroke::NONE))
        .attributes(transform)
        .close();
}

fn draw_run(
    canvas: &mut Canvas,
    resources: &Resources<'_>,
    shape: &TextShape,
    run: &Run<'_>,
    (place, transform): (Pos2, &str),
) {
    let color = seen(shape, shape.override_text_color.unwrap_or(run.format.color));
    if color == Color32::TRANSPARENT {
        return;
    }
    let element = canvas
        .styled("text", style(resources, run.format, color))
        .number("x", place.x + run.left)
        .number("y", place.y + run.baseline);
    let element = if run.text.chars().nth(1).is_some() {
        let element = element.number("textLength", run.right - run.left);
        element.attribute("lengthAdjust", "spacingAndGlyphs")
    } else {
        element
    };
    let element = if run.text.contains("  ") {
        element.attribute("xml:space", "preserve")
    } else {
        element
    };
    element
        .attributes(decoration(shape, run.format))
        .attributes(transform)
        .content(|xml| xml::push_escaped(xml, &run.text));
}

/// Font and colour of a format. The document's own family is not repeated.
fn style(resources: &Resources<'_>, format: &TextFormat, color: Color32) -> String {
    let font = resources.fonts.get(&format.font_id.family);
    let mut style = String::new();
    if font.css_family != resources.fonts.get(&FontFamily::Proportional).css_family {
        style.push_str(" font-family=\"");
        xml::push_escaped(&mut style, &font.css_family);
        style.push('"');
    }
    style.push_str(" font-size=\"");
    number::push(&mut style, format.font_id.size);
    style.push('"');
    if font.weight != 400 {
        style.push_str(&format!(" font-weight=\"{}\"", font.weight));
    }
    if format.italics {
        style.push_str(" font-style=\"italic\"");
    }
    color::push_fill(&mut style, color);
    style
}

/// Lines below and through the text. They belong on the text element itself: readers do not
/// agree whether a group hands them down.
fn decoration(shape: &TextShape, format: &TextFormat) -> &'static str {
    let underline = !format.underline.is_empty() || !shape.underline.is_empty();
    match (underline, !format.strikethrough.is_empty()) {
        (true, true) => " text-decoration=\"underline line-through\"",
        (true, false) => " text-decoration=\"underline\"",
        (false, true) => " text-decoration=\"line-through\"",
        (false, false) => "",
    }
}

/// The colour as painted: placeholders replaced, the whole text's opacity applied.
fn seen(shape: &TextShape, color: Color32) -> Color32 {
    let color = if color == Color32::PLACEHOLDER {
        shape.fallback_color
    } else {
        color
    };
    if shape.opacity_factor < 1.0 {
        color.gamma_multiply(shape.opacity_factor)
    } else {
        color
    }
}

fn runs<'a>(row: &PlacedRow, sections: &mut Sections<'a>) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for glyph in &row.glyphs {
        let (chr, Some(format)) = sections.next(glyph.chr) else {
            continue;
        };
        let visible = !chr.is_whitespace();
        match runs.last_mut() {
            Some(run) if run.format == format => {
                run.text.push(if chr.is_control() { ' ' } else { chr });
                if visible {
                    // A combining mark lies over the letter before it.
                    run.right = run.right.max(glyph.max_x());
                }
            }
            _ if visible => runs.push(Run {
                format,
                text: chr.to_string(),
                left: glyph.pos.x,
                right: glyph.max_x(),
                baseline: glyph.pos.y,
            }),
            _ => {}
        }
    }
    if row.ends_with_newline {
        sections.next('\n');
    }
    for run in &mut runs {
        run.text.truncate(run.text.trim_end().len());
    }
    runs
}

/// Follows the laid out characters through the text they come from.
#[derive(Debug)]
struct Sections<'a> {
    job: &'a LayoutJob,
    byte: usize,
    section: usize,
    /// The letter that marks after it combine with.
    head: Option<char>,
}

impl<'a> Sections<'a> {
    /// The next character with its format, for a glyph of `chr`. A mark that combines with a letter
    /// has a glyph of its own under the letter's name. A character that is not in the text (the sign
    /// for what was left out) has the format of the one before.
    fn next(&mut self, mut chr: char) -> (char, Option<&'a TextFormat>) {
        let sections = &self.job.sections;
        let rest = self.job.text.get(self.byte..);
        let next = rest.and_then(|rest| rest.chars().next());
        let written = next.filter(|next| *next == chr || self.head == Some(chr));
        if let Some(next) = written {
            if next == chr {
                self.head = Some(chr);
            }
            chr = next;
            while sections
                .get(self.section)
                .is_some_and(|s| s.byte_range.end.0 <= self.byte)
            {
                self.section += 1;
            }
            self.byte += chr.len_utf8();
        }
        let section = sections.get(self.section).or(sections.last());
        (chr, section.map(|section| &section.format))
    }
}

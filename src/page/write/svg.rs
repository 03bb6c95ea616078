//! A page as SVG: text as outlines, which look the same everywhere, or as live text.

use crate::export::base64;
use crate::page::colours::Rgb;
use crate::page::sheet::{Dots, Item, Page, Paint, Path, Raster, Stroke, Text};
use crate::page::typeset::{Fonts, OutlinePart, Weight};

use super::xml::{Element, push_escaped, push_metadata};
use super::{PngError, number, outlines, png};

/// Families by which other programs know the program's fonts, the last one generic.
const FAMILIES: &str = "'IBM Plex Sans', 'Noto Sans', 'Noto Sans Math', sans-serif";

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SvgText {
    /// As outlines: it looks the same everywhere.
    #[default]
    Outlines,
    /// As text that can be searched and edited, in the reader's own fonts.
    Live,
}

/// A page as an SVG document in points, with title, description and `provenance` in its metadata.
///
/// # Errors
/// [`PngError`] where the picture of cells can't be encoded.
pub fn svg(
    page: &Page,
    text: SvgText,
    provenance: &[(String, String)],
) -> Result<String, PngError> {
    let fonts = Fonts::new();
    let mut body = String::new();
    push_background(&mut body, page);
    for item in &page.items {
        match item {
            Item::Path(path) => push_path(&mut body, path),
            Item::Dots(dots) => push_dots(&mut body, dots),
            Item::Raster(raster) => push_raster(&mut body, raster)?,
            Item::Text(set) if text == SvgText::Live => push_live(&mut body, set),
            Item::Text(set) => push_outlines(&mut body, &fonts, set),
        }
    }
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    Element::new(&mut xml, "svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("xmlns:xlink", "http://www.w3.org/1999/xlink")
        .raw_attribute("width", |xml| push_points(xml, page.width))
        .raw_attribute("height", |xml| push_points(xml, page.height))
        .raw_attribute("viewBox", |xml| {
            xml.push_str("0 0 ");
            number::push(xml, page.width);
            xml.push(' ');
            number::push(xml, page.height);
        })
        .attribute("role", "img")
        .content(|xml| {
            xml.push('\n');
            Element::new(xml, "title").content(|xml| push_escaped(xml, &page.title));
            Element::new(xml, "desc").content(|xml| push_escaped(xml, &page.alt));
            push_metadata(xml, provenance);
            xml.push_str(&body);
        });
    Ok(xml)
}

fn push_points(xml: &mut String, value: f32) {
    number::push(xml, value);
    xml.push_str("pt");
}

fn push_background(xml: &mut String, page: &Page) {
    Element::new(xml, "rect")
        .number("width", page.width)
        .number("height", page.height)
        .attribute("fill", &page.background.hex())
        .close();
}

fn fill<'x>(element: Element<'x>, paint: Option<Paint>) -> Element<'x> {
    match paint {
        None => element.attribute("fill", "none"),
        Some(paint) => opacity(
            element.attribute("fill", &paint.colour.hex()),
            "fill-opacity",
            paint,
        ),
    }
}

fn stroke<'x>(element: Element<'x>, stroke: Option<&Stroke>) -> Element<'x> {
    let Some(stroke) = stroke else {
        return element;
    };
    let element = element
        .attribute("stroke", &stroke.paint.colour.hex())
        .number("stroke-width", stroke.width);
    let element =
        opacity(element, "stroke-opacity", stroke.paint).attribute("stroke-linejoin", "round");
    if stroke.dash.is_empty() {
        return element;
    }
    element.raw_attribute("stroke-dasharray", |xml| {
        for (k, length) in stroke.dash.iter().enumerate() {
            if k > 0 {
                xml.push(' ');
            }
            number::push(xml, *length);
        }
    })
}

fn opacity<'x>(element: Element<'x>, key: &str, paint: Paint) -> Element<'x> {
    if paint.opacity < 1.0 {
        element.number(key, paint.opacity)
    } else {
        element
    }
}

fn push_point(xml: &mut String, command: char, [x, y]: [f32; 2]) {
    xml.push(command);
    number::push(xml, x);
    xml.push(' ');
    number::push(xml, y);
}

fn push_path(xml: &mut String, path: &Path) {
    let element = Element::new(xml, "path").raw_attribute("d", |xml| {
        for line in &path.lines {
            for (k, point) in line.iter().enumerate() {
                push_point(xml, if k == 0 { 'M' } else { 'L' }, *point);
            }
            if path.closed {
                xml.push('Z');
            }
        }
    });
    stroke(fill(element, path.fill), path.stroke.as_ref()).close();
}

/// Dots as one path of circles each of two arcs: a file of thousands of them stays small.
fn push_dots(xml: &mut String, dots: &Dots) {
    let element = Element::new(xml, "path").raw_attribute("d", |xml| {
        for [x, y] in &dots.centres {
            push_point(xml, 'M', [x - dots.radius, *y]);
            for way in [2.0, -2.0] {
                xml.push('a');
                number::push(xml, dots.radius);
                xml.push(' ');
                number::push(xml, dots.radius);
                xml.push_str(" 0 1 0 ");
                number::push(xml, way * dots.radius);
                xml.push_str(" 0");
            }
        }
    });
    stroke(fill(element, dots.fill), dots.stroke.as_ref()).close();
}

fn push_raster(xml: &mut String, raster: &Raster) -> Result<(), PngError> {
    let (width, height, rgb) = raster.enlarged();
    let file = png::encode_rgb([width as u32, height as u32], &rgb)?;
    let place = raster.place;
    Element::new(xml, "image")
        .number("x", place.left)
        .number("y", place.top)
        .number("width", place.width())
        .number("height", place.height())
        .attribute("preserveAspectRatio", "none")
        .attribute("image-rendering", "pixelated")
        .raw_attribute("xlink:href", |xml| {
            xml.push_str("data:image/png;base64,");
            base64::push(xml, &file);
        })
        .close();
    Ok(())
}

fn push_outlines(xml: &mut String, fonts: &Fonts, text: &Text) {
    let parts = outlines::parts(fonts, text);
    if parts.is_empty() {
        return;
    }
    Element::new(xml, "path")
        .raw_attribute("d", |xml| {
            for part in parts {
                match part {
                    OutlinePart::Move(p) => push_point(xml, 'M', p),
                    OutlinePart::Line(p) => push_point(xml, 'L', p),
                    OutlinePart::Quad(a, p) => push_points_of(xml, 'Q', &[a, p]),
                    OutlinePart::Cubic(a, b, p) => push_points_of(xml, 'C', &[a, b, p]),
                    OutlinePart::Close => xml.push('Z'),
                }
            }
        })
        .attribute("fill", &text.colour.hex())
        .close();
}

fn push_points_of(xml: &mut String, command: char, points: &[[f32; 2]]) {
    for (k, point) in points.iter().enumerate() {
        push_point(xml, if k == 0 { command } else { ' ' }, *point);
    }
}

/// A text as text: what is lowered or raised in parts of its own, marks left to the reader's fonts.
fn push_live(xml: &mut String, text: &Text) {
    let colour: Rgb = text.colour;
    let [x, y] = text.at;
    let mut element = Element::new(xml, "text")
        .attribute("font-family", FAMILIES)
        .attribute("fill", &colour.hex())
        .attribute("xml:space", "preserve");
    if text.set.weight == Weight::Bold {
        element = element.attribute("font-weight", "600");
    }
    if text.upright {
        element = element.raw_attribute("transform", |xml| {
            xml.push_str("translate(");
            number::push(xml, x);
            xml.push(' ');
            number::push(xml, y);
            xml.push_str(") rotate(-90)");
        });
    }
    let [x, y] = if text.upright { [0.0, 0.0] } else { [x, y] };
    element.content(|xml| {
        let mut glyphs = text.set.glyphs.iter().peekable();
        while let Some(first) = glyphs.next() {
            let mut run = String::from(first.character);
            while let Some(next) = glyphs
                .peek()
                .filter(|g| g.mark || (g.y == first.y && g.size == first.size))
            {
                run.push(next.character);
                glyphs.next();
            }
            Element::new(xml, "tspan")
                .number("x", x + first.x)
                .number("y", y + first.y)
                .number("font-size", first.size)
                .content(|xml| push_escaped(xml, &run));
            // Elements end with a line feed, which is a space in a text.
            if xml.ends_with('\n') {
                xml.pop();
            }
        }
    });
}

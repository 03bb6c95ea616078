//! Vectors: what egui paints, as elements of SVG 1.1.
//!
//! Text stays text, lines stay lines; only textures and meshes whose colour varies become
//! embedded images.

mod band;
mod canvas;
mod color;
mod font;
mod image;
mod mesh;
mod outline;
mod path;
mod rect;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod transform;

use std::borrow::Cow;

use egui::emath::TSTransform;
use egui::epaint::ClippedShape;
use egui::{FontFamily, Pos2, Rect, Shape};

use super::{Picture, Textures};
use crate::page::write::{number, xml};
use canvas::Canvas;
use font::FontNames;
use xml::Element;

/// What shapes refer to.
struct Resources<'a> {
    textures: &'a Textures,
    fonts: FontNames,
    pixels_per_point: f32,
}

impl Picture {
    /// The picture as an SVG document, in points of 1/96 inch, that carries `provenance` in its
    /// metadata as `entry` elements with a `key`.
    ///
    /// Text refers to its fonts by name, with a generic family to fall back on. Paint callbacks
    /// are left out.
    pub fn to_svg(&self, provenance: &[(String, String)]) -> String {
        let size = self
            .size_in_pixels
            .map(|side| side as f32 / self.pixels_per_point);
        let page = Rect::from_min_size(Pos2::ZERO, size.into());
        let resources = Resources {
            textures: &self.textures,
            fonts: FontNames::of(&self.context),
            pixels_per_point: self.pixels_per_point,
        };
        let mut canvas = Canvas::new(page);
        if canvas.begin_shape(page, page) {
            rect::fill(&mut canvas, page, self.background);
        }
        for ClippedShape {
            clip_rect,
            shape,
            transform_after_tessellation,
        } in &self.shapes
        {
            let mut shape = Cow::Borrowed(shape);
            if *transform_after_tessellation != TSTransform::IDENTITY {
                shape.to_mut().transform(*transform_after_tessellation);
            }
            draw(&mut canvas, &resources, &shape, *clip_rect);
        }
        document(page, canvas, &resources.fonts, provenance)
    }
}

/// Draws a shape and those nested in it.
fn draw(canvas: &mut Canvas, resources: &Resources<'_>, shape: &Shape, clip: Rect) {
    if let Shape::Vec(shapes) = shape {
        for shape in shapes {
            draw(canvas, resources, shape, clip);
        }
    } else if canvas.begin_shape(shape.visual_bounding_rect(), clip) {
        shape::draw(canvas, resources, shape);
    }
}

fn document(
    page: Rect,
    canvas: Canvas,
    fonts: &FontNames,
    provenance: &[(String, String)],
) -> String {
    let (defs, body) = canvas.finish();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    Element::new(&mut xml, "svg")
        .attribute("xmlns", "http://www.w3.org/2000/svg")
        .attribute("xmlns:xlink", "http://www.w3.org/1999/xlink")
        .number("width", page.width())
        .number("height", page.height())
        .raw_attribute("viewBox", |xml| {
            xml.push_str("0 0 ");
            number::push(xml, page.width());
            xml.push(' ');
            number::push(xml, page.height());
        })
        .attribute(
            "font-family",
            &fonts.get(&FontFamily::Proportional).css_family,
        )
        .content(|xml| {
            xml.push('\n');
            xml::push_metadata(xml, provenance);
            if !defs.is_empty() {
                Element::new(xml, "defs").content(|xml| xml.push_str(&defs));
            }
            xml.push_str(&body);
        });
    xml
}

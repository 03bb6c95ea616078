//! The last frame of a drawing, taken apart: its texts and its plots.

use egui::accesskit::Role;
use egui::emath::Rot2;
use egui::epaint::{ClippedShape, Shape, TextShape};
use egui::{Context, FullOutput, Pos2, RawInput, Rect, Ui};

/// A line of text as it stands on screen.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub words: String,
    /// Where its letters are.
    pub place: Rect,
    /// Outside of this nothing of it is seen.
    pub clip: Rect,
    /// Size of the smallest letters, in points.
    pub size: f32,
}

/// A plot's frame.
#[derive(Clone, Debug)]
pub struct Plot {
    /// What a screen reader says of it.
    pub words: String,
    /// Where it is.
    pub place: Rect,
}

/// A frame.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The window.
    pub window: Rect,
    /// Lines of text.
    pub texts: Vec<Text>,
    /// Plots.
    pub plots: Vec<Plot>,
}

/// Frames after which nothing moves any more.
const FRAMES: usize = 3;

/// A context that draws at once what it is asked for, and tells a screen reader of it.
pub fn context(setup: impl FnOnce(&Context)) -> Context {
    let context = Context::default();
    setup(&context);
    context.enable_accesskit();
    context.all_styles_mut(|style| style.animation_time = 0.0);
    context
}

/// Draws a few frames at this size and takes the last one apart.
pub fn draw(context: &Context, size: [f32; 2], mut ui: impl FnMut(&mut Ui)) -> Drawn {
    let window = Rect::from_min_size(Pos2::ZERO, size.into());
    let frame = |frame: usize| RawInput {
        screen_rect: Some(window),
        max_texture_side: Some(8192),
        time: Some(frame as f64),
        ..RawInput::default()
    };
    let mut output = FullOutput::default();
    for index in 0..FRAMES {
        output = context.run_ui(frame(index), &mut ui);
        // Nobody paints, so nobody needs the letters' pictures.
        output.textures_delta.clear();
    }
    let mut texts = Vec::new();
    for ClippedShape {
        clip_rect, shape, ..
    } in &output.shapes
    {
        texts_of(shape, *clip_rect, &mut texts);
    }
    Drawn {
        window,
        texts,
        plots: plots(&output),
    }
}

fn texts_of(shape: &Shape, clip: Rect, found: &mut Vec<Text>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|s| texts_of(s, clip, found)),
        Shape::Text(text) => rows(text, clip, found),
        _ => {}
    }
}

fn rows(text: &TextShape, clip: Rect, found: &mut Vec<Text>) {
    let sections = text.galley.job.sections.iter();
    let size = sections
        .map(|s| s.format.font_id.size)
        .fold(f32::INFINITY, f32::min);
    for row in &text.galley.rows {
        let bounds = row.row.visuals.mesh_bounds;
        let words = row.row.text();
        if bounds.is_positive() && !words.trim().is_empty() {
            let place = bounds.translate(row.pos.to_vec2());
            found.push(Text {
                words,
                place: turned(place, text.angle).translate(text.pos.to_vec2()),
                clip,
                size,
            });
        }
    }
}

/// The rectangle around one that is turned about the corner that a text is drawn from.
fn turned(place: Rect, angle: f32) -> Rect {
    let turn = Rot2::from_angle(angle);
    let corners = [
        place.left_top(),
        place.right_top(),
        place.left_bottom(),
        place.right_bottom(),
    ];
    let corners = corners.map(|corner| (turn * corner.to_vec2()).to_pos2());
    Rect::from_points(&corners)
}

fn plots(output: &FullOutput) -> Vec<Plot> {
    let update = output.platform_output.accesskit_update.as_ref();
    let nodes = update.map_or(&[][..], |update| &update.nodes).iter();
    let figures = nodes.filter(|(_, node)| node.role() == Role::Figure);
    let plot = |node: &egui::accesskit::Node| {
        let b = node.bounds()?;
        let corners = [b.x0, b.y0, b.x1, b.y1].map(|side| side as f32);
        let [left, top, right, bottom] = corners;
        Some(Plot {
            words: node.label().unwrap_or_default().to_owned(),
            place: Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, bottom)),
        })
    };
    figures.filter_map(|(_, node)| plot(node)).collect()
}

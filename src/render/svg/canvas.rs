//! The body of the document: elements in order, gathered in groups of one clip and one style.

use egui::{Color32, Rect, Stroke};

use super::color;
use super::path::PathData;
use super::xml::Element;

/// Margin around the clip beyond which lines are cut, on top of their width, in points.
const LINE_MARGIN: f32 = 4.0;

/// Line segments that share a stroke, not yet written.
#[derive(Debug, Default)]
struct Lines {
    stroke: Stroke,
    data: PathData,
}

/// What has been drawn so far.
#[derive(Debug)]
pub(super) struct Canvas {
    page: Rect,
    body: String,
    defs: String,
    /// Clips that have a definition; the index is in its id.
    clips: Vec<Rect>,
    /// Where the shape that is being drawn can be seen.
    visible: Rect,
    /// Clip of the open group.
    clip: Option<Rect>,
    /// Attributes of the open group inside the clip's group.
    style: Option<String>,
    lines: Lines,
    blurs: usize,
}

impl Canvas {
    /// An empty page.
    pub(super) fn new(page: Rect) -> Self {
        Self {
            page,
            body: String::new(),
            defs: String::new(),
            clips: Vec::new(),
            visible: page,
            clip: None,
            style: None,
            lines: Lines::default(),
            blurs: 0,
        }
    }

    /// Prepares to draw a shape that fills `bounds`, seen through `clip`. Returns whether any of
    /// it is visible. Shapes that the clip does not cut are drawn without it.
    pub(super) fn begin_shape(&mut self, bounds: Rect, clip: Rect) -> bool {
        let visible = clip.intersect(self.page);
        if !visible.is_positive() || !visible.intersects(bounds) {
            return false;
        }
        let uncut = visible.contains_rect(bounds) || visible.contains_rect(self.page);
        // A shape that is not cut may stay with its neighbours that are.
        let clip = if uncut && self.clip != Some(visible) {
            None
        } else {
            Some(visible)
        };
        self.visible = visible;
        if clip != self.clip {
            self.end_clip();
            if let Some(rect) = clip {
                let index = self.clip_index(rect);
                self.body
                    .push_str(&format!("<g clip-path=\"url(#clip{index})\">\n"));
            }
            self.clip = clip;
        }
        true
    }

    /// Where the current shape can be seen.
    pub(super) fn visible(&self) -> Rect {
        self.visible
    }

    /// Where lines of `width` may be cut without being seen to end.
    pub(super) fn line_limits(&self, width: f32) -> Rect {
        self.visible.expand(width.clamp(0.0, 1e3) + LINE_MARGIN)
    }

    /// Begins an element of its own.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_> {
        self.end_lines();
        self.end_style();
        Element::new(&mut self.body, name)
    }

    /// Begins an element in a group with the attributes `style`, which neighbours share.
    pub(super) fn styled(&mut self, name: &'static str, style: String) -> Element<'_> {
        self.end_lines();
        if self.style.as_ref() != Some(&style) {
            self.end_style();
            self.body.push_str("<g");
            self.body.push_str(&style);
            self.body.push_str(">\n");
            self.style = Some(style);
        }
        Element::new(&mut self.body, name)
    }

    /// Draws a straight line, in one path with its neighbours of the same stroke.
    pub(super) fn line(&mut self, points: [egui::Pos2; 2], stroke: Stroke) {
        if self.lines.stroke != stroke {
            self.end_lines();
            self.lines.stroke = stroke;
        }
        let limits = self.line_limits(stroke.width);
        self.lines.data.polyline(&points, limits);
    }

    /// Writes a path with round joins, which look right for data at any zoom.
    pub(super) fn path(&mut self, data: &PathData, fill: Color32, stroke: Stroke) {
        if data.is_empty() {
            return;
        }
        let mut style = String::new();
        color::push_fill(&mut style, fill);
        if !stroke.is_empty() {
            color::push_stroke(&mut style, stroke);
            style.push_str(" stroke-linejoin=\"round\"");
        }
        self.element("path")
            .attributes(&style)
            .attribute("d", data.as_str())
            .close();
    }

    /// The attribute value that blurs by a Gaussian of standard deviation `sigma`.
    pub(super) fn blur(&mut self, sigma: f32) -> String {
        let id = format!("blur{}", self.blurs);
        self.blurs += 1;
        Element::new(&mut self.defs, "filter")
            .attribute("id", &id)
            .content(|xml| {
                Element::new(xml, "feGaussianBlur")
                    .number("stdDeviation", sigma)
                    .close();
            });
        format!("url(#{id})")
    }

    /// Definitions and body.
    pub(super) fn finish(mut self) -> (String, String) {
        self.end_clip();
        (self.defs, self.body)
    }

    fn end_lines(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if lines.data.is_empty() {
            return;
        }
        self.end_style();
        let mut stroke = String::new();
        color::push_stroke(&mut stroke, lines.stroke);
        Element::new(&mut self.body, "path")
            .attribute("fill", "none")
            .attributes(&stroke)
            .attribute("d", lines.data.as_str())
            .close();
    }

    fn end_style(&mut self) {
        if self.style.take().is_some() {
            self.body.push_str("</g>\n");
        }
    }

    fn end_clip(&mut self) {
        self.end_lines();
        self.end_style();
        if self.clip.take().is_some() {
            self.body.push_str("</g>\n");
        }
    }

    fn clip_index(&mut self, rect: Rect) -> usize {
        if let Some(index) = self.clips.iter().position(|known| *known == rect) {
            return index;
        }
        let index = self.clips.len();
        self.clips.push(rect);
        let id = format!("clip{index}");
        Element::new(&mut self.defs, "clipPath")
            .attribute("id", &id)
            .content(|xml| {
                Element::new(xml, "rect")
                    .number("x", rect.min.x)
                    .number("y", rect.min.y)
                    .number("width", rect.width())
                    .number("height", rect.height())
                    .close();
            });
        index
    }
}

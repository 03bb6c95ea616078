//! A figure's layers as one item of a plot.

use std::ops::RangeInclusive;

use egui::mutex::Mutex;
use egui::{Color32, Context, Id, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};
use egui_plot::{PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotTransform};

use crate::figure::{
    Dash, Figure, Ink, Intervals, Layer, Line, Mark, MarkShape, Rule, Scatter, Shaft,
};
use crate::ui::Theme;

use super::axes::bounds_range;
use super::cells::push_cells;
use super::clip::visible_parts;
use super::ink::{arm_shaft, ink_color, push_path};
use super::place::position;
use super::remembered::{Asked, push_remembered};
use super::scatter::push_dots;
use super::sprite::{Cloud, Sprites};

/// Up to this many dots are as quick one by one.
const FEW: usize = 64;

/// A figure's layers as one item of a plot. It claims no bounds: the figure's axes set them.
pub(super) struct FigureItem<'a> {
    pub(super) id: Id,
    pub(super) figure: &'a Figure,
    pub(super) theme: &'a Theme,
    pub(super) ticks: [usize; 2],
    pub(super) base: PlotItemBase,
}

impl PlotItem for FigureItem<'_> {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let asked = Asked {
            figure: self.figure,
            theme: self.theme,
            ticks: self.ticks,
            transform,
        };
        push_remembered(ui, self.id, asked, shapes, |shapes| {
            self.draw(ui, transform, shapes)
        });
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.theme.text
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        PlotBounds::NOTHING
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}

fn push_clouds(
    clouds: Vec<Cloud>,
    (context, sprites): (&Context, &Mutex<Sprites>),
    transform: &PlotTransform,
    shapes: &mut Vec<Shape>,
) {
    if !clouds.is_empty() {
        let mesh = sprites.lock().mesh(context, clouds, transform);
        shapes.push(Shape::mesh(mesh));
    }
}

impl FigureItem<'_> {
    /// Appends the grid and all layers.
    fn draw(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let sprites = Sprites::of(ui, self.id);
        let sprites = sprites.as_deref().map(|sprites| (ui.ctx(), sprites));
        self.push_grid(transform, shapes);
        let mut clouds = Vec::new();
        for layer in &self.figure.layers {
            if let Some(sprites) = sprites {
                let cloud = self.cloud(layer, transform);
                let goes_on = cloud.as_ref().zip(clouds.last());
                if !goes_on.is_some_and(|(cloud, last)| cloud.goes_with(last)) {
                    push_clouds(std::mem::take(&mut clouds), sprites, transform, shapes);
                }
                if let Some(cloud) = cloud {
                    clouds.push(cloud);
                    continue;
                }
            }
            match layer {
                Layer::Line(line) => self.push_line(line, transform, shapes),
                Layer::Scatter(scatter) => self.push_scatter(scatter, transform, shapes),
                Layer::Bars { ink, bars, filled } => {
                    self.push_bars(*ink, bars, *filled, transform, shapes);
                }
                Layer::Rule(rule) => self.push_rule(rule, transform, shapes),
                Layer::Mark(mark) => self.push_mark(mark, transform, shapes),
                Layer::Bound(bound) => {
                    self.push_line(&bound.line, transform, shapes);
                    if bound.struck {
                        self.push_crosses(&bound.line, transform, shapes);
                    }
                }
                Layer::Cells(cells) => push_cells(cells, self.theme, transform, shapes),
                Layer::Over(line) => self.push_over(line, transform, shapes),
                Layer::Intervals(intervals) => self.push_intervals(intervals, transform, shapes),
            }
        }
        if let Some(sprites) = sprites {
            push_clouds(clouds, sprites, transform, shapes);
        }
    }

    fn push_grid(&self, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let frame = *transform.frame();
        let stroke = Stroke::new(1.0, self.theme.hairline.gamma_multiply(0.7));
        let marks = |d: usize| {
            let axis = [&self.figure.x, &self.figure.y][d];
            axis.ticks(bounds_range(transform, d), self.ticks[d])
        };
        for tick in marks(0).iter().filter(|t| t.is_major()) {
            let x = transform.position_from_point_x(tick.place);
            shapes.push(Shape::vline(x, frame.y_range(), stroke));
        }
        for tick in marks(1).iter().filter(|t| t.is_major()) {
            let y = transform.position_from_point_y(tick.place);
            shapes.push(Shape::hline(frame.x_range(), y, stroke));
        }
    }

    fn push_line(&self, line: &Line, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let color = ink_color(self.theme, line.ink);
        let shaft = arm_shaft(self.theme, line.ink, line.shaft);
        let points = line.points.iter().map(|p| position(transform, *p));
        for part in visible_parts(points, transform.frame().expand(8.0)) {
            match part.as_slice() {
                [one] => {
                    let radius = shaft.width.max(1.5);
                    shapes.push(Shape::circle_filled(*one, radius, color));
                }
                path => push_path(path, shaft, color, shapes),
            }
        }
    }

    /// A line with an edge in the colour of the background.
    fn push_over(&self, line: &Line, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let color = ink_color(self.theme, line.ink);
        let edge = self.theme.panel.gamma_multiply(0.75);
        let shaft = self.theme.shaft(line.shaft);
        let around = Shaft {
            width: shaft.width + 2.4,
            ..shaft
        };
        let points = line.points.iter().map(|p| position(transform, *p));
        for part in visible_parts(points, *transform.frame()) {
            push_path(&part, around, edge, shapes);
            push_path(&part, shaft, color, shapes);
        }
    }

    fn push_intervals(
        &self,
        intervals: &Intervals,
        transform: &PlotTransform,
        shapes: &mut Vec<Shape>,
    ) {
        const HALF: f32 = 3.0;
        let color = ink_color(self.theme, intervals.ink);
        let stroke = Stroke::new(1.2, color.gamma_multiply(0.8));
        let frame = transform.frame().expand(1.0);
        for [x, low, high] in &intervals.bars {
            let ends = [low, high].map(|y| position(transform, [*x, *y]));
            let [Some(low), Some(high)] = ends else {
                continue;
            };
            if low.x < frame.left() || low.x > frame.right() {
                continue;
            }
            let inside = |y: f32| y.clamp(frame.top(), frame.bottom());
            shapes.push(Shape::vline(low.x, inside(high.y)..=inside(low.y), stroke));
            for end in [low, high].into_iter().filter(|end| frame.contains(*end)) {
                let around = end.x - HALF..=end.x + HALF;
                shapes.push(Shape::hline(around, end.y, stroke));
            }
        }
    }

    /// Small crosses along a line, to say that it does not apply.
    fn push_crosses(&self, line: &Line, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        const APART: f32 = 44.0;
        let stroke = Stroke::new(1.2, ink_color(self.theme, line.ink));
        let points = line.points.iter().map(|p| position(transform, *p));
        let mut wait = 0.5 * APART;
        for part in visible_parts(points, *transform.frame()) {
            for (a, b) in part.iter().zip(part.iter().skip(1)) {
                let (way, length) = (*b - *a, a.distance(*b));
                while length > 0.0 && wait <= length {
                    let at = *a + way * (wait / length);
                    for arm in [vec2(3.0, 3.0), vec2(3.0, -3.0)] {
                        shapes.push(Shape::line_segment([at - arm, at + arm], stroke));
                    }
                    wait += APART;
                }
                wait -= length;
            }
        }
    }

    fn push_scatter(&self, scatter: &Scatter, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let (radius, color) = self.dot(scatter, transform);
        let frame = transform.frame().expand(radius);
        let centers = scatter.points.iter();
        let centers: Vec<Pos2> = centers
            .filter_map(|p| position(transform, *p))
            .filter(|c| frame.contains(*c))
            .collect();
        push_dots(&centers, radius, color, scatter.hollow, shapes);
    }

    /// What is drawn from a texture on the screen: many filled dots.
    fn cloud(&self, layer: &Layer, transform: &PlotTransform) -> Option<Cloud> {
        let Layer::Scatter(scatter) = layer else {
            return None;
        };
        let is_cloud = !scatter.hollow && scatter.points.len() > FEW;
        is_cloud.then(|| Cloud::new(&scatter.points, transform, self.dot(scatter, transform)))
    }

    /// Radius and colour of a dot. Smaller dots in a smaller frame, so that a cloud keeps its texture.
    fn dot(&self, scatter: &Scatter, transform: &PlotTransform) -> (f32, Color32) {
        let scale = (transform.frame().height() / 220.0).clamp(0.6, 1.4);
        let color = ink_color(self.theme, scatter.ink).gamma_multiply(scatter.opacity);
        (scale * scatter.radius, color)
    }

    fn push_bars(
        &self,
        ink: Ink,
        bars: &[[f64; 3]],
        filled: bool,
        transform: &PlotTransform,
        shapes: &mut Vec<Shape>,
    ) {
        let color = ink_color(self.theme, ink);
        let floor = transform.frame().bottom();
        let mut outline = Vec::with_capacity(2 * bars.len());
        for [left, right, height] in bars {
            let corner = |x: f64| position(transform, [x, *height]);
            let (Some(a), Some(b)) = (corner(*left), corner(*right)) else {
                continue;
            };
            if filled && *height > 0.0 {
                let bar = Rect::from_two_pos(a, pos2(b.x, floor));
                shapes.push(Shape::rect_filled(bar, 0.0, color.gamma_multiply(0.22)));
            }
            outline.extend([Some(a), Some(b)]);
        }
        let shaft = Shaft {
            width: 1.4,
            opacity: 1.0,
            dash: Dash::SOLID,
        };
        for part in visible_parts(outline, transform.frame().expand(8.0)) {
            push_path(&part, shaft, color, shapes);
        }
    }

    fn push_rule(&self, rule: &Rule, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let frame = *transform.frame();
        let ends = if rule.upright {
            let x = transform.position_from_point_x(rule.at);
            [pos2(x, frame.top()), pos2(x, frame.bottom())]
        } else {
            let y = transform.position_from_point_y(rule.at);
            [pos2(frame.left(), y), pos2(frame.right(), y)]
        };
        let shaft = Shaft {
            width: 1.0,
            opacity: 1.0,
            dash: rule.dash,
        };
        if frame.expand(1.0).contains(ends[0]) {
            push_path(&ends, shaft, ink_color(self.theme, rule.ink), shapes);
        }
    }

    fn push_mark(&self, mark: &Mark, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let Some(at) = position(transform, mark.at) else {
            return;
        };
        let color = ink_color(self.theme, mark.ink);
        match mark.shape {
            MarkShape::Cross => {
                let stroke = Stroke::new(2.0, color);
                for arm in [vec2(4.0, 4.0), vec2(4.0, -4.0)] {
                    shapes.push(Shape::line_segment([at - arm, at + arm], stroke));
                }
            }
            MarkShape::Ring => {
                shapes.push(Shape::circle_filled(at, 4.5, self.theme.panel));
                shapes.push(Shape::circle_stroke(at, 3.5, Stroke::new(1.5, color)));
            }
            MarkShape::Disc => {
                shapes.push(Shape::circle_filled(at, 4.5, self.theme.panel));
                shapes.push(Shape::circle_filled(at, 3.5, color));
            }
        }
    }
}

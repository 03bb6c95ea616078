//! A figure in a plot, with its axes, names and read-out.

use egui::{
    Id, PointerButton, Rect, Response, RichText, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo,
    pos2, vec2,
};
use egui_plot::{Plot, PlotItemBase, PlotMemory, PlotResponse, PlotTransform};

use crate::figure::{Figure, Range};
use crate::ui::Theme;

use super::item::FigureItem;
use super::spoken::spoken;
use super::{axes, ends, readout, zoom};

/// How a figure is shown.
#[derive(Clone, Copy, Debug)]
pub struct PlotView<'a> {
    /// Identifies the plot's zoom; unique in the window.
    pub id: Id,
    /// What is drawn.
    pub figure: &'a Figure,
    /// Colours.
    pub theme: &'a Theme,
    /// Size with axes.
    pub size: Vec2,
}

/// What the user did with a plot.
pub struct PlotOutput {
    /// The frame's response.
    pub response: Response,
    /// The frame, without axes.
    pub frame: Rect,
    /// Place on the horizontal axis that the user drags to.
    pub dragged_to: Option<f64>,
    /// Whether the axes were asked to fit the data again.
    pub reset: bool,
    /// From axis coordinates to the screen, and back.
    pub transform: PlotTransform,
}

impl PlotView<'_> {
    /// Part of the horizontal axis a plot shows, where the user zoomed in.
    pub fn zoomed(ui: &Ui, id: Id) -> Option<Range> {
        let memory = PlotMemory::load(ui.ctx(), id).filter(|m| !m.auto_bounds.x)?;
        let (low, high) = (memory.bounds().min()[0], memory.bounds().max()[0]);
        (low < high).then_some(Range { low, high })
    }

    /// Draws the figure. A drag moves along the horizontal axis, a right drag zooms into a box,
    /// Ctrl and the wheel zoom, the middle button pans, a double click fits the axes.
    pub fn show(self, ui: &mut Ui) -> PlotOutput {
        self.show_with(ui, true)
    }

    /// One of several figures with the same axes: drawn into this frame, with the labels and the name
    /// of an axis only where they are `written`, horizontal axis first. They need [`Self::BESIDE`] and
    /// [`Self::BELOW`] around the frame.
    pub fn show_in(self, ui: &mut Ui, frame: Rect, written: [bool; 2]) -> PlotOutput {
        let counts = axes::tick_counts(frame.size(), self.figure);
        let (response, transform) = self.frame_ui(ui, frame, counts);
        let around = frame
            .with_min_x(frame.left() - Self::BESIDE)
            .with_max_y(frame.bottom() + Self::BELOW);
        self.axes(ui, around, &transform, (counts, written));
        self.output(ui, response, transform)
    }

    /// Space that the labels and the name of the vertical axis take at the left of such a frame.
    pub const BESIDE: f32 = axes::GRID_LEFT;

    /// Space that those of the horizontal axis take below it.
    pub const BELOW: f32 = 2.0 * axes::ROW + 6.0;

    /// The same without the numbers at the pointer.
    pub fn show_without_readout(self, ui: &mut Ui) -> PlotOutput {
        self.show_with(ui, false)
    }

    fn show_with(self, ui: &mut Ui, readout: bool) -> PlotOutput {
        let (rect, _) = ui.allocate_exact_size(self.size, Sense::hover());
        let names = ends::layout(ui, self.theme, self.figure);
        let right = ends::right_margin(&names, rect.width());
        let frame = self.frame(ui, rect, right.unwrap_or(14.0));
        let counts = axes::tick_counts(frame.size(), self.figure);
        let (response, transform) = self.frame_ui(ui, frame, counts);
        self.axes(ui, rect, &transform, (counts, [true; 2]));
        if right.is_some() {
            ends::paint(ui, &names, &transform);
        }
        if let Some(pointer) = response.hover_pos().filter(|_| readout) {
            readout::paint(ui, self.theme, self.figure, &transform, pointer);
        }
        self.output(ui, response, transform)
    }

    fn frame_ui(&self, ui: &mut Ui, frame: Rect, counts: [usize; 2]) -> (Response, PlotTransform) {
        let mut inner = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(self.id));
        let PlotResponse {
            response,
            transform,
            ..
        } = self.plot(frame, counts, &mut inner);
        response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, spoken(self.figure)));
        (response, transform)
    }

    fn frame(&self, ui: &Ui, rect: Rect, right: f32) -> Rect {
        let (top, bottom) = (axes::ROW + 6.0, 2.0 * axes::ROW + 6.0);
        let count = axes::tick_counts(rect.size() - vec2(0.0, top + bottom), self.figure)[1];
        let left = axes::left_margin(ui, &self.figure.y, count);
        let min = rect.min + vec2(left, top);
        let max = rect.max - vec2(right, bottom);
        Rect::from_min_max(min, pos2(max.x.max(min.x + 16.0), max.y.max(min.y + 16.0)))
    }

    fn plot(&self, frame: Rect, ticks: [usize; 2], inner: &mut Ui) -> PlotResponse<()> {
        let (x, y) = (self.figure.x.range, self.figure.y.range);
        // The item claims no bounds, so "automatic" bounds are exactly the figure's ranges.
        let plot = Plot::new(self.id)
            .id(self.id)
            .width(frame.width())
            .height(frame.height())
            .min_size(Vec2::splat(8.0))
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .set_margin_fraction(Vec2::ZERO)
            .include_x(x.low)
            .include_x(x.high)
            .include_y(y.low)
            .include_y(y.high)
            .allow_scroll(false)
            .pan_pointer_button(PointerButton::Middle);
        let item = FigureItem {
            id: self.id,
            figure: self.figure,
            theme: self.theme,
            ticks,
            base: PlotItemBase::new("figure".to_owned()),
        };
        plot.show(inner, |plot| plot.add(item))
    }

    fn axes(
        &self,
        ui: &mut Ui,
        rect: Rect,
        transform: &PlotTransform,
        ticks: ([usize; 2], [bool; 2]),
    ) {
        let outer = ui.new_child(UiBuilder::new().max_rect(rect).id_salt((self.id, "axes")));
        let names = axes::paint_axes(&outer, self.theme, self.figure, transform, ticks);
        let axes = [(&self.figure.x, "x"), (&self.figure.y, "y")];
        for (place, (axis, side)) in names.into_iter().zip(axes) {
            ui.interact(place, self.id.with(side), Sense::hover())
                .on_hover_ui(|ui| {
                    ui.label(&axis.definition);
                    ui.label(
                        RichText::new(zoom::hint())
                            .small()
                            .color(self.theme.weak_text),
                    );
                });
        }
    }

    fn output(&self, ui: &mut Ui, response: Response, transform: PlotTransform) -> PlotOutput {
        let frame = *transform.frame();
        let is_reset = zoom::reset_ui(ui, self.id, frame, self.theme);
        PlotOutput {
            frame,
            dragged_to: dragged_to(&response, &transform),
            reset: is_reset || response.double_clicked(),
            response,
            transform,
        }
    }
}

fn dragged_to(response: &Response, transform: &PlotTransform) -> Option<f64> {
    let pointer = response
        .dragged_by(PointerButton::Primary)
        .then(|| response.interact_pointer_pos())??;
    let frame = transform.frame();
    let inside = pos2(
        pointer.x.clamp(frame.left(), frame.right()),
        frame.center().y,
    );
    Some(transform.value_from_position(inside).x)
}

//! What a plot drew last, as triangles: on a screen it is drawn again from them until anything that it follows
//! from changes. Most frames of a run in training show no new record.

use std::sync::Arc;

use egui::epaint::{TessellationOptions, Tessellator};
use egui::mutex::Mutex;
use egui::{Id, Mesh, Rect, Shape, Ui};
use egui_plot::PlotTransform;

use crate::figure::Figure;
use crate::ui::Theme;

use super::sprite::is_on_screen;

/// All that the shapes of a plot follow from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MadeOf {
    figure: Figure,
    theme: Theme,
    ticks: [usize; 2],
    frame: Rect,
    bounds: [[f64; 2]; 2],
    pixels: f32,
    options: TessellationOptions,
}

/// The same as it is to be drawn now, borrowed: most frames only compare it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) figure: &'a Figure,
    pub(super) theme: &'a Theme,
    pub(super) ticks: [usize; 2],
    pub(super) transform: &'a PlotTransform,
}

impl Asked<'_> {
    fn bounds(&self) -> [[f64; 2]; 2] {
        let bounds = self.transform.bounds();
        [bounds.min(), bounds.max()]
    }

    fn is(&self, ui: &Ui, made_of: &MadeOf) -> bool {
        let MadeOf {
            figure,
            theme,
            ticks,
            frame,
            bounds,
            pixels,
            options,
        } = made_of;
        *ticks == self.ticks
            && frame == self.transform.frame()
            && *bounds == self.bounds()
            && *pixels == ui.pixels_per_point()
            && *options == ui.ctx().tessellation_options(|options| *options)
            && theme == self.theme
            && figure == self.figure
    }

    fn owned(&self, ui: &Ui) -> MadeOf {
        MadeOf {
            figure: self.figure.clone(),
            theme: self.theme.clone(),
            ticks: self.ticks,
            frame: *self.transform.frame(),
            bounds: self.bounds(),
            pixels: ui.pixels_per_point(),
            options: ui.ctx().tessellation_options(|options| *options),
        }
    }
}

/// The triangles of a plot, and what they are of.
#[derive(Default)]
struct Remembered(Option<(MadeOf, Vec<Arc<Mesh>>)>);

/// Appends the shapes of a plot: on a screen those of the frame before, where nothing that they follow from has
/// changed; else those that `draw` gives.
pub(super) fn push_remembered(
    ui: &Ui,
    plot: Id,
    asked: Asked<'_>,
    shapes: &mut Vec<Shape>,
    draw: impl FnOnce(&mut Vec<Shape>),
) {
    if !is_on_screen(ui) {
        // Pictures keep lines and circles, which vector files can hold.
        return draw(shapes);
    }
    let slot: Arc<Mutex<Remembered>> = ui.data_mut(|data| {
        let id = plot.with("triangles");
        Arc::clone(data.get_temp_mut_or_default(id))
    });
    let mut slot = slot.lock();
    if !slot.0.as_ref().is_some_and(|(of, _)| asked.is(ui, of)) {
        let mut fresh = Vec::new();
        draw(&mut fresh);
        let of = asked.owned(ui);
        let meshes = triangles(&of, fresh);
        slot.0 = Some((of, meshes));
    }
    if let Some((_, meshes)) = &slot.0 {
        shapes.extend(meshes.iter().cloned().map(Shape::Mesh));
    }
}

/// The triangles of shapes that lie over each other, a mesh for each stretch of one texture.
fn triangles(of: &MadeOf, shapes: Vec<Shape>) -> Vec<Arc<Mesh>> {
    // Nothing here is text, and discs are made of triangles rather than cut from the texture of letters, which
    // may be laid out anew.
    let mut tessellator = Tessellator::new(of.pixels, of.options, [1, 1], Vec::new());
    tessellator.set_clip_rect(of.frame.expand(16.0));
    let mut meshes: Vec<Arc<Mesh>> = Vec::new();
    let mut open = Mesh::default();
    for shape in shapes {
        match shape {
            Shape::Mesh(mesh) => {
                close(&mut open, &mut meshes);
                meshes.push(mesh);
            }
            other => tessellator.tessellate_shape(other, &mut open),
        }
    }
    close(&mut open, &mut meshes);
    meshes
}

fn close(open: &mut Mesh, meshes: &mut Vec<Arc<Mesh>>) {
    if !open.is_empty() {
        meshes.push(Arc::new(std::mem::take(open)));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui::{Color32, Context, Pos2, Stroke, Vec2};
    use egui_plot::PlotBounds;

    use super::super::draw_dots_as_sprites;
    use super::*;
    use crate::figure::{Axis, Ink, Layer, Range, Rule, Scale};

    fn figure(at: f64) -> Figure {
        let axis = || Axis {
            marks: Vec::new(),
            label: String::new(),
            definition: String::new(),
            scale: Scale::Linear,
            whole: false,
            range: Range {
                low: 0.0,
                high: 1.0,
            },
        };
        let rule = Layer::Rule(Rule {
            ink: Ink::Guide,
            dash: crate::figure::Dash::SOLID,
            upright: true,
            at,
            label: String::new(),
        });
        Figure {
            x: axis(),
            y: axis(),
            layers: vec![rule],
        }
    }

    /// A frame of a plot: what is drawn, its ticks, size, largest value and pixels a point.
    #[derive(Clone)]
    struct Frame {
        figure: Figure,
        theme: Theme,
        ticks: [usize; 2],
        side: f32,
        high: f64,
        pixels: f32,
    }

    /// How often each of these frames was drawn anew so far, and what it showed.
    fn drawn(frames: &[Frame], on_screen: bool) -> (Vec<u32>, Vec<Vec<Shape>>) {
        let context = Context::default();
        if on_screen {
            draw_dots_as_sprites(&context);
        }
        let times = Cell::new(0);
        let (mut counts, mut shown) = (Vec::new(), Vec::new());
        for frame in frames {
            context.set_pixels_per_point(frame.pixels);
            // Another number of pixels a point holds from the next frame on.
            for _ in 0..2 {
                let mut shapes = Vec::new();
                let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                    let frame_rect = Rect::from_min_size(Pos2::ZERO, Vec2::splat(frame.side));
                    let bounds = PlotBounds::from_min_max([0.0; 2], [frame.high; 2]);
                    let transform = PlotTransform::new(frame_rect, bounds, [false, false]);
                    let asked = Asked {
                        figure: &frame.figure,
                        theme: &frame.theme,
                        ticks: frame.ticks,
                        transform: &transform,
                    };
                    shapes.clear();
                    push_remembered(ui, Id::unique("plot"), asked, &mut shapes, |shapes| {
                        times.set(times.get() + 1);
                        let ends = [Pos2::ZERO, Pos2::new(frame.side, times.get() as f32)];
                        let stroke = Stroke::new(1.0, Color32::WHITE);
                        shapes.push(Shape::line_segment(ends, stroke));
                    });
                });
                output.textures_delta.clear();
                shown.push(shapes);
            }
            counts.push(times.get());
        }
        (counts, shown)
    }

    #[test]
    fn a_plot_is_drawn_anew_when_anything_that_it_shows_changes_and_not_before() {
        let first = Frame {
            figure: figure(0.5),
            theme: Theme::dark(),
            ticks: [4, 4],
            side: 100.0,
            high: 1.0,
            pixels: 1.0,
        };
        let with = |change: &dyn Fn(&mut Frame)| {
            let mut frame = first.clone();
            change(&mut frame);
            frame
        };
        let others = [
            with(&|f| f.figure = figure(0.6)),
            with(&|f| f.theme = Theme::light()),
            with(&|f| f.theme = f.theme.clone().with_before(0..1)),
            with(&|f| f.ticks = [4, 5]),
            with(&|f| f.side = 120.0),
            with(&|f| f.high = 2.0),
        ];
        for other in others {
            let frames = [
                first.clone(),
                first.clone(),
                other.clone(),
                other,
                first.clone(),
            ];
            let (counts, _) = drawn(&frames, true);
            assert_eq!(counts, [1, 1, 2, 2, 3]);
        }
        let other = with(&|f| f.pixels = 2.0);
        let (counts, _) = drawn(&[first.clone(), first, other.clone(), other], true);
        assert!(counts[0] == counts[1] && counts[2] > counts[1] && counts[2] == counts[3]);
    }

    #[test]
    fn what_is_remembered_is_what_was_drawn_and_pictures_keep_their_lines() {
        let frame = Frame {
            figure: figure(0.5),
            theme: Theme::dark(),
            ticks: [4, 4],
            side: 100.0,
            high: 1.0,
            pixels: 1.0,
        };
        let (_, shown) = drawn(&[frame.clone(), frame.clone()], true);
        assert!(matches!(shown[0][..], [Shape::Mesh(ref mesh)] if !mesh.is_empty()));
        assert!(shown.windows(2).all(|pair| pair[0] == pair[1]));
        let (counts, shown) = drawn(&[frame.clone(), frame], false);
        assert_eq!(counts, [2, 4]);
        assert!(matches!(shown[0][..], [Shape::LineSegment { .. }]));
    }

    #[test]
    fn dots_keep_their_place_between_what_is_drawn_before_and_after() {
        let of = MadeOf {
            figure: figure(0.5),
            theme: Theme::dark(),
            ticks: [4, 4],
            frame: Rect::from_min_size(Pos2::ZERO, Vec2::splat(100.0)),
            bounds: [[0.0; 2], [1.0; 2]],
            pixels: 1.0,
            options: TessellationOptions::default(),
        };
        let line = |y: f32| {
            let ends = [Pos2::new(0.0, y), Pos2::new(50.0, y)];
            Shape::line_segment(ends, Stroke::new(1.0, Color32::WHITE))
        };
        let dots = Arc::new(Mesh::with_texture(egui::TextureId::User(7)));
        let shapes = vec![
            line(1.0),
            line(2.0),
            Shape::Mesh(Arc::clone(&dots)),
            line(3.0),
        ];
        let meshes = triangles(&of, shapes);
        assert_eq!(meshes.len(), 3);
        assert!(Arc::ptr_eq(&meshes[1], &dots));
    }
}

//! Clouds of dots on the screen: a small texture for each radius, and corners kept between frames.
//!
//! The outlines of thousands of dots are most of what a frame would spend its time on. Pictures keep
//! outlines, which vector files can hold; a screen shows the same pixels from four corners a dot.

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{
    Color32, ColorImage, Context, Id, Mesh, Pos2, Rect, TextureHandle, TextureId, TextureOptions,
    Ui, Vec2,
};
use egui_plot::PlotTransform;

use super::place::position;
use super::scatter::FEATHER;

/// Texels along a side of a disc's texture: several for each pixel of a small dot's soft edge.
const TEXELS: usize = 32;

/// Has plots of this context draw clouds of dots from textures, as a screen wants it.
pub fn draw_dots_as_sprites(context: &Context) {
    context.data_mut(|data| data.insert_temp(wish(), true));
}

/// Whether plots are drawn for a screen rather than a picture.
pub(super) fn is_on_screen(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(wish()).unwrap_or_default())
}

fn wish() -> Id {
    Id::unique("dots as sprites")
}

/// What one plot keeps between frames.
#[derive(Default)]
pub(super) struct Sprites {
    discs: Vec<(f32, TextureHandle)>,
    shown: Vec<(Vec<Cloud>, Arc<Mesh>)>,
    before: Vec<(Vec<Cloud>, Arc<Mesh>)>,
}

/// What the corners of a cloud follow from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cloud {
    points: Points,
    frame: Rect,
    bounds: [[f64; 2]; 2],
    radius: f32,
    color: Color32,
}

/// Points that are the same if they lie at the same place in memory, which they keep alive.
#[derive(Clone, Debug)]
struct Points(Arc<[[f64; 2]]>);

impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Cloud {
    /// Dots at `points` of a plot.
    pub(super) fn new(
        points: &Arc<[[f64; 2]]>,
        transform: &PlotTransform,
        (radius, color): (f32, Color32),
    ) -> Self {
        let bounds = transform.bounds();
        Self {
            points: Points(Arc::clone(points)),
            frame: *transform.frame(),
            bounds: [bounds.min(), bounds.max()],
            radius,
            color,
        }
    }

    /// Whether one mesh can show both.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        self.radius == other.radius
    }

    /// Where the dots in the frame are.
    fn centers(&self, transform: &PlotTransform) -> impl Iterator<Item = Pos2> {
        let frame = self.frame.expand(self.radius);
        let points = self.points.0.iter();
        let placed = points.filter_map(|point| position(transform, *point));
        placed.filter(move |center| frame.contains(*center))
    }
}

impl Sprites {
    /// Those of a plot, ready for its next frame; `None` where outlines are wanted.
    pub(super) fn of(ui: &Ui, plot: Id) -> Option<Arc<Mutex<Self>>> {
        let id = plot.with("sprites");
        let sprites: Arc<Mutex<Self>> = ui.data_mut(|data| {
            let is_wanted = data.get_temp::<bool>(wish()).unwrap_or_default();
            is_wanted.then(|| Arc::clone(data.get_temp_mut_or_default(id)))
        })?;
        sprites.lock().turn();
        Some(sprites)
    }

    /// Forgets what the last frame did not show.
    fn turn(&mut self) {
        self.before = std::mem::take(&mut self.shown);
        let clouds = self.before.iter().filter_map(|(clouds, _)| clouds.first());
        let radii: Vec<f32> = clouds.map(|cloud| cloud.radius).collect();
        self.discs.retain(|(radius, _)| radii.contains(radius));
    }

    /// The corners of clouds of one radius, one over the other, those of the frame before where nothing has
    /// changed. In one mesh, since what is drawn from many is copied anew for each of them.
    pub(super) fn mesh(
        &mut self,
        context: &Context,
        clouds: Vec<Cloud>,
        transform: &PlotTransform,
    ) -> Arc<Mesh> {
        let kept = self.before.iter().find(|(before, _)| *before == clouds);
        let mesh = match (kept, clouds.first()) {
            (Some((_, mesh)), _) => Arc::clone(mesh),
            (None, Some(cloud)) => {
                let texture = self.disc(context, cloud.radius);
                Arc::new(corners(&clouds, texture, transform))
            }
            (None, None) => Arc::default(),
        };
        self.shown.push((clouds, Arc::clone(&mesh)));
        mesh
    }

    fn disc(&mut self, context: &Context, radius: f32) -> TextureId {
        if let Some((_, texture)) = self.discs.iter().find(|(r, _)| *r == radius) {
            return texture.id();
        }
        let texture = context.load_texture("dot", disc(radius), TextureOptions::LINEAR);
        let id = texture.id();
        self.discs.push((radius, texture));
        id
    }
}

/// Half of the side in points of what shows a dot: it ends with its soft edge.
fn reach(radius: f32) -> f32 {
    radius + 0.5 * FEATHER
}

fn corners(clouds: &[Cloud], texture: TextureId, transform: &PlotTransform) -> Mesh {
    let dots = clouds
        .iter()
        .map(|cloud| cloud.points.0.len())
        .sum::<usize>();
    let mut mesh = Mesh::with_texture(texture);
    mesh.reserve_vertices(4 * dots);
    mesh.reserve_triangles(2 * dots);
    let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
    for cloud in clouds {
        let side = Vec2::splat(2.0 * reach(cloud.radius));
        for center in cloud.centers(transform) {
            mesh.add_rect_with_uv(Rect::from_center_size(center, side), whole, cloud.color);
        }
    }
    mesh
}

/// A white disc whose opacity falls from 1 to 0 across its edge.
fn disc(radius: f32) -> ColorImage {
    let place = |k: usize| (2.0 * (k as f32 + 0.5) / TEXELS as f32 - 1.0) * reach(radius);
    let texel = |k: usize| {
        let distance = place(k % TEXELS).hypot(place(k / TEXELS));
        let opacity = ((reach(radius) - distance) / FEATHER).clamp(0.0, 1.0);
        Color32::from_white_alpha((255.0 * opacity).round() as u8)
    };
    ColorImage::new([TEXELS, TEXELS], (0..TEXELS * TEXELS).map(texel).collect())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use egui_plot::PlotBounds;

    use super::super::PlotView;
    use super::*;
    use crate::figure::{Axis, Figure, Ink, Layer, Range, Scale, Scatter};
    use crate::ui::theme::ThemeChoice;

    fn transform(high: f64) -> PlotTransform {
        let frame = Rect::from_min_size(Pos2::ZERO, Vec2::splat(100.0));
        let bounds = PlotBounds::from_min_max([-high, -high], [high, high]);
        PlotTransform::new(frame, bounds, [false, false])
    }

    fn points(count: usize) -> Arc<[[f64; 2]]> {
        (0..count).map(|k| [k as f64, 0.0]).collect()
    }

    /// Points of a frame, the end of its axes, the radius of a dot.
    type Asked<'a> = (&'a Arc<[[f64; 2]]>, f64, f32);

    /// The meshes of a few frames of one plot: each has what it asks for drawn.
    fn frames(asked: &[Asked<'_>]) -> Vec<Arc<Mesh>> {
        let context = Context::default();
        draw_dots_as_sprites(&context);
        let meshes = RefCell::new(Vec::new());
        for (points, high, radius) in asked {
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                let sprites = Sprites::of(ui, Id::unique("plot")).unwrap();
                let transform = transform(*high);
                let cloud = Cloud::new(points, &transform, (*radius, Color32::RED));
                let mesh = sprites.lock().mesh(ui.ctx(), vec![cloud], &transform);
                meshes.borrow_mut().push(mesh);
            });
            output.textures_delta.clear();
        }
        meshes.into_inner()
    }

    #[test]
    fn corners_are_kept_until_points_view_or_size_change() {
        let (one, other) = (points(500), points(500));
        let meshes = frames(&[
            (&one, 1e3, 2.0),
            (&one, 1e3, 2.0),
            (&other, 1e3, 2.0),
            (&other, 2e3, 2.0),
            (&other, 2e3, 1.5),
        ]);
        assert!(Arc::ptr_eq(&meshes[0], &meshes[1]));
        for pair in meshes[1..].windows(2) {
            assert!(!Arc::ptr_eq(&pair[0], &pair[1]));
        }
        assert!(meshes.iter().all(|mesh| mesh.vertices.len() == 4 * 500));
    }

    #[test]
    fn dots_beyond_the_frame_are_left_out() {
        let far = points(500);
        let meshes = frames(&[(&far, 100.0, 2.0)]);
        // From the centre, x = 0 to 100 are inside, and a dot's radius more.
        assert_eq!(meshes[0].vertices.len(), 4 * 105);
    }

    fn cloud(radius: f32, count: usize) -> Layer {
        Layer::Scatter(Scatter {
            name: String::new(),
            ink: Ink::Positive,
            radius,
            opacity: 1.0,
            hollow: false,
            points: points(count),
        })
    }

    /// The meshes that a plot of some layers draws, each by its texture and its corners.
    fn drawn(layers: Vec<Layer>, on_screen: bool) -> Vec<(TextureId, usize)> {
        let context = Context::default();
        if on_screen {
            draw_dots_as_sprites(&context);
        }
        let axis = || Axis {
            marks: Vec::new(),
            label: String::new(),
            definition: String::new(),
            scale: Scale::Linear,
            whole: false,
            range: Range {
                low: -1.0,
                high: 2000.0,
            },
        };
        let figure = Figure {
            x: axis(),
            y: axis(),
            layers,
        };
        let theme = ThemeChoice::Dark.resolve(&context);
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            let view = PlotView {
                id: Id::unique("plot"),
                figure: &figure,
                theme: &theme,
                size: Vec2::splat(300.0),
            };
            view.show(ui);
        });
        output.textures_delta.clear();
        let shapes = output.shapes.iter().map(|clipped| &clipped.shape);
        let meshes = shapes.filter_map(|shape| match shape {
            egui::Shape::Mesh(mesh) => Some((mesh.texture_id, mesh.vertices.len())),
            _ => None,
        });
        meshes.collect()
    }

    #[test]
    fn plots_draw_sprites_on_the_screen_and_outlines_in_pictures() {
        let textures = |on_screen| -> Vec<TextureId> {
            let meshes = drawn(vec![cloud(1.3, 1500)], on_screen);
            meshes.into_iter().map(|(texture, _)| texture).collect()
        };
        assert_eq!(textures(false), [TextureId::default()]);
        // Below the dots lie the lines of the grid, as triangles too.
        let mut on_screen = textures(true);
        on_screen.retain(|texture| *texture != TextureId::default());
        assert_eq!(on_screen.len(), 1);
    }

    #[test]
    fn clouds_in_a_row_are_one_mesh_where_their_dots_are_alike() {
        let rule = Layer::Rule(crate::figure::Rule {
            ink: Ink::Guide,
            dash: crate::figure::Dash::SOLID,
            upright: true,
            at: 0.0,
            label: String::new(),
        });
        let layers = vec![
            cloud(1.3, 1500),
            cloud(1.3, 500),
            rule,
            cloud(1.3, 100),
            cloud(2.4, 200),
            cloud(2.4, 10),
        ];
        // The last ones are too few for a texture.
        let clouds = drawn(layers, true).into_iter();
        let clouds = clouds.filter(|(texture, _)| *texture != TextureId::default());
        let corners: Vec<usize> = clouds.map(|(_, corners)| corners).collect();
        assert_eq!(corners, [4 * 2000, 4 * 100, 4 * 200]);
    }

    #[test]
    fn a_context_that_asks_for_nothing_gets_outlines() {
        let mut output = Context::default().run_ui(egui::RawInput::default(), |ui| {
            assert!(Sprites::of(ui, Id::unique("plot")).is_none());
        });
        output.textures_delta.clear();
    }

    #[test]
    fn a_disc_covers_what_a_disc_covers() {
        for radius in [0.8, 1.3, 3.4f32] {
            let opacity: f32 = disc(radius).pixels.iter().map(|p| f32::from(p.a())).sum();
            let texel = 2.0 * reach(radius) / TEXELS as f32;
            let area = opacity / 255.0 * texel * texel;
            // Beside πr² a soft edge of width f adds πf²/12.
            let wanted = std::f32::consts::PI * (radius * radius + FEATHER * FEATHER / 12.0);
            assert!(
                (area / wanted - 1.0).abs() < 0.01,
                "{radius}: {area} {wanted}"
            );
        }
    }
}

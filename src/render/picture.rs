//! Runs a drawing without a window and keeps its last frame.

use egui::epaint::ClippedShape;
use egui::{Color32, Context, RawInput, Rect, Ui, ViewportId};

use super::raster::{Target, rasterize};
use super::{Bitmap, PictureError, PictureOptions, Textures};

/// Seconds between two frames: long enough that whatever eases towards its end has got there.
const FRAME_SECONDS: f64 = 1.0;

/// Largest side of the font atlas and of other textures, in texels.
const MAX_TEXTURE_SIDE: usize = 8192;

/// A settled frame, ready to become pixels or vectors.
pub struct Picture {
    pub(super) context: Context,
    pub(super) shapes: Vec<ClippedShape>,
    pub(super) textures: Textures,
    pub(super) size_in_pixels: [u32; 2],
    /// Pixels per point of the layout, any zoom factor included.
    pub(super) pixels_per_point: f32,
    pub(super) background: Color32,
}

/// Draws a picture: runs `draw` for a few frames and keeps the last.
///
/// `setup` gets the fresh context before the first frame, to install fonts, theme and style.
/// Animations, cursor blinking and smooth scrolling are switched off, and the clock advances by a
/// fixed amount a frame, so equal input gives equal pictures.
///
/// # Errors
/// [`PictureError::Size`] for a size that cannot be held.
pub fn picture(
    options: &PictureOptions,
    setup: impl FnOnce(&Context),
    mut draw: impl FnMut(&mut Ui),
) -> Result<Picture, PictureError> {
    let size_in_pixels = options.size_in_pixels()?;
    let context = Context::default();
    setup(&context);
    stop_motion(&context);
    let mut picture = Picture {
        background: options.background.unwrap_or(Color32::TRANSPARENT),
        context,
        shapes: Vec::new(),
        textures: Textures::default(),
        size_in_pixels,
        pixels_per_point: options.pixels_per_point,
    };
    for frame in 0..options.frames.max(PictureOptions::MIN_FRAMES) {
        picture.run_frame(input(options, frame), &mut draw);
    }
    if options.background.is_none() {
        picture.background = picture.context.global_style().visuals.panel_fill;
    }
    Ok(picture)
}

/// Nothing in a picture may depend on when it was taken.
fn stop_motion(context: &Context) {
    context.all_styles_mut(|style| {
        style.animation_time = 0.0;
        style.scroll_animation = egui::style::ScrollAnimation::none();
        style.visuals.text_cursor.blink = false;
    });
}

fn input(options: &PictureOptions, frame: usize) -> RawInput {
    let size = egui::vec2(options.width, options.height);
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size)),
        max_texture_side: Some(MAX_TEXTURE_SIDE),
        time: Some(frame as f64 * FRAME_SECONDS),
        ..RawInput::default()
    };
    let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
    viewport.native_pixels_per_point = Some(options.pixels_per_point);
    input
}

impl Picture {
    fn run_frame(&mut self, input: RawInput, draw: &mut impl FnMut(&mut Ui)) {
        let mut output = self.context.run_ui(input, |ui| draw(ui));
        self.textures.apply(&mut output.textures_delta);
        self.shapes = output.shapes;
        self.pixels_per_point = output.pixels_per_point;
    }

    /// The picture as pixels.
    pub fn to_bitmap(&self) -> Bitmap {
        let primitives = self
            .context
            .tessellate(self.shapes.clone(), self.pixels_per_point);
        let target = Target {
            size_in_pixels: self.size_in_pixels,
            pixels_per_point: self.pixels_per_point,
            background: self.background,
        };
        rasterize(&target, &primitives, &self.textures)
    }

    /// The picture as a PNG file that carries `provenance` as key and value texts (iTXt chunks)
    /// and its printed size (96 points an inch).
    ///
    /// # Errors
    /// [`PictureError::Png`] for a key that PNG does not allow, and where the encoder fails.
    pub fn to_png(&self, provenance: &[(String, String)]) -> Result<Vec<u8>, PictureError> {
        self.to_bitmap().to_png(self.pixels_per_point, provenance)
    }
}

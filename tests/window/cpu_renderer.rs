//! Lets `egui_kittest::Harness` paint with our rasteriser.

use egui::TexturesDelta;
use egui_kittest::TestRenderer;
use widescope::render::{Target, Textures, rasterize};

/// Paints harnesses on the CPU: `Harness::builder().renderer(CpuRenderer::default())`.
#[derive(Default)]
pub struct CpuRenderer {
    textures: Textures,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.textures.apply(delta);
    }

    fn render(
        &mut self,
        context: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        let pixels_per_point = context.pixels_per_point();
        let size = context.content_rect().size() * pixels_per_point;
        let target = Target {
            size_in_pixels: [size.x.round() as u32, size.y.round() as u32],
            pixels_per_point,
            background: context.global_style().visuals.panel_fill,
        };
        let primitives = context.tessellate(output.shapes.clone(), pixels_per_point);
        let bitmap = rasterize(&target, &primitives, &self.textures);
        image::RgbaImage::from_raw(bitmap.width, bitmap.height, bitmap.rgba)
            .ok_or_else(|| "the bitmap's size does not fit its pixels".to_owned())
    }
}

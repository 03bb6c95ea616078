//! Pictures without a window, against stored ones.

use egui::{Theme, ThemePreference};
use widescope::render::{Picture, PictureOptions, picture};

use crate::gallery::Gallery;
use crate::snapshot::snapshot;

fn gallery_picture(theme: Theme, pixels_per_point: f32) -> Picture {
    let options = PictureOptions::new(900.0, 620.0).with_pixels_per_point(pixels_per_point);
    let mut gallery = Gallery::default();
    let setup = |context: &egui::Context| {
        context.set_fonts(widescope::ui::fonts::definitions());
        context.set_theme(match theme {
            Theme::Dark => ThemePreference::Dark,
            Theme::Light => ThemePreference::Light,
        });
    };
    picture(&options, setup, |ui| gallery.ui(ui)).unwrap()
}

#[test]
fn the_gallery_looks_as_stored() {
    snapshot(
        "gallery-light",
        &gallery_picture(Theme::Light, 1.0).to_bitmap(),
    );
    snapshot(
        "gallery-dark",
        &gallery_picture(Theme::Dark, 1.5).to_bitmap(),
    );
}

#[test]
fn equal_drawings_give_equal_bits_and_documents() {
    let (first, second) = (
        gallery_picture(Theme::Dark, 1.0),
        gallery_picture(Theme::Dark, 1.0),
    );
    assert!(first.to_bitmap() == second.to_bitmap());
    assert!(first.to_svg(&[]) == second.to_svg(&[]));
}

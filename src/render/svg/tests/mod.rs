//! The documents that whole drawings give.

mod parsed;

use crate::render::{PictureOptions, picture};
use egui::epaint::Mesh;
use egui::{Color32, ColorImage, Rect, Shape, Stroke, TextureOptions, Ui, pos2, vec2};
use parsed::{contents, elements, named, pixels};

const RED: Color32 = Color32::from_rgb(255, 0, 0);

fn svg(draw: impl FnMut(&mut Ui)) -> String {
    let options = PictureOptions::new(200.0, 100.0);
    picture(&options, |_| {}, draw).unwrap().to_svg(&[])
}

fn svg_of(shapes: &[Shape]) -> String {
    svg(|ui| ui.painter().extend(shapes.iter().cloned()))
}

#[test]
fn text_stays_text_and_is_escaped() {
    let xml = svg(|ui| {
        ui.label("‖f‖² < 3 & \"σ\" > ω₀");
    });
    assert_eq!(contents(&xml, "text"), ["‖f‖² < 3 & \"σ\" > ω₀"]);
    let length: f32 = named(&xml, "text")[0]["textLength"].parse().unwrap();
    assert!(length > 50.0);
}

#[test]
fn a_letter_with_a_combining_mark_is_written_once() {
    let text = "η̃⁰ of λ̃(X), f̄ and x̂̄ₐ";
    let xml = svg(|ui| {
        let mut job = egui::text::LayoutJob::default();
        let format = |color| egui::TextFormat {
            color,
            ..Default::default()
        };
        job.append(text, 0.0, format(RED));
        job.append("blue", 0.0, format(Color32::BLUE));
        ui.label(job);
        ui.label("f̄");
    });
    assert_eq!(contents(&xml, "text"), [text, "blue", "f̄"]);
    let lengths: Vec<f32> = named(&xml, "text")
        .iter()
        .map(|text| text["textLength"].parse().unwrap())
        .collect();
    assert!(lengths[0] > lengths[1] && lengths[2] > 2.0, "{lengths:?}");
}

#[test]
fn a_row_with_two_formats_is_two_texts_and_a_cut_one_ends_in_an_ellipsis() {
    let xml = svg(|ui| {
        let mut job = egui::text::LayoutJob::default();
        let format = |color| egui::TextFormat {
            color,
            ..Default::default()
        };
        job.append("red\nand ", 0.0, format(RED));
        job.append("blue", 0.0, format(Color32::BLUE));
        ui.label(job);
        ui.add(egui::Label::new("a".repeat(200)).truncate());
    });
    let texts = contents(&xml, "text");
    assert_eq!(texts[..3], ["red", "and", "blue"]);
    assert!(texts[3].ends_with('…') && texts[3].len() < 100, "{texts:?}");
    let groups = named(&xml, "g");
    assert_eq!(groups[0]["fill"], "#f00");
    assert_eq!(groups[1]["fill"], "#00f");
}

#[test]
fn dashes_of_one_line_share_a_path() {
    let line = [pos2(10.0, 10.0), pos2(60.0, 20.0)];
    let dashes = Shape::dashed_line(&line, Stroke::new(2.0, RED), 4.0, 3.0);
    assert!(dashes.len() > 5);
    let paths = named(&svg_of(&dashes), "path");
    assert_eq!(paths.len(), 1);
    assert_eq!(paths[0]["stroke"], "#f00");
    assert_eq!(paths[0]["stroke-width"], "2");
    assert_eq!(paths[0]["d"].matches('m').count(), dashes.len());
}

#[test]
fn shapes_are_clipped_only_where_the_clip_cuts_them() {
    let clip = Rect::from_min_size(pos2(10.0, 10.0), vec2(50.0, 50.0));
    let xml = svg(|ui| {
        let painter = ui.painter().with_clip_rect(clip);
        painter.circle_filled(pos2(30.0, 30.0), 5.0, RED);
        painter.circle_filled(pos2(60.0, 30.0), 5.0, Color32::BLUE);
        painter.circle_filled(pos2(90.0, 30.0), 5.0, Color32::GREEN);
    });
    assert_eq!(named(&xml, "circle").len(), 2);
    assert_eq!(named(&xml, "clipPath").len(), 1);
    let (inside, clipped) = xml.split_once("clip-path=\"url(#clip0)\"").unwrap();
    assert!(inside.contains("fill=\"#f00\"") && clipped.contains("fill=\"#00f\""));
}

#[test]
fn a_stroke_keeps_its_side_of_a_rectangle() {
    let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(20.0, 30.0));
    let stroke = Stroke::new(2.0, RED);
    let shape = |kind| egui::epaint::RectShape::stroke(rect, 4.0, stroke, kind).into();
    use egui::StrokeKind::{Inside, Middle, Outside};
    let rects = named(
        &svg_of(&[shape(Inside), shape(Middle), shape(Outside)]),
        "rect",
    );
    let sizes: Vec<_> = rects[1..]
        .iter()
        .map(|r| [&r["x"], &r["width"], &r["rx"]])
        .collect();
    assert_eq!(
        sizes,
        [["11", "18", "3"], ["10", "20", "4"], ["9", "22", "5"]]
    );
}

#[test]
fn a_texture_is_embedded_once_and_stays_sharp() {
    let image = ColorImage::new([2, 1], vec![RED, Color32::from_rgb(0, 200, 100)]);
    let mut texture = None;
    let xml = svg(|ui| {
        let texture = texture.get_or_insert_with(|| {
            ui.ctx()
                .load_texture("image", image.clone(), TextureOptions::NEAREST)
        });
        let rect = Rect::from_min_size(pos2(20.0, 10.0), vec2(40.0, 30.0));
        let mirrored = Rect::from_min_max(pos2(1.0, 0.0), pos2(0.0, 1.0));
        ui.painter()
            .image(texture.id(), rect, mirrored, Color32::WHITE);
    });
    let images = named(&xml, "image");
    assert_eq!(images.len(), 1);
    assert_eq!(
        [&images[0]["x"], &images[0]["width"], &images[0]["height"]],
        ["20", "40", "30"]
    );
    assert_eq!(images[0]["style"], "image-rendering:pixelated");
    // 20 × 30 points a texel, two pixels a point.
    let row = [[0, 200, 100, 255].repeat(40), [255, 0, 0, 255].repeat(40)].concat();
    assert_eq!(pixels(&images[0]), row.repeat(60));
}

#[test]
fn a_part_of_a_texture_is_placed_where_its_texels_go() {
    let texels = [10, 20, 30, 40].map(Color32::from_gray);
    let mut texture = None;
    let xml = svg(|ui| {
        let texture = texture.get_or_insert_with(|| {
            let image = ColorImage::new([4, 1], texels.to_vec());
            ui.ctx()
                .load_texture("image", image, TextureOptions::NEAREST)
        });
        // Half of the second texel and the third, 20 points a texel.
        let rect = Rect::from_min_size(pos2(50.0, 0.0), vec2(30.0, 10.0));
        let uv = Rect::from_min_max(pos2(0.375, 0.0), pos2(0.75, 1.0));
        ui.painter().image(texture.id(), rect, uv, Color32::WHITE);
    });
    let images = named(&xml, "image");
    assert_eq!([&images[0]["x"], &images[0]["width"]], ["40", "40"]);
    let row = [[20, 20, 20, 255].repeat(40), [30, 30, 30, 255].repeat(40)].concat();
    assert_eq!(pixels(&images[0]), row.repeat(20));
    let clip = &named(&xml, "clipPath");
    assert_eq!(clip.len(), 1);
}

#[test]
fn a_scatter_mesh_becomes_paths_and_a_gradient_an_image() {
    let mut squares = Mesh::default();
    for k in 0..3_u8 {
        let corner = pos2(20.0 * f32::from(k), 10.0);
        squares.add_colored_rect(Rect::from_min_size(corner, vec2(3.0, 3.0)), RED);
    }
    let mut gradient = Mesh::default();
    gradient.colored_vertex(pos2(10.0, 50.0), RED);
    gradient.colored_vertex(pos2(40.0, 50.0), Color32::BLUE);
    gradient.colored_vertex(pos2(10.0, 80.0), Color32::BLUE);
    gradient.add_triangle(0, 1, 2);
    let xml = svg_of(&[squares.into(), gradient.into()]);
    let paths = named(&xml, "path");
    assert_eq!(paths.len(), 1);
    assert_eq!(paths[0]["d"].matches('z').count(), 3);
    assert_eq!(named(&xml, "image").len(), 1);
}

#[test]
fn values_that_are_not_finite_leave_a_valid_document() {
    let bad = [f32::NAN, f32::INFINITY, -1e30, 5.0];
    let mut shapes = Vec::new();
    for a in bad {
        for b in bad {
            shapes.push(Shape::circle_filled(pos2(a, b), 3.0, RED));
            shapes.push(Shape::line(
                vec![pos2(1.0, 1.0), pos2(a, b), pos2(9.0, 2.0)],
                (1.0, RED),
            ));
            shapes.push(Shape::rect_filled(
                Rect::from_two_pos(pos2(a, 0.0), pos2(3.0, b)),
                2.0,
                RED,
            ));
        }
    }
    let xml = svg_of(&shapes);
    elements(&xml);
    assert!(!xml.contains("NaN") && !xml.contains("inf"), "{xml}");
}

#[test]
fn provenance_is_in_the_metadata() {
    let entries = [
        ("widescope-preset", "(η: 0.1,\r\n\t\"a\" < 'b')"),
        ("seed", "7\u{1}"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()));
    let xml = picture(&PictureOptions::new(9.0, 9.0), |_| {}, |_| {})
        .unwrap()
        .to_svg(&entries);
    let keys = named(&xml, "entry")
        .into_iter()
        .map(|mut entry| entry.remove("key").unwrap());
    let read: Vec<(String, String)> = keys.zip(contents(&xml, "entry")).collect();
    let expected = [
        entries[0].clone(),
        ("seed".to_owned(), "7\u{fffd}".to_owned()),
    ];
    assert_eq!(read, expected);
}

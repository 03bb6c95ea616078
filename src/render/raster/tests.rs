//! Laws of the rasteriser.

use std::sync::Arc;

use egui::epaint::{ClippedPrimitive, ColorImage, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, Pos2, Rect, TextureId, TextureOptions, TexturesDelta, pos2};
use proptest::prelude::*;

use super::{Target, rasterize};
use crate::render::{Bitmap, Textures};

const IMAGE: TextureId = TextureId::Managed(1);
const BACKGROUND: Color32 = Color32::BLACK;
const WIDE: Rect = Rect::EVERYTHING;

/// A white texture for plain meshes and `image`, read with `options`, for [`IMAGE`].
fn textures(image: ColorImage, options: TextureOptions) -> Textures {
    let mut delta = TexturesDelta::default();
    let white = ColorImage::filled([1, 1], Color32::WHITE);
    delta.push(
        TextureId::default(),
        ImageDelta::full(white, TextureOptions::LINEAR),
    );
    delta.push(IMAGE, ImageDelta::full(image, options));
    let mut textures = Textures::default();
    textures.apply(&mut delta);
    textures
}

fn plain_textures() -> Textures {
    textures(
        ColorImage::filled([1, 1], Color32::WHITE),
        TextureOptions::LINEAR,
    )
}

fn paint(size: [u32; 2], clip_rect: Rect, mesh: Mesh, textures: &Textures) -> Bitmap {
    let target = Target {
        size_in_pixels: size,
        pixels_per_point: 1.0,
        background: BACKGROUND,
    };
    let primitives = [ClippedPrimitive {
        clip_rect,
        primitive: Primitive::Mesh(mesh),
    }];
    rasterize(&target, &primitives, textures)
}

fn triangles(corners: &[[Pos2; 3]], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for &triangle in corners {
        let first = mesh.vertices.len() as u32;
        mesh.vertices
            .extend(triangle.map(|corner| Vertex::untextured(corner, color)));
        mesh.indices.extend([first, first + 1, first + 2]);
    }
    mesh
}

fn rect(min: Pos2, max: Pos2) -> Rect {
    Rect::from_min_max(min, max)
}

fn reds(bitmap: &Bitmap) -> Vec<u8> {
    bitmap
        .rgba
        .as_chunks::<4>()
        .0
        .iter()
        .map(|pixel| pixel[0])
        .collect()
}

#[test]
fn a_rectangle_covers_its_pixels_and_no_others() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(
        rect(pos2(2.0, 1.0), pos2(5.0, 3.0)),
        Color32::from_rgb(10, 20, 30),
    );
    let bitmap = paint([7, 4], WIDE, mesh, &plain_textures());
    for y in 0..4 {
        for x in 0..7 {
            let inside = (2..5).contains(&x) && (1..3).contains(&y);
            let expected = if inside {
                [10, 20, 30, 255]
            } else {
                [0, 0, 0, 255]
            };
            assert_eq!(bitmap.pixel(x, y), Some(expected), "({x}, {y})");
        }
    }
}

#[test]
fn pixels_whose_centres_lie_on_an_edge_belong_to_the_left_and_upper_side() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect(pos2(0.5, 0.5), pos2(2.5, 2.5)), Color32::WHITE);
    let bitmap = paint([3, 3], WIDE, mesh, &plain_textures());
    assert_eq!(reds(&bitmap), [255, 255, 0, 255, 255, 0, 0, 0, 0]);
}

#[test]
fn a_fan_of_translucent_triangles_paints_each_pixel_once() {
    let hub = pos2(8.5, 7.5);
    let rim: Vec<Pos2> = [
        (0.0, 0.0),
        (8.5, 0.0),
        (16.0, 0.0),
        (16.0, 16.0),
        (3.5, 16.0),
        (0.0, 16.0),
    ]
    .map(|(x, y)| pos2(x, y))
    .to_vec();
    let fan: Vec<[Pos2; 3]> = (0..rim.len())
        .map(|k| [hub, rim[k], rim[(k + 1) % rim.len()]])
        .collect();
    let once = Color32::from_rgba_premultiplied(100, 0, 0, 100);
    let bitmap = paint([16, 16], WIDE, triangles(&fan, once), &plain_textures());
    assert_eq!(reds(&bitmap), vec![100; 256]);
}

#[test]
fn blends_as_premultiplied_colours_in_gamma_space() {
    let half_white = Color32::from_rgba_premultiplied(128, 128, 128, 128);
    let mut mesh = Mesh::default();
    for _ in 0..2 {
        mesh.add_colored_rect(rect(pos2(0.0, 0.0), pos2(1.0, 1.0)), half_white);
    }
    let bitmap = paint([1, 1], WIDE, mesh, &plain_textures());
    // 128 + 128 · (255 − 128)/255 = 191.7
    assert_eq!(bitmap.pixel(0, 0), Some([192, 192, 192, 255]));
}

#[test]
fn vertex_colours_vary_linearly() {
    let mut mesh = triangles(
        &[
            [pos2(0.0, 0.0), pos2(255.0, 0.0), pos2(0.0, 1.0)],
            [pos2(255.0, 0.0), pos2(255.0, 1.0), pos2(0.0, 1.0)],
        ],
        Color32::BLACK,
    );
    for vertex in &mut mesh.vertices {
        vertex.color = Color32::from_gray(vertex.pos.x as u8);
    }
    let bitmap = paint([255, 1], WIDE, mesh, &plain_textures());
    for (x, red) in reds(&bitmap).into_iter().enumerate() {
        assert!(
            (f32::from(red) - (x as f32 + 0.5)).abs() <= 0.51,
            "{red} in column {x}"
        );
    }
}

/// A 2×1 texture, black and white, stretched over four pixels.
fn stretched(options: TextureOptions, left: f32, right: f32) -> Vec<u8> {
    let image = ColorImage::new([2, 1], vec![Color32::BLACK, Color32::WHITE]);
    let mut mesh = Mesh::with_texture(IMAGE);
    let uv = rect(pos2(left, 0.0), pos2(right, 1.0));
    mesh.add_rect_with_uv(rect(pos2(0.0, 0.0), pos2(4.0, 1.0)), uv, Color32::WHITE);
    reds(&paint([4, 1], WIDE, mesh, &textures(image, options)))
}

#[test]
fn samples_nearest_and_linear() {
    assert_eq!(
        stretched(TextureOptions::NEAREST, 0.0, 1.0),
        [0, 0, 255, 255]
    );
    // Texel centres at 0.5 and 1.5: pixels read at 0.25, 0.75, 1.25 and 1.75.
    assert_eq!(
        stretched(TextureOptions::LINEAR, 0.0, 1.0),
        [0, 64, 191, 255]
    );
    assert_eq!(
        stretched(TextureOptions::NEAREST, 1.0, 0.0),
        [255, 255, 0, 0]
    );
}

#[test]
fn wraps_beyond_the_texture() {
    assert_eq!(
        stretched(TextureOptions::NEAREST, 0.0, 2.0),
        [0, 255, 255, 255]
    );
    assert_eq!(
        stretched(TextureOptions::NEAREST_REPEAT, 0.0, 2.0),
        [0, 255, 0, 255]
    );
    assert_eq!(
        stretched(TextureOptions::NEAREST_MIRRORED_REPEAT, 0.0, 2.0),
        [0, 255, 255, 0]
    );
}

#[test]
fn tints_textures_with_the_vertex_colour() {
    let image = ColorImage::filled([1, 2], Color32::from_rgb(200, 100, 50));
    let mut mesh = Mesh::with_texture(IMAGE);
    let unit = rect(pos2(0.0, 0.0), pos2(1.0, 1.0));
    mesh.add_rect_with_uv(unit, unit, Color32::from_rgb(51, 255, 0));
    let bitmap = paint([1, 1], WIDE, mesh, &textures(image, TextureOptions::LINEAR));
    assert_eq!(bitmap.pixel(0, 0), Some([40, 100, 0, 255]));
}

#[test]
fn positions_that_are_not_finite_or_far_away_do_no_harm() {
    let values = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::MAX,
        -3e8,
        0.0,
        5.0,
    ];
    let mut corners = Vec::new();
    for &x in &values {
        for &y in &values {
            corners.push([pos2(x, y), pos2(y, 3.0), pos2(4.0, x)]);
        }
    }
    let mut mesh = triangles(&corners, Color32::from_rgba_premultiplied(20, 20, 20, 20));
    mesh.indices.extend([0, 1, u32::MAX, 9_999, 2]);
    let nowhere = Rect::from_min_max(pos2(f32::NAN, f32::NAN), pos2(f32::NAN, f32::NAN));
    paint([8, 8], WIDE, mesh.clone(), &plain_textures());
    let untouched = paint([8, 8], nowhere, mesh, &plain_textures());
    assert_eq!(reds(&untouched), vec![0; 64]);
}

#[test]
fn a_triangle_far_larger_than_the_picture_covers_it() {
    let corners = [[pos2(-1e6, -1e6), pos2(1e6, -1e6), pos2(0.0, 1e6)]];
    let bitmap = paint(
        [9, 9],
        WIDE,
        triangles(&corners, Color32::WHITE),
        &plain_textures(),
    );
    assert_eq!(reds(&bitmap), vec![255; 81]);
}

#[test]
fn meshes_without_a_texture_are_left_out() {
    let mut mesh = Mesh::with_texture(TextureId::User(3));
    let unit = rect(pos2(0.0, 0.0), pos2(1.0, 1.0));
    mesh.add_rect_with_uv(unit, unit, Color32::WHITE);
    assert_eq!(reds(&paint([1, 1], WIDE, mesh, &plain_textures())), [0]);
}

fn any_mesh() -> impl Strategy<Value = Mesh> {
    let coordinate = || prop_oneof![8 => -20.0..80.0_f32, 1 => any::<f32>()];
    let vertex = (
        coordinate(),
        coordinate(),
        coordinate(),
        coordinate(),
        any::<[u8; 4]>(),
    );
    let vertices = prop::collection::vec(vertex, 3..20);
    let indices = prop::collection::vec(0..21_u32, 3..60);
    (vertices, indices, any::<bool>()).prop_map(|(vertices, indices, textured)| Mesh {
        texture_id: if textured {
            IMAGE
        } else {
            TextureId::default()
        },
        indices,
        vertices: vertices
            .into_iter()
            .map(|(x, y, u, v, [r, g, b, a])| Vertex {
                pos: pos2(x, y),
                uv: pos2(u / 20.0, v / 20.0),
                color: Color32::from_rgba_premultiplied(r, g, b, a),
            })
            .collect(),
    })
}

fn checkerboard() -> ColorImage {
    let color = |k: usize| {
        if k.is_multiple_of(2) {
            Color32::RED
        } else {
            Color32::TRANSPARENT
        }
    };
    ColorImage::new([5, 3], (0..15).map(color).collect())
}

proptest! {
    #[test]
    fn random_meshes_stay_inside_the_clip_and_do_not_depend_on_threads(
        mesh in any_mesh(),
        left in 0..60_i32, top in 0..70_i32, width in 0..30_i32, height in 0..30_i32,
    ) {
        let options = TextureOptions::LINEAR_MIRRORED_REPEAT;
        let textures = Arc::new(textures(checkerboard(), options));
        let clip = rect(
            pos2(left as f32, top as f32),
            pos2((left + width) as f32, (top + height) as f32),
        );
        let bitmap = paint([61, 75], clip, mesh.clone(), &textures);
        for y in 0..75_i32 {
            for x in 0..61_i32 {
                let inside = (left..left + width).contains(&x) && (top..top + height).contains(&y);
                let pixel = bitmap.pixel(x as u32, y as u32);
                prop_assert!(inside || pixel == Some([0, 0, 0, 255]), "({x}, {y}): {pixel:?}");
            }
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let alone = pool.install(|| paint([61, 75], clip, mesh, &textures));
        prop_assert!(alone == bitmap);
    }
}

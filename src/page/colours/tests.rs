//! Whether text is read, and arms are told apart, by everyone.

use super::contrast::{contrast, linear};
use super::palette::KINDS;
use super::*;

fn themes() -> [Colours; 2] {
    [Colours::light(), Colours::dark()]
}

/// A theme whose arms are this many ordered values.
fn ordered(theme: Colours, count: usize) -> Colours {
    let look = |rank: usize| ArmLook {
        hue: Hue::Ordered(rank as f32 / (count - 1) as f32),
        dash: rank,
    };
    theme.with_looks((0..count).map(look).collect())
}

#[test]
fn the_contrast_of_white_and_black_is_21_and_of_mid_grey_as_tabled() {
    assert!((contrast(Rgb::WHITE, Rgb::BLACK) - 21.0).abs() < 1e-9);
    let grey = contrast(Rgb(0x76, 0x76, 0x76), Rgb::WHITE);
    assert!((grey - 4.54).abs() < 0.005, "{grey}");
}

#[test]
fn every_text_stands_out_from_what_is_behind_it_by_4_5() {
    for theme in themes() {
        let nine = ordered(theme.clone(), 9);
        let behind = [theme.panel, theme.background];
        let arms = (0..KINDS).map(|k| theme.arm_text(k));
        let arms = arms.chain((0..9).map(|k| nine.arm_text(k)));
        let named = [
            theme.text,
            theme.weak_text,
            theme.accent,
            theme.error,
            theme.warning,
        ];
        for color in named.into_iter().chain(arms) {
            for behind in behind {
                let ratio = contrast(color, behind);
                assert!(ratio >= 4.5, "{color:?} on {behind:?}: {ratio:.2}");
            }
        }
        assert!(contrast(theme.text, theme.raised()) >= 4.5);
    }
}

#[test]
fn every_mark_of_an_arm_or_a_sign_stands_out_by_3() {
    for theme in themes() {
        let nine = ordered(theme.clone(), 9);
        let arms = (0..KINDS).map(|k| theme.arm(k));
        let marks = arms.chain((0..9).map(|k| nine.arm(k)));
        for color in marks.chain([true, false].map(|sign| theme.sign(sign))) {
            for behind in [theme.panel, theme.background] {
                let ratio = contrast(color, behind);
                assert!(ratio >= 3.0, "{color:?} on {behind:?}: {ratio:.2}");
            }
        }
    }
}

type Matrix = [[f64; 3]; 3];

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

/// What is seen in linear red, green and blue: by trichromats, and with one kind of cones missing, by
/// the matrices of Machado, Oliveira and Fernandes 2009 at severity 1.
const SIGHTS: [(&str, Matrix); 4] = [
    (
        "all cones",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

/// OKLab of linear red, green and blue (Ottosson 2020).
fn oklab(rgb: [f64; 3]) -> [f64; 3] {
    const CONES: Matrix = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ];
    const LAB: Matrix = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    times(&LAB, times(&CONES, rgb).map(f64::cbrt))
}

/// Distance of two colours in OKLab to a kind of sight; that of black and white is 1.
fn distance(a: Rgb, b: Rgb, sight: &Matrix) -> f64 {
    let seen = |color| oklab(times(sight, linear(color)).map(|v: f64| v.clamp(0.0, 1.0)));
    let (a, b) = (seen(a), seen(b));
    let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

/// The least distance of any two colours.
fn least(colors: &[Rgb], sight: &Matrix) -> f64 {
    let pairs = colors.iter().enumerate();
    let pairs = pairs.flat_map(|(i, a)| colors.iter().skip(i + 1).map(move |b| (*a, *b)));
    let distances = pairs.map(|(a, b)| distance(a, b, sight));
    distances.fold(f64::INFINITY, f64::min)
}

#[test]
fn seven_kinds_and_the_ghosts_are_told_apart_with_any_cone_missing() {
    // 0.02 is about what is just seen of two fields side by side; dots and thin lines need several times
    // as much. Beyond three kinds the hues of all dichromats fall together, and lightness alone is left
    // to tell them apart: 0.08 for seven, where the first three have 0.12. Dashes tell them apart beside.
    for theme in themes() {
        for (name, sight) in &SIGHTS {
            let kinds: Vec<Rgb> = (0..KINDS).map(|k| theme.arm(k)).collect();
            let [three, seven] = [&kinds[..3], &kinds].map(|kinds| least(kinds, sight));
            let ghost = theme.ink(Ink::Ghost);
            let ghosts = kinds.iter().map(|kind| distance(*kind, ghost, sight));
            let ghost = ghosts.fold(f64::INFINITY, f64::min);
            let told = format!(
                "{name}, dark {}: {three:.3} {seven:.3} {ghost:.3}",
                theme.dark
            );
            assert!(three >= 0.12 && seven >= 0.08 && ghost >= 0.08, "{told}");
        }
    }
}

#[test]
fn ordered_values_grow_lighter_and_neighbours_of_nine_are_told_apart() {
    for theme in themes() {
        let theme = ordered(theme, 9);
        let arms: Vec<Rgb> = (0..9).map(|k| theme.arm(k)).collect();
        for (name, sight) in &SIGHTS {
            let light = |color: &Rgb| {
                oklab(times(sight, linear(*color)).map(|v: f64| v.clamp(0.0, 1.0)))[0]
            };
            assert!(arms.is_sorted_by(|a, b| light(a) < light(b)), "{name}");
            let least = least(&arms, sight);
            assert!(least >= 0.035, "{name}, dark {}: {least:.3}", theme.dark);
        }
    }
}

#[test]
fn the_run_before_is_grey_and_seen() {
    for theme in [Colours::dark(), Colours::light()] {
        let own = theme.arm(3);
        let theme = theme.with_before(3..5);
        let color = theme.arm(3);
        assert!(color != own && color == theme.arm(4) && color != theme.arm(2));
        let [r, g, b] = color.parts();
        assert!(
            r.abs_diff(g).max(g.abs_diff(b)).max(r.abs_diff(b)) < 32,
            "{color:?}"
        );
        let on_panel = contrast(color, theme.panel);
        assert!(on_panel >= 3.0, "{on_panel}");
    }
}

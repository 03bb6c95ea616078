use ndarray::s;

use super::*;

const PLACES: [Place; 5] = [
    Place::Moons,
    Place::Circles,
    Place::Spirals,
    Place::Xor { d: 2 },
    Place::Xor { d: 7 },
];

fn law(place: Place, noise: f64, n: usize, n_test: usize) -> Planar {
    Planar {
        place,
        noise,
        n,
        n_test,
    }
}

fn data(place: Place, noise: f64, n: usize, n_test: usize) -> Dataset {
    generate(&law(place, noise, n, n_test), 5).unwrap()
}

/// Points without noise with their labels.
fn points(place: Place) -> Vec<([f64; 2], f64)> {
    let data = data(place, 0.0, 4000, 0);
    let rows = data.x.outer_iter().zip(data.y.iter());
    rows.map(|(x, y)| ([x[0], x[1]], *y)).collect()
}

#[test]
fn sets_have_the_sizes_asked_for_and_as_many_points_of_each_label() {
    for place in PLACES {
        let data = data(place, 0.1, 101, 50);
        let d = place.dimension();
        assert_eq!((data.x.dim(), data.y.dim()), ((101, d), (101, 1)));
        assert_eq!((data.x_test.dim(), data.y_test.dim()), ((50, d), (50, 1)));
        assert_eq!(data.labels, LabelKind::Signed);
        assert_eq!((data.y.sum(), data.y_test.sum()), (1.0, 0.0));
        assert!(data.y.iter().all(|y| y.abs() == 1.0));
    }
}

#[test]
fn moons_are_two_half_circles_around_their_middles() {
    for ([x, y], label) in points(Place::Moons) {
        let (along, across) = (label * x + 0.5, label * y + 0.25);
        assert!((along.hypot(across) - 1.0).abs() < 1e-12 && across >= 0.0);
    }
}

#[test]
fn circles_have_the_radii_one_half_and_one_and_no_direction() {
    let points = points(Place::Circles);
    for ([x, y], label) in &points {
        let radius = if *label > 0.0 { 0.5 } else { 1.0 };
        assert!((x.hypot(*y) - radius).abs() < 1e-12);
    }
    let n = points.len() as f64;
    // The mean of r²/2 is (¼ + 1)/4; five deviations of the mean of one coordinate.
    let bound = 5.0 * (0.3125 / n).sqrt();
    for axis in 0..2 {
        let mean = points.iter().map(|(x, _)| x[axis]).sum::<f64>() / n;
        assert!(mean.abs() < bound, "{mean}");
    }
}

#[test]
fn spirals_wind_one_and_a_half_times_and_are_each_other_turned_by_half_a_turn() {
    let points = points(Place::Spirals);
    for ([x, y], label) in &points {
        let radius = x.hypot(*y);
        let (sin, cos) = (WINDING * radius).sin_cos();
        assert!((x - label * radius * cos).abs() < 1e-12);
        assert!((y - label * radius * sin).abs() < 1e-12 && radius <= 1.0);
    }
    // r² is uniform: its mean is ½ with variance 1/12.
    let mean = points.iter().map(|([x, y], _)| x * x + y * y).sum::<f64>() / points.len() as f64;
    assert!((mean - 0.5).abs() < 5.0 * (1.0 / 12.0 / points.len() as f64).sqrt());
}

#[test]
fn the_label_of_an_exclusive_or_is_whether_the_first_two_signs_differ_and_no_other_sign_tells_it() {
    let data = data(Place::Xor { d: 5 }, 0.0, 8000, 0);
    assert!(data.x.iter().all(|s| s.abs() == 1.0));
    let product = &data.x.column(0) * &data.x.column(1);
    assert!(product.iter().zip(&data.y).all(|(p, y)| *p == -y));
    let five = 5.0 * (8000.0_f64).sqrt();
    for column in 0..5 {
        let s = data.x.column(column);
        assert!(s.sum().abs() < five, "{column}");
        assert!(s.dot(&data.y.column(0)).abs() < five, "{column}");
    }
}

#[test]
fn noise_is_added_to_places_that_it_leaves_as_they_are() {
    for place in PLACES {
        let (clean, noisy) = (data(place, 0.0, 4000, 10), data(place, 0.2, 4000, 10));
        let noise = (&noisy.x - &clean.x) / 0.2;
        let count = noise.len() as f64;
        let mean = noise.sum() / count;
        let variance = noise.mapv(|z| z * z).sum() / count;
        assert!(mean.abs() < 5.0 / count.sqrt(), "{place:?}: {mean}");
        assert!(
            (variance - 1.0).abs() < 5.0 * (2.0 / count).sqrt(),
            "{place:?}: {variance}"
        );
        assert_eq!(clean.y, noisy.y);
        assert_ne!(clean.x_test, noisy.x_test);
    }
}

#[test]
fn a_seed_gives_one_set_whose_beginning_is_a_smaller_one_and_another_seed_another() {
    for place in PLACES {
        let (small, large) = (data(place, 0.1, 20, 30), data(place, 0.1, 50, 7));
        assert_eq!(small.x, large.x.slice(s![..20, ..]));
        assert_eq!(small.x_test.slice(s![..7, ..]), large.x_test);
        assert_ne!(small.x.slice(s![..7, ..]), large.x_test);
        let other = generate(&law(place, 0.1, 20, 30), 6).unwrap();
        assert_ne!(small.x, other.x);
    }
}

#[test]
fn what_is_out_of_range_is_refused_by_field_and_value() {
    let text = |law: Planar| generate(&law, 1).unwrap_err().to_string();
    let moons = |noise, n| law(Place::Moons, noise, n, 0);
    assert_eq!(text(moons(0.1, 0)), "data.n = 0: at least 1");
    assert_eq!(
        text(moons(-0.5, 3)),
        "data.noise = -0.5: a finite number, at least 0"
    );
    assert!(text(moons(f64::NAN, 3)).starts_with("data.noise = NaN"));
    let narrow = law(Place::Xor { d: 1 }, 0.1, 3, 0);
    assert_eq!(text(narrow), "data.d = 1: at least 2");
    assert!(text(moons(0.1, 1 << 40)).starts_with("data.n = "));
}

use ndarray::s;

use super::*;

fn choice(classes: &[u8], n: usize, n_test: usize) -> Choice<'_> {
    Choice {
        classes,
        n,
        n_test,
        targets: Targets::Signed,
        pixels: Pixels::UnitInterval,
    }
}

fn one_hot(classes: &[u8], n: usize) -> Choice<'_> {
    Choice {
        targets: Targets::OneHot,
        ..choice(classes, n, 0)
    }
}

fn error(choice: &Choice) -> String {
    load(choice, 1).unwrap_err().to_string()
}

#[test]
fn signed_targets_are_balanced_and_belong_to_their_images() {
    let data = load(&choice(&[3, 8], 101, 40), 1).unwrap();
    assert_eq!(data.labels, LabelKind::Signed);
    assert_eq!(data.x.dim(), (101, 784));
    assert_eq!(data.y.iter().filter(|&&y| y == 1.0).count(), 51);
    assert_eq!(data.y.iter().filter(|&&y| y == -1.0).count(), 50);
    assert_eq!(data.y_test.sum(), 0.0);
    // Every row is an image of the training set that carries the digit its target stands for.
    let digits = digits::train().unwrap();
    for (x, y) in data.x.rows().into_iter().zip(data.y.iter()) {
        let bytes: Vec<u8> = x.iter().map(|x| (x * 255.0).round() as u8).collect();
        let digit = if *y == 1.0 { 3 } else { 8 };
        let found =
            (0..digits.labels.len()).any(|i| digits.labels[i] == digit && digits.image(i) == bytes);
        assert!(found);
    }
}

#[test]
fn one_hot_targets_mark_the_class_in_the_order_given() {
    let classes = [7, 1, 4];
    let data = load(&one_hot(&classes, 30), 1).unwrap();
    assert_eq!(data.labels, LabelKind::OneHot);
    assert_eq!(data.y.dim(), (30, 3));
    for (row, y) in data.y.rows().into_iter().enumerate() {
        let expected: Vec<f64> = (0..3)
            .map(|class| f64::from(u8::from(class == row % 3)))
            .collect();
        assert_eq!(y.to_vec(), expected);
    }
    let first = data.x.row(0).mapv(|x| (x * 255.0).round() as u8).to_vec();
    let digits = digits::train().unwrap();
    let index = (0..digits.labels.len())
        .find(|&i| digits.image(i) == first)
        .unwrap();
    assert_eq!(digits.labels[index], 7);
}

#[test]
fn a_smaller_set_is_the_start_of_a_larger_one_and_seeds_differ() {
    let large = load(&choice(&[0, 1], 60, 40), 9).unwrap();
    let small = load(&choice(&[0, 1], 25, 0), 9).unwrap();
    assert_eq!(small.x, large.x.slice(s![..25, ..]));
    assert_eq!(small.y, large.y.slice(s![..25, ..]));
    let other = load(&choice(&[0, 1], 60, 40), 10).unwrap();
    assert_ne!(other.x, large.x);
    assert_ne!(other.x_test, large.x_test);
}

#[test]
fn pixels_are_normalized_as_stated() {
    let with = |pixels| {
        let choice = Choice {
            pixels,
            ..choice(&[0, 1], 20, 0)
        };
        load(&choice, 1).unwrap().x
    };
    let unit = with(Pixels::UnitInterval);
    assert!(unit.iter().all(|x| (0.0..=1.0).contains(x)));
    assert!(unit.iter().any(|&x| x > 0.95));
    let standardized = with(Pixels::Standardized);
    let back = &standardized * 0.3081 + 0.1307;
    assert!((&back - &unit).iter().all(|x| x.abs() < 1e-14));
    for (pixels, length) in [(Pixels::Sphere, 1.0), (Pixels::SphereSqrtD, 28.0)] {
        let scaled = with(pixels);
        for (x, plain) in scaled.rows().into_iter().zip(unit.rows()) {
            assert!((x.dot(&x).sqrt() - length).abs() < 1e-12 * length);
            // Same direction: Cauchy–Schwarz holds with equality.
            let cosine = x.dot(&plain) / (length * plain.dot(&plain).sqrt());
            assert!((cosine - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn all_images_can_be_asked_for_and_not_one_more() {
    let all: Vec<u8> = (0..10).collect();
    let train = digits::train().unwrap();
    let every = pick(
        &one_hot(&all, 60_000),
        train,
        ("data.n", 60_000),
        1,
        Stream::TrainSubset,
    );
    let distinct: BTreeSet<_> = every.unwrap().iter().map(|pick| pick.point).collect();
    assert_eq!(distinct.len(), 60_000);
    assert_eq!(
        error(&one_hot(&all, 60_001)),
        "data.n = 60001: at most 60000, all images of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
    );
    assert_eq!(
        error(&choice(&[0, 1], 12_666, 0)),
        "data.n = 12666: at most 12665, all images of 0, 1"
    );
    assert_eq!(
        error(&choice(&[0, 1], 10, usize::MAX)),
        format!(
            "data.n_test = {}: at most 2115, all images of 0, 1",
            usize::MAX
        )
    );
}

#[test]
fn wrong_fields_are_named_with_what_is_allowed() {
    for classes in [&[][..], &[3], &[3, 3], &[3, 10]] {
        assert_eq!(
            error(&choice(classes, 10, 0)),
            format!("data.classes = {classes:?}: two to ten different digits from 0 to 9")
        );
    }
    assert_eq!(
        error(&choice(&[1, 2, 3], 10, 0)),
        "data.targets = Signed: needs two classes, data.classes has 3; OneHot takes any number"
    );
    assert_eq!(error(&choice(&[0, 1], 0, 0)), "data.n = 0: at least 1");
}

#[test]
fn the_description_counts_the_images_kept() {
    let data = load(&choice(&[0, 1], 5, 2), 1).unwrap();
    assert_eq!(
        data.description,
        "MNIST (LeCun, Cortes, Burges), digits 0, 1; n = 5 (3, 2), 2 test images (1, 1); \
         y = +1 for the first digit, −1 for the second; pixels divided by 255"
    );
}

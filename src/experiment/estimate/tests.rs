use super::*;
use crate::preset::{Experiment, library, parse, set};
use crate::spec::{Lasts, Preset};

const GIB: u64 = 1 << 30;

fn experiment(text: &str) -> Experiment {
    Experiment::check(parse(text).expect(text), "test", ".".into()).expect(text)
}

fn with(name: &str, sets: &[(&str, &str)]) -> Experiment {
    let sets: Vec<_> = sets
        .iter()
        .map(|(p, v)| ((*p).to_owned(), (*v).to_owned()))
        .collect();
    library::load_with(name, &sets).expect(name)
}

#[test]
fn every_shipped_preset_fits_a_small_laptop_and_those_of_paper_size_a_large_one() {
    for name in library::names() {
        let experiment = with(name, &[]);
        let estimate = Estimate::of(&experiment).unwrap().keeping_everything();
        let free = match experiment.preset.lasts {
            Lasts::Seconds => 4 * GIB,
            Lasts::Minutes | Lasts::Hours => 20 * GIB,
        };
        estimate
            .refuse_if_too_big(free)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(estimate.bytes > 0 && estimate.flops_per_step > 0.0);
    }
}

#[test]
fn the_widest_slider_position_fits_24_gib() {
    for width in ["1024", "8192", "65536"] {
        let sets = [("network.width", width), ("data.n", "100")];
        let wide = with(library::DEFAULT, &sets);
        Estimate::of(&wide)
            .unwrap()
            .keeping_everything()
            .refuse_if_too_big(24 * GIB)
            .unwrap();
    }
}

#[test]
fn what_is_refused_names_the_largest_width_that_fits() {
    let wide = with(library::DEFAULT, &[("network.width", "16000000")]);
    let error = Estimate::of(&wide)
        .unwrap()
        .refuse_if_too_big(4 * GIB)
        .unwrap_err();
    let PresetError::TooBig {
        field,
        value,
        remedy,
        ..
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!((*field, value.as_str()), ("network.width", "16000000"));
    let width: usize = remedy.rsplit(' ').next().unwrap().parse().unwrap();
    let fits = |width: usize| {
        let narrower = with(library::DEFAULT, &[("network.width", &width.to_string())]);
        Estimate::of(&narrower).unwrap().refuse_if_too_big(4 * GIB)
    };
    fits(width).unwrap();
    assert!(fits(width + 1).is_err());
}

#[test]
fn where_no_width_fits_the_points_are_named() {
    let many = experiment("(data: SignedPairs(d: 1000000, n: 1000000, n_test: 1))");
    let error = Estimate::of(&many)
        .unwrap()
        .refuse_if_too_big(24 * GIB)
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("data.n: 1000000 is not allowed"),
        "{error}"
    );
}

#[test]
fn the_largest_dimensions_saturate() {
    let sets = [
        (
            "data",
            "SignedPairs(d: 1048576, n: 1048576, n_test: 1048576)",
        ),
        (
            "network",
            "(width: 16777216, embedding: RandomFeatures(width: SameAsNetwork))",
        ),
        ("precision", "F64"),
    ];
    let preset = sets.iter().fold(Preset::default(), |p, (path, value)| {
        set(&p, path, value).unwrap()
    });
    let largest = Experiment::check(preset, "largest", ".".into()).unwrap();
    let estimate = Estimate::of(&largest).unwrap().keeping_everything();
    assert!(estimate.bytes > 1 << 50);
    assert!(estimate.refuse_if_too_big(u64::MAX / 4096).is_err());
}

#[test]
fn arms_add_up_and_shared_data_count_once() {
    let one = Estimate::of(&experiment("(scaling: Ours)")).unwrap();
    let text = "(axes: [(field: \"scaling\", values: [Ours, Ntk, MeanField])])";
    let three = Estimate::of(&experiment(text)).unwrap();
    assert_eq!(three.flops_per_step, 3.0 * one.flops_per_step);
    assert_eq!(three.data_bytes, one.data_bytes);
    assert_eq!(one.data_bytes, 8 * 700 * 51);
    let seeds = Estimate::of(&experiment("(axes: [(field: \"seed\", values: [1, 2])])")).unwrap();
    assert_eq!(seeds.data_bytes, 2 * one.data_bytes);
}

#[test]
fn the_window_keeps_records_within_its_budget() {
    let text =
        "(train: (stop: (steps: 1e9)), observe: (schedule: Every(1)))".replace("1e9", "1000000000");
    let long = Estimate::of(&experiment(&text)).unwrap();
    assert!(long.bytes < GIB);
    assert!(long.keeping_everything().bytes > 1000 * GIB);
}

#[test]
fn sizes_of_a_file_are_read_from_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x.csv"), "1,2,3\n4,5,6\n").unwrap();
    let preset = parse("(data: File(path: \"x.csv\"), observe: (observables: [Loss]))").unwrap();
    let experiment = Experiment::check(preset, "file", folder.path().to_owned()).unwrap();
    assert_eq!(Estimate::of(&experiment).unwrap().data_bytes, 8 * 2 * 3);
    std::fs::remove_file(folder.path().join("x.csv")).unwrap();
    let error = Estimate::of(&experiment).unwrap_err().to_string();
    assert!(error.contains("x.csv"), "{error}");
}

#[test]
fn bytes_are_said_in_mib_and_gib() {
    assert_eq!(
        [1, 5 << 20, 3 * GIB / 2, 300 * GIB].map(in_words),
        ["1 MiB", "5 MiB", "1.5 GiB", "300 GiB"]
    );
}

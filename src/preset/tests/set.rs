use super::assert_says;
use crate::preset::set::set_in_whole;
use crate::preset::{get, library, parse, set};
use crate::spec::*;
use crate::spec::{EmbeddingWidth, Preset};

fn set_on_default(path: &str, value: &str) -> Preset {
    set(&Preset::default(), path, value).unwrap_or_else(|e| panic!("{path}={value}: {e}"))
}

#[test]
fn paths_go_through_choices_and_lists() {
    assert_eq!(set_on_default("network.width", "4096").network.width, 4096);
    assert_eq!(
        set_on_default("train.method.step", "0.25")
            .train
            .method
            .step(),
        Some(0.25)
    );
    assert_eq!(
        set_on_default("train.stop.steps", "2000").train.stop.steps,
        2000
    );
    assert_eq!(
        set_on_default("data.n", "7").data.sizes().map(|s| s.n),
        Some(7)
    );
    assert_eq!(
        set_on_default("observe.schedule.per_decade", "3")
            .observe
            .schedule,
        Schedule::Log { per_decade: 3 }
    );
    assert_eq!(
        set_on_default("init.output.0", "2").init.output,
        OutputInit::Rademacher(2.0)
    );
    let sphere = set_on_default("data", "Sphere(d: 3, n: 4, labels: Normal(std: 1))");
    let sphere = set(&sphere, "data.labels.std", "2.5").unwrap();
    assert!(
        matches!(sphere.data, DataSpec::Sphere { labels: Labels::Normal { std }, .. } if std == 2.5)
    );
    let features = set_on_default("network.embedding", "RandomFeatures(width: SameAsNetwork)");
    let features = set(&features, "network.embedding.width", "Fixed(9)").unwrap();
    assert_eq!(
        features.network.embedding,
        EmbeddingSpec::RandomFeatures {
            width: EmbeddingWidth::Fixed(9)
        }
    );
    let shipped = parse(library::SHIPPED[0].text).unwrap();
    assert_eq!(
        set(&shipped, "axes.0.field", "seed").unwrap().axes[0].field,
        "seed"
    );
    assert_eq!(
        set(&shipped, "axes.0.values.1", "Standard").unwrap().axes[0].values[1].get_ron(),
        "Standard"
    );
    assert_eq!(
        set(&shipped, "notice.0", "Look here.").unwrap().notice[0],
        "Look here."
    );
}

#[test]
fn only_the_named_field_changes() {
    let shipped = parse(library::SHIPPED[0].text).unwrap();
    let mut expected = shipped.clone();
    expected.network.width = 2048;
    assert_eq!(set(&shipped, "network.width", "2048").unwrap(), expected);
}

#[test]
fn names_need_neither_capitals_nor_dashes() {
    for name in [
        "mean-field",
        "MeanField",
        "meanfield",
        "MEAN_FIELD",
        "mean field",
    ] {
        assert_eq!(
            set_on_default("scaling", name).scaling,
            Scaling::MeanField,
            "{name}"
        );
    }
    assert_eq!(set_on_default("scaling", "ntk").scaling, Scaling::Ntk);
    assert_eq!(set_on_default("precision", "f64").precision, Precision::F64);
    assert_eq!(
        set_on_default("network.activation", "tanh")
            .network
            .activation,
        crate::network::Activation::Tanh
    );
    assert_eq!(
        set_on_default("train.representation", "sample-space")
            .train
            .representation,
        Representation::SampleSpace
    );
    assert_eq!(
        set_on_default("network.activation", "leaky-relu")
            .network
            .activation,
        crate::network::Activation::LeakyRelu
    );
}

#[test]
fn text_needs_no_quotes() {
    for (value, title) in [
        ("Mine", "Mine"),
        ("\"Mine\"", "Mine"),
        ("5", "5"),
        ("a \"b\" (c", "a \"b\" (c"),
        ("x, seed: 9", "x, seed: 9"),
        ("None", "None"),
    ] {
        let preset = set_on_default("title", value);
        assert_eq!((preset.title.as_str(), preset.seed), (title, 1));
    }
    assert_eq!(
        set_on_default("init.weights", "dir/w.npz")
            .init
            .weights
            .as_deref(),
        Some("dir/w.npz")
    );
}

#[test]
fn options_take_plain_values() {
    assert_eq!(
        set_on_default("init.omega_ratio", "0.1").init.omega_ratio,
        Some(0.1)
    );
    assert_eq!(
        set_on_default("train.stop.relative_error", "Some(1e-3)")
            .train
            .stop
            .relative_error,
        Some(1e-3)
    );
    let preset = set_on_default("train.stop.loss", "0.5");
    for none in ["None", "none"] {
        assert_eq!(
            set(&preset, "train.stop.loss", none)
                .unwrap()
                .train
                .stop
                .loss,
            None
        );
    }
    let weighted = set_on_default("init.weights", "w.npz");
    assert_eq!(
        set(&weighted, "init.weights", "none").unwrap().init.weights,
        None
    );
}

#[test]
fn whole_numbers_may_be_written_as_powers() {
    assert_eq!(
        set_on_default("train.stop.steps", "1e4").train.stop.steps,
        10_000
    );
    assert_eq!(set_on_default("network.width", "512.0").network.width, 512);
    assert_eq!(
        set_on_default("seed", "18446744073709551615").seed,
        u64::MAX
    );
    for value in ["1.5", "1e40", "-1", "nan", "inf"] {
        assert_says(
            set(&Preset::default(), "train.stop.steps", value),
            &["train.stop.steps", value, "a whole number"],
        );
    }
}

#[test]
fn a_value_is_one_value() {
    for value in [
        "5, width: 3",
        "5)",
        "5 // note",
        "",
        "(",
        "5 5",
        "5 /* */",
        "/* */ 5",
        "5: 5",
        "\"",
        "[",
        "5,",
    ] {
        assert_says(
            set(&Preset::default(), "network.width", value),
            &["network.width"],
        );
    }
    let bomb = "[".repeat(100_000);
    assert_says(set(&Preset::default(), "axes", &bomb), &["axes"]);
}

#[test]
fn unknown_paths_get_the_nearest_and_the_level() {
    let preset = Preset::default();
    assert_says(
        set(&preset, "network.widht", "5"),
        &[
            "`network.widht`",
            "did you mean `network.width`",
            "network.activation",
        ],
    );
    assert_says(
        set(&preset, "netwrok.width", "5"),
        &["did you mean `network`", "scaling"],
    );
    assert_says(
        set(&preset, "width", "5"),
        &["did you mean `network.width`"],
    );
    assert_says(
        set(&preset, "train.stop.step", "5"),
        &["did you mean `train.stop.steps`"],
    );
    for usual in ["train.step", "train.lr", "learning_rate"] {
        assert_says(
            set(&preset, usual, "5"),
            &["did you mean `train.method.step`"],
        );
    }
    assert_says(
        set(&preset, "data.labels.std", "5"),
        &["data.labels", "data.n_test"],
    );
    assert_says(
        set(&preset, "network.width.x", "5"),
        &["network.width, which is 1024 and has no fields"],
    );
    assert_says(set(&preset, "panels.9", "Loss"), &["panels.9", "panels.4"]);
    for path in [
        "",
        ".",
        "network.",
        ".network",
        "network..width",
        "a.b.c",
        "ünïcode",
    ] {
        assert!(set(&preset, path, "5").is_err(), "{path}");
    }
}

#[test]
fn refusals_name_field_value_and_what_is_allowed() {
    let preset = Preset::default();
    assert_says(
        set(&preset, "scaling", "ntkk"),
        &[
            "scaling: unknown choice `ntkk` (did you mean `Ntk`?)",
            "MeanField",
        ],
    );
    assert_says(
        set(&preset, "network.width", "wide"),
        &["network.width: wide is not allowed; allowed: a whole number from 1 to"],
    );
    for far in ["-5", "1e30"] {
        assert_says(
            set(&preset, "network.width", far),
            &["allowed: a whole number from 1 to"],
        );
    }
    assert_says(
        set(&preset, "data", "Mnist"),
        &["data: Mnist is not allowed; allowed: Mnist(classes: …, n: …"],
    );
    assert_says(
        set(&preset, "data.n_tests", "3"),
        &["did you mean `data.n_test`"],
    );
    assert_says(
        set(&preset, "train.method.step", "fast"),
        &["train.method.step: fast is not allowed; allowed: a finite number"],
    );
    assert_says(
        set(&preset, "data", "Sphere(d: 3, n: 4)"),
        &["data", "`labels` is missing"],
    );
}

#[test]
fn what_a_preset_leaves_out_is_a_field_all_the_same() {
    let plain = Preset::default();
    assert_eq!((plain.hero, &plain.summary), (None, &None));
    let hero = set(&plain, "hero", "feature-map").expect("a panel");
    assert_eq!(hero.hero, Some(PanelKind::FeatureMap));
    assert_eq!(set(&hero, "hero", "none"), Ok(plain.clone()));
    let summary = set(&plain, "summary", r#"(of: "test_loss", at: End)"#).expect("a summary");
    let against = set(&summary, "summary.against", "network.width").expect("a field");
    let against = against.summary.and_then(|summary| summary.against);
    assert_eq!(against.as_deref(), Some("network.width"));
    assert_says(
        set(&plain, "hero", "feature"),
        &["hero: unknown choice `feature`", "FeatureMap"],
    );
    assert_says(
        set(&plain, "summary.of", "test_loss"),
        &["summary, which is None and has no fields"],
    );
    for shipped in library::SHIPPED {
        let preset = parse(shipped.text).expect("it is shipped");
        for path in ["hero", "summary", "rests_on", "needs", "sweep", "wrong"] {
            let text = get(&preset, path).unwrap_or_else(|e| panic!("{}: {e}", shipped.name));
            assert_eq!(set(&preset, path, &text), Ok(preset.clone()), "{path}");
        }
    }
}

/// Run with `cargo test --lib preset -- --ignored --nocapture`.
#[test]
#[ignore = "measures time, which says something on a quiet machine only"]
fn a_field_of_the_longest_preset_is_set_in_a_millisecond() {
    let longest = library::SHIPPED.iter().max_by_key(|shipped| {
        crate::preset::to_ron(&parse(shipped.text).expect("it is shipped")).len()
    });
    let preset = parse(longest.expect("some are shipped").text).expect("it is shipped");
    let time = |what: &str, work: &dyn Fn() -> Option<Preset>| {
        let began = std::time::Instant::now();
        for _ in 0..100 {
            std::hint::black_box(work().expect("it takes it"));
        }
        let each = began.elapsed() / 100;
        println!("{what}: {each:?}");
        each
    };
    for (path, value) in [("train.method.step", "0.25"), ("network.width", "77")] {
        time("in the whole text", &|| {
            set_in_whole(&preset, path, value).ok()
        });
        let each = time(path, &|| set(&preset, path, value).ok());
        assert!(
            each < std::time::Duration::from_millis(1),
            "{path}: {each:?}"
        );
    }
}

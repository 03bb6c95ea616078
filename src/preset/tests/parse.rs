use super::assert_says;
use crate::preset::{MAX_BYTES, PresetError, parse, to_ron};
use crate::spec::Preset;

#[test]
fn an_empty_preset_has_all_defaults() {
    assert_eq!(parse("()").unwrap(), Preset::default());
}

#[test]
fn options_are_written_with_and_without_some() {
    let bare = parse("(train: (stop: (relative_error: 0.0025, loss: None)))").unwrap();
    let wrapped = parse("(train: (stop: (relative_error: Some(0.0025))))").unwrap();
    assert_eq!(bare, wrapped);
    assert_eq!(bare.train.stop.relative_error, Some(0.0025));
}

#[test]
fn writing_is_complete_and_reads_back() {
    let text = "(axes: [(field: \"scaling\", values: [Ours, /* a */ Ntk // b\n, Custom(a: (c: 2), /* c */ b: (m: -0.5), step_factor: ())])], claims: [(name: \"\\\"q\\\" ½\", expect: Value(of: \"train_loss\", arm: \"Ours\", at: End, at_most: 1e-300))])";
    let preset = parse(text).unwrap();
    let written = to_ron(&preset);
    assert_eq!(parse(&written).unwrap(), preset);
    assert_eq!(to_ron(&parse(&written).unwrap()), written);
    let values: Vec<&str> = preset.axes[0].values.iter().map(|v| v.get_ron()).collect();
    assert_eq!(&values[..2], ["Ours", "Ntk"]);
    for field in [
        "format",
        "relative_error",
        "output",
        "weights",
        "linked",
        "at_most",
        "per_decade",
    ] {
        assert!(
            written.contains(&format!("{field}:")),
            "{field} is not written"
        );
    }
}

#[test]
fn unknown_names_get_the_nearest_spelling() {
    assert_says(
        parse("(\n  network: (\n    widht: 5))"),
        &["network (line 3, column 5)", "field `widht`", "`width`"],
    );
    assert_says(
        parse("(scaling: Ourss)"),
        &["scaling", "`Ourss`", "did you mean `Ours`", "MeanField"],
    );
    assert_says(
        parse("(observe: (observables: [Loss, TestLos]))"),
        &["observe.observables.1", "`TestLoss`"],
    );
    assert_says(
        parse("(zzzzzz: 1)"),
        &["line 1, column 2", "field `zzzzzz`; allowed: format, title"],
    );
}

#[test]
fn wrong_types_name_field_value_and_type() {
    let cases = [
        (
            "(network: (width: abc))",
            "network.width (line 1, column 19): abc is not allowed; allowed: a whole number",
        ),
        (
            "(network: (width: 1.5))",
            "1.5 is not allowed; allowed: a whole number",
        ),
        (
            "(network: (width: -3))",
            "-3 is not allowed; allowed: a whole number",
        ),
        (
            "(seed: 99999999999999999999999)",
            "seed (line 1, column 8): 99999999999999999999999",
        ),
        (
            "(network: (bias: 1))",
            "network.bias (line 1, column 18): 1 is not allowed; allowed: true or false",
        ),
        (
            "(title: 5)",
            "title (line 1, column 9): 5 is not allowed; allowed: text in double quotes",
        ),
        ("(train: (stop: (loss: \"x\")))", "train.stop.loss"),
        ("(train: (method: GradientDescent))", "train.method"),
        (
            "(init: (output: Rademacher(true)))",
            "init.output.0 (line 1, column 28): true",
        ),
        (
            "(network: 5)",
            "network (line 1, column 11): 5 is not allowed; allowed: fields",
        ),
        ("(network: Other(width: 5))", "allowed: fields in brackets"),
        (
            "(notice: \"a\")",
            "notice (line 1, column 10): \"a\" is not allowed; allowed: a list",
        ),
        (
            "(data: Gaussian(d: 5, n: 3))",
            "data (line 1, column 27): the field `labels` is missing",
        ),
    ];
    for (text, part) in cases {
        assert_says(parse(text), &[part]);
    }
}

#[test]
fn syntax_errors_name_line_and_column() {
    for (text, part) in [
        ("(seed: 1, seed: 2)", "the field `seed` is written twice"),
        ("(seed 3)", "line 1, column 6"),
        ("(\n\n  title: \"abc)", "line 3"),
        ("(seed: 1))", "line 1, column 10"),
        ("(seed: 1", "line 1"),
        ("", "line 1, column 1: nothing is not allowed"),
        ("seed: 1", "line 1, column 1"),
    ] {
        assert_says(parse(text), &[part]);
    }
}

#[test]
fn newer_formats_say_so_whatever_else_is_in_them() {
    assert_eq!(
        parse("(new_field: [1], format: 2)"),
        Err(PresetError::NewerFormat { found: 2 })
    );
    assert_says(parse("(format: 99)"), &["format: 99 is newer", "up to 1"]);
}

#[test]
fn long_texts_are_not_read() {
    let text = format!("({})", " ".repeat(MAX_BYTES));
    assert_says(parse(&text), &["1048576", "1048578"]);
}

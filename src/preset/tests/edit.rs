//! Every field of the table can be read, set, and put back.

use super::checked;
use crate::network::Scaling;
use crate::preset::set::{set_in_part, set_in_whole};
use crate::preset::{Edit, get, library, set, text_at};
use crate::spec::field::{Allowed, EMBEDDING_WIDTH, Field, GAMMA, METHOD};
use crate::spec::{Method, Preset};

/// The shipped presets, and the default one under every method and with random features.
fn presets() -> Vec<(String, Preset)> {
    let shipped = library::names().map(|name| {
        let experiment = library::load(name).expect("it is shipped");
        (name.to_owned(), experiment.preset)
    });
    let methods = [
        "Sgd(step: 0.5, batch: 3)",
        "GradientFlow(step: 0.5, tolerance: 1e-6)",
    ];
    let made = methods.map(|method| (METHOD.path, method));
    let made = made
        .into_iter()
        .chain([("network.embedding", "RandomFeatures(width: SameAsNetwork)")]);
    let made = made.map(|(path, text)| {
        let preset = set(&Preset::default(), path, text).expect("it takes it");
        (text.to_owned(), preset)
    });
    shipped.chain(made).collect()
}

#[test]
fn every_field_is_read_and_set_back_to_the_same_preset() {
    let presets = presets();
    for field in Field::all() {
        let mut applied = 0;
        for (name, preset) in &presets {
            let Some(text) = text_at(preset, field.path) else {
                assert!(get(preset, field.path).is_err(), "{} in {name}", field.path);
                continue;
            };
            applied += 1;
            let again = set(preset, field.path, &text);
            assert_eq!(
                again.as_ref(),
                Ok(preset),
                "{} = {text} in {name}",
                field.path
            );
        }
        assert!(applied > 0, "no preset has {}", field.path);
    }
}

#[test]
fn a_field_set_in_its_part_alone_is_the_field_set_in_the_whole_text() {
    let values = [
        "3",
        "0.25",
        "None",
        "true",
        "(",
        "5 // note",
        "[1]",
        "Tanh",
        "F64",
        "Ours",
    ];
    for (name, preset) in presets() {
        for field in Field::all() {
            for value in values {
                if let Some(set) = set_in_part(&preset, field.path, value) {
                    let whole = set_in_whole(&preset, field.path, value);
                    assert_eq!(whole, Ok(set), "{} = {value} in {name}", field.path);
                }
            }
        }
    }
}

#[test]
fn every_choice_can_be_chosen_and_is_then_the_one_that_holds() {
    for (name, preset) in presets() {
        for field in Field::all() {
            for choice in field.choices() {
                let Ok(edited) = Edit::choosing(field, choice).applied(&preset) else {
                    // A choice with fields of its own needs more than its name.
                    let has_fields = [
                        "RandomFeatures",
                        "Custom",
                        "Between",
                        "GradientDescent",
                        "Sgd",
                    ];
                    let flow = choice.value == "GradientFlow";
                    let is_absent = text_at(&preset, field.path).is_none();
                    assert!(
                        is_absent || flow || has_fields.contains(&choice.value),
                        "{choice:?}"
                    );
                    continue;
                };
                let text = get(&edited, field.path).expect("it was set");
                assert!(choice.is_of(&text), "{} = {text} in {name}", field.path);
                for (path, value) in field.with.iter().zip(choice.with) {
                    assert_eq!(
                        get(&edited, path).as_deref(),
                        Ok(*value),
                        "{path} in {name}"
                    );
                }
            }
        }
    }
}

/// What the window does with a number, and what `--set` does with it.
#[test]
fn an_edit_and_the_command_line_make_the_same_preset() {
    let mut compared = 0;
    for name in library::names().step_by(6) {
        let loaded = library::load(name).expect("it is shipped");
        for field in Field::all() {
            let value = field.choices().last().map_or("2", |choice| choice.value);
            let sets = [(field.path.to_owned(), value.to_owned())];
            let Ok(by_set) = library::load_with(name, &sets) else {
                continue;
            };
            let edited = Edit::new(field.path, value).applied(&loaded.preset);
            let edited = edited.expect("it was set by its path");
            assert_eq!(edited, by_set.preset, "{}={value} of {name}", field.path);
            compared += 1;
        }
    }
    assert!(compared > 50, "only {compared} values were taken");
}

#[test]
fn a_field_restored_is_as_it_was_loaded_and_nothing_else_is() {
    for (name, loaded) in presets() {
        for field in Field::all() {
            let Some(text) = text_at(&loaded, field.path) else {
                continue;
            };
            let others = [
                "7", "0.125", "true", "Mean", "F64", "Erf", "Ntk", "Both", "Uniform",
            ];
            for other in others {
                let Some(edited) = set_in_part(&loaded, field.path, other) else {
                    continue;
                };
                let restored = Edit::restoring(field, &loaded).applied(&edited);
                assert_eq!(
                    restored.as_ref(),
                    Ok(&loaded),
                    "{} = {text} in {name}",
                    field.path
                );
            }
        }
    }
}

#[test]
fn a_field_the_loaded_preset_has_not_is_restored_with_what_it_is_a_part_of() {
    let loaded = Preset::default();
    let sgd = "Sgd(step: 0.5, batch: 3, order: Shuffled)";
    let edited = set(&loaded, METHOD.path, sgd).expect("it takes it");
    let batch = Field::at("train.method.batch").expect("it is in the table");
    let restored = Edit::restoring(batch, &loaded).applied(&edited);
    assert_eq!(restored, Ok(loaded.clone()));
    let random = "RandomFeatures(width: Fixed(9))";
    let edited = set(&loaded, "network.embedding", random).expect("it takes it");
    let restored = Edit::restoring(&EMBEDDING_WIDTH, &loaded).applied(&edited);
    assert_eq!(restored, Ok(loaded));
}

/// The refusal of a value by the checks of the default preset, under the method or the scaling that has
/// the field.
fn refusal(field: &Field, value: &str) -> String {
    let mut preset = Preset::default();
    if field.path == GAMMA.path {
        preset.scaling = Scaling::Between(0.75);
    } else if field.path == "data.noise" {
        let moons = "Moons(n: 20, n_test: 10, noise: 0.1)";
        preset = set(&preset, "data", moons).unwrap_or_else(|e| panic!("{e}"));
    } else if text_at(&preset, field.path).is_none() {
        preset.train.method = match field.path {
            "train.method.tolerance" => Method::GradientFlow {
                step: 1.0,
                tolerance: 1e-3,
            },
            _ => Method::Sgd {
                step: 1.0,
                batch: 1,
                order: Default::default(),
            },
        };
    }
    let edited = set(&preset, field.path, value).unwrap_or_else(|e| panic!("{e}"));
    let error = checked(edited).expect_err(&format!("{} = {value}", field.path));
    error.to_string()
}

#[test]
fn the_table_allows_what_the_checks_allow() {
    for field in Field::all() {
        let outside = match field.allowed {
            // Every number is a seed.
            Allowed::Whole { to: u64::MAX, .. } => continue,
            Allowed::Whole { from, to } => vec![(from - 1).to_string(), (to + 1).to_string()],
            Allowed::Positive => vec!["0.0".to_owned(), "inf".to_owned()],
            Allowed::NotNegative => vec!["-1e-9".to_owned(), "inf".to_owned()],
            Allowed::Between { from, to } => {
                vec![format!("{:e}", 0.9 * from), format!("{:e}", 1.1 * to)]
            }
            Allowed::Switch | Allowed::Choices(_) | Allowed::Other => continue,
        };
        for value in outside {
            let message = refusal(field, &value);
            assert!(message.starts_with(field.path), "{message}");
            // A batch has at most n points, and signed pairs have at least two coordinates.
            if !["train.method.batch", "data.d"].contains(&field.path) {
                let allowed = field.allowed.to_string();
                assert!(
                    message.contains(&allowed),
                    "{message}: `{allowed}` in the table"
                );
            }
        }
    }
}

use std::collections::BTreeSet;

use super::*;
use crate::network::Activation;

#[test]
fn a_path_stands_in_the_table_once() {
    let paths: BTreeSet<&str> = Field::all().map(|field| field.path).collect();
    assert_eq!(paths.len(), Field::all().count());
    for path in paths {
        assert_eq!(Field::at(path).map(|field| field.path), Some(path));
    }
    assert!(Field::at("train.method.steps").is_none());
}

#[test]
fn the_live_fields_are_those_the_table_says_are_live() {
    for live in LiveField::ALL {
        assert_eq!(live.field().effect, Effect::Live(live));
    }
    for field in Field::all() {
        if let Effect::Live(live) = field.effect {
            assert_eq!(live.field().path, field.path);
        }
    }
}

#[test]
fn every_field_has_its_words() {
    for field in Field::all() {
        assert!(
            !field.name.is_empty() && field.meaning.ends_with('.'),
            "{}",
            field.path
        );
        for choice in field.choices() {
            assert!(!choice.name.is_empty(), "{} {}", field.path, choice.value);
            assert_eq!(
                choice.with.len(),
                field.with.len(),
                "{} {}",
                field.path,
                choice.value
            );
        }
    }
}

#[test]
fn every_activation_is_on_offer() {
    let offered = ACTIVATION.choices().iter().map(|choice| choice.name);
    assert!(offered.eq(Activation::ALL.map(Activation::name)));
}

#[test]
fn a_choice_is_told_by_its_name_alone() {
    let flow = METHOD
        .choices()
        .iter()
        .find(|c| c.is_of("GradientFlow(step: 1.0)"));
    assert_eq!(flow.map(|choice| choice.name), Some("gradient flow"));
    assert!(!METHOD.choices().iter().any(|c| c.is_of("GradientFlows")));
}

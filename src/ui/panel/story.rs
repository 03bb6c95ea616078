//! The words beside a run.

use egui::{Label, RichText, ScrollArea, Ui, vec2};

use crate::claim::{ClaimResult, Verdict};
use crate::figure::{ArmConstants, MODIFIED, Story};
use crate::spec::{ClaimSpec, PanelKind, Preset};
use crate::ui::action::Action;
use crate::ui::theme::section_text;
use crate::ui::{Theme, fonts, glossary};

use super::parts::cache::{Drawn, cached};
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Story,
    key: "story",
    title: "Story",
    description: "What the experiment is about, what to notice, and which claims hold.",
    shows: Shows::Preset,
    least: [160.0, 120.0],
    lack: |_| None,
    draw: story_ui,
};

/// Before the sentence of a preset that was modified.
const OF_THE_PRESET: &str = "Of the unmodified preset:";

/// Above the claims of a preset that was modified.
const CLAIMS_OF_THE_PRESET: &str =
    "These are the claims of the unmodified preset, held against this run.";

/// In place of the sentence where what it rests on fails.
const BROKEN: &str = "The preset's finding does not hold in this run:";

/// Widest column of text, so that lines stay readable.
const COLUMN: f32 = 560.0;

/// Draws the story panel.
fn story_ui(ui: &mut Ui, input: PanelInput<'_>, _: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("story");
    // The name tells experiments with arms of the same names apart before their first record.
    let options = (&input.experiment.name, input.sweep.map(Drawn));
    let story = cached(ui, id, input.history, &options, |(_, sweep), before| {
        let story = Story::after(input.experiment, input.history, before);
        match sweep {
            Some(Drawn(sweep)) => story.with_sweep(input.experiment, &sweep.plan, &sweep.table),
            None => story,
        }
    });
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(COLUMN));
        ui.spacing_mut().item_spacing = vec2(8.0, 5.0);
        text_ui(ui, input.theme, &story, &input.experiment.preset);
    });
}

fn text_ui(ui: &mut Ui, theme: &Theme, story: &Story, preset: &Preset) {
    ui.label(RichText::new(&story.title).heading());
    if let Some(modified) = &story.modified {
        ui.label(RichText::new(modified).color(theme.warning))
            .on_hover_text(MODIFIED);
    }
    if !story.source.is_empty() {
        let after = if story.modified.is_some() {
            "after "
        } else {
            ""
        };
        let source = format!("{after}{}", story.source);
        ui.label(RichText::new(source).color(theme.weak_text));
    }
    takeaway_ui(ui, theme, story);
    for paragraph in &story.paragraphs {
        ui.label(paragraph);
    }
    formula_ui(ui, theme, story);
    list_ui(ui, theme, "What to notice", &story.notice);
    claims_ui(ui, theme, story, &preset.claims);
    list_ui(ui, theme, "How the paper was read", &story.notes);
    if !story.data.is_empty() {
        section_ui(ui, theme, "Data");
        let data = ui.label(&story.data);
        if story.data.contains(glossary::SIGNED_PAIRS.0) {
            data.on_hover_text(glossary::SIGNED_PAIRS.in_full());
        }
    }
}

/// The sentence to take away; where a claim that it rests on fails, that in its place.
fn takeaway_ui(ui: &mut Ui, theme: &Theme, story: &Story) {
    if story.takeaway.is_empty() {
        return;
    }
    ui.add_space(2.0);
    let tooltip = match story.rests_on.as_slice() {
        [] => story.takeaway.clone(),
        names => rests_on(names, &story.claims),
    };
    if story.broken().next().is_some() {
        let title = RichText::new(BROKEN).family(fonts::semibold());
        ui.label(title.color(theme.error))
            .on_hover_text(format!("{}\n\n{tooltip}", story.takeaway));
        for claim in story.broken() {
            hanging_ui(ui, RichText::new("✗").color(theme.error), |ui| {
                ui.label(format!("{}: {}", claim.name, claim.measured));
            });
        }
        return;
    }
    let (sentence, color) = match story.modified {
        Some(_) => (
            format!("{OF_THE_PRESET} {}", story.takeaway),
            theme.weak_text,
        ),
        None => (story.takeaway.clone(), theme.accent),
    };
    let sentence = RichText::new(sentence).family(fonts::semibold());
    let sentence = ui.label(sentence.color(color));
    if !story.rests_on.is_empty() {
        sentence.on_hover_text(tooltip);
    }
}

fn section_ui(ui: &mut Ui, theme: &Theme, title: &str) {
    ui.add_space(8.0);
    ui.label(
        RichText::new(title)
            .text_style(section_text())
            .color(theme.weak_text),
    );
}

fn list_ui(ui: &mut Ui, theme: &Theme, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    section_ui(ui, theme, title);
    for item in items {
        hanging_ui(ui, RichText::new("–").color(theme.weak_text), |ui| {
            ui.label(item);
        });
    }
}

/// A sign, and text whose lines all begin right of it.
fn hanging_ui(ui: &mut Ui, sign: RichText, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.add_sized(vec2(12.0, 0.0), Label::new(sign));
        ui.vertical(content);
    });
}

fn formula_ui(ui: &mut Ui, theme: &Theme, story: &Story) {
    section_ui(ui, theme, "The network");
    for line in &story.formula {
        let label = ui.label(RichText::new(line).size(14.5));
        if line.contains('Φ') {
            label.on_hover_text(glossary::EMBEDDING.in_full());
        }
    }
    if !story.sizes.is_empty() {
        // With no-break spaces: an equation stays on its line.
        let whole = story.sizes.iter().map(|size| size.replace(' ', "\u{a0}"));
        ui.label(whole.collect::<Vec<_>>().join(",  "));
    }
    for (index, arm) in story.constants.iter().enumerate() {
        constants_ui(ui, theme, index, arm);
    }
}

/// An arm's name in its colour, its constants under it.
fn constants_ui(ui: &mut Ui, theme: &Theme, index: usize, arm: &ArmConstants) {
    let sign = RichText::new("●").small().color(theme.arm(index));
    hanging_ui(ui, sign, |ui| {
        ui.label(RichText::new(&arm.label).family(fonts::semibold()));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(16.0, 2.0);
            ui.spacing_mut().interact_size.y = 16.0;
            for value in &arm.values {
                ui.add(Label::new(value).extend());
            }
        });
    });
}

/// The claims that the takeaway rests on, each with its sign.
fn rests_on(names: &[String], claims: &[ClaimResult]) -> String {
    let line = |name: &String| {
        let claim = claims.iter().find(|claim| claim.name == *name);
        let verdict = claim.map_or(Verdict::NotReached, |claim| claim.verdict);
        format!("\n{}  {name}", sign_and_word(verdict).0)
    };
    let lines: String = names.iter().map(line).collect();
    format!("This sentence rests on:{lines}")
}

/// The sign of a verdict, and its word.
fn sign_and_word(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Pass => ("✓", "holds"),
        Verdict::Fail => ("✗", "fails"),
        Verdict::NotReached => ("…", "not reached"),
    }
}

fn claims_ui(ui: &mut Ui, theme: &Theme, story: &Story, written: &[ClaimSpec]) {
    let claims = &story.claims;
    if claims.is_empty() {
        return;
    }
    section_ui(ui, theme, "Expected and found");
    if story.modified.is_some() {
        let text = RichText::new(CLAIMS_OF_THE_PRESET).small();
        ui.label(text.color(theme.warning));
    }
    // A claim's result stands in the place of the claim.
    let tolerances = written.iter().map(|claim| claim.tolerance.as_str());
    for (claim, tolerance) in claims.iter().zip(tolerances) {
        let (sign, word) = sign_and_word(claim.verdict);
        let color = match claim.verdict {
            Verdict::Pass => theme.accent,
            Verdict::Fail => theme.error,
            Verdict::NotReached => theme.weak_text,
        };
        hanging_ui(ui, RichText::new(sign).color(color), |ui| {
            ui.label(&claim.name);
            let small = |text: String, color| RichText::new(text).small().color(color);
            let expected = ui.label(small(
                format!("expected {}", claim.expected),
                theme.weak_text,
            ));
            if !tolerance.is_empty() {
                expected.on_hover_text(format!("Bounds: {tolerance}"));
            }
            ui.label(small(format!("{word}: {}", claim.measured), color));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_or_borrowed_finding_is_not_repeated_as_this_runs() {
        use crate::history::RunHistory;
        use crate::preset::{Experiment, library, set};
        use egui_kittest::kittest::Queryable;

        let shipped = library::load(library::DEFAULT).expect("it is shipped");
        let (name, preset) = (shipped.name.clone(), shipped.preset.clone());
        let wider = set(&preset, "network.width", "512").expect("it takes it");
        let wider = Experiment::check(wider, &name, ".".into()).expect("it is valid");
        let shown = |experiment: &Experiment, verdict| {
            let mut story = Story::new(experiment, &RunHistory::default());
            for claim in &mut story.claims {
                claim.verdict = verdict;
            }
            let preset = preset.clone();
            egui_kittest::Harness::builder()
                .with_size([600.0, 4000.0])
                .with_context_setup(|ctx| Theme::dark().apply(ctx))
                .build_ui(move |ui| text_ui(ui, &Theme::dark(), &story, &preset))
        };
        let sentence = &shipped.preset.takeaway;
        let own = shown(&shipped, Verdict::Pass);
        own.get_by_label(sentence);
        assert!(own.query_by_label_contains("modified").is_none());
        let borrowed = shown(&wider, Verdict::Pass);
        borrowed.get_by_label("modified: m = 512");
        borrowed.get_by_label(&format!("{OF_THE_PRESET} {sentence}"));
        borrowed.get_by_label(CLAIMS_OF_THE_PRESET);
        let broken = shown(&wider, Verdict::Fail);
        broken.get_by_label(BROKEN);
        assert!(broken.query_by_label_contains(sentence).is_none());
    }

    #[test]
    fn the_takeaway_names_its_claims_with_what_became_of_them() {
        let claim = |name: &str, verdict| ClaimResult {
            name: name.to_owned(),
            expected: "x ≥ 1".to_owned(),
            measured: "2".to_owned(),
            value: Some(2.0),
            verdict,
        };
        let claims = [claim("a", Verdict::Pass), claim("b", Verdict::Fail)];
        let names = ["b", "a", "gone"].map(str::to_owned);
        assert_eq!(
            rests_on(&names, &claims),
            "This sentence rests on:\n✗  b\n✓  a\n…  gone"
        );
    }
}

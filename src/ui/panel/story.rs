//! The words beside a run.

use egui::{Label, RichText, ScrollArea, Ui, vec2};

use crate::claim::{ClaimResult, Verdict};
use crate::figure::{ArmConstants, Story};
use crate::spec::{ClaimSpec, PanelKind, Preset};
use crate::ui::action::Action;
use crate::ui::theme::section_text;
use crate::ui::{Theme, fonts};

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
    lack: |_| None,
    draw: story_ui,
};

/// Widest column of text, so that lines stay readable.
const COLUMN: f32 = 560.0;

/// Draws the story panel.
fn story_ui(ui: &mut Ui, input: PanelInput<'_>, _: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("story");
    // The name tells experiments with arms of the same names apart before their first record.
    let options = (&input.experiment.name, input.sweep.map(Drawn));
    let story = cached(ui, id, input.history, &options, |(_, sweep), _| {
        let story = Story::new(input.experiment, input.history);
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
    if !story.source.is_empty() {
        ui.label(RichText::new(&story.source).color(theme.weak_text));
    }
    if !story.takeaway.is_empty() {
        ui.add_space(2.0);
        let takeaway = RichText::new(&story.takeaway)
            .family(fonts::semibold())
            .color(theme.accent);
        let takeaway = ui.label(takeaway);
        if !preset.rests_on.is_empty() {
            takeaway.on_hover_text(rests_on(&preset.rests_on, &story.claims));
        }
    }
    for paragraph in &story.paragraphs {
        ui.label(paragraph);
    }
    formula_ui(ui, theme, story);
    list_ui(ui, theme, "What to notice", &story.notice);
    claims_ui(ui, theme, &story.claims, &preset.claims);
    list_ui(ui, theme, "How the paper was read", &story.notes);
    if !story.data.is_empty() {
        section_ui(ui, theme, "Data");
        ui.label(&story.data);
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
        ui.label(RichText::new(line).size(14.5));
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

fn claims_ui(ui: &mut Ui, theme: &Theme, claims: &[ClaimResult], written: &[ClaimSpec]) {
    if claims.is_empty() {
        return;
    }
    section_ui(ui, theme, "Expected and found");
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

//! What of a preset follows a change of its arms: claims that name them and what rests on these, what the
//! summary is drawn against, the hero.

mod wrong;

use super::{Edit, text};
use crate::spec::{AxisSpec, ClaimSpec, PanelKind, Preset, Show};

/// The edit with those of the preset's `claims` that stay naming its arms as they are called afterwards. A
/// claim about an arm that is no more is given up, and with it the takeaway where it rested on that claim,
/// and the wrong settings, which were tried with all claims. `origins` are the arms that those of the axes
/// were before, or were copied from; none where arms multiply.
pub(super) fn followed(
    edit: Edit,
    (preset, claims): (&Preset, &[ClaimSpec]),
    (axes, origins): (&[AxisSpec], &[usize]),
    renamed: impl Fn(&str) -> Option<String>,
) -> Edit {
    let claims = claims.iter().filter_map(|claim| {
        let mut claim = claim.clone();
        for name in claim.expect.arms_mut() {
            *name = renamed(name)?;
        }
        Some(claim)
    });
    let claims: Vec<_> = claims.collect();
    let mut edit = edit;
    if claims != preset.claims {
        edit = edit.and("claims", text(&claims));
    }
    let is_there = |name: &&String| claims.iter().any(|claim| claim.name == **name);
    let rests_on: Vec<&String> = preset.rests_on.iter().filter(is_there).collect();
    if rests_on.len() < preset.rests_on.len() {
        edit = edit.and("takeaway", "\"\"").and("rests_on", "[]");
    }
    if !is_drawn_against(preset, axes) {
        edit = edit.and("summary.against", "None");
    }
    if preset.hero.is_some_and(|hero| !is_hero(preset, axes, hero)) {
        edit = edit.and("hero", "None");
    }
    match wrong::after(preset, (&edit, origins), claims.len()) {
        wrong if wrong == preset.wrong => edit,
        wrong => edit.and("wrong", text(&wrong)),
    }
}

/// Whether the arms still vary the field that the summary is drawn against, where there is one.
fn is_drawn_against(preset: &Preset, axes: &[AxisSpec]) -> bool {
    let against = preset.summary.as_ref().and_then(|s| s.against.as_ref());
    let mut arms = axes.iter().filter(|axis| !axis.show.is_sweep());
    against.is_none_or(|field| arms.any(|axis| axis.fields().any(|own| own == field)))
}

/// Whether the hero is a panel to be shown: that of a sweep only where there is such a sweep, which is the
/// hero by itself where the preset names none.
fn is_hero(preset: &Preset, axes: &[AxisSpec], hero: PanelKind) -> bool {
    let is_shown = |show: Show| axes.iter().any(|axis| axis.show == show);
    match hero {
        PanelKind::Phase => is_shown(Show::Grid),
        PanelKind::Curves => is_shown(Show::XAxis),
        other => preset.panels.contains(&other),
    }
}

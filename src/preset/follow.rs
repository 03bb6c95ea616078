//! What of a preset follows a change of its arms: claims that name them, and what the summary is drawn
//! against.

use super::{Edit, text};
use crate::spec::{AxisSpec, ClaimSpec, Preset};

/// The edit with those of the preset's `claims` that stay naming its arms as they are called afterwards. A claim about an arm
/// that is no more is given up, and the takeaway with it where it rested on that claim.
pub(super) fn followed(
    edit: Edit,
    (preset, claims): (&Preset, &[ClaimSpec]),
    axes: &[AxisSpec],
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
    let against = preset.summary.as_ref().and_then(|s| s.against.as_ref());
    let mut arms = axes.iter().filter(|axis| !axis.show.is_sweep());
    match against {
        Some(field) if !arms.any(|axis| axis.field == *field) => {
            edit.and("summary.against", "None")
        }
        _ => edit,
    }
}

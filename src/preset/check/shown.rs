//! What the panels show at the start.

use super::moment::check_name;
use crate::preset::error::Place;
use crate::preset::{PresetError, SweepAxis};
use crate::spec::{AxisSpec, PanelKind, Preset};

/// The hero is a panel that is shown, and the summary reads a column against what arms vary. Where that
/// column is not observed, or no arms vary anything, the panel shows what there is, so that a preset can
/// be stripped of either.
pub(in super::super) fn check_shown(
    preset: &Preset,
    sweep_axes: &[SweepAxis],
) -> Result<(), PresetError> {
    if let Some(hero) = preset.hero {
        check_hero(preset, hero, sweep_axes)?;
    }
    let Some(summary) = &preset.summary else {
        return Ok(());
    };
    check_name("summary.of", &summary.of)?;
    let Some(field) = &summary.against else {
        return Ok(());
    };
    let axes = preset.axes.iter().filter(|axis| !axis.show.is_sweep());
    let varied: Vec<&str> = axes.flat_map(AxisSpec::fields).collect();
    if varied.is_empty() || varied.contains(&field.as_str()) {
        return Ok(());
    }
    let place = Place::field("summary.against");
    Err(PresetError::unknown(
        place,
        "field of the arms",
        field,
        &varied,
    ))
}

fn check_hero(
    preset: &Preset,
    hero: PanelKind,
    sweep_axes: &[SweepAxis],
) -> Result<(), PresetError> {
    // A sweep's own panel is shown whether the preset names it or not.
    let own = sweep_axes.first().map(|axis| match axis.is_grid {
        true => PanelKind::Phase,
        false => PanelKind::Curves,
    });
    if preset.panels.contains(&hero) || own == Some(hero) {
        return Ok(());
    }
    let names: Vec<String> = preset.panels.iter().map(|p| format!("{p:?}")).collect();
    let allowed = format!("one of panels ({})", names.join(", "));
    Err(PresetError::value("hero", format!("{hero:?}"), allowed))
}

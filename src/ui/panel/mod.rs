//! The panels, a file each: what it is to every list of panels ([`Panel`]), its own options, and its
//! drawing. A panel draws one view of the history at the cursor and returns [`Action`]s; what the
//! user changes of the view goes to [`PanelState`].

mod curves;
mod data;
mod feature_map;
mod imbalance;
mod input;
mod kernel;
mod loss;
mod parts;
mod phase;
mod regime;
mod row;
mod spectrum;
mod story;
mod summary;
mod theory;
mod weights;

use crate::spec::PanelKind;

use super::action::Action;
pub use crate::page::choice::PanelState;
pub use feature_map::FeatureMapChoice;
pub use input::PanelInput;
pub use loss::LossChoice;
pub use parts::lack::Lack;
pub use parts::log_axis::LogAxis;
pub use parts::shared::SharedChoice;
pub use parts::sweep_choice::SweepChoice;
pub use parts::time_axis::TimeAxis;
pub use row::{Panel, Shows};
pub use summary::SummaryChoice;
pub use weights::WeightsView;

macro_rules! panels {
    ($($kind:ident => $row:path),* $(,)?) => {
        /// Every panel, in the order of lists.
        pub const PANELS: &[Panel] = &[$($row),*];

        /// The row of a panel.
        pub fn row(kind: PanelKind) -> &'static Panel {
            match kind {
                $(PanelKind::$kind => &$row,)*
            }
        }
    };
}

panels! {
    Loss => loss::ROW,
    Spectrum => spectrum::ROW,
    FeatureMap => feature_map::ROW,
    Regime => regime::ROW,
    Imbalance => imbalance::ROW,
    Kernel => kernel::ROW,
    Data => data::ROW,
    Weights => weights::ROW,
    Theory => theory::ROW,
    Summary => summary::ROW,
    Phase => phase::ROW,
    Curves => curves::ROW,
    Story => story::ROW,
}

/// Draws a panel into the space `ui` has, below its title; appends what the user asks for.
pub fn panel_ui(
    ui: &mut egui::Ui,
    kind: PanelKind,
    input: PanelInput<'_>,
    state: &mut PanelState,
    actions: &mut Vec<Action>,
) {
    let panel = row(kind);
    match panel.waits(input) {
        Some(stage) => parts::stage::stage_ui(ui, stage, input),
        None => (panel.draw)(ui, input, state, actions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that a preset can have in its list of panels.
    fn names() -> &'static [&'static str] {
        match ron::from_str::<PanelKind>("Nothing") {
            Err(ron::error::SpannedError {
                code: ron::Error::NoSuchEnumVariant { expected, .. },
                ..
            }) => expected,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_kind_has_one_row_which_is_of_that_kind() {
        assert_eq!(names().len(), PANELS.len());
        for name in names() {
            let kind: PanelKind = ron::from_str(name).unwrap();
            let rows = PANELS.iter().filter(|panel| panel.kind == kind);
            assert_eq!(rows.count(), 1, "{name}");
            assert_eq!(row(kind).kind, kind);
        }
    }

    #[test]
    fn no_two_panels_have_a_key_or_a_title_in_common() {
        for (i, a) in PANELS.iter().enumerate() {
            assert!(a.key.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
            assert!(a.description.ends_with('.') && !a.description.contains('\n'));
            for b in &PANELS[i + 1..] {
                assert!(a.key != b.key && a.title != b.title, "{} {}", a.key, b.key);
            }
        }
    }
}

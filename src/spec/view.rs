//! How a preset is looked at: where its panels stand, and what they show.

use serde::{Deserialize, Serialize};

use super::{PanelKind, PointRef, SummaryMoment, SweepValue};

/// How a preset is looked at, as it is written with one that was saved from the window. It decides nothing of
/// a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewSpec {
    /// Where the panels stand; in their usual places where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Place>,
    /// What the panels show.
    #[serde(skip_serializing_if = "Switches::are_usual")]
    pub switches: Switches,
}

/// A part of the space that panels share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Place {
    /// Panels behind each other.
    Tabs {
        /// From left to right.
        panels: Vec<PanelKind>,
        /// Which of them is seen.
        #[serde(default)]
        shown: usize,
    },
    /// Beside each other, each with its share of the breadth.
    Row(Vec<(f32, Place)>),
    /// Under each other, each with its share of the height.
    Column(Vec<(f32, Place)>),
}

impl Place {
    /// Every panel in it.
    pub fn panels(&self) -> Vec<PanelKind> {
        match self {
            Self::Tabs { panels, .. } => panels.clone(),
            Self::Row(parts) | Self::Column(parts) => {
                parts.iter().flat_map(|(_, part)| part.panels()).collect()
            }
        }
    }
}

/// What the user chose to see in the panels; what is not given is as usual.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// What runs along the axis over the run: `steps` or `time`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// Whether that axis is logarithmic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_time: Option<bool>,
    /// Whether the axes of values over the run are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_values: Option<bool>,
    /// Whether the axis of the loss is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_loss: Option<bool>,
    /// Whether the theory's bounds are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<bool>,
    /// The arm of the panels that show one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_arm: Option<usize>,
    /// Arms that are hidden, by their place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hidden_arms: Vec<usize>,
    /// Horizontal point of the feature map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x1: Option<PointRef>,
    /// Vertical point of the feature map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x2: Option<PointRef>,
    /// Whether paths of neurons are drawn in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paths: Option<bool>,
    /// Whether its maps share one extent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_scale: Option<bool>,
    /// What the spectrum panel shows, by its name there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectrum: Option<String>,
    /// What the imbalance panel shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imbalance: Option<String>,
    /// What the kernel panel shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kernel: Option<String>,
    /// Whether it shows the run before in the place of the arms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kernel_before: Option<bool>,
    /// What the weights panel shows: a column of `series.csv`, or `neurons`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Whether the data panel shows the start beside the step shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_beside: Option<bool>,
    /// Whether it shows training images where there are test images too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training_digits: Option<bool>,
    /// What the summary shows.
    #[serde(skip_serializing_if = "SummarySwitches::are_usual")]
    pub summary: SummarySwitches,
    /// What the panels of a sweep show.
    #[serde(skip_serializing_if = "SweepSwitches::are_usual")]
    pub sweep: SweepSwitches,
}

/// What the user chose to see in the summary.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SummarySwitches {
    /// The quantity, by its column in `series.csv`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// When every arm is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<SummaryMoment>,
    /// Path of the field along the horizontal axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
    /// Whether it is logarithmic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_x: Option<bool>,
    /// Whether the vertical axis is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_y: Option<bool>,
}

/// What the user chose to see in the panels of a sweep.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SweepSwitches {
    /// What is shown of a cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<SweepValue>,
    /// Whether the horizontal axis is logarithmic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_x: Option<bool>,
    /// Whether the vertical axis is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_y: Option<bool>,
    /// Whether the colours are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_value: Option<bool>,
}

impl Switches {
    /// Whether nothing was chosen.
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The same without what concerns the arms, points and sweep of one experiment.
    pub fn of_any_run(self) -> Self {
        Self {
            clock: None,
            shown_arm: None,
            hidden_arms: Vec::new(),
            x1: None,
            x2: None,
            kernel_before: None,
            weights: None,
            summary: SummarySwitches {
                log_x: self.summary.log_x,
                log_y: self.summary.log_y,
                ..SummarySwitches::default()
            },
            sweep: SweepSwitches {
                value: None,
                ..self.sweep
            },
            ..self
        }
    }
}

impl SummarySwitches {
    fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl SweepSwitches {
    fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_not_written_and_read_as_such() {
        let text = ron::to_string(&ViewSpec::default()).unwrap();
        assert_eq!(text, "()");
        assert_eq!(ron::from_str::<ViewSpec>(&text), Ok(ViewSpec::default()));
    }

    #[test]
    fn what_belongs_to_one_experiment_is_left_with_it() {
        let switches = Switches {
            hidden_arms: vec![1],
            log_time: Some(false),
            x1: Some(PointRef::Train(3)),
            ..Switches::default()
        };
        let left = switches.of_any_run();
        assert_eq!(left.log_time, Some(false));
        assert!(left.hidden_arms.is_empty() && left.x1.is_none());
    }

    #[test]
    fn a_place_names_its_panels() {
        let tabs = |panels: &[PanelKind]| Place::Tabs {
            panels: panels.to_vec(),
            shown: 0,
        };
        let left = tabs(&[PanelKind::Loss]);
        let right = Place::Column(vec![
            (1.0, tabs(&[PanelKind::Story])),
            (2.0, tabs(&[PanelKind::Theory, PanelKind::Data])),
        ]);
        let all = Place::Row(vec![(1.0, left), (1.0, right)]).panels();
        let kinds = [
            PanelKind::Loss,
            PanelKind::Story,
            PanelKind::Theory,
            PanelKind::Data,
        ];
        assert_eq!(all, kinds);
    }
}

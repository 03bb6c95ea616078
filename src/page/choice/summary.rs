//! What the summary shows, where the user chose it.

use crate::figure::varied_fields;
use crate::preset::Experiment;
use crate::spec::{Quantity, SummaryMoment};

use super::log_axis::LogAxis;

/// What the summary shows, where the user chose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SummaryChoice {
    /// What is read of each arm; else what the preset names.
    pub quantity: Option<Quantity>,
    /// When; else as the preset says.
    pub moment: Option<SummaryMoment>,
    /// Which of the fields that vary is the horizontal axis, by its place among them; else as the
    /// preset says.
    pub field: Option<usize>,
    /// Whether the horizontal axis is logarithmic.
    pub log_x: LogAxis,
    /// Whether the vertical axis is.
    pub log_y: LogAxis,
}

impl SummaryChoice {
    /// The quantity, where it is chosen or the preset names one.
    pub fn quantity(&self, experiment: &Experiment) -> Option<Quantity> {
        let named = experiment.preset.summary.as_ref();
        let named = named.and_then(|summary| Quantity::from_column(&summary.of));
        self.quantity.or(named)
    }

    /// The moment at which every arm is read.
    pub fn moment(&self, experiment: &Experiment) -> SummaryMoment {
        let named = experiment.preset.summary.as_ref().map(|summary| summary.at);
        self.moment.or(named).unwrap_or_default()
    }

    /// The field along the horizontal axis, by its place among those that vary.
    pub fn field(&self, experiment: &Experiment) -> usize {
        let named = experiment.preset.summary.as_ref();
        let named = named.and_then(|summary| summary.against.as_ref());
        let place = |field: &String| {
            let mut fields = varied_fields(experiment).into_iter();
            fields.position(|axis| axis.field == *field)
        };
        self.field.or_else(|| named.and_then(place)).unwrap_or(0)
    }
}

//! What the summary shows, where the user chose it.

use crate::figure::VariedField;
use crate::preset::Experiment;
use crate::spec::{Quantity, SummaryMoment};

use super::log_axis::LogAxis;

/// What the summary shows, where the user chose it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryChoice {
    /// What is read of each arm; else what the preset names.
    pub quantity: Option<Quantity>,
    /// When; else as the preset says.
    pub moment: Option<SummaryMoment>,
    /// Path of the field that is the horizontal axis, where the arms vary it; else as the preset says.
    pub field: Option<String>,
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

    /// Path of the field along the horizontal axis; `None` where the arms vary none.
    pub fn field<'a>(&self, experiment: &'a Experiment) -> Option<&'a str> {
        let named = experiment.preset.summary.as_ref();
        let named = named.and_then(|summary| summary.against.as_ref());
        let fields = VariedField::all(experiment);
        let varied = |wanted: &String| fields.iter().find(|field| field.path == *wanted);
        let chosen = self.field.as_ref().and_then(varied);
        let chosen = chosen.or_else(|| named.and_then(varied)).copied();
        let field = chosen.or_else(|| VariedField::first(experiment));
        field.map(|field| field.path)
    }
}

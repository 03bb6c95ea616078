//! What the weights panel shows.

use crate::figure::trace_quantities;
use crate::history::RunHistory;
use crate::spec::Quantity;

/// What the weights panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeightsView {
    /// A quantity over the run.
    Over(Quantity),
    /// How far each of a sample of neurons has moved, at one step.
    Neurons,
}

/// Name of the histogram.
const NEURONS: &str = "neuron by neuron";

/// What the histogram shows.
pub const NEURONS_MEANING: &str =
    "how many of a sample of neurons have moved how far, ‖w_r(t) − w_r(0)‖, at the step shown";

impl WeightsView {
    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Over(quantity) => quantity.title(),
            Self::Neurons => NEURONS,
        }
    }

    /// What it shows.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Over(quantity) => quantity.definition(),
            Self::Neurons => NEURONS_MEANING,
        }
    }

    /// What the run has measured.
    pub fn all(history: &RunHistory) -> Vec<Self> {
        let quantities = trace_quantities(history).into_iter();
        let mut views: Vec<Self> = quantities.map(Self::Over).collect();
        let ends = history.arms().iter().flat_map(|a| [a.first(), a.last()]);
        if ends.flatten().any(|r| r.neuron_distances.is_some()) {
            views.insert(views.len().min(6), Self::Neurons);
        }
        views
    }
}

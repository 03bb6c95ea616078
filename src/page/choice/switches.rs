//! What the user chose to see, as it is written in a preset and in the settings.

use crate::figure::{Clock, ImbalanceView, KernelView, SpectrumView};
use crate::spec::{Quantity, SummarySwitches, SweepSwitches, Switches};

use super::{LogAxis, PanelState, WeightsView};

/// Name of the histogram of the weights.
const NEURONS: &str = "neurons";

/// Names of the clocks.
const CLOCKS: [(&str, Clock); 2] = [("steps", Clock::Steps), ("time", Clock::Time)];

impl PanelState {
    /// What was chosen; what is as usual is left out.
    pub fn switches(&self) -> Switches {
        let usual = Self::default();
        let (shared, map) = (&self.shared, &self.feature_map);
        let unlike = |here: bool, usual: bool| (here != usual).then_some(here);
        Switches {
            clock: shared.time.clock.and_then(name_of_clock),
            log_time: shared.time.log.0,
            log_values: shared.log_y.0,
            log_loss: self.loss.log_y.0,
            bounds: unlike(shared.bounds, usual.shared.bounds),
            shown_arm: (shared.shown_arm != 0).then_some(shared.shown_arm),
            hidden_arms: shared.hidden_arms.iter().copied().collect(),
            x1: map.x1,
            x2: map.x2,
            paths: unlike(map.trails, usual.feature_map.trails),
            same_scale: unlike(map.same_scale, usual.feature_map.same_scale),
            spectrum: name(self.spectrum, SpectrumView::title),
            imbalance: name(self.imbalance, ImbalanceView::title),
            kernel: name(self.kernel, KernelView::title),
            kernel_before: unlike(self.kernel_before, usual.kernel_before),
            weights: self.weights.map(name_of_weights),
            start_beside: unlike(self.start_beside, usual.start_beside),
            training_digits: unlike(self.training_digits, usual.training_digits),
            summary: self.summary_switches(),
            sweep: SweepSwitches {
                value: self.sweep.value.clone(),
                log_x: self.sweep.log_x.0,
                log_y: self.sweep.log_y.0,
                log_value: self.sweep.log_value.0,
            },
        }
    }

    fn summary_switches(&self) -> SummarySwitches {
        let summary = &self.summary;
        SummarySwitches {
            of: summary.quantity.map(|of| of.column().to_owned()),
            at: summary.moment,
            against: summary.field.clone(),
            log_x: summary.log_x.0,
            log_y: summary.log_y.0,
        }
    }

    /// Sets what the switches say, and leaves what they do not; names that nothing has any more are passed over.
    pub fn take(&mut self, switches: &Switches) {
        let shared = &mut self.shared;
        let clock = switches.clock.as_deref().and_then(clock_of_name);
        put(&mut shared.time.clock, clock);
        put_log(&mut shared.time.log, switches.log_time);
        put_log(&mut shared.log_y, switches.log_values);
        put_log(&mut self.loss.log_y, switches.log_loss);
        shared.bounds = switches.bounds.unwrap_or(shared.bounds);
        shared.shown_arm = switches.shown_arm.unwrap_or(shared.shown_arm);
        shared.hidden_arms.extend(&switches.hidden_arms);
        let map = &mut self.feature_map;
        put(&mut map.x1, switches.x1);
        put(&mut map.x2, switches.x2);
        map.trails = switches.paths.unwrap_or(map.trails);
        map.same_scale = switches.same_scale.unwrap_or(map.same_scale);
        let spectrum = named(&switches.spectrum, &SpectrumView::ALL, SpectrumView::title);
        self.spectrum = spectrum.unwrap_or(self.spectrum);
        let imbalance = named(
            &switches.imbalance,
            &ImbalanceView::ALL,
            ImbalanceView::title,
        );
        self.imbalance = imbalance.unwrap_or(self.imbalance);
        let kernel = named(&switches.kernel, &KernelView::ALL, KernelView::title);
        self.kernel = kernel.unwrap_or(self.kernel);
        self.kernel_before = switches.kernel_before.unwrap_or(self.kernel_before);
        put(
            &mut self.weights,
            switches.weights.as_deref().and_then(weights_of_name),
        );
        self.start_beside = switches.start_beside.unwrap_or(self.start_beside);
        self.training_digits = switches.training_digits.unwrap_or(self.training_digits);
        self.take_summary(&switches.summary);
        let (sweep, of_sweep) = (&mut self.sweep, &switches.sweep);
        put(&mut sweep.value, of_sweep.value.clone());
        put_log(&mut sweep.log_x, of_sweep.log_x);
        put_log(&mut sweep.log_y, of_sweep.log_y);
        put_log(&mut sweep.log_value, of_sweep.log_value);
    }

    fn take_summary(&mut self, switches: &SummarySwitches) {
        let summary = &mut self.summary;
        let quantity = switches.of.as_deref().and_then(Quantity::from_column);
        put(&mut summary.quantity, quantity);
        put(&mut summary.moment, switches.at);
        put(&mut summary.field, switches.against.clone());
        put_log(&mut summary.log_x, switches.log_x);
        put_log(&mut summary.log_y, switches.log_y);
    }
}

fn put<T>(place: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *place = value;
    }
}

fn put_log(place: &mut LogAxis, value: Option<bool>) {
    put(&mut place.0, value);
}

/// The name of a view that is not the usual one.
fn name<T: Default + PartialEq + Copy>(view: T, title: fn(T) -> &'static str) -> Option<String> {
    (view != T::default()).then(|| title(view).to_owned())
}

fn named<T: Copy>(name: &Option<String>, all: &[T], title: fn(T) -> &'static str) -> Option<T> {
    let name = name.as_deref()?;
    all.iter().copied().find(|view| title(*view) == name)
}

fn name_of_clock(clock: Clock) -> Option<String> {
    let mut clocks = CLOCKS.iter();
    let found = clocks.find(|(_, of)| *of == clock);
    found.map(|(name, _)| (*name).to_owned())
}

fn clock_of_name(name: &str) -> Option<Clock> {
    let mut clocks = CLOCKS.iter();
    clocks.find(|(of, _)| *of == name).map(|(_, clock)| *clock)
}

fn name_of_weights(view: WeightsView) -> String {
    match view {
        WeightsView::Over(quantity) => quantity.column().to_owned(),
        WeightsView::Neurons => NEURONS.to_owned(),
    }
}

fn weights_of_name(name: &str) -> Option<WeightsView> {
    if name == NEURONS {
        return Some(WeightsView::Neurons);
    }
    Quantity::from_column(name).map(WeightsView::Over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{PointRef, SummaryMoment, SweepValue};

    fn chosen() -> PanelState {
        let mut state = PanelState::default();
        state.shared.time.clock = Some(Clock::Time);
        state.shared.time.log = LogAxis(Some(false));
        state.shared.log_y = LogAxis(Some(false));
        state.shared.bounds = true;
        state.shared.shown_arm = 2;
        state.shared.hidden_arms = [1, 2].into();
        state.loss.log_y = LogAxis(Some(true));
        state.feature_map.x1 = Some(PointRef::Test(4));
        state.feature_map.trails = false;
        state.feature_map.same_scale = false;
        state.spectrum = SpectrumView::Histogram;
        state.imbalance = ImbalanceView::Drift;
        state.kernel = KernelView::Change;
        state.kernel_before = true;
        state.summary.field = Some("network.width".to_owned());
        state.weights = Some(WeightsView::Over(Quantity::FeatureMovement));
        state.start_beside = true;
        state.training_digits = true;
        state.summary.quantity = Some(Quantity::TestLoss);
        state.summary.moment = Some(SummaryMoment::Step(7));
        state.sweep.value = Some(SweepValue::Steps);
        state.sweep.log_value = LogAxis(Some(true));
        state
    }

    #[test]
    fn what_is_written_is_what_was_chosen() {
        let mut read = PanelState::default();
        read.take(&chosen().switches());
        assert_eq!(read, chosen());
        assert!(PanelState::default().switches().are_usual());
        let neurons = PanelState {
            weights: Some(WeightsView::Neurons),
            ..PanelState::default()
        };
        let mut read = PanelState::default();
        read.take(&neurons.switches());
        assert_eq!(read, neurons);
    }

    #[test]
    fn a_name_that_nothing_has_is_passed_over() {
        let switches = Switches {
            clock: Some("sundial".to_owned()),
            spectrum: Some("rainbow".to_owned()),
            weights: Some("nothing".to_owned()),
            ..Switches::default()
        };
        let mut state = PanelState::default();
        state.take(&switches);
        assert_eq!(state, PanelState::default());
    }
}

//! The numbers of a panel at every moment: exactly for the read-out, in print for its table.

use crate::figure::{arm_name, at_or_before, short_names};
use crate::history::{ArmHistory, RunHistory};
use crate::number;
use crate::preset::Experiment;
use crate::spec::{PanelKind, Quantity};

use super::moments::Moments;
use super::script::{Reading, Told};

/// Beyond so many arms the read-out gives one quantity of each.
const MANY_ARMS: usize = 4;

/// The names of the arms, as short as they still tell them apart.
pub(super) fn arm_names(experiment: &Experiment, history: &RunHistory) -> Vec<String> {
    let arms = history.arms().iter();
    let labels: Vec<&str> = arms.map(|arm| arm_name(experiment, &arm.label)).collect();
    short_names(&labels)
}

/// What a panel's numbers are of, the first of them the most important.
pub(super) fn quantities(kind: PanelKind) -> &'static [Quantity] {
    match kind {
        PanelKind::Loss => &[
            Quantity::TrainLoss,
            Quantity::TestLoss,
            Quantity::LinearizedTrainLoss,
            Quantity::TestAccuracy,
        ],
        PanelKind::FeatureMap => &[Quantity::FeatureMovement, Quantity::RelativeFeatureMovement],
        PanelKind::Regime => &[
            Quantity::NtkChange,
            Quantity::RelativeFeatureMovement,
            Quantity::RelativeWeightDistance,
            Quantity::PatternChanges,
            Quantity::LazyGapTest,
        ],
        PanelKind::Kernel => &[Quantity::NtkChange, Quantity::KernelAlignment],
        PanelKind::Spectrum => &[Quantity::NtkMax, Quantity::NtkMin],
        PanelKind::Imbalance => &[Quantity::ImbalanceMax, Quantity::ImbalanceC],
        PanelKind::Data => &[Quantity::TestAccuracy, Quantity::TestLoss],
        PanelKind::Weights
        | PanelKind::Theory
        | PanelKind::Phase
        | PanelKind::Curves
        | PanelKind::Summary
        | PanelKind::Story => &[],
    }
}

/// The quantities of which a plot draws a curve: a curve is named by its arm and its quantity.
pub(super) fn drawn<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Quantity> {
    let names: Vec<&str> = names.collect();
    let is_drawn = |quantity: &Quantity| {
        let end = format!(", {}", quantity.title());
        names.iter().any(|name| name.ends_with(&end))
    };
    Quantity::ALL.into_iter().filter(is_drawn).collect()
}

/// The numbers as `series.csv` has them. `arm` is the only one, where there is one; `exact` leaves out what was
/// not measured at the moment itself.
pub(super) fn readings(
    (experiment, history): (&Experiment, &RunHistory),
    quantities: &[Quantity],
    arm: Option<usize>,
    (moments, exact): (&Moments, bool),
) -> Vec<Reading> {
    let names = arm_names(experiment, history);
    let arms = history.arms().iter().zip(names).enumerate();
    let arms = arms.filter(|(index, _)| arm.is_none_or(|arm| arm == *index));
    let most = match (arm, history.arms().len() > MANY_ARMS) {
        (None, true) => 1,
        _ => quantities.len(),
    };
    let all = arms.flat_map(|(index, (history, name))| {
        let quantities = quantities.iter().take(most);
        quantities.map(move |quantity| Reading {
            arm: Some(index),
            name: format!("{name}, {}", quantity.title()),
            texts: texts(history, *quantity, (moments, exact)),
        })
    });
    all.filter(|reading| reading.texts.iter().any(|text| !text.is_empty()))
        .collect()
}

fn texts(arm: &ArmHistory, quantity: Quantity, (moments, exact): (&Moments, bool)) -> Vec<String> {
    let value = |step: &u64| {
        let found = at_or_before(arm, *step, |record| record.get(quantity));
        let found = found.filter(|(record, _)| !exact || record.step == *step);
        found.map_or(String::new(), |(_, value)| crate::export::number(value))
    };
    moments.steps.iter().map(value).collect()
}

/// A table of numbers in print: its columns, and its cells row by row, a row an arm.
pub(super) struct Table {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Arms, a row each.
    pub rows: Vec<String>,
    /// The cells at every moment.
    pub cells: Told<Vec<String>>,
}

/// The table of a panel; `None` where it has none.
pub(super) fn table(
    (experiment, history): (&Experiment, &RunHistory),
    kind: PanelKind,
    moments: &Moments,
) -> Option<Table> {
    let is_told = kind == PanelKind::Loss;
    let measured = |quantity: &&Quantity| {
        let mut records = history.arms().iter().flat_map(ArmHistory::records);
        records.any(|record| record.get(**quantity).is_some())
    };
    let columns: Vec<Quantity> = quantities(kind).iter().filter(measured).copied().collect();
    if !is_told || columns.is_empty() {
        return None;
    }
    let cells = moments.steps.iter().map(|step| {
        let column = |quantity: &Quantity| {
            let arms = history.arms().iter();
            let values = arms.map(|arm| at_or_before(arm, *step, |r| r.get(*quantity)));
            let values: Vec<Option<f64>> = values.map(|found| Some(found?.1)).collect();
            number::column(&values, 3)
        };
        let columns: Vec<Vec<String>> = columns.iter().map(column).collect();
        let rows = 0..history.arms().len();
        let cell = |row: usize| columns.iter().map(move |column| column.get(row).cloned());
        rows.flat_map(cell).flatten().collect()
    });
    Some(Table {
        columns: columns.iter().map(|quantity| head(*quantity)).collect(),
        rows: arm_names(experiment, history),
        cells: Told::new(cells),
    })
}

/// A quantity as the head of a column in the panel of losses.
fn head(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::TrainLoss => "training",
        Quantity::TestLoss => "test",
        Quantity::LinearizedTrainLoss => "twin",
        Quantity::TestAccuracy => "test accuracy",
        other => other.title(),
    }
}

//! A panel at every moment of a run.

use crate::page::choice::PanelState;
use crate::page::content::{Content, KeyEntry, Plot, View, content};
use crate::spec::PanelKind;

use super::Shown;
use super::moments::Moments;
use super::script::Told;

/// A panel at every moment of a run.
#[derive(Debug)]
pub(super) struct PanelOver {
    /// The panel.
    pub kind: PanelKind,
    /// What is shown, in a few words.
    pub title: String,
    /// A sentence of this run's numbers.
    pub sentence: Told<String>,
    /// Its plots.
    pub plots: Vec<PlotOver>,
    /// What colours, dashes and marks stand for.
    pub key: Vec<KeyEntry>,
}

/// A plot at every moment of a run.
#[derive(Debug)]
pub(super) struct PlotOver {
    /// What it shows where there are several.
    pub name: String,
    /// The arm it is of, where it is of one.
    pub arm: Option<usize>,
    /// A number that belongs to it.
    pub notes: Told<String>,
    /// The plot; `None` at moments that have nothing to draw.
    pub over: Vec<Option<Plot>>,
}

impl PanelOver {
    /// A panel at these moments.
    ///
    /// # Errors
    /// Why it has no figure at the last of them.
    pub(super) fn new(
        kind: PanelKind,
        shown: &Shown<'_>,
        choice: &PanelState,
        moments: &Moments,
    ) -> Result<Self, String> {
        let end = moments.steps.last().copied().unwrap_or(0);
        let at = |step: u64| content(kind, &shown.view(choice, step));
        let last = at(end).map_err(|why| why.to_string())?;
        // A sweep has no moments.
        let is_of_sweep = matches!(kind, PanelKind::Phase | PanelKind::Curves);
        let mut all: Vec<Option<Content>> = match is_of_sweep {
            true => Vec::new(),
            false => {
                let before = moments.steps.iter().filter(|step| **step < end);
                before.map(|step| at(*step).ok()).collect()
            }
        };
        let Content {
            title, key, plots, ..
        } = &last;
        let (title, key) = (title.clone(), key.clone());
        let names: Vec<(String, Option<usize>)> =
            plots.iter().map(|p| (p.name.clone(), p.arm)).collect();
        all.push(Some(last));
        let sentence = |content: &Option<Content>| {
            let content = content.as_ref();
            content.map_or(String::new(), |content| content.sentence.clone())
        };
        Ok(Self {
            kind,
            title,
            sentence: Told::new(all.iter().map(sentence)),
            plots: names
                .into_iter()
                .map(|(name, arm)| PlotOver::of(name, arm, &mut all))
                .collect(),
            key,
        })
    }

    /// Whether its plots are squares.
    pub(super) fn is_square(&self) -> bool {
        self.plots
            .iter()
            .filter_map(PlotOver::last)
            .any(|p| p.square)
    }

    /// Lanes of its plots.
    pub(super) fn lanes(&self) -> usize {
        let plots = self.plots.iter().filter_map(PlotOver::last);
        plots.map(|plot| plot.lanes).max().unwrap_or(0)
    }
}

impl PlotOver {
    fn of(name: String, arm: Option<usize>, all: &mut [Option<Content>]) -> Self {
        let over = all.iter_mut().map(|content| {
            let plots = &mut content.as_mut()?.plots;
            let is_it = |plot: &Plot| (&plot.name, plot.arm) == (&name, arm);
            let index = plots.iter().position(is_it)?;
            Some(plots.swap_remove(index))
        });
        let over: Vec<Option<Plot>> = over.collect();
        let note = |plot: &Option<Plot>| {
            let plot = plot.as_ref();
            plot.map_or(String::new(), |plot| plot.note.clone())
        };
        Self {
            notes: Told::new(over.iter().map(note)),
            name,
            arm,
            over,
        }
    }

    /// The plot at the end.
    pub(super) fn last(&self) -> Option<&Plot> {
        self.over.last()?.as_ref()
    }
}

impl<'a> Shown<'a> {
    /// What is looked at at a step.
    pub fn view<'b>(&self, choice: &'b PanelState, step: u64) -> View<'b>
    where
        'a: 'b,
    {
        View {
            experiment: self.experiment,
            history: self.history,
            step,
            sweep: self.sweep,
            choice,
        }
    }
}

//! The panels in the middle of the window: they dock, resize, and can be shown alone.

mod frame;
mod layout;
mod saved;

use egui::{Id, Pos2, Rect, Ui};
use egui_tiles::Tree;

use crate::preset::Experiment;
use crate::spec::PanelKind;

use super::action::Action;
use super::panel::{PANELS, PanelInput, PanelState, Shows};
use frame::Frame;
use layout::Room;

/// The panels in the middle of the window.
pub struct Workspace {
    panels: Vec<PanelKind>,
    /// The panel that is large at the start.
    hero: Option<PanelKind>,
    tree: Option<Tree<PanelKind>>,
    room: Option<Room>,
    /// Whether the user moved a panel: the layout is then left alone when the window changes size.
    arranged: bool,
    full: Option<PanelKind>,
    places: Vec<(PanelKind, Rect)>,
    pointer: Option<Pos2>,
}

impl Workspace {
    /// These panels in their usual places.
    pub fn new(panels: &[PanelKind], hero: Option<PanelKind>) -> Self {
        Self {
            panels: panels.to_vec(),
            hero,
            tree: None,
            room: None,
            arranged: false,
            full: None,
            places: Vec::new(),
            pointer: None,
        }
    }

    /// The panels of an experiment: those of its preset, and that of its sweep, which a preset need
    /// not name.
    pub fn of(experiment: &Experiment) -> Self {
        let mut panels = experiment.preset.panels.clone();
        let sweep = sweep_panel(experiment);
        panels.splice(0..0, sweep.filter(|own| !panels.contains(own)));
        Self::new(&panels, experiment.preset.hero.or(sweep))
    }

    /// Shows the panel of an experiment's sweep where it has one, and takes away that of a sweep that it has no
    /// more; the others stay, in their usual places where one came or went.
    pub fn follow(&mut self, experiment: &Experiment) {
        let own = sweep_panel(experiment);
        let named = &experiment.preset.panels;
        let is_left = |kind: &PanelKind| {
            let mut rows = PANELS.iter().filter(|p| p.kind == *kind);
            rows.any(|p| matches!(p.shows, Shows::Sweep { .. }))
                && own != Some(*kind)
                && !named.contains(kind)
        };
        let before = self.panels.len();
        self.panels.retain(|kind| !is_left(kind));
        let is_new = |own: &PanelKind| !self.panels.contains(own);
        let came = own.filter(is_new);
        if came.is_some() || self.panels.len() < before {
            self.panels.splice(0..0, came);
            self.hero = experiment.preset.hero.or(own);
            self.reset();
        }
    }

    /// The panels, in the order of the preset.
    pub fn panels(&self) -> &[PanelKind] {
        &self.panels
    }

    /// The panel that is meant where none is named: the one alone, the one under the pointer, or the large one.
    pub fn meant(&self) -> Option<PanelKind> {
        let first = self.hero.or(self.panels.first().copied());
        self.full.or_else(|| self.under_pointer()).or(first)
    }

    /// Puts the panels back in their usual places.
    pub fn reset(&mut self) {
        self.tree = None;
        self.arranged = false;
        self.full = None;
    }

    /// Shows the panel under the pointer alone (the large one where there is none), or all again.
    pub fn toggle_full(&mut self) {
        self.full = match self.full {
            Some(_) => None,
            None => {
                let first = self.hero.or(self.panels.first().copied());
                self.under_pointer().or(first)
            }
        };
    }

    /// Shows the next panel of the preset alone, or the one before, the first and the last being
    /// neighbours: panels behind others can be reached without a pointer.
    pub fn next_full(&mut self, forward: bool) {
        let count = self.panels.len();
        let now = self
            .full
            .and_then(|full| self.panels.iter().position(|kind| *kind == full));
        let next = match (now, forward) {
            (Some(now), true) => (now + 1) % count,
            (Some(now), false) => (now + count - 1) % count,
            (None, true) => 0,
            (None, false) => count.saturating_sub(1),
        };
        self.full = self.panels.get(next).copied();
    }

    /// Draws the panels into the space that is left.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        input: PanelInput<'_>,
        state: &mut PanelState,
        actions: &mut Vec<Action>,
    ) {
        let room = Some(Room::of(ui.available_size()));
        if self.tree.is_none() || (room != self.room && !self.arranged) {
            self.tree = room.map(|room| layout::usual(&self.panels, self.hero, room));
            self.room = room;
        }
        let mut frame = Frame::new(input, state, actions, self.full.is_some());
        if let Some(kind) = self.full {
            let mut alone = Tree::new_tabs(Id::unique("panel alone"), vec![kind]);
            alone.ui(&mut frame, ui);
        } else if let Some(tree) = &mut self.tree {
            tree.ui(&mut frame, ui);
        }
        let Frame {
            rects,
            toggled,
            arranged,
            ..
        } = frame;
        self.arranged |= arranged;
        self.places = rects;
        self.pointer = ui.input(|i| i.pointer.hover_pos());
        match toggled {
            Some(_) if self.full.is_some() => self.full = None,
            Some(kind) => self.full = Some(kind),
            None => {}
        }
    }

    fn under_pointer(&self) -> Option<PanelKind> {
        let pointer = self.pointer?;
        let mut places = self.places.iter();
        places
            .find(|(_, rect)| rect.contains(pointer))
            .map(|(kind, _)| *kind)
    }

    /// The panels on screen, each with its place.
    #[cfg(test)]
    pub fn places(&self) -> &[(PanelKind, Rect)] {
        &self.places
    }
}

/// The panel of an experiment's sweep.
fn sweep_panel(experiment: &Experiment) -> Option<PanelKind> {
    let grid = experiment.sweep_axes.first()?.is_grid;
    let own = PANELS.iter().find(|p| p.shows == Shows::Sweep { grid })?;
    Some(own.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_can_be_reached_by_going_on() {
        let panels = [PanelKind::Loss, PanelKind::Theory, PanelKind::Story];
        let mut workspace = Workspace::new(&panels, None);
        for kind in panels.into_iter().chain([PanelKind::Loss]) {
            workspace.next_full(true);
            assert_eq!(workspace.full, Some(kind));
        }
        workspace.next_full(false);
        assert_eq!(workspace.full, Some(PanelKind::Story));
        let mut nothing = Workspace::new(&[], None);
        nothing.next_full(false);
        assert_eq!(nothing.full, None);
    }
}

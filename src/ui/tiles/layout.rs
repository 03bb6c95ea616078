//! Where the panels are before anyone moves them.

use egui::Id;
use egui_tiles::{Container, Linear, LinearDir, TileId, Tiles, Tree};

use crate::spec::PanelKind;
use crate::ui::panel::{Place, row};

/// Width in points from which the story has a column of its own.
const WIDE: f32 = 1200.0;

/// Places of a layout: two columns of two, and the story's.
const PLACES: usize = 5;

/// How much room there is from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    /// Two columns; the story shares a place.
    Narrow,
    /// Three columns.
    Wide,
}

impl Breadth {
    pub(super) fn of(width: f32) -> Self {
        if width < WIDE {
            Self::Narrow
        } else {
            Self::Wide
        }
    }
}

/// Where a panel belongs.
fn home(kind: PanelKind, breadth: Breadth, has_sweep: bool) -> usize {
    let places = row(kind).places;
    match breadth {
        Breadth::Wide => places.wide as usize,
        Breadth::Narrow if has_sweep => places.narrow_with_sweep as usize,
        Breadth::Narrow => places.narrow as usize,
    }
}

/// The panels of each place in the preset's order. The first panel of a place is the one seen; what
/// finds its place taken goes where nobody is, and else becomes a tab.
fn places(panels: &[PanelKind], breadth: Breadth) -> [Vec<PanelKind>; PLACES] {
    let mut places: [Vec<PanelKind>; PLACES] = Default::default();
    let mut late = Vec::new();
    let has_sweep = panels.iter().any(|kind| row(*kind).shows.is_sweep());
    let home = |kind: PanelKind| home(kind, breadth, has_sweep);
    let waits = |kind: &&PanelKind| row(**kind).places.waits();
    let (waiting, others): (Vec<&PanelKind>, Vec<&PanelKind>) = panels.iter().partition(waits);
    for kind in others.into_iter().chain(waiting) {
        match places.get_mut(home(*kind)) {
            Some(place) if place.is_empty() => place.push(*kind),
            _ => late.push(*kind),
        }
    }
    for kind in late {
        let columns = places.iter().take(Place::Beside as usize);
        let free = columns.into_iter().position(Vec::is_empty);
        let index = free.unwrap_or(home(kind));
        if let Some(place) = places.get_mut(index) {
            place.push(kind);
        }
    }
    places
}

/// The usual layout: loss over spectrum, feature map over regime, the story at the right.
pub(super) fn usual(panels: &[PanelKind], breadth: Breadth) -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let [a, b, c, d, story] = places(panels, breadth).map(|kinds| {
        let panes: Vec<TileId> = kinds.into_iter().map(|k| tiles.insert_pane(k)).collect();
        (!panes.is_empty()).then(|| tiles.insert_tab_tile(panes))
    });
    let columns = [(vec![a, b], 1.0), (vec![c, d], 1.0), (vec![story], 0.56)];
    let mut row = Linear::new(LinearDir::Horizontal, Vec::new());
    for (column, share) in columns {
        let column: Vec<TileId> = column.into_iter().flatten().collect();
        if !column.is_empty() {
            let id = tiles.insert_vertical_tile(column);
            row.add_child(id);
            row.shares.set_share(id, share);
        }
    }
    let root = tiles.insert_container(Container::Linear(row));
    Tree::new(Id::unique("panels"), root, tiles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::panel::PANELS;

    fn all() -> Vec<PanelKind> {
        PANELS.iter().map(|panel| panel.kind).collect()
    }

    fn panes(panels: &[PanelKind], breadth: Breadth) -> Vec<PanelKind> {
        let tree = usual(panels, breadth);
        let pane = |tile: &egui_tiles::Tile<PanelKind>| match tile {
            egui_tiles::Tile::Pane(kind) => Some(*kind),
            egui_tiles::Tile::Container(_) => None,
        };
        tree.tiles.tiles().filter_map(pane).collect()
    }

    #[test]
    fn every_panel_of_the_preset_has_one_place() {
        for breadth in [Breadth::Narrow, Breadth::Wide] {
            for count in 0..=PANELS.len() {
                let wanted = &all()[..count];
                let placed = panes(wanted, breadth);
                assert_eq!(placed.len(), wanted.len());
                assert!(wanted.iter().all(|kind| placed.contains(kind)));
            }
        }
    }

    #[test]
    fn four_panels_and_a_story_are_all_seen_at_once() {
        use PanelKind::{Imbalance, Kernel, Loss, Story, Theory, Weights};
        for panels in [
            [Loss, Weights, Theory, Kernel, Story],
            [Loss, Imbalance, Weights, Theory, Story],
        ] {
            let wide = places(&panels, Breadth::Wide);
            assert!(wide.iter().all(|kinds| kinds.len() == 1), "{wide:?}");
            let narrow = places(&panels, Breadth::Narrow);
            assert_eq!(narrow[3].last(), Some(&Story));
            assert!(narrow[..4].iter().all(|kinds| !kinds.is_empty()));
        }
    }
}

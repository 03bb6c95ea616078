//! Where the panels are before anyone moves them.

use egui::Id;
use egui_tiles::{Container, Linear, LinearDir, TileId, Tiles, Tree};

use crate::preset::PanelKind;

/// Width in points from which the story has a column of its own.
const WIDE: f32 = 1200.0;

/// How much room there is from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    /// Two columns; the story shares the place of the regime.
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

/// The usual layout: loss over spectrum, feature map over regime, the story at the right.
pub(super) fn usual(panels: &[PanelKind], breadth: Breadth) -> Tree<PanelKind> {
    use PanelKind::{FeatureMap, Loss, Regime, Spectrum, Story};
    let mut tiles = Tiles::default();
    let cells: &[&[PanelKind]] = match breadth {
        Breadth::Wide => &[&[Loss], &[Spectrum], &[FeatureMap], &[Regime], &[Story]],
        Breadth::Narrow => &[&[Loss], &[Spectrum], &[FeatureMap], &[Regime, Story]],
    };
    let mut cell = |index: usize| {
        let kinds = cells.get(index).copied().unwrap_or_default();
        let panes: Vec<TileId> = kinds
            .iter()
            .filter(|kind| panels.contains(kind))
            .map(|kind| tiles.insert_pane(*kind))
            .collect();
        (!panes.is_empty()).then(|| tiles.insert_tab_tile(panes))
    };
    let columns = [
        vec![cell(0), cell(1)],
        vec![cell(2), cell(3)],
        vec![cell(4)],
    ];
    let columns: Vec<Vec<TileId>> = columns
        .into_iter()
        .map(|c| c.into_iter().flatten().collect())
        .collect();
    let shares = [1.0, 1.0, 0.56];
    let mut row = Linear::new(LinearDir::Horizontal, Vec::new());
    for (column, share) in columns.into_iter().zip(shares) {
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
        let all = crate::preset::Preset::default().panels;
        for breadth in [Breadth::Narrow, Breadth::Wide] {
            for count in 0..=all.len() {
                let wanted = &all[..count];
                let placed = panes(wanted, breadth);
                assert_eq!(placed.len(), wanted.len());
                assert!(wanted.iter().all(|kind| placed.contains(kind)));
            }
        }
    }
}

//! Where the panels stand, as it is written in a preset and in the settings.

use egui::Id;
use egui_tiles::{Container, Linear, LinearDir, Tile, TileId, Tiles, Tree};

use crate::spec::{PanelKind, Place};

use super::Workspace;

/// How the shares of a row are rounded: in thousandths of it.
const SHARES: f32 = 1000.0;

impl Workspace {
    /// Where the panels stand, where the user has moved one; `None` where they stand as usual.
    pub fn place(&self) -> Option<Place> {
        let tree = self.tree.as_ref().filter(|_| self.arranged)?;
        place_of(&tree.tiles, tree.root?)
    }

    /// Puts the panels there. One that the place does not name stands behind the last, and one that there is not
    /// is passed over.
    pub fn arrange(&mut self, place: &Place) {
        let mut missing = self.panels.clone();
        let Some(known) = restricted(place, &mut missing) else {
            return;
        };
        let known = with_last(known, &missing);
        let mut tiles = Tiles::default();
        let root = inserted(&mut tiles, &known);
        self.tree = Some(Tree::new(Id::unique("panels"), root, tiles));
        self.arranged = true;
        self.full = None;
    }
}

fn place_of(tiles: &Tiles<PanelKind>, id: TileId) -> Option<Place> {
    let container = match tiles.get(id)? {
        Tile::Pane(kind) => {
            return Some(Place::Tabs {
                panels: vec![*kind],
                shown: 0,
            });
        }
        Tile::Container(container) => container,
    };
    match container {
        Container::Tabs(tabs) => {
            let panes = tabs.children.iter();
            let panes: Vec<_> = panes
                .filter_map(|id| Some((*id, *tiles.get_pane(id)?)))
                .collect();
            let mut places = panes.iter();
            let shown = places.position(|(id, _)| tabs.active == Some(*id));
            Some(Place::Tabs {
                panels: panes.iter().map(|(_, kind)| *kind).collect(),
                shown: shown.unwrap_or(0),
            })
        }
        Container::Linear(linear) => {
            let all: f32 = linear.children.iter().map(|id| linear.shares[*id]).sum();
            let parts = linear.children.iter().filter_map(|id| {
                let share = (SHARES * linear.shares[*id] / all).round() / SHARES;
                Some((share, place_of(tiles, *id)?))
            });
            let parts = parts.collect();
            Some(match linear.dir {
                LinearDir::Horizontal => Place::Row(parts),
                LinearDir::Vertical => Place::Column(parts),
            })
        }
        Container::Grid(grid) => {
            let parts = grid
                .children()
                .filter_map(|id| Some((1.0, place_of(tiles, *id)?)));
            Some(Place::Row(parts.collect()))
        }
    }
}

/// The place without the panels that are not among the missing, which it takes from them.
fn restricted(place: &Place, missing: &mut Vec<PanelKind>) -> Option<Place> {
    let mut parts = |parts: &[(f32, Place)]| {
        let parts = parts.iter().filter_map(|(share, part)| {
            let share = if share.is_finite() {
                share.clamp(0.05, 1.0)
            } else {
                1.0
            };
            Some((share, restricted(part, missing)?))
        });
        let parts: Vec<_> = parts.collect();
        (!parts.is_empty()).then_some(parts)
    };
    match place {
        Place::Row(of) => parts(of).map(Place::Row),
        Place::Column(of) => parts(of).map(Place::Column),
        Place::Tabs { panels, shown } => {
            let mut take = |kind: &PanelKind| {
                let at = missing.iter().position(|m| m == kind)?;
                Some(missing.remove(at))
            };
            let seen = panels.get(*shown).copied();
            let panels: Vec<_> = panels.iter().filter_map(&mut take).collect();
            let shown = panels.iter().position(|kind| Some(*kind) == seen);
            (!panels.is_empty()).then(|| Place::Tabs {
                panels,
                shown: shown.unwrap_or(0),
            })
        }
    }
}

/// The place with further panels behind its last ones.
fn with_last(mut place: Place, more: &[PanelKind]) -> Place {
    match &mut place {
        Place::Tabs { panels, .. } => panels.extend(more),
        Place::Row(parts) | Place::Column(parts) => {
            if let Some((share, last)) = parts.pop() {
                parts.push((share, with_last(last, more)));
            }
        }
    }
    place
}

fn inserted(tiles: &mut Tiles<PanelKind>, place: &Place) -> TileId {
    let (dir, parts) = match place {
        Place::Tabs { panels, shown } => {
            let panes: Vec<TileId> = panels.iter().map(|kind| tiles.insert_pane(*kind)).collect();
            let seen = panes.get(*shown).copied();
            let id = tiles.insert_tab_tile(panes);
            if let (Some(Tile::Container(Container::Tabs(tabs))), Some(seen)) =
                (tiles.get_mut(id), seen)
            {
                tabs.set_active(seen);
            }
            return id;
        }
        Place::Row(parts) => (LinearDir::Horizontal, parts),
        Place::Column(parts) => (LinearDir::Vertical, parts),
    };
    let mut linear = Linear::new(dir, Vec::new());
    for (share, part) in parts {
        let id = inserted(tiles, part);
        linear.add_child(id);
        linear.shares.set_share(id, *share);
    }
    tiles.insert_container(Container::Linear(linear))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PanelKind::{FeatureMap, Loss, Regime, Spectrum, Story};

    fn tabs(panels: &[PanelKind], shown: usize) -> Place {
        Place::Tabs {
            panels: panels.to_vec(),
            shown,
        }
    }

    fn arranged(panels: &[PanelKind], place: &Place) -> Workspace {
        let mut workspace = Workspace::new(panels, None);
        workspace.arrange(place);
        workspace
    }

    #[test]
    fn panels_stand_where_they_were() {
        let place = Place::Row(vec![
            (0.25, tabs(&[Story], 0)),
            (
                0.75,
                Place::Column(vec![
                    (0.4, tabs(&[Loss, Spectrum], 1)),
                    (0.6, tabs(&[FeatureMap], 0)),
                ]),
            ),
        ]);
        let workspace = arranged(&[Loss, Spectrum, FeatureMap, Story], &place);
        assert_eq!(workspace.place(), Some(place));
        assert_eq!(Workspace::new(&[Loss], None).place(), None);
    }

    #[test]
    fn a_panel_stands_once_wherever_the_place_is_from() {
        let place = Place::Row(vec![
            (f32::NAN, tabs(&[Regime], 0)),
            (0.5, tabs(&[Loss, Regime, Loss], 0)),
        ]);
        let workspace = arranged(&[Loss, Story], &place);
        let found = workspace.place().map(|place| place.panels());
        assert_eq!(found, Some(vec![Loss, Story]));
        // Nothing of it is known: the usual places stay.
        assert_eq!(arranged(&[Story], &tabs(&[Loss], 0)).place(), None);
    }
}

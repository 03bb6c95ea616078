//! Where the panels are before anyone moves them: the hero large at the left, the others beside it.

use egui::{Id, Vec2};
use egui_tiles::{Container, Linear, LinearDir, TileId, Tiles, Tree};

use crate::spec::PanelKind;
use crate::ui::panel::row;

/// Width in points from which the story has a column of its own.
const WIDE: f32 = 1200.0;

/// Height in points in which a panel beside the hero has all it needs.
const ENOUGH: f32 = 304.0;

/// Least height of the panels beside the hero: two that scroll a little are better than one.
const LEAST: f32 = 236.0;

/// Width in points below which one panel is seen at a time.
const NARROW: f32 = 690.0;

/// Breadth in points that a panel beside the hero may need.
const BROAD: f32 = 320.0;

/// Most panels beside the hero that stand under each other.
const MOST: usize = 4;

/// Shares of the width: the hero's, that of the panels beside it, and the story's column's.
const SHARES: [f32; 3] = [0.54, 0.28, 0.18];

/// The same without a column for the story.
const SHARES_OF_TWO: [f32; 3] = [0.58, 0.42, 0.0];

/// The same where that would leave less to the panels beside the hero than they need.
const SHARES_OF_TWO_NARROW: [f32; 3] = [0.52, 0.48, 0.0];

/// Width in points up to which those hold.
const TIGHT: f32 = 800.0;

/// How much room there is, as far as it decides which panel stands where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Whether the story has a column of its own; else it is behind another panel.
    wide: bool,
    /// Whether two columns have hardly enough of it.
    tight: bool,
    /// How many panels stand under each other beside the hero; none where there is room for one panel
    /// only, and the others are tabs behind it.
    rows: usize,
}

impl Room {
    pub(super) fn of(size: Vec2) -> Self {
        Self {
            wide: size.x >= WIDE,
            tight: size.x < TIGHT,
            rows: if size.x < NARROW {
                0
            } else {
                let two = ((size.y / LEAST) as usize).min(2);
                ((size.y / ENOUGH) as usize).max(two).clamp(1, MOST)
            },
        }
    }
}

/// The panels of each place: the hero, those beside it from top to bottom, and the story's column. The
/// first panel of a place is the one seen, the others are tabs behind it.
#[derive(Debug, PartialEq)]
struct Places {
    hero: Vec<PanelKind>,
    beside: Vec<Vec<PanelKind>>,
    story: Option<PanelKind>,
}

fn places(panels: &[PanelKind], hero: Option<PanelKind>, room: Room) -> Places {
    let hero = hero.filter(|hero| panels.contains(hero));
    let hero = hero.or(panels.first().copied());
    let others = panels.iter().copied().filter(|kind| Some(*kind) != hero);
    if room.rows == 0 {
        return Places {
            hero: hero.into_iter().chain(others).collect(),
            beside: Vec::new(),
            story: None,
        };
    }
    let (stories, others): (Vec<_>, Vec<_>) = others.partition(|k| *k == PanelKind::Story);
    // Its tables are broad: behind the hero, where there is anything else to see beside it.
    let is_broad = |kind: &PanelKind| row(*kind).least[0] > BROAD;
    let (broad, mut others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_broad);
    if others.is_empty() {
        others.extend(&broad);
    }
    let behind = broad.into_iter().filter(|kind| !others.contains(kind));
    let hero = hero.into_iter().chain(behind).collect();
    let mut story = stories.first().copied();
    if !room.wide || others.is_empty() {
        // Behind what is measured; beside the hero where nothing else is.
        others.extend(story.take());
    }
    let rows = room.rows.min(others.len());
    let mut beside = vec![Vec::new(); rows];
    for (index, kind) in others.into_iter().enumerate() {
        // What finds no row of its own is a tab, from the last row on upwards.
        let row = if index < rows {
            index
        } else {
            rows - 1 - (index - rows) % rows
        };
        if let Some(place) = beside.get_mut(row) {
            place.push(kind);
        }
    }
    Places {
        hero,
        beside,
        story,
    }
}

/// The usual layout: the hero with half of the space or more, the others in a column beside it, the
/// story narrow.
pub(super) fn usual(panels: &[PanelKind], hero: Option<PanelKind>, room: Room) -> Tree<PanelKind> {
    let mut tiles = Tiles::default();
    let places = places(panels, hero, room);
    let mut tabs = |kinds: Vec<PanelKind>| {
        let panes: Vec<TileId> = kinds.into_iter().map(|k| tiles.insert_pane(k)).collect();
        tiles.insert_tab_tile(panes)
    };
    let columns: [Vec<TileId>; 3] = [
        vec![places.hero]
            .into_iter()
            .filter(|kinds| !kinds.is_empty())
            .map(&mut tabs)
            .collect(),
        places.beside.into_iter().map(&mut tabs).collect(),
        places.story.into_iter().map(|k| tabs(vec![k])).collect(),
    ];
    let shares = if places.story.is_some() {
        SHARES
    } else if room.tight {
        SHARES_OF_TWO_NARROW
    } else {
        SHARES_OF_TWO
    };
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
    use crate::ui::panel::PANELS;
    use PanelKind::{FeatureMap, Loss, Regime, Spectrum, Story, Theory};

    /// Rooms of a least, a common and a large window, without bars and controls.
    const ROOMS: [[f32; 2]; 3] = [[704.0, 516.0], [1024.0, 636.0], [1344.0, 916.0]];

    fn all() -> Vec<PanelKind> {
        PANELS.iter().map(|panel| panel.kind).collect()
    }

    fn panes(panels: &[PanelKind], room: Room) -> Vec<PanelKind> {
        let tree = usual(panels, None, room);
        let pane = |tile: &egui_tiles::Tile<PanelKind>| match tile {
            egui_tiles::Tile::Pane(kind) => Some(*kind),
            egui_tiles::Tile::Container(_) => None,
        };
        tree.tiles.tiles().filter_map(pane).collect()
    }

    #[test]
    fn where_there_is_room_for_one_panel_the_others_are_tabs() {
        let small = Room::of(Vec2::new(480.0, 216.0));
        let placed = places(&[Loss, Story, FeatureMap], Some(FeatureMap), small);
        assert_eq!(placed.hero, [FeatureMap, Loss, Story]);
        assert!(placed.beside.is_empty() && placed.story.is_none());
    }

    #[test]
    fn every_panel_of_the_preset_has_one_place() {
        for size in ROOMS {
            for count in 0..=PANELS.len() {
                let wanted = &all()[..count];
                let placed = panes(wanted, Room::of(size.into()));
                assert_eq!(placed.len(), wanted.len());
                assert!(wanted.iter().all(|kind| placed.contains(kind)));
            }
        }
    }

    #[test]
    fn the_hero_stands_alone_and_the_story_behind_what_is_measured_or_in_a_column_of_its_own() {
        let panels = [Loss, Spectrum, FeatureMap, Regime, Story];
        let of = |size: [f32; 2]| places(&panels, Some(FeatureMap), Room::of(size.into()));
        let [least, common, large] = ROOMS.map(of);
        assert_eq!(least, common);
        assert_eq!(least.hero, [FeatureMap]);
        assert_eq!(least.beside, [vec![Loss, Story], vec![Spectrum, Regime]]);
        assert_eq!(large.beside, [vec![Loss], vec![Spectrum], vec![Regime]]);
        assert_eq!(large.story, Some(Story));
    }

    #[test]
    fn without_a_hero_the_first_panel_is_it_and_a_story_alone_stands_beside_it() {
        let room = Room::of(ROOMS[2].into());
        let two = places(&[Theory, Story], None, room);
        assert_eq!((two.hero, two.story), (vec![Theory], None));
        assert_eq!(two.beside, [vec![Story]]);
        // One that is not shown is none.
        assert_eq!(places(&[Theory], Some(Loss), room).hero, [Theory]);
        assert_eq!(places(&[], Some(Loss), room).hero, []);
    }
}

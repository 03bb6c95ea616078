//! The widths a page is laid out for, and the sizes plots have there.

use crate::replay::script::Width;

/// A layout of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::replay) struct Layout {
    /// Its name and the least width of the page.
    pub width: Width,
    /// Width within the hero's panel, in pixels.
    hero: f32,
    /// The same where the hero stands alone.
    alone: f32,
    /// Width within the other panels.
    side: f32,
    /// Heights of a hero's plot and of another one, between its axes.
    heights: [f32; 2],
    /// Size of text.
    pub text: f32,
}

/// Phone, page, slide.
pub(in crate::replay) const LAYOUTS: [Layout; 3] = [
    Layout {
        width: Width {
            name: "phone",
            from: 0,
        },
        hero: 325.0,
        alone: 325.0,
        side: 325.0,
        heights: [210.0, 180.0],
        text: 11.0,
    },
    Layout {
        width: Width {
            name: "page",
            from: 700,
        },
        hero: 702.0,
        alone: 702.0,
        side: 332.0,
        heights: [300.0, 190.0],
        text: 12.0,
    },
    Layout {
        width: Width {
            name: "slide",
            from: 1100,
        },
        hero: 798.0,
        alone: 1222.0,
        side: 386.0,
        heights: [400.0, 180.0],
        text: 13.0,
    },
];

/// Space between plots side by side.
const GAP: f32 = 8.0;
/// Largest side of a square plot.
const LARGEST: f32 = 520.0;
/// Least width of a plot beside others.
const LEAST: f32 = 150.0;
/// Height of a lane, in sizes of text.
const LANE: f32 = 1.7;

/// Where in a page a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::replay) enum Place {
    /// The hero, with others beside or below it.
    Hero,
    /// The hero alone.
    Alone,
    /// Below a hero whose plots stand in a row, where there is room for that.
    Below,
    /// One of the others.
    Side,
}

/// Room for the plots of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::replay) struct Room {
    /// Plots side by side.
    pub across: usize,
    /// Width of each, in pixels.
    pub width: f32,
    /// Height between its axes; `None` for a square.
    pub height: Option<f32>,
}

impl Layout {
    /// Whether a panel stands beside the hero and not below it.
    fn is_wide(&self) -> bool {
        self.hero < self.alone
    }

    /// Room for so many plots; squares stand side by side, others below each other.
    pub(in crate::replay) fn room(
        &self,
        place: Place,
        count: usize,
        is_square: bool,
        lanes: usize,
    ) -> Room {
        let whole = match place {
            Place::Hero => self.hero,
            Place::Alone => self.alone,
            Place::Below if self.is_wide() => self.hero,
            Place::Below | Place::Side => self.side,
        };
        let fit = ((whole + GAP) / (LEAST + GAP)).floor().max(1.0) as usize;
        // Not three beside one, but two beside two.
        let rows = count.div_ceil(fit.min(4)).max(1);
        let beside = count.div_ceil(rows).max(1);
        let across = if is_square { beside } else { 1 };
        let width = (whole - GAP * (across - 1) as f32) / across as f32;
        let height = match (is_square, lanes) {
            (true, _) => None,
            (false, 0) => {
                let is_large = matches!(place, Place::Hero | Place::Alone);
                Some(self.heights[usize::from(!is_large)])
            }
            (false, lanes) => Some(lanes as f32 * LANE * self.text),
        };
        Room {
            across,
            width: if is_square { width.min(LARGEST) } else { width },
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_stand_in_even_rows_and_nothing_is_wider_than_its_panel() {
        let [phone, page, _] = LAYOUTS;
        assert_eq!(phone.room(Place::Hero, 3, true, 0).across, 2);
        assert_eq!(page.room(Place::Hero, 3, true, 0).across, 3);
        assert_eq!(page.room(Place::Hero, 5, true, 0).across, 3);
        for layout in LAYOUTS {
            for count in 1..10 {
                for place in [Place::Hero, Place::Alone, Place::Side] {
                    let room = layout.room(place, count, true, 0);
                    let used = room.across as f32 * (room.width + GAP) - GAP;
                    assert!(used <= layout.alone.max(layout.hero) + 0.1 && room.width >= LEAST);
                }
            }
            assert_eq!(layout.room(Place::Side, 5, false, 3).across, 1);
        }
    }
}

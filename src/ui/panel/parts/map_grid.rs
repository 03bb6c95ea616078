//! Square plots of one kind in rows and columns, as large as the space allows.

use egui::{Rect, Vec2, vec2};

use crate::ui::plot::PlotView;

/// Least side of a frame. With what is written around it a plot then takes 160×120 points or more;
/// what does not fit is scrolled to.
const LEAST: f32 = 120.0;

/// Height of the title above a frame.
pub const TITLE: f32 = 18.0;

/// Between a title and its frame.
const UNDER_TITLE: f32 = 5.0;

/// Distance between plots.
const GAP: Vec2 = vec2(22.0, 8.0);

/// Kept free at the right for the half of the last tick's label.
const RIGHT: f32 = 10.0;

/// Where square plots stand. Where all have the same axes, these are written once a row and once a
/// column, and the frames are larger for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapGrid {
    count: usize,
    columns: usize,
    /// Side of a frame.
    side: f32,
    /// Free space left of the plots, so that they stand in the middle.
    left: f32,
    /// Whether all plots have the same axes.
    same_axes: bool,
}

impl MapGrid {
    /// The rows and columns with the largest frames; where even these are below the least size, as
    /// many columns as have it.
    pub fn new(space: Vec2, count: usize, same_axes: bool) -> Self {
        let grid = |columns: usize| Self {
            count,
            columns,
            side: 0.0,
            left: 0.0,
            same_axes,
        };
        let whole = |columns: usize| grid(columns).with_side(space, grid(columns).largest(space));
        let larger = |best: Self, columns: usize| {
            let other = whole(columns);
            if other.side > best.side { other } else { best }
        };
        let best = (2..=count).fold(whole(1), larger);
        if best.side >= LEAST {
            return best;
        }
        let wide = |columns: &usize| grid(*columns).widest(space) >= LEAST;
        let columns = (1..=count.max(1)).rev().find(wide).unwrap_or(1);
        let one_row = space.y - TITLE - UNDER_TITLE - PlotView::BELOW;
        let side = grid(columns).widest(space).min(one_row.max(LEAST));
        grid(columns).with_side(space, side.max(24.0))
    }

    fn with_side(self, space: Vec2, side: f32) -> Self {
        let placed = Self { side, ..self };
        let left = (0.5 * (space.x - placed.width())).max(0.0).floor();
        Self { left, ..placed }
    }

    fn rows(&self) -> usize {
        self.count.div_ceil(self.columns).max(1)
    }

    /// How often the axes are written: along the rows and down the columns.
    fn written(&self) -> [f32; 2] {
        if self.same_axes {
            [1.0; 2]
        } else {
            [self.columns as f32, self.rows() as f32]
        }
    }

    /// Width without the frames, and height.
    fn around(&self) -> Vec2 {
        let [beside, below] = self.written();
        let (columns, rows) = (self.columns as f32, self.rows() as f32);
        let x = beside * PlotView::BESIDE + RIGHT + (columns - 1.0) * GAP.x;
        let titles = rows * (TITLE + UNDER_TITLE);
        vec2(x, below * PlotView::BELOW + titles + (rows - 1.0) * GAP.y)
    }

    fn widest(&self, space: Vec2) -> f32 {
        (space.x - self.around().x) / self.columns as f32
    }

    fn largest(&self, space: Vec2) -> f32 {
        let high = (space.y - self.around().y) / self.rows() as f32;
        self.widest(space).min(high)
    }

    fn width(&self) -> f32 {
        self.around().x + self.columns as f32 * self.side
    }

    /// Height of all plots.
    pub fn height(&self) -> f32 {
        self.around().y + self.rows() as f32 * self.side
    }

    /// The frame of a plot, from the corner of the space on; its title stands above it.
    pub fn frame(&self, index: usize) -> Rect {
        let place = vec2((index % self.columns) as f32, (index / self.columns) as f32);
        let (beside, below) = if self.same_axes {
            (0.0, 0.0)
        } else {
            (PlotView::BESIDE, PlotView::BELOW)
        };
        let pitch = Vec2::splat(self.side) + GAP + vec2(beside, TITLE + UNDER_TITLE + below);
        let first = vec2(self.left + PlotView::BESIDE, TITLE + UNDER_TITLE);
        Rect::from_min_size((first + place * pitch).to_pos2(), Vec2::splat(self.side))
    }

    /// Whether the axes of a plot are written: its horizontal and its vertical one.
    pub fn is_written(&self, index: usize) -> [bool; 2] {
        let last = index + self.columns >= self.count;
        [
            !self.same_axes || last,
            !self.same_axes || index.is_multiple_of(self.columns),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILES: [Vec2; 5] = [
        vec2(700.0, 620.0),
        vec2(560.0, 380.0),
        vec2(360.0, 480.0),
        vec2(1000.0, 260.0),
        vec2(480.0, 220.0),
    ];

    fn whole(rect: Rect) -> Rect {
        rect.with_min_y(rect.top() - TITLE - UNDER_TITLE)
    }

    #[test]
    fn frames_of_one_to_nine_arms_keep_the_least_size_and_stay_clear_of_each_other() {
        for (space, same_axes) in TILES.iter().flat_map(|s| [(*s, true), (*s, false)]) {
            for count in 1..=9 {
                let grid = MapGrid::new(space, count, same_axes);
                let frames: Vec<Rect> = (0..count).map(|k| whole(grid.frame(k))).collect();
                let tile = Rect::from_min_size(egui::Pos2::ZERO, vec2(space.x, grid.height()));
                assert!(grid.side >= LEAST, "{space} {count}: {grid:?}");
                for (k, frame) in frames.iter().enumerate() {
                    assert!(tile.contains_rect(*frame), "{space} {count}: {frame}");
                    let others = frames.iter().skip(k + 1);
                    assert!(others.into_iter().all(|other| !other.intersects(*frame)));
                }
            }
        }
    }

    #[test]
    fn no_other_number_of_columns_has_larger_frames() {
        for space in TILES {
            for count in 1..=9 {
                let grid = MapGrid::new(space, count, true);
                let other = |columns: usize| MapGrid { columns, ..grid }.largest(space);
                let best = (1..=count).map(other).fold(0.0, f32::max);
                let scrolls = grid.height() > space.y + 1e-3;
                assert!(scrolls == (best < LEAST), "{space} {count}: {grid:?}");
                assert!(scrolls || grid.side == best, "{space} {count}: {grid:?}");
            }
        }
    }

    #[test]
    fn axes_that_are_the_same_are_written_once_a_row_and_column() {
        let grid = MapGrid::new(vec2(700.0, 480.0), 5, true);
        assert_eq!(grid.columns, 3);
        let written: Vec<[bool; 2]> = (0..5).map(|k| grid.is_written(k)).collect();
        // The third plot has nothing below it.
        let under = [false, false, true, true, true];
        let beside = [true, false, false, true, false];
        for (k, own) in written.into_iter().enumerate() {
            assert_eq!(own, [under[k], beside[k]], "{k}");
        }
        let apart = MapGrid::new(vec2(700.0, 480.0), 5, false);
        assert!((0..5).all(|k| apart.is_written(k) == [true; 2]));
        assert!(apart.side < grid.side);
    }
}

//! Pictures of several arms side by side, or of one where there is room for one only.

use egui::{Rect, Ui, Vec2, vec2};

use crate::ui::Theme;

use super::arm_choice::arm_choice_ui;

/// Least side of a picture that can be read.
const LEAST: f32 = 56.0;

/// How pictures are laid out.
pub struct SideBySide {
    /// Distance between pictures.
    pub gap: f32,
    /// Another row is begun where it makes the pictures larger by this factor.
    pub gain: f32,
    /// Side of the picture in a cell of a size: what goes around it is left out.
    pub side: fn(Vec2) -> f32,
}

impl SideBySide {
    /// All pictures, or where they would be too small in `space`, the one that is chosen. `arm_of`
    /// is the index and name of a picture's arm.
    pub fn chosen_ui<'a, P>(
        &self,
        ui: &mut Ui,
        (theme, shown_arm): (&Theme, &mut usize),
        (pictures, space): (&'a [P], Vec2),
        arm_of: fn(&P) -> (usize, &str),
        tooltip: &str,
    ) -> &'a [P] {
        let (_, cell) = self.grid(space, pictures.len());
        if pictures.len() < 2 || (self.side)(cell) >= LEAST {
            return pictures;
        }
        let chosen = |picture| arm_of(picture).0 == *shown_arm;
        let at = pictures.iter().position(chosen);
        let one = at.and_then(|at| pictures.get(at..=at));
        let one = one.or(pictures.get(..1)).unwrap_or_default();
        let names = pictures.iter().map(arm_of);
        let arms: Vec<(usize, String)> = names.map(|(arm, name)| (arm, name.to_owned())).collect();
        let shown = one.first().map(|picture| arm_of(picture).0);
        let choice = (arms.as_slice(), shown);
        arm_choice_ui(ui, theme, choice, tooltip, shown_arm);
        one
    }

    /// The places of so many pictures in an area, row by row.
    pub fn places(&self, area: Rect, count: usize) -> impl Iterator<Item = Rect> + use<> {
        let (columns, cell) = self.grid(area.size(), count);
        let pitch = cell + Vec2::splat(self.gap);
        (0..count).map(move |index| {
            let place = vec2((index % columns) as f32, (index / columns) as f32);
            Rect::from_min_size(area.min + place * pitch, cell)
        })
    }

    /// The number of columns, and the size of a cell: one row, or more where that makes the pictures
    /// larger. Rows are filled evenly.
    fn grid(&self, space: Vec2, count: usize) -> (usize, Vec2) {
        let count = count.max(1);
        let cell = |rows: usize| {
            let columns = count.div_ceil(rows);
            let width = (space.x - self.gap * (columns - 1) as f32) / columns as f32;
            let height = (space.y - self.gap * (rows - 1) as f32) / rows as f32;
            vec2(width.max(40.0), height.max(40.0))
        };
        let side = |rows| (self.side)(cell(rows));
        let larger = |best, rows| {
            if side(rows) > self.gain * side(best) {
                rows
            } else {
                best
            }
        };
        let rows = (2..=count).fold(1, larger);
        (count.div_ceil(rows), cell(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARES: SideBySide = SideBySide {
        gap: 10.0,
        gain: 1.2,
        side: |cell| cell.x.min(cell.y),
    };

    #[test]
    fn pictures_are_as_large_as_the_space_allows() {
        let area = |x, y| Rect::from_min_size(egui::pos2(3.0, 4.0), vec2(x, y));
        let wide: Vec<Rect> = SQUARES.places(area(430.0, 100.0), 4).collect();
        assert_eq!(
            wide[3],
            Rect::from_min_size(egui::pos2(333.0, 4.0), vec2(100.0, 100.0))
        );
        let square: Vec<Rect> = SQUARES.places(area(210.0, 210.0), 4).collect();
        assert_eq!(
            square[3],
            Rect::from_min_size(egui::pos2(113.0, 114.0), vec2(100.0, 100.0))
        );
        assert_eq!(SQUARES.places(area(10.0, 10.0), 0).count(), 0);
    }
}

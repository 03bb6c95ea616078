//! Sizes of type and strokes.

/// Sizes of type and strokes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// How large everything is beside print.
    pub(super) scale: f32,
}

impl Style {
    /// Names of axes, arms and keys.
    pub(super) fn label(self) -> f32 {
        8.0 * self.scale
    }

    /// Numbers along axes, notes, captions: the least type.
    pub(super) fn small(self) -> f32 {
        7.0 * self.scale
    }

    /// Letters of panels, the title.
    pub(super) fn heading(self) -> f32 {
        9.0 * self.scale
    }

    /// A distance of so many points in print.
    pub(super) fn space(self, points: f32) -> f32 {
        points * self.scale
    }

    /// Width of a stroke that has this width in the window.
    pub(super) fn stroke(self, width: f32) -> f32 {
        0.55 * width * self.scale
    }

    /// Lengths of a dash of the window.
    pub(super) fn dash(self, strokes: &[f32]) -> Vec<f32> {
        strokes
            .iter()
            .map(|length| 0.55 * length * self.scale)
            .collect()
    }

    /// Radius of a dot that has this radius in the window.
    pub(super) fn dot(self, radius: f32) -> f32 {
        0.5 * radius * self.scale
    }

    /// Distance of two baselines of a size of type.
    pub(super) fn line_height(size: f32) -> f32 {
        1.3 * size
    }
}

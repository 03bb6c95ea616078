//! The scrubber: one line over all steps, the part recorded so far, and the step shown.

use egui::{EventFilter, Key, Pos2, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::theme::Theme;

/// How steps are spread along the scrubber.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// Last step of the run.
    pub end: u64,
    /// Whether steps are spread by their logarithm.
    pub logarithmic: bool,
}

impl Course {
    /// Place of a step, 0 at the start and 1 at the end.
    pub fn place(self, step: f64) -> f64 {
        let end = self.end as f64;
        if self.end == 0 {
            0.0
        } else if self.logarithmic {
            step.ln_1p() / end.ln_1p()
        } else {
            step / end
        }
    }

    /// Step at a place, with the fraction of the next one.
    pub fn step(self, place: f64) -> f64 {
        let end = self.end as f64;
        if self.logarithmic {
            (place * end.ln_1p()).exp_m1()
        } else {
            place * end
        }
    }
}

/// What the scrubber shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Track {
    /// Last recorded step.
    pub recorded: u64,
    /// How the steps of the run are spread.
    pub course: Course,
    /// Step shown.
    pub shown: u64,
    /// Whether the newest record is followed.
    pub live: bool,
}

impl Track {
    /// Place of a step, 0 at the start and 1 at the end.
    pub fn place(&self, step: u64) -> f64 {
        self.course.place(step as f64)
    }

    /// Step at a place, within what is recorded.
    pub fn step(&self, place: f64) -> u64 {
        let step = self.course.step(place.clamp(0.0, 1.0));
        (step.round() as u64).min(self.recorded)
    }
}

/// Where the user moved the scrubber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// To a step.
    To(u64),
    /// By a record, forward or back.
    On {
        /// Whether to the next one.
        forward: bool,
    },
}

/// Draws the scrubber; where the user moved it, if anywhere: by the pointer, or by the arrows while it has the focus.
pub fn show(ui: &mut Ui, width: f32, track: Track, theme: &Theme) -> Option<Moved> {
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, track.shown as f64, "Step shown"));
    let line = rect.shrink2(vec2(8.0, 0.0));
    paint(ui, line, track, theme);
    let response = response.on_hover_ui(|ui| {
        ui.label("Drag to look back: every panel shows this step. End follows the run again.");
    });
    let pointer = response
        .interact_pointer_pos()
        .filter(|_| response.dragged() || response.clicked());
    let place = |p: Pos2| f64::from((p.x - line.left()) / line.width());
    let to = pointer.map(|p| Moved::To(track.step(place(p))));
    to.or_else(|| by_arrow(ui, &response))
}

/// What an arrow asks for: it would carry the focus away from anything that has no use for it.
fn by_arrow(ui: &Ui, response: &Response) -> Option<Moved> {
    if !response.has_focus() {
        return None;
    }
    let arrows = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let keys = [(Key::ArrowLeft, false), (Key::ArrowRight, true)];
    let mut keys = keys.into_iter();
    keys.find_map(|(key, forward)| pressed(key).then_some(Moved::On { forward }))
}

fn paint(ui: &Ui, line: Rect, track: Track, theme: &Theme) {
    let painter = ui.painter();
    let x = |step: u64| line.left() + line.width() * track.place(step) as f32;
    let y = line.center().y;
    painter.hline(line.x_range(), y, Stroke::new(2.0, theme.hairline));
    painter.hline(
        line.left()..=x(track.recorded),
        y,
        Stroke::new(2.0, theme.weak_text),
    );
    painter.hline(
        line.left()..=x(track.shown),
        y,
        Stroke::new(2.0, theme.accent),
    );
    let handle = pos2(x(track.shown), y);
    if track.live {
        painter.circle_filled(handle, 6.0, theme.accent);
    } else {
        painter.circle(handle, 6.0, theme.panel, Stroke::new(2.0, theme.accent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_step_are_inverse() {
        for logarithmic in [false, true] {
            let track = Track {
                recorded: 20_000,
                course: Course {
                    end: 20_000,
                    logarithmic,
                },
                shown: 0,
                live: false,
            };
            for step in [0, 1, 2, 10, 999, 19_999, 20_000] {
                assert_eq!(track.step(track.place(step)), step);
            }
            assert_eq!(track.place(0), 0.0);
            assert_eq!(track.place(20_000), 1.0);
        }
    }

    #[test]
    fn what_is_not_recorded_cannot_be_shown() {
        let track = Track {
            recorded: 50,
            course: Course {
                end: 100,
                logarithmic: false,
            },
            shown: 0,
            live: false,
        };
        assert_eq!(track.step(0.9), 50);
        assert_eq!(track.step(-1.0), 0);
        let empty = Track {
            recorded: 0,
            course: Course {
                end: 0,
                logarithmic: false,
            },
            ..track
        };
        assert_eq!(empty.step(0.5), 0);
        assert_eq!(empty.place(0), 0.0);
    }
}

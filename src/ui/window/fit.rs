//! The window within what its screen has free.

use egui::{Context, Pos2, Vec2, ViewportCommand, ViewportInfo, pos2, vec2};

/// Size asked for.
pub(super) const WANTED: Vec2 = vec2(1600.0, 1000.0);

/// Least size that is asked for.
pub(super) const LEAST: Vec2 = vec2(960.0, 600.0);

/// Kept free of a screen for what the desktop has on it, task bar, dock or menu: no toolkit tells how much
/// that is. Usual ones take 25 to 50 points, two of them 75.
const DESKTOP: Vec2 = vec2(32.0, 76.0);

/// Frames after which the window stays as it is: some desktops never tell the size of their screen.
const PATIENCE: u32 = 60;

/// Moves the window into its screen once, in the first frame that tells the size of that.
#[derive(Debug, Default)]
pub(super) struct Fit {
    frames: u32,
}

impl Fit {
    /// A frame is drawn.
    pub(super) fn frame(&mut self, ctx: &Context) {
        if self.frames >= PATIENCE {
            return;
        }
        self.frames += 1;
        let info = ctx.input(|input| input.viewport().clone());
        let Some(place) = Place::of(&info) else {
            return;
        };
        self.frames = PATIENCE;
        for command in place.commands() {
            ctx.send_viewport_cmd(command);
        }
    }
}

/// Where a window is on its screen, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    screen: Vec2,
    /// Size of what is drawn.
    inner: Vec2,
    /// What its frame adds.
    frame: Vec2,
    /// Its upper left corner, where the desktop tells it.
    at: Option<Pos2>,
}

impl Place {
    /// `None` before it is known, and where the window fills the screen by itself.
    fn of(info: &ViewportInfo) -> Option<Self> {
        let screen = info.monitor_size.filter(|size| size.min_elem() > 1.0)?;
        let inner = info.inner_rect?.size();
        let fills = info.maximized == Some(true) || info.fullscreen == Some(true);
        let outer = info.outer_rect;
        (!fills).then(|| Self {
            screen,
            inner,
            frame: outer.map_or(Vec2::ZERO, |outer| (outer.size() - inner).max(Vec2::ZERO)),
            at: outer.map(|outer| outer.min),
        })
    }

    /// The largest size of what is drawn.
    fn most(&self) -> Vec2 {
        (self.screen - DESKTOP - self.frame).max(Vec2::splat(64.0))
    }

    /// What makes it fit; nothing where it does.
    fn commands(&self) -> Vec<ViewportCommand> {
        let size = self.inner.min(self.most());
        let is_small = size == self.inner;
        let outer = size + self.frame;
        let free = self.screen - outer;
        // In the middle, where it hung over an edge. A corner left of or above 0 is on another screen.
        let hangs = |at: &Pos2| {
            let over = *at + outer;
            over.x > self.screen.x || over.y > self.screen.y
        };
        let on_first = |at: &Pos2| at.x < self.screen.x && at.y < self.screen.y;
        let moved = self.at.filter(|at| on_first(at) && hangs(at));
        let mut commands = Vec::new();
        if !is_small {
            commands.push(ViewportCommand::MinInnerSize(LEAST.min(size)));
            commands.push(ViewportCommand::InnerSize(size));
        }
        if moved.is_some() {
            let at = pos2(0.5 * free.x, 0.5 * free.y);
            commands.push(ViewportCommand::OuterPosition(at));
        }
        commands
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(commands: &[ViewportCommand]) -> Option<Vec2> {
        commands.iter().find_map(|command| match command {
            ViewportCommand::InnerSize(size) => Some(*size),
            _ => None,
        })
    }

    #[test]
    fn a_window_never_opens_larger_than_its_screen_has_free() {
        let frame = vec2(2.0, 37.0);
        for screen in [
            [1280.0, 720.0],
            [1600.0, 1000.0],
            [1366.0, 768.0],
            [800.0, 480.0],
        ] {
            let screen = Vec2::from(screen);
            for inner in [WANTED, LEAST, screen] {
                let at = Some(pos2(10.0, 10.0));
                let place = Place {
                    screen,
                    inner,
                    frame,
                    at,
                };
                let commands = place.commands();
                let inner = size(&commands).unwrap_or(inner);
                let outer = inner + frame;
                assert!(
                    outer.x <= screen.x - 32.0 && outer.y <= screen.y - 76.0,
                    "{place:?}"
                );
                let least = commands.iter().find_map(|command| match command {
                    ViewportCommand::MinInnerSize(least) => Some(*least),
                    _ => None,
                });
                let least = least.unwrap_or(LEAST);
                assert!(least.x <= inner.x && least.y <= inner.y, "{place:?}");
                for command in commands {
                    if let ViewportCommand::OuterPosition(at) = command {
                        let end = at + outer;
                        assert!(at.x >= 0.0 && at.y >= 0.0, "{place:?}");
                        assert!(end.x <= screen.x && end.y <= screen.y, "{place:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_window_that_fits_stays_where_it_is() {
        let place = Place {
            screen: vec2(2560.0, 1440.0),
            inner: WANTED,
            frame: vec2(0.0, 30.0),
            at: Some(pos2(400.0, 200.0)),
        };
        assert_eq!(place.commands(), []);
        let unknown = ViewportInfo::default();
        assert_eq!(Place::of(&unknown), None);
    }
}

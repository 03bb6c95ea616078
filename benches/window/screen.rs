//! The window without a display: laid out and made into triangles, but not painted.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::bail;
use egui::{Context, Pos2, RawInput, Rect, vec2};
use widescope::preset::Experiment;
use widescope::ui::App;
use widescope::ui::action::Action;
use widescope::ui::plot::draw_dots_as_sprites;
use widescope::ui::theme::ThemeChoice;
use widescope::worker::{RunId, SweepWorker, Worker};

use crate::spy::{Log, Spied, SpiedSweeper};

/// Time between two frames without input: 30 a second.
pub const TICK: Duration = Duration::from_millis(33);

/// What the program opens its window with, in points.
const SIZE: egui::Vec2 = vec2(1600.0, 1000.0);

/// The window, with the real worker.
pub struct Screen {
    context: Context,
    app: App,
    /// What the window was told.
    pub log: Rc<RefCell<Log>>,
    opened: Instant,
    last: Instant,
    /// Frames so far.
    pub frames: Vec<Frame>,
}

/// How long one frame took.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Messages taken in and everything laid out.
    pub layout: Duration,
    /// Shapes made into triangles.
    pub tessellation: Duration,
    /// Of both, waiting for a core that something else was on; `None` where the system does not say.
    pub waited: Option<Duration>,
}

impl Frame {
    /// Layout and tessellation.
    pub fn whole(self) -> Duration {
        self.layout + self.tessellation
    }

    /// The same without the time it waited for a core.
    pub fn own(self) -> Duration {
        self.whole().saturating_sub(self.waited.unwrap_or_default())
    }
}

impl Screen {
    /// Opens the window, whose experiment starts at once; with a sweep, that starts too.
    pub fn open(experiment: Experiment) -> anyhow::Result<Self> {
        let opened = Instant::now();
        let context = Context::default();
        ThemeChoice::Dark.resolve(&context).apply(&context);
        draw_dots_as_sprites(&context);
        let log = Rc::new(RefCell::new(Log::default()));
        let screen = context.clone();
        let worker = Worker::spawn(move || screen.request_repaint_after(TICK))?;
        let screen = context.clone();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let sweeper = SweepWorker::new(cores, move || screen.request_repaint_after(TICK));
        let trainer = Spied {
            worker,
            log: log.clone(),
        };
        let sweeper = SpiedSweeper {
            worker: sweeper,
            log: log.clone(),
        };
        let app = App::new(experiment, Box::new(trainer))
            .with_sweeper(Box::new(sweeper))
            .with_theme(ThemeChoice::Dark);
        let mut screen = Self {
            context,
            app,
            log,
            opened,
            last: opened,
            frames: Vec::new(),
        };
        if screen.log.borrow().run == RunId::default() {
            // A run of this size asks first.
            screen.apply(Action::StartAnyway);
        }
        Ok(screen)
    }

    /// Time since the window was asked for.
    pub fn age(&self) -> Duration {
        self.opened.elapsed()
    }

    /// Draws a frame now.
    pub fn draw(&mut self) {
        let waited = waited_so_far();
        self.last = Instant::now();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.age().as_secs_f64()),
            ..RawInput::default()
        };
        self.app.logic();
        let mut output = self.context.run_ui(input, |ui| self.app.ui(ui));
        let layout = self.last.elapsed();
        // There is no graphics card to take the textures.
        output.textures_delta.clear();
        let triangles = self
            .context
            .tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(triangles);
        let tessellation = self.last.elapsed() - layout;
        let until = waited_so_far();
        self.frames.push(Frame {
            layout,
            tessellation,
            waited: waited.zip(until).map(|(from, to)| to.saturating_sub(from)),
        });
    }

    /// Draws the next frame when it is due.
    pub fn tick(&mut self) {
        std::thread::sleep(TICK.saturating_sub(self.last.elapsed()));
        self.draw();
    }

    /// Draws frames until the log is as wished.
    pub fn draw_until(
        &mut self,
        what: &str,
        limit: Duration,
        is_done: impl Fn(&Log) -> bool,
    ) -> anyhow::Result<()> {
        let began = Instant::now();
        while !is_done(&self.log.borrow()) {
            if let Some(message) = &self.log.borrow().refused {
                bail!("the run was refused: {message}");
            }
            if began.elapsed() > limit {
                bail!("waited {} s for {what}", limit.as_secs());
            }
            self.tick();
        }
        Ok(())
    }

    /// Does what a click or a drag asks for.
    pub fn apply(&mut self, action: Action) {
        self.app.apply(action);
    }
}

/// Time this thread was ready to run and had no core, as Linux counts it.
fn waited_so_far() -> Option<Duration> {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = counted.split_whitespace().nth(1)?;
    nanoseconds.parse().ok().map(Duration::from_nanos)
}

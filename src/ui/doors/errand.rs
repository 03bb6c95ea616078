//! Work that takes longer than a frame, done on threads of its own.

use std::sync::mpsc::{Receiver, Sender, channel};

use egui::Context;

/// Work under way, and what came of it.
pub struct Errands<T> {
    done: (Sender<T>, Receiver<T>),
    /// How many are under way.
    running: usize,
}

impl<T> Default for Errands<T> {
    fn default() -> Self {
        Self {
            done: channel(),
            running: 0,
        }
    }
}

impl<T: Send + 'static> Errands<T> {
    /// Does something elsewhere; the window is drawn again when it is done. Where there is no thread to be had it
    /// is done here.
    pub fn run(&mut self, context: &Context, work: impl FnOnce() -> T + Send + 'static) {
        let (tell, context) = (self.done.0.clone(), context.clone());
        let work = move || {
            // Nobody waits for it any more once the window is gone.
            let _ = tell.send(work());
            context.request_repaint();
        };
        self.running += 1;
        let work = std::sync::Arc::new(std::sync::Mutex::new(Some(work)));
        let shared = std::sync::Arc::clone(&work);
        let run = move || {
            let work = shared.lock().ok().and_then(|mut work| work.take());
            work.into_iter().for_each(|work| work());
        };
        let spawned = std::thread::Builder::new()
            .name("widescope-doors".to_owned())
            .spawn(run);
        if spawned.is_err() {
            let work = work.lock().ok().and_then(|mut work| work.take());
            work.into_iter().for_each(|work| work());
        }
    }

    /// What is done since the last call.
    pub fn done(&mut self) -> Vec<T> {
        let done: Vec<T> = self.done.1.try_iter().collect();
        self.running = self.running.saturating_sub(done.len());
        done
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.running > 0
    }
}

//! Faults while the window opens, made into one message.
//!
//! A missing library is a panic inside the toolkit. Until the first frame such a panic is kept
//! quiet and becomes a [`WindowError`]; afterwards panics are what they always are.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::WindowError;

/// Whether the first frame was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Opened(Arc<AtomicBool>);

impl Opened {
    /// The window is open.
    pub(super) fn note(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Opens and runs the window.
pub(super) fn guarded(open: impl FnOnce(Opened) -> eframe::Result) -> Result<(), WindowError> {
    let opened = Opened::default();
    let usual = Arc::new(panic::take_hook());
    let (later, quiet) = (Arc::clone(&usual), opened.clone());
    let opening = std::thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if quiet.get() || std::thread::current().id() != opening {
            later(info);
        }
    }));
    let handle = opened.clone();
    let result = panic::catch_unwind(AssertUnwindSafe(move || open(handle)));
    // Drops the hook that shares the usual one, which can then be put back as it was.
    drop(panic::take_hook());
    if let Ok(usual) = Arc::try_unwrap(usual) {
        panic::set_hook(usual);
    }
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(WindowError::of(&error.to_string())),
        Err(payload) if opened.get() => panic::resume_unwind(payload),
        Err(payload) => Err(WindowError::of(text(payload.as_ref()))),
    }
}

fn text(payload: &(dyn std::any::Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("unknown fault")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_while_opening_becomes_an_error() {
        let error = guarded(|_| panic!("Library libxkbcommon-x11.so could not be loaded."));
        assert!(matches!(
            error,
            Err(WindowError::MissingLibrary {
                package: "libxkbcommon-x11-0",
                ..
            })
        ));
    }

    #[test]
    fn a_panic_of_the_open_window_stays_one() {
        let run = || {
            guarded(|opened| {
                opened.note();
                panic::resume_unwind(Box::new("fault"))
            })
        };
        assert!(panic::catch_unwind(AssertUnwindSafe(run)).is_err());
    }
}

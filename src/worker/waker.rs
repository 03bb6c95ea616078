//! Tells the window that there is something new, not too often.

use std::fmt;
use std::time::{Duration, Instant};

/// Least time between two calls of the window: 60 a second.
const INTERVAL: Duration = Duration::from_nanos(1_000_000_000 / 60);

/// Calls the window at most 60 times a second, and always after the last news.
pub(super) struct Waker {
    wake: Box<dyn Fn() + Send + Sync>,
    last: Option<Instant>,
    news: bool,
}

impl fmt::Debug for Waker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waker")
            .field("last", &self.last)
            .field("news", &self.news)
            .finish()
    }
}

impl Waker {
    pub(super) fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            wake: Box::new(wake),
            last: None,
            news: false,
        }
    }

    /// There is something new to see.
    pub(super) fn news(&mut self) {
        self.news = true;
    }

    /// Calls the window if there is news and its time has come; otherwise says when it comes.
    pub(super) fn call(&mut self, now: Instant) -> Option<Instant> {
        if !self.news {
            return None;
        }
        let due = self.last.map_or(now, |last| last + INTERVAL);
        if due > now {
            return Some(due);
        }
        // First, so that a panic of `wake` is not raised for ever.
        self.news = false;
        self.last = Some(now);
        (self.wake)();
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn calls_at_most_sixty_times_a_second_and_after_the_last_news() {
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = calls.clone();
        let mut waker = Waker::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        let start = Instant::now();
        assert_eq!(waker.call(start), None, "no news, no call");
        let mut due = None;
        for ms in 0..1000 {
            waker.news();
            due = waker.call(start + Duration::from_millis(ms));
        }
        let during = calls.load(Ordering::Relaxed);
        assert!((50..=60).contains(&during), "{during} calls in a second");
        let due = due.expect("the last news waits for its time");
        assert_eq!(waker.call(due), None);
        assert_eq!(calls.load(Ordering::Relaxed), during + 1);
    }
}

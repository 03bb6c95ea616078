//! A flag that asks a computation to stop soon, or to let others go first for a moment.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// A flag shared between who computes and who may lose interest.
///
/// Long loops look at it between blocks of at most a few milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    raised: AtomicBool,
    /// Nanoseconds of [`now`] until which the computation gives way; 0 where it need not.
    gives_way_until: AtomicU64,
}

/// The computation was abandoned on request; what it was changing must not be used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Cancel {
    /// A flag not yet raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Raises the flag for every clone of it.
    pub fn cancel(&self) {
        self.0.raised.store(true, Ordering::Release);
    }

    /// Whether the flag is raised.
    pub fn is_cancelled(&self) -> bool {
        self.0.raised.load(Ordering::Acquire)
    }

    /// Has the computation offer its cores, for a while, to threads that wait for one: on a busy machine
    /// the system would let them wait for its next tick, which is longer than a frame takes to draw.
    pub fn give_way(&self, time: Duration) {
        let until = now().saturating_add(nanoseconds(time)).max(1);
        self.0.gives_way_until.store(until, Ordering::Relaxed);
    }

    /// `Err` once the flag is raised, for use with `?`.
    ///
    /// # Errors
    /// [`Cancelled`] once the flag is raised.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            return Err(Cancelled);
        }
        self.let_others_go();
        Ok(())
    }

    fn let_others_go(&self) {
        let until = self.0.gives_way_until.load(Ordering::Relaxed);
        if until == 0 {
            return;
        }
        if now() < until {
            std::thread::yield_now();
        } else {
            let over = &self.0.gives_way_until;
            // Where another time was set meanwhile, that one counts.
            let _ = over.compare_exchange(until, 0, Ordering::Relaxed, Ordering::Relaxed);
        }
    }
}

/// Nanoseconds since the first call.
fn now() -> u64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    nanoseconds(ORIGIN.get_or_init(Instant::now).elapsed())
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_way_ends_by_itself_and_hides_no_flag() {
        let cancel = Cancel::new();
        let asked = |cancel: &Cancel| cancel.0.gives_way_until.load(Ordering::Relaxed) > 0;
        cancel.give_way(Duration::from_secs(600));
        assert_eq!(cancel.check(), Ok(()));
        assert!(asked(&cancel));
        cancel.give_way(Duration::ZERO);
        while now() < 2 {}
        assert_eq!(cancel.check(), Ok(()));
        assert!(!asked(&cancel));
        cancel.give_way(Duration::MAX);
        cancel.cancel();
        assert_eq!(cancel.check(), Err(Cancelled));
    }
}

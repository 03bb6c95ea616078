//! How many steps to do between two looks at the world.

use std::time::Duration;

/// Number of steps that takes about a wished-for time, learned from the chunks done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk {
    wish: Duration,
    steps: u64,
}

impl Chunk {
    /// Begins with one step, as nothing is known of its cost.
    pub(crate) fn lasting(wish: Duration) -> Self {
        Self { wish, steps: 1 }
    }

    /// Steps of the next chunk, at least 1.
    pub(crate) fn steps(self) -> u64 {
        self.steps
    }

    /// Learns from a chunk of `done` steps. Grows at most twofold, since a step that falls between
    /// two records is much cheaper than one that is measured; shrinks at once.
    pub(crate) fn learn(&mut self, done: u64, took: Duration) {
        if done == 0 {
            return;
        }
        let seconds_a_step = took.as_secs_f64().max(1e-9) / done as f64;
        let fitting = (self.wish.as_secs_f64() / seconds_a_step).round() as u64;
        self.steps = fitting.clamp(1, self.steps.saturating_mul(2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converges_to_the_wished_time_from_below_and_above() {
        let mut chunk = Chunk::lasting(Duration::from_millis(10));
        for _ in 0..20 {
            chunk.learn(chunk.steps(), Duration::from_micros(5 * chunk.steps()));
        }
        assert_eq!(chunk.steps(), 2000);
        chunk.learn(chunk.steps(), Duration::from_secs(2));
        assert_eq!(chunk.steps(), 10);
    }

    #[test]
    fn never_falls_below_one_step_nor_leaps() {
        let mut chunk = Chunk::lasting(Duration::from_millis(10));
        chunk.learn(1, Duration::from_secs(60));
        assert_eq!(chunk.steps(), 1);
        chunk.learn(1, Duration::ZERO);
        assert_eq!(chunk.steps(), 2);
        chunk.learn(0, Duration::from_secs(60));
        assert_eq!(chunk.steps(), 2);
    }
}

//! When steps are due, and how fast they go. Time is an argument, so that tests need none.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::Speed;

/// Steps that were due and not done are forgotten beyond this time: a run that was held up goes on
/// at its speed instead of rushing.
const BACKLOG: Duration = Duration::from_millis(250);

/// Longest time to a due step; a slower speed is looked at again then.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Says how many steps are due at a speed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    since: Instant,
    done: u64,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Up to this many steps, at least 1.
    Steps(u64),
    /// Nothing before this moment.
    At(Instant),
}

impl Pace {
    /// Counts from now.
    pub(super) fn from(now: Instant) -> Self {
        Self {
            since: now,
            done: 0,
        }
    }

    /// What is due at a speed.
    pub(super) fn due(&mut self, speed: Speed, now: Instant) -> Due {
        let Speed::StepsPerSecond(rate) = speed else {
            return Due::Steps(u64::MAX);
        };
        let elapsed = now.saturating_duration_since(self.since).as_secs_f64();
        let owed = elapsed * rate - self.done as f64;
        // The count of steps owed is allowed to be short by rounding, never by a whole step.
        let steps = (owed + 1e-6).floor();
        if steps >= 1.0 {
            return Due::Steps(steps.min(self.forget(rate, steps, now)) as u64);
        }
        let wait = Duration::try_from_secs_f64((1.0 - owed) / rate).unwrap_or(LONGEST_WAIT);
        Due::At(now + wait.min(LONGEST_WAIT))
    }

    /// Forgets what is owed beyond the backlog, and gives the most that may be owed.
    fn forget(&mut self, rate: f64, owed: f64, now: Instant) -> f64 {
        let most = (rate * BACKLOG.as_secs_f64()).max(1.0).floor();
        let late = Duration::try_from_secs_f64(most / rate).unwrap_or(LONGEST_WAIT);
        if owed > most
            && let Some(since) = now.checked_sub(late)
        {
            *self = Self::from(since);
        }
        most
    }

    /// Notes steps that were done.
    pub(super) fn did(&mut self, steps: u64) {
        self.done = self.done.saturating_add(steps);
    }
}

/// Steps a second over the last second or so.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter {
    samples: VecDeque<(Instant, u64)>,
}

impl Meter {
    /// Notes the step reached; keeps one sample older than a second where there is one.
    pub(super) fn note(&mut self, step: u64, now: Instant) {
        self.samples.push_back((now, step));
        while let Some((second, _)) = self.samples.get(1)
            && now.saturating_duration_since(*second) >= Duration::from_secs(1)
        {
            self.samples.pop_front();
        }
    }

    /// Forgets what was before a pause.
    pub(super) fn clear(&mut self) {
        self.samples.clear();
    }

    /// Steps a second, 0 before the second sample.
    pub(super) fn rate(&self) -> f64 {
        let (Some((t0, s0)), Some((t1, s1))) = (self.samples.front(), self.samples.back()) else {
            return 0.0;
        };
        let seconds = t1.saturating_duration_since(*t0).as_secs_f64();
        if seconds > 0.0 {
            s1.saturating_sub(*s0) as f64 / seconds
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Does what is due for a while and counts it.
    fn count(pace: &mut Pace, rate: f64, start: Instant, seconds: f64) -> u64 {
        let (mut now, mut done) = (start, 0);
        let end = start + Duration::from_secs_f64(seconds);
        while now <= end {
            match pace.due(Speed::StepsPerSecond(rate), now) {
                Due::Steps(steps) => {
                    pace.did(steps);
                    done += steps;
                }
                Due::At(then) => {
                    assert!(then > now, "a wait that does not pass time");
                    now = then;
                }
            }
        }
        done
    }

    #[test]
    fn does_rate_times_time_steps() {
        let start = Instant::now();
        for (rate, seconds) in [(1.0, 10.0), (60.0, 3.0), (333.0, 2.0), (7.5, 4.0)] {
            let done = count(&mut Pace::from(start), rate, start, seconds);
            let exact = rate * seconds;
            assert!(
                (done as f64 - exact).abs() <= 1.0,
                "{done} instead of {exact}"
            );
        }
    }

    #[test]
    fn unlimited_is_always_due() {
        let now = Instant::now();
        assert_eq!(
            Pace::from(now).due(Speed::Unlimited, now),
            Due::Steps(u64::MAX)
        );
    }

    #[test]
    fn a_hold_up_is_not_made_up_for() {
        let start = Instant::now();
        let mut pace = Pace::from(start);
        let late = start + Duration::from_secs(100);
        assert_eq!(pace.due(Speed::StepsPerSecond(100.0), late), Due::Steps(25));
        pace.did(25);
        let second = count(&mut pace, 100.0, late, 1.0);
        assert!(
            second <= 100,
            "{second} steps in the second after a hold-up"
        );
    }

    #[test]
    fn very_slow_speeds_wait_without_overflow() {
        let now = Instant::now();
        let due = Pace::from(now).due(Speed::StepsPerSecond(1e-300), now);
        assert_eq!(due, Due::At(now + LONGEST_WAIT));
    }

    #[test]
    fn meters_the_last_second() {
        let start = Instant::now();
        let mut meter = Meter::default();
        assert_eq!(meter.rate(), 0.0);
        for tick in 0..=40_u64 {
            let rate = if tick <= 20 { 1 } else { 10 };
            let step = if tick <= 20 {
                tick
            } else {
                20 + (tick - 20) * rate
            };
            meter.note(step, start + Duration::from_millis(100 * tick));
        }
        assert!((meter.rate() - 100.0).abs() < 1e-9, "{}", meter.rate());
        meter.clear();
        assert_eq!(meter.rate(), 0.0);
    }
}

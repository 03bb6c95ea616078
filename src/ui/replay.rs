//! Playing what a finished run recorded: where the cursor is at which moment.

use crate::worker::Speed;

use super::cursor::Cursor;
use super::scrubber::Course;

/// Seconds the whole course takes at the highest speed.
pub const WHOLE: f64 = 8.0;

/// A cursor that runs through the records of a run. It knows no clock: whoever draws tells it
/// the time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replay {
    /// Step reached, with the fraction of the next one.
    at: f64,
    /// Moment of the last advance, in seconds; `None` before the first.
    moment: Option<f64>,
}

impl Replay {
    /// Begins at the step shown, or at the start where that is the last of `recorded` steps;
    /// `None` where there is nothing to run through.
    pub fn from(shown: u64, recorded: u64) -> Option<Self> {
        let from = if shown < recorded { shown } else { 0 };
        (recorded > 0).then_some(Self {
            at: from as f64,
            moment: None,
        })
    }

    /// The cursor at `moment`, in seconds of any clock. A speed in steps a second is kept; without
    /// a limit the cursor runs evenly along the course, the whole of it in [`WHOLE`] seconds.
    /// [`Cursor::Live`] once the last recorded step is reached.
    pub fn advance(&mut self, moment: f64, speed: Speed, course: Course, recorded: u64) -> Cursor {
        let elapsed = self.moment.map_or(0.0, |last| (moment - last).max(0.0));
        self.moment = Some(moment);
        self.at = match speed {
            Speed::StepsPerSecond(rate) => self.at + rate * elapsed,
            Speed::Unlimited => course.step(course.place(self.at) + elapsed / WHOLE),
        };
        if self.at < recorded as f64 {
            Cursor::At(self.at as u64)
        } else {
            Cursor::Live
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINEAR: Course = Course {
        end: 1000,
        logarithmic: false,
    };

    /// The cursor at each of these moments.
    fn play(replay: Option<Replay>, speed: Speed, course: Course, moments: &[f64]) -> Vec<Cursor> {
        let mut replay = replay.expect("something to replay");
        let advance = |t: &f64| replay.advance(*t, speed, course, 1000);
        moments.iter().map(advance).collect()
    }

    #[test]
    fn keeps_the_speed_chosen_however_often_it_is_drawn() {
        let speed = Speed::StepsPerSecond(100.0);
        let seen = play(
            Replay::from(1000, 1000),
            speed,
            LINEAR,
            &[50.0, 50.1, 52.5, 59.999, 60.0, 61.0],
        );
        assert_eq!(
            seen,
            [
                Cursor::At(0),
                Cursor::At(10),
                Cursor::At(250),
                Cursor::At(999),
                Cursor::Live,
                Cursor::Live
            ]
        );
        let frames: Vec<f64> = (0..=600).map(|i| f64::from(i) / 60.0 - 3.0).collect();
        let many = play(
            Replay::from(0, 1000),
            Speed::StepsPerSecond(30.0),
            LINEAR,
            &frames,
        );
        assert!(
            matches!(many.last(), Some(Cursor::At(299..=300))),
            "{:?}",
            many.last()
        );
    }

    #[test]
    fn begins_where_the_cursor_is_unless_that_is_the_end() {
        let speed = Speed::StepsPerSecond(10.0);
        let first = |shown| play(Replay::from(shown, 1000), speed, LINEAR, &[7.0, 8.0]);
        assert_eq!(first(400), [Cursor::At(400), Cursor::At(410)]);
        assert_eq!(first(999), [Cursor::At(999), Cursor::Live]);
        assert_eq!(first(1000), [Cursor::At(0), Cursor::At(10)]);
        assert_eq!(Replay::from(0, 0), None);
    }

    #[test]
    fn without_a_limit_the_whole_course_takes_its_time_at_an_even_pace() {
        for logarithmic in [false, true] {
            let course = Course {
                logarithmic,
                ..LINEAR
            };
            let halfway = if logarithmic { 31 } else { 500 };
            let moments = [0.0, 0.5 * WHOLE, WHOLE - 1e-6, WHOLE + 1e-6];
            let seen = play(Replay::from(1000, 1000), Speed::Unlimited, course, &moments);
            let reached = |i: usize| match seen[i] {
                Cursor::At(step) => step,
                Cursor::Live => u64::MAX,
            };
            assert_eq!(reached(0), 0);
            assert!(reached(1).abs_diff(halfway) <= 1, "{seen:?}");
            assert_eq!(reached(2), 999);
            assert_eq!(seen[3], Cursor::Live);
        }
    }

    #[test]
    fn a_clock_that_goes_back_does_not() {
        let speed = Speed::StepsPerSecond(10.0);
        let seen = play(Replay::from(0, 1000), speed, LINEAR, &[5.0, 6.0, 4.0, 5.0]);
        assert_eq!(
            seen,
            [
                Cursor::At(0),
                Cursor::At(10),
                Cursor::At(10),
                Cursor::At(20)
            ]
        );
    }
}

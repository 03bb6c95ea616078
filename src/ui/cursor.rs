//! Which step the panels show.

use crate::history::RunHistory;

/// Which step the panels show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// The newest record, as it comes.
    #[default]
    Live,
    /// The last record at or before this step.
    At(u64),
}

impl Cursor {
    /// The step shown.
    pub fn step(self, history: &RunHistory) -> u64 {
        match self {
            Self::Live => history.last_step(),
            Self::At(step) => step.min(history.last_step()),
        }
    }

    /// The record before the one shown.
    pub fn previous(self, history: &RunHistory) -> Self {
        Self::At(history.previous_step(self.step(history)).unwrap_or(0))
    }

    /// The record after the one shown; follows the run again once there is none.
    pub fn next(self, history: &RunHistory) -> Self {
        match history.next_step(self.step(history)) {
            Some(step) if step < history.last_step() => Self::At(step),
            _ => Self::Live,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::observe::Record;

    fn history() -> RunHistory {
        let mut history = RunHistory::new(["a".to_owned(), "b".to_owned()]);
        for (arm, step) in [(0, 0), (1, 0), (0, 5), (1, 7), (0, 10)] {
            history.push(
                arm,
                Arc::new(Record {
                    step,
                    ..Record::default()
                }),
            );
        }
        history
    }

    #[test]
    fn walks_over_the_records_of_all_arms() {
        let history = history();
        let mut walk = vec![Cursor::Live];
        for _ in 0..4 {
            walk.push(walk[walk.len() - 1].previous(&history));
        }
        assert_eq!(
            walk[1..],
            [Cursor::At(7), Cursor::At(5), Cursor::At(0), Cursor::At(0)]
        );
        assert_eq!(Cursor::At(0).next(&history), Cursor::At(5));
        assert_eq!(Cursor::At(5).next(&history), Cursor::At(7));
        assert_eq!(Cursor::At(7).next(&history), Cursor::Live);
    }

    #[test]
    fn never_shows_a_step_beyond_the_records() {
        assert_eq!(Cursor::At(99).step(&history()), 10);
        assert_eq!(Cursor::Live.previous(&RunHistory::default()), Cursor::At(0));
        assert_eq!(Cursor::At(3).next(&RunHistory::default()), Cursor::Live);
    }
}

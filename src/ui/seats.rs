//! Where the arms of a run stand in the window, which may have moved them since a worker took them over.

use crate::history::EventKind;
use crate::preset::Experiment;
use crate::spec::Preset;
use crate::worker::Snapshot;

/// The place in the window of each arm of a worker, which goes on in the order that it began with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seats(Vec<usize>);

impl Seats {
    /// Where the worker's arm stands.
    pub fn of(&self, arm: usize) -> usize {
        self.0.get(arm).copied().unwrap_or(arm)
    }

    /// The arms are moved (once more): `order` is where each of them stood before.
    pub fn rearrange(&mut self, order: &[usize]) {
        if self.0.is_empty() {
            self.0 = (0..order.len()).collect();
        }
        for seat in &mut self.0 {
            let now = order.iter().position(|before| before == seat);
            *seat = now.unwrap_or(*seat);
        }
    }

    /// What the worker says, of the arms as they stand.
    pub fn event(&self, kind: &EventKind) -> EventKind {
        let mut kind = kind.clone();
        match &mut kind {
            EventKind::Started { arms } => *arms = self.seated(arms),
            EventKind::Recorded { arm, .. }
            | EventKind::Ended { arm, .. }
            | EventKind::TheoryChanged { arm, .. } => *arm = self.of(*arm),
            EventKind::StepChanged { .. } | EventKind::Finished | EventKind::Refused { .. } => {}
        }
        kind
    }

    /// The state of the run, of the arms as they stand.
    pub fn snapshot(&self, snapshot: &Snapshot) -> Snapshot {
        Snapshot {
            arm_steps: self.seated(&snapshot.arm_steps),
            timings: self.seated(&snapshot.timings),
            ..snapshot.clone()
        }
    }

    fn seated<T: Clone>(&self, list: &[T]) -> Vec<T> {
        let mut seated: Vec<(usize, &T)> = list.iter().enumerate().collect();
        seated.sort_by_key(|(arm, _)| self.of(*arm));
        seated.into_iter().map(|(_, item)| item.clone()).collect()
    }
}

/// Where each arm of an experiment stands in another one whose arms train alike and whose sweep is the same,
/// though they may have other names and stand in another order; `None` where they do not.
pub fn order(before: &Experiment, after: &Experiment) -> Option<Vec<usize>> {
    if before.arms.len() != after.arms.len() || !are_swept_alike(&before.preset, &after.preset) {
        return None;
    }
    let mut free: Vec<usize> = (0..before.arms.len()).collect();
    let mut order = vec![None; after.arms.len()];
    // Copies train alike: of those the one that kept its name is the same.
    for by_name in [true, false] {
        let seats = order.iter_mut().zip(&after.arms);
        for (seat, arm) in seats.filter(|(seat, _)| seat.is_none()) {
            let is_it = |index: &usize| {
                let other = before.arms.get(*index);
                other.is_some_and(|other| {
                    other.preset == arm.preset && (!by_name || other.label == arm.label)
                })
            };
            let at = free.iter().position(is_it);
            *seat = at.map(|at| free.remove(at));
        }
    }
    order.into_iter().collect()
}

fn are_swept_alike(here: &Preset, there: &Preset) -> bool {
    let axes = |preset: &Preset| {
        let axes = preset.axes.iter().filter(|axis| axis.show.is_sweep());
        axes.cloned().collect::<Vec<_>>()
    };
    here.sweep == there.sweep && axes(here) == axes(there)
}

/// A preset with its arms, and what is said of them, as in another one.
pub fn arranged(preset: &Preset, as_in: &Preset) -> Preset {
    Preset {
        axes: as_in.axes.clone(),
        claims: as_in.claims.clone(),
        rests_on: as_in.rests_on.clone(),
        wrong: as_in.wrong.clone(),
        takeaway: as_in.takeaway.clone(),
        hero: as_in.hero,
        summary: as_in.summary.clone(),
        ..preset.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::parse;

    fn experiment(names: &str, values: &str) -> Experiment {
        let axis = format!(r#"(field: "network.width", values: {values}, names: {names})"#);
        let preset = parse(&format!("(axes: [{axis}])")).expect("a preset");
        Experiment::check(preset, "test", ".".into()).expect("it is valid")
    }

    #[test]
    fn arms_are_known_by_what_they_train_and_copies_by_their_names() {
        let three = experiment(r#"["a", "b", "c"]"#, "[8, 8, 16]");
        let order_of = |names: &str, values: &str| order(&three, &experiment(names, values));
        assert_eq!(
            order_of(r#"["a", "b", "c"]"#, "[8, 8, 16]"),
            Some(vec![0, 1, 2])
        );
        assert_eq!(
            order_of(r#"["c", "b", "a"]"#, "[16, 8, 8]"),
            Some(vec![2, 1, 0])
        );
        assert_eq!(
            order_of(r#"["b", "x", "c"]"#, "[8, 8, 16]"),
            Some(vec![1, 0, 2])
        );
        assert_eq!(order_of(r#"["a", "b", "c"]"#, "[8, 8, 32]"), None);
        assert_eq!(order_of(r#"["a", "b"]"#, "[8, 16]"), None);
    }

    #[test]
    fn arms_moved_twice_stand_where_both_moves_put_them() {
        let mut seats = Seats::default();
        assert_eq!([0, 1, 2].map(|arm| seats.of(arm)), [0, 1, 2]);
        seats.rearrange(&[1, 0, 2]);
        assert_eq!([0, 1, 2].map(|arm| seats.of(arm)), [1, 0, 2]);
        seats.rearrange(&[0, 2, 1]);
        assert_eq!([0, 1, 2].map(|arm| seats.of(arm)), [2, 0, 1]);
        let snapshot = Snapshot {
            arm_steps: vec![10, 20, 30],
            ..Snapshot::default()
        };
        assert_eq!(seats.snapshot(&snapshot).arm_steps, [20, 30, 10]);
        let ended = EventKind::TheoryChanged {
            arm: 0,
            theory: [].into(),
        };
        assert!(matches!(
            seats.event(&ended),
            EventKind::TheoryChanged { arm: 2, .. }
        ));
    }
}

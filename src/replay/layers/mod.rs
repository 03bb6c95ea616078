//! The layers of a plot over a run: what stays the same is kept once.

mod layer;
mod paths;
mod piece;

use std::collections::HashMap;

use crate::figure::Figure;

pub(super) use layer::Layer;
pub(super) use paths::Passed;

use super::paints::Paints;
use piece::{Piece, encoded, pieces};

/// A layer that is being gathered from moment to moment.
struct Slot {
    head: Piece,
    variants: Vec<Vec<u8>>,
    known: HashMap<Vec<u8>, usize>,
    at: Vec<i32>,
}

impl Slot {
    fn new(head: Piece, moment: usize) -> Self {
        Self {
            head,
            variants: Vec::new(),
            known: HashMap::new(),
            at: vec![-1; moment],
        }
    }

    fn is_of(&self, piece: &Piece, moment: usize) -> bool {
        let is_free = self.at.len() == moment;
        let head = &self.head;
        is_free
            && (head.arm, head.opacity) == (piece.arm, piece.opacity)
            && head.name == piece.name
            && head.shape == piece.shape
    }

    fn take(&mut self, content: Vec<u8>) {
        let next = self.variants.len();
        let index = *self.known.entry(content.clone()).or_insert(next);
        if index == next {
            self.variants.push(content);
        }
        self.at.push(index as i32);
    }

    fn layer(self) -> Layer {
        let is_still = self.at.iter().all(|at| *at == 0);
        Layer {
            shape: self.head.shape,
            arm: self.head.arm,
            opacity: self.head.opacity,
            variants: self.variants.iter().map(|bytes| encoded(bytes)).collect(),
            at: (!is_still).then_some(self.at),
        }
    }
}

/// The layers of the figures of all moments; `None` where a moment has no figure. `passed` says how the paths
/// of neurons grow.
pub(super) fn layers(
    figures: &[Option<&Figure>],
    passed: Option<&Passed>,
    paints: &mut Paints,
) -> Vec<Layer> {
    let mut slots: Vec<Slot> = Vec::new();
    for (moment, figure) in figures.iter().enumerate() {
        let pieces = figure.map(|figure| pieces(figure, paints));
        // What is new stands behind what it follows in its own figure.
        let mut place = 0;
        for mut piece in pieces.into_iter().flatten() {
            let content = std::mem::take(&mut piece.content);
            let found = slots.iter().position(|slot| slot.is_of(&piece, moment));
            let index = found.unwrap_or_else(|| {
                slots.insert(place, Slot::new(piece, moment));
                place
            });
            if let Some(slot) = slots.get_mut(index) {
                slot.take(content);
            }
            place = index + 1;
        }
        for slot in &mut slots {
            slot.at.resize(moment + 1, -1);
        }
    }
    let mut layers: Vec<Layer> = slots.into_iter().map(Slot::layer).collect();
    layers.extend(passed.and_then(|passed| passed.layer(figures, paints)));
    layers
}

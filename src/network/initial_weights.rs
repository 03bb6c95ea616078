//! Initial weights, drawn block by block so that no thread count and no width changes a row.

use std::ops::Range;

use ndarray::Array2;
use rand_distr::{Distribution, StandardNormal};

use crate::data::stream::{Stream, rng};

use super::Real;

/// Rows drawn from one random stream.
const ROWS_PER_STREAM: usize = 64;

/// Initial hidden weights W(0), as a rule that gives any rows of it again.
#[derive(Clone, Debug)]
pub enum InitialWeights {
    /// Entries N(0, std²); row r depends on the seed and on D only, so a wider network begins with
    /// the rows of a narrower one.
    Drawn {
        /// Seed of the run.
        seed: u64,
        /// Standard deviation.
        std: f64,
        /// Whether rows ⌊m/2⌋… repeat rows 0….
        symmetrized: bool,
        /// Width m.
        width: usize,
        /// Embedding dimension D.
        embedding: usize,
    },
    /// As given, m × D.
    Given(Array2<f64>),
}

impl InitialWeights {
    /// Width m.
    pub fn width(&self) -> usize {
        match self {
            Self::Drawn { width, .. } => *width,
            Self::Given(w) => w.nrows(),
        }
    }

    /// Rows `range` of W(0), in the float width asked for. Every row is rounded from the same
    /// doubles.
    pub fn rows<R: Real>(&self, range: Range<usize>) -> Array2<R> {
        match self {
            Self::Given(w) => w.slice(ndarray::s![range, ..]).mapv(R::of),
            Self::Drawn {
                seed,
                std,
                symmetrized,
                width,
                embedding,
            } => {
                let mut rows = Array2::zeros((range.len(), *embedding));
                let mut source = RowSource::new(*seed);
                for (row, mut target) in range.zip(rows.outer_iter_mut()) {
                    let drawn = if *symmetrized {
                        mirrored(row, *width)
                    } else {
                        row
                    };
                    for (t, z) in target.iter_mut().zip(source.row(drawn, *embedding)) {
                        *t = R::of(std * z);
                    }
                }
                rows
            }
        }
    }
}

/// The row that `row` repeats in a symmetrized start of width `m`.
fn mirrored(row: usize, m: usize) -> usize {
    let half = m / 2;
    if (half..2 * half).contains(&row) {
        row - half
    } else {
        row
    }
}

/// Rows of standard normals; remembers the last stream it drew.
struct RowSource {
    seed: u64,
    block: Option<usize>,
    values: Vec<f64>,
}

impl RowSource {
    fn new(seed: u64) -> Self {
        Self {
            seed,
            block: None,
            values: Vec::new(),
        }
    }

    fn row(&mut self, row: usize, length: usize) -> &[f64] {
        let block = row / ROWS_PER_STREAM;
        if self.block != Some(block) {
            let mut rng = rng(self.seed, Stream::HiddenWeights, block as u64);
            self.values.clear();
            self.values.extend(
                (0..ROWS_PER_STREAM * length).map(|_| -> f64 { StandardNormal.sample(&mut rng) }),
            );
            self.block = Some(block);
        }
        let start = (row % ROWS_PER_STREAM) * length;
        &self.values[start..start + length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: usize, symmetrized: bool) -> InitialWeights {
        InitialWeights::Drawn {
            seed: 7,
            std: 0.5,
            symmetrized,
            width,
            embedding: 5,
        }
    }

    #[test]
    fn rows_do_not_depend_on_the_range_or_the_width() {
        let narrow: Array2<f64> = drawn(100, false).rows(0..100);
        let wide: Array2<f64> = drawn(300, false).rows(60..130);
        assert_eq!(
            narrow.slice(ndarray::s![60..100, ..]),
            wide.slice(ndarray::s![..40, ..])
        );
    }

    #[test]
    fn symmetrized_rows_repeat() {
        let w: Array2<f64> = drawn(9, true).rows(0..9);
        assert_eq!(
            w.slice(ndarray::s![0..4, ..]),
            w.slice(ndarray::s![4..8, ..])
        );
        assert_ne!(w.row(8), w.row(0));
    }

    #[test]
    fn entries_have_the_stated_standard_deviation() {
        let w: Array2<f64> = drawn(4000, false).rows(0..4000);
        let variance = w.iter().map(|x| x * x).sum::<f64>() / w.len() as f64;
        // The standard error of the variance is σ²√(2/20 000) = 0.0025.
        assert!((variance - 0.25).abs() < 0.01, "{variance}");
    }
}

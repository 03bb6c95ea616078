//! Initial weights, drawn block by block so that no thread count and no width changes a row.

use std::ops::Range;

use ndarray::Array2;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use crate::random::stream::{Stream, rng};

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
        /// Embedding dimension D, with the constant feature of a bias.
        embedding: usize,
        /// ±limit of the last column, the biases, where they are uniform and not N(0, std²). The
        /// other columns are those of a network without biases.
        uniform_bias: Option<f64>,
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

    /// Doubles that drawing takes for a moment, of rows with so many entries: those drawn together.
    pub fn doubles_drawn(embedding: u128) -> u128 {
        ROWS_PER_STREAM as u128 * embedding
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
                uniform_bias,
            } => {
                let mut rows = Array2::zeros((range.len(), *embedding));
                let mut source = RowSource::new(*seed, *embedding, *uniform_bias);
                for (row, mut target) in range.zip(rows.outer_iter_mut()) {
                    let drawn = if *symmetrized {
                        mirrored(row, *width)
                    } else {
                        row
                    };
                    for (t, z) in target.iter_mut().zip(source.row(drawn)) {
                        *t = R::of(std * z);
                    }
                    if let (Some(t), Some(bias)) = (target.last_mut(), source.bias(drawn)) {
                        *t = R::of(bias);
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

/// Rows of standard normals, and biases; remembers the last streams it drew.
struct RowSource {
    seed: u64,
    /// Normals of a row.
    length: usize,
    /// ±limit of the biases, where they have a law of their own.
    uniform_bias: Option<f64>,
    block: Option<usize>,
    values: Vec<f64>,
    biases: Vec<f64>,
}

impl RowSource {
    fn new(seed: u64, embedding: usize, uniform_bias: Option<f64>) -> Self {
        Self {
            seed,
            length: embedding - usize::from(uniform_bias.is_some()).min(embedding),
            uniform_bias,
            block: None,
            values: Vec::new(),
            biases: Vec::new(),
        }
    }

    fn row(&mut self, row: usize) -> &[f64] {
        let length = self.length;
        let block = row / ROWS_PER_STREAM;
        if self.block != Some(block) {
            let mut weights = rng(self.seed, Stream::HiddenWeights, block as u64);
            let draw = |_| -> f64 { StandardNormal.sample(&mut weights) };
            self.values.clear();
            self.values.extend((0..ROWS_PER_STREAM * length).map(draw));
            if let Some(limit) = self.uniform_bias {
                let mut biases = rng(self.seed, Stream::HiddenBiases, block as u64);
                let mut draw = || limit * biases.random_range(-1.0..=1.0);
                self.biases.clear();
                self.biases.extend((0..ROWS_PER_STREAM).map(|_| draw()));
            }
            self.block = Some(block);
        }
        let start = (row % ROWS_PER_STREAM) * length;
        &self.values[start..start + length]
    }

    /// The bias of a row that was drawn last.
    fn bias(&self, row: usize) -> Option<f64> {
        self.biases.get(row % ROWS_PER_STREAM).copied()
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
            uniform_bias: None,
        }
    }

    /// The same network with a bias uniform on ±0.2.
    fn biased(width: usize, symmetrized: bool) -> InitialWeights {
        InitialWeights::Drawn {
            seed: 7,
            std: 0.5,
            symmetrized,
            width,
            embedding: 6,
            uniform_bias: Some(0.2),
        }
    }

    #[test]
    fn uniform_biases_leave_the_other_columns_as_they_are() {
        let (plain, w) = (drawn(3000, false), biased(3000, false));
        let (plain, w): (Array2<f64>, Array2<f64>) = (plain.rows(0..3000), w.rows(0..3000));
        assert_eq!(plain, w.slice(ndarray::s![.., ..5]));
        let biases = w.column(5);
        assert!(biases.iter().all(|b| b.abs() <= 0.2));
        let (mean, variance) = (biases.sum() / 3000.0, biases.dot(&biases) / 3000.0);
        // The variance is 0.2²/3; five standard errors of the mean and of the variance.
        assert!(mean.abs() < 0.0106, "{mean}");
        assert!((variance - 0.04 / 3.0).abs() < 0.0011, "{variance}");
        let part: Array2<f64> = biased(100, false).rows(60..70);
        assert_eq!(part, w.slice(ndarray::s![60..70, ..]));
    }

    #[test]
    fn symmetrized_rows_repeat_their_biases() {
        let w: Array2<f64> = biased(9, true).rows(0..9);
        assert_eq!(
            w.slice(ndarray::s![0..4, ..]),
            w.slice(ndarray::s![4..8, ..])
        );
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

//! The inputs of a batch, packed.

use ndarray::{Array2, Axis, CowArray, Ix2};

use crate::network::Real;

/// The inputs at the points of a batch: those that differ between its points, and once for all points
/// those that do not. Of images of digits these are a third: the margins, whatever the pixels are
/// normalized to, and the feature that makes a bias.
#[derive(Clone, Debug)]
pub struct BatchInputs<R> {
    /// The inputs that differ, points × taken.
    pub varying: Array2<R>,
    /// Which they are.
    pub taken: Vec<usize>,
    /// The others but for zeros, 1 × common.
    pub constant: Array2<R>,
    /// Which they are.
    pub common: Vec<usize>,
}

impl<R: Real> BatchInputs<R> {
    /// Packs the rows of Φ (n × D) at some points; `room` is memory to do it in.
    ///
    /// # Panics
    /// Where an index is not below n.
    pub fn new(phi: &Array2<R>, points: &[usize], room: Vec<R>) -> Self {
        let phi = phi.as_standard_layout();
        let rows: Vec<&[R]> = points.iter().map(|point| row(&phi, *point)).collect();
        let first = rows.first().copied().unwrap_or_default();
        let differs = differing(&rows, first);
        let (mut taken, mut common) = (Vec::new(), Vec::new());
        for (input, differs) in differs.into_iter().enumerate() {
            if differs {
                taken.push(input);
            } else if first[input] != R::zero() {
                common.push(input);
            }
        }
        let constant: Vec<R> = common.iter().map(|input| first[*input]).collect();
        Self {
            varying: packed(&rows, &taken, room),
            constant: by_rows((rows.len().min(1), common.len()), constant),
            taken,
            common,
        }
    }

    /// The memory of the largest part, to pack other inputs in.
    pub fn into_room(self) -> Vec<R> {
        self.varying.into_raw_vec_and_offset().0
    }
}

fn row<'a, R>(phi: &'a CowArray<'_, R, Ix2>, point: usize) -> &'a [R] {
    match phi.index_axis(Axis(0), point).to_slice() {
        Some(row) => row,
        None => unreachable!("rows of a matrix in standard layout are contiguous"),
    }
}

/// Which entries of rows differ from those of the first.
fn differing<R: Real>(rows: &[&[R]], first: &[R]) -> Vec<bool> {
    let mut differs = vec![false; first.len()];
    for row in rows {
        for ((differs, x), first) in differs.iter_mut().zip(*row).zip(first) {
            // Also where it is not a number.
            *differs |= *x != *first;
        }
    }
    differs
}

/// Some inputs of rows, side by side. They come in runs, of which an image has one or two a line.
fn packed<R: Real>(rows: &[&[R]], inputs: &[usize], mut room: Vec<R>) -> Array2<R> {
    let runs: Vec<&[usize]> = inputs.chunk_by(|input, next| input + 1 == *next).collect();
    room.clear();
    room.reserve(rows.len() * inputs.len());
    for row in rows {
        for run in &runs {
            room.extend_from_slice(&row[run[0]..run[0] + run.len()]);
        }
    }
    by_rows((rows.len(), inputs.len()), room)
}

fn by_rows<R>(shape: (usize, usize), entries: Vec<R>) -> Array2<R> {
    match Array2::from_shape_vec(shape, entries) {
        Ok(matrix) => matrix,
        Err(_) => unreachable!("every row has all the inputs"),
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn inputs_that_do_not_differ_are_held_once_and_zeros_not_at_all() {
        let nan = f64::NAN;
        let phi = array![
            [0.0, 2.0, 5.0, 1.0, nan],
            [9.0, 9.0, 9.0, 9.0, 9.0],
            [0.0, 2.0, 5.0, 3.0, nan],
        ];
        let inputs = BatchInputs::new(&phi, &[2, 0, 0], Vec::new());
        assert_eq!(inputs.taken, [3, 4]);
        assert_eq!(inputs.common, [1, 2]);
        assert_eq!(inputs.constant, array![[2.0, 5.0]]);
        assert_eq!(inputs.varying.column(0), array![3.0, 1.0, 1.0]);
        let none = BatchInputs::new(&phi, &[], Vec::new());
        assert_eq!((none.varying.dim(), none.constant.dim()), ((0, 0), (0, 0)));
    }

    #[test]
    fn inputs_that_differ_lie_in_their_order_whatever_was_in_the_memory() {
        let varies = |j: usize| !matches!(j, 0 | 4..=6 | 12);
        let entry = |(i, j): (usize, usize)| if varies(j) { (10 * i + j) as f32 } else { 0.5 };
        let phi = ndarray::Array2::from_shape_fn((7, 13), entry);
        let mut room = vec![9.0; 3];
        for points in [&[1, 5, 2][..], &[6, 0], &[3, 4, 1, 0, 2]] {
            let inputs = BatchInputs::new(&phi, points, room);
            let taken: Vec<usize> = (0..13).filter(|j| varies(*j)).collect();
            assert_eq!(inputs.taken, taken);
            assert_eq!(inputs.common, [0, 4, 5, 6, 12]);
            let expected = phi.select(Axis(0), points).select(Axis(1), &taken);
            assert_eq!(inputs.varying, expected);
            room = inputs.into_room();
        }
    }
}

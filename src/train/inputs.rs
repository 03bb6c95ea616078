//! The inputs of a batch, packed.

use ndarray::Array2;

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
    /// Packs the rows of Φ (n × D) at some points.
    ///
    /// # Panics
    /// Where an index is not below n.
    pub fn new(phi: &Array2<R>, points: &[usize]) -> Self {
        let (mut taken, mut common) = (Vec::new(), Vec::new());
        if let Some(first) = points.first() {
            let first = phi.row(*first);
            let mut differs = vec![false; phi.ncols()];
            for point in points {
                let pairs = phi.row(*point).into_iter().zip(first);
                for (differs, (x, first)) in differs.iter_mut().zip(pairs) {
                    // Also where it is not a number.
                    *differs |= *x != *first;
                }
            }
            for (input, differs) in differs.into_iter().enumerate() {
                if differs {
                    taken.push(input);
                } else if first[input] != R::zero() {
                    common.push(input);
                }
            }
        }
        Self {
            varying: gathered(phi, points, &taken),
            constant: gathered(phi, points.get(..1).unwrap_or_default(), &common),
            taken,
            common,
        }
    }
}

fn gathered<R: Real>(phi: &Array2<R>, points: &[usize], inputs: &[usize]) -> Array2<R> {
    let mut entries = Vec::with_capacity(points.len() * inputs.len());
    for point in points {
        let row = phi.row(*point);
        entries.extend(inputs.iter().map(|input| row[*input]));
    }
    let shape = (points.len(), inputs.len());
    let Ok(gathered) = Array2::from_shape_vec(shape, entries) else {
        unreachable!("every row has all the inputs");
    };
    gathered
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
        let inputs = BatchInputs::new(&phi, &[2, 0, 0]);
        assert_eq!(inputs.taken, [3, 4]);
        assert_eq!(inputs.common, [1, 2]);
        assert_eq!(inputs.constant, array![[2.0, 5.0]]);
        assert_eq!(inputs.varying.column(0), array![3.0, 1.0, 1.0]);
        let none = BatchInputs::new(&phi, &[]);
        assert_eq!((none.varying.dim(), none.constant.dim()), ((0, 0), (0, 0)));
    }
}

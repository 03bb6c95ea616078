//! The plane in which data of two coordinates that matter are looked at.

use ndarray::{Array2, ArrayView2};
use serde::{Deserialize, Serialize};

use super::Dataset;

/// Points of a set kept at most, the first ones.
const KEPT: usize = 500;

/// Room around the points, as a share of the largest coordinate.
const ROOM: f64 = 0.1;

/// A square of the first two coordinates around the origin, all others 0, divided into side × side cells; and
/// the points of the data as they are seen in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plane {
    /// Cells of a side.
    pub side: usize,
    /// Half the length of a side: x₁ and x₂ go from −half to half.
    pub half: f64,
    /// Dimension d of the inputs: of more than 2 coordinates the plane is a section.
    pub d: usize,
    /// x₁, x₂ and the first target of the training points, the first 500 of them.
    pub train: Vec<[f32; 3]>,
    /// The same of the test points.
    pub test: Vec<[f32; 3]>,
}

impl Plane {
    /// The square that holds all points of both sets; `None` where the inputs have less than two coordinates.
    pub fn of(data: &Dataset, side: usize) -> Option<Self> {
        let d = data.x.ncols();
        if d < 2 {
            return None;
        }
        let train = seen(data.x.view(), data.y.view());
        let test = seen(data.x_test.view(), data.y_test.view());
        let coordinates = train.iter().chain(&test).flat_map(|[x1, x2, _]| [*x1, *x2]);
        let largest = coordinates.fold(0.0, |largest: f64, x| largest.max(f64::from(x).abs()));
        let half = (1.0 + ROOM) * if largest > 0.0 { largest } else { 1.0 };
        Some(Self {
            side,
            half,
            d,
            train,
            test,
        })
    }

    /// Edges of the cells along a side, one more than there are cells.
    pub fn edges(&self) -> Vec<f64> {
        let edge = |k: usize| self.half * (2.0 * k as f64 / self.side as f64 - 1.0);
        (0..=self.side).map(edge).collect()
    }

    /// Middles of the cells along a side.
    pub fn middles(&self) -> Vec<f64> {
        let middle = |k: usize| self.half * ((2 * k + 1) as f64 / self.side as f64 - 1.0);
        (0..self.side).map(middle).collect()
    }

    /// The inputs in the middles of the cells, side² × d: x₁ in the order of the columns of cells, and of each
    /// x₂ upwards.
    pub fn inputs(&self) -> Array2<f64> {
        let middles = self.middles();
        let mut x = Array2::zeros((self.side * self.side, self.d));
        for (cell, mut row) in x.outer_iter_mut().enumerate() {
            row[0] = middles[cell / self.side];
            row[1] = middles[cell % self.side];
        }
        x
    }
}

fn seen(x: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> Vec<[f32; 3]> {
    let rows = x.outer_iter().zip(y.outer_iter()).take(KEPT);
    rows.map(|(x, y)| [x[0], x[1], y[0]].map(|v| v as f32))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::load;
    use crate::spec::DataSpec;

    fn plane(d: usize) -> Plane {
        let spec = DataSpec::Xor {
            d,
            n: 30,
            n_test: 1200,
            noise: 0.2,
        };
        let data = load(&spec, 1, Path::new(".")).unwrap();
        Plane::of(&data, 8).unwrap()
    }

    #[test]
    fn the_square_holds_every_point_that_it_shows_with_a_tenth_to_spare() {
        let plane = plane(5);
        assert_eq!((plane.train.len(), plane.test.len()), (30, KEPT));
        let points = plane.train.iter().chain(&plane.test);
        let largest = points
            .flat_map(|p| [p[0].abs(), p[1].abs()])
            .fold(0.0, f32::max);
        assert!((plane.half / f64::from(largest) - 1.1).abs() < 1e-12);
    }

    #[test]
    fn inputs_are_the_middles_of_the_cells_with_all_other_coordinates_0() {
        let plane = plane(3);
        let (x, edges, middles) = (plane.inputs(), plane.edges(), plane.middles());
        assert_eq!((x.dim(), edges.len(), middles.len()), ((64, 3), 9, 8));
        assert_eq!((edges[0], edges[8]), (-plane.half, plane.half));
        for (k, middle) in middles.iter().enumerate() {
            assert!((middle - 0.5 * (edges[k] + edges[k + 1])).abs() < 1e-12);
        }
        // The second column of cells, its third from below.
        assert_eq!(x.row(8 + 2).to_vec(), [middles[1], middles[2], 0.0]);
        assert!(x.column(2).iter().all(|x| *x == 0.0));
    }
}

//! Values that vary linearly over a triangle.

/// Gradients of the linear interpolation of values at three corners.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis {
    origin: [f64; 2],
    /// Weight of the second and third corner's difference to the first, for a step in x and y.
    dx: [f64; 2],
    dy: [f64; 2],
}

impl Basis {
    /// The basis of a triangle with corners in pixels; it must enclose some area.
    pub(super) fn new([a, b, c]: [[f64; 2]; 3]) -> Self {
        let [bx, by] = [b[0] - a[0], b[1] - a[1]];
        let [cx, cy] = [c[0] - a[0], c[1] - a[1]];
        let area = bx * cy - by * cx;
        Self {
            origin: a,
            dx: [cy / area, -by / area],
            dy: [-cx / area, bx / area],
        }
    }
}

/// `N` values that vary linearly over a triangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane<const N: usize> {
    /// Values at the corner of pixel (0, 0).
    at_origin: [f64; N],
    dx: [f64; N],
    dy: [f64; N],
}

impl<const N: usize> Plane<N> {
    /// The values that are `at` the three corners of `basis`.
    pub(super) fn new(basis: &Basis, at: [[f32; N]; 3]) -> Self {
        let [a, b, c] = at.map(|values| values.map(f64::from));
        let gradient = |weights: [f64; 2]| {
            std::array::from_fn(|n| weights[0] * (b[n] - a[n]) + weights[1] * (c[n] - a[n]))
        };
        let dx: [f64; N] = gradient(basis.dx);
        let dy: [f64; N] = gradient(basis.dy);
        let at_origin =
            std::array::from_fn(|n| a[n] - dx[n] * basis.origin[0] - dy[n] * basis.origin[1]);
        Self { at_origin, dx, dy }
    }

    /// Values at the centre of column `i`, row `j`.
    pub(super) fn at(&self, i: i32, j: i32) -> [f32; N] {
        let (x, y) = (f64::from(i) + 0.5, f64::from(j) + 0.5);
        std::array::from_fn(|n| (self.at_origin[n] + self.dx[n] * x + self.dy[n] * y) as f32)
    }

    /// Change from one column to the next.
    pub(super) fn step(&self) -> [f32; N] {
        self.dx.map(|value| value as f32)
    }

    /// Change from one row to the next.
    pub(super) fn row_step(&self) -> [f32; N] {
        self.dy.map(|value| value as f32)
    }
}

//! The two products of a small network's step, in registers.

use pulp::Simd;

use crate::network::Real;

/// Neurons of a tile of the forward product.
const FORWARD_ROWS: usize = 6;

/// W, neurons × inputs, with rows of whole lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Neurons k.
    pub neurons: usize,
    /// Training points n.
    pub points: usize,
    /// Inputs d, or D where they are embedded.
    pub inputs: usize,
    /// Floats of a row of points, with zeros up to a whole line.
    pub point_row: usize,
    /// The same of a row of inputs.
    pub input_row: usize,
}

/// H = WX, neurons × points, X being inputs × points: a vector holds points side by side.
#[derive(Debug)]
pub(super) struct Forward<'a, R> {
    pub shape: Shape,
    pub w: &'a [R],
    pub x: &'a [R],
    pub h: &'a mut [R],
}

impl<R: Real> Forward<'_, R> {
    #[inline(always)]
    pub(super) fn run<S: Simd>(mut self, simd: S) {
        let count = R::count::<S>();
        let vectors = self.shape.point_row / count;
        let mut at = 0;
        if S::REGISTER_COUNT >= 32 {
            while at + 4 <= vectors {
                self.panel::<S, 4>(simd, at * count);
                at += 4;
            }
        }
        while at + 2 <= vectors {
            self.panel::<S, 2>(simd, at * count);
            at += 2;
        }
        if at < vectors {
            self.panel::<S, 1>(simd, at * count);
        }
    }

    /// All neurons at the points of N vectors.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(&mut self, simd: S, point: usize) {
        let neurons = self.shape.neurons;
        let mut neuron = 0;
        while neuron + FORWARD_ROWS <= neurons {
            self.tile::<S, FORWARD_ROWS, N>(simd, neuron, point);
            neuron += FORWARD_ROWS;
        }
        while neuron + 3 <= neurons {
            self.tile::<S, 3, N>(simd, neuron, point);
            neuron += 3;
        }
        while neuron < neurons {
            self.tile::<S, 1, N>(simd, neuron, point);
            neuron += 1;
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        neuron: usize,
        point: usize,
    ) {
        let shape = self.shape;
        let length = N * R::count::<S>();
        let w: [&[R]; M] = std::array::from_fn(|r| {
            let row = (neuron + r) * shape.input_row;
            &self.w[row..row + shape.inputs]
        });
        let mut sums = [[R::splat(simd, R::zero()); N]; M];
        let inputs = self.x.chunks_exact(shape.point_row).take(shape.inputs);
        for (j, x) in inputs.enumerate() {
            let (x, _) = R::vectors::<S>(&x[point..point + length]);
            let x: [R::Vector<S>; N] = std::array::from_fn(|c| x[c]);
            for (sums, w) in sums.iter_mut().zip(w) {
                let w = R::splat(simd, w[j]);
                for (sum, x) in sums.iter_mut().zip(x) {
                    *sum = R::times_plus(simd, w, x, *sum);
                }
            }
        }
        // By reference: moved out of its array, every sum would go through memory once more.
        for (r, sums) in sums.iter().enumerate() {
            let at = (neuron + r) * shape.point_row + point;
            let (h, _) = R::vectors_mut::<S>(&mut self.h[at..at + length]);
            for (h, sum) in h.iter_mut().zip(sums) {
                *h = *sum;
            }
        }
    }
}

/// W ← W + diag(κ)·AΦ with A neurons × points: a vector holds inputs side by side.
#[derive(Debug)]
pub(super) struct Backward<'a, R> {
    pub shape: Shape,
    /// A.
    pub errors: &'a [R],
    /// Φ, points × inputs.
    pub phi: &'a [R],
    /// κ of each neuron.
    pub scale: &'a [R],
    pub w: &'a mut [R],
    /// Whether the length of the step is wanted.
    pub is_measured: bool,
}

impl<R: Real> Backward<'_, R> {
    /// Gives ‖ΔW‖_F² where it is measured, else 0.
    #[inline(always)]
    pub(super) fn run<S: Simd>(mut self, simd: S) -> R {
        let count = R::count::<S>();
        let vectors = self.shape.input_row / count;
        let mut squares = R::splat(simd, R::zero());
        let mut at = 0;
        while at + 2 <= vectors {
            self.panel::<S, 2>(simd, at * count, &mut squares);
            at += 2;
        }
        if at < vectors {
            self.panel::<S, 1>(simd, at * count, &mut squares);
        }
        R::total(simd, squares)
    }

    /// All neurons at the inputs of N vectors.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(
        &mut self,
        simd: S,
        input: usize,
        squares: &mut R::Vector<S>,
    ) {
        let neurons = self.shape.neurons;
        let mut neuron = 0;
        if S::REGISTER_COUNT >= 32 {
            while neuron + 12 <= neurons {
                self.tile::<S, 12, N>(simd, [neuron, input], squares);
                neuron += 12;
            }
        }
        while neuron + 6 <= neurons {
            self.tile::<S, 6, N>(simd, [neuron, input], squares);
            neuron += 6;
        }
        while neuron + 2 <= neurons {
            self.tile::<S, 2, N>(simd, [neuron, input], squares);
            neuron += 2;
        }
        if neuron < neurons {
            self.tile::<S, 1, N>(simd, [neuron, input], squares);
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        [neuron, input]: [usize; 2],
        squares: &mut R::Vector<S>,
    ) {
        let shape = self.shape;
        let length = N * R::count::<S>();
        let errors: [&[R]; M] = std::array::from_fn(|r| {
            let row = (neuron + r) * shape.point_row;
            &self.errors[row..row + shape.points]
        });
        let mut sums = [[R::splat(simd, R::zero()); N]; M];
        let points = self.phi.chunks_exact(shape.input_row).take(shape.points);
        for (a, phi) in points.enumerate() {
            let (phi, _) = R::vectors::<S>(&phi[input..input + length]);
            let phi: [R::Vector<S>; N] = std::array::from_fn(|c| phi[c]);
            for (sums, errors) in sums.iter_mut().zip(errors) {
                let error = R::splat(simd, errors[a]);
                for (sum, phi) in sums.iter_mut().zip(phi) {
                    *sum = R::times_plus(simd, error, phi, *sum);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let scale = R::splat(simd, self.scale[neuron + r]);
            let at = (neuron + r) * shape.input_row + input;
            let (w, _) = R::vectors_mut::<S>(&mut self.w[at..at + length]);
            for (w, sum) in w.iter_mut().zip(sums) {
                *w = R::times_plus(simd, scale, sum, *w);
                if self.is_measured {
                    let change = R::times(simd, scale, sum);
                    *squares = R::times_plus(simd, change, change, *squares);
                }
            }
        }
    }
}

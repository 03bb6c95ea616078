//! The two products of a small network's step, in registers.

use std::marker::PhantomData;

use pulp::{Simd, WithSimd};

use crate::network::Real;

/// Sizes of a small network.
///
/// Matrices with a row for each neuron are kept in columns of one vector's width, in each of which the
/// neurons lie side by side: (vector of points or inputs) × neurons × lanes. So a tile of neurons is one
/// piece of memory, and where it ends is checked once for many products.
#[derive(Clone, Copy, Debug)]
pub(in crate::train) struct Shape {
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
    /// Floats of a vector.
    pub lanes: usize,
}

impl Shape {
    /// Where a neuron's float of a column of points or inputs is kept.
    pub(in crate::train) fn place(self, neuron: usize, column: usize) -> usize {
        (column / self.lanes * self.neurons + neuron) * self.lanes + column % self.lanes
    }
}

/// The floats of a vector.
pub(in crate::train) struct CountLanes<R>(pub PhantomData<R>);

impl<R: Real> WithSimd for CountLanes<R> {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        R::count::<S>()
    }
}

/// H = WX, neurons × points, X being inputs × points: a vector holds points side by side.
#[derive(Debug)]
pub(in crate::train) struct Forward<'a, R> {
    pub shape: Shape,
    pub w: &'a [R],
    pub x: &'a [R],
    pub h: &'a mut [R],
}

impl<R: Real> Forward<'_, R> {
    #[inline(always)]
    pub(in crate::train) fn run<S: Simd>(mut self, simd: S) {
        let vectors = self.shape.point_row / R::count::<S>();
        let mut at = 0;
        if S::REGISTER_COUNT >= 32 {
            while at + 4 <= vectors {
                self.panel::<S, 4>(simd, at);
                at += 4;
            }
        }
        while at + 2 <= vectors {
            self.panel::<S, 2>(simd, at);
            at += 2;
        }
        if at < vectors {
            self.panel::<S, 1>(simd, at);
        }
    }

    /// All neurons at the points of N vectors.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(&mut self, simd: S, vector: usize) {
        let neurons = self.shape.neurons;
        let mut neuron = 0;
        while neuron + 6 <= neurons {
            self.tile::<S, 6, N>(simd, neuron, vector);
            neuron += 6;
        }
        // All that are left at once: a few sums alone would wait for each other.
        match neurons - neuron {
            5 => self.tile::<S, 5, N>(simd, neuron, vector),
            4 => self.tile::<S, 4, N>(simd, neuron, vector),
            3 => self.tile::<S, 3, N>(simd, neuron, vector),
            2 => self.tile::<S, 2, N>(simd, neuron, vector),
            1 => self.tile::<S, 1, N>(simd, neuron, vector),
            _ => {}
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        neuron: usize,
        vector: usize,
    ) {
        let (shape, count) = (self.shape, R::count::<S>());
        let mut sums = [[R::splat(simd, R::zero()); N]; M];
        let mut inputs = self.x.chunks_exact(shape.point_row).take(shape.inputs);
        for w in self.w.chunks_exact(shape.neurons * count) {
            let w = &w[neuron * count..][..M * count];
            for (lane, x) in (0..count).zip(&mut inputs) {
                let (x, _) = R::vectors::<S>(&x[vector * count..][..N * count]);
                let x: [R::Vector<S>; N] = std::array::from_fn(|c| x[c]);
                for (r, sums) in sums.iter_mut().enumerate() {
                    let w = R::splat(simd, w[r * count + lane]);
                    for (sum, x) in sums.iter_mut().zip(x) {
                        *sum = R::times_plus(simd, w, x, *sum);
                    }
                }
            }
        }
        let (h, _) = R::vectors_mut::<S>(self.h);
        // By reference: moved out of its array, every sum would go through memory once more.
        for (r, sums) in sums.iter().enumerate() {
            for (c, sum) in sums.iter().enumerate() {
                h[(vector + c) * shape.neurons + neuron + r] = *sum;
            }
        }
    }
}

/// W ← W + diag(κ)·AΦ with A neurons × points: a vector holds inputs side by side.
#[derive(Debug)]
pub(in crate::train) struct Backward<'a, R> {
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
    pub(in crate::train) fn run<S: Simd>(mut self, simd: S) -> R {
        let vectors = self.shape.input_row / R::count::<S>();
        let mut squares = R::splat(simd, R::zero());
        let mut at = 0;
        while at + 2 <= vectors {
            self.panel::<S, 2>(simd, at, &mut squares);
            at += 2;
        }
        if at < vectors {
            self.panel::<S, 1>(simd, at, &mut squares);
        }
        R::total(simd, squares)
    }

    /// All neurons at the inputs of N vectors.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(
        &mut self,
        simd: S,
        vector: usize,
        squares: &mut R::Vector<S>,
    ) {
        let neurons = self.shape.neurons;
        let mut neuron = 0;
        if S::REGISTER_COUNT >= 32 {
            while neuron + 12 <= neurons {
                self.tile::<S, 12, N>(simd, [neuron, vector], squares);
                neuron += 12;
            }
        }
        while neuron + 6 <= neurons {
            self.tile::<S, 6, N>(simd, [neuron, vector], squares);
            neuron += 6;
        }
        let place = [neuron, vector];
        match neurons - neuron {
            5 => self.tile::<S, 5, N>(simd, place, squares),
            4 => self.tile::<S, 4, N>(simd, place, squares),
            3 => self.tile::<S, 3, N>(simd, place, squares),
            2 => self.tile::<S, 2, N>(simd, place, squares),
            1 => self.tile::<S, 1, N>(simd, place, squares),
            _ => {}
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        [neuron, vector]: [usize; 2],
        squares: &mut R::Vector<S>,
    ) {
        let (shape, count) = (self.shape, R::count::<S>());
        let mut sums = [[R::splat(simd, R::zero()); N]; M];
        let mut points = self.phi.chunks_exact(shape.input_row).take(shape.points);
        for errors in self.errors.chunks_exact(shape.neurons * count) {
            let errors = &errors[neuron * count..][..M * count];
            for (lane, phi) in (0..count).zip(&mut points) {
                let (phi, _) = R::vectors::<S>(&phi[vector * count..][..N * count]);
                let phi: [R::Vector<S>; N] = std::array::from_fn(|c| phi[c]);
                for (r, sums) in sums.iter_mut().enumerate() {
                    let error = R::splat(simd, errors[r * count + lane]);
                    for (sum, phi) in sums.iter_mut().zip(phi) {
                        *sum = R::times_plus(simd, error, phi, *sum);
                    }
                }
            }
        }
        let (w, _) = R::vectors_mut::<S>(self.w);
        for (r, sums) in sums.into_iter().enumerate() {
            let scale = R::splat(simd, self.scale[neuron + r]);
            for (c, sum) in sums.into_iter().enumerate() {
                let w = &mut w[(vector + c) * shape.neurons + neuron + r];
                *w = R::times_plus(simd, scale, sum, *w);
                if self.is_measured {
                    let change = R::times(simd, scale, sum);
                    *squares = R::times_plus(simd, change, change, *squares);
                }
            }
        }
    }
}

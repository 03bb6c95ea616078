//! Floats that start at a cache line.

use std::ops::{Deref, DerefMut};

/// Bytes of a cache line, and of the widest vector.
pub const LINE: usize = 64;

/// Floats that start at a cache line, so that no vector of them lies across two.
#[derive(Debug)]
pub struct Aligned<R> {
    data: Vec<R>,
    start: usize,
    len: usize,
}

impl<R: Clone> Aligned<R> {
    /// `len` times `x`.
    pub fn filled(x: R, len: usize) -> Self {
        let data = vec![x; len + LINE / size_of::<R>()];
        let offset = data.as_ptr().align_offset(LINE);
        // Where a pointer can't be aligned the floats are slower to reach, and no different.
        let start = if offset <= data.len() - len {
            offset
        } else {
            0
        };
        Self { data, start, len }
    }
}

impl<R: Clone> Clone for Aligned<R> {
    fn clone(&self) -> Self {
        let Some(first) = self.first() else {
            return Self {
                data: Vec::new(),
                start: 0,
                len: 0,
            };
        };
        let mut copy = Self::filled(first.clone(), self.len);
        copy.clone_from_slice(self);
        copy
    }
}

impl<R> Deref for Aligned<R> {
    type Target = [R];

    fn deref(&self) -> &[R] {
        &self.data[self.start..self.start + self.len]
    }
}

impl<R> DerefMut for Aligned<R> {
    fn deref_mut(&mut self) -> &mut [R] {
        &mut self.data[self.start..self.start + self.len]
    }
}

/// The number of floats in as many whole lines as `len` floats need.
pub fn in_lines<R>(len: usize) -> usize {
    len.next_multiple_of(LINE / size_of::<R>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_start_at_a_line_too() {
        for len in [0, 1, 15, 16, 1000] {
            let mut floats = Aligned::filled(0.5f32, len);
            floats
                .iter_mut()
                .enumerate()
                .for_each(|(i, x)| *x = i as f32);
            let copies: Vec<_> = (0..5).map(|_| floats.clone()).collect();
            for copy in &copies {
                assert_eq!(copy[..], floats[..]);
                assert!(len == 0 || (copy.as_ptr() as usize).is_multiple_of(LINE));
            }
        }
        assert_eq!(in_lines::<f32>(17), 32);
        assert_eq!(in_lines::<f64>(17), 24);
    }
}

//! What an observable costs: work and memory.

use crate::train::Shape;

/// Work of a kernel's product, in units of neurons × entries: half the entries, in double precision.
pub const KERNEL_PRODUCT: f64 = 5.0;

/// Work of all eigenvalues, in units of the side cubed: that of the reduction to tridiagonal form.
const EIGENVALUES: f64 = 6.0;

/// Work of the eigenvalues of that form, an entry of the matrix: divisions that wait for each other.
const EIGENVALUE_ENTRY: f64 = 2500.0;

/// What an observable costs beside the passes that it shares with others.
///
/// The unit of work is a floating-point operation of single-precision products on all cores; what runs at
/// another rate counts by its time. The factors are measured (on two cores, most within a factor of two)
/// and need not be exact: they only say how often to measure.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Work at every record.
    pub every_record: fn(&Shape) -> f64,
    /// Work beside that at a record that measures everything.
    pub full_record: fn(&Shape) -> f64,
    /// Bytes held from the start on.
    pub held: fn(&Shape) -> u128,
    /// Bytes of a record, beside its scalars.
    pub record: fn(&Shape) -> u128,
}

impl Cost {
    /// Nothing beside the shared passes.
    pub const NOTHING: Self = Self {
        every_record: |_| 0.0,
        full_record: |_| 0.0,
        held: |_| 0,
        record: |_| 0,
    };
}

/// Work of all eigenvalues of a symmetric matrix.
pub fn eigenvalue_work(side: f64) -> f64 {
    (EIGENVALUES * side + EIGENVALUE_ENTRY) * side * side
}

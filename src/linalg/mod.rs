//! Dense linear algebra in double precision: eigenvalues, norms and factorizations. It knows no network.

mod eigen;
mod factorization;
mod frobenius;
mod operator_norm;
mod tridiagonal;

pub use eigen::{
    EIGENVECTOR_MATRICES, SymmetricEigen, eigenvalue_bytes, symmetric_eigen, symmetric_eigenvalues,
};
pub use factorization::{FACTORED_MATRICES, ThinSvd, orthonormal_basis, thin_svd};
pub(crate) use factorization::{abandonable, to_faer, to_ndarray};
pub use frobenius::frobenius;
pub(crate) use operator_norm::symmetric_norm;

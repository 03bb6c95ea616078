//! Which matrix kernels this process runs.

use std::sync::OnceLock;

use crate::simd::Level;

/// Name of the class of kernels that this process runs: those of the libraries and, after a slash, the
/// level of our own. Results are equal bit by bit within a class, and to rounding across classes: fused
/// multiply-adds round once where others round twice.
pub fn kernel_class() -> &'static str {
    static CLASS: OnceLock<String> = OnceLock::new();
    CLASS.get_or_init(|| format!("{}/{}", of_libraries(), Level::current().name()))
}

fn of_libraries() -> &'static str {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    {
        if is_x86_feature_detected!("avx512f") {
            "x86-avx512f"
        } else if is_x86_feature_detected!("fma") {
            "x86-fma"
        } else if is_x86_feature_detected!("avx") {
            "x86-avx"
        } else {
            "x86-sse2"
        }
    }
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    {
        std::env::consts::ARCH
    }
}

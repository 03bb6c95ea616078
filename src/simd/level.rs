//! Vector instructions that kernels are compiled for, chosen at run time.

use std::sync::OnceLock;

use pulp::{NullaryFnOnce, Scalar, Simd, WithSimd};

/// Environment variable that forces a level: `portable`, `avx2` or `avx512`.
pub const LEVEL_VARIABLE: &str = "WIDESCOPE_LEVEL";

/// A set of vector instructions that kernels are compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// What the compiler takes for granted.
    Portable,
    /// AVX2 with fused multiply-add.
    Avx2,
    /// AVX-512.
    Avx512,
}

impl Level {
    /// All levels, the best last.
    pub const ALL: [Self; 3] = [Self::Portable, Self::Avx2, Self::Avx512];

    /// Its name, as in [`LEVEL_VARIABLE`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    /// Whether this processor has its instructions.
    pub fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            Self::Avx2 => avx2().is_some(),
            Self::Avx512 => avx512().is_some(),
        }
    }

    /// The level of this process: the best that the processor has, or, where [`LEVEL_VARIABLE`] was
    /// set at the first call, the one it names if there is no better one below it.
    pub fn current() -> Self {
        static CURRENT: OnceLock<Level> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            let asked = std::env::var(LEVEL_VARIABLE).ok();
            Self::best_of(asked.as_deref())
        })
    }

    /// Refuses a value of [`LEVEL_VARIABLE`] that is no level's name.
    ///
    /// # Errors
    /// Names the variable, its value, and what is allowed.
    pub fn check_variable() -> Result<(), String> {
        let Some(asked) = std::env::var_os(LEVEL_VARIABLE) else {
            return Ok(());
        };
        let names = Self::ALL.map(Self::name);
        if names.iter().any(|name| asked == *name) {
            return Ok(());
        }
        let (asked, names) = (asked.to_string_lossy(), names.join(", "));
        Err(format!(
            "{LEVEL_VARIABLE}: {asked} is not allowed; allowed: {names}"
        ))
    }

    /// The best level there is, up to the one asked for by name. Unknown names ask for nothing.
    fn best_of(asked: Option<&str>) -> Self {
        let limit = Self::ALL
            .iter()
            .position(|level| Some(level.name()) == asked);
        let levels = Self::ALL
            .iter()
            .take(limit.map_or(Self::ALL.len(), |i| i + 1));
        let best = levels.rev().find(|level| level.is_available());
        best.copied().unwrap_or(Self::Portable)
    }

    /// Carries out `op` compiled for this level, or for [`Self::Portable`] where the processor lacks
    /// its instructions.
    pub fn run<Op: WithSimd>(self, op: Op) -> Op::Output {
        match self {
            Self::Avx512 => run_avx512(op),
            Self::Avx2 => run_avx2(op),
            Self::Portable => run_portable(op),
        }
    }
}

/// An operation bound to its instructions.
struct Bound<Op, S>(Op, S);

impl<Op: WithSimd, S: Simd> NullaryFnOnce for Bound<Op, S> {
    type Output = Op::Output;

    #[inline(always)]
    fn call(self) -> Op::Output {
        self.0.with_simd(self.1)
    }
}

/// Out of line, so that there is one copy of it.
#[inline(never)]
fn run_portable<Op: WithSimd>(op: Op) -> Op::Output {
    op.with_simd(Scalar)
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn avx2() -> Option<pulp::x86::V3> {
    pulp::x86::V3::try_new()
}

/// The token of AVX-512, where the processor has it.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(super) fn avx512() -> Option<pulp::x86::V4> {
    pulp::x86::V4::try_new()
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn run_avx2<Op: WithSimd>(op: Op) -> Op::Output {
    match avx2() {
        Some(simd) => simd.vectorize(Bound(op, simd)),
        None => run_portable(op),
    }
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn run_avx512<Op: WithSimd>(op: Op) -> Op::Output {
    match avx512() {
        Some(simd) => simd.vectorize(Bound(op, simd)),
        None => run_portable(op),
    }
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn avx2() -> Option<()> {
    None
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn avx512() -> Option<()> {
    None
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn run_avx2<Op: WithSimd>(op: Op) -> Op::Output {
    run_portable(op)
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn run_avx512<Op: WithSimd>(op: Op) -> Op::Output {
    run_portable(op)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_limits_the_level() {
        assert_eq!(Level::best_of(Some("portable")), Level::Portable);
        let best = Level::best_of(None);
        assert!(best.is_available());
        assert_eq!(Level::best_of(Some("avx512")), best);
        assert_eq!(Level::best_of(Some("nonsense")), best);
        let second = Level::best_of(Some("avx2"));
        assert!(second == Level::Avx2 || !Level::Avx2.is_available());
    }

    struct Sum<'a>(&'a [f32]);

    impl WithSimd for Sum<'_> {
        type Output = f32;

        #[inline(always)]
        fn with_simd<S: Simd>(self, _: S) -> f32 {
            self.0.iter().sum()
        }
    }

    #[test]
    fn every_level_runs_or_falls_back() {
        for level in Level::ALL {
            assert_eq!(level.run(Sum(&[1.0, 2.0, 4.0])), 7.0, "{level:?}");
        }
    }
}

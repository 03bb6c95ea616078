//! Values and their ranges.

use std::fmt::Debug;
use std::ops::RangeInclusive;

use crate::preset::PresetError;

/// Largest width m and embedding dimension D, 2²⁴; the memory estimate refuses smaller ones where they don't fit.
pub(super) const MAX_WIDTH: usize = 1 << 24;

/// Largest number of points and of input coordinates, 2²⁰.
pub(super) const MAX_POINTS: usize = 1 << 20;

/// Most steps of a run, 10¹².
pub(super) const MAX_STEPS: u64 = 1_000_000_000_000;

/// A whole number in a range.
pub(super) fn whole<T>(path: &str, value: T, range: RangeInclusive<T>) -> Result<(), PresetError>
where
    T: PartialOrd + Debug,
{
    if range.contains(&value) {
        return Ok(());
    }
    let (low, high) = range.into_inner();
    Err(PresetError::value(
        path,
        format!("{value:?}"),
        format!("a whole number from {low:?} to {high:?}"),
    ))
}

/// A finite number.
pub(super) fn finite(path: &str, value: f64) -> Result<(), PresetError> {
    number(path, value, value.is_finite(), "a finite number")
}

/// A finite number above zero.
pub(super) fn positive(path: &str, value: f64) -> Result<(), PresetError> {
    number(
        path,
        value,
        value.is_finite() && value > 0.0,
        "a finite number above 0",
    )
}

/// A finite number that is not below zero.
pub(super) fn not_negative(path: &str, value: f64) -> Result<(), PresetError> {
    number(
        path,
        value,
        value.is_finite() && value >= 0.0,
        "a finite number from 0 up",
    )
}

/// A number of which it is known whether it is allowed.
pub(super) fn number(
    path: &str,
    value: f64,
    is_allowed: bool,
    allowed: &str,
) -> Result<(), PresetError> {
    if is_allowed {
        Ok(())
    } else {
        Err(PresetError::value(path, format!("{value:?}"), allowed))
    }
}

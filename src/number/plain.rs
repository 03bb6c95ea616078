//! Numbers in messages.

/// A number with four significant digits.
pub fn four_digits(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || !value.is_finite() {
        format!("{value}")
    } else if (1e-3..1e5).contains(&size) {
        // Between 10⁻³ and 10⁵ the exponent is a small integer.
        let decimals = (3.0 - size.log10().floor()).clamp(0.0, 6.0) as usize;
        format!("{value:.decimals$}")
    } else {
        format!("{value:.3e}")
    }
}

/// The number with so many significant digits, towards −∞: never above what it stands for.
pub fn rounded_down(value: f64, digits: i32) -> f64 {
    let unit = 10f64.powf(value.abs().log10().floor() + 1.0 - f64::from(digits));
    if unit.is_normal() {
        (value / unit).floor() * unit
    } else {
        value
    }
}

/// A share in percent, with one decimal.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

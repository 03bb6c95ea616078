//! Numbers as they are printed: powers of ten in superscripts, thin spaces between thousands.

/// U+2009, between groups of three digits.
const THIN_SPACE: char = '\u{2009}';

/// A value and its error are not given matching digits where that takes more than this many.
const MOST_DIGITS: i32 = 5;

/// A number of steps, points, neurons: `1024`, `12 400` (grouped from five digits on).
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        digits
    } else {
        grouped(&digits)
    }
}

/// `1.83·10⁻³` with the given number of significant digits; the power is left out where it is 10⁰.
/// Zero is `0`, non-finite values are `NaN`, `∞` and `−∞`.
pub fn scientific(value: f64, significant: usize) -> String {
    match special(value) {
        Some(text) => text,
        None => {
            let (mantissa, exponent) = parts(value, significant);
            if exponent == 0 {
                mantissa
            } else {
                format!("{mantissa}·10{}", superscript(exponent))
            }
        }
    }
}

/// A number with the given significant digits: in decimals from 0.001 to below 100 000, else
/// [`scientific`].
pub fn number(value: f64, significant: usize) -> String {
    if let Some(text) = special(value) {
        return text;
    }
    let (_, exponent) = parts(value, significant);
    if !(-3..5).contains(&exponent) {
        return scientific(value, significant);
    }
    let places = (significant as i32 - 1 - exponent).max(0) as usize;
    fixed(value, places)
}

/// A number with a fixed number of decimals, thousands grouped from five digits on.
pub fn fixed(value: f64, places: usize) -> String {
    if let Some(text) = special(value).filter(|_| value != 0.0) {
        return text;
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = if whole.len() < 5 {
        whole.to_owned()
    } else {
        grouped(whole)
    };
    // −0.000 is printed without its sign: nothing is left of the number but zeros.
    let negative = value < 0.0 && text.bytes().any(|b| b.is_ascii_digit() && b != b'0');
    let sign = if negative { "−" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// Value and its ± with matching digits, `(1.83 ± 0.02)·10⁻³`: the ± is given one
/// significant digit (two where it begins with 1), the value as many decimals.
pub fn plus_minus(value: f64, error: f64) -> String {
    if !value.is_finite() {
        return scientific(value, 3);
    }
    if !error.is_finite() {
        return format!("{} ± ?", number(value, 3));
    }
    if error == 0.0 {
        return format!("{} ± 0", number(value, 3));
    }
    let error = error.abs();
    let error_exponent = exponent_of(error, 1);
    let leads_with_one = (error / 10f64.powi(error_exponent)) < 1.95;
    let last = error_exponent - i32::from(leads_with_one);
    let lead = exponent_of(if value.abs() > error { value } else { error }, 1).max(last);
    if lead - last > MOST_DIGITS {
        return format!("{} ± {}", number(value, 5), number(error, 1));
    }
    let power = if (-3..4).contains(&lead) { 0 } else { lead };
    let unit = 10f64.powi(power);
    let places = (power - last).clamp(0, 15) as usize;
    let (value, error) = (fixed(value / unit, places), fixed(error / unit, places));
    if power == 0 {
        format!("{value} ± {error}")
    } else {
        format!("({value} ± {error})·10{}", superscript(power))
    }
}

/// Numbers of one column, so that they can be compared at a glance: with equally many decimals where
/// they span few decades, else each by itself as [`number`] has it (which align at the left). `None`
/// is `—`.
pub fn column(values: &[Option<f64>], significant: usize) -> Vec<String> {
    let finite = || {
        values
            .iter()
            .flatten()
            .filter(|v| v.is_finite() && **v != 0.0)
            .map(|v| v.abs())
    };
    let (low, high) = finite().fold((f64::INFINITY, 0f64), |(l, h), v| (l.min(v), h.max(v)));
    let decimals = low >= 0.01 && high < 1e5 && high / low < 1e3;
    let places = if decimals {
        (significant as i32 - 1 - exponent_of(high, significant)).max(0) as usize
    } else {
        0
    };
    values
        .iter()
        .map(|value| match value {
            None => "—".to_owned(),
            Some(v) if decimals && v.is_finite() => fixed(*v, places),
            Some(v) => number(*v, significant),
        })
        .collect()
}

/// A power of ten: `10⁻³`, and `1` for 10⁰, `10` for 10¹.
pub fn power_of_ten(exponent: i32) -> String {
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        e => format!("10{}", superscript(e)),
    }
}

/// An integer in superscript digits.
pub fn superscript(value: i32) -> String {
    value
        .to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            digit => digit
                .to_digit(10)
                .and_then(|d| char::from_u32(0x2070 + d))
                .unwrap_or(digit),
        })
        .collect()
}

fn special(value: f64) -> Option<String> {
    if value.is_nan() {
        Some("NaN".to_owned())
    } else if value.is_infinite() {
        Some(if value > 0.0 { "∞" } else { "−∞" }.to_owned())
    } else if value == 0.0 {
        Some("0".to_owned())
    } else {
        None
    }
}

/// Mantissa with `significant` digits and its power of ten, after rounding: 9.999 becomes 1.00·10¹.
fn parts(value: f64, significant: usize) -> (String, i32) {
    let text = format!("{:.*e}", significant.max(1) - 1, value);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.replace('-', "−"), exponent.parse().unwrap_or(0))
}

/// Power of ten of the leading digit after rounding to `significant` digits.
fn exponent_of(value: f64, significant: usize) -> i32 {
    if value == 0.0 || !value.is_finite() {
        0
    } else {
        parts(value, significant).1
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * THIN_SPACE.len_utf8());
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(THIN_SPACE);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_from_five_digits() {
        assert_eq!(count(1024), "1024");
        assert_eq!(count(12_400), "12\u{2009}400");
        assert_eq!(count(1_234_567), "1\u{2009}234\u{2009}567");
    }

    #[test]
    fn scientific_rounds_across_a_power_of_ten() {
        assert_eq!(scientific(0.001_834, 3), "1.83·10⁻³");
        assert_eq!(scientific(9.999, 3), "1.00·10¹");
        assert_eq!(scientific(1.5, 3), "1.50");
        assert_eq!(scientific(-4.0e12, 2), "−4.0·10¹²");
        assert_eq!(scientific(f64::NEG_INFINITY, 3), "−∞");
        assert_eq!(scientific(f64::NAN, 3), "NaN");
    }

    #[test]
    fn numbers_keep_their_significant_digits() {
        assert_eq!(number(0.012_34, 3), "0.0123");
        assert_eq!(number(0.009_99, 2), "0.010");
        assert_eq!(number(0.001_234, 3), "0.00123");
        assert_eq!(number(0.000_999_9, 3), "0.00100");
        assert_eq!(number(0.000_361, 2), "3.6·10⁻⁴");
        assert_eq!(number(12_345.0, 3), "12\u{2009}345");
        assert_eq!(number(123_456.0, 3), "1.23·10⁵");
        assert_eq!(number(-0.5, 2), "−0.50");
    }

    #[test]
    fn zero_after_rounding_has_no_sign() {
        assert_eq!(fixed(-0.0001, 2), "0.00");
        assert_eq!(fixed(0.0, 3), "0.000");
    }

    #[test]
    fn error_and_value_have_the_same_last_digit() {
        assert_eq!(plus_minus(0.001_834, 0.000_021), "0.00183 ± 0.00002");
        assert_eq!(plus_minus(0.000_183_4, 0.000_002_1), "(1.83 ± 0.02)·10⁻⁴");
        assert_eq!(plus_minus(0.062_21, 0.000_71), "0.0622 ± 0.0007");
        assert_eq!(plus_minus(0.5, 0.03), "0.50 ± 0.03");
        assert_eq!(plus_minus(0.000_01, 0.003), "0.000 ± 0.003");
        assert_eq!(plus_minus(-180.0, 1e-13), "−180.00 ± 1·10⁻¹³");
        assert_eq!(plus_minus(12.0, 0.0), "12.0 ± 0");
        assert_eq!(plus_minus(1.0, f64::NAN), "1.00 ± ?");
    }

    #[test]
    fn a_column_has_one_style() {
        assert_eq!(
            column(&[Some(0.5), Some(1.234), None], 3),
            ["0.50", "1.23", "—"]
        );
        assert_eq!(
            column(&[Some(0.5), Some(1.0e-6)], 3),
            ["0.500", "1.00·10⁻⁶"]
        );
        assert_eq!(column(&[Some(0.0), Some(2.0)], 2), ["0.0", "2.0"]);
        assert_eq!(column(&[Some(1.0), Some(0.005_69)], 3), ["1.00", "0.00569"]);
    }
}

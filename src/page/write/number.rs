//! Short decimal numbers.

/// Largest coordinate written, in hundredths: far outside every picture, safe for every reader.
const LIMIT: f32 = 1e8;

/// `value` in hundredths, rounded; not-a-number counts as zero.
pub fn hundredths(value: f32) -> i64 {
    (value * 100.0).round().clamp(-LIMIT, LIMIT) as i64
}

/// Appends `value` with at most two decimals.
pub fn push(text: &mut String, value: f32) {
    push_hundredths(text, hundredths(value));
}

/// Appends `value / 100`, without zeros that carry nothing.
pub fn push_hundredths(text: &mut String, value: i64) {
    push_decimal(text, value, 2);
}

/// Appends an opacity, 0 to 255, as a fraction with at most three decimals: the steps of 1/255
/// stay distinct.
pub fn push_opacity(text: &mut String, alpha: u8) {
    push_decimal(text, (i64::from(alpha) * 1000 + 127) / 255, 3);
}

fn push_decimal(text: &mut String, value: i64, decimals: u32) {
    let unit = 10_u64.pow(decimals);
    let (whole, fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    if value < 0 {
        text.push('-');
    }
    if whole != 0 || fraction == 0 {
        text.push_str(&whole.to_string());
    }
    if fraction != 0 {
        let digits = format!(".{fraction:0width$}", width = decimals as usize);
        text.push_str(digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |value: f32| {
            let mut text = String::new();
            push(&mut text, value);
            text
        };
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (0.5, ".5"),
            (-0.25, "-.25"),
            (12.0, "12"),
            (12.304, "12.3"),
            (0.07, ".07"),
            (-1234.567, "-1234.57"),
            (f32::NAN, "0"),
            (f32::INFINITY, "1000000"),
        ];
        for (value, expected) in cases {
            assert_eq!(written(value), expected, "{value}");
        }
    }

    #[test]
    fn opacities_stay_distinct() {
        let written = |alpha: u8| {
            let mut text = String::new();
            push_opacity(&mut text, alpha);
            text
        };
        assert_eq!([written(0), written(1), written(255)], ["0", ".004", "1"]);
        assert!((1..=255).all(|alpha| written(alpha) != written(alpha - 1)));
    }
}

//! Numbers in controls and the time bar: short, typed as they are shown, with units.

use super::typeset::number;

/// Narrow no-break space before units.
const GAP: char = '\u{202f}';

/// A number to at most four figures, without zeros that say nothing: `12.4`, `1.83·10⁻⁵`, `10⁶`.
pub fn compact(value: f64) -> String {
    let text = number(value, 4);
    let (digits, power) = text
        .split_once('·')
        .map_or((text.as_str(), None), |(d, p)| (d, Some(p)));
    let digits = if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    };
    match power {
        None => digits.to_owned(),
        Some(power) if digits == "1" => power.to_owned(),
        Some(power) => format!("{digits}·{power}"),
    }
}

/// A number as typed, or as [`compact`] and [`count`](crate::number::count) write it; `None` where it is none.
pub fn parse(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '_')
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    let (number, exponent) = match plain.split_once("10") {
        Some((before, raised)) if raised.starts_with(|c| lower(c).is_some()) => {
            let mantissa = before.trim_end_matches(['·', '*', '×']);
            (
                if mantissa.is_empty() { "1" } else { mantissa },
                raised.chars().map(lower).collect::<Option<String>>()?,
            )
        }
        _ => (plain.as_str(), "0".to_owned()),
    };
    let value: f64 = if exponent == "0" {
        number.parse()
    } else {
        format!("{number}e{exponent}").parse()
    }
    .ok()?;
    value.is_finite().then_some(value)
}

/// The plain character of a superscript.
fn lower(c: char) -> Option<char> {
    "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
        .chars()
        .zip("-0123456789".chars())
        .find(|(high, _)| *high == c)
        .map(|(_, plain)| plain)
}

/// A size in bytes: `84 MB` (10⁶ bytes).
pub fn bytes(value: u64) -> String {
    let value = value as f64;
    let (size, unit) = match value {
        v if v >= 1e9 => (v / 1e9, "GB"),
        v if v >= 1e6 => (v / 1e6, "MB"),
        v => (v / 1e3, "kB"),
    };
    if size < 9.95 {
        format!("{size:.1}{GAP}{unit}")
    } else {
        format!("{size:.0}{GAP}{unit}")
    }
}

/// A span of time in seconds, to about two figures: `11 s`, `3 min 20 s`, `2 h 5 min`.
pub fn duration(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return "–".into();
    }
    let whole = seconds.round() as u64;
    let (minutes, hours) = (whole / 60, whole / 3600);
    match whole {
        _ if hours >= 100 => format!("{}{GAP}days", hours / 24),
        _ if hours > 0 => format!("{hours}{GAP}h {}{GAP}min", minutes % 60),
        _ if minutes > 0 => format!("{minutes}{GAP}min {}{GAP}s", whole % 60),
        _ if seconds < 1.0 => format!("<{GAP}1{GAP}s"),
        _ => format!("{whole}{GAP}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::count;

    fn plain(text: String) -> String {
        text.replace(GAP, " ")
    }

    #[test]
    fn zeros_that_say_nothing_are_left_out() {
        assert_eq!(compact(12.4), "12.4");
        assert_eq!(compact(0.0), "0");
        assert_eq!(compact(-0.25), "−0.25");
        assert_eq!(compact(100.0), "100");
        assert_eq!(compact(1.83e-5), "1.83·10⁻⁵");
        assert_eq!(compact(1e6), "10⁶");
        assert_eq!(compact(-2e12), "−2·10¹²");
        assert_eq!(compact(f64::NEG_INFINITY), "−∞");
    }

    #[test]
    fn what_is_written_can_be_read() {
        for value in [
            0.0, 1.0, 12.4, -0.25, 1.83e-5, 1e6, -2e12, 1e-9, 65_536.0, 1e10,
        ] {
            assert_eq!(parse(&compact(value)), Some(value), "{}", compact(value));
        }
        assert_eq!(parse(&count(1_234_567)), Some(1_234_567.0));
        assert_eq!(parse("1e-3"), Some(1e-3));
        assert_eq!(parse("10"), Some(10.0));
        assert_eq!(parse("nan"), None);
        assert_eq!(parse("wide"), None);
    }

    #[test]
    fn units_follow_the_size() {
        assert_eq!(plain(bytes(84_000_000)), "84 MB");
        assert_eq!(plain(bytes(3_140_000_000)), "3.1 GB");
        assert_eq!(plain(bytes(500)), "0.5 kB");
        assert_eq!(plain(duration(0.2)), "< 1 s");
        assert_eq!(plain(duration(11.0)), "11 s");
        assert_eq!(plain(duration(200.0)), "3 min 20 s");
        assert_eq!(plain(duration(7500.0)), "2 h 5 min");
        assert_eq!(duration(f64::INFINITY), "–");
    }
}

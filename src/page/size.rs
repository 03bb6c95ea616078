//! How large a figure is, by name or in millimetres, points or pixels.

use std::fmt;
use std::str::FromStr;

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// Points in a pixel: 96 of them are an inch.
const PX: f32 = 0.75;

/// Least and greatest side in points.
const SIDES: std::ops::RangeInclusive<f32> = 60.0..=5000.0;

/// Size of a line of text in print, in points, and on a slide of the height of a screen.
const PRINT: f32 = 1.0;
const BEAMER: f32 = 1.2;
const SLIDE: f32 = 2.6;

/// Pixels per inch of print and of a screen.
const PRINTED: f32 = 300.0;
const SCREEN: f32 = 96.0;

/// Width of a slide in points.
const SLIDE_WIDTH: f32 = 1440.0;

/// Named sizes: width and, where it is fixed, height in points, how large type is
/// beside that of print, and pixels per inch.
const NAMED: [(&str, f32, Option<f32>, f32, f32); 4] = [
    ("column", 89.0 * MM, None, PRINT, PRINTED),
    ("text", 183.0 * MM, None, PRINT, PRINTED),
    ("beamer", 128.0 * MM, Some(96.0 * MM), BEAMER, PRINTED),
    ("slide", SLIDE_WIDTH, Some(810.0), SLIDE, SCREEN),
];

/// How large a figure is, and its type.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSize {
    /// Width in points.
    pub width: f32,
    /// Height in points; `None` where it follows from what is shown.
    pub height: Option<f32>,
    /// How large type is beside that of print, where labels have 8 points.
    pub type_scale: f32,
    /// Pixels per inch where it becomes pixels and nobody asked for others.
    pub ppi: f32,
    name: String,
}

impl PageSize {
    /// Width of a column of a paper, 89 mm.
    pub fn column() -> Self {
        Self::named(0)
    }

    /// Width of a page of text, 183 mm.
    pub fn text() -> Self {
        Self::named(1)
    }

    fn named(index: usize) -> Self {
        let (name, width, height, type_scale, ppi) = NAMED[index % NAMED.len()];
        Self {
            width,
            height,
            type_scale,
            ppi,
            name: name.to_owned(),
        }
    }
}

impl FromStr for PageSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(index) = NAMED.iter().position(|(name, ..)| *name == text) {
            return Ok(Self::named(index));
        }
        let allowed = || {
            "allowed: column, text, beamer, slide, or a size such as 89mmx60mm, 89mm, 250x180pt, 1600x1000px"
                .to_owned()
        };
        let (width, height) = match text
            .split_once(['x', 'X', '×'])
            .filter(|(w, _)| !w.is_empty())
        {
            Some((width, height)) => (width, Some(height)),
            None => (text, None),
        };
        let last = height.unwrap_or(width);
        // Two bare numbers are pixels, as of the picture of a window.
        let pixels = || height.and_then(|_| unit_of("px"));
        let unit = unit_of(last).or_else(pixels).ok_or_else(allowed)?;
        let side = |text: &str| {
            let own = unit_of(text).unwrap_or(unit);
            let number = text.strip_suffix(own.name).unwrap_or(text);
            let points = number.parse::<f32>().ok()? * own.points;
            SIDES.contains(&points).then_some(points)
        };
        let sides = |text: &str| {
            side(text).ok_or_else(|| {
                let (low, high) = (SIDES.start() / MM, SIDES.end() / MM);
                format!(
                    "`{text}`: {}, each side from {low:.0} mm to {high:.0} mm",
                    allowed()
                )
            })
        };
        let width = sides(width)?;
        let height = height.map(sides).transpose()?;
        let (type_scale, ppi) = match unit.name {
            // A screen is looked at whole, whatever its pixels.
            "px" => ((SLIDE * width / SLIDE_WIDTH).max(PRINT), SCREEN),
            _ => (PRINT, PRINTED),
        };
        Ok(Self {
            width,
            height,
            type_scale,
            ppi,
            name: text.to_owned(),
        })
    }
}

impl fmt::Display for PageSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[derive(Clone, Copy)]
struct Unit {
    name: &'static str,
    points: f32,
}

/// The unit at the end of a number.
fn unit_of(text: &str) -> Option<Unit> {
    let units = [
        ("mm", MM),
        ("pt", 1.0),
        ("px", PX),
        ("cm", 10.0 * MM),
        ("in", 72.0),
    ];
    let found = units.into_iter().find(|(name, _)| text.ends_with(name));
    found.map(|(name, points)| Unit { name, points })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(text: &str) -> [f32; 2] {
        let size: PageSize = text.parse().expect(text);
        [size.width / MM, size.height.unwrap_or(0.0) / MM]
    }

    #[test]
    fn sizes_have_names_and_units() {
        let near = |text: &str, expected: [f32; 2]| {
            let sides = sides(text);
            let apart = sides.iter().zip(expected).map(|(a, b)| (a - b).abs());
            assert!(apart.fold(0.0, f32::max) < 0.01, "{text}: {sides:?}");
        };
        near("column", [89.0, 0.0]);
        near("text", [183.0, 0.0]);
        near("beamer", [128.0, 96.0]);
        near("89mmx60mm", [89.0, 60.0]);
        near("89x60mm", [89.0, 60.0]);
        near("89mm", [89.0, 0.0]);
        near("72x144pt", [25.4, 50.8]);
        near("1920x1080px", [508.0, 285.75]);
        near("1920x1080", [508.0, 285.75]);
        assert_eq!(
            "slide"
                .parse::<PageSize>()
                .map(|s| s.to_string())
                .as_deref(),
            Ok("slide")
        );
    }

    #[test]
    fn what_is_no_size_is_refused_with_an_example() {
        for bad in [
            "", "x", "89", "89x60", "-5mm", "1mm", "1e9mm", "NaNmm", "columns", "89mmx",
        ] {
            let error = bad.parse::<PageSize>().expect_err(bad);
            assert!(error.contains("89mmx60mm"), "{bad}: {error}");
        }
    }
}

//! A value that the arms' own sizes single out along an axis.

use super::layer::{Dash, Ink, Layer, Rule};
use super::{Range, Scale};
use crate::number;
use crate::preset::Arm;
use crate::spec::field::OMEGA_RATIO;
use crate::spec::{NetworkKind, OutputInit, Preset};

/// Share by which arms' values may differ and still be one.
const ROUNDING: f64 = 1e-9;

/// A named value of a horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisMarker {
    /// Name, to stand beside the line.
    pub name: &'static str,
    /// Where, in axis coordinates.
    pub at: f64,
    /// What it is, with the numbers that it is made of.
    pub definition: String,
}

impl AxisMarker {
    /// He's start along ω₂/ω₁, where it is one for all arms and lies on the axis; no other field has a marker.
    pub(super) fn of(arms: &[Arm], field: &str, (scale, range): (Scale, Range)) -> Option<Self> {
        if field != OMEGA_RATIO.path {
            return None;
        }
        let starts: Option<Vec<HeStart>> =
            arms.iter().map(|arm| HeStart::of(&arm.preset)).collect();
        let starts = starts?;
        let first = starts.first()?;
        let is_same = |start: &HeStart| (start.ratio / first.ratio - 1.0).abs() <= ROUNDING;
        let at = scale.place(first.ratio)?;
        let is_shown = range.low <= at && at <= range.high;
        (is_shown && starts.iter().all(is_same)).then(|| Self {
            name: "He",
            at,
            definition: first.definition(),
        })
    }

    /// Its line.
    pub(super) fn rule(&self) -> Layer {
        Layer::Rule(Rule {
            ink: Ink::Guide,
            dash: Dash::DOTTED,
            upright: true,
            at: self.at,
            label: self.name.to_owned(),
        })
    }
}

/// He's standard deviation √(2/fan-in) of the second layer, whose fan-in is m, at a network's own ω₁ω₂.
struct HeStart {
    width: usize,
    /// a in f = a·Vσ(h), which V's entries are multiplied by.
    a: f64,
    /// ω₂ with a·ω₂ = √(2/m).
    omega2: f64,
    /// ω₁ω₂, which the ratio leaves as it is.
    product: f64,
    /// ω₂/ω₁ there.
    ratio: f64,
}

impl HeStart {
    /// `None` for the limit of infinite width, for sizes that only the data tell, and for sizes of 0.
    fn of(preset: &Preset) -> Option<Self> {
        let size = match preset.init.output {
            OutputInit::Gaussian(size) | OutputInit::Rademacher(size) => size,
            OutputInit::SignedHalves => return None,
        };
        let factor = preset.scaling.parameterization().a;
        let is_told = preset.network.kind == NetworkKind::Shallow && factor.d == 0.0;
        let width = preset.network.width;
        let a = factor.at(width, 1);
        let omega2 = (2.0 / width as f64).sqrt() / a;
        let product = preset.init.w_std * size;
        let ratio = omega2 * omega2 / product;
        (is_told && ratio.is_finite() && ratio > 0.0).then_some(Self {
            width,
            a,
            omega2,
            product,
            ratio,
        })
    }

    fn definition(&self) -> String {
        let [omega2, product, ratio, a] =
            [self.omega2, self.product, self.ratio, self.a].map(|x| number::number(x, 4));
        let width = number::count(self.width as u64);
        let (over, factor) = if self.a == 1.0 {
            ("", String::new())
        } else {
            ("/a", format!(", a = {a}"))
        };
        format!(
            "He initialization of the second layer, whose fan-in is m: ω₂ = √(2/m){over} = {omega2} with m = {width}{factor}. \
             At this ω₁ω₂ = {product} it lies at ω₂/ω₁ = ω₂²/(ω₁ω₂) = {ratio}."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::library;

    const WHOLE: Range = Range {
        low: -9.0,
        high: 9.0,
    };

    fn marker(name: &str, sets: &[(&str, &str)]) -> Option<AxisMarker> {
        let sets: Vec<(String, String)> = sets
            .iter()
            .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
            .collect();
        let experiment = library::load_with(name, &sets).expect("a preset");
        AxisMarker::of(&experiment.arms, OMEGA_RATIO.path, (Scale::Log, WHOLE))
    }

    #[test]
    fn hes_start_follows_from_the_width_and_the_product_of_the_sizes() {
        // song-fig1 has the product √(2/784)·√(2/1000) of He's two layers, so their ratio is √(784/1000).
        let he = marker("song-fig1", &[]).expect("a marker");
        assert!((he.at - 0.784f64.sqrt().log10()).abs() < 1e-5, "{he:?}");
        assert!(he.definition.contains("0.04472"), "{}", he.definition);
        // A fourth of the width: ω₂² is four times as large, the product as before.
        let narrow = marker("song-fig1", &[("network.width", "250")]).expect("a marker");
        assert!((narrow.at - he.at - 4f64.log10()).abs() < 1e-12);
        // Half of W's size at the start: the product halves.
        let halved = marker("song-fig1", &[("init.w_std", "0.02376305")]).expect("a marker");
        assert!((halved.at - he.at - 2f64.log10()).abs() < 1e-12);
        // What multiplies V's entries from outside counts with them.
        let outer = "Custom(a: (c: 2.0), b: (c: 1.0), step_factor: (c: 1.0))";
        let scaled = marker("song-fig1", &[("scaling", outer)]).expect("a marker");
        assert!((scaled.at - he.at + 4f64.log10()).abs() < 1e-12);
        assert!(scaled.definition.contains("/a"), "{}", scaled.definition);
    }

    #[test]
    fn there_is_none_where_arms_differ_or_the_axis_shows_something_else() {
        let widths = r#"[(field: "init.omega_ratio", values: [0.1, 1.0]), (field: "network.width", values: [64, 256])]"#;
        let alone = [("claims", "[]"), ("rests_on", "[]"), ("wrong", "[]")];
        let varied = [&[("axes", widths)][..], &alone].concat();
        assert_eq!(marker("song-fig1-live", &varied), None);
        let experiment = library::load("song-fig1").expect("a preset");
        let on = |field, range| AxisMarker::of(&experiment.arms, field, (Scale::Log, range));
        assert_eq!(on("network.width", WHOLE), None);
        let elsewhere = Range {
            low: 2.0,
            high: 3.0,
        };
        assert_eq!(on(OMEGA_RATIO.path, elsewhere), None);
    }
}

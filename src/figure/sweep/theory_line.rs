//! Lines of the theory over the cells of a phase diagram.

use crate::figure::Scale;
use crate::spec::LineSpec;
use crate::sweep::Plan;

use super::axis::Laid;

/// Points of a line.
const POINTS: usize = 241;

/// The line Π fieldᵖ = equals in axis coordinates, for an arm; empty where an axis has no numbers, a
/// field no positive one, or neither axis is part of it.
pub(super) fn theory_line(
    plan: &Plan,
    line: &LineSpec,
    arm: usize,
    [x, y]: [&Laid; 2],
) -> Vec<[f64; 2]> {
    let fields = [Some(plan.x()), plan.y()].map(|axis| axis.map(|a| a.field.as_str()));
    let power_of = |axis: Option<&str>| {
        let powers = line
            .powers
            .iter()
            .filter(|(field, _)| Some(field.as_str()) == axis);
        powers.map(|(_, power)| *power).sum::<f64>()
    };
    let [x_power, y_power] = fields.map(power_of);
    let Some(rest) = plan.off_axes(line, arm).filter(|rest| *rest > 0.0) else {
        return Vec::new();
    };
    if !x.has_numbers || !y.has_numbers {
        return Vec::new();
    }
    solved(line.equals / rest, [x_power, y_power], [x, y])
}

/// xᵖ·y^q = c.
fn solved(c: f64, [p, q]: [f64; 2], [x, y]: [&Laid; 2]) -> Vec<[f64; 2]> {
    let along = |scale: Scale, value: f64| scale.place(value).unwrap_or(f64::NAN);
    if q == 0.0 && p == 0.0 {
        return Vec::new();
    }
    if q == 0.0 {
        let place = along(x.axis.scale, c.powf(1.0 / p));
        return vec![[place, y.axis.range.low], [place, y.axis.range.high]];
    }
    let range = x.axis.range;
    (0..POINTS)
        .map(|k| {
            let place = range.low + range.span() * k as f64 / (POINTS - 1) as f64;
            let value = (c / x.axis.scale.value(place).powf(p)).powf(1.0 / q);
            [place, along(y.axis.scale, value)]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Experiment, parse};

    /// A plan over the width and the dimension, at the same numbers.
    fn plan(range: &str) -> Plan {
        let text = format!(
            r#"(network: (width: 4, activation: Softplus), data: Sphere(d: 4, n: 12, n_test: 0, labels: Normal(std: 1.0)), observe: (observables: [Loss]),
            axes: [(field: "network.width", range: {range}, show: Grid),
                   (field: "data.d", range: {range}, show: Grid)],
            sweep: (trials: 1, lines: [(name: "md = 3n",
                powers: [("network.width", 1), ("data.d", 1), ("data.n", -1)], equals: 3.0)]))"#
        );
        let preset = parse(&text).unwrap_or_else(|e| panic!("{e}"));
        let experiment = Experiment::check(preset, "grid", ".".into());
        Plan::of(&experiment.unwrap_or_else(|e| panic!("{e}"))).expect("a sweep")
    }

    fn laid(plan: &Plan) -> [Laid; 2] {
        [
            Laid::new(plan.x(), None),
            Laid::new(plan.y().expect("two axes"), None),
        ]
    }

    #[test]
    fn a_hyperbola_is_straight_on_logarithmic_axes() {
        let plan = plan("Log(from: 1, to: 64, count: 7)");
        let [x, y] = laid(&plan);
        let line = theory_line(&plan, &plan.spec().lines[0], 0, [&x, &y]);
        let level = 36f64.log10();
        assert_eq!(line.len(), POINTS);
        assert!(line.iter().all(|p| (p[0] + p[1] - level).abs() < 1e-12));
    }

    #[test]
    fn a_line_of_one_field_stands_or_lies() {
        let plan = plan("Linear(from: 1, to: 6, count: 6)");
        let [x, y] = laid(&plan);
        let upright = solved(4.0, [2.0, 0.0], [&x, &y]);
        assert_eq!(upright, [[2.0, 0.5], [2.0, 6.5]]);
        let flat = solved(0.25, [0.0, -1.0], [&x, &y]);
        assert!(flat.iter().all(|p| p[1] == 4.0));
        assert!(solved(1.0, [0.0, 0.0], [&x, &y]).is_empty());
    }
}

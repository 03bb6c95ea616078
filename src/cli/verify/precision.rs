//! Presets run in another float width than their own.

use serde::Serialize;

use crate::cli::source::Source;
use crate::preset::Experiment;
use crate::spec::Precision;

/// A preset to be run at a precision.
pub enum AtPrecision {
    /// It can be.
    Run(Box<Experiment>),
    /// It needs the other one.
    NotRun(NotRun),
}

/// A preset that is left out, for it needs another precision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotRun {
    /// Its name.
    pub preset: String,
    /// What the precision asked for would give.
    pub because: String,
}

/// Reads `f32` or `f64`.
pub fn read(text: &str) -> Result<Precision, String> {
    match text.to_ascii_lowercase().as_str() {
        "f32" => Ok(Precision::F32),
        "f64" => Ok(Precision::F64),
        _ => Err("allowed: f32, f64".to_owned()),
    }
}

/// The preset of a source in this precision, its own where none is given.
///
/// # Errors
/// Those of [`Source::load`].
pub fn load(source: Source, precision: Option<Precision>) -> anyhow::Result<AtPrecision> {
    let own = source.load()?;
    let Some(precision) = precision else {
        return Ok(AtPrecision::Run(Box::new(own)));
    };
    if let Some(needs) = &own.preset.needs
        && needs.precision != precision
    {
        return Ok(AtPrecision::NotRun(NotRun {
            preset: own.name,
            because: needs.because.clone(),
        }));
    }
    let set = source.and("precision", &format!("{precision:?}"));
    Ok(AtPrecision::Run(Box::new(set.load()?)))
}

/// A line for each preset that was left out.
pub fn lines(left_out: &[NotRun]) -> String {
    let line = |not_run: &NotRun| format!("{}  not run: {}\n", not_run.preset, not_run.because);
    left_out.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::source::Overrides;

    #[test]
    fn only_two_widths_are_read() {
        assert_eq!(read("F32"), Ok(Precision::F32));
        assert_eq!(read("f64"), Ok(Precision::F64));
        assert_eq!(read("f16"), Err("allowed: f32, f64".to_owned()));
    }

    #[test]
    fn a_preset_that_needs_one_width_is_left_out_at_the_other_and_says_why() {
        let source = || Source::new("oymak-sec3", &Overrides::default());
        match load(source(), Some(Precision::F32)).unwrap() {
            AtPrecision::NotRun(why) => assert!(why.because.contains("10⁻"), "{}", why.because),
            AtPrecision::Run(_) => panic!("it would be run in single precision"),
        }
        let at = |precision| load(source(), precision).unwrap();
        for precision in [None, Some(Precision::F64)] {
            let AtPrecision::Run(experiment) = at(precision) else {
                panic!("its own precision is left out")
            };
            assert_eq!(experiment.preset.precision, Precision::F64);
        }
    }

    #[test]
    fn others_are_run_at_the_width_asked_for_in_every_arm() {
        let source = Source::new("du-fig1-live", &Overrides::default());
        let AtPrecision::Run(experiment) = load(source, Some(Precision::F64)).unwrap() else {
            panic!("it is left out")
        };
        let mut arms = experiment.arms.iter();
        assert!(arms.all(|arm| arm.preset.precision == Precision::F64));
    }
}

//! The shipped presets, and presets in files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::parse::MAX_BYTES;
use super::spelling::nearest;
use super::{Experiment, PresetError, parse, set};
use crate::spec::{AxisSpec, Preset};

/// A preset that is part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// Name.
    pub name: &'static str,
    /// Its RON text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(Shipped { name: $name, text: include_str!(concat!("../../presets/", $name, ".ron")) }),*]
    };
}

/// Every shipped preset, the one shown first at the head.
pub const SHIPPED: &[Shipped] = shipped![
    "lazy-vs-feature",
    "digits-lazy-vs-feature",
    "toy-lazy-vs-feature",
    "chen-fig1-live",
    "chen-fig2-live",
    "chen-fig3-live",
    "chen-fig4-n600-live",
    "chen-fig5-live",
    "chen-fig6-live",
    "du-fig1-live",
    "du-infinite-width",
    "oymak-one-cell",
    "oymak-sec3",
    "oymak-sgd",
    "min-fig2",
    "min-fig3-live",
    "song-gap-live",
    "song-fig1-live",
    "song-gap-tanh-live",
    "oymak-fig2-live",
    "regime-map-scaling",
    "regime-map-ratio",
    "regime-map-gamma",
    "song-gap-map-live",
    "song-table1-map",
    "chen-fig2-sweep-live",
    "chen-fig3-sweep-live",
    "min-fig3-sweep-live",
    "song-fig1-sweep-live",
    "song-fig1-mse-live",
    "chen-fig1",
    "chen-fig2",
    "chen-fig3",
    "chen-fig4-n600",
    "chen-fig5",
    "chen-fig6",
    "chen-fig7-n400",
    "chen-fig8-n800",
    "du-fig1",
    "min-fig3",
    "song-gap",
    "song-fig1",
    "oymak-fig2-softplus-n100",
    "oymak-fig2-softplus-n200",
    "oymak-fig2-relu-n100",
    "oymak-fig2-relu-n200",
    "song-gap-map",
    "song-fig1-sweep",
    "song-fig1-mse",
    "chen-fig2-sweep",
    "chen-fig3-sweep",
    "min-fig3-sweep",
];

/// Name of the preset that runs when none is named.
pub const DEFAULT: &str = "lazy-vs-feature";

/// Names of the shipped presets.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|shipped| shipped.name)
}

/// The shipped preset of a name.
pub fn find(name: &str) -> Option<Shipped> {
    SHIPPED.iter().copied().find(|shipped| shipped.name == name)
}

/// The experiment of a shipped preset's name or of a preset file's path.
///
/// ```
/// use widescope::preset::library;
///
/// let experiment = library::load("du-fig1-live")?;
/// let labels: Vec<_> = experiment.arms.iter().map(|arm| arm.label.as_str()).collect();
/// assert_eq!(labels, ["m = 200", "m = 400", "m = 800", "m = 1600", "m = 3200"]);
///
/// // A name that is not there: the error tells the nearest one that is.
/// let error = library::load("du-fig1-life").unwrap_err();
/// assert!(error.to_string().contains("du-fig1-live"), "{error}");
/// # Ok::<(), widescope::preset::PresetError>(())
/// ```
///
/// # Errors
/// Unknown names with the nearest one, files that can't be read, and all that [`parse`] and
/// [`Experiment::check`] refuse.
pub fn load(name_or_path: &str) -> Result<Experiment, PresetError> {
    load_with(name_or_path, &[])
}

/// As [`load`], with fields set by path and value in the order given (see [`set`]).
///
/// # Errors
/// As [`load`] and [`set`]; and a field that an axis varies, for the axis would override what was
/// set.
pub fn load_with(name_or_path: &str, sets: &[(String, String)]) -> Result<Experiment, PresetError> {
    let (preset, name, folder) = read_preset(name_or_path)?;
    check_with(preset, &name, folder, sets)
}

/// The experiment of a preset that was read already, with fields set as in [`load_with`]; relative paths in it
/// start from `folder`.
///
/// # Errors
/// As [`load_with`], but for those of names and files.
pub fn check_with(
    preset: Preset,
    name: &str,
    folder: PathBuf,
    sets: &[(String, String)],
) -> Result<Experiment, PresetError> {
    let written = preset.claims.clone();
    let mut preset = sets
        .iter()
        .try_fold(preset, |preset, (path, value)| set(&preset, path, value))?;
    if preset.claims != written {
        // The takeaway no longer rests on claims that were set away.
        let claims = &preset.claims;
        let is_there = |name: &String| claims.iter().any(|claim| claim.name == *name);
        preset.rests_on.retain(is_there);
    }
    for (path, value) in sets {
        refuse_varied(&preset, path, value)?;
    }
    let checked = Experiment::check(preset, name, folder);
    if sets.is_empty() {
        return checked;
    }
    checked.map_err(PresetError::or_without_claims)
}

/// Refuses to set a field, or a part of one, that an axis varies.
fn refuse_varied(preset: &Preset, path: &str, value: &str) -> Result<(), PresetError> {
    let within = |field: &str| {
        let rest = path.strip_prefix(field);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let varied = |axis: &AxisSpec| {
        within(&axis.field) || axis.linked.iter().any(|linked| within(&linked.field))
    };
    let mut axes = preset.axes.iter().enumerate();
    match axes.find(|(_, axis)| varied(axis)) {
        None => Ok(()),
        Some((place, axis)) => Err(PresetError::value(
            path,
            value,
            format!(
                "a field that no axis varies, and the axis `{field}` varies this one; for other \
                 values set axes.{place}.values=[…], for one value add axes=[] and claims=[]",
                field = axis.field
            ),
        )),
    }
}

fn read_preset(name_or_path: &str) -> Result<(Preset, String, PathBuf), PresetError> {
    if let Some(shipped) = find(name_or_path) {
        return Ok((
            parse(shipped.text)?,
            shipped.name.to_owned(),
            PathBuf::from("."),
        ));
    }
    let path = Path::new(name_or_path);
    let has_ending = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("ron"));
    if !has_ending && !name_or_path.contains(['/', '\\']) && !path.exists() {
        let names: Vec<&str> = names().collect();
        return Err(PresetError::UnknownPreset {
            name: name_or_path.to_owned(),
            nearest: nearest(name_or_path, &names),
        });
    }
    let text = read_file(path)?;
    let preset = parse(&text).map_err(|error| in_file(path, &text, error))?;
    let name = path.file_stem().map_or_else(
        || name_or_path.to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    Ok((preset, name, folder.to_owned()))
}

/// Names the file of an error, and what the file seems to be where it is no preset at all.
fn in_file(path: &Path, text: &str, error: PresetError) -> PresetError {
    let written = text.trim_start_matches('\u{feff}').trim_start();
    let begins_like_one = written.starts_with(['(', '/']) || written.starts_with("#![");
    let problem = if written.is_empty() {
        "is empty; `widescope show NAME` prints a shipped preset to begin from".to_owned()
    } else if begins_like_one {
        error.to_string()
    } else {
        "is no preset: a preset begins with `(`; `widescope show NAME` prints one".to_owned()
    };
    PresetError::File {
        path: path.to_owned(),
        problem,
    }
}

/// Text of a regular file of at most [`MAX_BYTES`].
fn read_file(path: &Path) -> Result<String, PresetError> {
    let refuse = |problem: String| PresetError::File {
        path: path.to_owned(),
        problem,
    };
    let meta = std::fs::metadata(path).map_err(|e| refuse(format!("can't be read: {e}")))?;
    if !meta.is_file() {
        let kind = if meta.is_dir() {
            "a folder"
        } else {
            "no regular file"
        };
        return Err(refuse(format!("is {kind}; allowed: a preset file")));
    }
    let limit = MAX_BYTES as u64;
    let too_long =
        |bytes: u64| refuse(format!("has {bytes} bytes; allowed: at most {limit} bytes"));
    if meta.len() > limit {
        return Err(too_long(meta.len()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| refuse(format!("can't be read: {e}")))?;
    // A file may grow after its length was asked for.
    let read = file
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| refuse(format!("can't be read: {e}")))?;
    if read as u64 > limit {
        return Err(too_long(read as u64));
    }
    String::from_utf8(bytes).map_err(|e| {
        refuse(format!(
            "is no UTF-8 text (byte {})",
            e.utf8_error().valid_up_to()
        ))
    })
}

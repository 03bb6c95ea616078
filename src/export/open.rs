//! An experiment from whatever stands for one: a name, a file, a picture, a share string.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::embedded::{Embedded, EmbeddedError, experiment_in};
use super::share::{ShareError, Shared, is_share_string};
use crate::preset::{Experiment, PresetError, library, parse};

/// Most bytes of a picture or page that is read.
const MAX_FILE: u64 = 256 << 20;

/// Endings of pictures and pages.
const ENDINGS: [&str; 5] = ["png", "svg", "pdf", "html", "htm"];

/// An experiment that was asked for.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The experiment.
    pub experiment: Experiment,
    /// What its user should know: that another version of the program wrote the file.
    pub notice: Option<String>,
}

/// Why an experiment can't be had.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The preset is wrong, or there is none of this name.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// The share string is.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// The picture or page holds none.
    #[error("{}: {source}", path.display())]
    Embedded {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: EmbeddedError,
    },
    /// The preset in a picture or page is wrong.
    #[error("{}: the preset in it{}: {source}", path.display(), by(version.as_deref()))]
    Inside {
        /// The file.
        path: PathBuf,
        /// Version of the program that wrote it, where it is another one.
        version: Option<String>,
        /// What is wrong.
        source: Box<PresetError>,
    },
}

fn by(version: Option<&str>) -> String {
    version.map_or_else(String::new, |version| {
        format!(" (written by widescope {version})")
    })
}

/// The experiment of a shipped preset's name, of a preset file, of a picture or page that this program wrote
/// (known by its content), or of a share string; with fields set by path and value in the order given. Files
/// that a share string asks for are looked for among those `offered` and in the working folder.
///
/// # Errors
/// [`OpenError`] says what is wrong, with the nearest right spelling of a name.
pub fn open(
    source: &str,
    sets: &[(String, String)],
    offered: &[PathBuf],
) -> Result<Opened, OpenError> {
    let here = Path::new(".");
    if is_share_string(source) {
        let shared = Shared::of(source)?.with_files(offered, here)?;
        let experiment = library::check_with(shared.preset, &shared.name, here.to_owned(), sets)?;
        return Ok(plain(experiment));
    }
    let path = Path::new(source);
    if library::find(source).is_none()
        && let Some(found) = embedded_in(path)?
    {
        return from_file(path, &found, sets);
    }
    Ok(plain(library::load_with(source, sets)?))
}

fn plain(experiment: Experiment) -> Opened {
    Opened {
        experiment,
        notice: None,
    }
}

fn from_file(
    path: &Path,
    found: &Embedded,
    sets: &[(String, String)],
) -> Result<Opened, OpenError> {
    let version = found.other_version().map(str::to_owned);
    let inside = |source| OpenError::Inside {
        path: path.to_owned(),
        version: version.clone(),
        source: Box::new(source),
    };
    let preset = parse(&found.ron).map_err(inside)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = found.name.clone().unwrap_or_else(|| stem.into_owned());
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).to_owned();
    let experiment = if sets.is_empty() {
        Experiment::check(preset, &name, folder).map_err(inside)?
    } else {
        library::check_with(preset, &name, folder, sets)?
    };
    let notice = version.as_ref().map(|version| {
        format!(
            "{}: widescope {version} wrote it; this is {}, whose numbers may differ",
            path.display(),
            super::VERSION
        )
    });
    Ok(Opened { experiment, notice })
}

/// The experiment in a picture or page; `None` for any other file, which the reader of presets has its own
/// words for.
fn embedded_in(path: &Path) -> Result<Option<Embedded>, OpenError> {
    let unreadable = |problem: String| PresetError::File {
        path: path.to_owned(),
        problem,
    };
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let is_named_so = ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
    let meta = match path.metadata() {
        Ok(meta) => meta,
        Err(error) if is_named_so => {
            return Err(unreadable(format!("can't be read: {error}")).into());
        }
        Err(_) => return Ok(None),
    };
    if !meta.is_file() {
        return Ok(None);
    }
    if meta.len() > MAX_FILE {
        let problem = format!(
            "has {} bytes; allowed: at most {MAX_FILE} bytes",
            meta.len()
        );
        return Err(unreadable(problem).into());
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes))
        .map_err(|error| unreadable(format!("can't be read: {error}")))?;
    experiment_in(&bytes).map_err(|source| OpenError::Embedded {
        path: path.to_owned(),
        source,
    })
}

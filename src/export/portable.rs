//! A preset that means the same wherever it is kept.

use std::path::Path;

use super::named_files::named_mut;
use crate::preset::Experiment;
use crate::spec::Preset;

/// The resolved preset with its paths made absolute: a file written elsewhere than the preset it
/// was made from still finds the same data and weights. The wrong settings stay with the preset that
/// lists them: they need not fit a run with other fields.
pub fn portable(experiment: &Experiment) -> Preset {
    let mut preset = experiment.preset.clone();
    preset.wrong.clear();
    for (_, path) in named_mut(&mut preset) {
        *path = absolute(&experiment.folder, path);
    }
    preset
}

fn absolute(folder: &Path, path: &str) -> String {
    let joined = folder.join(path);
    std::path::absolute(&joined)
        .unwrap_or(joined)
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::DataSpec;

    #[test]
    fn relative_paths_start_from_the_preset_and_absolute_ones_stay() {
        let folder = std::env::temp_dir();
        let data = DataSpec::File {
            path: "x.npz".into(),
            test: Some("sub/t.csv".into()),
            outputs: 1,
        };
        let mut preset = Preset {
            data,
            ..Preset::default()
        };
        let elsewhere = folder.join("w.npz").to_string_lossy().into_owned();
        preset.init.weights = Some(elsewhere.clone());
        preset.train.indices = Some("order.npy".into());
        let experiment = Experiment {
            sweep_axes: Vec::new(),
            measures: Vec::new(),
            claims: Vec::new(),
            name: "p".into(),
            preset,
            arms: Vec::new(),
            folder: folder.clone(),
        };
        let portable = portable(&experiment);
        let DataSpec::File { path, test, .. } = portable.data else {
            panic!("the data stay a file")
        };
        assert_eq!(Path::new(&path), folder.join("x.npz"));
        assert_eq!(
            test.as_deref().map(Path::new),
            Some(folder.join("sub").join("t.csv").as_path())
        );
        assert_eq!(portable.init.weights, Some(elsewhere));
        let indices = portable.train.indices.expect("the indices stay a file");
        assert_eq!(Path::new(&indices), folder.join("order.npy"));
    }
}

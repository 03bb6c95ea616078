//! Small networks with data and weights given, trained by the program itself.

use std::path::PathBuf;

use ndarray::Array2;
use ndarray_npy::NpzWriter;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use widescope::data::{Dataset, LabelKind};
use widescope::experiment::ArmRun;
use widescope::history::{Outcome, StopReason};
use widescope::network::{Activation, Scaling};
use widescope::observe::Record;
use widescope::preset::Experiment;
use widescope::spec::{
    Costly, DataSpec, Layers, LossOver, Method, Observable, Precision, Preset, Schedule,
};
use widescope::task::Cancel;
use widescope::theory::PaperReport;

/// What the theory bounds, so far as any network has it.
const OBSERVED: [Observable; 5] = [
    Observable::Loss,
    Observable::Distances,
    Observable::PathLength,
    Observable::NtkChange,
    Observable::ActiveFraction,
];

#[derive(Clone, Debug)]
pub struct System {
    pub name: &'static str,
    pub x: Array2<f64>,
    pub y: Array2<f64>,
    pub w: Array2<f64>,
    pub v: Array2<f64>,
    pub activation: Activation,
    pub scaling: Scaling,
    pub over: LossOver,
    pub layers: Layers,
    pub method: Method,
    pub steps: u64,
}

pub fn normals(rows: usize, columns: usize, rng: &mut ChaCha8Rng) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || StandardNormal.sample(rng))
}

pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Unit vectors, orthogonal as far as there is room, else drawn.
pub fn unit_inputs(n: usize, d: usize, orthogonal: bool, rng: &mut ChaCha8Rng) -> Array2<f64> {
    let mut x = normals(n, d, rng);
    for a in 0..n {
        if orthogonal {
            for b in 0..a.min(d - 1) {
                let along = x.row(a).dot(&x.row(b));
                let other = x.row(b).to_owned();
                x.row_mut(a).scaled_add(-along, &other);
            }
        }
        let norm = x.row(a).dot(&x.row(a)).sqrt();
        x.row_mut(a).mapv_inplace(|x| x / norm);
    }
    x
}

/// The second half of the neurons repeats the first with opposite outputs: f = 0.
pub fn symmetrize(w: &mut Array2<f64>, v: &mut Array2<f64>) {
    let half = w.nrows() / 2;
    for i in 0..half {
        let row = w.row(i).to_owned();
        w.row_mut(half + i).assign(&row);
        let column = v.column(i).mapv(|v| -v);
        v.column_mut(half + i).assign(&column);
    }
}

impl System {
    fn preset(&self) -> Preset {
        let mut preset = Preset {
            precision: Precision::F64,
            data: DataSpec::File {
                path: "given.npz".to_owned(),
                test: None,
                outputs: self.y.ncols(),
            },
            scaling: self.scaling,
            ..Preset::default()
        };
        preset.network.width = self.w.nrows();
        preset.network.activation = self.activation;
        preset.init.weights = Some("start.npz".to_owned());
        preset.loss.over = self.over;
        preset.train.layers = self.layers;
        preset.train.method = self.method;
        preset.train.stop.steps = self.steps;
        preset.observe.schedule = Schedule::Every(1);
        preset.observe.costly = Costly::EveryRecord;
        preset.observe.observables = OBSERVED.to_vec();
        preset
    }

    fn data(&self) -> Dataset {
        Dataset {
            x: self.x.clone(),
            y: self.y.clone(),
            x_test: Array2::zeros((0, self.x.ncols())),
            y_test: Array2::zeros((0, self.y.ncols())),
            labels: LabelKind::Real,
            description: String::new(),
        }
    }

    /// The arm at step 0, and its record.
    fn started(&self) -> (ArmRun, Vec<Record>) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = std::fs::File::create(folder.path().join("start.npz")).expect("a file");
        let mut archive = NpzWriter::new(file);
        archive.add_array("W", &self.w).expect("W");
        archive.add_array("V", &self.v).expect("V");
        archive.finish().expect("the archive");
        let checked = Experiment::check(self.preset(), self.name, PathBuf::new());
        let experiment = checked.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let (arm, cancel, mut records) = (&experiment.arms[0], Cancel::new(), Vec::new());
        let run = ArmRun::start(arm, &self.data(), folder.path(), &cancel, &mut records);
        (run.expect("the arm starts"), records)
    }

    /// What the papers say at the start.
    pub fn reports(&self) -> Vec<PaperReport> {
        self.started().0.facts().theory.to_vec()
    }

    /// What the papers say at the start, and the records of the whole run.
    pub fn run(&self) -> (Vec<PaperReport>, Vec<Record>) {
        let (mut run, mut records) = self.started();
        run.advance(run.last_step(), &Cancel::new(), &mut records)
            .expect("the run goes on");
        let outcome = run.outcome();
        let finished = Outcome::Finished(StopReason::Steps);
        assert_eq!(outcome, Some(&finished), "{}", self.name);
        (run.facts().theory.to_vec(), records)
    }
}

//! `final.npz` alone is enough to compute a run's observables again: plain loops here, and what `series.csv` says.

use std::collections::BTreeMap;
use std::path::Path;

use ndarray::{Array0, Array1, Array2, ArrayD, IxDyn, OwnedRepr};
use ndarray_npy::NpzReader;

use crate::support::{finish, last_cell, program};

const SIZES: &str = "Sphere(d: 7, n: 9, n_test: 5, labels: Normal(std: 1.0))";

/// Observables whose quantities are computed again here.
const OBSERVED: &str = "[Loss, TestLoss, FeatureMovement, NtkChange, Distances, PatternChanges, Alignment, KernelRank]";

#[test]
fn a_relu_network_in_weight_space() {
    let set = ["network.width=12", "train.layers=Hidden"];
    let run = Ran::new("du-fig1-live", SIZES, "WeightSpace", &set);
    run.agrees(
        0,
        &["pattern_changes", "weight_distance", "max_neuron_distance"],
    );
}

#[test]
fn both_layers_of_a_smooth_network_in_sample_space() {
    let data = "Sphere(d: 7, n: 9, n_test: 5, labels: Normal(std: 0.3), outputs: 2)";
    let set = ["network.width=11", "train.method.step=0.05"];
    let run = Ran::new("song-gap-live", data, "SampleSpace", &set);
    run.agrees(0, &["output_distance", "feature_movement", "ntk_change"]);
}

#[test]
fn three_scalings_of_random_features_on_the_same_data() {
    let data = "SignedPairs(d: 5, n: 8, n_test: 6)";
    let set = [
        "network.width=10",
        r#"axes=[(field: "scaling", values: [Ours, Ntk, MeanField], names: ["ours", "NTK", "MF"], show: Arms)]"#,
    ];
    let run = Ran::new("lazy-vs-feature", data, "WeightSpace", &set);
    for arm in 0..3 {
        run.agrees(arm, &["weight_distance", "ntk_trace", "kernel_alignment"]);
    }
}

/// A folder that `run` wrote.
struct Ran {
    folder: tempfile::TempDir,
    arrays: BTreeMap<String, ArrayD<f64>>,
    activation: String,
}

impl Ran {
    fn new(preset: &str, data: &str, representation: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sets = [
            "precision=F64".to_owned(),
            "claims=[]".to_owned(),
            "axes=[]".to_owned(),
            "train.stop.steps=25".to_owned(),
            format!("data={data}"),
            format!("train.representation={representation}"),
            format!("observe.observables={OBSERVED}"),
        ];
        let mut command = program();
        command
            .args(["run", preset, "--quiet", "--out"])
            .arg(folder.path());
        for set in sets.iter().map(String::as_str).chain(more.iter().copied()) {
            command.args(["--set", set]);
        }
        finish(&mut command).ended_with(0);
        let (arrays, activation) = read(&folder.path().join("final.npz"));
        Self {
            folder,
            arrays,
            activation,
        }
    }

    fn get(&self, name: &str, arm: usize) -> &ArrayD<f64> {
        let name = format!("{name}_{arm}");
        self.arrays
            .get(&name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    fn matrix(&self, name: &str, arm: usize) -> Array2<f64> {
        self.get(name, arm)
            .clone()
            .into_dimensionality()
            .expect("a matrix")
    }

    fn number(&self, name: &str, arm: usize) -> f64 {
        self.get(name, arm)
            .iter()
            .copied()
            .next()
            .expect("a number")
    }

    /// Every quantity that these loops know is the table's; `asked` are surely among them.
    fn agrees(&self, arm: usize, asked: &[&str]) {
        let again = Again::of(self, arm).quantities();
        let label = self.get("label", arm).iter();
        let label = label.map(|byte| *byte as u8).collect();
        let label = String::from_utf8(label).expect("UTF-8");
        for name in asked {
            assert!(again.contains_key(name), "{name} was not computed");
        }
        assert!(again.len() >= 10, "{:?}", again.keys());
        for (name, value) in again {
            let table = last_cell(self.folder.path(), &label, name);
            assert!(
                (value - table).abs() <= 1e-9 * table.abs().max(1e-3),
                "{name} of {label}: {value} again, {table} in the table"
            );
        }
    }
}

/// Every array of numbers, and σ of the first arm.
fn read(path: &Path) -> (BTreeMap<String, ArrayD<f64>>, String) {
    let file = std::fs::File::open(path).expect("the archive");
    let mut archive = NpzReader::new(file).expect("an archive");
    let name: Array1<u8> = archive.by_name("activation_0").expect("its name");
    let name = String::from_utf8(name.to_vec()).expect("UTF-8");
    let mut arrays = BTreeMap::new();
    for entry in archive.names().expect("names") {
        let key = entry.trim_end_matches(".npy").to_owned();
        if key.starts_with("data") {
            let of: Array0<u64> = archive.by_name(&entry).expect("an arm");
            arrays.insert(key, of.mapv(|of| of as f64).into_dyn());
        } else if key.starts_with("label") {
            let bytes: Array1<u8> = archive.by_name(&entry).expect("a label");
            arrays.insert(key, bytes.mapv(f64::from).into_dyn());
        } else if let Ok(array) = archive.by_name::<OwnedRepr<f64>, IxDyn>(&entry) {
            arrays.insert(key, array);
        }
    }
    (arrays, name)
}

/// An arm, from the archive alone.
struct Again {
    sigma: Sigma,
    y: Array2<f64>,
    y_test: Array2<f64>,
    f: Array2<f64>,
    f_test: Array2<f64>,
    /// H of the training points at the start and at the end, m × n.
    h: [Array2<f64>; 2],
    v: [Array2<f64>; 2],
    /// W where it is in the archive at both times.
    w: Option<[Array2<f64>; 2]>,
    /// ΦΦᵀ.
    gram: Array2<f64>,
    a: f64,
    b: f64,
    loss_factor: f64,
    test_loss_factor: f64,
    trained: [bool; 2],
}

impl Again {
    fn of(run: &Ran, i: usize) -> Self {
        let data = run.number("data", i) as usize;
        let b = run.number("b", i);
        let has = |name: &str| run.arrays.contains_key(&format!("{name}_{i}"));
        let phi = if has("Phi") {
            run.matrix("Phi", i)
        } else {
            run.matrix("X", data)
        };
        let end = run.matrix("W", i);
        let features = |w: &Array2<f64>| product(w, &phi).mapv(|x| b * x);
        let (h0, gram, w) = if has("H0") {
            (run.matrix("H0", i), run.matrix("gram", i), None)
        } else {
            let start = run.matrix("W0", i);
            (
                features(&start),
                product(&phi, &phi),
                Some([start, end.clone()]),
            )
        };
        Self {
            sigma: Sigma::named(&run.activation),
            y: run.matrix("Y", data),
            y_test: run.matrix("Y_test", data),
            f: run.matrix("f", i),
            f_test: run.matrix("f_test", i),
            h: [h0, features(&end)],
            v: [run.matrix("V0", i), run.matrix("V", i)],
            w,
            gram,
            a: run.number("a", i),
            b,
            loss_factor: run.number("loss_factor", i),
            test_loss_factor: run.number("test_loss_factor", i),
            trained: [run.number("W_step", i) > 0.0, run.number("V_step", i) > 0.0],
        }
    }

    fn quantities(&self) -> BTreeMap<&'static str, f64> {
        // The outputs follow from the features: f = a·Vσ(H).
        for (a, row) in self.f.outer_iter().enumerate() {
            for (p, f) in row.iter().enumerate() {
                let neurons = 0..self.h[1].nrows();
                let sum: f64 = neurons
                    .map(|i| self.v[1][[p, i]] * self.sigma.value(self.h[1][[i, a]]))
                    .sum();
                assert!((self.a * sum - f).abs() < 1e-10 * f.abs().max(1.0));
            }
        }
        let mut found = self.of_outputs();
        found.extend(self.of_features());
        found.extend(self.of_kernels());
        found.extend(self.of_weights());
        found.into_iter().collect()
    }

    fn of_outputs(&self) -> Vec<(&'static str, f64)> {
        let misfit = squares(&(&self.f - &self.y));
        let mut found = vec![
            ("train_loss", 0.5 * self.loss_factor * misfit),
            ("relative_error", (misfit / squares(&self.y)).sqrt()),
        ];
        let test = squares(&(&self.f_test - &self.y_test));
        found.push(("test_loss", 0.5 * self.test_loss_factor * test));
        found
    }

    fn of_features(&self) -> Vec<(&'static str, f64)> {
        let [start, end] = &self.h;
        let count = start.len() as f64;
        let pairs = || start.iter().zip(end);
        let moved: f64 = pairs().map(|(s, e)| (e - s).abs()).sum();
        let size: f64 = start.iter().map(|s| s.abs()).sum();
        let flips = pairs().filter(|(s, e)| (**s > 0.0) != (**e > 0.0)).count();
        vec![
            ("feature_movement", moved / count),
            ("relative_feature_movement", moved / size),
            ("pattern_changes", flips as f64 / count),
        ]
    }

    fn of_kernels(&self) -> Vec<(&'static str, f64)> {
        let [start, end] = [0, 1].map(|at| self.kernel(at));
        let sizes = self.y.dim();
        // yᵀKy with the points' outputs in the kernel's order.
        let target: Vec<f64> = (0..sizes.0 * sizes.1)
            .map(|r| self.y[[r / sizes.1, r % sizes.1]])
            .collect();
        let aligned: f64 = end
            .indexed_iter()
            .map(|((r, s), k)| target[r] * k * target[s])
            .sum();
        vec![
            (
                "ntk_change",
                (squares(&(&end - &start)) / squares(&start)).sqrt(),
            ),
            ("ntk_trace", end.diag().sum()),
            (
                "kernel_alignment",
                aligned / (squares(&end).sqrt() * squares(&self.y)),
            ),
        ]
    }

    /// JJᵀ, a derivative after the other.
    fn kernel(&self, at: usize) -> Array2<f64> {
        let (h, v) = (&self.h[at], &self.v[at]);
        let (n, outputs) = self.y.dim();
        Array2::from_shape_fn((n * outputs, n * outputs), |(r, s)| {
            let ((a, p), (b, q)) = ((r / outputs, r % outputs), (s / outputs, s % outputs));
            let mut sum = 0.0;
            for i in 0..h.nrows() {
                let (ha, hb) = (h[[i, a]], h[[i, b]]);
                if self.trained[0] {
                    let slopes = self.sigma.slope(ha) * self.sigma.slope(hb);
                    sum += (self.a * self.b).powi(2)
                        * v[[p, i]]
                        * v[[q, i]]
                        * slopes
                        * self.gram[[a, b]];
                }
                if self.trained[1] && p == q {
                    sum += self.a.powi(2) * self.sigma.value(ha) * self.sigma.value(hb);
                }
            }
            sum
        })
    }

    fn of_weights(&self) -> Vec<(&'static str, f64)> {
        let [v0, v1] = &self.v;
        let mut found = vec![("output_distance", squares(&(v1 - v0)).sqrt())];
        let Some([start, end]) = &self.w else {
            return found;
        };
        let moved = end - start;
        let rows = moved.outer_iter().map(|row| row.dot(&row).sqrt());
        found.push(("weight_distance", squares(&moved).sqrt()));
        found.push((
            "relative_weight_distance",
            (squares(&moved) / squares(start)).sqrt(),
        ));
        found.push(("max_neuron_distance", rows.fold(0.0, f64::max)));
        found
    }
}

fn squares(x: &Array2<f64>) -> f64 {
    x.iter().map(|x| x * x).sum()
}

/// ABᵀ.
fn product(a: &Array2<f64>, b: &Array2<f64>) -> Array2<f64> {
    Array2::from_shape_fn((a.nrows(), b.nrows()), |(i, j)| {
        (0..a.ncols()).map(|k| a[[i, k]] * b[[j, k]]).sum()
    })
}

/// The activations of these presets, from their definitions.
enum Sigma {
    Relu,
    Gelu,
}

impl Sigma {
    fn named(name: &str) -> Self {
        match name {
            "ReLU" => Self::Relu,
            "GELU" => Self::Gelu,
            other => panic!("σ = {other}"),
        }
    }

    fn value(&self, h: f64) -> f64 {
        match self {
            Self::Relu => h.max(0.0),
            Self::Gelu => h * normal(h),
        }
    }

    fn slope(&self, h: f64) -> f64 {
        match self {
            Self::Relu => f64::from(u8::from(h > 0.0)),
            Self::Gelu => {
                normal(h) + h * (-0.5 * h * h).exp() / (2.0 * std::f64::consts::PI).sqrt()
            }
        }
    }
}

/// Distribution function of N(0, 1).
fn normal(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

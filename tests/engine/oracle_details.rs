//! What the independent program records beside losses, distances and spectra: the linearized and the
//! test outputs, shares of active neurons, checksums of the weights, and the data's Gram matrix.

use widescope::data::LabelKind;
use widescope::linalg::symmetric_eigenvalues;
use widescope::network::InitialWeights;
use widescope::observe::{LinearizedTwin, Observer, test_pass, train_kernels};
use widescope::spec::{Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::Trainer;

use crate::oracle::{Case, list, matrix};

const FILES: [&str; 8] = [
    "A_gd_balanced",
    "A_sgd_balanced",
    "B1_ours_tanh",
    "B3_p3l_ntk",
    "B3_p3l_ours",
    "C_first_layer",
    "D_gd_softplus",
    "D_sgd_softplus",
];

const WITH_ACTIVE_NEURONS: [&str; 3] = ["B1_ours_tanh", "B3_p3l_ntk", "B3_p3l_ours"];

fn trainer(case: &Case, sample_space: bool) -> Trainer<f64> {
    let (w, v) = (InitialWeights::Given(case.matrix("W0")), case.matrix("V0"));
    Trainer::new(case.problem(), w, &v, 1.0, sample_space, &Cancel::new()).unwrap()
}

/// A step of the network, and of the twin.
fn step(case: &Case, trainer: &mut Trainer<f64>, twin: &mut LinearizedTwin) {
    let Some(batches) = case.json["sgd_index"].as_array() else {
        trainer.step(&Cancel::new()).unwrap();
        twin.advance(1.0, 1);
        return;
    };
    let batch = batches[trainer.steps_done() as usize].as_array().unwrap();
    let points: Vec<usize> = batch.iter().map(|i| i.as_u64().unwrap() as usize).collect();
    let factor = 2.0 * case.json["loss"]["sgd_batch_scale"].as_f64().unwrap();
    trainer.batch_step(&points, factor, &Cancel::new()).unwrap();
    twin.advance_batch(1.0, factor, &points);
}

fn compare_details(name: &'static str, sample_space: bool) {
    let (case, cancel) = (Case::load(name), Cancel::new());
    let mut trainer = trainer(&case, sample_space);
    let kernels = train_kernels(&trainer, &cancel).unwrap();
    let test = test_pass(&trainer, None, &cancel).unwrap().f_test;
    let mut twin = LinearizedTwin::new(&trainer, &kernels, &test, &cancel)
        .unwrap()
        .unwrap();
    for record in case.json["records"].as_array().unwrap() {
        let now = record["step"].as_u64().unwrap();
        while trainer.steps_done() < now {
            step(&case, &mut trainer, &mut twin);
        }
        trainer.refresh(&cancel).unwrap();
        let linear = twin.train_residual() + case.matrix("Y");
        for (got, expected) in linear.iter().zip(&matrix(&record["f_lin"])) {
            case.close("f_lin", now, *got, *expected);
        }
        let w = trainer.hidden_weights();
        let squares: f64 = w.iter().map(|w| w * w).sum();
        case.close("ΣW", now, w.sum(), record["W_sum"].as_f64().unwrap());
        case.close("ΣW²", now, squares, record["W_sumsq"].as_f64().unwrap());
        if !record["f_test"].is_null() {
            let f_test = test_pass(&trainer, None, &cancel).unwrap().f_test;
            for (got, expected) in f_test.iter().zip(&matrix(&record["f_test"])) {
                case.close("f_test", now, *got, *expected);
            }
        }
    }
}

#[test]
fn linearized_outputs_test_outputs_and_checksums() {
    for name in FILES {
        for sample_space in [false, true] {
            compare_details(name, sample_space);
        }
    }
}

/// min over the points of the share of neurons with their feature in the middle third of the active
/// interval.
fn middle_share(case: &Case, trainer: &Trainer<f64>) -> f64 {
    let ends = list(&case.json["active_interval"]);
    let third = (ends[1] - ends[0]) / 3.0;
    let middle = ends[0] + third..ends[1] - third;
    let counts = (0..trainer.problem().n()).map(|a| {
        let features = trainer.blocks().iter().flat_map(|b| b.h.column(a).to_vec());
        features.filter(|h| middle.contains(h)).count()
    });
    counts.min().unwrap() as f64 / trainer.width() as f64
}

#[test]
fn active_fractions() {
    let cancel = Cancel::new();
    for name in WITH_ACTIVE_NEURONS {
        let case = Case::load(name);
        let mut trainer = trainer(&case, true);
        let wanted = [Observable::ActiveFraction];
        let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
        for record in case.json["records"].as_array().unwrap() {
            let now = record["step"].as_u64().unwrap();
            while trainer.steps_done() < now {
                trainer.step(&cancel).unwrap();
            }
            let measured = observer.measure(&trainer, 0.0, &cancel).unwrap();
            let middle = record["eta_tilde_active"].as_f64().unwrap();
            case.close("η̃", now, middle_share(&case, &trainer), middle);
            let ends = list(&case.json["active_interval"]);
            let interval = trainer.problem().activation.active_interval();
            assert_eq!(ends, [interval.left, interval.right]);
            let share = measured.get(Quantity::ActiveFraction).unwrap();
            case.close("η", now, share, record["eta_active"].as_f64().unwrap());
            if now == 0 {
                // At the start the bound is the share of the middle third itself.
                let bound = measured.get(Quantity::ActiveFractionBound).unwrap();
                case.close("η̃ of the bound", now, bound, middle);
            }
        }
    }
}

/// The file has G = ΦΦᵀ/D.
#[test]
fn eigenvalues_of_the_gram_matrix() {
    for name in WITH_ACTIVE_NEURONS {
        let case = Case::load(name);
        let trainer = trainer(&case, true);
        let gram = trainer.gram() / trainer.problem().embedding() as f64;
        let values = symmetric_eigenvalues(gram, &Cancel::new())
            .unwrap()
            .unwrap();
        case.close_spectrum("λ(G)", 0, &values, &case.json["gram_G_eigenvalues"], 1);
    }
}

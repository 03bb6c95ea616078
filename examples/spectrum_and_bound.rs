//! The spectrum of the tangent kernel at the start of a run, and a theorem held against the run.
//!
//! Du et al. (2019) bound the loss of a ReLU network by the smallest eigenvalue λ₀ of its kernel at
//! infinite width. Their theorem asks for a very wide network: for 5 points, 100 000 neurons do.

use widescope::experiment::ArmRun;
use widescope::linalg::symmetric_eigenvalues;
use widescope::network::Activation;
use widescope::preset::library;
use widescope::spec::Quantity;
use widescope::task::Cancel;
use widescope::theory::slope_covariance;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The preset of their Fig. 1 as a single arm, trained by gradient flow as in Theorem 3.2.
    let sets = [
        ("axes", "[]"),
        ("claims", "[]"),
        ("data.n", "5"),
        ("network.width", "100000"),
        ("train.method", "GradientFlow(step: 0.5, tolerance: 1e-5)"),
        ("train.stop.steps", "20"),
        ("observe.observables", "[Loss, NtkSpectrum]"),
    ];
    let sets = sets.map(|(path, value)| (path.to_owned(), value.to_owned()));
    let experiment = library::load_with("du-fig1-live", &sets)?;
    let (arm, folder) = (&experiment.arms[0], &experiment.folder);
    let data = widescope::data::load(&arm.preset.data, arm.preset.seed, folder)?;

    // Starting a run draws the weights, measures record 0 and evaluates the papers' theory.
    let (cancel, mut records) = (Cancel::new(), Vec::new());
    let mut run = ArmRun::start(arm, &data, folder, &cancel, &mut records)?;

    // Eigenvalues at this width and, from the data alone, at infinite width; both descending.
    let limit = slope_covariance(Activation::Relu, 1.0, &data.x.dot(&data.x.t()));
    let limit = symmetric_eigenvalues(limit, &cancel)?.ok_or("the kernel is not finite")?;
    let start = records[0].ntk_eigenvalues.clone().ok_or("no spectrum")?;
    println!("eigenvalues of the tangent kernel\nat the start   at infinite width");
    for (start, limit) in start.iter().zip(&limit) {
        println!("{start:12.5}   {limit:17.5}");
    }

    // What the theorem says of this very run: its assumptions with their values, then its bound.
    let report = run.facts().theory[0].clone();
    for assumption in &report.assumptions {
        let (symbol, value) = (&assumption.symbol, assumption.value);
        println!("{symbol} = {value:.4}, holds: {}", assumption.holds());
    }
    let bound = &report.bounds[0];
    println!("{}, applies: {}", bound.name, bound.applies());
    run.advance(run.last_step(), &cancel, &mut records)?;
    for record in records.iter().step_by(4) {
        let loss = record.get(Quantity::TrainLoss).unwrap_or(f64::NAN);
        let limit = bound.curve.at(record.step, record.time);
        println!("t = {:5.2}   loss {loss:.3e} ≤ {limit:.3e}", record.time);
    }
    Ok(())
}

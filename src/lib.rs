//! widescope trains wide neural networks in front of your eyes and measures whether they are
//! *lazy* (features frozen, a kernel method) or *learning features*.
//!
//! The program is a thin shell over this library. A preset ([`preset::library::load`]) becomes an
//! [`preset::Experiment`] of one or more arms; [`experiment::run_all`] trains them and tells what it
//! measures; a [`history::RunHistory`] keeps the records. The same network under two scalings:
//!
//! ```
//! use widescope::experiment::{Progress, run_all};
//! use widescope::history::RunHistory;
//! use widescope::preset::library;
//! use widescope::spec::Quantity;
//! use widescope::task::Cancel;
//!
//! // The default preset, made small enough for an example.
//! let sets = [("network.width", "256"), ("train.stop.steps", "100")];
//! let sets = sets.map(|(path, value)| (path.to_owned(), value.to_owned()));
//! let experiment = library::load_with("lazy-vs-feature", &sets)?;
//!
//! let labels = experiment.arms.iter().map(|arm| arm.label.clone());
//! let mut history = RunHistory::new(labels);
//! run_all(&experiment, &Cancel::new(), &mut |progress| {
//!     if let Progress::Event(event) = progress {
//!         history.apply(&event);
//!     }
//! })?;
//!
//! let movement = |label: &str| {
//!     let arm = history.arms().iter().find(|arm| arm.label == label)?;
//!     arm.last()?.get(Quantity::FeatureMovement)
//! };
//! // The lazy network hardly moved its features.
//! assert!(movement("NTK") < movement("ours"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Imports run one way through the folders, and only `ui` and `render` know egui: ARCHITECTURE.md has the
//! order, and a test holds the code to it.

// Wrong input must never end the program: errors are returned. Tests may stop at a surprise.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod bench;
pub mod claim;
pub mod cli;
pub mod data;
pub mod experiment;
pub mod export;
pub mod figure;
pub mod fit;
pub mod history;
pub mod linalg;
pub mod network;
pub mod number;
pub mod observe;
#[cfg(feature = "render")]
pub mod page;
pub mod preset;
pub mod random;
#[cfg(feature = "render")]
pub mod render;
#[cfg(feature = "render")]
pub mod replay;
pub mod settings;
pub mod simd;
pub mod spec;
pub mod sweep;
pub mod task;
pub mod theory;
pub mod train;
#[cfg(feature = "render")]
pub mod ui;
pub mod worker;

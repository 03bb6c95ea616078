//! widescope trains wide neural networks in front of your eyes and measures whether they are
//! *lazy* (features frozen, a kernel method) or *learning features*.
//!
//! Imports run one way: `simd ← network ← train ← observe ← experiment ← worker ← ui`, with `preset`,
//! `data`, `history`, `sweep`, `figure` and `export` beside the level they serve. Only `ui` and `render`
//! know egui.

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
pub mod preset;
pub mod random;
#[cfg(feature = "render")]
pub mod render;
pub mod simd;
pub mod spec;
pub mod sweep;
pub mod task;
pub mod theory;
pub mod train;
#[cfg(feature = "render")]
pub mod ui;
pub mod worker;

//! The level of vector instructions, forced from outside.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::support::{self, PRESET, SMALL};

const VARIABLE: &str = "WIDESCOPE_LEVEL";

fn program(level: &str) -> Command {
    let mut command = support::program();
    command.env(VARIABLE, level);
    command
}

/// The tables and arrays of a run of three arms.
fn files(level: &str, folder: &Path) -> [Vec<u8>; 3] {
    let out = folder.join(level);
    let run = program(level)
        .args(["run", PRESET, "--quiet", "--out"])
        .arg(&out)
        .args(SMALL)
        .args(["--set", "network.width=200"])
        .output()
        .expect("it runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    ["series.csv", "spectra.csv", "final.npz"].map(|file| fs::read(out.join(file)).expect(file))
}

/// Where the processor lacks AVX-512 both are the best level below.
#[test]
fn avx2_and_avx512_give_the_same_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let [avx2, avx512] = ["avx2", "avx512"].map(|level| files(level, folder.path()));
    assert!(avx2[0].len() > 1000);
    assert!(avx2 == avx512);
}

#[test]
fn an_unknown_level_is_refused_by_name() {
    let output = program("avx3").arg("list").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    for word in [VARIABLE, "avx3", "portable, avx2, avx512"] {
        assert!(said.contains(word), "{said}");
    }
}

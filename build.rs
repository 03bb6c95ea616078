//! Tells the program which commit it is built from, where git knows one.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=WIDESCOPE_COMMIT");
    println!("cargo:rerun-if-changed=build.rs");
    let given = std::env::var("WIDESCOPE_COMMIT").ok();
    let commit = given.filter(|commit| !commit.trim().is_empty());
    let commit = commit.or_else(of_git);
    println!(
        "cargo:rustc-env=WIDESCOPE_BUILT_FROM={}",
        commit.as_deref().map_or("unknown", str::trim)
    );
}

/// The commit that is checked out. The script runs again when another one is: when HEAD, the branch that it
/// names or the packed branches change. What does not exist is not watched, for cargo would then run the
/// script at every build.
fn of_git() -> Option<String> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    // A folder of sources unpacked within another project's repository is none of that one's commits.
    if !root.join(".git").exists() {
        return None;
    }
    let watched = ["HEAD", "packed-refs"].map(str::to_owned);
    let branch = git(&root, &["symbolic-ref", "-q", "HEAD"]);
    for name in watched.into_iter().chain(branch) {
        let path = git(&root, &["rev-parse", "--git-path", &name]).map(|path| root.join(path));
        if let Some(path) = path.filter(|path| path.exists()) {
            println!("cargo:rerun-if-changed={}", path.display());
        }
    }
    git(&root, &["rev-parse", "--short=12", "HEAD"])
}

/// What git prints; `None` where there is no git, or it refuses.
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    let output = command.arg("-C").arg(root).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}

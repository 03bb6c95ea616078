//! All of these tests, the oracle's files among them, on every set of vector instructions.

use std::process::Command;

use widescope::simd::{LEVEL_VARIABLE, Level};

/// Runs this very test program again, forced to each level below the best.
#[test]
fn everything_holds_on_every_level() {
    if std::env::var_os(LEVEL_VARIABLE).is_some() {
        return;
    }
    let program = std::env::current_exe().unwrap();
    let others = Level::ALL
        .into_iter()
        .filter(|level| level.is_available() && *level != Level::current());
    for level in others {
        let output = Command::new(&program)
            .env(LEVEL_VARIABLE, level.name())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}:\n{said}", level.name());
        assert!(!said.contains(" 0 passed"), "{said}");
    }
}

#[test]
fn the_level_is_the_one_that_was_forced() {
    match std::env::var(LEVEL_VARIABLE) {
        Ok(name) => assert_eq!(Level::current().name(), name),
        Err(_) => assert!(Level::current().is_available()),
    }
}

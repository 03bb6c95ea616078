//! In every preset, at every size and zoom, with any number of arms: nothing overlaps, is cut, or is
//! too small to be read.

mod drawn;
mod faults;
mod scenes;

use widescope::preset::library;

use drawn::Drawn;
use faults::faults;
use scenes::{arms, preset, sizes};

/// Draws at every size and returns what is wrong, a line each.
fn checked(name: &str, mut draw: impl FnMut([f32; 2]) -> Drawn) -> Vec<String> {
    let at = |size: [f32; 2]| {
        let found = faults(&draw(size)).into_iter();
        let place = format!("{name} at {}×{}", size[0], size[1]);
        found
            .map(move |fault| format!("{place}: {fault}"))
            .collect::<Vec<_>>()
    };
    sizes().into_iter().flat_map(at).collect()
}

/// Fails with a count by kind, and the first of all.
fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} faults of layout, of which the first are\n{}",
        found.len(),
        found[..found.len().min(200)].join("\n")
    );
}

#[test]
fn shipped_presets_are_laid_out_without_fault() {
    let names = library::names();
    let found = names.flat_map(|name| checked(name, preset(name)));
    assert_none(&found.collect::<Vec<_>>());
}

#[test]
fn any_number_of_arms_is_laid_out_without_fault() {
    let found = [1, 3, 6, 9]
        .into_iter()
        .flat_map(|count| checked(&format!("{count} arms"), arms(count)));
    assert_none(&found.collect::<Vec<_>>());
}

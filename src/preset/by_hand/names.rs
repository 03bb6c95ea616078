//! The names of arms by hand: given ones, and those that say the arm's values.

/// Name of the only arm of a preset before it has another beside it.
pub(super) const BASE: &str = "base";

/// What follows the name of the arm that a copy was made of.
const COPY: &str = " copy";

/// Characters that a name has room for beside what marks a copy.
const ROOM: usize = super::super::axes::MAX_NAME - 12;

/// A name that no other arm has, made of this one.
pub(super) fn distinct(name: &str, taken: &[&str]) -> String {
    let free = |name: &String| !taken.contains(&name.as_str());
    let whole = name.to_owned();
    if free(&whole) {
        return whole;
    }
    let name: String = original(name).chars().take(ROOM).collect();
    let first = format!("{name}{COPY}");
    let others = (2..).map(|k| format!("{name}{COPY} {k}"));
    let mut all = std::iter::once(first).chain(others);
    all.find(free).unwrap_or(name)
}

/// The name without what marks a copy.
pub(super) fn original(name: &str) -> &str {
    match name.rsplit_once(COPY) {
        Some((first, "")) => first,
        Some((first, rest)) if rest.trim_start().parse::<u32>().is_ok() => first,
        _ => name,
    }
}

/// Whether it is no more than the name of an only arm or of its copy.
pub(super) fn is_placeholder(name: &str) -> bool {
    original(name) == BASE
}

/// How an arm is called after one of its values has changed.
///
/// `labels` are those of the value before and after; `own` those of all its values before; `is_first` says
/// that the value is of the axis's own field, which a given name stands for.
pub(super) fn after(name: &str, labels: [&str; 2], own: &[String], is_first: bool) -> String {
    let stem = original(name);
    let [before, after] = labels;
    let mut pieces: Vec<&str> = stem.split(", ").collect();
    let is_own = pieces.iter().all(|piece| own.iter().any(|o| o == piece));
    if let Some(piece) = pieces.iter_mut().find(|piece| **piece == before) {
        *piece = after;
    } else if is_first || is_placeholder(name) {
        pieces = vec![after];
    } else if is_own || stem != name {
        pieces.push(after);
    } else {
        return name.to_owned();
    }
    pieces.join(", ")
}

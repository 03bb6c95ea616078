//! Names with nearly the same spelling.

/// The candidate with the nearest spelling, `None` where none is near.
///
/// Case, dashes and underscores don't count; at most a third of the letters (and at least one)
/// may differ.
pub(crate) fn nearest<S: AsRef<str>>(name: &str, candidates: &[S]) -> Option<String> {
    let name = squeezed(name);
    let scored = candidates.iter().map(|c| {
        (
            strsim::osa_distance(&name, &squeezed(c.as_ref())),
            c.as_ref(),
        )
    });
    let (distance, best) = scored.min_by_key(|(distance, _)| *distance)?;
    let tolerance = (name.chars().count().max(best.chars().count()) / 3).max(1);
    (distance <= tolerance).then(|| best.to_owned())
}

/// Lower case, letters and digits only, cut where no name is that long.
pub(super) fn squeezed(name: &str) -> String {
    name.chars()
        .take(64)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// ` (did you mean …?)` for a message, empty where no name is near.
pub(super) fn did_you_mean(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map_or_else(String::new, |n| format!(" (did you mean `{n}`?)"))
}

//! How large a dataset may be. Every size is checked here before memory is taken.

use sysinfo::System;

use super::DataError;

/// Most elements of one array, 2³¹ (16 GiB in double precision), however much memory is free.
pub(super) const MAX_ELEMENTS: usize = 1 << 31;

/// Most elements one array may have now: [`MAX_ELEMENTS`], or what half of the free memory holds.
/// Where the system does not say how much is free, only the fixed limit stands.
pub(super) fn elements_now() -> usize {
    let fit = free_memory()
        .map(|free| free / 2 / size_of::<f64>() as u64)
        .and_then(|fit| usize::try_from(fit).ok());
    fit.map_or(MAX_ELEMENTS, |fit| fit.min(MAX_ELEMENTS))
}

/// Bytes that the machine, and the container the program runs in, can still give.
pub(crate) fn free_memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    let machine = system.available_memory();
    let free = match system.cgroup_limits() {
        Some(limits) => limits.free_memory.min(machine),
        None => machine,
    };
    (free > 0).then_some(free)
}

/// Checks that `rows` × `columns` doubles can be held.
///
/// # Errors
/// Names `field`, which set the number of rows, and the most rows that would fit.
pub(super) fn check(field: &'static str, rows: usize, columns: usize) -> Result<(), DataError> {
    let most = elements_now();
    match rows.checked_mul(columns) {
        Some(elements) if elements <= most => Ok(()),
        _ => Err(DataError::field(
            field,
            rows,
            format!(
                "at most {} points of {columns} coordinates fit into half of the free memory",
                most / columns.max(1)
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_beyond_the_limit_and_beyond_usize_are_refused() {
        assert!(check("data.n", 1000, 1000).is_ok());
        assert!(check("data.n", MAX_ELEMENTS, 2).is_err());
        let text = check("data.n", usize::MAX, usize::MAX)
            .unwrap_err()
            .to_string();
        assert!(
            text.starts_with(&format!("data.n = {}: at most 0 points", usize::MAX)),
            "{text}"
        );
    }
}

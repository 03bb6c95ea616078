//! Memory of this process.

/// Most bytes this process has held in memory at one time, as Linux counts them (`VmHWM`); `None` on
/// other systems.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn what_was_held_counts_even_after_it_is_given_back() {
        let before = peak_memory().unwrap();
        let held = std::hint::black_box(vec![1u8; 64 << 20]);
        drop(held);
        let after = peak_memory().unwrap();
        assert!(after >= 64 << 20 && after >= before, "{before} {after}");
    }
}

//! The machine figures were had on.

use sysinfo::System;

/// Processor, cores and system.
#[derive(Debug)]
pub struct Machine {
    /// Name of the processor, and how many threads the program uses.
    pub processor: String,
    /// Operating system.
    pub system: String,
}

impl Machine {
    /// This machine.
    pub fn here() -> Self {
        let mut system = System::new();
        if let Ok(system) = &mut system {
            system.refresh_cpu_all();
        }
        let brand = system.ok().and_then(|system| {
            let brand = system.cpus().first()?.brand().trim().to_owned();
            (!brand.is_empty()).then_some(brand)
        });
        let cores = rayon::current_num_threads();
        let brand = brand.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
        Self {
            processor: format!("{brand}, {cores} threads"),
            system: std::env::consts::OS.to_owned(),
        }
    }
}

/// Tasks at work or waiting in the last minute, on the average; `None` where the system does not say.
pub fn load() -> Option<f64> {
    System::load_average().ok().map(|load| load.one)
}

/// Whether the program was built for speed.
pub fn profile() -> &'static str {
    if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    }
}

//! The machine a report was made on.

use sysinfo::System;

/// Processor, cores and system.
#[derive(Debug)]
pub struct Machine {
    /// Name of the processor, and how many cores the program may use.
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

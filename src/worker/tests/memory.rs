//! What a wide run took is given back. Linux only, where the size of a process can be read.

use std::process::Command as Process;

use crate::preset::{Experiment, parse};

use super::*;

/// Set in the process that measures: the tests beside this one would be measured too.
const ALONE: &str = "WIDESCOPE_TEST_ALONE";

/// Bytes beyond those of the narrow run at first that may stay.
const KEPT: u64 = 32 << 20;

/// Time in which they have to go.
const SOON: Duration = Duration::from_secs(2);

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let size = line.and_then(|line| line.split_whitespace().next());
    1024 * size.expect("a size").parse::<u64>().expect("in kB")
}

/// A run of one arm in weight space, in which matrices of all sizes are held.
fn of_width(width: usize) -> Arc<Experiment> {
    let text = format!(
        "(data: Sphere(d: 64, n: 200, n_test: 0, labels: Normal(std: 1.0)), network: (width: {width}), \
         init: (output: SignedHalves), train: (method: GradientDescent(step: 0.01), stop: (steps: 100000)), \
         observe: (observables: [Loss]))"
    );
    let preset = parse(&text).unwrap_or_else(|error| panic!("{error}"));
    let checked = Experiment::check(preset, "memory", ".".into());
    Arc::new(checked.unwrap_or_else(|error| panic!("{error}")))
}

fn started(worker: &Worker, width: usize) {
    let run = worker.load(of_width(width), true);
    wait_for(worker, |s| s.run == run && s.activity == Activity::Playing);
}

fn measure() {
    let worker = Worker::spawn(|| ()).expect("a thread");
    started(&worker, 64);
    let narrow = resident();
    for give_up in [false, true] {
        started(&worker, 32_768);
        let wide = resident();
        assert!(
            wide > narrow + 2 * KEPT,
            "{wide} bytes are nothing to give back"
        );
        match give_up {
            true => worker.unload(),
            false => started(&worker, 64),
        }
        let began = Instant::now();
        while resident() > narrow + KEPT {
            let (now, waited) = (resident(), began.elapsed());
            assert!(
                waited < SOON,
                "{now} bytes stay of {wide}, {narrow} at first"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn memory_of_a_wide_run_goes_back_to_the_system() {
    if std::env::var_os(ALONE).is_some() {
        return measure();
    }
    let program = std::env::current_exe().expect("this one");
    let name = "worker::tests::memory::memory_of_a_wide_run_goes_back_to_the_system";
    let mut alone = Process::new(program);
    let alone = alone.args(["--exact", name, "--nocapture"]).env(ALONE, "1");
    let status = alone.status().expect("it starts");
    assert!(status.success());
}

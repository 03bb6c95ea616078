//! Panics of an arm's computation: kept for its outcome instead of printed.

use std::cell::Cell;
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// Computations that are guarded right now, on all threads.
static GUARDED: AtomicUsize = AtomicUsize::new(0);

/// Panics of those computations that no guard has caught yet.
static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

thread_local! {
    /// Whether a guarded computation was called on this thread.
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// A panic's text with where it was raised.
struct Kept {
    text: String,
    place: String,
}

/// Keeps the panics of arms off stderr from now on; their outcomes say them, with the place in the
/// source. Panics elsewhere are handled as before. To be called once, by the program and not by a
/// library.
pub fn keep_panics_of_arms() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if is_of_an_arm() {
                keep(info);
            } else {
                usual(info);
            }
        }));
    });
}

/// An arm computes on the thread that called it and on the pool's, which do nothing else meanwhile.
fn is_of_an_arm() -> bool {
    let here = HERE.try_with(Cell::get).unwrap_or(false);
    let in_pool = rayon::current_thread_index().is_some();
    here || in_pool && GUARDED.load(Ordering::SeqCst) > 0
}

fn keep(info: &PanicHookInfo<'_>) {
    let text = info.payload_as_str().unwrap_or(NO_TEXT).to_owned();
    let place = info
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    let place = place.unwrap_or_default();
    kept(|all| all.push(Kept { text, place }));
}

/// What stands for a panic without a text.
pub(super) const NO_TEXT: &str = "no message";

fn kept<T>(with: impl FnOnce(&mut Vec<Kept>) -> T) -> T {
    with(&mut KEPT.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Where a panic with this text was raised, which is then forgotten; `None` where it was not kept.
pub(super) fn take_place(text: &str) -> Option<String> {
    kept(|all| {
        let at = all.iter().position(|kept| kept.text == text)?;
        Some(all.remove(at).place)
    })
}

/// As long as it lives, panics on this thread and on the pool's belong to a guarded computation.
pub(super) struct Guard {
    /// Whether a guard further out is already alive on this thread.
    inner: bool,
}

impl Guard {
    pub(super) fn new() -> Self {
        GUARDED.fetch_add(1, Ordering::SeqCst);
        Self {
            inner: HERE.replace(true),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        HERE.set(self.inner);
        if GUARDED.fetch_sub(1, Ordering::SeqCst) == 1 {
            // Of two panics in one computation only one is caught.
            kept(Vec::clear);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use rayon::prelude::*;

    use super::super::run_all::run_all_with;
    use super::super::scripted::{Script, Scripted, experiment};
    use super::super::session::arm::guarded;
    use super::*;
    use crate::task::Cancel;

    /// Set in the process that panics.
    const CHILD: &str = "WIDESCOPE_TEST_PANICS";

    /// What the process does whose output the test reads.
    fn panic_in_every_way() {
        keep_panics_of_arms();
        let scripts = [Some(5), None].map(|panics_at| Script {
            panics_at,
            ..Script::steps(9)
        });
        let engine = Scripted::new(scripts);
        let run = run_all_with(&engine, &experiment(2, 1), &Cancel::new(), &mut |_| {});
        for end in run.expect("the run goes on") {
            println!("\noutcome: {}", end.outcome);
        }
        let in_pool = |i: usize| assert_ne!(i, 500, "in the pool");
        let refused = guarded(|| {
            (0..1000).into_par_iter().for_each(in_pool);
            Ok(())
        });
        println!("\noutcome: {}", refused.expect_err("a panic"));
        let elsewhere = std::thread::spawn(|| std::panic::panic_any("elsewhere".to_owned()));
        assert!(elsewhere.join().is_err());
        let in_pool = |i: usize| assert!(i < 8, "unguarded");
        let unguarded = || (0..9).into_par_iter().for_each(in_pool);
        assert!(panic::catch_unwind(unguarded).is_err());
        assert!(kept(|all| all.is_empty()));
    }

    #[test]
    fn only_the_outcome_tells_the_panic_of_an_arm_and_where_it_was() {
        if std::env::var_os(CHILD).is_some() {
            return panic_in_every_way();
        }
        let name = std::thread::current().name().expect("a test").to_owned();
        let program = std::env::current_exe().expect("this program");
        let child = Command::new(program)
            .args(["--exact", &name, "--nocapture", "--test-threads=1"])
            .env(CHILD, "1")
            .output()
            .expect("it runs");
        let [out, err] = [&child.stdout, &child.stderr].map(|s| String::from_utf8_lossy(s));
        assert!(child.status.success(), "{out}\n{err}");
        let outcomes: Vec<&str> = out.lines().filter(|l| l.starts_with("outcome")).collect();
        let [first, second, third] = outcomes[..] else {
            panic!("{out}")
        };
        let (scripted, here) = ("src/experiment/scripted.rs:", "src/experiment/panics.rs:");
        assert!(
            first.contains("scripted panic at 5") && first.contains(scripted),
            "{first}"
        );
        assert!(second.contains("finished"), "{second}");
        assert!(
            third.contains("in the pool") && third.contains(here),
            "{third}"
        );
        for kept in ["scripted panic", "in the pool"] {
            assert!(!err.contains(kept), "{err}");
        }
        for printed in ["elsewhere", "unguarded"] {
            assert!(err.contains(printed), "{err}");
        }
    }
}

//! Threads that go over the same pieces of work again and again.
//!
//! A pass can take less than a tenth of a millisecond: waking threads and handing pieces out anew would be a
//! good part of it. So threads stay for many passes, begin with the pieces that are still in their caches,
//! and then help the others out.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// Looks at what one waits for before the core is offered to other threads: some microseconds.
const LOOKS: usize = 200;

/// The number of a pass that never comes: work is over.
const OVER: u64 = u64::MAX;

/// Does `work` on every piece, on the threads of the pool it is called on, then `between` on one of them
/// with all pieces at rest; and so on until that breaks. Who does a piece is left open.
///
/// Threads of the pool that are busy elsewhere are not waited for.
pub(crate) fn repeat<T: Send, S: Send + Sync, B: Send>(
    pieces: Vec<T>,
    shared: &mut S,
    work: impl Fn(&mut T, &S) + Sync,
    mut between: impl FnMut(&mut S, &[MutexGuard<'_, T>]) -> ControlFlow<B> + Send,
) -> B {
    let all = pieces.len();
    let members = rayon::current_num_threads().min(all).max(1);
    let own = |member| member * all / members..(member + 1) * all / members;
    let crew = Crew {
        pieces: pieces.into_iter().map(Piece::new).collect(),
        members: (0..members).map(own).map(Member::new).collect(),
        pass: AtomicU64::new(0),
        shared: RwLock::new(shared),
        work,
    };
    if members == 1 {
        // Nobody is asked for help: from a thread outside of the pool that alone would take longer than a small pass.
        return crew.lead(&mut between);
    }
    rayon::scope(|scope| {
        let crew = &crew;
        for member in 1..members {
            scope.spawn(move |_| crew.help(member));
        }
        crew.lead(&mut between)
    })
}

struct Crew<'a, T, S, W> {
    pieces: Vec<Piece<T>>,
    members: Vec<Member>,
    /// Number of the pass in work, from 1 on.
    pass: AtomicU64,
    shared: RwLock<&'a mut S>,
    work: W,
}

/// In lines of its own, as a piece is: a line that two cores write to goes to and fro between them.
#[repr(align(128))]
struct Member {
    /// The pieces that it begins with.
    own: Range<usize>,
    /// How many of its own pieces nobody has taken in this pass.
    unclaimed: AtomicUsize,
    /// Pieces, of whomever, that it has finished in all passes.
    finished: AtomicU64,
}

impl Member {
    fn new(own: Range<usize>) -> Self {
        Self {
            own,
            unclaimed: AtomicUsize::new(0),
            finished: AtomicU64::new(0),
        }
    }
}

#[repr(align(128))]
struct Piece<T> {
    /// The pass that somebody last took it for.
    claimed: AtomicU64,
    inner: Mutex<T>,
}

impl<T> Piece<T> {
    fn new(inner: T) -> Self {
        Self {
            claimed: AtomicU64::new(0),
            inner: Mutex::new(inner),
        }
    }

    fn claim(&self, pass: u64) -> bool {
        let claimed =
            self.claimed
                .compare_exchange(pass - 1, pass, Ordering::Relaxed, Ordering::Relaxed);
        claimed.is_ok()
    }

    /// What a panic of another thread left is no worse to look at: the panic goes on after the passes.
    fn lock(&self) -> MutexGuard<'_, T> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Send, S: Send + Sync, W: Fn(&mut T, &S) + Sync> Crew<'_, T, S, W> {
    /// Goes through the passes, as the first member, until `between` breaks.
    fn lead<B>(
        &self,
        between: &mut impl FnMut(&mut S, &[MutexGuard<'_, T>]) -> ControlFlow<B>,
    ) -> B {
        let _over = Over(&self.pass);
        let mut pass = 0;
        loop {
            pass += 1;
            self.begin(pass);
            self.take_part(0, pass);
            wait_until(|| self.finished() == pass * self.pieces.len() as u64);
            if let ControlFlow::Break(result) = self.between(between) {
                return result;
            }
        }
    }

    fn begin(&self, pass: u64) {
        for member in &self.members {
            member.unclaimed.store(member.own.len(), Ordering::Relaxed);
        }
        self.pass.store(pass, Ordering::Release);
    }

    /// Pieces finished in all passes.
    fn finished(&self) -> u64 {
        let of_each = self.members.iter().map(|member| &member.finished);
        of_each.map(|count| count.load(Ordering::Acquire)).sum()
    }

    /// Takes part in passes until there are no more.
    fn help(&self, member: usize) {
        let mut last = 0;
        loop {
            wait_until(|| self.pass.load(Ordering::Acquire) != last);
            last = self.pass.load(Ordering::Acquire);
            if last == OVER {
                return;
            }
            self.take_part(member, last);
        }
    }

    /// Does pieces of a pass until all are taken.
    fn take_part(&self, member: usize, pass: u64) {
        // Who finds what is shared being changed is late: the pass is over.
        let Ok(shared) = self.shared.try_read() else {
            return;
        };
        let (before, others) = self.members.split_at(member);
        let Some((own, after)) = others.split_first() else {
            return;
        };
        self.take_pieces(own, own, own.own.clone(), (pass, &shared));
        // Of the others' pieces those that they come to last.
        for other in before.iter().chain(after) {
            self.take_pieces(own, other, other.own.clone().rev(), (pass, &shared));
        }
    }

    /// Does pieces of some member in an order until all of them are taken.
    fn take_pieces(
        &self,
        member: &Member,
        owner: &Member,
        pieces: impl Iterator<Item = usize>,
        (pass, shared): (u64, &S),
    ) {
        for piece in pieces {
            if owner.unclaimed.load(Ordering::Relaxed) == 0 {
                return;
            }
            let piece = &self.pieces[piece];
            if piece.claim(pass) {
                owner.unclaimed.fetch_sub(1, Ordering::Relaxed);
                let _finished = Finished(&member.finished);
                (self.work)(&mut piece.lock(), shared);
            }
        }
    }

    fn between<B>(
        &self,
        between: &mut impl FnMut(&mut S, &[MutexGuard<'_, T>]) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let pieces: Vec<_> = self.pieces.iter().map(Piece::lock).collect();
        // A helper that looks for pieces in vain is about to leave: not worth going to sleep for.
        wait_until(|| self.shared.try_write().is_ok() || self.shared.is_poisoned());
        let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
        between(&mut shared, &pieces)
    }
}

/// Counts a piece as finished when dropped, after a panic too, for which nobody must wait forever.
struct Finished<'a>(&'a AtomicU64);

impl Drop for Finished<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Release);
    }
}

/// Sends the helpers home when dropped.
struct Over<'a>(&'a AtomicU64);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(OVER, Ordering::Release);
    }
}

fn wait_until(is_so: impl Fn() -> bool) {
    for _ in 0..LOOKS {
        if is_so() {
            return;
        }
        std::hint::spin_loop();
    }
    while !is_so() {
        std::thread::yield_now();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use rayon::ThreadPoolBuilder;

    use super::*;

    /// Passes over a few numbers on some threads: each pass adds the number of the pass to all, and a sum over
    /// all follows.
    fn sums(threads: usize, pieces: u64, passes: usize) -> Vec<u64> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| {
            let mut pass = 1;
            let mut sums = Vec::new();
            repeat(
                (0..pieces).collect(),
                &mut pass,
                |piece, pass| *piece += *pass,
                |pass, pieces| {
                    sums.push(pieces.iter().map(|piece| **piece).sum());
                    *pass += 1;
                    if sums.len() == passes {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                },
            );
            sums
        })
    }

    #[test]
    fn every_piece_is_done_once_a_pass_on_any_number_of_threads() {
        for pieces in [0, 1, 2, 7, 64] {
            let start: u64 = (0..pieces).sum();
            let expected: Vec<u64> = (1..=300u64)
                .map(|pass| start + pieces * pass * (pass + 1) / 2)
                .collect();
            for threads in [1, 2, 3, 8] {
                let found = sums(threads, pieces, 300);
                assert_eq!(found, expected, "{pieces} pieces, {threads} threads");
            }
        }
    }

    #[test]
    fn a_thread_that_is_busy_elsewhere_is_not_waited_for() {
        let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let is_over = AtomicU64::new(0);
        pool.scope(|scope| {
            scope.spawn(|_| wait_until(|| is_over.load(Ordering::Acquire) == 1));
            scope.spawn(|_| {
                let mut shared = ();
                repeat(
                    vec![0; 5],
                    &mut shared,
                    |piece, ()| *piece += 1,
                    |(), _| ControlFlow::Break(()),
                );
                is_over.store(1, Ordering::Release);
            });
        });
    }

    #[test]
    fn a_panic_in_a_piece_or_between_passes_comes_out() {
        let pool = ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        for panics_between in [false, true] {
            let run = || {
                let mut passes = 0;
                repeat(
                    (0..9).collect(),
                    &mut passes,
                    |piece, passes| {
                        assert!(panics_between || *passes < 3 || *piece != 7, "piece");
                    },
                    |passes, _| {
                        *passes += 1;
                        assert!(!panics_between || *passes < 3, "between");
                        if *passes == 10 {
                            ControlFlow::Break(())
                        } else {
                            ControlFlow::Continue(())
                        }
                    },
                );
            };
            let result = pool.install(|| catch_unwind(AssertUnwindSafe(run)));
            assert!(result.is_err(), "{panics_between}");
        }
    }
}

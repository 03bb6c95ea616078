//! Seeds of trials.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Tells these keys from all others that may ever be made of a seed.
const TAG: u64 = u64::from_le_bytes(*b"trial\0\0\0");

/// Seed of a trial: the first number of ChaCha with 8 rounds under the key (seed, FNV-1a of `cell`,
/// trial, a tag), 64 bits each.
pub fn trial_seed(seed: u64, cell: &str, trial: u32) -> u64 {
    let words = [seed, fnv1a(cell.as_bytes()), u64::from(trial), TAG];
    let mut key = [0_u8; 32];
    for (bytes, word) in key.chunks_exact_mut(8).zip(words) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key).random()
}

/// FNV-1a, 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn seeds_cells_and_trials_give_different_seeds() {
        let mut seen = BTreeSet::new();
        for seed in [0, 1, 1 << 40, u64::MAX] {
            for cell in ["", "network.width=1;", "network.width=11;", "data.d=1;"] {
                for trial in [0, 1, 1 << 20] {
                    assert!(seen.insert(trial_seed(seed, cell, trial)));
                }
            }
        }
    }

    #[test]
    fn a_seed_stays_the_same_for_ever() {
        assert_eq!(trial_seed(1, "network.width=3;data.d=4;", 2), SEED_OF_OLD);
    }

    /// What the first version gave.
    const SEED_OF_OLD: u64 = 15_500_964_588_701_585_119;
}

//! Independent random streams of one seed.
//!
//! Every random quantity of a run draws from its own stream, so that changing one size or law
//! leaves all other draws as they were.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What a random stream is drawn for.
///
/// The numbers are part of a run's reproducibility: new streams get new numbers, old ones keep theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Training inputs, a row at a time.
    TrainInputs = 1,
    /// Training targets.
    TrainLabels = 2,
    /// Test inputs.
    TestInputs = 3,
    /// Test targets.
    TestLabels = 4,
    /// Training points kept of a larger set.
    TrainSubset = 5,
    /// Test points kept of a larger set.
    TestSubset = 6,
    /// Weights z of a random embedding.
    Embedding = 7,
    /// Initial weights W.
    HiddenWeights = 8,
    /// Initial output weights V.
    OutputWeights = 9,
    /// Batches of stochastic gradient descent, an epoch or a step at a time.
    Batches = 10,
    /// Weights of the network or the linear map that gives the targets.
    Teacher = 11,
    /// Initial biases of the hidden neurons, where their law is not that of W.
    HiddenBiases = 12,
    /// Initial biases of the outputs.
    OutputBiases = 13,
}

/// Bits of the stream number left to the block.
const BLOCK_BITS: u32 = 48;

/// The generator of one block (a row, a class, a layer) of a stream.
///
/// ChaCha with 8 rounds under the whole 64-bit seed; its stream number is tag·2⁴⁸ + block. Blocks
/// below 2⁴⁸ never share a draw with each other or with another stream; higher bits of `block`
/// are dropped.
pub fn rng(seed: u64, stream: Stream, block: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let low = block & ((1 << BLOCK_BITS) - 1);
    rng.set_stream(((stream as u64) << BLOCK_BITS) | low);
    rng
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;
    use std::collections::BTreeSet;

    fn first(seed: u64, stream: Stream, block: u64) -> u64 {
        rng(seed, stream, block).random()
    }

    #[test]
    fn same_key_gives_the_same_draws() {
        assert_eq!(
            first(7, Stream::Embedding, 3),
            first(7, Stream::Embedding, 3)
        );
    }

    #[test]
    fn seeds_streams_and_blocks_give_different_draws() {
        let streams = [
            Stream::TrainInputs,
            Stream::TrainLabels,
            Stream::TestInputs,
            Stream::TestLabels,
            Stream::TrainSubset,
            Stream::TestSubset,
            Stream::Embedding,
            Stream::HiddenWeights,
            Stream::OutputWeights,
            Stream::Batches,
            Stream::Teacher,
            Stream::HiddenBiases,
            Stream::OutputBiases,
        ];
        // The last number of the list above is that of the last stream.
        assert_eq!(streams.len(), Stream::OutputBiases as usize);
        // Seeds that differ in a high bit only must differ too: seeds are never folded.
        let seeds = [0, 1, 1 << 40, u64::MAX];
        let blocks = [0, 1, 1 << 32];
        let mut seen = BTreeSet::new();
        for seed in seeds {
            for stream in streams {
                for block in blocks {
                    seen.insert(first(seed, stream, block));
                }
            }
        }
        assert_eq!(seen.len(), seeds.len() * streams.len() * blocks.len());
    }
}

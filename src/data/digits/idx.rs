//! The IDX format of the MNIST files: big-endian dimensions, then unsigned bytes.

use std::io::Read;

use crate::data::Fault;

/// Third byte of the magic number: the elements are unsigned bytes.
const UNSIGNED_BYTE: u8 = 8;
/// Most dimensions accepted; MNIST has at most three.
const MAX_DIMENSIONS: u8 = 4;

/// An array of unsigned bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::data) struct Idx {
    /// Length of each dimension.
    pub dims: Vec<usize>,
    /// The elements, the last dimension fastest.
    pub bytes: Vec<u8>,
}

/// Reads one array of at most `max_bytes` elements; nothing larger is ever allocated.
///
/// # Errors
/// A wrong magic number, dimensions whose product is above `max_bytes`, or fewer or more bytes
/// than the dimensions ask for.
pub(in crate::data) fn read(mut reader: impl Read, max_bytes: usize) -> Result<Idx, Fault> {
    let [zero0, zero1, kind, rank] = word(&mut reader)?;
    if [zero0, zero1, kind] != [0, 0, UNSIGNED_BYTE] || !(1..=MAX_DIMENSIONS).contains(&rank) {
        return Err(Fault::new(
            format!("magic number {zero0:02x} {zero1:02x} {kind:02x} {rank:02x}"),
            "00 00 08 and 1 to 4 dimensions are needed",
        ));
    }
    let dims = (0..rank)
        .map(|_| word(&mut reader).map(|bytes| u32::from_be_bytes(bytes) as usize))
        .collect::<Result<Vec<_>, _>>()?;
    let total = dims
        .iter()
        .try_fold(1usize, |product, &dim| product.checked_mul(dim))
        .filter(|&total| total <= max_bytes)
        .ok_or_else(|| {
            Fault::new(
                format!("dimensions {dims:?}"),
                format!("at most {max_bytes} elements are allowed"),
            )
        })?;
    let mut bytes = Vec::with_capacity(total);
    // One byte more than claimed is enough to notice a file that is too long, and bounds a gzip bomb.
    reader
        .take(total as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(Fault::unreadable)?;
    if bytes.len() != total {
        let found = if bytes.len() < total {
            format!("{} bytes of data", bytes.len())
        } else {
            format!("more than {total} bytes of data")
        };
        return Err(Fault::new(
            found,
            format!("dimensions {dims:?} need exactly {total}"),
        ));
    }
    Ok(Idx { dims, bytes })
}

fn word(reader: &mut impl Read) -> Result<[u8; 4], Fault> {
    let mut word = [0; 4];
    reader.read_exact(&mut word).map_err(Fault::unreadable)?;
    Ok(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::GzDecoder;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use std::io::Write;

    fn sample() -> Vec<u8> {
        let mut file = vec![0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2];
        file.extend([10, 11, 12, 13, 14, 15]);
        file
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn dimensions_and_elements_come_back() {
        let idx = read(&sample()[..], 6).unwrap();
        assert_eq!(idx.dims, [3, 2]);
        assert_eq!(idx.bytes, [10, 11, 12, 13, 14, 15]);
    }

    #[test]
    fn every_truncation_and_any_extra_byte_is_an_error() {
        let file = sample();
        for length in 0..file.len() {
            assert!(read(&file[..length], 100).is_err(), "{length} bytes");
        }
        let longer = [file, vec![0]].concat();
        let text = read(&longer[..], 100).unwrap_err().to_string();
        assert_eq!(
            text,
            "more than 6 bytes of data; dimensions [3, 2] need exactly 6"
        );
    }

    #[test]
    fn absurd_dimensions_are_refused_before_allocation() {
        let mut file = vec![0, 0, 8, 3];
        file.extend([0x80, 0, 0, 0].repeat(3));
        let text = read(&file[..], 1000).unwrap_err().to_string();
        assert!(
            text.ends_with("at most 1000 elements are allowed"),
            "{text}"
        );
    }

    #[test]
    fn a_gzip_bomb_is_read_no_further_than_its_dimensions() {
        let mut bomb = sample();
        bomb.resize(50_000_000, 0);
        let packed = gzipped(&bomb);
        let mut decoder = GzDecoder::new(&packed[..]);
        assert!(read(&mut decoder, 6).is_err());
        let mut rest = Vec::new();
        decoder.read_to_end(&mut rest).unwrap();
        assert_eq!(rest.len(), bomb.len() - 19);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn mutated_bytes_never_panic(
            at in 0usize..18, byte: u8, cut in 0usize..=18, packed: bool,
        ) {
            let mut file = sample();
            file[at] = byte;
            file.truncate(cut);
            let result = if packed {
                let mut packed = gzipped(&file);
                let place = at % packed.len();
                packed[place] ^= byte;
                read(GzDecoder::new(&packed[..]), 1 << 20)
            } else {
                read(&file[..], 1 << 20)
            };
            if let Ok(idx) = result {
                prop_assert_eq!(idx.bytes.len(), idx.dims.iter().product::<usize>());
            }
        }
    }
}

//! `final.npz`: weights and outputs of every arm at its end.

use std::io::{self, Seek, Write};

use ndarray::Array1;
use ndarray_npy::{NpzWriter, WriteNpyError, WriteNpzError};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::experiment::FinalState;

/// Writes for arm i (from 0) the arrays `W_i` (m × D), `V_i` (outputs × m), `c_i` (outputs, where the
/// outputs have biases), `f_i` (n × outputs) and `f_test_i` (n_test × outputs) in double precision, and `label_i`, the arm's name as UTF-8 bytes
/// (in NumPy `bytes(a["label_0"]).decode()`). An arm without a final state has its label only.
///
/// # Errors
/// Those of the writer.
pub fn write_final<W: Write + Seek>(
    out: W,
    arms: &[(&str, Option<&FinalState>)],
) -> io::Result<()> {
    let mut arrays = NpzWriter::new_with_options(out, options());
    for (i, (label, state)) in arms.iter().enumerate() {
        add_arm(&mut arrays, i, label, *state).map_err(to_io)?;
    }
    arrays.finish().map_err(to_io)?;
    Ok(())
}

/// Weights hardly compress: the usual level takes three times as long for files a fifth smaller. Arrays may be
/// larger than 4 GiB.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .large_file(true)
}

fn add_arm<W: Write + Seek>(
    arrays: &mut NpzWriter<W>,
    i: usize,
    label: &str,
    state: Option<&FinalState>,
) -> Result<(), WriteNpzError> {
    arrays.add_array(
        format!("label_{i}"),
        &Array1::from(label.as_bytes().to_vec()),
    )?;
    let Some(state) = state else { return Ok(()) };
    arrays.add_array(format!("W_{i}"), &state.w)?;
    arrays.add_array(format!("V_{i}"), &state.v)?;
    if let Some(c) = &state.c {
        arrays.add_array(format!("c_{i}"), c)?;
    }
    arrays.add_array(format!("f_{i}"), &state.f)?;
    arrays.add_array(format!("f_test_{i}"), &state.f_test)
}

/// The system's error where there is one, so that the message names the cause and not the format.
fn to_io(error: WriteNpzError) -> io::Error {
    match error {
        WriteNpzError::Npy(WriteNpyError::Io(e)) => e,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use ndarray::{Array1, Array2, array};
    use ndarray_npy::NpzReader;

    use super::*;

    #[test]
    fn arrays_come_back_as_they_were_written() {
        let state = FinalState {
            w: array![[1.0, 2.0], [3.0, f64::NAN]],
            v: array![[0.1, -0.1]],
            c: Some(array![0.25]),
            f: array![[1.0 / 3.0]],
            f_test: Array2::zeros((0, 1)),
        };
        let mut bytes = Cursor::new(Vec::new());
        write_final(&mut bytes, &[("Ours", Some(&state)), ("Ntk, ω", None)])
            .expect("writing into memory");
        let mut read = NpzReader::new(bytes).expect("an archive");
        let w: Array2<f64> = read.by_name("W_0").expect("W_0");
        assert_eq!(w.shape(), [2, 2]);
        assert_eq!(w[[1, 0]], 3.0);
        let c: Array1<f64> = read.by_name("c_0").expect("c_0");
        assert_eq!(c, array![0.25]);
        let f: Array2<f64> = read.by_name("f_0").expect("f_0");
        assert_eq!(f[[0, 0]].to_bits(), (1.0f64 / 3.0).to_bits());
        let f_test: Array2<f64> = read.by_name("f_test_0").expect("f_test_0");
        assert_eq!(f_test.shape(), [0, 1]);
        let label: Array1<u8> = read.by_name("label_1").expect("label_1");
        assert_eq!(String::from_utf8(label.to_vec()).expect("UTF-8"), "Ntk, ω");
        assert!(
            read.by_name::<ndarray::OwnedRepr<f64>, ndarray::Ix2>("W_1")
                .is_err()
        );
    }
}

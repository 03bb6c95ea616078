//! `final.npz`: weights and outputs of every arm at its end, and what they began with.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

use ndarray::Array1;
use ndarray_npy::{NpzWriter, WriteNpyError, WriteNpzError};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::initial_arrays::add_initial;
use crate::experiment::{FinalState, InitialState};

/// Says what an arm began with, `None` where that can't be had any more.
pub type Initial<'a> = &'a dyn Fn(usize) -> Option<InitialState>;

/// Writes for arm i (from 0) `label_i`, the arm's name as UTF-8 bytes (in NumPy `bytes(a["label_0"]).decode()`);
/// an arm without a final state has no more. Of its end, in double precision,
///
/// - `W_i` (m × D), `V_i` (outputs × m), and `c_i` (outputs) where the outputs have biases,
/// - `f_i` (n × outputs) and `f_test_i` (n_test × outputs);
///
/// and of its beginning, by `initial`, which is asked once for each of these arms and may have nothing to say,
///
/// - `data_i`, the arm k with the same data, and only where k = i: `X_k`, `X_test_k` (a row a point), or for
///   MNIST the images' numbers `mnist_k`, `mnist_test_k` and the checksums of [`crate::data::PickedDigits`];
///   `Y_k` and `Y_test_k`,
/// - the factors `a_i`, `b_i`, `loss_factor_i`, `test_loss_factor_i`, `W_step_i` and `V_step_i`, and the name
///   `activation_i`,
/// - `V0_i`, `c0_i`, and `W0_i` with `Phi_i`, `Phi_test_i` where the inputs are embedded; in sample space in
///   place of these `H0_i`, `H0_test_i`, `gram_i` = ΦΦᵀ and `gram_test_i` = Φ_testΦᵀ.
///
/// # Errors
/// Those of the writer.
pub fn write_final<W: Write + Seek>(
    out: W,
    arms: &[(&str, Option<&FinalState>)],
    initial: Initial<'_>,
) -> io::Result<()> {
    let mut arrays = NpzWriter::new_with_options(out, options());
    let mut written = BTreeMap::new();
    for (i, (label, state)) in arms.iter().enumerate() {
        add_arm(&mut arrays, i, label, *state).map_err(to_io)?;
        if state.is_some()
            && let Some(began) = initial(i)
        {
            // An arm without a final state has no data either, so they stand with the first that has one.
            let data_of = *written.entry(began.data_of).or_insert(i);
            add_initial(&mut arrays, i, &began, data_of).map_err(to_io)?;
        }
    }
    arrays.finish().map_err(to_io)?;
    Ok(())
}

/// Weights hardly compress: the usual level takes three times as long for files a fifth smaller. Arrays may be
/// larger than 4 GiB.
pub(super) fn options() -> SimpleFileOptions {
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
pub(super) fn to_io(error: WriteNpzError) -> io::Error {
    match error {
        WriteNpzError::Npy(WriteNpyError::Io(e)) => e,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use ndarray::{Array0, Array1, Array2, array};
    use ndarray_npy::NpzReader;

    use super::*;
    use crate::data::{LabelKind, PickedDigits};
    use crate::experiment::{InitialData, InitialHidden, InitialInputs, InitialNetwork};
    use crate::network::Activation;

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
        let arms = [("Ours", Some(&state)), ("Ntk, ω", None)];
        write_final(&mut bytes, &arms, &|_| Some(began())).expect("writing into memory");
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
        let a: Array0<f64> = read.by_name("a_0").expect("a_0");
        assert_eq!(a[()], 0.5);
        let h: Array2<f64> = read.by_name("H0_test_0").expect("H0_test_0");
        assert_eq!(h, array![[4.0], [5.0]]);
        let images: Array1<u32> = read.by_name("mnist_0").expect("mnist_0");
        assert_eq!(images, array![7, 1]);
    }

    #[test]
    fn the_end_is_written_where_the_beginning_is_lost() {
        let state = FinalState {
            w: array![[2.0]],
            v: array![[1.0]],
            c: None,
            f: array![[0.5]],
            f_test: Array2::zeros((0, 1)),
        };
        let mut bytes = Cursor::new(Vec::new());
        write_final(&mut bytes, &[("a", Some(&state))], &|_| None).expect("writing into memory");
        let mut read = NpzReader::new(bytes).expect("an archive");
        let w: Array2<f64> = read.by_name("W_0").expect("W_0");
        assert_eq!(w, array![[2.0]]);
        let names = read.names().expect("names");
        assert!(
            !names.iter().any(|name| name.starts_with("Y_0")),
            "{names:?}"
        );
    }

    /// The data of an arm that failed stand with the next one.
    #[test]
    fn data_are_written_once() {
        let state = || FinalState {
            w: Array2::zeros((1, 1)),
            v: Array2::zeros((1, 1)),
            c: None,
            f: Array2::zeros((1, 1)),
            f_test: Array2::zeros((0, 1)),
        };
        let (second, third) = (state(), state());
        let arms = [("a", None), ("b", Some(&second)), ("c", Some(&third))];
        let mut bytes = Cursor::new(Vec::new());
        write_final(&mut bytes, &arms, &|_| Some(began())).expect("writing into memory");
        let mut read = NpzReader::new(bytes).expect("an archive");
        for arm in [1, 2] {
            let data: Array0<u64> = read.by_name(&format!("data_{arm}")).expect("its data");
            assert_eq!(data[()], 1);
        }
        let names = read.names().expect("names");
        let targets = names
            .iter()
            .filter(|name| name.starts_with("Y_1") || name.starts_with("Y_2"));
        assert_eq!(targets.count(), 1);
    }

    fn began() -> InitialState {
        InitialState {
            data: InitialData {
                inputs: InitialInputs::Digits(PickedDigits {
                    train: vec![7, 1],
                    test: vec![3],
                    train_crc32: 1,
                    test_crc32: 2,
                }),
                y: array![[1.0], [-1.0]],
                y_test: array![[1.0]],
            },
            data_of: 0,
            labels: LabelKind::Signed,
            activation: Activation::Tanh,
            a: 0.5,
            b: 1.0,
            loss_factor: 1.0,
            test_loss_factor: 1.0,
            hidden_step_factor: 1.0,
            output_step_factor: 0.0,
            network: Some(InitialNetwork {
                hidden: InitialHidden::Features {
                    h: [array![[1.0, 2.0], [3.0, 4.0]], array![[4.0], [5.0]]],
                    gram: [Array2::eye(2), Array2::zeros((1, 2))],
                },
                v: array![[1.0, -1.0]],
                c: None,
            }),
        }
    }
}

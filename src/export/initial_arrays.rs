//! What of `final.npz` a run can be computed again from: its data, factors and initial weights.

use std::io::{Seek, Write};

use ndarray::{Array1, Array2, arr0};
use ndarray_npy::{NpzWriter, WritableElement, WriteNpzError};

use crate::experiment::{InitialData, InitialHidden, InitialInputs, InitialNetwork, InitialState};

/// Writes what arm i began with, as [`super::write_final`] lists it; `data_of` is the arm whose data are its own.
pub(super) fn add_initial<W: Write + Seek>(
    arrays: &mut NpzWriter<W>,
    i: usize,
    state: &InitialState,
    data_of: usize,
) -> Result<(), WriteNpzError> {
    let mut named = Named { arrays, i };
    named.number("data", data_of as u64)?;
    if data_of == i {
        add_data(&mut named, &state.data)?;
    }
    for (name, factor) in [
        ("a", state.a),
        ("b", state.b),
        ("loss_factor", state.loss_factor),
        ("test_loss_factor", state.test_loss_factor),
        ("W_step", state.hidden_step_factor),
        ("V_step", state.output_step_factor),
    ] {
        named.number(name, factor)?;
    }
    named.text("activation", state.activation.name())?;
    match &state.network {
        Some(network) => add_network(&mut named, network),
        None => Ok(()),
    }
}

/// Arrays whose names end in the number of an arm.
struct Named<'a, W: Write + Seek> {
    arrays: &'a mut NpzWriter<W>,
    i: usize,
}

impl<W: Write + Seek> Named<'_, W> {
    fn matrix(&mut self, name: &str, matrix: &Array2<f64>) -> Result<(), WriteNpzError> {
        self.arrays.add_array(format!("{name}_{}", self.i), matrix)
    }

    fn row<T: WritableElement + Clone>(
        &mut self,
        name: &str,
        row: &[T],
    ) -> Result<(), WriteNpzError> {
        let row = Array1::from(row.to_vec());
        self.arrays.add_array(format!("{name}_{}", self.i), &row)
    }

    fn text(&mut self, name: &str, text: &str) -> Result<(), WriteNpzError> {
        self.row(name, text.as_bytes())
    }

    fn number<T: WritableElement>(&mut self, name: &str, x: T) -> Result<(), WriteNpzError> {
        let name = format!("{name}_{}", self.i);
        self.arrays.add_array(name, &arr0(x))
    }
}

fn add_data<W: Write + Seek>(
    named: &mut Named<'_, W>,
    data: &InitialData,
) -> Result<(), WriteNpzError> {
    match &data.inputs {
        InitialInputs::Written(x, x_test) => {
            named.matrix("X", x)?;
            named.matrix("X_test", x_test)?;
        }
        InitialInputs::Digits(digits) => {
            named.row("mnist", &digits.train)?;
            named.row("mnist_test", &digits.test)?;
            named.number("X_crc32", digits.train_crc32)?;
            named.number("X_test_crc32", digits.test_crc32)?;
        }
    }
    named.matrix("Y", &data.y)?;
    named.matrix("Y_test", &data.y_test)
}

fn add_network<W: Write + Seek>(
    named: &mut Named<'_, W>,
    network: &InitialNetwork,
) -> Result<(), WriteNpzError> {
    match &network.hidden {
        InitialHidden::Weights { w, phi } => {
            named.matrix("W0", w)?;
            if let Some([phi, phi_test]) = phi {
                named.matrix("Phi", phi)?;
                named.matrix("Phi_test", phi_test)?;
            }
        }
        InitialHidden::Features { h, gram } => {
            let [h, h_test] = h;
            let [gram, gram_test] = gram;
            named.matrix("H0", h)?;
            named.matrix("H0_test", h_test)?;
            named.matrix("gram", gram)?;
            named.matrix("gram_test", gram_test)?;
        }
    }
    named.matrix("V0", &network.v)?;
    match &network.c {
        Some(c) => named.row("c0", c.as_slice().unwrap_or_default()),
        None => Ok(()),
    }
}

//! The arrays beside a script.

use std::io::{self, Seek, Write};

use ndarray_npy::{NpzWriter, WriteNpzError};

use super::ScriptArm;
use crate::export::final_arrays::{options, to_io};
use crate::export::initial_arrays::add_initial;

/// Writes for arm i what `final.npz` has of its beginning, in weights, and `batches_i`: a batch a row, the
/// number n where there is no more point.
pub(super) fn write<W: Write + Seek>(out: W, arms: &[ScriptArm]) -> io::Result<()> {
    let mut arrays = NpzWriter::new_with_options(out, options());
    let written = arms.iter().try_for_each(|arm| add(&mut arrays, arm, arms));
    written.map_err(to_io)?;
    arrays.finish().map_err(to_io)?;
    Ok(())
}

fn add<W: Write + Seek>(
    arrays: &mut NpzWriter<W>,
    of: &ScriptArm,
    arms: &[ScriptArm],
) -> Result<(), WriteNpzError> {
    add_initial(arrays, of.number, &of.start, data_of(of, arms))?;
    match &of.steps.batches {
        Some(batches) if of.batches_of == Some(of.number) => {
            arrays.add_array(format!("batches_{}", of.number), &batches.points)
        }
        _ => Ok(()),
    }
}

/// The first arm of the script with the same data: the first of the experiment may be left out.
pub(super) fn data_of(of: &ScriptArm, arms: &[ScriptArm]) -> usize {
    let first = arms
        .iter()
        .find(|other| other.start.data_of == of.start.data_of);
    first.map_or(of.number, |first| first.number)
}

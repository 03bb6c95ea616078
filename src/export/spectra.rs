//! `spectra.csv`: the recorded spectra, an eigenvalue or singular value a row.

use std::io::{self, Write};

use super::{ArmRecords, number, text_cell};

/// Writes the table (arm, seed, step, kind, index, value). The kinds are
/// `jacobian_singular_value` (of the n·outputs × p Jacobian J), `ntk_eigenvalue` (of JJᵀ), where the
/// index counts from 1 for the largest, and `imbalance`: of a linear network the singular values of
/// U₁ᵀU₁ − VᵀV likewise, else ‖w_r‖² − ‖v_r‖² of the recorded neurons in their order.
///
/// # Errors
/// Those of the writer.
pub fn write_spectra(out: impl Write, arms: &[ArmRecords<'_>]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["arm", "seed", "step", "kind", "index", "value"])?;
    for arm in arms {
        for record in arm.records {
            let spectra = [
                ("jacobian_singular_value", record.singular_values.as_deref()),
                ("ntk_eigenvalue", record.ntk_eigenvalues.as_deref()),
                ("imbalance", record.imbalance.as_deref()),
            ];
            for (kind, values) in spectra {
                let label = text_cell(arm.label);
                let head = (label.as_ref(), arm.seed, record.step, kind);
                write_spectrum(&mut table, head, values.unwrap_or_default())?;
            }
        }
    }
    table.flush()
}

fn write_spectrum<W: Write>(
    table: &mut csv::Writer<W>,
    (arm, seed, step, kind): (&str, u64, u64, &str),
    values: &[f64],
) -> io::Result<()> {
    for (i, value) in values.iter().enumerate() {
        let row = [
            arm,
            &seed.to_string(),
            &step.to_string(),
            kind,
            &(i + 1).to_string(),
            &number(*value),
        ];
        table.write_record(row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::observe::Record;

    #[test]
    fn every_value_of_every_spectrum_has_a_row() {
        let records = [Arc::new(Record {
            step: 4,
            singular_values: Some(Arc::from([2.0, 0.5])),
            ntk_eigenvalues: Some(Arc::from([4.0])),
            imbalance: Some(Arc::from([0.25])),
            ..Record::default()
        })];
        let mut out = Vec::new();
        let arms = [ArmRecords {
            label: "Ntk",
            seed: 1,
            records: &records,
        }];
        write_spectra(&mut out, &arms).expect("writing into memory");
        let expected = "arm,seed,step,kind,index,value\n\
            Ntk,1,4,jacobian_singular_value,1,2.0\n\
            Ntk,1,4,jacobian_singular_value,2,0.5\n\
            Ntk,1,4,ntk_eigenvalue,1,4.0\n\
            Ntk,1,4,imbalance,1,0.25\n";
        assert_eq!(String::from_utf8(out).expect("UTF-8"), expected);
    }
}

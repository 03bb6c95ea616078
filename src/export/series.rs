//! `series.csv`: every scalar observable over the steps of every arm.

use std::io::{self, Write};

use crate::spec::Quantity;

use super::{ArmRecords, number, text_cell};

/// Writes the table (arm, seed, step, time, then a column for each quantity that any record has,
/// in the order of [`Quantity::ALL`]). A quantity not measured at a step is an empty cell; numbers
/// read back as the same double.
///
/// # Errors
/// Those of the writer.
pub fn write_series(out: impl Write, arms: &[ArmRecords<'_>]) -> io::Result<()> {
    let columns = measured(arms);
    let mut table = csv::Writer::from_writer(out);
    let fixed = ["arm", "seed", "step", "time"].into_iter();
    table.write_record(fixed.chain(columns.iter().map(|q| q.column())))?;
    for arm in arms {
        for record in arm.records {
            let fixed = [
                text_cell(arm.label).into_owned(),
                arm.seed.to_string(),
                record.step.to_string(),
                number(record.time),
            ];
            let measured = columns
                .iter()
                .map(|q| record.get(*q).map_or_else(String::new, number));
            table.write_record(fixed.into_iter().chain(measured))?;
        }
    }
    table.flush()
}

/// The quantities that any record has.
fn measured(arms: &[ArmRecords<'_>]) -> Vec<Quantity> {
    let has = |q: Quantity| {
        arms.iter()
            .flat_map(|a| a.records)
            .any(|r| r.get(q).is_some())
    };
    Quantity::ALL.into_iter().filter(|q| has(*q)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::observe::Record;

    fn record(step: u64, scalars: &[(Quantity, f64)]) -> Arc<Record> {
        Arc::new(Record {
            step,
            time: step as f64 * 0.1,
            scalars: scalars.iter().copied().collect(),
            ..Record::default()
        })
    }

    fn text(arms: &[ArmRecords<'_>]) -> String {
        let mut out = Vec::new();
        write_series(&mut out, arms).expect("writing into memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn columns_are_those_that_any_record_has_and_missing_cells_are_empty() {
        let first = [record(0, &[(Quantity::TrainLoss, 1.0)])];
        let second = [record(
            3,
            &[
                (Quantity::TestLoss, f64::NAN),
                (Quantity::TrainLoss, f64::INFINITY),
            ],
        )];
        let arms = [
            ArmRecords {
                label: "Ours, width 64",
                seed: 7,
                records: &first,
            },
            ArmRecords {
                label: "Ntk",
                seed: 8,
                records: &second,
            },
        ];
        let expected = "arm,seed,step,time,train_loss,test_loss\n\
            \"Ours, width 64\",7,0,0.0,1.0,\n\
            Ntk,8,3,0.30000000000000004,inf,NaN\n";
        assert_eq!(text(&arms), expected);
    }

    #[test]
    fn a_name_that_is_a_formula_is_none_in_a_spreadsheet_and_a_number_stays_one() {
        let records = [record(0, &[(Quantity::TrainLoss, -1.0)])];
        let arms = [ArmRecords {
            label: "=cmd()|x",
            seed: 7,
            records: &records,
        }];
        let expected = "arm,seed,step,time,train_loss\n'=cmd()|x,7,0,0.0,-1.0\n";
        assert_eq!(text(&arms), expected);
    }

    #[test]
    fn numbers_read_back_as_the_same_double() {
        let values = [
            1.0 / 3.0,
            -1e300,
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            -0.0,
            123_456_789.012_345_67,
        ];
        let records: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(i, v)| record(i as u64, &[(Quantity::NtkMax, *v)]))
            .collect();
        let text = text(&[ArmRecords {
            label: "a",
            seed: 0,
            records: &records,
        }]);
        let mut table = csv::Reader::from_reader(text.as_bytes());
        for (row, value) in table.records().zip(values) {
            let read: f64 = row.expect("a row")[4].parse().expect("a number");
            assert_eq!(read.to_bits(), value.to_bits());
        }
    }
}

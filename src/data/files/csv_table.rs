//! Tables of numbers in comma-separated text.
//!
//! A line is a point and nothing joins lines: cells are numbers, so that quoted line ends, which
//! would let one cell grow without bound, have no use here.

use std::io::{BufRead, BufReader, Read};

use ndarray::Array2;

use crate::data::{Fault, limits};

/// Longest line read, 4 MiB.
const MAX_LINE: usize = 4 << 20;
/// Characters of a wrong cell that an error repeats.
const CELL_SHOWN: usize = 40;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a table, a point a line. The first line may be a header, which has names only. Blank
/// lines and lines that start with `#` are skipped; a number may stand between double quotes.
///
/// # Errors
/// No data line, a line longer than 4 MiB or with another number of cells than the first, a cell
/// that is not a finite number, or more numbers than memory holds.
pub(in crate::data) fn read(reader: impl Read) -> Result<Array2<f64>, Fault> {
    let mut reader = BufReader::new(reader);
    let mut table = Table::new();
    let mut line = Vec::new();
    let mut number = 0u64;
    while next_line(&mut reader, &mut line).map_err(|fault| fault.at(place(number + 1)))? {
        number += 1;
        let text = match line.strip_prefix(BYTE_ORDER_MARK) {
            Some(text) if number == 1 => text,
            _ => &line,
        };
        let text = text.trim_ascii();
        if !text.is_empty() && !text.starts_with(b"#") {
            table.push(text).map_err(|fault| fault.at(place(number)))?;
        }
    }
    table.finish()
}

fn place(line: u64) -> String {
    format!("line {line}")
}

/// Reads a line with its end; false at the end of the file.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, Fault> {
    line.clear();
    reader
        .take(MAX_LINE as u64 + 1)
        .read_until(b'\n', line)
        .map_err(Fault::unreadable)?;
    if line.len() > MAX_LINE {
        return Err(Fault::new(
            format!("more than {MAX_LINE} bytes without a line end"),
            "a point a line is needed",
        ));
    }
    Ok(!line.is_empty())
}

#[derive(Debug)]
struct Table {
    values: Vec<f64>,
    rows: usize,
    /// Cells of the first line, header or not.
    columns: Option<usize>,
    /// Most numbers accepted.
    most: usize,
}

impl Table {
    fn new() -> Self {
        Self {
            values: Vec::new(),
            rows: 0,
            columns: None,
            most: limits::elements_now(),
        }
    }

    fn push(&mut self, line: &[u8]) -> Result<(), Fault> {
        let cells = || line.split(|&byte| byte == b',');
        let count = cells().count();
        let Some(columns) = self.columns else {
            self.columns = Some(count);
            let header = cells().all(|cell| number(cell).is_none());
            return if header { Ok(()) } else { self.push(line) };
        };
        if count != columns {
            return Err(Fault::new(
                format!("{count} cells"),
                format!("the first line has {columns}, and every line needs as many"),
            ));
        }
        if self.values.len() + count > self.most {
            return Err(Fault::new(
                format!("more than {} numbers", self.most),
                "a table must fit into half of the free memory",
            ));
        }
        for (column, cell) in cells().enumerate() {
            self.values.push(finite(cell, column)?);
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(self) -> Result<Array2<f64>, Fault> {
        if self.rows == 0 {
            return Err(Fault::new("no line of numbers", "at least one is needed"));
        }
        let shape = (self.rows, self.columns.unwrap_or_default());
        Array2::from_shape_vec(shape, self.values).map_err(Fault::unreadable)
    }
}

fn finite(cell: &[u8], column: usize) -> Result<f64, Fault> {
    number(cell)
        .filter(|value| value.is_finite())
        .ok_or_else(|| {
            let text = String::from_utf8_lossy(cell);
            let shown: String = text.trim().chars().take(CELL_SHOWN).collect();
            Fault::new(
                format!("column {} is {shown:?}", column + 1),
                "a finite number is needed; only a first line of names is taken as a header",
            )
        })
}

fn number(cell: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    let text = match text.strip_prefix('"') {
        Some(opened) => opened.strip_suffix('"')?.trim(),
        None => text,
    };
    text.parse().ok()
}

#[cfg(test)]
mod tests;

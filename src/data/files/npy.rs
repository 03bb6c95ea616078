//! Arrays of numbers in NumPy's `.npy` format.

use std::io::Read;

use ndarray::{Array2, ShapeBuilder};

use super::npy_header;
use super::npy_header::Header;
use crate::data::{Fault, limits};

/// Bytes decoded at a time.
const CHUNK: usize = 1 << 16;

/// Type of the stored elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    F32,
    F64,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// Element types accepted, as errors name them.
const ELEMENTS: &str = "float32, float64 and the integers of 8 to 64 bits are allowed";

/// Reads a matrix from `size` bytes; an array with one dimension becomes a column. Integers are
/// rounded to the nearest double.
///
/// # Errors
/// A header that is no `.npy` header, another element type, a size that disagrees with the shape,
/// more elements than memory holds, or an element that is not finite. Nothing is allocated before
/// the shape was compared with `size`.
pub(in crate::data) fn read(mut reader: impl Read, size: u64) -> Result<Array2<f64>, Fault> {
    let header = npy_header::read(&mut reader)?;
    let (element, swapped) = element(&header.descr)?;
    let (rows, columns) = matrix_shape(&header)?;
    let count = element_count(&header, element, size)?;
    let values = decode(reader, element, swapped, count)?;
    let matrix = Array2::from_shape_vec((rows, columns).set_f(header.fortran), values)
        .map_err(Fault::unreadable)?;
    check_finite(&matrix)?;
    // A matrix in column order is copied once into row order, which every reader of rows expects.
    Ok(if header.fortran {
        matrix.as_standard_layout().into_owned()
    } else {
        matrix
    })
}

fn element(descr: &str) -> Result<(Element, bool), Fault> {
    let unknown = || {
        Fault::new(
            format!(
                "element type {:?}",
                descr.chars().take(20).collect::<String>()
            ),
            ELEMENTS,
        )
    };
    let order = descr.chars().next().ok_or_else(unknown)?;
    let swapped = match order {
        '<' | '|' => false,
        '=' => cfg!(target_endian = "big"),
        '>' => true,
        _ => return Err(unknown()),
    };
    let element = match descr.get(1..).unwrap_or_default() {
        "f4" => Element::F32,
        "f8" => Element::F64,
        "i1" => Element::I8,
        "i2" => Element::I16,
        "i4" => Element::I32,
        "i8" => Element::I64,
        "u1" => Element::U8,
        "u2" => Element::U16,
        "u4" => Element::U32,
        "u8" => Element::U64,
        _ => return Err(unknown()),
    };
    Ok((element, swapped))
}

impl Element {
    fn bytes(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::F32 | Self::I32 | Self::U32 => 4,
            Self::F64 | Self::I64 | Self::U64 => 8,
        }
    }

    /// The number whose bytes, least significant first and zero-extended to eight, are `bits`.
    fn number(self, bits: u64) -> f64 {
        match self {
            Self::F32 => f64::from(f32::from_bits(bits as u32)),
            Self::F64 => f64::from_bits(bits),
            Self::I8 => f64::from(bits as u8 as i8),
            Self::I16 => f64::from(bits as u16 as i16),
            Self::I32 => f64::from(bits as u32 as i32),
            Self::I64 => bits as i64 as f64,
            Self::U8 | Self::U16 | Self::U32 | Self::U64 => bits as f64,
        }
    }
}

fn matrix_shape(header: &Header) -> Result<(usize, usize), Fault> {
    match header.shape.as_slice() {
        &[rows] => Ok((rows, 1)),
        &[rows, columns] => Ok((rows, columns)),
        shape => Err(Fault::new(
            format!("{} dimensions", shape.len()),
            "one or two are allowed, a row a point",
        )),
    }
}

/// The number of elements, once the shape, the size of the file and the memory agree on it.
fn element_count(header: &Header, element: Element, size: u64) -> Result<usize, Fault> {
    let shape = &header.shape;
    let most = limits::elements_now();
    let count = shape
        .iter()
        .try_fold(1usize, |product, &length| product.checked_mul(length))
        .filter(|&count| count <= most)
        .ok_or_else(|| {
            Fault::new(
                format!("shape {shape:?}"),
                format!("at most {most} elements fit into half of the free memory"),
            )
        })?;
    let needed = count as u64 * element.bytes() as u64;
    let present = size.saturating_sub(header.length);
    if present != needed {
        return Err(Fault::new(
            format!("{present} bytes of data"),
            format!(
                "shape {shape:?} of {:?} needs exactly {needed}",
                header.descr
            ),
        ));
    }
    Ok(count)
}

fn decode(
    mut reader: impl Read,
    element: Element,
    swapped: bool,
    count: usize,
) -> Result<Vec<f64>, Fault> {
    let width = element.bytes();
    let mut values = Vec::new();
    values.try_reserve_exact(count).map_err(Fault::unreadable)?;
    let mut buffer = vec![0; CHUNK];
    while values.len() < count {
        let bytes = (count - values.len()).saturating_mul(width).min(CHUNK);
        let (chunk, _) = buffer.split_at_mut(bytes);
        reader.read_exact(chunk).map_err(Fault::unreadable)?;
        values.extend(
            chunk
                .chunks_exact(width)
                .map(|bytes| element.number(bits(bytes, swapped))),
        );
    }
    // Reading on to the end lets an archive check its checksum.
    match reader.read(&mut [0]) {
        Ok(0) => Ok(values),
        Ok(_) => Err(Fault::new(
            "more data than its size says",
            "a complete file is needed",
        )),
        Err(cause) => Err(Fault::unreadable(cause)),
    }
}

fn bits(bytes: &[u8], swapped: bool) -> u64 {
    let fold = |bits, &byte: &u8| bits << 8 | u64::from(byte);
    if swapped {
        bytes.iter().fold(0, fold)
    } else {
        bytes.iter().rev().fold(0, fold)
    }
}

fn check_finite(matrix: &Array2<f64>) -> Result<(), Fault> {
    match matrix.indexed_iter().find(|(_, value)| !value.is_finite()) {
        None => Ok(()),
        Some(((row, column), value)) => Err(Fault::new(
            format!("row {row}, column {column} (counted from 0) is {value}"),
            "every number must be finite",
        )),
    }
}

#[cfg(test)]
mod tests;

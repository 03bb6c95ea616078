use ndarray::{Array1, array};
use ndarray_npy::{WritableElement, WriteNpyExt};

use super::*;

fn stored<T: WritableElement + Clone>(matrix: &Array2<T>) -> Vec<u8> {
    let mut bytes = Vec::new();
    matrix.write_npy(&mut bytes).unwrap();
    bytes
}

fn read_bytes(bytes: &[u8]) -> Result<Array2<f64>, Fault> {
    read(bytes, bytes.len() as u64)
}

/// A file of one row with the given element type and data.
fn row(descr: &str, columns: usize, data: &[u8]) -> Vec<u8> {
    let text =
        format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': (1, {columns}), }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((text.len() as u16).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.extend(data);
    bytes
}

#[test]
fn doubles_come_back_bit_for_bit() {
    let matrix = array![[1.0, -0.0, f64::MIN_POSITIVE], [1e300, -0.1, 5e-324]];
    let back = read_bytes(&stored(&matrix)).unwrap();
    assert!(
        back.iter()
            .zip(&matrix)
            .all(|(a, b)| a.to_bits() == b.to_bits())
    );
    assert_eq!(back.dim(), (2, 3));
}

#[test]
fn column_order_and_single_columns_are_understood() {
    let matrix = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let transposed = matrix.t();
    let mut bytes = Vec::new();
    transposed.write_npy(&mut bytes).unwrap();
    assert!(String::from_utf8_lossy(&bytes[..80]).contains("'fortran_order': True"));
    let back = read_bytes(&bytes).unwrap();
    assert_eq!(back, transposed);
    assert!(back.is_standard_layout());

    let column = Array1::from(vec![7.0, 8.0]);
    let mut bytes = Vec::new();
    column.write_npy(&mut bytes).unwrap();
    assert_eq!(read_bytes(&bytes).unwrap(), array![[7.0], [8.0]]);
}

#[test]
fn every_element_type_keeps_its_values() {
    assert_eq!(
        read_bytes(&stored(&array![[0.1f32, -2.5]])).unwrap(),
        array![[f64::from(0.1f32), -2.5]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[-128i8, 127]])).unwrap(),
        array![[-128.0, 127.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[i16::MIN, 300]])).unwrap(),
        array![[-32768.0, 300.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[i32::MIN, 1]])).unwrap(),
        array![[-2147483648.0, 1.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[-(1i64 << 53), 1]])).unwrap(),
        array![[-9007199254740992.0, 1.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[255u8, 0]])).unwrap(),
        array![[255.0, 0.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[u16::MAX, 0]])).unwrap(),
        array![[65535.0, 0.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[u32::MAX, 0]])).unwrap(),
        array![[4294967295.0, 0.0]]
    );
    assert_eq!(
        read_bytes(&stored(&array![[1u64 << 63, 0]])).unwrap(),
        array![[9223372036854775808.0, 0.0]]
    );
}

#[test]
fn the_other_byte_order_is_swapped() {
    let data: Vec<u8> = [1.5f64, -3.0]
        .iter()
        .flat_map(|x| x.to_be_bytes())
        .collect();
    assert_eq!(
        read_bytes(&row(">f8", 2, &data)).unwrap(),
        array![[1.5, -3.0]]
    );
    let data: Vec<u8> = [-2i16, 258].iter().flat_map(|x| x.to_be_bytes()).collect();
    assert_eq!(
        read_bytes(&row(">i2", 2, &data)).unwrap(),
        array![[-2.0, 258.0]]
    );
}

#[test]
fn matrices_longer_than_one_chunk_are_whole() {
    let matrix = Array2::from_shape_fn((300, 101), |(i, j)| (i * 101 + j) as f64);
    assert_eq!(read_bytes(&stored(&matrix)).unwrap(), matrix);
}

#[test]
fn non_finite_numbers_are_named_by_row_and_column() {
    let mut matrix = Array2::zeros((3, 2));
    matrix[[2, 1]] = f64::NAN;
    assert_eq!(
        read_bytes(&stored(&matrix)).unwrap_err().to_string(),
        "row 2, column 1 (counted from 0) is NaN; every number must be finite"
    );
}

#[test]
fn a_shape_that_the_data_do_not_fill_is_refused() {
    let bytes = stored(&array![[1.0, 2.0]]);
    for length in 0..bytes.len() {
        assert!(read_bytes(&bytes[..length]).is_err(), "{length} bytes");
        // Where the claimed size is right and the data are cut off all the same.
        assert!(
            read(&bytes[..length], bytes.len() as u64).is_err(),
            "{length} bytes"
        );
    }
    let longer = [bytes, vec![0]].concat();
    assert_eq!(
        read_bytes(&longer).unwrap_err().to_string(),
        "17 bytes of data; shape [1, 2] of \"<f8\" needs exactly 16"
    );
}

#[test]
fn absurd_shapes_and_unknown_types_are_refused() {
    let absurd = row("<f8", 1 << 62, &[]);
    let text = read_bytes(&absurd).unwrap_err().to_string();
    assert!(
        text.starts_with("shape [1, 4611686018427387904]; at most"),
        "{text}"
    );
    // The size agrees, the memory does not.
    assert!(read(&absurd[..], u64::MAX).is_err());
    for descr in ["<c16", "|O", "<f2", "", "é", "<"] {
        let text = read_bytes(&row(descr, 1, &[0; 16]))
            .unwrap_err()
            .to_string();
        assert!(text.ends_with(ELEMENTS), "{text}");
    }
}

use std::io;

use ndarray::array;

use super::*;

fn parse(text: &str) -> Result<Array2<f64>, Fault> {
    read(text.as_bytes())
}

fn error(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn numbers_are_read_exactly() {
    let text = "0.1,-2e-3\n1e300,5\n";
    assert_eq!(parse(text).unwrap(), array![[0.1, -2e-3], [1e300, 5.0]]);
}

#[test]
fn header_comments_blank_lines_quotes_and_line_ends_are_understood() {
    let plain = array![[1.0, 2.0], [3.0, 4.0]];
    for text in [
        "1,2\n3,4",
        "a,b\n1,2\n3,4\n",
        "\u{feff}a,b\r\n1,2\r\n3,4\r\n",
        "# written by hand\n1,2\n\n3,4\n\n",
        "\"a\",\"b\"\n\"1\", 2\n 3 ,\"4\"\n",
    ] {
        assert_eq!(parse(text).unwrap(), plain, "{text:?}");
    }
}

#[test]
fn wrong_cells_are_named_by_line_and_column() {
    let allowed = "a finite number is needed; only a first line of names is taken as a header";
    assert_eq!(
        error("1,2\n3,x\n"),
        format!("line 2: column 2 is \"x\"; {allowed}")
    );
    assert_eq!(
        error("a,b\n\n1,NaN\n"),
        format!("line 3: column 2 is \"NaN\"; {allowed}")
    );
    assert_eq!(
        error("1,inf\n"),
        format!("line 1: column 2 is \"inf\"; {allowed}")
    );
    assert_eq!(
        error("1,1e999\n"),
        format!("line 1: column 2 is \"1e999\"; {allowed}")
    );
    // A typing error in the first line does not turn it into a header.
    assert_eq!(
        error("1,2,o\n1,2,3\n"),
        format!("line 1: column 3 is \"o\"; {allowed}")
    );
    let long = "9x".repeat(1000);
    assert!(error(&format!("1,2\n3,{long}\n")).len() < 200);
}

#[test]
fn ragged_and_empty_tables_are_refused() {
    assert_eq!(
        error("1,2\n3,4,5\n"),
        "line 2: 3 cells; the first line has 2, and every line needs as many"
    );
    assert_eq!(
        error("a,b,c\n1,2\n"),
        "line 2: 2 cells; the first line has 3, and every line needs as many"
    );
    for text in ["", "\n\n", "a,b\n", "# nothing\n"] {
        assert_eq!(error(text), "no line of numbers; at least one is needed");
    }
}

/// `count` copies of one byte, without the memory for them.
fn repeated(byte: u8, count: u64) -> io::Take<io::Repeat> {
    io::repeat(byte).take(count)
}

#[test]
fn a_line_of_a_gigabyte_is_read_no_further_than_the_limit() {
    for byte in [b'1', b',', b'"', b' ', 0] {
        let mut source = repeated(byte, 1 << 30);
        let text = read(&mut source).unwrap_err().to_string();
        assert!(
            text.starts_with("line 1: more than 4194304 bytes"),
            "{text}"
        );
        assert!(source.limit() > (1 << 30) - (5 << 20));
    }
}

#[test]
fn quotes_do_not_join_lines() {
    assert_eq!(
        error("1,2\n\"3,4\n5\",6\n"),
        "line 2: column 1 is \"\\\"3\"; a finite number is needed; only a first line of names is taken as a header"
    );
}

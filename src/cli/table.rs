//! Columns of text under one another.

/// Lays rows out in columns, the first column to the left and the others to the right. The last
/// cell of a row may be long: it ends its line.
pub fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells =
            row.iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, width))| match column {
                    0 => format!("{cell:<width$}"),
                    c if c + 1 == columns => cell.clone(),
                    _ => format!("{cell:>width$}"),
                });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn cells_stand_under_one_another() {
        let rows = [
            ["arm", "loss", "outcome"],
            ["mean-field", "1.0", "finished: ω"],
            ["ω", "0.25", "x"],
        ];
        let rows: Vec<_> = rows
            .iter()
            .map(|row| row.map(String::from).to_vec())
            .collect();
        let expected =
            "arm         loss  outcome\nmean-field   1.0  finished: ω\nω           0.25  x\n";
        assert_eq!(aligned(&rows), expected);
    }
}

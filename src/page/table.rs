//! The numbers of a figure as a table.

use std::collections::BTreeMap;

use crate::figure::{Axis, Figure, Ink, Layer};

use super::content::{ColourBar, Content, Plot};

/// Signs with which a spreadsheet begins a formula.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The numbers that a figure draws: a column a curve where it is one plot of curves, else a row a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// A word.
    Word(String),
    /// A number.
    Number(f64),
}

/// What is drawn under one name.
struct Series {
    name: String,
    points: Vec<Vec<f64>>,
    is_curve: bool,
}

impl Table {
    /// The numbers of what a panel shows.
    pub fn of(content: &Content) -> Self {
        let plots: Vec<(&Plot, Vec<Series>)> = content
            .plots
            .iter()
            .map(|plot| (plot, series_of(plot)))
            .collect();
        match &plots[..] {
            [(plot, series)] if series.iter().all(|series| series.is_curve) => {
                Self::by_curve(&plot.figure, series)
            }
            _ => Self::by_point(&plots),
        }
    }

    fn by_curve(figure: &Figure, series: &[Series]) -> Self {
        let named = |series: &Series| format!("{}: {}", series.name, figure.y.label);
        let columns = [figure.x.label.clone()]
            .into_iter()
            .chain(series.iter().map(named));
        let columns: Vec<String> = columns.collect();
        let mut rows: BTreeMap<u64, Vec<Cell>> = BTreeMap::new();
        for (column, series) in (1..).zip(series) {
            for point in &series.points {
                let [x, y] = point[..] else { continue };
                let row = rows.entry(ordered(x)).or_insert_with(|| {
                    let first = std::iter::once(Cell::Number(x));
                    first
                        .chain(std::iter::repeat_n(Cell::Blank, columns.len() - 1))
                        .collect()
                });
                if let Some(cell) = row.get_mut(column) {
                    *cell = Cell::Number(y);
                }
            }
        }
        Self {
            columns,
            rows: rows.into_values().collect(),
        }
    }

    fn by_point(plots: &[(&Plot, Vec<Series>)]) -> Self {
        let first = plots.first().map(|(plot, _)| &plot.figure);
        let axis =
            |of: fn(&Figure) -> &Axis| first.map_or_else(String::new, |f| of(f).label.clone());
        let all = || plots.iter().flat_map(|(_, series)| series);
        let width = all()
            .flat_map(|s| &s.points)
            .map(Vec::len)
            .max()
            .unwrap_or(2);
        let has_plots = plots.len() > 1;
        let head = has_plots.then(|| "plot".to_owned());
        let axes = ["series".to_owned(), axis(|f| &f.x), axis(|f| &f.y)];
        let more = (2..width).map(|i| match i {
            2 => "value".to_owned(),
            i => format!("value {}", i - 1),
        });
        let rows = plots.iter().flat_map(|(plot, series)| {
            series.iter().flat_map(move |series| {
                series.points.iter().map(move |point| {
                    let head = has_plots.then(|| Cell::Word(plot.name.clone()));
                    let numbers = point.iter().map(|number| Cell::Number(*number));
                    let cells = head
                        .into_iter()
                        .chain([Cell::Word(series.name.clone())])
                        .chain(numbers);
                    let mut cells: Vec<Cell> = cells.collect();
                    cells.resize(1 + width + usize::from(has_plots), Cell::Blank);
                    cells
                })
            })
        });
        Self {
            columns: head.into_iter().chain(axes).chain(more).collect(),
            rows: rows.collect(),
        }
    }

    /// As text with tabs, which a spreadsheet takes from the clipboard.
    pub fn tabbed(&self) -> String {
        let head = self
            .columns
            .iter()
            .map(|name| word(name))
            .collect::<Vec<_>>()
            .join("\t");
        let rows = self.rows.iter().map(|row| {
            let cells: Vec<String> = row.iter().map(Cell::text).collect();
            cells.join("\t")
        });
        let lines: Vec<String> = std::iter::once(head).chain(rows).collect();
        lines.join("\n") + "\n"
    }

    /// As a file of comma-separated values.
    pub fn csv(&self) -> Vec<u8> {
        let mut table = csv::Writer::from_writer(Vec::new());
        // Memory takes every record, and every row has a cell a column.
        let _ = table.write_record(self.columns.iter().map(|name| word(name)));
        for row in &self.rows {
            let _ = table.write_record(row.iter().map(Cell::text));
        }
        table.into_inner().unwrap_or_default()
    }
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Word(text) => word(text),
            Self::Number(number) => format!("{number:?}"),
        }
    }
}

/// A word on one line that no spreadsheet reads as a formula.
fn word(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.starts_with(FORMULAS) {
        return format!("'{line}");
    }
    line
}

/// A number whose order is that of finite and infinite doubles.
fn ordered(x: f64) -> u64 {
    let bits = x.to_bits();
    if x.is_sign_negative() {
        !bits
    } else {
        bits | (1 << 63)
    }
}

fn series_of(plot: &Plot) -> Vec<Series> {
    let figure = &plot.figure;
    let bar = plot.colour_bar.as_ref();
    figure
        .layers
        .iter()
        .filter_map(|layer| series(layer, figure, bar))
        .collect()
}

fn series(layer: &Layer, figure: &Figure, bar: Option<&ColourBar>) -> Option<Series> {
    let (x, y) = (figure.x.scale, figure.y.scale);
    let at = |[along, up]: [f64; 2]| vec![x.value(along), y.value(up)];
    let (name, points, is_curve) = match layer {
        Layer::Line(line) | Layer::Over(line) if line.ink != Ink::Cursor => {
            let points = line.points.iter().filter(|[_, up]| up.is_finite());
            (
                line.name.clone(),
                points.map(|point| at(*point)).collect(),
                true,
            )
        }
        Layer::Bound(bound) => {
            let points = bound.line.points.iter().filter(|[_, up]| up.is_finite());
            (
                bound.line.name.clone(),
                points.map(|point| at(*point)).collect(),
                true,
            )
        }
        Layer::Scatter(dots) => {
            let points = dots.points.iter().map(|point| at(*point));
            (dots.name.clone(), points.collect(), false)
        }
        Layer::Bars { bars, .. } => {
            let bars = bars.iter();
            let ends =
                bars.map(|[left, right, up]| vec![x.value(*left), y.value(*up), x.value(*right)]);
            ("bars".to_owned(), ends.collect(), false)
        }
        Layer::Intervals(intervals) => {
            let bars = intervals.bars.iter();
            let ends =
                bars.map(|[along, low, high]| vec![x.value(*along), y.value(*low), y.value(*high)]);
            ("intervals".to_owned(), ends.collect(), false)
        }
        Layer::Cells(cells) => {
            let bar = bar?;
            let range = bar.axis.range;
            let value = |share: f64| {
                bar.axis
                    .scale
                    .value(range.low + share * (range.high - range.low))
            };
            let middle = |edges: &[f64]| -> Vec<f64> {
                edges
                    .windows(2)
                    .map(|pair| 0.5 * (pair[0] + pair[1]))
                    .collect()
            };
            let (columns, rows) = (middle(&cells.x), middle(&cells.y));
            let places = columns
                .iter()
                .flat_map(|along| rows.iter().map(move |up| [*along, *up]));
            let filled = places.zip(&cells.fills).filter_map(|(place, fill)| {
                let mut point = at(place);
                point.push(value(fill.share?));
                Some(point)
            });
            ("cells".to_owned(), filled.collect(), false)
        }
        Layer::Line(_) | Layer::Over(_) | Layer::Rule(_) | Layer::Mark(_) => return None,
    };
    let points: Vec<Vec<f64>> = points;
    (!points.is_empty()).then_some(Series {
        name,
        points,
        is_curve,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Dash, Line, Range, Scale, Shaft};
    use crate::spec::PanelKind;

    fn axis(label: &str, scale: Scale) -> Axis {
        Axis {
            label: label.to_owned(),
            definition: String::new(),
            scale,
            whole: false,
            range: Range {
                low: 0.0,
                high: 1.0,
            },
            marks: Vec::new(),
        }
    }

    fn line(name: &str, points: &[[f64; 2]]) -> Layer {
        Layer::Line(Line {
            name: name.to_owned(),
            ink: Ink::Arm(0),
            shaft: Shaft {
                width: 1.0,
                opacity: 1.0,
                dash: Dash::SOLID,
            },
            points: points.to_vec(),
            end_label: None,
        })
    }

    fn content(layers: Vec<Layer>, plots: usize) -> Content {
        let figure = Figure {
            x: axis("step k", Scale::Linear),
            y: axis("loss", Scale::Linear),
            layers,
        };
        Content {
            kind: PanelKind::Loss,
            title: String::new(),
            sentence: String::new(),
            plots: vec![Plot::of(figure); plots],
            same_axes: true,
            key: Vec::new(),
        }
    }

    #[test]
    fn curves_stand_beside_each_other_with_blanks_where_one_has_no_point() {
        let layers = vec![
            line("ours", &[[0.0, 0.5], [2.0, 0.25]]),
            line("=cmd()|x", &[[1.0, 3.0], [2.0, f64::NAN]]),
        ];
        let table = Table::of(&content(layers, 1));
        let expected = "step k\tours: loss\t'=cmd()|x: loss\n0.0\t0.5\t\n1.0\t\t3.0\n2.0\t0.25\t\n";
        assert_eq!(table.tabbed(), expected);
        let csv = String::from_utf8(table.csv()).expect("UTF-8");
        assert_eq!(csv, expected.replace('\t', ","));
    }

    #[test]
    fn points_of_several_plots_stand_under_each_other() {
        let table = Table::of(&content(vec![line("a\tb", &[[0.0, -0.5]])], 2));
        assert_eq!(table.columns, ["plot", "series", "step k", "loss"]);
        assert_eq!(table.rows.len(), 2);
        assert!(
            table.tabbed().contains("\ta b\t0.0\t-0.5\n"),
            "{}",
            table.tabbed()
        );
    }
}

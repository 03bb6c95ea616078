//! A page for pgfplots: a picture whose axes and curves LaTeX draws in the fonts of the paper, and the table of
//! their numbers beside it.

mod table;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::figure::{Axis, Tick};
use crate::page::colours::Rgb;
use crate::page::sheet::{
    Dots, Item, Look, Page, Paint, Path, Placed, Raster, Series, Stroke, Text,
};
use crate::page::typeset::Weight;

pub use table::table;
pub use text::escaped;

/// A page as a `tikzpicture` that reads its numbers from `table`, the name of the file of [`table()`] as LaTeX
/// finds it. `provenance` stands in comments.
pub fn tex(page: &Page, table: &str, provenance: &[(String, String)]) -> String {
    let mut writer = Writer {
        page,
        colours: BTreeMap::new(),
        body: String::new(),
        column: 0,
    };
    writer.items();
    let mut out = String::new();
    for (key, value) in provenance {
        for line in value.lines() {
            out.push_str(&format!("% {key}: {}\n", comment(line)));
        }
    }
    out.push_str("% In the preamble: \\usepackage{pgfplots} \\pgfplotsset{compat=1.16}\n");
    for (colour, name) in &writer.colours {
        let Rgb(r, g, b) = colour;
        out.push_str(&format!("\\definecolor{{{name}}}{{RGB}}{{{r},{g},{b}}}\n"));
    }
    // Read once: every curve would read the whole file again.
    out.push_str(&format!(
        "\\pgfplotstableread[col sep=comma]{{{table}}}\\widescopetable\n"
    ));
    out.push_str("\\begin{tikzpicture}[x=1pt,y=1pt,inner sep=0pt,outer sep=0pt]\n");
    // TeX's point is 1/72.27 inch.
    let [width, height] = [page.width, page.height].map(big_points);
    out.push_str(&format!(
        "\\useasboundingbox (0,0) rectangle ({width},{height});\n"
    ));
    out.push_str(&writer.body);
    out.push_str("\\end{tikzpicture}%\n");
    out
}

/// A line that stays in its comment.
fn comment(line: &str) -> String {
    line.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// TeX's points of 1/72.27 inch in one of ours, of 1/72 inch.
const TEX_POINTS: f32 = 72.27 / 72.0;

fn big_points(value: f32) -> String {
    short(f64::from(value * TEX_POINTS), 3)
}

/// A number without zeros that say nothing.
fn short(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "" | "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

struct Writer<'a> {
    page: &'a Page,
    colours: BTreeMap<Rgb, String>,
    body: String,
    /// Series written so far, which is where their columns stand in the table.
    column: usize,
}

impl Writer<'_> {
    fn items(&mut self) {
        let placed = &self.page.placed;
        for (index, item) in self.page.items.iter().enumerate() {
            let of = placed.iter().find(|placed| placed.items.contains(&index));
            if let Some(placed) = of {
                if placed.cells.contains(&index) {
                    self.item(item);
                }
                if index + 1 == placed.items.end {
                    self.axis(placed);
                }
                continue;
            }
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Path(path) => self.path(path),
            Item::Dots(dots) => self.dots(dots),
            Item::Raster(raster) => self.raster(raster),
            Item::Text(text) => self.text(text),
        }
    }

    fn colour(&mut self, colour: Rgb) -> String {
        let count = self.colours.len();
        let name = self
            .colours
            .entry(colour)
            .or_insert_with(|| format!("widescope{}", letters(count)));
        name.clone()
    }

    /// A place on the page, y upwards.
    fn at(&self, [x, y]: [f32; 2]) -> String {
        format!("({},{})", big_points(x), big_points(self.page.height - y))
    }

    fn stroke(&mut self, stroke: &Stroke) -> String {
        let colour = self.colour(stroke.paint.colour);
        let mut options = format!(
            "draw={colour},line width={}pt,line join=round",
            big_points(stroke.width)
        );
        if stroke.paint.opacity < 1.0 {
            let _ = write!(
                options,
                ",draw opacity={}",
                short(stroke.paint.opacity.into(), 2)
            );
        }
        if !stroke.dash.is_empty() {
            options.push_str(",dash pattern=");
            let parts = stroke.dash.iter().enumerate().map(|(k, length)| {
                let way = if k % 2 == 0 { "on" } else { "off" };
                format!("{way} {}pt", big_points(*length))
            });
            options.push_str(&parts.collect::<Vec<_>>().join(" "));
        }
        options
    }

    fn fill(&mut self, paint: Paint) -> String {
        let colour = self.colour(paint.colour);
        match paint.opacity < 1.0 {
            true => format!(
                "fill={colour},fill opacity={}",
                short(paint.opacity.into(), 2)
            ),
            false => format!("fill={colour}"),
        }
    }

    fn look(&mut self, fill: Option<Paint>, stroke: Option<&Stroke>) -> String {
        let fill = fill.map(|paint| self.fill(paint));
        let stroke = stroke.map(|stroke| self.stroke(stroke));
        fill.into_iter().chain(stroke).collect::<Vec<_>>().join(",")
    }

    fn path(&mut self, path: &Path) {
        let look = self.look(path.fill, path.stroke.as_ref());
        let lines = path.lines.iter().map(|line| {
            let points: Vec<String> = line.iter().map(|point| self.at(*point)).collect();
            let end = if path.closed { " -- cycle" } else { "" };
            format!("{}{end}", points.join(" -- "))
        });
        let lines: Vec<String> = lines.collect();
        self.body
            .push_str(&format!("\\path[{look}] {};\n", lines.join(" ")));
    }

    fn dots(&mut self, dots: &Dots) {
        let look = self.look(dots.fill, dots.stroke.as_ref());
        let radius = big_points(dots.radius);
        for centre in &dots.centres {
            let at = self.at(*centre);
            self.body
                .push_str(&format!("\\path[{look}] {at} circle[radius={radius}];\n"));
        }
    }

    fn raster(&mut self, raster: &Raster) {
        let (columns, rows) = (raster.columns.max(1), raster.rows().max(1));
        let place = raster.place;
        let size = [place.width() / columns as f32, place.height() / rows as f32];
        for (index, cell) in raster.cells.iter().enumerate() {
            let (column, row) = ((index % columns) as f32, (index / columns) as f32);
            let corner = [place.left + column * size[0], place.top + row * size[1]];
            // A little over its edges, so that no seam shows between neighbours.
            let from = self.at([corner[0] - 0.03, corner[1] - 0.03]);
            let to = self.at([corner[0] + size[0] + 0.03, corner[1] + size[1] + 0.03]);
            let colour = self.colour(*cell);
            self.body
                .push_str(&format!("\\fill[{colour}] {from} rectangle {to};\n"));
        }
    }

    fn text(&mut self, text: &Text) {
        let colour = self.colour(text.colour);
        let turn = if text.upright { ",rotate=90" } else { "" };
        let font = font(text.set.size, text.set.weight);
        let (at, words) = (self.at(text.at), escaped(&text.set.pieces));
        self.body.push_str(&format!(
            "\\node[anchor=base west,text={colour}{turn},font={font}] at {at} {{{words}}};\n"
        ));
    }

    fn axis(&mut self, placed: &Placed) {
        let frame = placed.frame;
        let [x, y] = [frame.left, self.page.height - frame.bottom].map(big_points);
        let figure = &placed.plot.figure;
        let text = self.text_colour(placed);
        let mut options = vec![
            format!("at={{({x}pt,{y}pt)}},anchor=south west,scale only axis"),
            format!(
                "width={}pt,height={}pt",
                big_points(frame.width()),
                big_points(frame.height())
            ),
            "enlargelimits=false,unbounded coords=jump,clip mode=individual".to_owned(),
            format!(
                "tick align=outside,tick pos=left,every tick label/.append style={{text={text}}}"
            ),
            format!(
                "label style={{text={text},font={}}}",
                font(self.label_size(placed), Weight::Regular)
            ),
            format!(
                "tick label style={{font={}}}",
                font(self.tick_size(placed), Weight::Regular)
            ),
        ];
        let has_box = placed.plot.square || !placed.cells.is_empty();
        if !has_box {
            options.push("axis lines*=left".to_owned());
        }
        for (letter, axis, written, marks) in [
            ("x", &figure.x, placed.written[0], &placed.marks[0]),
            ("y", &figure.y, placed.written[1], &placed.marks[1]),
        ] {
            options.extend(axis_options(letter, axis, written, marks));
        }
        self.body
            .push_str(&format!("\\begin{{axis}}[{}]\n", options.join(",\n  ")));
        for series in &placed.series {
            self.series(series);
        }
        self.body.push_str("\\end{axis}\n");
    }

    /// Colour of the numbers of a plot.
    fn text_colour(&mut self, placed: &Placed) -> String {
        let colour = self.texts(placed).map(|text| text.colour).next();
        self.colour(colour.unwrap_or(Rgb::BLACK))
    }

    fn texts(&self, placed: &Placed) -> impl Iterator<Item = &Text> {
        let items = self
            .page
            .items
            .get(placed.items.clone())
            .unwrap_or_default();
        items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }

    fn label_size(&self, placed: &Placed) -> f32 {
        self.texts(placed)
            .map(|text| text.set.size)
            .fold(0.0, f32::max)
            .max(7.0)
    }

    fn tick_size(&self, placed: &Placed) -> f32 {
        let least = self
            .texts(placed)
            .map(|text| text.set.size)
            .fold(f32::INFINITY, f32::min);
        if least.is_finite() { least } else { 7.0 }
    }

    fn series(&mut self, series: &Series) {
        self.column += 1;
        let look = match &series.look {
            Look::Line(stroke) => format!("{},mark=none", self.stroke(stroke)),
            Look::Dots {
                radius,
                paint,
                hollow,
            } => {
                let colour = self.colour(paint.colour);
                let mark = if *hollow { "o" } else { "*" };
                format!(
                    "only marks,mark={mark},mark size={}pt,mark options={{draw={colour},fill={colour},line width=.4pt,opacity={}}}",
                    big_points(*radius),
                    short(paint.opacity.into(), 2)
                )
            }
            Look::Cross { radius, paint } => {
                let colour = self.colour(paint.colour);
                format!(
                    "only marks,mark=x,mark size={}pt,mark options={{draw={colour},line width=1pt}}",
                    big_points(*radius)
                )
            }
        };
        let column = self.column;
        self.body.push_str(&format!(
            "\\addplot[{look}] table[x=x{column},y=y{column}]{{\\widescopetable}};\n"
        ));
    }
}

/// Extent, marks and name of an axis.
fn axis_options(letter: &str, axis: &Axis, written: bool, marks: &[Tick]) -> Vec<String> {
    let value = |place: f64| match axis.scale.is_log() {
        true => format!("{:e}", 10f64.powf(place)),
        false => format!("{place:e}"),
    };
    let list = |major: bool| {
        let chosen = marks.iter().filter(|tick| tick.is_major() == major);
        chosen
            .map(|tick| value(tick.place))
            .collect::<Vec<_>>()
            .join(",")
    };
    let labels = marks.iter().filter(|tick| tick.is_major()).map(|tick| {
        let label = if written {
            escaped(&crate::page::typeset::pieces(&tick.label))
        } else {
            String::new()
        };
        format!("{{{label}}}")
    });
    let labels: Vec<String> = labels.collect();
    let mut options = vec![
        format!(
            "{letter}min={},{letter}max={}",
            value(axis.range.low),
            value(axis.range.high)
        ),
        format!(
            "{letter}tick={{{}}},{letter}ticklabels={{{}}}",
            list(true),
            labels.join(",")
        ),
    ];
    if axis.scale.is_log() {
        options.push(format!("{letter}mode=log"));
    }
    if marks.iter().any(|tick| !tick.is_major()) {
        options.push(format!("minor {letter}tick={{{}}}", list(false)));
    }
    if written && !axis.label.is_empty() {
        let label = escaped(&crate::page::typeset::pieces(&axis.label));
        options.push(format!("{letter}label={{{label}}}"));
    }
    options
}

fn font(size: f32, weight: Weight) -> String {
    let bold = if weight == Weight::Bold {
        "\\bfseries"
    } else {
        ""
    };
    let size = size * TEX_POINTS;
    format!(
        "\\fontsize{{{}}}{{{}}}\\selectfont{bold}",
        short(size.into(), 2),
        short((1.2 * size).into(), 2)
    )
}

/// A number in letters, since the names of colours in TeX are safest without digits.
fn letters(number: usize) -> String {
    let mut rest = number;
    let mut letters = String::new();
    loop {
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
        if rest == 0 {
            return letters;
        }
    }
}

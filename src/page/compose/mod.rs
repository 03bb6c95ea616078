//! Puts what panels show together on a page: letters, keys, plots, captions, without a collision.

mod bar;
mod canvas;
mod cells;
mod frame;
mod grid;
mod key;
mod labels;
mod layers;
mod panel;
mod plot;
mod single;
mod style;
mod ticks;

use super::colours::Colours;
use super::content::Content;
use super::sheet::Page;
use super::size::PageSize;
use super::typeset::{Fonts, Weight};

use canvas::{Canvas, End};
use style::Style;

/// Space around a page and between its panels, in points of print.
const MARGIN: f32 = 2.0;
const BETWEEN: f32 = 12.0;

/// Width of a panel, in points of print, below which no two stand beside each other unless that is asked for.
const NARROW: f32 = 150.0;

/// How a page is put together.
#[derive(Clone, Debug, PartialEq)]
pub struct PageOptions {
    /// Its size.
    pub size: PageSize,
    /// Panels side by side; `None` for what suits the width.
    pub columns: Option<usize>,
    /// A title above everything; empty for none.
    pub title: String,
    /// A caption below everything; empty for none.
    pub caption: String,
    /// What a reader calls the picture.
    pub name: String,
    /// What is seen, in words.
    pub alt: String,
}

/// Puts panels together on a page.
pub fn compose(contents: &[Content], colours: &Colours, options: &PageOptions) -> Page {
    let style = Style {
        scale: options.size.type_scale,
    };
    let fonts = Fonts::new();
    let mut canvas = Canvas::new(&fonts, colours, style);
    let margin = margin(options);
    let width = options.size.width - 2.0 * margin;
    let mut top = margin;
    for line in canvas.wrap(&options.title, (style.heading(), Weight::Bold), width) {
        let baseline = top + 0.78 * style.heading();
        canvas.put(line, [margin, baseline], End::Left, colours.text);
        top += Style::line_height(style.heading());
    }
    if !options.title.is_empty() {
        top += style.space(4.0);
    }
    let caption = canvas.wrap(&options.caption, (style.small(), Weight::Regular), width);
    let below = match caption.len() {
        0 => 0.0,
        lines => style.space(5.0) + lines as f32 * Style::line_height(style.small()),
    };
    let space = options
        .size
        .height
        .map(|height| height - top - below - margin);
    let bottom = top
        + rows(
            &mut canvas,
            contents,
            (margin, top, width, space),
            columns(contents.len(), width, options),
        );
    let mut baseline = match options.size.height {
        Some(height) => height - margin - below,
        None => bottom,
    } + style.space(5.0)
        + 0.78 * style.small();
    for line in caption {
        canvas.put(line, [margin, baseline], End::Left, colours.weak_text);
        baseline += Style::line_height(style.small());
    }
    Page {
        width: options.size.width,
        height: options.size.height.unwrap_or(bottom + below + margin),
        background: colours.panel,
        title: options.name.clone(),
        alt: options.alt.clone(),
        items: canvas.items,
        placed: canvas.placed,
    }
}

/// What is kept free at the edges: little in a paper, which has margins, more on a screen.
fn margin(options: &PageOptions) -> f32 {
    match options.size.height {
        Some(height) if options.size.type_scale > 1.0 => 0.04 * height,
        _ => MARGIN,
    }
}

fn columns(panels: usize, width: f32, options: &PageOptions) -> usize {
    let scale = options.size.type_scale;
    let fit = ((width + BETWEEN * scale) / ((NARROW + BETWEEN) * scale)) as usize;
    let suits = match panels {
        4 => 2,
        panels => panels.min(3),
    };
    options
        .columns
        .unwrap_or(suits.min(fit))
        .clamp(1, panels.max(1))
}

/// Draws the panels row by row; returns the height of all.
fn rows(
    canvas: &mut Canvas<'_>,
    contents: &[Content],
    (left, top, width, space): (f32, f32, f32, Option<f32>),
    columns: usize,
) -> f32 {
    let gap = canvas.style.space(BETWEEN);
    let own = (width - (columns - 1) as f32 * gap) / columns as f32;
    let count = contents.len().div_ceil(columns);
    let letter = |index: usize| {
        let letter = char::from(b'a' + (index % 26) as u8);
        (contents.len() > 1).then_some(letter)
    };
    let heights: Vec<f32> = contents
        .chunks(columns)
        .map(|row| {
            let natural = row.iter().map(|content| {
                let mut tried = canvas.blank();
                panel::draw(&mut tried, content, letter(0), [0.0, 0.0], (own, None))
            });
            natural.fold(0.0, f32::max)
        })
        .collect();
    let all = heights.iter().sum::<f32>() + (count.saturating_sub(1)) as f32 * gap;
    let scale = space.map_or(1.0, |space| {
        let gaps = all - heights.iter().sum::<f32>();
        (space - gaps) / heights.iter().sum::<f32>().max(1.0)
    });
    let mut y = top;
    for (number, (row, height)) in contents.chunks(columns).zip(&heights).enumerate() {
        let height = height * scale;
        for (k, content) in row.iter().enumerate() {
            let index = number * columns + k;
            let at = [left + k as f32 * (own + gap), y];
            panel::draw(canvas, content, letter(index), at, (own, Some(height)));
        }
        y += height + gap;
    }
    y - gap - top
}

//! Text set in the program's own fonts: sub- and superscripts, marks over letters, minus signs.

mod fonts;
mod parse;
mod scripts;
mod set;

pub use fonts::{FILES, Fonts, Outline, OutlinePart, SYMBOLS_DOWN};
pub use parse::{Piece, Shift, pieces};
pub use set::{Glyph, Typeset, Weight};

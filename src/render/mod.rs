//! Pictures of egui drawings without a window: no display, no GPU, no OpenGL library.
//!
//! The closure that draws the window draws the picture too. [`picture`] runs it until its layout
//! has settled; the [`Picture`] it returns becomes pixels ([`Picture::to_bitmap`],
//! [`Picture::to_png`]) or vectors ([`Picture::to_svg`]).

mod bitmap;
mod error;
mod limits;
mod options;
mod picture;
mod png_file;
mod raster;
mod svg;
mod textures;

pub use bitmap::Bitmap;
pub use error::PictureError;
pub use options::PictureOptions;
pub use picture::{Picture, picture};
pub use raster::{Target, rasterize};
pub use textures::Textures;

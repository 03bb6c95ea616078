//! The window without a window: a CPU rasteriser and an SVG writer.

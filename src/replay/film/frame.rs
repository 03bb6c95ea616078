//! The frames of an animation, and what differs between them.

/// An opaque picture, red, green and blue of each pixel, row by row from the top left.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The pixels.
    pub pixels: Vec<[u8; 3]>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Frame({}×{})", self.width, self.height)
    }
}

/// A box of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Frame {
    /// The least box that holds all that differs from the frame before; one pixel where nothing does, for an
    /// animation has no empty frames.
    pub(super) fn changed(&self, before: &Self) -> Part {
        let width = self.width.max(1) as usize;
        let differs = |index: &usize| self.pixels.get(*index) != before.pixels.get(*index);
        let changed = || (0..self.pixels.len()).filter(differs);
        let (Some(first), Some(last)) =
            (changed().next(), (0..self.pixels.len()).rev().find(differs))
        else {
            return Part {
                left: 0,
                top: 0,
                width: 1,
                height: 1,
            };
        };
        let columns = changed().map(|index| index % width);
        let (left, right) = columns.fold((width, 0), |(l, r), x| (l.min(x), r.max(x)));
        let (top, bottom) = (first / width, last / width);
        Part {
            left: left as u32,
            top: top as u32,
            width: (right - left + 1) as u32,
            height: (bottom - top + 1) as u32,
        }
    }

    /// The whole frame.
    pub(super) fn whole(&self) -> Part {
        Part {
            left: 0,
            top: 0,
            width: self.width,
            height: self.height,
        }
    }

    /// Places of the pixels in a box, row by row.
    pub(super) fn within(&self, part: Part) -> impl Iterator<Item = usize> + use<> {
        let width = self.width as usize;
        let rows = part.top as usize..(part.top + part.height) as usize;
        let columns = part.left as usize..(part.left + part.width) as usize;
        rows.flat_map(move |y| columns.clone().map(move |x| y * width + x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(dark: &[usize]) -> Frame {
        let pixel = |i: usize| if dark.contains(&i) { [0; 3] } else { [255; 3] };
        Frame {
            width: 4,
            height: 3,
            pixels: (0..12).map(pixel).collect(),
        }
    }

    #[test]
    fn the_box_holds_all_that_differs_and_no_more() {
        let part = frame(&[5, 10]).changed(&frame(&[]));
        assert_eq!((part.left, part.top, part.width, part.height), (1, 1, 2, 2));
        let places: Vec<usize> = frame(&[]).within(part).collect();
        assert_eq!(places, [5, 6, 9, 10]);
        let none = frame(&[3]).changed(&frame(&[3]));
        assert_eq!((none.width, none.height), (1, 1));
    }
}

//! A colour.

/// An opaque colour: red, green and blue as sRGB has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self(0, 0, 0);

    /// The colour a share of the way to another, number by number.
    pub fn towards(self, other: Self, share: f32) -> Self {
        let between =
            |a: u8, b: u8| ((1.0 - share) * f32::from(a) + share * f32::from(b) + 0.5) as u8;
        Self(
            between(self.0, other.0),
            between(self.1, other.1),
            between(self.2, other.2),
        )
    }

    /// Red, green, blue.
    pub fn parts(self) -> [u8; 3] {
        [self.0, self.1, self.2]
    }

    /// `#4cb8c4`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_way_from_black_to_white_is_grey() {
        assert_eq!(Rgb::BLACK.towards(Rgb::WHITE, 0.5), Rgb(128, 128, 128));
        assert_eq!(Rgb(1, 2, 3).towards(Rgb::WHITE, 0.0), Rgb(1, 2, 3));
        assert_eq!(Rgb(0x4c, 0xb8, 0xc4).hex(), "#4cb8c4");
    }
}

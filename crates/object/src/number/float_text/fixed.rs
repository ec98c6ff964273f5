//! [`Fixed`]: a few digits after the point, for floats of a common size, by arithmetic on whole numbers alone.

/// The most digits after the point.
const MOST_DIGITS: usize = 20;
/// The digits of the largest float that is taken, the point and a zero before it.
const ROOM: usize = 40;

const POWERS: [u128; MOST_DIGITS + 1] = {
    let mut powers = [1; MOST_DIGITS + 1];
    let mut index = 1;
    while index <= MOST_DIGITS {
        powers[index] = powers[index - 1] * 10;
        index += 1;
    }
    powers
};

/// A magnitude as text with a fixed number of digits after the point, rounded half to even from its exact value.
pub struct Fixed {
    bytes: [u8; ROOM],
    start: usize,
}

impl Fixed {
    /// The text of a magnitude below 2⁵³ with `precision` digits, 1 to 20; `None` for others.
    pub fn new(magnitude: f64, precision: usize) -> Option<Fixed> {
        if !(1..=MOST_DIGITS).contains(&precision) || !(0.0..9_007_199_254_740_992.0).contains(&magnitude) {
            return None;
        }
        let bits = magnitude.to_bits();
        let exponent = (bits >> 52) as u32;
        let fraction = bits & ((1 << 52) - 1);
        // The magnitude is `mantissa / 2^shift`; the product below stays under 2^120.
        let (mantissa, shift) = if exponent == 0 { (fraction, 1074) } else { (fraction | 1 << 52, 1075 - exponent) };
        let scaled = u128::from(mantissa) * POWERS[precision];
        let number = match shift {
            0 => scaled,
            1..128 => {
                let (whole, rest, half) = (scaled >> shift, scaled & ((1 << shift) - 1), 1 << (shift - 1));
                whole + u128::from(rest > half || rest == half && whole & 1 == 1)
            }
            _ => 0,
        };
        Some(Fixed::of_digits(number, precision))
    }

    fn of_digits(mut number: u128, precision: usize) -> Fixed {
        let mut fixed = Fixed { bytes: [b'0'; ROOM], start: ROOM };
        let mut written = 0;
        while number > u128::from(u64::MAX) {
            fixed.prepend((number % 10) as u8, &mut written, precision);
            number /= 10;
        }
        let mut number = number as u64;
        while number != 0 || written <= precision {
            fixed.prepend((number % 10) as u8, &mut written, precision);
            number /= 10;
        }
        fixed
    }

    #[inline(always)]
    fn prepend(&mut self, digit: u8, written: &mut usize, precision: usize) {
        if *written == precision {
            self.start -= 1;
            self.bytes[self.start] = b'.';
        }
        self.start -= 1;
        self.bytes[self.start] = b'0' + digit;
        *written += 1;
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[self.start..]).expect("digits are ASCII")
    }
}

#[cfg(test)]
mod tests {
    use super::Fixed;

    #[test]
    fn as_the_standard_library() {
        let mut word = 1u64;
        for step in 0..20_000u64 {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let magnitude = match step % 4 {
                0 => (word >> 11) as f64 / (1u64 << (word & 63)) as f64,
                1 => (word >> 40) as f64 / 8.0,
                2 => (word >> 50) as f64 / 1000.0,
                _ => f64::from_bits(word >> 2),
            };
            for precision in 1..=20 {
                if let Some(fixed) = Fixed::new(magnitude, precision) {
                    assert_eq!(fixed.as_str(), format!("{magnitude:.precision$}"));
                }
            }
        }
        assert_eq!(Fixed::new(0.125, 2).unwrap().as_str(), "0.12");
        assert_eq!(Fixed::new(0.375, 2).unwrap().as_str(), "0.38");
        assert_eq!(Fixed::new(9_007_199_254_740_991.0, 20).unwrap().as_str(), "9007199254740991.00000000000000000000");
        assert_eq!(Fixed::new(5e-324, 3).unwrap().as_str(), "0.000");
        assert!(Fixed::new(f64::NAN, 2).is_none() && Fixed::new(f64::INFINITY, 2).is_none());
    }
}

//! Floats of two and four bytes: rounded half to even, NaNs with what fits of their payload, as `PyFloat_Pack2` and
//! `PyFloat_Pack4` make them.

/// The bits of a float of four bytes; `None` where the number is too large for it.
pub fn to_single(x: f64) -> Option<u32> {
    if x.is_nan() {
        let bits = x.to_bits();
        let payload = (bits >> 29) as u32 & 0x7f_ffff;
        return Some((bits >> 32) as u32 & 0x8000_0000 | 0x7f80_0000 | if payload == 0 { 0x40_0000 } else { payload });
    }
    let single = x as f32;
    (single.is_finite() || x.is_infinite()).then(|| single.to_bits())
}

/// A float from the bits of one of four bytes; a signalling NaN stays one.
pub fn from_single(bits: u32) -> f64 {
    let single = f32::from_bits(bits);
    if single.is_nan() {
        let (sign, payload) = (u64::from(bits >> 31) << 63, u64::from(bits & 0x7f_ffff) << 29);
        return f64::from_bits(sign | 0x7ff << 52 | payload);
    }
    f64::from(single)
}

/// The bits of a float of two bytes; `None` where the number is too large for it.
pub fn to_half(x: f64) -> Option<u16> {
    const LARGEST_EXPONENT: i32 = 15;
    let sign = ((x.to_bits() >> 48) as u16) & 0x8000;
    if x.is_nan() {
        let payload = (x.to_bits() >> 42) as u16 & 0x3ff;
        return Some(sign | 0x7c00 | if payload == 0 { 0x200 } else { payload });
    }
    if x.is_infinite() {
        return Some(sign | 0x7c00);
    }
    let magnitude = x.abs();
    // The exponent of the lowest bit: that of the number, but not below that of the smallest subnormal.
    let exponent = ((magnitude.to_bits() >> 52) as i32 - 1023).max(-14);
    if exponent > LARGEST_EXPONENT {
        return None;
    }
    let units = (magnitude * 2f64.powi(10 - exponent)).round_ties_even() as u32;
    // Rounding up to the next power of two carries into the exponent, and from the largest one into infinity.
    let bits = ((exponent + 14) as u32 * 0x400 + units) as u16;
    (bits < 0x7c00).then_some(sign | bits)
}

/// A float from the bits of one of two bytes.
pub fn from_half(bits: u16) -> f64 {
    let sign = u64::from(bits >> 15) << 63;
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), bits & 0x3ff);
    let magnitude = match exponent {
        0x1f => f64::from_bits(0x7ff << 52 | u64::from(fraction) << 42),
        0 => f64::from(fraction) * 2f64.powi(-24),
        _ => f64::from(fraction | 0x400) * 2f64.powi(exponent - 25),
    };
    f64::from_bits(magnitude.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves() {
        for (x, bits) in [
            (0.0, Some(0)),
            (-0.0, Some(0x8000)),
            (1.5, Some(0x3e00)),
            (65519.999, Some(0x7bff)),
            (65520.0, None),
            (1e300, None),
            (5.96e-8, Some(1)),
            (2.98e-8, Some(0)),
            (2f64.powi(-14), Some(0x400)),
            (f64::INFINITY, Some(0x7c00)),
        ] {
            assert_eq!(to_half(x), bits, "{x}");
        }
        for bits in 0..=u16::MAX {
            assert_eq!(to_half(from_half(bits)), Some(bits));
        }
    }

    #[test]
    fn singles() {
        assert_eq!(to_single(1e39), None);
        assert_eq!(to_single(f64::INFINITY), Some(0x7f80_0000));
        assert_eq!(to_single(f64::NAN), Some(0x7fc0_0000));
        assert_eq!(to_single(from_single(0x7fa0_0001)), Some(0x7fa0_0001));
    }
}

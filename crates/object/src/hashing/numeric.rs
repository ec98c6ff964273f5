//! Hashes of numbers: equal numbers of any type have equal hashes, by reduction modulo the prime 2**61 - 1
//! (see "Hashing of numeric types" in the library reference).

use super::not_minus_one;
use crate::number::bigint::{Int, IntRef, arith, power};
use crate::number::complex::Complex;
use dashu_int::Sign;

const BITS: u32 = 61;

/// `sys.hash_info.modulus`.
pub const MODULUS: u64 = (1 << BITS) - 1;

/// `sys.hash_info.inf`: the hash of positive infinity.
pub const INFINITY: i64 = 314_159;

/// `sys.hash_info.nan`: not used, a NaN hashes by identity.
pub const NAN: i64 = 0;

/// `sys.hash_info.imag`: what a complex number's imaginary part is multiplied by.
pub const COMPLEX_MULTIPLIER: i64 = 1_000_003;

/// The hash of an integer within `i64`.
pub fn hash_small_int(value: i64) -> i64 {
    let magnitude = (value.unsigned_abs() % MODULUS).cast_signed();
    not_minus_one(if value < 0 { -magnitude } else { magnitude })
}

/// The hash of any integer.
pub fn hash_int(value: IntRef<'_>) -> i64 {
    match value {
        IntRef::Small(value) => hash_small_int(value),
        IntRef::Big(value) => {
            let (sign, words) = value.as_sign_words();
            let reduced = words.iter().rev().fold(0, |hash, word| {
                // 2**64 is 2**3 modulo the prime.
                reduce((u128::from(hash) << 3) + u128::from(*word))
            });
            let reduced = reduced.cast_signed();
            not_minus_one(if sign == Sign::Negative { -reduced } else { reduced })
        }
    }
}

fn reduce(value: u128) -> u64 {
    (value % u128::from(MODULUS)) as u64
}

/// The hash of a float; `None` for NaN, whose hash is that of its object's address.
pub fn hash_float(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { INFINITY } else { -INFINITY });
    }
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) };
    // Multiplying by two modulo 2**61 - 1 is a rotation of 61 bits, and so is dividing.
    let shift = exponent.rem_euclid(BITS as i32) as u32;
    let rotated = if shift == 0 { mantissa } else { (mantissa << shift & MODULUS) | mantissa >> (BITS - shift) };
    let magnitude = (rotated % MODULUS).cast_signed();
    Some(not_minus_one(if x < 0.0 { -magnitude } else { magnitude }))
}

/// The hash of a complex number from the hashes of its parts (by [`hash_float`], or its identity for NaN).
pub fn hash_complex(re: i64, im: i64) -> i64 {
    not_minus_one(re.wrapping_add(COMPLEX_MULTIPLIER.wrapping_mul(im)))
}

/// The hash of a fraction in lowest terms with a positive denominator, equal to that of an equal int or float.
pub fn hash_ratio(numerator: IntRef<'_>, denominator: IntRef<'_>) -> i64 {
    let modulus = Int::Small(MODULUS.cast_signed());
    // A denominator divisible by the prime has no inverse: the fraction hashes as infinity.
    let magnitude = match power::inverse(denominator, modulus.as_ref()) {
        Err(_) => INFINITY,
        Ok(inverse) => {
            let numerator = hash_int(arith::abs(numerator).as_ref());
            let inverse = inverse.to_i64().unwrap_or(0);
            reduce(u128::from(numerator.unsigned_abs()) * u128::from(inverse.unsigned_abs())).cast_signed()
        }
    };
    not_minus_one(if numerator.is_negative() { -magnitude } else { magnitude })
}

/// The hash of a complex number without NaN parts; `None` if there is one.
pub fn hash_complex_parts(z: Complex) -> Option<i64> {
    Some(hash_complex(hash_float(z.re)?, hash_float(z.im)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::IBig;

    // The numbers are CPython 3.14's.
    #[test]
    fn integers() {
        for (value, hash) in
            [(0, 0), (-1, -2), (-2, -2), ((1 << 61) - 1, 0), (1 - (1 << 61), 0), (1 << 61, 1), (i64::MIN, -4), (i64::MAX, 3)]
        {
            assert_eq!(hash_small_int(value), hash, "{value}");
            assert_eq!(hash_int(IntRef::Big(&IBig::from(value))), hash, "{value}");
        }
        let googol = IBig::from(10).pow(100);
        assert_eq!(hash_int(IntRef::Big(&googol)), 910685213754167845);
        assert_eq!(hash_int(IntRef::Big(&-googol)), -910685213754167845);
    }

    #[test]
    fn floats() {
        for (x, hash) in [
            (0.5, 1152921504606846976),
            (1e300, 1224995262755759164),
            (f64::INFINITY, 314159),
            (f64::NEG_INFINITY, -314159),
            (5e-324, 16777216),
            (-1.0, -2),
            (-0.0, 0),
            (2f64.powi(61), 1),
        ] {
            assert_eq!(hash_float(x), Some(hash), "{x}");
        }
        assert_eq!(hash_float(f64::NAN), None);
    }

    #[test]
    fn equal_numbers_hash_alike() {
        for x in [0.1, -0.75, 1e-300, 123456.789, 3.0, 1e22] {
            let (numerator, denominator) = crate::number::bigint::convert::float_ratio(x).unwrap();
            assert_eq!(Some(hash_ratio(numerator.as_ref(), denominator.as_ref())), hash_float(x));
        }
        assert_eq!(hash_ratio(IntRef::Small(-1), IntRef::Small(MODULUS.cast_signed())), -INFINITY);
    }

    #[test]
    fn complex_numbers() {
        let hash = |re: f64, im: f64| hash_complex_parts(Complex::new(re, im)).unwrap();
        assert_eq!(hash(0.0, 1.0), 1000003);
        assert_eq!(hash(1.0, 2.0), 2000007);
        assert_eq!(hash(-1.0, 0.0), -2);
        assert_eq!(hash(0.0, -1.0), -2000006);
    }
}

//! The gamma function and its logarithm by Lanczos' approximation, as CPython computes them.

use super::range_error;
use crate::number::error::NumberError;
use crate::number::float_text::repr;
use std::f64::consts::PI;

const LN_PI: f64 = 1.1447298858494002;
const G: f64 = 6.02468004077673;
const G_MINUS_HALF: f64 = 5.52468004077673;

/// Lanczos' sum for N = 13 as numerator and denominator of a rational function, lowest power first; the
/// coefficients are Boost's.
const LANCZOS: [(f64, f64); 13] = [
    (23531376880.41076, 0.0),
    (42919803642.6491, 39916800.0),
    (35711959237.35567, 120543840.0),
    (17921034426.03721, 150917976.0),
    (6039542586.352028, 105258076.0),
    (1439720407.3117216, 45995730.0),
    (248874557.86205417, 13339535.0),
    (31426415.585400194, 2637558.0),
    (2876370.6289353725, 357423.0),
    (186056.26539522348, 32670.0),
    (8071.672002365816, 1925.0),
    (210.82427775157936, 66.0),
    (2.5066282746310002, 1.0),
];

/// Factorials below the first that a float cannot hold exactly: gamma of 1 to 23.
const EXACT: usize = 23;

fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    if x < 5.0 {
        for (n, d) in LANCZOS.iter().rev() {
            numerator = numerator * x + n;
            denominator = denominator * x + d;
        }
    } else {
        // In powers of 1/x, so that large arguments do not overflow.
        for (n, d) in LANCZOS {
            numerator = numerator / x + n;
            denominator = denominator / x + d;
        }
    }
    numerator / denominator
}

/// The sine of pi times a finite number.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let result = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * result
}

/// Where a function has no value.
pub(super) enum Undefined {
    /// A pole, or minus infinity.
    Domain,
    /// Beyond the floats.
    Range,
}

/// Turns the outcome at `x` into `math`'s result.
pub(super) fn checked(x: f64, outcome: Result<f64, Undefined>) -> Result<f64, NumberError> {
    outcome.map_err(|undefined| match undefined {
        Undefined::Domain => NumberError::value(format!("expected a noninteger or positive integer, got {}", repr(x))),
        Undefined::Range => range_error(),
    })
}

pub(super) fn gamma(x: f64) -> Result<f64, Undefined> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x == f64::NEG_INFINITY || x == 0.0 {
        return Err(Undefined::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Undefined::Domain);
        }
        if x <= EXACT as f64 {
            return Ok((2..x as u64).map(|factor| factor as f64).product());
        }
    }
    let size = x.abs();
    if size < 1e-20 {
        return finite(1.0 / x);
    }
    if size > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Undefined::Range) };
    }
    let y = size + G_MINUS_HALF;
    // The error of that sum, and what it does to the result.
    let z = if size > G_MINUS_HALF { (y - size) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - size };
    let z = z * G / y;
    // The power is taken in two halves where it could overflow though the result does not.
    let (power, halves) = if size < 140.0 { (y.powf(size - 0.5), 1) } else { (y.powf(size / 2.0 - 0.25), 2) };
    let result = if x < 0.0 {
        let mut result = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        result -= z * result;
        (0..halves).fold(result, |result, _| result / power)
    } else {
        let mut result = lanczos_sum(size) / y.exp();
        result += z * result;
        (0..halves).fold(result, |result, _| result * power)
    };
    finite(result)
}

pub(super) fn lgamma(x: f64) -> Result<f64, Undefined> {
    if x.is_nan() {
        return Ok(x);
    }
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Undefined::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-size.ln());
    }
    let mut result = lanczos_sum(size).ln() - G;
    result += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        result = LN_PI - sin_pi(size).abs().ln() - size.ln() - result;
    }
    finite(result)
}

fn finite(result: f64) -> Result<f64, Undefined> {
    if result.is_infinite() { Err(Undefined::Range) } else { Ok(result) }
}

#[cfg(test)]
mod tests {
    use super::super::elementary::{gamma, lgamma};
    use super::*;

    // The values are CPython 3.14's.
    #[test]
    fn values() {
        for (x, expected) in [
            (0.3, 2.991568987687591),
            (-0.5, -3.544907701811032),
            (5.0, 24.0),
            (23.0, 1.1240007277776077e21),
            (171.5, 9.483367566824801e+307),
            (-170.5, -3.312739521538607e-308),
        ] {
            assert_eq!(gamma(x), Ok(expected), "{x}");
        }
        for (x, expected) in
            [(0.3, 1.0957979948180752), (-0.5, 1.265512123484645), (1000.0, 5905.220423209181), (1e-310, 713.8013788281542)]
        {
            assert_eq!(lgamma(x), Ok(expected), "{x}");
        }
    }

    #[test]
    fn errors() {
        let poles = "expected a noninteger or positive integer, got ";
        assert_eq!(gamma(-1.0), Err(NumberError::value(format!("{poles}-1.0"))));
        assert_eq!(gamma(-0.0), Err(NumberError::value(format!("{poles}-0.0"))));
        assert_eq!(gamma(f64::NEG_INFINITY), Err(NumberError::value(format!("{poles}-inf"))));
        assert_eq!(lgamma(0.0), Err(NumberError::value(format!("{poles}0.0"))));
        assert_eq!(lgamma(f64::NEG_INFINITY), Ok(f64::INFINITY));
        assert_eq!(gamma(200.0), Err(range_error()));
        assert_eq!(gamma(1e-310), Err(range_error()));
        assert_eq!(lgamma(1e308), Err(range_error()));
    }
}

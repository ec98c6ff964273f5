//! Sums without accumulated rounding errors: `math.fsum`, `sumprod`, and the lengths of `hypot` and `dist`.

use crate::number::error::NumberError;
use crate::number::float_arith::{frexp, ldexp};

/// An exact sum of floats that rounds once at the end: Shewchuk's algorithm as in `math.fsum`.
#[derive(Clone, Debug, Default)]
pub struct ExactSum {
    /// Floats without overlapping bits, the smallest first, whose sum is the exact one.
    partials: Vec<f64>,
    /// The sum of the infinities and NaNs seen.
    special: f64,
    /// The sum of the infinities seen: NaN if both signs were.
    infinities: f64,
}

impl ExactSum {
    /// Adds one number.
    ///
    /// # Errors
    /// `OverflowError` when a partial sum of finite numbers leaves the floats.
    pub fn add(&mut self, number: f64) -> Result<(), NumberError> {
        let mut x = number;
        let mut kept = 0;
        for index in 0..self.partials.len() {
            let y = self.partials[index];
            let (large, small) = if x.abs() < y.abs() { (y, x) } else { (x, y) };
            let sum = large + small;
            let error = small - (sum - large);
            if error != 0.0 {
                self.partials[kept] = error;
                kept += 1;
            }
            x = sum;
        }
        self.partials.truncate(kept);
        if x == 0.0 {
            return Ok(());
        }
        if x.is_finite() {
            self.partials.push(x);
            return Ok(());
        }
        if number.is_finite() {
            return Err(NumberError::overflow("intermediate overflow in fsum"));
        }
        if number.is_infinite() {
            self.infinities += number;
        }
        self.special += number;
        self.partials.clear();
        Ok(())
    }

    /// The sum, rounded half to even.
    ///
    /// # Errors
    /// `ValueError` when infinities of both signs were added.
    pub fn finish(mut self) -> Result<f64, NumberError> {
        if self.special != 0.0 {
            if self.infinities.is_nan() {
                return Err(NumberError::value("-inf + inf in fsum"));
            }
            return Ok(self.special);
        }
        let Some(mut high) = self.partials.pop() else {
            return Ok(0.0);
        };
        let mut low = 0.0;
        while let Some(y) = self.partials.pop() {
            let x = high;
            high = x + y;
            low = y - (high - x);
            if low != 0.0 {
                break;
            }
        }
        // If the rest lies on the same side as an error of exactly half a unit, rounding must go that way.
        if let Some(next) = self.partials.last()
            && ((low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
        {
            let doubled = low * 2.0;
            let candidate = high + doubled;
            if doubled == candidate - high {
                high = candidate;
            }
        }
        Ok(high)
    }
}

/// A sum and its rounding error, for `|a| >= |b|`.
fn fast_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, (a - sum) + b)
}

/// A sum and its rounding error (Knuth).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// A product and its rounding error.
fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// A sum of products in tripled precision: the float part of `math.sumprod`.
#[derive(Clone, Copy, Debug, Default)]
pub struct TripleLength {
    high: f64,
    low: f64,
    tiny: f64,
}

impl TripleLength {
    /// The sum with `x * y` more; `None` when it would not be finite (then `sumprod` goes on with plain
    /// arithmetic from what it has).
    pub fn add_product(self, x: f64, y: f64) -> Option<TripleLength> {
        let (product, product_error) = two_product(x, y);
        let (high, high_error) = two_sum(self.high, product);
        let (low, low_error) = two_sum(self.low, product_error);
        let (low, rest) = two_sum(low, high_error);
        high.is_finite().then_some(TripleLength { high, low, tiny: self.tiny + low_error + rest })
    }

    /// The sum as a float.
    pub fn to_f64(self) -> f64 {
        let (sum, error) = two_sum(self.low, self.high);
        self.tiny + error + sum
    }
}

/// The Euclidean length of a vector, almost always correctly rounded: `vector_norm` behind `hypot` and `dist`.
/// The coordinates are changed.
pub fn vector_norm(coordinates: &mut [f64]) -> f64 {
    let mut max = 0f64;
    let mut found_nan = false;
    for x in coordinates.iter_mut() {
        *x = x.abs();
        found_nan |= x.is_nan();
        if *x > max {
            max = *x;
        }
    }
    if max.is_infinite() {
        return max;
    }
    if found_nan {
        return f64::NAN;
    }
    if max == 0.0 || coordinates.len() <= 1 {
        return max;
    }
    scaled_norm(coordinates, max)
}

fn scaled_norm(coordinates: &mut [f64], max: f64) -> f64 {
    let (_, exponent) = frexp(max);
    if exponent < -1023 {
        // The scale would be infinite: lift subnormals first.
        coordinates.iter_mut().for_each(|x| *x /= f64::MIN_POSITIVE);
        return f64::MIN_POSITIVE * scaled_norm(coordinates, max / f64::MIN_POSITIVE);
    }
    let scale = ldexp(1.0, -exponent);
    // The sum starts at one, so that each addition is of a smaller number and its error exact.
    let (mut sum, mut product_errors, mut sum_errors) = (1.0, 0.0, 0.0);
    let mut add_square = |x: f64, y: f64| {
        let (product, product_error) = two_product(x, y);
        let (new_sum, sum_error) = fast_sum(sum, product);
        sum = new_sum;
        product_errors += product_error;
        sum_errors += sum_error;
        sum - 1.0 + (product_errors + sum_errors)
    };
    let mut total = 0.0;
    for x in coordinates.iter() {
        let x = x * scale;
        total = add_square(x, x);
    }
    let root = total.sqrt();
    // One step of Newton's method on the residual corrects the root's last bit.
    let residual = add_square(-root, root);
    (root + residual / (2.0 * root)) / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[f64]) -> Result<f64, NumberError> {
        let mut sum = ExactSum::default();
        numbers.iter().try_for_each(|x| sum.add(*x))?;
        sum.finish()
    }

    #[test]
    fn exact_sums() {
        assert_eq!(sum(&[1e16, 1.0, -1e16]), Ok(1.0));
        assert_eq!(sum(&[0.1; 10]), Ok(1.0));
        assert_eq!(sum(&[]), Ok(0.0));
        assert_eq!(sum(&[1.0, 2f64.powi(-53), 2f64.powi(-106)]), Ok(1.0000000000000002));
        assert_eq!(sum(&[1e308, 1e308, -1e308]), Err(NumberError::overflow("intermediate overflow in fsum")));
        let (inf, minus) = (f64::INFINITY, f64::NEG_INFINITY);
        assert_eq!(sum(&[inf, minus]), Err(NumberError::value("-inf + inf in fsum")));
        assert!(sum(&[inf, f64::NAN]).unwrap().is_nan());
        assert_eq!(sum(&[1.0, minus]), Ok(minus));
    }

    #[test]
    fn products() {
        let total = [(1e16, 1.0), (1.0, 1.0), (-1e16, 1.0)]
            .iter()
            .try_fold(TripleLength::default(), |total, (x, y)| total.add_product(*x, *y));
        assert_eq!(total.map(TripleLength::to_f64), Some(1.0));
        assert!(TripleLength::default().add_product(1e308, 10.0).is_none());
    }

    #[test]
    fn lengths() {
        assert_eq!(vector_norm(&mut [3.0, -4.0]), 5.0);
        assert_eq!(vector_norm(&mut []), 0.0);
        assert_eq!(vector_norm(&mut [-2.0]), 2.0);
        assert_eq!(vector_norm(&mut [f64::NAN, f64::NEG_INFINITY]), f64::INFINITY);
        assert_eq!(vector_norm(&mut [1e308, 1e308]), 1.4142135623730951e+308);
        assert_eq!(vector_norm(&mut [5e-324, 5e-324]), 5e-324);
        assert_eq!(vector_norm(&mut [1.0, -1.5]), 1.8027756377319946);
    }
}

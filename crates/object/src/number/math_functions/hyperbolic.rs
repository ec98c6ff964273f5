//! The inverse hyperbolic functions, by the formulas of FreeBSD's mathematical library, which the C libraries
//! share; Rust's own have different errors in the last place.

use std::f64::consts::LN_2;

/// Below this the argument is the result.
const TINY: f64 = 1.0 / (1u64 << 28) as f64;

/// Above this squares lose the one beside them.
const HUGE: f64 = (1u64 << 28) as f64;

pub(super) fn asinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < TINY {
        return x;
    }
    let result = if size > HUGE {
        size.ln() + LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

pub(super) fn acosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x >= HUGE {
        x.ln() + LN_2
    } else if x > 2.0 {
        (2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())).ln()
    } else {
        let above = x - 1.0;
        (above + (2.0 * above + above * above).sqrt()).ln_1p()
    }
}

pub(super) fn atanh(x: f64) -> f64 {
    let size = x.abs();
    if size >= 1.0 {
        return f64::NAN;
    }
    if size < TINY {
        return x;
    }
    let result = if size < 0.5 {
        let twice = size + size;
        0.5 * (twice + twice * size / (1.0 - size)).ln_1p()
    } else {
        0.5 * ((size + size) / (1.0 - size)).ln_1p()
    };
    result.copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At most one unit in the last place apart: C libraries differ there.
    fn assert_close(result: f64, expected: f64) {
        assert!(result.to_bits().abs_diff(expected.to_bits()) <= 1, "{result} {expected}");
    }

    // The values are CPython 3.14's.
    #[test]
    fn values() {
        for (x, expected) in
            [(1.0, 0.881373587019543), (-2.0, -1.4436354751788103), (1000.0, 7.600902709541988), (1e308, 709.889355822726)]
        {
            assert_close(asinh(x), expected);
        }
        for (x, expected) in [(1.0, 0.0), (2.0, 1.3169578969248168), (1000.0, 7.600902209541989)] {
            assert_close(acosh(x), expected);
        }
        for (x, expected) in [(0.3, 0.3095196042031117), (-0.5, -0.5493061443340549), (5e-324, 5e-324)] {
            assert_close(atanh(x), expected);
        }
        assert!(asinh(-0.0).is_sign_negative() && atanh(-0.0).is_sign_negative());
    }
}

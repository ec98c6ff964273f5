//! Addition, multiplication, division and what is made of them. The algorithms are the specification's, as `_pydecimal` and
//! libmpdec have them.

use std::cmp::Ordering;

use dashu_int::UBig;
use dashu_int::ops::DivRem;
use dashu_int::ops::SquareRoot;

use super::number::{MOST_DIGITS, Number, strip_zeros};
use super::rules::{Rounding, Rules, condition::*, power, shift_left};

/// The sum; `negate` takes the second operand with the opposite sign.
fn sum(a: &Number, b: &Number, negate: bool, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    let b_negative = b.negative != negate;
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) if a.negative != b_negative => return Number::fail(INVALID_OPERATION, status),
        (true, _) => return Number::infinity(a.negative),
        (_, true) => return Number::infinity(b_negative),
        _ => {}
    }
    let (high, low, high_negative, low_negative) = match a.exponent >= b.exponent {
        true => (a, b, a.negative, b_negative),
        false => (b, a, b_negative, a.negative),
    };
    // Only digits that can matter are added: those far below the result's last one count as one.
    let mut low_exponent = low.exponent;
    let mut tiny = None;
    if high.exponent > low.exponent && !high.coefficient.is_zero() {
        let digits = high.digits();
        let floor = high.exponent - 1 + if digits > rules.prec { 0 } else { digits - rules.prec - 1 };
        if low.adjusted() < floor {
            low_exponent = floor;
            tiny = Some(if low.coefficient.is_zero() { UBig::ZERO } else { UBig::ONE });
        }
    }
    let Some(high) = shift_left(&high.coefficient, high.exponent - low_exponent, status) else {
        return Number::nan();
    };
    let low = tiny.as_ref().unwrap_or(&low.coefficient);
    let (coefficient, negative) = if high_negative == low_negative {
        (high + low, high_negative)
    } else {
        match high.cmp(low) {
            Ordering::Greater => (high - low, high_negative),
            Ordering::Less => (low - high, low_negative),
            Ordering::Equal => (UBig::ZERO, rules.rounding == Rounding::Floor),
        }
    };
    Number::finite(negative, coefficient, low_exponent).finish(rules, status)
}

pub fn add(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    sum(a, b, false, rules, status)
}

pub fn subtract(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    sum(a, b, true, rules, status)
}

pub fn plus(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    // Zero keeps its sign only where it is rounded to the floor.
    let negative = a.negative && (!a.is_zero() || rules.rounding == Rounding::Floor);
    a.clone().with_sign(negative).finish(rules, status)
}

pub fn minus(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    let negative = if a.is_zero() { !a.negative && rules.rounding == Rounding::Floor } else { !a.negative };
    a.clone().with_sign(negative).finish(rules, status)
}

pub fn absolute(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    match a.negative {
        true => minus(a, rules, status),
        false => plus(a, rules, status),
    }
}

/// The product, which nothing has been rounded of.
fn product(a: &Number, b: &Number, status: &mut u32) -> Number {
    let negative = a.negative != b.negative;
    if a.is_infinite() || b.is_infinite() {
        return match a.is_zero() || b.is_zero() {
            true => Number::fail(INVALID_OPERATION, status),
            false => Number::infinity(negative),
        };
    }
    Number::finite(negative, &a.coefficient * &b.coefficient, a.exponent + b.exponent)
}

pub fn multiply(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    match Number::propagate(&[a, b], rules, status) {
        Some(nan) => nan,
        None => product(a, b, status).finish(rules, status),
    }
}

pub fn fma(a: &Number, b: &Number, c: &Number, rules: &Rules, status: &mut u32) -> Number {
    // An invalid product comes before a third operand that is a NaN.
    if a.is_nan() || b.is_nan() {
        return Number::propagate(&[a, b, c], rules, status).unwrap_or_else(Number::nan);
    }
    let product = product(a, b, status);
    if product.is_nan() {
        return product;
    }
    add(&product, c, rules, status)
}

pub fn divide(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    let negative = a.negative != b.negative;
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) => return Number::fail(INVALID_OPERATION, status),
        (true, false) => return Number::infinity(negative),
        (false, true) => {
            *status |= CLAMPED;
            return Number::zero(negative, rules.etiny());
        }
        _ => {}
    }
    if b.coefficient.is_zero() {
        if a.coefficient.is_zero() {
            return Number::fail(DIVISION_UNDEFINED, status);
        }
        *status |= DIVISION_BY_ZERO;
        return Number::infinity(negative);
    }
    let ideal = a.exponent - b.exponent;
    if a.coefficient.is_zero() {
        return Number::zero(negative, ideal).finish(rules, status);
    }
    let (a_digits, b_digits) = (a.digits(), b.digits());
    let mut shift = b_digits - a_digits + rules.prec + 1;
    // A quotient that would fill the memory may be exact, and then it is short.
    let exact_only = shift > MOST_DIGITS;
    if exact_only {
        shift = 4 * b_digits + 1;
    }
    let (numerator, denominator) = match shift >= 0 {
        true => (shift_left(&a.coefficient, shift, status), Some(b.coefficient.clone())),
        false => (Some(a.coefficient.clone()), shift_left(&b.coefficient, -shift, status)),
    };
    let (Some(numerator), Some(denominator)) = (numerator, denominator) else { return Number::nan() };
    let (mut quotient, rest) = numerator.div_rem(&denominator);
    let mut exponent = ideal - shift;
    if !rest.is_zero() {
        if exact_only {
            return Number::fail(MEMORY, status);
        }
        // Not the last digit that is kept: one that shows on which side of a half the rest is.
        if (&quotient % 5u8) == 0 {
            quotient += 1u8;
        }
    } else {
        exponent += strip_zeros(&mut quotient, ideal - exponent);
    }
    Number::finite(negative, quotient, exponent).finish(rules, status)
}

/// Quotient and remainder of the division of whole numbers, the latter not yet rounded (`_divide` of `_pydecimal`).
fn whole_division(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> (Number, Number) {
    let negative = a.negative != b.negative;
    let ideal = if b.is_infinite() { a.exponent } else { a.exponent.min(b.exponent) };
    let difference = if b.is_infinite() { i64::MIN } else { a.adjusted() - b.adjusted() };
    if a.coefficient.is_zero() || difference <= -2 {
        let rest = match a.coefficient.is_zero() {
            true => Some((Number::zero(a.negative, ideal), true)),
            false => a.rescaled(ideal, rules.rounding, status),
        };
        return (Number::zero(negative, 0), rest.map_or_else(Number::nan, |(rest, _)| rest));
    }
    if difference <= rules.prec {
        let numerator = shift_left(&a.coefficient, a.exponent - b.exponent, status);
        let denominator = shift_left(&b.coefficient, b.exponent - a.exponent, status);
        let (Some(numerator), Some(denominator)) = (numerator, denominator) else { return (Number::nan(), Number::nan()) };
        let (quotient, rest) = numerator.div_rem(&denominator);
        let quotient = Number::finite(negative, quotient, 0);
        if quotient.digits() <= rules.prec {
            return (quotient, Number::finite(a.negative, rest, ideal));
        }
    }
    (Number::fail(DIVISION_IMPOSSIBLE, status), Number::nan())
}

pub fn divide_int(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        return match b.is_infinite() {
            true => Number::fail(INVALID_OPERATION, status),
            false => Number::infinity(negative),
        };
    }
    if b.is_zero() {
        if a.is_zero() {
            return Number::fail(DIVISION_UNDEFINED, status);
        }
        *status |= DIVISION_BY_ZERO;
        return Number::infinity(negative);
    }
    whole_division(a, b, rules, status).0.finish(rules, status)
}

pub fn remainder(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    if a.is_infinite() {
        return Number::fail(INVALID_OPERATION, status);
    }
    if b.is_zero() {
        let condition = if a.is_zero() { DIVISION_UNDEFINED } else { INVALID_OPERATION };
        return Number::fail(condition, status);
    }
    if b.is_infinite() {
        return a.clone().finish(rules, status);
    }
    whole_division(a, b, rules, status).1.finish(rules, status)
}

pub fn divmod(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> (Number, Number) {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return (nan.clone(), nan);
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        let quotient = match b.is_infinite() {
            true => Number::nan(),
            false => Number::infinity(negative),
        };
        return (quotient, Number::fail(INVALID_OPERATION, status));
    }
    if b.is_zero() {
        if a.is_zero() {
            return (Number::nan(), Number::fail(DIVISION_UNDEFINED, status));
        }
        *status |= DIVISION_BY_ZERO;
        return (Number::infinity(negative), Number::fail(INVALID_OPERATION, status));
    }
    let (quotient, rest) = whole_division(a, b, rules, status);
    (quotient.finish(rules, status), rest.finish(rules, status))
}

pub fn remainder_near(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    if a.is_infinite() {
        return Number::fail(INVALID_OPERATION, status);
    }
    if b.is_zero() {
        let condition = if a.is_zero() { DIVISION_UNDEFINED } else { INVALID_OPERATION };
        return Number::fail(condition, status);
    }
    if b.is_infinite() {
        return a.clone().finish(rules, status);
    }
    let ideal = a.exponent.min(b.exponent);
    if a.is_zero() {
        return Number::zero(a.negative, ideal).finish(rules, status);
    }
    let difference = a.adjusted() - b.adjusted();
    if difference > rules.prec {
        return Number::fail(DIVISION_IMPOSSIBLE, status);
    }
    if difference <= -2 {
        return match a.rescaled(ideal, rules.rounding, status) {
            Some((same, _)) => same.finish(rules, status),
            None => Number::nan(),
        };
    }
    let numerator = shift_left(&a.coefficient, a.exponent - b.exponent, status);
    let denominator = shift_left(&b.coefficient, b.exponent - a.exponent, status);
    let (Some(numerator), Some(denominator)) = (numerator, denominator) else { return Number::nan() };
    let (mut quotient, mut rest) = numerator.div_rem(&denominator);
    let mut negative = a.negative;
    let odd = &quotient % 2u8;
    if (&rest << 1usize) + odd > denominator {
        rest = denominator - rest;
        negative = !negative;
        quotient += 1u8;
    }
    if super::number::count_digits(&quotient) > rules.prec {
        return Number::fail(DIVISION_IMPOSSIBLE, status);
    }
    Number::finite(negative, rest, ideal).finish(rules, status)
}

pub fn square_root(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    if a.is_infinite() && !a.negative {
        return a.clone();
    }
    if a.is_zero() {
        return Number::zero(a.negative, a.exponent >> 1).finish(rules, status);
    }
    if a.negative {
        return Number::fail(INVALID_OPERATION, status);
    }
    let digits = a.digits();
    let mut exponent = a.exponent >> 1;
    let (radicand, half) = match a.exponent & 1 {
        0 => (a.coefficient.clone(), (digits + 1) >> 1),
        _ => (&a.coefficient * 10u8, (digits >> 1) + 1),
    };
    // As in division, a root that would fill the memory may be exact.
    let exact_only = rules.prec > MOST_DIGITS / 2;
    let places = if exact_only { half } else { rules.prec + 1 };
    let shift = places - half;
    let (radicand, mut exact) = match shift >= 0 {
        true => match power(2 * shift, status) {
            Some(unit) => (radicand * unit, true),
            None => return Number::nan(),
        },
        false => {
            let (kept, rest) = radicand.div_rem(&super::number::pow10(-2 * shift));
            (kept, rest.is_zero())
        }
    };
    exponent -= shift;
    let mut root = radicand.sqrt();
    exact &= &root * &root == radicand;
    if exact {
        if shift >= 0 {
            root /= super::number::pow10(shift);
        } else {
            root *= super::number::pow10(-shift);
        }
        exponent += shift;
    } else if exact_only {
        return Number::fail(MEMORY, status);
    } else if (&root % 5u8) == 0 {
        root += 1u8;
    }
    Number::finite(false, root, exponent).finish(&rules.rounded(Rounding::HalfEven), status)
}

//! Addition, multiplication, division and what is made of them. The algorithms are the specification's, as `_pydecimal` and
//! libmpdec have them.

use std::cmp::Ordering;

use dashu_int::UBig;
use pvm_object::number::NumberError;
use pvm_object::number::bigint::large;

use super::number::{MOST_DIGITS, Number, Outcome, count_digits, pow10, strip_zeros};
use super::rules::{Rounding, Rules, condition::*, power, shift_left};

/// The sum; `negate` takes the second operand with the opposite sign.
fn sum(a: &Number, b: &Number, negate: bool, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    let b_negative = b.negative != negate;
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) if a.negative != b_negative => return Number::fail(INVALID_OPERATION, status),
        (true, _) => return Ok(Number::infinity(a.negative)),
        (_, true) => return Ok(Number::infinity(b_negative)),
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
        let digits = high.digits()?;
        let floor = high.exponent - 1 + if digits > rules.prec { 0 } else { digits - rules.prec - 1 };
        if low.adjusted()? < floor {
            low_exponent = floor;
            tiny = Some(if low.coefficient.is_zero() { UBig::ZERO } else { UBig::ONE });
        }
    }
    let high = shift_left(&high.coefficient, high.exponent - low_exponent)?;
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

pub fn add(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    sum(a, b, false, rules, status)
}

pub fn subtract(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    sum(a, b, true, rules, status)
}

pub fn plus(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    // Zero keeps its sign only where it is rounded to the floor.
    let negative = a.negative && (!a.is_zero() || rules.rounding == Rounding::Floor);
    a.clone().with_sign(negative).finish(rules, status)
}

pub fn minus(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    let negative = if a.is_zero() { !a.negative && rules.rounding == Rounding::Floor } else { !a.negative };
    a.clone().with_sign(negative).finish(rules, status)
}

pub fn absolute(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    match a.negative {
        true => minus(a, rules, status),
        false => plus(a, rules, status),
    }
}

/// The product, which nothing has been rounded of.
fn product(a: &Number, b: &Number, status: &mut u32) -> Outcome {
    let negative = a.negative != b.negative;
    if a.is_infinite() || b.is_infinite() {
        return match a.is_zero() || b.is_zero() {
            true => Number::fail(INVALID_OPERATION, status),
            false => Ok(Number::infinity(negative)),
        };
    }
    Ok(Number::finite(negative, large::mul(&a.coefficient, &b.coefficient)?, a.exponent + b.exponent))
}

pub fn multiply(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    match Number::propagate(&[a, b], rules, status)? {
        Some(nan) => Ok(nan),
        None => product(a, b, status)?.finish(rules, status),
    }
}

pub fn fma(a: &Number, b: &Number, c: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    // An invalid product comes before a third operand that is a NaN.
    if a.is_nan() || b.is_nan() {
        return Ok(Number::propagate(&[a, b, c], rules, status)?.unwrap_or_else(Number::nan));
    }
    let product = product(a, b, status)?;
    if product.is_nan() {
        return Ok(product);
    }
    add(&product, c, rules, status)
}

pub fn divide(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    let negative = a.negative != b.negative;
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) => return Number::fail(INVALID_OPERATION, status),
        (true, false) => return Ok(Number::infinity(negative)),
        (false, true) => {
            *status |= CLAMPED;
            return Ok(Number::zero(negative, rules.etiny()));
        }
        _ => {}
    }
    if b.coefficient.is_zero() {
        if a.coefficient.is_zero() {
            return Number::fail(DIVISION_UNDEFINED, status);
        }
        *status |= DIVISION_BY_ZERO;
        return Ok(Number::infinity(negative));
    }
    let ideal = a.exponent - b.exponent;
    if a.coefficient.is_zero() {
        return Number::zero(negative, ideal).finish(rules, status);
    }
    let (a_digits, b_digits) = (a.digits()?, b.digits()?);
    let mut shift = b_digits - a_digits + rules.prec + 1;
    // A quotient that would fill the memory may be exact, and then it is short.
    let exact_only = shift > MOST_DIGITS;
    if exact_only {
        shift = 4 * b_digits + 1;
    }
    // Only one of the two is shifted.
    let (numerator, denominator) = (shift_left(&a.coefficient, shift)?, shift_left(&b.coefficient, -shift)?);
    let (mut quotient, rest) = large::div_rem(&numerator, &denominator)?;
    let mut exponent = ideal - shift;
    if !rest.is_zero() {
        if exact_only {
            return Err(NumberError::Memory);
        }
        // Not the last digit that is kept: one that shows on which side of a half the rest is.
        if (&quotient % 5u8) == 0 {
            quotient += 1u8;
        }
    } else {
        exponent += strip_zeros(&mut quotient, ideal - exponent)?;
    }
    Number::finite(negative, quotient, exponent).finish(rules, status)
}

/// Quotient and remainder of two coefficients, brought to one exponent, and the denominator.
fn scaled_division(a: &Number, b: &Number) -> Outcome<(UBig, UBig, UBig)> {
    let numerator = shift_left(&a.coefficient, a.exponent - b.exponent)?;
    let denominator = shift_left(&b.coefficient, b.exponent - a.exponent)?;
    let (quotient, rest) = large::div_rem(&numerator, &denominator)?;
    Ok((quotient, rest, denominator))
}

/// Quotient and remainder of the division of whole numbers, the latter not yet rounded (`_divide` of `_pydecimal`).
fn whole_division(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome<(Number, Number)> {
    let negative = a.negative != b.negative;
    let ideal = if b.is_infinite() { a.exponent } else { a.exponent.min(b.exponent) };
    let difference = if b.is_infinite() { i64::MIN } else { a.adjusted()? - b.adjusted()? };
    if a.coefficient.is_zero() || difference <= -2 {
        let rest = match a.coefficient.is_zero() {
            true => Number::zero(a.negative, ideal),
            false => a.rescaled(ideal, rules.rounding)?.0,
        };
        return Ok((Number::zero(negative, 0), rest));
    }
    if difference <= rules.prec {
        let (quotient, rest, _) = scaled_division(a, b)?;
        let quotient = Number::finite(negative, quotient, 0);
        if quotient.digits()? <= rules.prec {
            return Ok((quotient, Number::finite(a.negative, rest, ideal)));
        }
    }
    Ok((Number::fail(DIVISION_IMPOSSIBLE, status)?, Number::nan()))
}

pub fn divide_int(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        return match b.is_infinite() {
            true => Number::fail(INVALID_OPERATION, status),
            false => Ok(Number::infinity(negative)),
        };
    }
    if b.is_zero() {
        if a.is_zero() {
            return Number::fail(DIVISION_UNDEFINED, status);
        }
        *status |= DIVISION_BY_ZERO;
        return Ok(Number::infinity(negative));
    }
    whole_division(a, b, rules, status)?.0.finish(rules, status)
}

/// The remainder where it needs no division.
fn special_remainder(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome<Option<Number>> {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(Some(nan));
    }
    if a.is_infinite() {
        return Number::fail(INVALID_OPERATION, status).map(Some);
    }
    if b.is_zero() {
        let condition = if a.is_zero() { DIVISION_UNDEFINED } else { INVALID_OPERATION };
        return Number::fail(condition, status).map(Some);
    }
    if b.is_infinite() {
        return a.clone().finish(rules, status).map(Some);
    }
    Ok(None)
}

pub fn remainder(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    match special_remainder(a, b, rules, status)? {
        Some(special) => Ok(special),
        None => whole_division(a, b, rules, status)?.1.finish(rules, status),
    }
}

pub fn divmod(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome<(Number, Number)> {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok((nan.clone(), nan));
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        let quotient = match b.is_infinite() {
            true => Number::nan(),
            false => Number::infinity(negative),
        };
        return Ok((quotient, Number::fail(INVALID_OPERATION, status)?));
    }
    if b.is_zero() {
        if a.is_zero() {
            return Ok((Number::nan(), Number::fail(DIVISION_UNDEFINED, status)?));
        }
        *status |= DIVISION_BY_ZERO;
        return Ok((Number::infinity(negative), Number::fail(INVALID_OPERATION, status)?));
    }
    let (quotient, rest) = whole_division(a, b, rules, status)?;
    Ok((quotient.finish(rules, status)?, rest.finish(rules, status)?))
}

pub fn remainder_near(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(special) = special_remainder(a, b, rules, status)? {
        return Ok(special);
    }
    let ideal = a.exponent.min(b.exponent);
    if a.is_zero() {
        return Number::zero(a.negative, ideal).finish(rules, status);
    }
    let difference = a.adjusted()? - b.adjusted()?;
    if difference > rules.prec {
        return Number::fail(DIVISION_IMPOSSIBLE, status);
    }
    if difference <= -2 {
        return a.rescaled(ideal, rules.rounding)?.0.finish(rules, status);
    }
    let (mut quotient, mut rest, denominator) = scaled_division(a, b)?;
    let mut negative = a.negative;
    let odd = &quotient % 2u8;
    if (&rest << 1usize) + odd > denominator {
        rest = denominator - rest;
        negative = !negative;
        quotient += 1u8;
    }
    if count_digits(&quotient)? > rules.prec {
        return Number::fail(DIVISION_IMPOSSIBLE, status);
    }
    Number::finite(negative, rest, ideal).finish(rules, status)
}

pub fn square_root(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    if a.is_infinite() && !a.negative {
        return Ok(a.clone());
    }
    if a.is_zero() {
        return Number::zero(a.negative, a.exponent >> 1).finish(rules, status);
    }
    if a.negative {
        return Number::fail(INVALID_OPERATION, status);
    }
    let digits = a.digits()?;
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
        true => (large::mul(&radicand, &power(2 * shift)?)?, true),
        false => {
            let (kept, rest) = large::div_rem(&radicand, &pow10(-2 * shift)?)?;
            (kept, rest.is_zero())
        }
    };
    exponent -= shift;
    let mut root = large::isqrt(radicand.clone())?;
    exact &= large::sqr(&root)? == radicand;
    if exact {
        if shift >= 0 {
            root = large::div_rem(&root, &pow10(shift)?)?.0;
        } else {
            root = large::mul(&root, &pow10(-shift)?)?;
        }
        exponent += shift;
    } else if exact_only {
        return Err(NumberError::Memory);
    } else if (&root % 5u8) == 0 {
        root += 1u8;
    }
    Number::finite(false, root, exponent).finish(&rules.rounded(Rounding::HalfEven), status)
}

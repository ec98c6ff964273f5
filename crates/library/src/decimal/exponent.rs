//! Operations on exponents and single digits: `quantize`, whole numbers, neighbours, logical operations, shifts.

use dashu_int::UBig;

use super::arithmetic::{add, subtract};
use super::compare::compare_values;
use super::number::{MOST_DIGITS, Number, Rest, count_digits, pow10, shift_right, strip_zeros};
use super::power::to_i64;
use super::rules::{Rounding, Rules, condition::*, shift_left};

/// The number with the exponent of another.
pub fn quantize(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    if a.is_infinite() || b.is_infinite() {
        return match a.is_infinite() && b.is_infinite() {
            true => a.clone(),
            false => Number::fail(INVALID_OPERATION, status),
        };
    }
    if b.exponent > rules.emax || b.exponent < rules.etiny() {
        return Number::fail(INVALID_OPERATION, status);
    }
    if a.coefficient.is_zero() {
        return Number::zero(a.negative, b.exponent).finish(rules, status);
    }
    let adjusted = a.adjusted();
    if adjusted > rules.emax || adjusted - b.exponent + 1 > rules.prec {
        return Number::fail(INVALID_OPERATION, status);
    }
    let Some((result, exact)) = a.rescaled(b.exponent, rules.rounding, status) else { return Number::nan() };
    if result.adjusted() > rules.emax || result.digits() > rules.prec {
        return Number::fail(INVALID_OPERATION, status);
    }
    if !result.coefficient.is_zero() && result.adjusted() < rules.emin {
        *status |= SUBNORMAL;
    }
    if result.exponent > a.exponent {
        *status |= ROUNDED;
        if !exact {
            *status |= INEXACT;
        }
    }
    result.finish(rules, status)
}

/// Whole, rounded where it is not; `exactly` tells of it (`to_integral_exact`, `to_integral_value`).
pub fn to_integral(a: &Number, exactly: bool, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    if a.is_infinite() || a.exponent >= 0 {
        return a.clone();
    }
    if a.coefficient.is_zero() {
        return Number::zero(a.negative, 0);
    }
    let Some((result, exact)) = a.rescaled(0, rules.rounding, status) else { return Number::nan() };
    if exactly {
        *status |= ROUNDED;
        if !exact {
            *status |= INEXACT;
        }
    }
    result
}

/// Without zeros at the end (`normalize`).
pub fn reduce(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    let mut result = a.clone().finish(rules, status);
    if !result.is_finite() {
        return result;
    }
    if result.coefficient.is_zero() {
        return Number::zero(result.negative, 0);
    }
    let most = if rules.clamp { rules.etop() } else { rules.emax };
    let stripped = strip_zeros(&mut result.coefficient, most - result.exponent);
    result.exponent += stripped;
    result
}

/// The adjusted exponent as a number.
pub fn logb(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    if a.is_infinite() {
        return Number::infinity(false);
    }
    if a.is_zero() {
        *status |= DIVISION_BY_ZERO;
        return Number::infinity(true);
    }
    Number::integer(a.adjusted()).finish(rules, status)
}

/// A whole number without an exponent, within limits.
fn small_integer(b: &Number, limit: i64) -> Option<i64> {
    if !b.is_finite() || b.exponent != 0 {
        return None;
    }
    to_i64(b).filter(|value| value.unsigned_abs() <= limit.unsigned_abs())
}

/// The number times a power of ten.
pub fn scaleb(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    let limit = (rules.emax.saturating_add(rules.prec)).saturating_mul(2);
    let Some(power) = small_integer(b, limit) else { return Number::fail(INVALID_OPERATION, status) };
    if a.is_infinite() {
        return a.clone();
    }
    Number { exponent: a.exponent + power, ..a.clone() }.finish(rules, status)
}

fn places(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Result<i64, Number> {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return Err(nan);
    }
    let Some(places) = small_integer(b, rules.prec) else { return Err(Number::fail(INVALID_OPERATION, status)) };
    if a.is_infinite() {
        return Err(a.clone());
    }
    Ok(places)
}

/// The last digits of a coefficient.
fn last_digits(value: &UBig, digits: i64) -> UBig {
    if digits > MOST_DIGITS { value.clone() } else { value % pow10(digits) }
}

/// The coefficient shifted, to the left where `b` is positive.
pub fn shift(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    let places = match places(a, b, rules, status) {
        Ok(places) => places,
        Err(result) => return result,
    };
    let coefficient = match places {
        0.. => {
            let kept = last_digits(&a.coefficient, rules.prec - places);
            match shift_left(&kept, places, status) {
                Some(shifted) => shifted,
                None => return Number::nan(),
            }
        }
        _ => shift_right(&last_digits(&a.coefficient, rules.prec), a.digits(), -places).0,
    };
    Number { coefficient, ..a.clone() }
}

/// The coefficient rotated, to the left where `b` is positive.
pub fn rotate(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    let places = match places(a, b, rules, status) {
        Ok(places) => places,
        Err(result) => return result,
    };
    let left = if places < 0 { rules.prec + places } else { places };
    let whole = last_digits(&a.coefficient, rules.prec);
    let right = rules.prec - left;
    let (high, low) = match right >= count_digits(&whole) {
        true => (UBig::ZERO, whole),
        false => {
            let high = shift_right(&whole, count_digits(&whole), right).0;
            let low = last_digits(&whole, right);
            (high, low)
        }
    };
    match shift_left(&low, left, status) {
        Some(shifted) => Number { coefficient: shifted + high, ..a.clone() },
        None => Number::nan(),
    }
}

/// A step away in the direction of a rounding.
fn step(a: &Number, up: bool, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a], rules, status) {
        return nan;
    }
    if a.is_infinite() {
        if a.negative != up {
            return a.clone();
        }
        return match rules.nines(status) {
            Some(nines) => Number::finite(a.negative, nines, rules.etop()),
            None => Number::nan(),
        };
    }
    let rules = rules.rounded(if up { Rounding::Ceiling } else { Rounding::Floor });
    let mut ignored = 0;
    let rounded = a.clone().finish(&rules, &mut ignored);
    if ignored & (INEXACT | MEMORY) != 0 {
        *status |= ignored & MEMORY;
        return rounded;
    }
    let tiny = Number::finite(false, 1u8, rules.etiny() - 1);
    let result = match up {
        true => add(a, &tiny, &rules, &mut ignored),
        false => subtract(a, &tiny, &rules, &mut ignored),
    };
    *status |= ignored & MEMORY;
    result
}

pub fn next_plus(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    step(a, true, rules, status)
}

pub fn next_minus(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    step(a, false, rules, status)
}

pub fn next_toward(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    let up = match compare_values(a, b) {
        std::cmp::Ordering::Equal => return a.clone().with_sign(b.negative),
        order => order == std::cmp::Ordering::Less,
    };
    let result = step(a, up, rules, status);
    if result.is_infinite() {
        *status |= OVERFLOW | ROUNDED | INEXACT;
    } else if result.is_finite() && result.adjusted() < rules.emin {
        *status |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
        if result.coefficient.is_zero() {
            *status |= CLAMPED;
        }
    }
    result
}

/// The digits of a logical operand, the last one first.
fn logical(a: &Number, rules: &Rules) -> Option<Vec<bool>> {
    if !a.is_finite() || a.negative || a.exponent != 0 {
        return None;
    }
    let text = a.digit_text();
    let mut digits = Vec::with_capacity(text.len());
    for byte in text.bytes().rev() {
        match byte {
            b'0' | b'1' => digits.push(byte == b'1'),
            _ => return None,
        }
    }
    digits.truncate(usize::try_from(rules.prec).unwrap_or(usize::MAX));
    Some(digits)
}

fn from_logical(digits: impl DoubleEndedIterator<Item = bool>) -> Number {
    let text: String = digits.rev().map(|digit| if digit { '1' } else { '0' }).collect();
    Number::finite(false, UBig::from_str_radix(&text, 10).unwrap_or(UBig::ZERO), 0)
}

fn combine(a: &Number, b: &Number, both: fn(bool, bool) -> bool, rules: &Rules, status: &mut u32) -> Number {
    let (Some(a), Some(b)) = (logical(a, rules), logical(b, rules)) else {
        return Number::fail(INVALID_OPERATION, status);
    };
    let digit = |digits: &[bool], index: usize| digits.get(index).copied().unwrap_or(false);
    from_logical((0..a.len().max(b.len())).map(|index| both(digit(&a, index), digit(&b, index))))
}

pub fn logical_and(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    combine(a, b, |a, b| a & b, rules, status)
}

pub fn logical_or(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    combine(a, b, |a, b| a | b, rules, status)
}

pub fn logical_xor(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    combine(a, b, |a, b| a ^ b, rules, status)
}

pub fn logical_invert(a: &Number, rules: &Rules, status: &mut u32) -> Number {
    let Some(digits) = logical(a, rules) else { return Number::fail(INVALID_OPERATION, status) };
    if rules.prec > MOST_DIGITS {
        return Number::fail(MEMORY, status);
    }
    from_logical((0..rules.prec as usize).map(|index| !digits.get(index).copied().unwrap_or(false)))
}

/// Whether two numbers have the same exponent, or are both infinite or both NaN.
pub fn same_quantum(a: &Number, b: &Number) -> bool {
    if a.is_finite() && b.is_finite() {
        return a.exponent == b.exponent;
    }
    a.is_nan() && b.is_nan() || a.is_infinite() && b.is_infinite()
}

/// The name of a number's class.
pub fn class(a: &Number, rules: &Rules) -> &'static str {
    let names: [&str; 2] = match a.kind {
        super::number::Kind::Signaling => ["sNaN"; 2],
        super::number::Kind::Quiet => ["NaN"; 2],
        super::number::Kind::Infinite => ["+Infinity", "-Infinity"],
        _ if a.coefficient.is_zero() => ["+Zero", "-Zero"],
        _ if a.adjusted() < rules.emin => ["+Subnormal", "-Subnormal"],
        _ => ["+Normal", "-Normal"],
    };
    names[usize::from(a.negative)]
}

/// The whole part of a finite number, towards zero; none where it would take too much memory.
pub fn truncated(a: &Number, status: &mut u32) -> Option<UBig> {
    match a.exponent >= 0 {
        true => shift_left(&a.coefficient, a.exponent, status),
        false => {
            let (whole, _): (UBig, Rest) = shift_right(&a.coefficient, a.digits(), -a.exponent);
            Some(whole)
        }
    }
}

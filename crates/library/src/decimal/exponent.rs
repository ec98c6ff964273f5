//! Operations on exponents and single digits: `quantize`, whole numbers, neighbours, logical operations, shifts.

use dashu_int::UBig;
use pvm_object::number::NumberError;
use pvm_object::number::bigint::large;
use pvm_object::number::error::{check_room, go_on};

use super::arithmetic::{add, subtract};
use super::compare::compare_values;
use super::number::{MOST_DIGITS, Number, Outcome, count_digits, pow10, shift_right, strip_zeros};
use super::power::to_i64;
use super::rules::{Rounding, Rules, condition::*, shift_left};

/// The number with the exponent of another.
pub fn quantize(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    if a.is_infinite() || b.is_infinite() {
        return match a.is_infinite() && b.is_infinite() {
            true => Ok(a.clone()),
            false => Number::fail(INVALID_OPERATION, status),
        };
    }
    if b.exponent > rules.emax || b.exponent < rules.etiny() {
        return Number::fail(INVALID_OPERATION, status);
    }
    if a.coefficient.is_zero() {
        return Number::zero(a.negative, b.exponent).finish(rules, status);
    }
    let adjusted = a.adjusted()?;
    if adjusted > rules.emax || adjusted - b.exponent + 1 > rules.prec {
        return Number::fail(INVALID_OPERATION, status);
    }
    let (result, exact) = a.rescaled(b.exponent, rules.rounding)?;
    let adjusted = result.adjusted()?;
    if adjusted > rules.emax || result.digits()? > rules.prec {
        return Number::fail(INVALID_OPERATION, status);
    }
    if !result.coefficient.is_zero() && adjusted < rules.emin {
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
pub fn to_integral(a: &Number, exactly: bool, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    if a.is_infinite() || a.exponent >= 0 {
        return Ok(a.clone());
    }
    if a.coefficient.is_zero() {
        return Ok(Number::zero(a.negative, 0));
    }
    let (result, exact) = a.rescaled(0, rules.rounding)?;
    if exactly {
        *status |= ROUNDED;
        if !exact {
            *status |= INEXACT;
        }
    }
    Ok(result)
}

/// Without zeros at the end (`normalize`).
pub fn reduce(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    let mut result = a.clone().finish(rules, status)?;
    if !result.is_finite() {
        return Ok(result);
    }
    if result.coefficient.is_zero() {
        return Ok(Number::zero(result.negative, 0));
    }
    let most = if rules.clamp { rules.etop() } else { rules.emax };
    let stripped = strip_zeros(&mut result.coefficient, most - result.exponent)?;
    result.exponent += stripped;
    Ok(result)
}

/// The adjusted exponent as a number.
pub fn logb(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    if a.is_infinite() {
        return Ok(Number::infinity(false));
    }
    if a.is_zero() {
        *status |= DIVISION_BY_ZERO;
        return Ok(Number::infinity(true));
    }
    Number::integer(a.adjusted()?).finish(rules, status)
}

/// A whole number without an exponent, within limits.
fn small_integer(b: &Number, limit: i64) -> Outcome<Option<i64>> {
    if !b.is_finite() || b.exponent != 0 {
        return Ok(None);
    }
    Ok(to_i64(b)?.filter(|value| value.unsigned_abs() <= limit.unsigned_abs()))
}

/// The number times a power of ten.
pub fn scaleb(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    let limit = (rules.emax.saturating_add(rules.prec)).saturating_mul(2);
    let Some(power) = small_integer(b, limit)? else { return Number::fail(INVALID_OPERATION, status) };
    if a.is_infinite() {
        return Ok(a.clone());
    }
    Number { exponent: a.exponent + power, ..a.clone() }.finish(rules, status)
}

/// By how many places to shift or rotate; the result where that is not the question.
fn places(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome<Result<i64, Number>> {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(Err(nan));
    }
    let Some(places) = small_integer(b, rules.prec)? else { return Number::fail(INVALID_OPERATION, status).map(Err) };
    Ok(if a.is_infinite() { Err(a.clone()) } else { Ok(places) })
}

/// The last digits of a coefficient.
fn last_digits(value: &UBig, digits: i64) -> Outcome<UBig> {
    if digits > MOST_DIGITS { Ok(value.clone()) } else { Ok(large::div_rem(value, &pow10(digits)?)?.1) }
}

/// The coefficient shifted, to the left where `b` is positive.
pub fn shift(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    let places = match places(a, b, rules, status)? {
        Ok(places) => places,
        Err(result) => return Ok(result),
    };
    let coefficient = match places {
        0.. => shift_left(&last_digits(&a.coefficient, rules.prec - places)?, places)?,
        _ => shift_right(&last_digits(&a.coefficient, rules.prec)?, a.digits()?, -places)?.0,
    };
    Ok(Number { coefficient, ..a.clone() })
}

/// The coefficient rotated, to the left where `b` is positive.
pub fn rotate(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    let places = match places(a, b, rules, status)? {
        Ok(places) => places,
        Err(result) => return Ok(result),
    };
    let left = if places < 0 { rules.prec + places } else { places };
    let whole = last_digits(&a.coefficient, rules.prec)?;
    let (right, digits) = (rules.prec - left, count_digits(&whole)?);
    let (high, low) = match right >= digits {
        true => (UBig::ZERO, whole),
        false => (shift_right(&whole, digits, right)?.0, last_digits(&whole, right)?),
    };
    Ok(Number { coefficient: shift_left(&low, left)? + high, ..a.clone() })
}

/// A step away in the direction of a rounding.
fn step(a: &Number, up: bool, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a], rules, status)? {
        return Ok(nan);
    }
    if a.is_infinite() {
        if a.negative != up {
            return Ok(a.clone());
        }
        return Ok(Number::finite(a.negative, rules.nines()?, rules.etop()));
    }
    let rules = rules.rounded(if up { Rounding::Ceiling } else { Rounding::Floor });
    let mut ignored = 0;
    let rounded = a.clone().finish(&rules, &mut ignored)?;
    if ignored & INEXACT != 0 {
        return Ok(rounded);
    }
    let tiny = Number::finite(false, 1u8, rules.etiny() - 1);
    match up {
        true => add(a, &tiny, &rules, &mut ignored),
        false => subtract(a, &tiny, &rules, &mut ignored),
    }
}

pub fn next_plus(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    step(a, true, rules, status)
}

pub fn next_minus(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    step(a, false, rules, status)
}

pub fn next_toward(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    let up = match compare_values(a, b)? {
        std::cmp::Ordering::Equal => return Ok(a.clone().with_sign(b.negative)),
        order => order == std::cmp::Ordering::Less,
    };
    let result = step(a, up, rules, status)?;
    if result.is_infinite() {
        *status |= OVERFLOW | ROUNDED | INEXACT;
    } else if result.is_finite() && result.adjusted()? < rules.emin {
        *status |= UNDERFLOW | SUBNORMAL | ROUNDED | INEXACT;
        if result.coefficient.is_zero() {
            *status |= CLAMPED;
        }
    }
    Ok(result)
}

/// The digits of a logical operand, the last one first.
fn logical(a: &Number, rules: &Rules) -> Outcome<Option<Vec<bool>>> {
    if !a.is_finite() || a.negative || a.exponent != 0 {
        return Ok(None);
    }
    let text = a.digit_text()?;
    let mut digits = Vec::with_capacity(text.len());
    for byte in text.bytes().rev() {
        match byte {
            b'0' | b'1' => digits.push(byte == b'1'),
            _ => return Ok(None),
        }
    }
    digits.truncate(usize::try_from(rules.prec).unwrap_or(usize::MAX));
    Ok(Some(digits))
}

/// Digits that are made without asking whether to go on.
const PIECE: usize = 1 << 16;

/// The number of so many digits, told by their places from the end.
fn from_logical(length: usize, digit: impl Fn(usize) -> bool) -> Outcome {
    check_room(length as u128)?;
    let mut text = String::with_capacity(length);
    for place in (0..length).rev() {
        if place % PIECE == 0 {
            go_on()?;
        }
        text.push(if digit(place) { '1' } else { '0' });
    }
    Ok(Number::finite(false, large::from_digits(&text, 10)?, 0))
}

fn combine(a: &Number, b: &Number, both: fn(bool, bool) -> bool, rules: &Rules, status: &mut u32) -> Outcome {
    let (Some(a), Some(b)) = (logical(a, rules)?, logical(b, rules)?) else {
        return Number::fail(INVALID_OPERATION, status);
    };
    let digit = |digits: &[bool], index: usize| digits.get(index).copied().unwrap_or(false);
    from_logical(a.len().max(b.len()), |index| both(digit(&a, index), digit(&b, index)))
}

pub fn logical_and(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    combine(a, b, |a, b| a & b, rules, status)
}

pub fn logical_or(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    combine(a, b, |a, b| a | b, rules, status)
}

pub fn logical_xor(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    combine(a, b, |a, b| a ^ b, rules, status)
}

pub fn logical_invert(a: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    let Some(digits) = logical(a, rules)? else { return Number::fail(INVALID_OPERATION, status) };
    if rules.prec > MOST_DIGITS {
        return Err(NumberError::Memory);
    }
    from_logical(rules.prec as usize, |index| !digits.get(index).copied().unwrap_or(false))
}

/// Whether two numbers have the same exponent, or are both infinite or both NaN.
pub fn same_quantum(a: &Number, b: &Number) -> bool {
    if a.is_finite() && b.is_finite() {
        return a.exponent == b.exponent;
    }
    a.is_nan() && b.is_nan() || a.is_infinite() && b.is_infinite()
}

/// The name of a number's class.
pub fn class(a: &Number, rules: &Rules) -> Outcome<&'static str> {
    let names: [&str; 2] = match a.kind {
        super::number::Kind::Signaling => ["sNaN"; 2],
        super::number::Kind::Quiet => ["NaN"; 2],
        super::number::Kind::Infinite => ["+Infinity", "-Infinity"],
        _ if a.coefficient.is_zero() => ["+Zero", "-Zero"],
        _ if a.adjusted()? < rules.emin => ["+Subnormal", "-Subnormal"],
        _ => ["+Normal", "-Normal"],
    };
    Ok(names[usize::from(a.negative)])
}

/// The whole part of a finite number, towards zero.
pub fn truncated(a: &Number) -> Outcome<UBig> {
    match a.exponent >= 0 {
        true => shift_left(&a.coefficient, a.exponent),
        false => Ok(shift_right(&a.coefficient, a.digits()?, -a.exponent)?.0),
    }
}

//! Comparisons, and the greater and smaller of two.

use std::cmp::Ordering;

use pvm_object::number::bigint::large;

use super::number::{Kind, Number, Outcome, pow10};
use super::rules::{Rules, condition::*};

/// The order of two magnitudes; no NaNs.
pub fn compare_magnitude(a: &Number, b: &Number) -> Outcome<Ordering> {
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) => return Ok(Ordering::Equal),
        (true, false) => return Ok(Ordering::Greater),
        (false, true) => return Ok(Ordering::Less),
        _ => {}
    }
    match (a.coefficient.is_zero(), b.coefficient.is_zero()) {
        (true, true) => return Ok(Ordering::Equal),
        (true, false) => return Ok(Ordering::Less),
        (false, true) => return Ok(Ordering::Greater),
        _ => {}
    }
    if a.exponent == b.exponent {
        return Ok(a.coefficient.cmp(&b.coefficient));
    }
    let order = a.adjusted()?.cmp(&b.adjusted()?);
    if order != Ordering::Equal {
        return Ok(order);
    }
    Ok(match a.exponent > b.exponent {
        true => large::mul(&a.coefficient, &pow10(a.exponent - b.exponent)?)?.cmp(&b.coefficient),
        false => a.coefficient.cmp(&large::mul(&b.coefficient, &pow10(b.exponent - a.exponent)?)?),
    })
}

/// The order of two numbers; no NaNs.
pub fn compare_values(a: &Number, b: &Number) -> Outcome<Ordering> {
    if a.is_zero() && b.is_zero() {
        return Ok(Ordering::Equal);
    }
    let (a_negative, b_negative) = (a.negative && !a.is_zero(), b.negative && !b.is_zero());
    match (a_negative, b_negative) {
        (true, true) => compare_magnitude(b, a),
        (false, false) => compare_magnitude(a, b),
        (true, false) => Ok(Ordering::Less),
        (false, true) => Ok(Ordering::Greater),
    }
}

fn number(order: Ordering) -> Number {
    Number::integer(order as i64)
}

/// `compare`.
pub fn compare(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    match Number::propagate(&[a, b], rules, status)? {
        Some(nan) => Ok(nan),
        None => compare_values(a, b).map(number),
    }
}

/// `compare_signal`: every NaN signals.
pub fn compare_signal(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    match Number::propagate(&[a, b], rules, status)? {
        Some(nan) => {
            *status |= INVALID_OPERATION;
            Ok(nan)
        }
        None => compare_values(a, b).map(number),
    }
}

fn rank(a: &Number) -> u8 {
    match a.kind {
        Kind::Finite => 0,
        Kind::Infinite => 1,
        Kind::Signaling => 2,
        Kind::Quiet => 3,
    }
}

/// The order of the abstract representations.
pub fn total_order(a: &Number, b: &Number) -> Outcome<Ordering> {
    if a.negative != b.negative {
        return Ok(if a.negative { Ordering::Less } else { Ordering::Greater });
    }
    let order = if a.is_nan() || b.is_nan() {
        rank(a).cmp(&rank(b)).then_with(|| a.coefficient.cmp(&b.coefficient))
    } else {
        compare_magnitude(a, b)?.then(a.exponent.cmp(&b.exponent))
    };
    Ok(if a.negative { order.reverse() } else { order })
}

/// `compare_total`.
pub fn compare_total(a: &Number, b: &Number) -> Outcome {
    total_order(a, b).map(number)
}

/// `compare_total_mag`.
pub fn compare_total_mag(a: &Number, b: &Number) -> Outcome {
    compare_total(&a.clone().with_sign(false), &b.clone().with_sign(false))
}

/// The greater or the smaller of two, by their values or their magnitudes. A number is preferred to a NaN that is quiet.
fn choose(a: &Number, b: &Number, magnitude: bool, greater: bool, rules: &Rules, status: &mut u32) -> Outcome {
    match (a.kind, b.kind) {
        (Kind::Finite | Kind::Infinite, Kind::Quiet) => return a.clone().finish(rules, status),
        (Kind::Quiet, Kind::Finite | Kind::Infinite) => return b.clone().finish(rules, status),
        _ => {}
    }
    if let Some(nan) = Number::propagate(&[a, b], rules, status)? {
        return Ok(nan);
    }
    let order = if magnitude { compare_magnitude(a, b) } else { compare_values(a, b) }?;
    let order = if order == Ordering::Equal { total_order(a, b)? } else { order };
    let first = (order == Ordering::Less) != greater;
    if first { a } else { b }.clone().finish(rules, status)
}

pub fn max(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    choose(a, b, false, true, rules, status)
}

pub fn max_mag(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    choose(a, b, true, true, rules, status)
}

pub fn min(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    choose(a, b, false, false, rules, status)
}

pub fn min_mag(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    choose(a, b, true, false, rules, status)
}

//! Comparisons, and the greater and smaller of two.

use std::cmp::Ordering;

use super::number::{Kind, Number, pow10};
use super::rules::{Rules, condition::*};

/// The order of two magnitudes; no NaNs.
pub fn compare_magnitude(a: &Number, b: &Number) -> Ordering {
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        _ => {}
    }
    match (a.coefficient.is_zero(), b.coefficient.is_zero()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        _ => {}
    }
    if a.exponent == b.exponent {
        return a.coefficient.cmp(&b.coefficient);
    }
    a.adjusted().cmp(&b.adjusted()).then_with(|| match a.exponent > b.exponent {
        true => (&a.coefficient * pow10(a.exponent - b.exponent)).cmp(&b.coefficient),
        false => a.coefficient.cmp(&(&b.coefficient * pow10(b.exponent - a.exponent))),
    })
}

/// The order of two numbers; no NaNs.
pub fn compare_values(a: &Number, b: &Number) -> Ordering {
    if a.is_zero() && b.is_zero() {
        return Ordering::Equal;
    }
    let (a_negative, b_negative) = (a.negative && !a.is_zero(), b.negative && !b.is_zero());
    match (a_negative, b_negative) {
        (true, true) => compare_magnitude(b, a),
        (false, false) => compare_magnitude(a, b),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

fn number(order: Ordering) -> Number {
    Number::integer(order as i64)
}

/// `compare`.
pub fn compare(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    match Number::propagate(&[a, b], rules, status) {
        Some(nan) => nan,
        None => number(compare_values(a, b)),
    }
}

/// `compare_signal`: every NaN signals.
pub fn compare_signal(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    match Number::propagate(&[a, b], rules, status) {
        Some(nan) => {
            *status |= INVALID_OPERATION;
            nan
        }
        None => number(compare_values(a, b)),
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
pub fn total_order(a: &Number, b: &Number) -> Ordering {
    if a.negative != b.negative {
        return if a.negative { Ordering::Less } else { Ordering::Greater };
    }
    let order = if a.is_nan() || b.is_nan() {
        rank(a).cmp(&rank(b)).then_with(|| a.coefficient.cmp(&b.coefficient))
    } else {
        compare_magnitude(a, b).then(a.exponent.cmp(&b.exponent))
    };
    if a.negative { order.reverse() } else { order }
}

/// `compare_total`.
pub fn compare_total(a: &Number, b: &Number) -> Number {
    number(total_order(a, b))
}

/// `compare_total_mag`.
pub fn compare_total_mag(a: &Number, b: &Number) -> Number {
    compare_total(&a.clone().with_sign(false), &b.clone().with_sign(false))
}

/// The greater or the smaller of two, by their values or their magnitudes. A number is preferred to a NaN that is quiet.
fn choose(a: &Number, b: &Number, magnitude: bool, greater: bool, rules: &Rules, status: &mut u32) -> Number {
    match (a.kind, b.kind) {
        (Kind::Finite | Kind::Infinite, Kind::Quiet) => return a.clone().finish(rules, status),
        (Kind::Quiet, Kind::Finite | Kind::Infinite) => return b.clone().finish(rules, status),
        _ => {}
    }
    if let Some(nan) = Number::propagate(&[a, b], rules, status) {
        return nan;
    }
    let order = if magnitude { compare_magnitude(a, b) } else { compare_values(a, b) };
    let first = (order.then_with(|| total_order(a, b)) == Ordering::Less) != greater;
    if first { a } else { b }.clone().finish(rules, status)
}

pub fn max(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    choose(a, b, false, true, rules, status)
}

pub fn max_mag(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    choose(a, b, true, true, rules, status)
}

pub fn min(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    choose(a, b, false, false, rules, status)
}

pub fn min_mag(a: &Number, b: &Number, rules: &Rules, status: &mut u32) -> Number {
    choose(a, b, true, false, rules, status)
}

//! Powers.

use dashu_int::ops::UnsignedAbs;
use dashu_int::{IBig, UBig};
use pvm_object::number::NumberError;
use pvm_object::number::bigint::{IntRef, large, power as int_power};
use pvm_object::number::error::go_on;

use super::arithmetic::{divide, multiply};
use super::compare::compare_magnitude;
use super::logarithms::{digit_count, exp, ln};
use super::number::{Kind, MOST_DIGITS, Number, Outcome, count_digits, pow10, shift_right};
use super::rules::{Rounding, Rules, condition::*, power};

fn one() -> Number {
    Number::integer(1)
}

/// A finite whole number, if it fits.
pub fn to_i64(a: &Number) -> Outcome<Option<i64>> {
    let magnitude = match a.exponent {
        _ if a.coefficient.is_zero() => UBig::ZERO,
        0..=19 => &a.coefficient * pow10(a.exponent)?,
        20.. => return Ok(None),
        _ => shift_right(&a.coefficient, a.digits()?, -a.exponent)?.0,
    };
    Ok(i64::try_from(if a.negative { -IBig::from(magnitude) } else { IBig::from(magnitude) }).ok())
}

/// A power of one, which keeps as many zeros as its exponent tells (`_qcheck_pow_one`).
fn power_of_one(base: &Number, exponent: &Number, negative: bool, rules: &Rules, status: &mut u32) -> Outcome {
    let zeros = if !exponent.is_integer()? {
        *status |= INEXACT | ROUNDED;
        rules.prec - 1
    } else if exponent.negative || base.exponent == 0 {
        0
    } else {
        let wanted = to_i64(exponent)?.and_then(|exponent| exponent.checked_mul(-base.exponent)).unwrap_or(i64::MAX);
        if wanted > rules.prec - 1 {
            *status |= ROUNDED;
        }
        wanted.min(rules.prec - 1)
    };
    Ok(Number::finite(negative, power(zeros)?, -zeros))
}

/// A lower bound of `floor(log10(abs(log10(a))))` (`_log10_exp_bound`), for what is not one.
fn log_bound(a: &Number) -> Outcome<i64> {
    let adjusted = a.adjusted()?;
    Ok(match adjusted {
        1.. => digit_count(adjusted) - 1,
        ..=-2 => digit_count(-1 - adjusted) - 1,
        0 => {
            let difference = &a.coefficient - pow10(-a.exponent)?;
            count_digits(&difference)? - count_digits(&(&a.coefficient * 231u8))? + 1
        }
        _ => count_digits(&(pow10(-a.exponent)? - &a.coefficient))? + a.exponent - 2,
    })
}

/// `base ** exponent` (`mpd_qpow`).
pub fn pow(base: &Number, exponent: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[base, exponent], rules, status)? {
        return Ok(nan);
    }
    let negative = base.negative && exponent.is_odd()?;
    if base.is_zero() {
        return match (exponent.is_zero(), exponent.negative) {
            (true, _) => Number::fail(INVALID_OPERATION, status),
            (_, true) => Ok(Number::infinity(negative)),
            _ => Ok(Number::zero(negative, 0)),
        };
    }
    if base.negative && !exponent.is_integer()? {
        return Number::fail(INVALID_OPERATION, status);
    }
    if exponent.is_infinite() {
        let order = match base.is_infinite() {
            true => std::cmp::Ordering::Greater,
            false => compare_magnitude(base, &one())?,
        };
        return Ok(match order {
            std::cmp::Ordering::Equal => {
                *status |= INEXACT | ROUNDED;
                Number::finite(false, power(rules.prec - 1)?, 1 - rules.prec)
            }
            order if (order == std::cmp::Ordering::Less) == exponent.negative => Number::infinity(negative),
            _ => Number::zero(negative, 0),
        });
    }
    if base.is_infinite() {
        return Ok(match (exponent.is_zero(), exponent.negative) {
            (true, _) => one(),
            (_, true) => Number::zero(negative, 0),
            _ => Number::infinity(negative),
        });
    }
    if exponent.is_zero() {
        return Ok(one());
    }
    let order = compare_magnitude(base, &one())?;
    if order == std::cmp::Ordering::Equal {
        return power_of_one(base, exponent, negative, rules, status);
    }
    let grows = (order == std::cmp::Ordering::Greater) != exponent.negative;
    let bound = log_bound(base)? + exponent.adjusted()?;
    let limit = if grows { rules.emax } else { -rules.etiny() };
    if bound >= digit_count(limit) {
        let beyond = if grows { rules.emax + 1 } else { rules.etiny() - 1 };
        return Number::finite(negative, 1u8, beyond).finish(rules, status);
    }
    match exponent.is_integer()? {
        true => whole_power(base, exponent, negative, rules, status),
        false => real_power(base, exponent, rules, status),
    }
}

/// A power by repeated squaring (`_mpd_qpow_int`).
fn whole_power(base: &Number, exponent: &Number, negative: bool, rules: &Rules, status: &mut u32) -> Outcome {
    let wide = Rules {
        prec: rules.prec.saturating_add(exponent.digits()? + exponent.exponent + 2),
        rounding: Rounding::HalfEven,
        clamp: false,
        ..*rules
    };
    let mut base = base.clone().with_sign(false);
    if exponent.negative {
        let wide = wide.with_prec(wide.prec + 1);
        base = divide(&one(), &base, &wide, status)?;
        if base.is_nan() {
            return Ok(base);
        }
    }
    // More than 19 digits are left only where the base is so close to one that the limits hold.
    let Some(count) = to_i64(exponent)? else {
        return Ok(real_power(&base, &exponent.clone().with_sign(false), rules, status)?.with_sign(negative));
    };
    let count = count.unsigned_abs();
    let mut result = base.clone();
    for bit in (0..count.ilog2()).rev() {
        result = multiply(&result, &result, &wide, status)?;
        if count >> bit & 1 == 1 {
            result = multiply(&result, &base, &wide, status)?;
        }
        if result.is_infinite() || result.coefficient.is_zero() && *status & CLAMPED != 0 {
            break;
        }
        if result.kind == Kind::Finite && result.digits()? > MOST_DIGITS {
            return Err(NumberError::Memory);
        }
    }
    settle(result.with_sign(negative), rules, status)
}

/// An infinite result is one beyond the limits, which the rounding decides about.
fn settle(result: Number, rules: &Rules, status: &mut u32) -> Outcome {
    match result.is_infinite() {
        true => Number::finite(result.negative, 1u8, rules.emax + 1).finish(rules, status),
        false => result.finish(rules, status),
    }
}

/// `exp(exponent * ln(base))` (`_mpd_qpow_real`).
fn real_power(base: &Number, exponent: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if rules.prec > MOST_DIGITS {
        return Err(NumberError::Memory);
    }
    let wide = Rules { prec: rules.prec.max(base.digits()?) + 24, rounding: Rounding::HalfEven, clamp: false, ..Rules::WIDEST };
    let mut ignored = 0;
    let log = ln(base, &wide, &mut ignored)?;
    let product = multiply(&log, exponent, &wide, &mut ignored)?;
    let mut result = exp(&product, &wide, &mut ignored)?;
    *status |= ignored & ERRORS | INEXACT | ROUNDED;
    if result.is_finite() && compare_magnitude(&result, &one())? == std::cmp::Ordering::Equal {
        let zeros = rules.prec - 1;
        result = Number::finite(false, pow10(zeros)?, -zeros);
    }
    let result = settle(result, rules, status)?;
    if *status & SUBNORMAL != 0 {
        *status |= UNDERFLOW;
    }
    Ok(result)
}

/// `base ** exponent % modulus`, for whole numbers (`mpd_qpowmod`).
pub fn pow_mod(base: &Number, exponent: &Number, modulus: &Number, rules: &Rules, status: &mut u32) -> Outcome {
    if let Some(nan) = Number::propagate(&[base, exponent, modulus], rules, status)? {
        return Ok(nan);
    }
    let whole = base.is_integer()? && exponent.is_integer()? && modulus.is_integer()?;
    let refused = !whole
        || modulus.is_zero()
        || exponent.negative && !exponent.is_zero()
        || modulus.adjusted()? >= rules.prec
        || base.is_zero() && exponent.is_zero();
    if refused {
        return Number::fail(INVALID_OPERATION, status);
    }
    let negative = base.negative && exponent.is_odd()?;
    let plain = |number: &Number| -> Outcome<(UBig, i64)> {
        Ok(match number.exponent >= 0 {
            true => (number.coefficient.clone(), number.exponent),
            false => (shift_right(&number.coefficient, number.digits()?, -number.exponent)?.0, 0),
        })
    };
    let (divisor, tens) = plain(modulus)?;
    let divisor = IBig::from(large::mul(&divisor, &power(tens)?)?);
    let raise = |base: UBig, exponent: UBig| -> Outcome<UBig> {
        let (base, exponent) = (IBig::from(base), IBig::from(exponent));
        let mut poll = |_| go_on().is_ok();
        match int_power::pow_mod(IntRef::Big(&base), IntRef::Big(&exponent), IntRef::Big(&divisor), &mut poll) {
            Ok(result) => Ok(result.into_big().unsigned_abs()),
            Err(NumberError::Interrupted) => Err(NumberError::Stopped),
            Err(error) => Err(error),
        }
    };
    let ten = UBig::from(10u8);
    let (base, base_tens) = plain(base)?;
    let unit = raise(ten.clone(), UBig::from(base_tens as u64))?;
    let mut result = large::mul(&base, &unit)?;
    let (count, count_tens) = plain(exponent)?;
    for _ in 0..count_tens {
        go_on()?;
        result = raise(result, ten.clone())?;
    }
    let result = raise(result, count)?;
    Number::finite(negative, result, 0).finish(rules, status)
}

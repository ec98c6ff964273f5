//! Other values to decimal numbers, and decimal numbers to other values.

use dashu_int::{IBig, UBig};
use pvm_object::int::IntView;
use pvm_object::list::List;
use pvm_object::number::NumberError;
use pvm_object::number::bigint::large;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Raised, Ref, Value, Vm};

use super::context::{self, Context};
use super::number::{Kind, MOST_DIGITS, Number, Outcome, pow10, strip_fives, strip_zeros};
use super::object::Decimal;
use super::rules::{Rules, condition};
use super::text;
use crate::math::checked;

/// A whole number of Python's.
pub fn from_int(value: &Value) -> Option<Number> {
    Some(match value.as_int()? {
        IntView::Small(small) => Number::integer(small),
        IntView::Big(big) => {
            let (sign, magnitude) = big.clone().into_parts();
            Number::finite(sign == dashu_int::Sign::Negative, magnitude, 0)
        }
    })
}

/// A float, exactly.
pub fn from_float(value: f64) -> Number {
    let negative = value.is_sign_negative();
    if value.is_nan() {
        return Number::nan().with_sign(negative);
    }
    if value.is_infinite() {
        return Number::infinity(negative);
    }
    if value == 0.0 {
        return Number::zero(negative, 0);
    }
    let bits = value.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
    let power = biased.max(1) - 1075;
    let zeros = mantissa.trailing_zeros() as i64;
    let (mantissa, power) = (UBig::from(mantissa >> zeros), power + zeros);
    match power >= 0 {
        true => Number::finite(negative, mantissa << power as usize, 0),
        false => Number::finite(negative, mantissa * UBig::from(5u8).pow(-power as usize), power),
    }
}

/// The ASCII text of a number: digits of every script, and on demand without white space around and underscores
/// (`numeric_as_ascii`). None where there is another character.
fn ascii_digits(text: &Object<Str>, lenient: bool) -> Option<String> {
    let text = text.as_str()?;
    let text = if lenient { text.trim_matches(|c| pvm_object::text::unicode::is_space(u32::from(c))) } else { text };
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '_' if lenient => {}
            c if c.is_ascii() => result.push(c),
            c => result.push(char::from_digit(u32::from(pvm_object::text::unicode::decimal(u32::from(c))?), 10)?),
        }
    }
    Some(result)
}

/// The number of a text, unrounded.
pub fn from_str(text: &Object<Str>, lenient: bool) -> Outcome<Option<Number>> {
    ascii_digits(text, lenient).map_or(Ok(None), |text| text::parse(&text))
}

/// The text that a sequence of sign, digits and exponent stands for (`dectuple_as_str`), as a number.
fn from_sequence(vm: &mut Vm, value: &Value) -> PyResult<Number> {
    let parts: Vec<Value> = vm.collect_items(value)?.iter().cloned().collect();
    let [sign, digits, exponent] = parts.as_slice() else {
        return Err(vm.value_error(format_args!("argument must be a sequence of length 3")));
    };
    let negative = match sign.as_int() {
        Some(IntView::Small(0)) => false,
        Some(IntView::Small(1)) => true,
        _ => return Err(vm.value_error(format_args!("sign must be an integer with the value 0 or 1"))),
    };
    let (kind, exponent) = if let Some(name) = exponent.downcast::<Str>() {
        let kind = match name.as_str() {
            Some("F") => return Ok(Number::infinity(negative)),
            Some("n") => Kind::Quiet,
            Some("N") => Kind::Signaling,
            _ => return Err(vm.value_error(format_args!("string argument in the third position must be 'F', 'n' or 'N'"))),
        };
        (kind, 0)
    } else if exponent.as_int().is_some() {
        let exponent = context::size(vm, exponent, "exponent must be an integer")?;
        (Kind::Finite, exponent.clamp(-4_000_000_000_000_000_000, 4_000_000_000_000_000_000))
    } else {
        return Err(vm.value_error(format_args!("exponent must be an integer")));
    };
    let Ok(digits) = vm.collect_items(digits) else {
        drop(vm.take_pending());
        return Err(vm.value_error(format_args!("coefficient must be a tuple of digits")));
    };
    let mut text = String::with_capacity(digits.len() + 1);
    text.push('0');
    for digit in digits.iter() {
        match digit.as_int() {
            Some(IntView::Small(digit @ 0..=9)) => text.push((b'0' + digit as u8) as char),
            _ => return Err(vm.value_error(format_args!("coefficient must be a tuple of digits"))),
        }
    }
    let coefficient = checked(vm, text::digits(&text))?;
    Ok(Number { negative, kind, coefficient, exponent })
}

#[cold]
pub fn cannot_convert(vm: &mut Vm, value: &Value) -> Raised {
    let kind = vm.type_name(value);
    vm.type_error(format_args!("conversion from {kind} to Decimal is not supported"))
}

/// The number of a value of any kind that has one, as it stands; `lenient` tells how texts are read. None where a text has no number,
/// which the context then knows.
fn unrounded(vm: &mut Vm, value: &Value, lenient: bool, context: &Context) -> PyResult<Option<Number>> {
    if let Some(decimal) = value.downcast::<Decimal>() {
        return Ok(Some(decimal.number().clone()));
    }
    if let Some(text) = value.downcast::<Str>() {
        let number = context.outcome(vm, from_str(text, lenient))?;
        if number.is_none() {
            context.signal(vm, condition::CONVERSION_SYNTAX)?;
        }
        return Ok(number);
    }
    if let Some(number) = from_int(value) {
        return Ok(Some(number));
    }
    if value.is_instance_of::<Tuple>() || value.is_instance_of::<List>() {
        return from_sequence(vm, value).map(Some);
    }
    if let Some(float) = value.as_float() {
        context.signal(vm, condition::FLOAT_OPERATION)?;
        return Ok(Some(from_float(float)));
    }
    Err(cannot_convert(vm, value))
}

/// A number without a change; a condition where no decimal has exactly its value (`PyDecType_FromObjectExact`).
pub fn exactly(vm: &mut Vm, value: &Value, context: &Context) -> PyResult<Number> {
    match unrounded(vm, value, true, context)? {
        // These are within the limits of the widest context.
        Some(number) if value.is_instance_of::<Decimal>() || value.as_float().is_some() => Ok(number),
        Some(number) => within_limits(vm, number, context),
        None => Ok(Number::nan()),
    }
}

/// A number that no limit of the widest context changes; else a condition.
fn within_limits(vm: &mut Vm, number: Number, context: &Context) -> PyResult<Number> {
    let mut status = 0;
    let number = number.finish(&Rules::WIDEST, &mut status);
    let number = context.outcome(vm, number)?;
    if status & (condition::INEXACT | condition::ROUNDED | condition::CLAMPED) != 0 {
        context.signal(vm, condition::INVALID_OPERATION)?;
        return Ok(Number::nan());
    }
    context.signal(vm, status & condition::ERRORS)?;
    Ok(number)
}

/// A number rounded by a context (`PyDecType_FromObject`).
pub fn rounded(vm: &mut Vm, value: &Value, context: &Context) -> PyResult<Number> {
    let rules = context.rules();
    let Some(number) = unrounded(vm, value, false, context)? else { return Ok(Number::nan()) };
    if number.is_nan() && !number.coefficient.is_zero() && checked(vm, number.digits())? > rules.prec - i64::from(rules.clamp) {
        context.signal(vm, condition::CONVERSION_SYNTAX)?;
        return Ok(Number::nan());
    }
    let mut status = 0;
    let number = number.finish(&rules, &mut status);
    let number = context.outcome(vm, number)?;
    context.signal(vm, status)?;
    Ok(number)
}

/// An operand: a decimal or an int.
pub fn operand(value: &Value) -> Option<Operand<'_>> {
    match value.downcast::<Decimal>() {
        Some(decimal) => Some(Operand::Decimal(decimal)),
        None => from_int(value).map(Operand::Number),
    }
}

/// The number of an operand.
pub enum Operand<'a> {
    Decimal(&'a Object<Decimal>),
    Number(Number),
}

impl std::ops::Deref for Operand<'_> {
    type Target = Number;

    fn deref(&self) -> &Number {
        match self {
            Operand::Decimal(decimal) => decimal.number(),
            Operand::Number(number) => number,
        }
    }
}

/// An operand of a function, which must be one.
pub fn argument<'a>(vm: &mut Vm, value: &'a Value) -> PyResult<Operand<'a>> {
    match operand(value) {
        Some(operand) => Ok(operand),
        None => Err(cannot_convert(vm, value)),
    }
}

/// The two sides of a comparison with anything (`convert_op_cmp`); none where they cannot be compared.
pub fn comparable(
    vm: &mut Vm,
    this: &Number,
    other: &Value,
    equality: bool,
    context: &Context,
) -> PyResult<Option<(Number, Number)>> {
    if let Some(other) = operand(other) {
        return Ok(Some((this.clone(), other.clone())));
    }
    let mut float = other.as_float();
    if float.is_none()
        && equality
        && let Some(complex) = other.as_complex()
    {
        if complex.im != 0.0 {
            return Ok(None);
        }
        float = Some(complex.re);
    }
    if let Some(float) = float {
        match equality {
            true => context.note(condition::FLOAT_OPERATION),
            false => context.signal(vm, condition::FLOAT_OPERATION)?,
        }
        return Ok(Some((this.clone(), from_float(float))));
    }
    let name = vm.intern("Rational");
    let rational = vm.import_attr("numbers", &name)?;
    if !vm.is_instance(other, &rational)? {
        return Ok(None);
    }
    let (numerator, denominator) = (vm.intern("numerator"), vm.intern("denominator"));
    let (numerator, denominator) = (vm.getattr(other, &numerator)?, vm.getattr(other, &denominator)?);
    let (Some(numerator), Some(denominator)) = (from_int(&numerator), from_int(&denominator)) else { return Ok(None) };
    let scaled = match this.is_finite() {
        true => {
            let coefficient = checked(vm, large::mul(&this.coefficient, &denominator.coefficient))?;
            Number { coefficient, ..this.clone() }
        }
        false => this.clone(),
    };
    Ok(Some((scaled, numerator)))
}

/// The whole part as an int (`dec_as_long`).
pub fn to_int(vm: &mut Vm, number: &Number) -> PyResult {
    match number.kind {
        Kind::Finite => {}
        Kind::Infinite => return Err(vm.overflow_error(format_args!("cannot convert Infinity to integer"))),
        _ => return Err(vm.value_error(format_args!("cannot convert NaN to integer"))),
    }
    let magnitude = IBig::from(checked(vm, super::exponent::truncated(number))?);
    Ok(vm.big_int(if number.negative { -magnitude } else { magnitude }))
}

/// The nearest float.
pub fn to_f64(vm: &mut Vm, number: &Number) -> PyResult<f64> {
    match number.kind {
        Kind::Signaling => Err(vm.value_error(format_args!("cannot convert signaling NaN to float"))),
        Kind::Quiet => Ok(if number.negative { -f64::NAN } else { f64::NAN }),
        Kind::Infinite => Ok(if number.negative { f64::NEG_INFINITY } else { f64::INFINITY }),
        Kind::Finite => {
            let digits = checked(vm, number.digit_text())?;
            let text = format!("{}{digits}e{}", if number.negative { "-" } else { "" }, number.exponent);
            Ok(text.parse().unwrap_or(f64::NAN))
        }
    }
}

/// Numerator and denominator without a common divisor.
pub fn to_ratio(vm: &mut Vm, number: &Number) -> PyResult<Ref<Tuple>> {
    match number.kind {
        Kind::Finite => {}
        Kind::Infinite => return Err(vm.overflow_error(format_args!("cannot convert Infinity to integer ratio"))),
        _ => return Err(vm.value_error(format_args!("cannot convert NaN to integer ratio"))),
    }
    let (numerator, denominator) = checked(vm, ratio(number))?;
    let numerator = IBig::from(numerator);
    let numerator = vm.big_int(if number.negative { -numerator } else { numerator });
    let denominator = vm.big_int(IBig::from(denominator));
    Ok(vm.new_tuple(vec![numerator, denominator]))
}

/// The magnitudes of the two.
fn ratio(number: &Number) -> Outcome<(UBig, UBig)> {
    let (mut numerator, mut exponent) = (number.coefficient.clone(), number.exponent);
    if numerator.is_zero() {
        exponent = 0;
    }
    if exponent < 0 {
        exponent += strip_zeros(&mut numerator, -exponent)?;
    }
    if exponent.abs() > MOST_DIGITS {
        return Err(NumberError::Memory);
    }
    if exponent >= 0 {
        return Ok((large::mul(&numerator, &pow10(exponent)?)?, UBig::ONE));
    }
    // Without zeros at its end the numerator has twos or fives in common with the denominator, not both.
    let places = -exponent as usize;
    let twos = numerator.trailing_zeros().unwrap_or(0).min(places);
    let fives = strip_fives(&mut numerator, places as i64)? as usize;
    let left = places - fives;
    let denominator = if left == 0 { UBig::ONE } else { large::pow(&UBig::from(5u8), left as u64)? };
    Ok((numerator >> twos, denominator << (places - twos)))
}

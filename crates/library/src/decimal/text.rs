//! Numbers to text and out of it.

use dashu_int::UBig;
use pvm_object::number::bigint::large;

use super::number::{Kind, Number, Outcome};

/// The largest magnitude of an exponent that is read; anything greater is beyond every limit.
const EXPONENT_LIMIT: i64 = 4_000_000_000_000_000_000;

/// Whether a text begins with a minus, and what is behind its sign.
fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Reads a number (`mpd_qset_string`), whose text has only ASCII characters.
pub fn parse(text: &str) -> Outcome<Option<Number>> {
    let (negative, rest) = split_sign(text);
    if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return parse_special(rest, negative);
    }
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)),
        None => (rest, Some(0)),
    };
    let Some(exponent) = exponent else { return Ok(None) };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let coefficient = digits(&[whole, fraction].concat())?;
    Ok(Some(Number::finite(negative, coefficient, exponent - fraction.len() as i64)))
}

/// The number of a text that has only digits.
pub fn digits(text: &str) -> Outcome<UBig> {
    match text.len() {
        0..=38 => Ok(UBig::from(text.bytes().fold(0u128, |value, byte| value * 10 + u128::from(byte - b'0')))),
        _ => large::from_digits(text, 10),
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = split_sign(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = digits.parse().unwrap_or(EXPONENT_LIMIT).min(EXPONENT_LIMIT);
    Some(if negative { -value } else { value })
}

fn parse_special(text: &str, negative: bool) -> Outcome<Option<Number>> {
    if text.eq_ignore_ascii_case("inf") || text.eq_ignore_ascii_case("infinity") {
        return Ok(Some(Number::infinity(negative)));
    }
    let lower = text.to_ascii_lowercase();
    let (kind, name) = if lower.starts_with('s') { (Kind::Signaling, "snan") } else { (Kind::Quiet, "nan") };
    match lower.strip_prefix(name).filter(|payload| payload.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(payload) => Ok(Some(Number { negative, kind, coefficient: digits(payload)?, exponent: 0 })),
        None => Ok(None),
    }
}

/// The text of a special value, without its sign.
pub fn special_text(number: &Number) -> Outcome<String> {
    let name = match number.kind {
        Kind::Infinite => return Ok("Infinity".to_owned()),
        Kind::Signaling => "sNaN",
        _ => "NaN",
    };
    Ok(match number.coefficient.is_zero() {
        true => name.to_owned(),
        false => name.to_owned() + &number.digit_text()?,
    })
}

/// Digits with a point after so many of them, which may lie outside of them.
pub fn split_digits(digits: &str, point: i64) -> (String, String) {
    if point <= 0 {
        let zeros = "0".repeat(point.unsigned_abs() as usize);
        return ("0".to_owned(), zeros + digits);
    }
    match digits.split_at_checked(point as usize) {
        Some((whole, fraction)) => (whole.to_owned(), fraction.to_owned()),
        None => (digits.to_owned() + &"0".repeat(point as usize - digits.len()), String::new()),
    }
}

/// The text of a number (`to_sci_string`), or, with exponents that 3 divides, `to_eng_string`.
pub fn to_text(number: &Number, capitals: bool, engineering: bool) -> Outcome<String> {
    let sign = if number.negative { "-" } else { "" };
    if !number.is_finite() {
        return Ok(sign.to_owned() + &special_text(number)?);
    }
    let digits = number.digit_text()?;
    let left = number.exponent + digits.len() as i64;
    let point = if number.exponent <= 0 && left > -6 {
        left
    } else if !engineering {
        1
    } else if number.coefficient.is_zero() {
        (left + 1).rem_euclid(3) - 1
    } else {
        (left - 1).rem_euclid(3) + 1
    };
    let (whole, fraction) = split_digits(&digits, point);
    let mut text = sign.to_owned() + &whole;
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(&fraction);
    }
    if left != point {
        let letter = if capitals { 'E' } else { 'e' };
        text.push_str(&format!("{letter}{:+}", left - point));
    }
    Ok(text)
}

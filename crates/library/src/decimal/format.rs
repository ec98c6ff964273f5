//! `format()`: the format specifications of libmpdec. What it does not know is left to `_pydecimal`, as in CPython.

use pvm_object::number::NumberError;
use pvm_object::number::error::check_room;

use super::number::{MOST_DIGITS, Number, Outcome};
use super::rules::Rounding;
use super::text::{special_text, split_digits};

/// Separators and the sizes of groups.
#[derive(Clone, Debug)]
pub struct Locale {
    pub point: String,
    pub separator: String,
    pub grouping: Vec<u8>,
}

/// A format specification.
#[derive(Clone, Debug)]
pub struct Spec {
    pub kind: u8,
    align: char,
    sign: char,
    fill: char,
    width: i64,
    precision: Option<i64>,
    pub locale: Locale,
}

fn is_align(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '^')
}

/// Takes a number off the front.
fn number(text: &mut &str) -> Option<i64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let value = text[..end].parse().ok()?;
    *text = &text[end..];
    Some(value)
}

impl Spec {
    /// Reads a specification (`mpd_parse_fmt_str`).
    pub fn parse(text: &str, capitals: bool) -> Option<Spec> {
        let mut spec = Spec {
            kind: if capitals { b'G' } else { b'g' },
            align: '>',
            sign: '-',
            fill: ' ',
            width: 0,
            precision: None,
            locale: Locale { point: ".".to_owned(), separator: String::new(), grouping: vec![3, 0] },
        };
        let mut rest = text;
        let mut chars = text.chars();
        let (first, second) = (chars.next(), chars.next());
        let mut aligned = true;
        match (first, second) {
            (Some(fill), Some(align)) if is_align(align) => {
                (spec.fill, spec.align) = (fill, align);
                rest = chars.as_str();
            }
            (Some(align), _) if is_align(align) => {
                spec.align = align;
                rest = &rest[1..];
            }
            _ => aligned = false,
        }
        if let Some(sign) = rest.chars().next().filter(|c| matches!(c, '+' | '-' | ' ')) {
            spec.sign = sign;
            rest = &rest[1..];
        }
        if rest.starts_with('0') {
            if aligned {
                return None;
            }
            (spec.align, spec.fill) = ('z', '0');
            rest = &rest[1..];
        }
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            if rest.starts_with('0') {
                return None;
            }
            spec.width = number(&mut rest)?;
        }
        let comma = rest.starts_with(',');
        if comma {
            spec.locale.separator = ",".to_owned();
            rest = &rest[1..];
        }
        if let Some(behind) = rest.strip_prefix('.') {
            rest = behind;
            if !rest.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            spec.precision = Some(number(&mut rest)?);
        }
        if let Some(&kind) = rest.as_bytes().first() {
            if !b"eEfFgGnN%".contains(&kind) || kind.eq_ignore_ascii_case(&b'n') && comma {
                return None;
            }
            spec.kind = kind;
            rest = &rest[1..];
        }
        rest.is_empty().then_some(spec)
    }

    /// Fills up to the width what counts as so many characters.
    fn aligned(&self, sign: &str, body: &str, length: usize) -> String {
        let padding = (self.width - (sign.len() + length) as i64).max(0) as usize;
        let fill = |count: usize| self.fill.to_string().repeat(count);
        match self.align {
            '<' => format!("{sign}{body}{}", fill(padding)),
            '=' => format!("{sign}{}{body}", fill(padding)),
            '^' => format!("{}{sign}{body}{}", fill(padding / 2), fill(padding - padding / 2)),
            _ => format!("{}{sign}{body}", fill(padding)),
        }
    }

    /// A number as the specification has it; none where it asks for too much.
    pub fn apply(&self, number: &Number, rounding: Rounding) -> Outcome<Option<String>> {
        if self.width > MOST_DIGITS || self.precision.is_some_and(|precision| precision > MOST_DIGITS) {
            return Ok(None);
        }
        check_room(self.width as u128)?;
        let sign = match (number.negative, self.sign) {
            (true, _) => "-",
            (_, '+') => "+",
            (_, ' ') => " ",
            _ => "",
        };
        let percent = if self.kind == b'%' { "%" } else { "" };
        if !number.is_finite() {
            let mut spec = self.clone();
            if spec.align == 'z' {
                (spec.align, spec.fill) = ('>', ' ');
            }
            let text = special_text(number)? + percent;
            return Ok(Some(spec.aligned(sign, &text, text.len())));
        }
        let mut number = number.clone();
        if self.kind == b'%' {
            number.exponent += 2;
        }
        let fixed = matches!(self.kind, b'f' | b'F' | b'%');
        let scientific = matches!(self.kind, b'e' | b'E');
        if let Some(precision) = self.precision {
            number = match self.kind {
                _ if fixed => number.rescaled(-precision, rounding)?.0,
                b'e' | b'E' => number.rounded_to(precision + 1, rounding)?,
                _ if number.digits()? > precision.max(1) => number.rounded_to(precision.max(1), rounding)?,
                _ => number,
            };
        }
        if number.coefficient.is_zero() && number.exponent > 0 && fixed {
            number.exponent = 0;
        }
        let digits = number.digit_text()?;
        let left = number.exponent + digits.len() as i64;
        let point = match self.precision {
            Some(precision) if scientific && number.coefficient.is_zero() => 1 - precision,
            _ if scientific => 1,
            _ if fixed || number.exponent <= 0 && left > -6 => left,
            _ => 1,
        };
        if point.abs() > MOST_DIGITS {
            return Err(NumberError::Memory);
        }
        check_room(u128::from(point.unsigned_abs()))?;
        let (whole, fraction) = split_digits(&digits, point);
        let mut tail = String::new();
        if !fraction.is_empty() {
            tail = self.locale.point.clone() + &fraction;
        }
        let exponent = left - point;
        if exponent != 0 || scientific {
            let letter = if matches!(self.kind, b'E' | b'G') { 'E' } else { 'e' };
            tail.push_str(&format!("{letter}{exponent:+}"));
        }
        tail.push_str(percent);
        // A point counts as one character, as separators do.
        let tail_length = match fraction.is_empty() {
            true => tail.len(),
            false => tail.len() + 1 - self.locale.point.len(),
        };
        let least = match self.align {
            'z' => self.width - (tail_length + sign.len()) as i64,
            _ => 0,
        };
        let (whole, length) = self.grouped(&whole, least);
        Ok(Some(self.aligned(sign, &(whole + &tail), length + tail_length)))
    }

    /// Digits with separators, and zeros in front of them up to a width (`_insert_thousands_sep`); how many characters that counts as.
    fn grouped(&self, digits: &str, least: i64) -> (String, usize) {
        let Locale { separator, grouping, .. } = &self.locale;
        let (mut left, mut least) = (digits.len() as i64, least.max(1));
        // The groups' sizes, the last one's first.
        let mut sizes = Vec::new();
        let mut index = 0;
        let mut complete = false;
        while !separator.is_empty() && !complete {
            // The last size holds for the rest where a zero follows it, and 127 ends the grouping.
            let size = match grouping.get(index) {
                Some(0) if index > 0 => grouping[index - 1],
                Some(&size) => {
                    index += 1;
                    size
                }
                None => break,
            };
            if size == 0 || size >= 127 {
                break;
            }
            let size = left.max(least).max(1).min(i64::from(size));
            sizes.push(size as usize);
            left = (left - size).max(0);
            least -= size;
            complete = left == 0 && least <= 0;
            if !complete {
                least -= 1;
            }
        }
        if !complete {
            sizes.push(left.max(least).max(1) as usize);
        }
        let total: usize = sizes.iter().sum();
        let (mut zeros, length) = (total - digits.len(), total + sizes.len() - 1);
        let mut text = String::with_capacity(total + separator.len() * sizes.len());
        let mut rest = digits;
        for size in sizes.into_iter().rev() {
            if !text.is_empty() {
                text.push_str(separator);
            }
            let filled = zeros.min(size);
            text.extend(std::iter::repeat_n('0', filled));
            zeros -= filled;
            let (group, behind) = rest.split_at(size - filled);
            text.push_str(group);
            rest = behind;
        }
        (text, length)
    }
}

impl Number {
    /// Rounded to so many digits, at least one.
    fn rounded_to(&self, digits: i64, rounding: Rounding) -> Outcome {
        if self.coefficient.is_zero() {
            return Ok(self.clone());
        }
        let before = self.adjusted()?;
        let (rounded, _) = self.rescaled(before + 1 - digits, rounding)?;
        let after = rounded.adjusted()?;
        match after == before {
            true => Ok(rounded),
            false => Ok(rounded.rescaled(after + 1 - digits, rounding)?.0),
        }
    }
}

//! Numeric literals, from their source text.

use dashu_int::IBig;
use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{Lowered, Lowerer};
use crate::ast::Constant;
use crate::tokenizer::follows_number;

/// How many digits a decimal int may have by default (`sys.int_info.default_max_str_digits`).
const MAX_STR_DIGITS: usize = 4300;

impl Lowerer<'_> {
    pub(super) fn number(&mut self, node: &ruff::ExprNumberLiteral) -> Lowered<Constant> {
        let range = node.range();
        self.check_end_of_number(range)?;
        let digits: String = self.slice(range).chars().filter(|&c| c != '_').collect();
        let limit = self.flags.max_str_digits;
        match parse_number(&digits, limit) {
            Ok(constant) => Ok(constant),
            Err(NumberError::TooManyDigits(count)) => Err(self.syntax_error(too_many_digits(count, limit), range)),
            Err(NumberError::Malformed) => Err(self.syntax_error("invalid syntax", range)),
        }
    }
}

impl Lowerer<'_> {
    /// Warns of a keyword that follows a number at once, as the tokenizer does.
    fn check_end_of_number(&mut self, range: TextRange) -> Lowered<()> {
        let rest = &self.source.text()[range.end().to_usize()..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Ok(());
        }
        if !follows_number(rest) {
            self.suspicious = true;
            return Ok(());
        }
        let literal = self.slice(range);
        let kind = match radix(literal) {
            Some(16) => "hexadecimal",
            Some(8) => "octal",
            Some(_) => "binary",
            None if literal.ends_with(['j', 'J']) => "imaginary",
            None => "decimal",
        };
        let message = format!("invalid {kind} literal");
        let last = TextRange::new(range.end() - TextSize::new(1), range.end());
        let location = self.location(TextRange::empty(last.start()));
        self.warn(message.clone(), message, location)
    }
}

/// Whether a decimal int has more digits than a limit allows; without one CPython's default counts, 0 allows any number.
fn exceeds(count: usize, limit: Option<usize>) -> bool {
    let limit = limit.unwrap_or(MAX_STR_DIGITS);
    limit != 0 && count > limit
}

fn too_many_digits(count: usize, limit: Option<usize>) -> String {
    let limit = limit.unwrap_or(MAX_STR_DIGITS);
    format!(
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {count} digits; use \
         sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid \
         decimal conversion limits."
    )
}

/// What is wrong with a numeric literal's value.
pub(crate) fn number_error(literal: &str, limit: Option<usize>) -> Option<String> {
    let digits = literal.bytes().filter(u8::is_ascii_digit).count();
    let int = literal.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    (int && exceeds(digits, limit)).then(|| too_many_digits(digits, limit))
}

enum NumberError {
    TooManyDigits(usize),
    Malformed,
}

/// The value of a literal without underscores.
fn parse_number(digits: &str, limit: Option<usize>) -> Result<Constant, NumberError> {
    let malformed = |_| NumberError::Malformed;
    if let Some(radix) = radix(digits) {
        return match IBig::from_str_radix(&digits[2..], radix) {
            Ok(value) => Ok(Constant::Int(value)),
            Err(_) => Err(NumberError::Malformed),
        };
    }
    if let Some(imaginary) = digits.strip_suffix(['j', 'J']) {
        let imaginary = imaginary.parse().map_err(malformed)?;
        return Ok(Constant::Complex(0.0, imaginary));
    }
    if digits.contains(['.', 'e', 'E']) {
        return Ok(Constant::Float(digits.parse().map_err(malformed)?));
    }
    if exceeds(digits.len(), limit) {
        return Err(NumberError::TooManyDigits(digits.len()));
    }
    match digits.parse() {
        Ok(value) => Ok(Constant::Int(value)),
        Err(_) => Err(NumberError::Malformed),
    }
}

fn radix(digits: &str) -> Option<u32> {
    match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => Some(16),
        [b'0', b'o' | b'O', ..] => Some(8),
        [b'0', b'b' | b'B', ..] => Some(2),
        _ => None,
    }
}

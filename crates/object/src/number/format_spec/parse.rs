//! Reading a format specification.

use super::{Align, FormatSpec, Grouping, SignStyle};
use crate::number::error::NumberError;
use crate::text::TextView;
use crate::text::unicode::decimal;

/// What a value's type makes of an incomplete specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// The type letter; 0 for none.
    pub kind: u32,
    /// Where padding goes.
    pub align: Align,
}

impl Defaults {
    /// Those of `int`.
    pub const INT: Defaults = Defaults { kind: b'd' as u32, align: Align::Right };
    /// Those of `float` and `complex`.
    pub const FLOAT: Defaults = Defaults { kind: 0, align: Align::Right };
    /// Those of `str`.
    pub const STR: Defaults = Defaults { kind: b's' as u32, align: Align::Left };
}

/// A type letter or separator as error messages show it.
pub(super) fn shown(code_point: u32) -> String {
    match char::from_u32(code_point) {
        Some(c @ '!'..='\x7f') => c.to_string(),
        _ => format!("\\x{code_point:x}"),
    }
}

/// The specification, read from left to right.
struct Cursor<'a> {
    text: TextView<'a>,
    position: usize,
}

impl Cursor<'_> {
    fn peek(&self, ahead: usize) -> Option<u32> {
        let index = self.position + ahead;
        (index < self.text.len()).then(|| self.text.get(index))
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek(0) == Some(u32::from(wanted));
        self.position += usize::from(found);
        found
    }

    /// A decimal number, in the digits of any script; `None` without digits.
    fn number(&mut self) -> Result<Option<usize>, NumberError> {
        let mut value: Option<usize> = None;
        while let Some(digit) = self.peek(0).and_then(decimal) {
            let next = value.unwrap_or(0).checked_mul(10).and_then(|value| value.checked_add(usize::from(digit)));
            match next {
                Some(next) if isize::try_from(next).is_ok() => value = Some(next),
                _ => {
                    return Err(NumberError::value("Too many decimal digits in format string"));
                }
            }
            self.position += 1;
        }
        Ok(value)
    }

    /// At most one of `,` and `_`.
    fn grouping(&mut self) -> Result<Grouping, NumberError> {
        let both = || NumberError::value("Cannot specify both ',' and '_'.");
        let mut grouping = Grouping::None;
        if self.take(',') {
            grouping = Grouping::Comma;
        }
        if self.take('_') {
            if grouping != Grouping::None {
                return Err(both());
            }
            grouping = Grouping::Underscore;
        }
        if grouping == Grouping::Underscore && self.peek(0) == Some(u32::from(',')) {
            return Err(both());
        }
        Ok(grouping)
    }
}

fn align_of(code_point: Option<u32>) -> Option<Align> {
    Some(match char::from_u32(code_point?)? {
        '<' => Align::Left,
        '>' => Align::Right,
        '^' => Align::Center,
        '=' => Align::AfterSign,
        _ => return None,
    })
}

/// Reads a specification for a value whose type has this name and these defaults.
///
/// # Errors
/// `ValueError` with the words of `parse_internal_render_format_spec`.
pub fn parse(text: TextView<'_>, type_name: &str, defaults: Defaults) -> Result<FormatSpec, NumberError> {
    let mut cursor = Cursor { text, position: 0 };
    let mut spec = FormatSpec {
        fill: u32::from(' '),
        align: defaults.align,
        sign: None,
        no_negative_zero: false,
        alternate: false,
        width: None,
        grouping: Grouping::None,
        precision: None,
        fraction_grouping: Grouping::None,
        kind: defaults.kind,
    };
    let mut align_given = true;
    let mut fill_given = false;
    if let Some(align) = align_of(cursor.peek(1)) {
        spec.fill = cursor.text.get(0);
        spec.align = align;
        fill_given = true;
        cursor.position = 2;
    } else if let Some(align) = align_of(cursor.peek(0)) {
        spec.align = align;
        cursor.position = 1;
    } else {
        align_given = false;
    }
    for (sign, style) in [(' ', SignStyle::Space), ('+', SignStyle::Plus), ('-', SignStyle::Minus)] {
        if spec.sign.is_none() && cursor.take(sign) {
            spec.sign = Some(style);
        }
    }
    spec.no_negative_zero = cursor.take('z');
    spec.alternate = cursor.take('#');
    if !fill_given && cursor.take('0') {
        spec.fill = u32::from('0');
        if !align_given && defaults.align == Align::Right {
            spec.align = Align::AfterSign;
        }
    }
    spec.width = cursor.number()?;
    spec.grouping = cursor.grouping()?;
    if cursor.take('.') {
        spec.precision = cursor.number()?;
        spec.fraction_grouping = cursor.grouping()?;
        if spec.precision.is_none() && spec.fraction_grouping == Grouping::None {
            return Err(NumberError::value("Format specifier missing precision"));
        }
    }
    if text.len() - cursor.position > 1 {
        return Err(NumberError::value(format!(
            "Invalid format specifier '{}' for object of type '{type_name}'",
            text.to_str_lossy()
        )));
    }
    if let Some(kind) = cursor.peek(0) {
        spec.kind = kind;
    }
    check_grouping(&mut spec)?;
    Ok(spec)
}

/// Separators fit decimal numbers, underscores also binary, octal and hexadecimal ones.
fn check_grouping(spec: &mut FormatSpec) -> Result<(), NumberError> {
    let kind = char::from_u32(spec.kind);
    let refused = |grouping: Grouping, kind: u32| {
        let separator = if grouping == Grouping::Comma { ',' } else { '_' };
        Err(NumberError::value(format!("Cannot specify '{separator}' with '{}'.", shown(kind))))
    };
    if spec.grouping != Grouping::None {
        match kind {
            Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => {}
            Some('b' | 'o' | 'x' | 'X') if spec.grouping == Grouping::Underscore => {
                spec.grouping = Grouping::UnderscoreFour;
            }
            _ => return refused(spec.grouping, spec.kind),
        }
    }
    if kind == Some('n') && spec.fraction_grouping != Grouping::None {
        return refused(spec.fraction_grouping, spec.kind);
    }
    Ok(())
}

//! The layout of a number: sign, prefix, grouped digits, fraction, and padding where the specification wants it.

use super::{Align, FormatSpec, Grouping, LocaleNumbers, SignStyle};
use crate::number::error::{NumberError, check_room};
use crate::text::TextBuilder;

/// A number taken apart; everything is ASCII.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pieces<'a> {
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// The digits before the point; empty for `inf` and `nan`.
    pub whole: &'a str,
    pub point: bool,
    pub fraction: &'a str,
    /// What follows the digits: exponent, percent sign, `inf`, `nan`.
    pub rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Takes apart what the float formatter writes: `-1.5e+10`, `inf`, `12%`.
    pub fn of_float(text: &'a str) -> Pieces<'a> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let digits_end = |text: &str| text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
        let (whole, tail) = text.split_at(digits_end(text));
        let (point, tail) = match tail.strip_prefix('.') {
            Some(tail) => (true, tail),
            None => (false, tail),
        };
        let (fraction, rest) = tail.split_at(if point { digits_end(tail) } else { 0 });
        Pieces { negative, prefix: "", whole, point, fraction, rest }
    }
}

/// Separators and group sizes in force.
#[derive(Clone, Copy)]
pub(super) struct Separators<'a> {
    pub point: &'a str,
    pub thousands: &'a str,
    pub sizes: &'a [u8],
    pub fraction: &'a str,
}

impl<'a> Separators<'a> {
    /// Those of a specification; `n` takes the locale's.
    pub fn of(spec: &FormatSpec, locale: &LocaleNumbers<'a>) -> Separators<'a> {
        if spec.kind == u32::from('n') {
            return Separators {
                point: locale.decimal_point,
                thousands: locale.thousands_separator,
                sizes: locale.grouping,
                fraction: "",
            };
        }
        let separator = |grouping: Grouping| match grouping {
            Grouping::None => "",
            Grouping::Comma => ",",
            Grouping::Underscore | Grouping::UnderscoreFour => "_",
        };
        let sizes: &[u8] = match spec.grouping {
            Grouping::None => &[],
            Grouping::Comma | Grouping::Underscore => &[3],
            Grouping::UnderscoreFour => &[4],
        };
        Separators { point: ".", thousands: separator(spec.grouping), sizes, fraction: separator(spec.fraction_grouping) }
    }
}

/// One group of digits, the rightmost first: leading zeros to add, and digits.
struct Group {
    zeros: usize,
    digits: usize,
}

/// Splits digits into groups, filled with zeros so that the whole is at least `min_width` characters wide.
fn groups(digits: usize, min_width: usize, separators: &Separators<'_>) -> Vec<Group> {
    /// In a locale's grouping: no groups from here on.
    const NO_MORE: u8 = 127;
    let separator = separators.thousands.chars().count();
    let mut sizes = separators.sizes.iter().copied();
    let mut previous = 0;
    let mut groups = Vec::new();
    let (mut remaining, mut missing) = (digits, min_width);
    loop {
        let size = match sizes.next() {
            Some(NO_MORE) => 0,
            Some(size) => {
                previous = size;
                size
            }
            None => previous,
        };
        let most = remaining.max(missing).max(1);
        let length = if size == 0 { most } else { most.min(usize::from(size)) };
        let taken = length.min(remaining);
        groups.push(Group { zeros: length - taken, digits: taken });
        remaining -= taken;
        missing = missing.saturating_sub(length);
        if size == 0 || (remaining == 0 && missing == 0) {
            return groups;
        }
        missing = missing.saturating_sub(separator);
    }
}

/// Digits of a fraction between two separators.
const FRACTION_GROUP: usize = 3;

/// Writes a number as the specification lays it out.
///
/// # Errors
/// `MemoryError` for a width that memory cannot hold.
pub(super) fn write_number(
    out: &mut TextBuilder,
    pieces: Pieces<'_>,
    spec: &FormatSpec,
    separators: &Separators<'_>,
) -> Result<(), NumberError> {
    let sign = match (pieces.negative, spec.sign) {
        (true, _) => "-",
        (false, Some(SignStyle::Plus)) => "+",
        (false, Some(SignStyle::Space)) => " ",
        (false, _) => "",
    };
    let point = if pieces.point { separators.point } else { "" };
    let fraction_breaks =
        if separators.fraction.is_empty() { 0 } else { pieces.fraction.len().saturating_sub(1) / FRACTION_GROUP };
    let around =
        sign.len() + pieces.prefix.len() + point.chars().count() + pieces.fraction.len() + fraction_breaks + pieces.rest.len();
    let width = spec.width.unwrap_or(0);
    check_room(4 * (width as u128))?;
    let zero_filled = spec.fill == u32::from('0') && spec.align == Align::AfterSign;
    let min_width = if zero_filled { width.saturating_sub(around) } else { 0 };
    let groups = if pieces.whole.is_empty() { Vec::new() } else { groups(pieces.whole.len(), min_width, separators) };
    let grouped = groups.iter().map(|group| group.zeros + group.digits).sum::<usize>()
        + groups.len().saturating_sub(1) * separators.thousands.chars().count();
    let padding = width.saturating_sub(around + grouped);
    let (before, inside, after) = match spec.align {
        Align::Left => (0, 0, padding),
        Align::Right => (padding, 0, 0),
        Align::Center => (padding / 2, 0, padding - padding / 2),
        Align::AfterSign => (0, padding, 0),
    };
    out.push_repeated(spec.fill, before);
    out.push_str(sign);
    out.push_str(pieces.prefix);
    out.push_repeated(spec.fill, inside);
    let mut digits = pieces.whole;
    for (index, group) in groups.iter().enumerate().rev() {
        out.push_repeated(u32::from('0'), group.zeros);
        let (now, later) = digits.split_at(group.digits);
        out.push_str(now);
        digits = later;
        if index > 0 {
            out.push_str(separators.thousands);
        }
    }
    out.push_str(point);
    if fraction_breaks == 0 {
        out.push_str(pieces.fraction);
    } else {
        for (index, group) in pieces.fraction.as_bytes().chunks(FRACTION_GROUP).enumerate() {
            if index > 0 {
                out.push_str(separators.fraction);
            }
            out.push_ascii(group);
        }
    }
    out.push_str(pieces.rest);
    out.push_repeated(spec.fill, after);
    Ok(())
}

/// How many fill characters go before and after a text of this length.
pub(super) fn margins(spec: &FormatSpec, length: usize) -> Result<(usize, usize), NumberError> {
    let padding = spec.width.unwrap_or(0).saturating_sub(length);
    check_room(4 * (padding as u128))?;
    Ok(match spec.align {
        Align::Right => (padding, 0),
        Align::Center => (padding / 2, padding - padding / 2),
        Align::Left | Align::AfterSign => (0, padding),
    })
}

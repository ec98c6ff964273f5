//! `str`, `bytes` and `tuple`.

use super::Number;
use super::number;
use pvm_bytecode::{Constant, IBig, Text};

/// The most items of a repeated tuple.
const MAX_COLLECTION_SIZE: usize = 256;
/// The most characters of a repeated string.
const MAX_STR_SIZE: usize = 4096;
/// The most items of a repeated tuple, those of tuples within counted.
const MAX_TOTAL_ITEMS: usize = 1024;

/// `left + right` of two sequences of one type.
pub(super) fn concatenate(left: &Constant, right: &Constant) -> Option<Constant> {
    Some(match (left, right) {
        (Constant::Str(left), Constant::Str(right)) => {
            Constant::Str(Text::from_wtf8(&[left.as_bytes(), right.as_bytes()].concat())?)
        }
        (Constant::Bytes(left), Constant::Bytes(right)) => Constant::Bytes([&left[..], &right[..]].concat().into()),
        (Constant::Tuple(left), Constant::Tuple(right)) => Constant::Tuple([&left[..], &right[..]].concat().into()),
        _ => return None,
    })
}

/// `sequence * count`, if it stays small.
pub(super) fn repeat(sequence: &Constant, count: &IBig) -> Option<Constant> {
    let size = length(sequence)?;
    let limit = match sequence {
        Constant::Tuple(_) => MAX_COLLECTION_SIZE,
        _ => MAX_STR_SIZE,
    };
    let count = match limit.checked_div(size) {
        Some(most) => usize::try_from(count).ok().filter(|&count| count <= most)?,
        // Nothing repeated is nothing, for any count that fits a size.
        None => i64::try_from(count).map(|_| 0).ok()?,
    };
    Some(match sequence {
        Constant::Str(text) => Constant::Str(Text::from_wtf8(&text.as_bytes().repeat(count))?),
        Constant::Bytes(bytes) => Constant::Bytes(bytes.repeat(count).into()),
        Constant::Tuple(items) => {
            if let Some(limit) = MAX_TOTAL_ITEMS.checked_div(count) {
                check_complexity(sequence, limit)?;
            }
            let total = items.len() * count;
            Constant::Tuple(items.iter().cycle().take(total).cloned().collect())
        }
        _ => return None,
    })
}

/// What is left of `limit` once all items of nested tuples are counted; `None` if they are more.
fn check_complexity(value: &Constant, limit: usize) -> Option<usize> {
    let Constant::Tuple(items) = value else {
        return Some(limit);
    };
    let limit = limit.checked_sub(items.len())?;
    items.iter().try_fold(limit, |limit, item| check_complexity(item, limit))
}

fn length(sequence: &Constant) -> Option<usize> {
    Some(match sequence {
        Constant::Str(text) => text.code_points().count(),
        Constant::Bytes(bytes) => bytes.len(),
        Constant::Tuple(items) => items.len(),
        _ => return None,
    })
}

/// `sequence[index]`, `index` an int or a slice.
pub(super) fn subscript(sequence: &Constant, index: &Constant) -> Option<Constant> {
    let size = length(sequence)?;
    if let Constant::Slice(parts) = index {
        let positions = slice_positions(parts, size)?;
        return Some(match sequence {
            Constant::Str(text) => {
                let points: Vec<u32> = text.code_points().collect();
                Constant::Str(Text::from_code_points(positions.into_iter().map(|at| points[at]))?)
            }
            Constant::Bytes(bytes) => Constant::Bytes(positions.into_iter().map(|at| bytes[at]).collect()),
            Constant::Tuple(items) => Constant::Tuple(positions.into_iter().map(|at| items[at].clone()).collect()),
            _ => return None,
        });
    }
    let Number::Int(index) = number(index)? else {
        return None;
    };
    let index = i64::try_from(&index).ok()?;
    let index =
        if index < 0 { size.checked_sub(usize::try_from(index.unsigned_abs()).ok()?)? } else { usize::try_from(index).ok()? };
    match sequence {
        Constant::Str(text) => text.code_points().nth(index).and_then(|point| Text::from_code_points([point])).map(Constant::Str),
        Constant::Bytes(bytes) => bytes.get(index).map(|&byte| Constant::int(byte)),
        Constant::Tuple(items) => items.get(index).cloned(),
        _ => None,
    }
}

/// The positions a slice selects (CPython's `PySlice_Unpack` and `PySlice_AdjustIndices`).
fn slice_positions(parts: &[Constant; 3], size: usize) -> Option<Vec<usize>> {
    let size = i64::try_from(size).ok()?;
    let [start, stop, step] = parts;
    let step = bound(step)?.unwrap_or(1).max(-i64::MAX);
    if step == 0 {
        return None;
    }
    let (lowest, highest) = if step < 0 { (-1, size - 1) } else { (0, size) };
    let adjust = |bound: Option<i64>, default: i64| match bound {
        None => default,
        Some(bound) if bound < 0 => (bound.saturating_add(size)).max(lowest),
        Some(bound) => bound.min(highest),
    };
    let start = adjust(bound(start)?, if step < 0 { highest } else { lowest });
    let stop = adjust(bound(stop)?, if step < 0 { lowest } else { highest });
    let mut positions = Vec::new();
    let mut at = start;
    while if step < 0 { at > stop } else { at < stop } {
        positions.push(usize::try_from(at).ok()?);
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
    }
    Some(positions)
}

/// A bound of a slice, brought into range; `Some(None)` if it is left out, `None` if it is no int.
fn bound(value: &Constant) -> Option<Option<i64>> {
    if matches!(value, Constant::None) {
        return Some(None);
    }
    let Number::Int(value) = number(value)? else {
        return None;
    };
    let clamped = i64::try_from(&value).unwrap_or(if value < IBig::ZERO { i64::MIN } else { i64::MAX });
    Some(Some(clamped))
}

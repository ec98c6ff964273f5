//! Padding, tabs and repetition, shared by `str` and `bytes`.

use super::search::SizeError;
use super::unit::Unit;

/// Where the text stands in a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Align {
    /// At the left: `ljust`.
    Left,
    /// At the right: `rjust`.
    Right,
    /// In the middle: `center`.
    Center,
}

/// How many fill characters go before and after a text of `len` in a field of `width`; `None` if the text fills it.
pub fn margins(align: Align, len: usize, width: isize) -> Option<(usize, usize)> {
    let width = usize::try_from(width).ok()?;
    let missing = width.checked_sub(len).filter(|&missing| missing > 0)?;
    Some(match align {
        Align::Left => (0, missing),
        Align::Right => (missing, 0),
        // With an odd rest, the side of the larger margin depends on the width: as CPython has always done.
        Align::Center => {
            let left = missing / 2 + (missing & width & 1);
            (left, missing - left)
        }
    })
}

/// An empty vector with room for `len` units, or the reason why there is none.
fn room<U>(len: Option<usize>) -> Result<Vec<U>, SizeError> {
    let len = len.filter(|&len| isize::try_from(len).is_ok()).ok_or(SizeError::TooLong)?;
    let mut units = Vec::new();
    units.try_reserve_exact(len)?;
    Ok(units)
}

/// `units` in a field of `width`; `None` if they fill it.
pub fn justify<U: Unit>(units: &[U], align: Align, width: isize, fill: U) -> Result<Option<Vec<U>>, SizeError> {
    let Some((left, right)) = margins(align, units.len(), width) else {
        return Ok(None);
    };
    let mut out = room(Some(left + units.len() + right))?;
    out.resize(left, fill);
    out.extend_from_slice(units);
    out.resize(left + units.len() + right, fill);
    Ok(Some(out))
}

/// `zfill(width)`: zeros between the sign and the rest; `None` if nothing is missing.
pub fn zero_fill<U: Unit>(units: &[U], width: isize) -> Result<Option<Vec<U>>, SizeError> {
    let zero = U::from(b'0');
    let mut out = justify(units, Align::Right, width, zero)?;
    if let (Some(out), Some(&sign)) = (&mut out, units.first())
        && matches!(sign.code_point(), 0x2B | 0x2D)
    {
        let at = out.len() - units.len();
        out.swap(0, at);
    }
    Ok(out)
}

/// `expandtabs(tab_size)`; tabs vanish if it is not positive.
pub fn expand_tabs<U: Unit>(units: &[U], tab_size: isize) -> Result<Vec<U>, SizeError> {
    let tab_size = usize::try_from(tab_size).unwrap_or(0);
    let mut column = 0usize;
    let mut length = Some(0usize);
    let advance = |unit: U, column: &mut usize| -> usize {
        let step = match unit.code_point() {
            0x09 if tab_size == 0 => return 0,
            0x09 => tab_size - *column % tab_size,
            0x0A | 0x0D => {
                *column = 0;
                return 1;
            }
            _ => 1,
        };
        *column = column.saturating_add(step);
        step
    };
    for &unit in units {
        let step = advance(unit, &mut column);
        length = length.and_then(|length| length.checked_add(step));
    }
    let mut out = room(length)?;
    column = 0;
    for &unit in units {
        let step = advance(unit, &mut column);
        if unit.code_point() == 0x09 {
            out.resize(out.len() + step, U::from(b' '));
        } else {
            out.push(unit);
        }
    }
    Ok(out)
}

/// `units` repeated `times`.
pub fn repeat<U: Unit>(units: &[U], times: usize) -> Result<Vec<U>, SizeError> {
    let total = units.len().checked_mul(times);
    let mut out = room(total)?;
    match *units {
        [unit] => out.resize(times, unit),
        _ => {
            // Doubling copies long runs instead of many short ones.
            let total = total.unwrap_or(0);
            out.extend_from_slice(&units[..units.len().min(total)]);
            while !out.is_empty() && out.len() < total {
                out.extend_from_within(..out.len().min(total - out.len()));
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn justifying() {
        let field = |align, width| justify(b"ab", align, width, b'.').unwrap();
        assert_eq!(field(Align::Center, 5).unwrap(), b"..ab.");
        assert_eq!(justify(b"abc", Align::Center, 6, b'.').unwrap().unwrap(), b".abc..");
        assert_eq!(justify(b"a", Align::Center, 4, b'.').unwrap().unwrap(), b".a..");
        assert_eq!(field(Align::Left, 4).unwrap(), b"ab..");
        assert_eq!(field(Align::Right, 4).unwrap(), b"..ab");
        assert_eq!(field(Align::Right, 2), None);
        assert_eq!(field(Align::Right, -7), None);
        assert_eq!(justify(b"ab", Align::Left, isize::MAX, b'.'), Err(SizeError::NoMemory));
    }

    #[test]
    fn zero_filling() {
        let fill = |text: &str, width| zero_fill(text.as_bytes(), width).unwrap();
        assert_eq!(fill("-12", 6).unwrap(), b"-00012");
        assert_eq!(fill("+", 3).unwrap(), b"+00");
        assert_eq!(fill("12", 4).unwrap(), b"0012");
        assert_eq!(fill("", 2).unwrap(), b"00");
        assert_eq!(fill("123", 3), None);
    }

    #[test]
    fn tabs() {
        let expand = |text: &str, size| String::from_utf8(expand_tabs(text.as_bytes(), size).unwrap()).unwrap();
        assert_eq!(expand("a\tb\n\tc", 4), "a   b\n    c");
        assert_eq!(expand("01\t012\t0123\t01234", 4), "01  012 0123    01234");
        assert_eq!(expand("a\tb\r\tc", 8), "a       b\r        c");
        assert_eq!(expand("a\tb", 0), "ab");
        assert_eq!(expand("a\tb", -3), "ab");
        assert_eq!(expand_tabs(b"\ta\t\t", isize::MAX), Err(SizeError::TooLong));
    }

    #[test]
    fn repeating() {
        assert_eq!(repeat(b"abc", 5).unwrap(), b"abcabcabcabcabc");
        assert_eq!(repeat(b"a", 3).unwrap(), b"aaa");
        assert_eq!(repeat(b"abc", 0).unwrap(), b"");
        assert_eq!(repeat(b"", 9).unwrap(), b"");
        assert_eq!(repeat(b"ab", usize::MAX), Err(SizeError::TooLong));
    }
}

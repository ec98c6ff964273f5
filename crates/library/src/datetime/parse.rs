//! What `fromisoformat` reads: ISO 8601 but for ordinal dates and fractions of hours and minutes.

use super::calendar::day_of_iso;
use super::format::Clock;

/// A number of so many digits.
fn digits(text: &[u8], count: usize) -> Option<i32> {
    let digits = text.get(..count)?;
    digits.iter().try_fold(0, |number, &digit| digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0')))
}

/// A date, whose fields may yet be out of range.
pub fn date(text: &[u8]) -> Option<(i32, i32, i32)> {
    if !matches!(text.len(), 7 | 8 | 10) {
        return None;
    }
    let year = digits(text, 4)?;
    let dashes = text[4] == b'-';
    let mut rest = &text[4 + usize::from(dashes)..];
    if let [b'W', week @ ..] = rest {
        let number = digits(week, 2)?;
        let weekday = match &week[2..] {
            [] => 1,
            [b'-', day] if dashes => digits(&[*day], 1)?,
            [day] if !dashes => digits(&[*day], 1)?,
            _ => return None,
        };
        return day_of_iso(year, number, weekday).ok();
    }
    let month = digits(rest, 2)?;
    rest = &rest[2..];
    if dashes != rest.starts_with(b"-") {
        return None;
    }
    rest = &rest[usize::from(dashes)..];
    (rest.len() == 2).then_some((year, month, digits(rest, 2)?))
}

/// `HH[:?MM[:?SS[{.,}fff[fff]]]]`.
fn clock(text: &[u8]) -> Option<Clock> {
    let mut fields = [0; 3];
    let (mut rest, mut colons) = (text, false);
    for (index, field) in fields.iter_mut().enumerate() {
        *field = digits(rest, 2)?;
        rest = &rest[2..];
        if index == 0 {
            colons = rest.starts_with(b":");
        }
        if rest.is_empty() || index == 2 {
            break;
        }
        if colons {
            rest = rest.strip_prefix(b":")?;
        } else if rest.starts_with(b":") {
            return None;
        }
    }
    let [hour, minute, second] = fields;
    let mut micro = 0;
    if let Some((separator, fraction)) = rest.split_first() {
        if !matches!(separator, b'.' | b',') || fraction.is_empty() || !fraction.iter().all(u8::is_ascii_digit) {
            return None;
        }
        // What is finer is cut off.
        let used = fraction.len().min(6);
        micro = digits(fraction, used)? * 10_i32.pow(6 - used as u32);
    }
    Some(Clock { hour, minute, second, micro })
}

/// A time, whose fields may yet be out of range, and the offset in microseconds that follows it.
pub fn time(text: &[u8]) -> Option<(Clock, Option<i128>)> {
    let zone = text.iter().position(|byte| matches!(byte, b'+' | b'-' | b'Z'));
    let Some(zone) = zone else { return Some((clock(text)?, None)) };
    let time = clock(&text[..zone])?;
    if text[zone] == b'Z' {
        return (zone + 1 == text.len()).then_some((time, Some(0)));
    }
    let offset = &text[zone + 1..];
    if matches!(offset.len(), 0 | 1 | 3) {
        return None;
    }
    let offset = clock(offset)?.micros();
    Some((time, Some(if text[zone] == b'-' { -offset } else { offset })))
}

/// Where the date ends and a separator stands (`_find_isoformat_datetime_separator`).
pub fn separator(text: &[u8]) -> usize {
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let is = |at: usize, byte: u8| text.get(at) == Some(&byte);
    if text.len() == 7 {
        return 7;
    }
    if is(4, b'-') {
        if !is(5, b'W') {
            return 10;
        }
        return match is(8, b'-') {
            // A dash may be the separator, too: then what follows is a time, which has two digits at least.
            true if text.len() == 9 => text.len(),
            true if text.len() > 10 && digit(10) => 8,
            true => 10,
            false => 8,
        };
    }
    if !is(4, b'W') {
        return 8;
    }
    // The number of digits behind the week: an odd one has the day among them.
    let end = (7..text.len()).find(|&at| !digit(at)).unwrap_or(text.len());
    match end {
        ..9 => end,
        end if end % 2 == 0 => 7,
        _ => 8,
    }
}

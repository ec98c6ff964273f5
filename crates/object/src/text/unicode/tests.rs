//! Holds every predicate and mapping against CPython's answers, for all code points.

use super::digests::DIGESTS;
use super::{category, decimal, digit, is_line_break, numeric, to_lower_simple};
use crate::text::strings::{case, classify, repr};
use crate::text::{TextBuf, TextView};

/// The CRC-32 of what `answer` writes for each code point.
fn checksum(mut answer: impl FnMut(u32, &mut Vec<u8>)) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| (0..8).fold(byte as u32, |crc, _| (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320)));
    let mut crc = !0u32;
    let mut answers = Vec::new();
    for code_point in 0..0x11_0000 {
        answers.clear();
        answer(code_point, &mut answers);
        for byte in &answers {
            crc = (crc >> 8) ^ table[(crc as u8 ^ byte) as usize];
        }
    }
    !crc
}

fn predicate(holds: impl Fn(TextView<'_>) -> bool, before: &[u8]) -> u32 {
    let mut narrow = [before, &[0]].concat();
    let mut wide: Vec<u32> = narrow.iter().map(|&u| u.into()).collect();
    let last = before.len();
    checksum(|c, out| {
        let answer = if c < 0x80 {
            narrow[last] = c as u8;
            holds(TextView::Ascii(&narrow))
        } else {
            wide[last] = c;
            holds(TextView::Ucs4(&wide))
        };
        out.push(answer.into());
    })
}

/// UTF-8 that encodes surrogates like other characters.
fn push_utf8(out: &mut Vec<u8>, c: u32) {
    match c {
        0xD800..0xE000 => out.extend([0xED, 0x80 | (c >> 6 & 63) as u8, 0x80 | (c & 63) as u8]),
        _ => out.extend(char::from_u32(c).unwrap().encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

fn text(map: impl Fn(TextView<'_>) -> TextBuf, before: &str, after: &str) -> u32 {
    let mut wide: Vec<u32> = before.chars().chain(['\0']).chain(after.chars()).map(u32::from).collect();
    let slot = before.chars().count();
    checksum(|c, out| {
        wide[slot] = c;
        let mapped = if wide.len() == 1 && c < 0x80 { map(TextView::Ascii(&[c as u8])) } else { map(TextView::Ucs4(&wide)) };
        assert_eq!(mapped.view().width(), mapped.view().narrowest());
        mapped.view().code_points().for_each(|c| push_utf8(out, c));
        out.push(0xFF);
    })
}

fn number(value: impl Fn(u32) -> Option<String>) -> u32 {
    checksum(|c, out| {
        out.extend(value(c).unwrap_or("None".to_owned()).bytes());
        out.push(0xFF);
    })
}

#[test]
fn all_code_points_agree_with_cpython() {
    for (name, expected) in DIGESTS {
        let found = match name {
            "isalpha" => predicate(classify::is_alpha, b""),
            "isalnum" => predicate(classify::is_alnum, b""),
            "isdecimal" => predicate(classify::is_decimal, b""),
            "isdigit" => predicate(classify::is_digit, b""),
            "isnumeric" => predicate(classify::is_numeric, b""),
            "isspace" => predicate(classify::is_space, b""),
            "isupper" => predicate(classify::is_upper, b""),
            "islower" => predicate(classify::is_lower, b""),
            "istitle" => predicate(classify::is_title, b""),
            "isprintable" => predicate(classify::is_printable, b""),
            "isidentifier" => predicate(classify::is_identifier, b""),
            "continues_identifier" => predicate(classify::is_identifier, b"a"),
            "breaks_line" => checksum(|c, out| out.push(is_line_break(c).into())),
            "upper" => text(case::upper, "", ""),
            "lower" => text(case::lower, "", ""),
            "title" => text(case::title, "", ""),
            "capitalize" => text(case::capitalize, "", ""),
            "swapcase" => text(case::swapcase, "", ""),
            "casefold" => text(case::casefold, "", ""),
            "title_after" => text(case::title, "a", "a"),
            "sigma_after" => text(case::lower, "A", "Σ"),
            "sigma_before" => text(case::lower, "AΣ", "A"),
            "sigma_next" => text(case::lower, "AΣ", ""),
            "simple_lower" => checksum(|c, out| {
                push_utf8(out, to_lower_simple(c));
                out.push(0xFF);
            }),
            "category" => checksum(|c, out| out.extend(category(c).abbreviation().bytes())),
            "decimal" => number(|c| decimal(c).map(|d| d.to_string())),
            "digit" => number(|c| digit(c).map(|d| d.to_string())),
            "numeric" => number(|c| {
                let thousandths = (numeric(c).unwrap_or(-1.0) * 1000.0).round_ties_even();
                Some((thousandths as i128).to_string())
            }),
            "repr" => text(repr::repr, "", ""),
            _ => panic!("no such answer: {name}"),
        };
        assert_eq!(found, expected, "{name}");
    }
}

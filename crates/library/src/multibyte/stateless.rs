//! The encodings in which bytes always mean the same.

use pvm_object::text::TextBuilder;

use super::coding::{Fault, push_code, put};
use super::tables::{Meaning, Table};

/// Decodes by a table.
pub fn decode(table: &Table, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
    match table.single(input[0]) {
        Meaning::More => {}
        meaning => return put(meaning, 1, out),
    }
    let &[first, second, ..] = input else { return Err(Fault::Incomplete) };
    match (table.pair(first, second), input) {
        (Meaning::More, &[_, _, third, ..]) => put(table.triple(second, third), 3, out),
        (meaning, _) => put(meaning, 2, out),
    }
}

/// Encodes by a table. A character that has codes together with others waits for the next.
pub fn encode(table: &Table, first: u32, second: Option<u32>, last: bool, out: &mut Vec<u8>) -> Result<usize, Fault> {
    if first >= 0x80 && table.combines(first) {
        match second {
            None if !last => return Err(Fault::Incomplete),
            Some(second) if let Some(code) = table.combined(first, second) => {
                push_code(code, out);
                return Ok(2);
            }
            _ => {}
        }
    }
    push_code(table.code(first).ok_or(Fault::Illegal(1))?, out);
    Ok(1)
}

/// The linear code of four bytes from which on they are the characters beyond U+FFFF.
const BEYOND: u32 = 15 * 12_600;
/// How many linear codes there are for those up to U+FFFF.
const WITHIN: u32 = 39_420;

/// Decodes `gb18030`: by its table, or four bytes that count.
pub fn decode_gb18030(table: &Table, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
    let &[first, second, ..] = input else { return decode(table, input, out) };
    if first < 0x80 || !second.is_ascii_digit() {
        return decode(table, input, out);
    }
    let &[_, _, third, fourth, ..] = input else { return Err(Fault::Incomplete) };
    let lead = 0x81..=0xFE;
    if !lead.contains(&first) || !lead.contains(&third) || !fourth.is_ascii_digit() {
        return Err(Fault::Illegal(1));
    }
    let [a, b] = [u32::from(first) - 0x81, u32::from(second) - 0x30];
    let [c, d] = [u32::from(third) - 0x81, u32::from(fourth) - 0x30];
    let linear = (a * 10 + b) * 1260 + c * 10 + d;
    let character = match linear {
        ..WITHIN => {
            let run = table.runs.iter().rev().find(|run| run.base <= linear);
            run.map(|run| run.first + linear - run.base)
        }
        BEYOND.. => Some(0x1_0000 + linear - BEYOND).filter(|&character| character <= 0x10_FFFF),
        _ => None,
    };
    out.push(character.ok_or(Fault::Illegal(1))?);
    Ok(4)
}

/// Encodes `gb18030`.
pub fn encode_gb18030(table: &Table, character: u32, out: &mut Vec<u8>) -> Result<usize, Fault> {
    if let Some(code) = table.code(character) {
        push_code(code, out);
        return Ok(1);
    }
    let linear = match character {
        0x1_0000.. => BEYOND + character - 0x1_0000,
        _ => {
            let run = table.runs.iter().find(|run| (run.first..=run.last).contains(&character));
            run.map(|run| run.base + character - run.first).ok_or(Fault::Illegal(1))?
        }
    };
    let (rest, d) = (linear / 10, linear % 10);
    let (rest, c) = (rest / 126, rest % 126);
    let (a, b) = (rest / 10, rest % 10);
    out.extend([a as u8 + 0x81, b as u8 + 0x30, c as u8 + 0x81, d as u8 + 0x30]);
    Ok(1)
}

/// What a consonant of KS X 1001, from A4 A1 on, is at the beginning and at the end of a syllable; 255 for nothing.
const CONSONANTS: [(u8, u8); 30] = [
    (0, 1),
    (1, 2),
    (255, 3),
    (2, 4),
    (255, 5),
    (255, 6),
    (3, 7),
    (4, 255),
    (5, 8),
    (255, 9),
    (255, 10),
    (255, 11),
    (255, 12),
    (255, 13),
    (255, 14),
    (255, 15),
    (6, 16),
    (7, 17),
    (8, 255),
    (255, 18),
    (9, 19),
    (10, 20),
    (11, 21),
    (12, 22),
    (13, 255),
    (14, 23),
    (15, 24),
    (16, 25),
    (17, 26),
    (18, 27),
];
const JAMO: u8 = 0xA4;
const FILLER: u8 = 0xD4;
const FIRST_SYLLABLE: u32 = 0xAC00;

/// Decodes `euc_kr`, which spells syllables that it lacks: a filler and three letters (annex 3 of KS X 1001:1998).
pub fn decode_euc_kr(table: &Table, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
    if !input.starts_with(&[JAMO, FILLER]) {
        return decode(table, input, out);
    }
    let &[_, _, a, first, b, vowel, c, last, ..] = input else { return Err(Fault::Incomplete) };
    let consonant = |byte: u8| byte.checked_sub(0xA1).and_then(|index| CONSONANTS.get(usize::from(index)).copied());
    let first = consonant(first).map_or(255, |(first, _)| first);
    let last = if last == FILLER { 0 } else { consonant(last).map_or(255, |(_, last)| last) };
    if (a, b, c) != (JAMO, JAMO, JAMO) || first == 255 || last == 255 || !(0xBF..=0xD3).contains(&vowel) {
        return Err(Fault::Illegal(1));
    }
    out.push(FIRST_SYLLABLE + u32::from(first) * 588 + u32::from(vowel - 0xBF) * 28 + u32::from(last));
    Ok(8)
}

/// Encodes `euc_kr`.
pub fn encode_euc_kr(table: &Table, character: u32, out: &mut Vec<u8>) -> Result<usize, Fault> {
    if let Some(code) = table.code(character) {
        push_code(code, out);
        return Ok(1);
    }
    let index = character.checked_sub(FIRST_SYLLABLE).filter(|&index| index < 19 * 588).ok_or(Fault::Illegal(1))?;
    let letter = |wanted: u32, part: fn(&(u8, u8)) -> u8| {
        let at = CONSONANTS.iter().position(|letter| u32::from(part(letter)) == wanted);
        at.map_or(FILLER, |at| at as u8 + 0xA1)
    };
    let first = letter(index / 588, |letter| letter.0);
    let last = letter(index % 28, |letter| letter.1);
    out.extend([JAMO, FILLER, JAMO, first, JAMO, (index / 28 % 21) as u8 + 0xBF, JAMO, last]);
    Ok(1)
}

//! The encodings of ISO 2022, which name by escape sequences the set that bytes belong to (`_codecs_iso2022.c`).

use pvm_object::text::TextBuilder;

use super::coding::{Fault, State, put};
use super::sets::{Edition, Found, Set};
use super::tables::Meaning;

/// A set that an encoding may designate.
struct Designation {
    /// The last byte of the escape sequence, with the high bit for sets of two bytes.
    mark: u8,
    /// Which of the four places the set is put in for encoding.
    plane: u8,
    set: Set,
}

/// What an encoding may do.
pub struct Config {
    designations: &'static [Designation],
    /// Whether bytes shift in and out; the encoding then is of Korean.
    shifts: bool,
    /// Whether single shifts are known.
    has_single_shifts: bool,
}

const ESC: u8 = 0x1B;
const SHIFT_OUT: u8 = 0x0E;
const SHIFT_IN: u8 = 0x0F;
const ASCII: u8 = b'B';
const JISX0208: u8 = b'B' | 0x80;
/// The longest escape sequence.
const LONGEST: usize = 16;

macro_rules! designations {
    ($($name:ident: [$($mark:expr, $plane:literal, $set:expr;)*])*) => {$(
        static $name: &[Designation] = &[$(Designation { mark: $mark, plane: $plane, set: $set }),*];
    )*};
}

designations! {
    KOREAN: [
        b'C' | 0x80, 1, Set::Ksx1001;
    ]
    JAPANESE: [
        JISX0208, 0, Set::Jisx0208;
        b'J', 0, Set::Jisx0201Roman;
        b'@' | 0x80, 0, Set::Jisx0208;
    ]
    JAPANESE_1: [
        JISX0208, 0, Set::Jisx0208;
        b'D' | 0x80, 0, Set::Jisx0212;
        b'J', 0, Set::Jisx0201Roman;
        b'@' | 0x80, 0, Set::Jisx0208;
    ]
    JAPANESE_2: [
        JISX0208, 0, Set::Jisx0208;
        b'D' | 0x80, 0, Set::Jisx0212;
        b'C' | 0x80, 0, Set::Ksx1001;
        b'A' | 0x80, 0, Set::Gb2312;
        b'J', 0, Set::Jisx0201Roman;
        b'@' | 0x80, 0, Set::Jisx0208;
        b'A', 2, Set::Latin1;
        b'F', 2, Set::Greek;
    ]
    JAPANESE_2004: [
        b'Q' | 0x80, 0, Set::Jisx0213Combined(Edition::Second);
        JISX0208, 0, Set::Jisx0208;
        b'Q' | 0x80, 0, Set::Jisx0213(Edition::Second);
        b'P' | 0x80, 0, Set::Jisx0213Second(Edition::Second);
    ]
    JAPANESE_3: [
        b'O' | 0x80, 0, Set::Jisx0213Combined(Edition::First);
        JISX0208, 0, Set::Jisx0208;
        b'O' | 0x80, 0, Set::Jisx0213(Edition::First);
        b'P' | 0x80, 0, Set::Jisx0213Second(Edition::First);
    ]
    JAPANESE_EXTENDED: [
        JISX0208, 0, Set::Jisx0208;
        b'D' | 0x80, 0, Set::Jisx0212;
        b'J', 0, Set::Jisx0201Roman;
        b'I', 0, Set::Jisx0201Kana;
        b'@' | 0x80, 0, Set::Jisx0208;
    ]
}

static CONFIGS: &[(&str, Config)] = &[
    ("iso2022_kr", Config { designations: KOREAN, shifts: true, has_single_shifts: false }),
    ("iso2022_jp", Config { designations: JAPANESE, shifts: false, has_single_shifts: false }),
    ("iso2022_jp_1", Config { designations: JAPANESE_1, shifts: false, has_single_shifts: false }),
    ("iso2022_jp_2", Config { designations: JAPANESE_2, shifts: false, has_single_shifts: true }),
    ("iso2022_jp_2004", Config { designations: JAPANESE_2004, shifts: false, has_single_shifts: false }),
    ("iso2022_jp_3", Config { designations: JAPANESE_3, shifts: false, has_single_shifts: false }),
    ("iso2022_jp_ext", Config { designations: JAPANESE_EXTENDED, shifts: false, has_single_shifts: false }),
];

/// The encoding with this name.
pub fn config(name: &str) -> Option<&'static Config> {
    CONFIGS.iter().find(|(known, _)| *known == name).map(|(_, config)| config)
}

/// The sets in the places G0, G1 and G2, and flags, as CPython keeps them.
pub const DECODING: State = [ASCII, ASCII, ASCII, 0, 0, 0, 0, 0];
/// The same for encoding, which never uses G2.
pub const ENCODING: State = [ASCII, ASCII, 0, 0, 0, 0, 0, 0];
/// Where the flags are.
const FLAGS: usize = 4;
/// Bytes are of the set in G1.
const SHIFTED: u8 = 1;
/// Within an escape sequence that says nothing of sets.
const ESCAPING: u8 = 2;

/// Leaves what is shifted and designated.
pub fn finish(state: &mut State, out: &mut Vec<u8>) {
    shift_in(state, out);
    if state[0] != ASCII {
        out.extend([ESC, b'(', ASCII]);
        state[0] = ASCII;
    }
}

/// Forgets the same in decoding.
pub fn reset(state: &mut State) {
    state[0] = ASCII;
    state[FLAGS] &= !SHIFTED;
}

fn shift_in(state: &mut State, out: &mut Vec<u8>) {
    if state[FLAGS] & SHIFTED != 0 {
        out.push(SHIFT_IN);
        state[FLAGS] &= !SHIFTED;
    }
}

/// Encodes one character, or two together.
pub fn encode(
    config: &Config,
    state: &mut State,
    first: u32,
    second: Option<u32>,
    last: bool,
    out: &mut Vec<u8>,
) -> Result<usize, Fault> {
    if first < 0x80 {
        if state[0] != ASCII {
            out.extend([ESC, b'(', ASCII]);
            state[0] = ASCII;
        }
        shift_in(state, out);
        out.push(first as u8);
        return Ok(1);
    }
    for designation in config.designations {
        match designation.set.encode(first, second, last) {
            Found::Nothing => {}
            Found::More => return Err(Fault::Incomplete),
            Found::Code(code, count) => {
                designate(designation, state, out);
                if designation.set.width() == 2 {
                    out.push((code >> 8) as u8);
                }
                out.push(code as u8);
                return Ok(count);
            }
        }
    }
    Err(Fault::Illegal(1))
}

/// Puts a set into its place, and shifts to it.
fn designate(designation: &Designation, state: &mut State, out: &mut Vec<u8>) {
    let place = usize::from(designation.plane);
    let mark = designation.mark;
    if place == 0 {
        shift_in(state, out);
    }
    if state[place] != mark {
        let intermediate = if place == 0 { b'(' } else { b')' };
        out.push(ESC);
        match designation.set.width() {
            1 => out.push(intermediate),
            // This one is older than the general form.
            _ if mark == JISX0208 => out.push(b'$'),
            _ => out.extend([b'$', intermediate]),
        }
        out.push(mark & 0x7F);
        state[place] = mark;
    }
    if place == 1 && state[FLAGS] & SHIFTED == 0 {
        out.push(SHIFT_OUT);
        state[FLAGS] |= SHIFTED;
    }
}

/// Decodes a character or an escape sequence.
pub fn decode(config: &Config, state: &mut State, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
    let byte = input[0];
    if state[FLAGS] & ESCAPING != 0 {
        out.push(byte.into());
        if ends_escape(byte) {
            state[FLAGS] &= !ESCAPING;
        }
        return Ok(1);
    }
    match byte {
        ESC => return decode_escape(config, state, input, out),
        SHIFT_IN if config.shifts => state[FLAGS] &= !SHIFTED,
        SHIFT_OUT if config.shifts => state[FLAGS] |= SHIFTED,
        b'\n' => {
            state[FLAGS] &= !SHIFTED;
            out.push(byte.into());
        }
        ..0x20 => out.push(byte.into()),
        0x80.. => return Err(Fault::Illegal(1)),
        _ => {
            let mark = state[usize::from(state[FLAGS] & SHIFTED)];
            let sets = config.designations.iter().filter(|designation| designation.mark == mark);
            // Of a set that is there in part and as a whole the whole decodes.
            let set = match sets.map(|designation| designation.set).next_back() {
                Some(set) => set,
                None if mark == ASCII => {
                    out.push(byte.into());
                    return Ok(1);
                }
                // A state from outside may name any.
                None => return Err(Fault::Illegal(1)),
            };
            let bytes = input.get(..set.width()).ok_or(Fault::Incomplete)?;
            return put(set.decode(bytes), set.width(), out);
        }
    }
    Ok(1)
}

fn ends_escape(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte == b'@'
}

fn decode_escape(config: &Config, state: &mut State, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
    let second = *input.get(1).ok_or(Fault::Incomplete)?;
    if b"()$.&".contains(&second) {
        return designate_by(config, state, input);
    }
    if config.has_single_shifts && second == b'N' {
        let third = *input.get(2).ok_or(Fault::Incomplete)?;
        return put(single_shift(state[2], third), 3, out);
    }
    out.push(ESC.into());
    state[FLAGS] |= ESCAPING;
    Ok(1)
}

/// A character of the set in G2.
fn single_shift(mark: u8, byte: u8) -> Meaning<'static> {
    let greek = |byte: u8| match byte {
        0xA1 => Some(0x2018),
        0xA2 => Some(0x2019),
        0xAF => Some(0x2015),
        0x80..0xA0 => Some(u32::from(byte)),
        0xA0..0xC0 if 0x288F_3BC9_u32 >> (byte - 0xA0) & 1 != 0 => Some(byte.into()),
        0xB4..=0xD3 if 0xBFFF_FD77_u32 >> (byte - 0xB4) & 1 != 0 => Some(0x02D0 + u32::from(byte)),
        0xD4..=0xFE => Some(0x02D0 + u32::from(byte)),
        _ => None,
    };
    let character = match mark {
        b'A' if byte < 0x80 => Some(u32::from(byte) + 0x80),
        b'F' => greek(byte ^ 0x80),
        ASCII if byte < 0x80 => Some(byte.into()),
        _ => None,
    };
    character.map_or(Meaning::Illegal(3), Meaning::Character)
}

/// Reads an escape sequence that designates a set (`iso2022processesc`).
fn designate_by(config: &Config, state: &mut State, input: &[u8]) -> Result<usize, Fault> {
    let mut at = 1;
    let len = loop {
        if at >= LONGEST {
            return Err(Fault::Illegal(1));
        }
        let byte = *input.get(at).ok_or(Fault::Incomplete)?;
        if ends_escape(byte) {
            break at + 1;
        }
        // The prefix of an edition of JIS X 0208.
        if !config.shifts && byte == b'&' && input.get(at + 1) == Some(&b'@') {
            at += 2;
        }
        at += 1;
    };
    let (place, mark) = match &input[..len] {
        &[_, b'$', last] => (0, last | 0x80),
        &[_, b'(', last] => (0, last),
        &[_, b')', last] => (1, last),
        &[_, b'.', last] if config.has_single_shifts => (2, last),
        &[_, b'$', b'(', last] => (0, last | 0x80),
        &[_, b'$', b')', last] => (1, last | 0x80),
        [_, _, _, ESC, b'$', b'B'] if !config.shifts => (0, JISX0208),
        _ => return Err(Fault::Illegal(len)),
    };
    if mark != ASCII && !config.designations.iter().any(|designation| designation.mark == mark) {
        return Err(Fault::Illegal(len));
    }
    state[place] = mark;
    Ok(len)
}

//! Base64 and uuencoding: six bits a character.

use std::borrow::Cow;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The six bits that a character stands for; 64 for the others.
static SEXTETS: [u8; 256] = {
    let mut table = [64; 256];
    let mut value = 0;
    while value < 64 {
        table[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    table
};

/// Why a text cannot be decoded.
pub type Malformed = Cow<'static, str>;

/// Bytes in base64, padded, on a line of their own where `newline` says so.
pub fn encode(data: &[u8], newline: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    let mut groups = data.chunks_exact(3);
    let digit = |bits: u32| ALPHABET[(bits & 63) as usize];
    for group in &mut groups {
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        out.extend_from_slice(&[digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)]);
    }
    match *groups.remainder() {
        [first] => {
            let bits = u32::from(first) << 4;
            out.extend_from_slice(&[digit(bits >> 6), digit(bits), b'=', b'=']);
        }
        [first, second] => {
            let bits = (u32::from(first) << 8 | u32::from(second)) << 2;
            out.extend_from_slice(&[digit(bits >> 12), digit(bits >> 6), digit(bits), b'=']);
        }
        _ => {}
    }
    if newline {
        out.push(b'\n');
    }
    out
}

/// The leading part that is whole groups of four characters of the alphabet.
fn decode_groups(text: &[u8], out: &mut Vec<u8>) -> usize {
    let mut done = 0;
    for group in text.chunks_exact(4) {
        let sextets = [0, 1, 2, 3].map(|at| SEXTETS[usize::from(group[at])]);
        if sextets.iter().any(|&sextet| sextet > 63) {
            break;
        }
        let bits = sextets.iter().fold(0, |bits: u32, &sextet| bits << 6 | u32::from(sextet));
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
        done += 4;
    }
    done
}

/// The bytes that a text in base64 stands for. What is not of the alphabet is passed over, unless `strict` (RFC 4648 without
/// line breaks).
pub fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, Malformed> {
    let mut out = Vec::with_capacity(text.len().div_ceil(4) * 3);
    let start = decode_groups(text, &mut out);
    // How many characters of a group are read, the bits of theirs that are not written, and the padding that follows them.
    let (mut quad, mut left, mut pads) = (0, 0_u8, 0);
    for (position, &character) in text.iter().enumerate().skip(start) {
        if character == b'=' {
            pads += 1;
            if strict && quad == 1 {
                break;
            }
            if strict && (quad == 0 || quad + pads > 4) {
                return Err(if position == 0 { "Leading padding not allowed" } else { "Excess padding not allowed" }.into());
            }
            continue;
        }
        let sextet = SEXTETS[usize::from(character)];
        if sextet > 63 {
            if strict {
                return Err("Only base64 data is allowed".into());
            }
            continue;
        }
        if strict && pads > 0 {
            let message = if quad + pads == 4 { "Excess data after padding" } else { "Discontinuous padding not allowed" };
            return Err(message.into());
        }
        pads = 0;
        match quad {
            0 => left = sextet,
            1 => {
                out.push(left << 2 | sextet >> 4);
                left = sextet & 0x0f;
            }
            2 => {
                out.push(left << 4 | sextet >> 2);
                left = sextet & 0x03;
            }
            _ => out.push(left << 6 | sextet),
        }
        quad = (quad + 1) % 4;
    }
    match quad {
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
            out.len() / 3 * 4 + 1
        )
        .into()),
        2 | 3 if quad + pads < 4 => Err("Incorrect padding".into()),
        _ => Ok(out),
    }
}

/// One line of uuencoded data: at most 45 bytes. Zero bits are a space, or a backtick.
pub fn encode_uu(data: &[u8], backtick: bool) -> Vec<u8> {
    let digit = |value: u8| if backtick && value == 0 { b'`' } else { b' ' + value };
    let mut out = vec![digit((data.len() & 63) as u8)];
    for group in data.chunks(3) {
        let byte = |at: usize| group.get(at).copied().unwrap_or(0);
        let bits = u32::from_be_bytes([0, byte(0), byte(1), byte(2)]);
        // A group that is cut short gives four characters, too.
        out.extend([18, 12, 6, 0].map(|shift| digit((bits >> shift & 63) as u8)));
    }
    out.push(b'\n');
    out
}

/// The bytes of one line of uuencoded data.
pub fn decode_uu(line: &[u8]) -> Result<Vec<u8>, Malformed> {
    let Some((first, rest)) = line.split_first() else {
        return Err("Missing length byte".into());
    };
    let length = usize::from(first.wrapping_sub(b' ') & 63);
    let mut characters = rest.iter();
    let mut out = Vec::with_capacity(length);
    let (mut bits, mut count) = (0_u32, 0);
    while out.len() < length {
        // Spaces at a line's end may have been eaten; 64 is zero as well, for there are encoders that write it.
        let sextet = match characters.clone().next() {
            None => 0,
            Some(b'\n' | b'\r') => {
                characters.next();
                0
            }
            Some(&character @ b' '..=b'`') => {
                characters.next();
                (character - b' ') & 63
            }
            Some(_) => return Err("Illegal char".into()),
        };
        bits = bits << 6 | u32::from(sextet);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    match characters.all(|&character| matches!(character, b' ' | b'`' | b'\n' | b'\r')) {
        true => Ok(out),
        false => Err("Trailing garbage".into()),
    }
}

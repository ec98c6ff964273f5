//! `hz`: GB 2312 in seven bits, between `~{` and `~}` (RFC 1843).

use pvm_object::text::TextBuilder;

use super::coding::{Fault, State, put};
use super::tables::Table;

/// Whether the state is within characters of GB 2312.
fn shifted(state: &mut State) -> &mut u8 {
    &mut state[0]
}

/// Leaves GB 2312.
pub fn finish(state: &mut State, out: &mut Vec<u8>) {
    if std::mem::take(shifted(state)) != 0 {
        out.extend_from_slice(b"~}");
    }
}

/// Encodes a character.
pub fn encode(table: &Table, state: &mut State, character: u32, out: &mut Vec<u8>) -> Result<usize, Fault> {
    if character < 0x80 {
        finish(state, out);
        out.push(character as u8);
        if character == u32::from(b'~') {
            out.push(b'~');
        }
        return Ok(1);
    }
    let code = table.code(character).ok_or(Fault::Illegal(1))? & 0x7F7F;
    if std::mem::replace(shifted(state), 1) == 0 {
        out.extend_from_slice(b"~{");
    }
    out.extend([(code >> 8) as u8, code as u8]);
    Ok(1)
}

/// Decodes a character or a change of the state.
pub fn decode(table: &Table, state: &mut State, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
    let shifted = shifted(state);
    match (input, *shifted != 0) {
        (b"~", _) => Err(Fault::Incomplete),
        ([b'~', second, ..], within) => {
            match (second, within) {
                (b'~', false) => out.push(u32::from(b'~')),
                (b'{', false) => *shifted = 1,
                // A line that goes on in the next.
                (b'\n', false) => {}
                (b'}', true) => *shifted = 0,
                _ => return Err(Fault::Illegal(1)),
            }
            Ok(2)
        }
        (&[0x80..=0xFF, ..], _) => Err(Fault::Illegal(1)),
        (&[byte, ..], false) => {
            out.push(byte.into());
            Ok(1)
        }
        ([_, 0x80..=0xFF, ..], true) => Err(Fault::Illegal(1)),
        (&[first, second, ..], true) => put(table.pair(first | 0x80, second | 0x80), 2, out),
        _ => Err(Fault::Incomplete),
    }
}

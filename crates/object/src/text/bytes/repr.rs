//! `repr` of bytes.

use crate::text::escape::{choose_quote, repr_escape};

/// `repr(bytes)`, in ASCII.
pub fn repr(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 3);
    out.push(b'b');
    push_quoted(&mut out, bytes, false);
    out
}

/// `repr` of a bytearray whose class has the given name. Unlike in `repr` of bytes, a single quote is escaped
/// even between double ones.
pub fn repr_bytearray(class: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(class.len() + bytes.len() + 5);
    out.extend_from_slice(class.as_bytes());
    out.extend_from_slice(b"(b");
    push_quoted(&mut out, bytes, true);
    out.push(b')');
    out
}

fn push_quoted(out: &mut Vec<u8>, bytes: &[u8], escape_single: bool) {
    let quote = choose_quote(bytes.contains(&b'\''), || bytes.contains(&b'"'));
    out.push(quote);
    let escaped = |b: u8| b == b'\\' || b == quote || escape_single && b == b'\'';
    let mut start = 0;
    for (index, &byte) in bytes.iter().enumerate() {
        if !(0x20..0x7F).contains(&byte) || escaped(byte) {
            out.extend_from_slice(&bytes[start..index]);
            out.extend_from_slice(repr_escape(byte.into()).as_bytes());
            start = index + 1;
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(quote);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_cpython() {
        assert_eq!(repr(b"it's"), b"b\"it's\"");
        assert_eq!(repr(b"\"'"), b"b'\"\\''");
        assert_eq!(repr(b"a\\\n\t\r\0\x7f\xff~"), b"b'a\\\\\\n\\t\\r\\x00\\x7f\\xff~'");
        assert_eq!(repr_bytearray("bytearray", b"it's"), b"bytearray(b\"it\\'s\")");
    }
}

//! Case conversions and predicates of bytes: ASCII letters, digits and whitespace only.

/// Whitespace of bytes methods: with the vertical tab, unlike Rust's notion.
#[inline]
pub const fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0D)
}

/// What ends a line of bytes.
#[inline]
pub const fn is_line_end_byte(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn all(bytes: &[u8], holds: impl Fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(holds)
}

/// `bytes.isalpha()`.
pub fn is_alpha(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_alphabetic)
}

/// `bytes.isalnum()`.
pub fn is_alnum(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_alphanumeric)
}

/// `bytes.isdigit()`.
pub fn is_digit(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_digit)
}

/// `bytes.isspace()`.
pub fn is_space(bytes: &[u8]) -> bool {
    all(bytes, |&b| is_space_byte(b))
}

/// `bytes.isupper()`: an uppercase letter, and no lowercase one.
pub fn is_upper(bytes: &[u8]) -> bool {
    !bytes.iter().any(u8::is_ascii_lowercase) && bytes.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.islower()`: a lowercase letter, and no uppercase one.
pub fn is_lower(bytes: &[u8]) -> bool {
    !bytes.iter().any(u8::is_ascii_uppercase) && bytes.iter().any(u8::is_ascii_lowercase)
}

/// `bytes.istitle()`: uppercase letters only at the start of words, lowercase ones only within.
pub fn is_title(bytes: &[u8]) -> bool {
    let (mut within_word, mut any) = (false, false);
    for byte in bytes {
        if byte.is_ascii_uppercase() && within_word || byte.is_ascii_lowercase() && !within_word {
            return false;
        }
        within_word = byte.is_ascii_alphabetic();
        any |= within_word;
    }
    any
}

/// `bytes.title()`.
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    let mut within_word = false;
    for byte in &mut out {
        if !within_word {
            byte.make_ascii_uppercase();
        }
        within_word = byte.is_ascii_alphabetic();
    }
    out
}

/// `bytes.capitalize()`.
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

/// `bytes.swapcase()`.
pub fn swapcase(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|&b| if b.is_ascii_alphabetic() { b ^ 0x20 } else { b }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_cpython() {
        assert_eq!(title(b"they're A1b x"), b"They'Re A1B X");
        assert_eq!(title(b"\xe9ab"), b"\xe9Ab");
        assert_eq!(capitalize(b"HELLO wORLD"), b"Hello world");
        assert_eq!(capitalize(b""), b"");
        assert_eq!(swapcase(b"aB1\xe9"), b"Ab1\xe9");
        assert!(is_title(b"A1B") && is_title(b"Ab Cd") && !is_title(b"A1b") && !is_title(b"aB") && !is_title(b"1"));
        assert!(is_upper(b"A1") && !is_upper(b"1") && !is_upper(b"Aa"));
        assert!(is_lower(b"a1") && !is_lower(b"") && !is_lower(b"aA"));
        assert!(is_space(b" \t\n\r\x0b\x0c") && !is_space(b"\x1c") && !is_space(b""));
        assert!(is_alnum(b"a1") && !is_alnum(b"a_") && is_alpha(b"aZ") && !is_alpha(b"\xe9") && is_digit(b"09"));
    }
}

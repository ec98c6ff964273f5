//! Text prepared for reading numbers: `int('٣')`, `float(' 1 ')`.

use std::borrow::Cow;

use crate::text::TextView;
use crate::text::unicode::{decimal, is_space};

/// The text in ASCII: decimal digits of every script become `0` to `9`, whitespace becomes a space, and from the first
/// other character that is not ASCII a `?` stands for the rest (`_PyUnicode_TransformDecimalAndSpaceToASCII`).
pub fn to_ascii_numeral(text: TextView<'_>) -> Cow<'_, str> {
    if let Some(text) = text.as_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.code_points() {
        match char::from_u32(c) {
            Some(c) if c.is_ascii() => out.push(c),
            _ if is_space(c) => out.push(' '),
            _ => match decimal(c) {
                Some(digit) => out.push(char::from(b'0' + digit)),
                None => {
                    out.push('?');
                    break;
                }
            },
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextBuf;

    #[test]
    fn digits_of_every_script() {
        for (text, expected) in [("12", "12"), ("\u{a0}-١٢٣\u{2003}", " -123 "), ("1²3", "1?"), ("𝟙𝟚", "12"), ("é", "?")]
        {
            assert_eq!(to_ascii_numeral(TextBuf::from(text).view()), expected);
        }
        assert_eq!(to_ascii_numeral(TextView::Ucs2(&[0x31, 0xD800])), "1?");
    }
}

//! The built-in error handlers.

use super::utf8::{encode_three, is_surrogate};
use super::utf16::ByteOrder;
use super::{CodecError, Decoder, EncodeFailure, Encoder, Replacement, decode_with, encode_with};
use crate::text::escape::Escape;
use crate::text::{TextBuf, TextBuilder, TextView};

/// An error handler that needs no Python code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorHandler {
    /// Raise the error.
    Strict,
    /// Leave out what is at fault.
    Ignore,
    /// U+FFFD, or a question mark.
    Replace,
    /// Backslash escapes.
    BackslashReplace,
    /// Bytes as lone surrogates, and back.
    SurrogateEscape,
    /// Surrogates as if they were characters, in the UTF encodings.
    SurrogatePass,
    /// XML character references; encoding only.
    XmlCharRefReplace,
    /// `\N{…}` escapes; encoding only.
    NameReplace,
}

/// The replacement character.
const REPLACEMENT: u32 = 0xFFFD;

/// Why a handler supplies nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The error is to be raised.
    Raise,
    /// The handler is for encoding only: a `TypeError`.
    WrongKind,
}

/// What tells the name of a character, for `namereplace`.
pub type CharToName<'a> = &'a dyn Fn(u32) -> Option<String>;

impl ErrorHandler {
    /// The handlers by the names they are registered under.
    pub const NAMES: [(&'static str, ErrorHandler); 8] = [
        ("strict", ErrorHandler::Strict),
        ("ignore", ErrorHandler::Ignore),
        ("replace", ErrorHandler::Replace),
        ("backslashreplace", ErrorHandler::BackslashReplace),
        ("surrogateescape", ErrorHandler::SurrogateEscape),
        ("surrogatepass", ErrorHandler::SurrogatePass),
        ("xmlcharrefreplace", ErrorHandler::XmlCharRefReplace),
        ("namereplace", ErrorHandler::NameReplace),
    ];

    /// The handler of a name.
    pub fn from_name(name: &str) -> Option<ErrorHandler> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, handler)| *handler)
    }

    /// Handles an error in decoding `input` from `encoding`: appends the replacement and gives the position to go on from.
    pub fn decode_error(self, encoding: &str, input: &[u8], error: CodecError, out: &mut TextBuilder) -> Result<usize, Refusal> {
        let CodecError { start, end, .. } = error;
        let faulty = &input[start..end];
        match self {
            ErrorHandler::Strict => return Err(Refusal::Raise),
            ErrorHandler::Ignore => {}
            ErrorHandler::Replace => out.push(REPLACEMENT),
            ErrorHandler::BackslashReplace => {
                faulty.iter().for_each(|&b| out.push_ascii(Escape::hex(b'x', b.into(), 2).as_bytes()));
            }
            ErrorHandler::SurrogateEscape => {
                let escaped = faulty.iter().take(4).take_while(|b| !b.is_ascii());
                let count = escaped.clone().count();
                if count == 0 {
                    return Err(Refusal::Raise);
                }
                escaped.for_each(|&b| out.push(0xDC00 + u32::from(b)));
                return Ok(start + count);
            }
            ErrorHandler::SurrogatePass => {
                let utf = Utf::from_name(encoding).ok_or(Refusal::Raise)?;
                let surrogate = utf.read_surrogate(&input[start..]).ok_or(Refusal::Raise)?;
                out.push(surrogate);
                return Ok(start + utf.bytes());
            }
            ErrorHandler::XmlCharRefReplace | ErrorHandler::NameReplace => {
                return Err(Refusal::WrongKind);
            }
        }
        Ok(end)
    }

    /// Handles an error in encoding `text` to `encoding`: gives the replacement and the position to go on from.
    pub fn encode_error(
        self,
        encoding: &str,
        text: TextView<'_>,
        error: CodecError,
        char_to_name: CharToName<'_>,
    ) -> Result<(Replacement, usize), Refusal> {
        let faulty = text.slice(error.start..error.end);
        let replacement = match self {
            ErrorHandler::Strict => return Err(Refusal::Raise),
            ErrorHandler::Ignore => Replacement::Text(TextBuf::new()),
            ErrorHandler::Replace => Replacement::Text(TextBuf::Ascii(vec![b'?'; faulty.len()])),
            ErrorHandler::BackslashReplace => Replacement::Text(backslash_replace(faulty)),
            ErrorHandler::XmlCharRefReplace => Replacement::Text(xml_char_ref_replace(faulty)),
            ErrorHandler::NameReplace => Replacement::Text(name_replace(faulty, char_to_name)),
            ErrorHandler::SurrogateEscape => {
                let bytes: Option<Vec<u8>> = faulty.code_points().map(unescape_surrogate).collect();
                Replacement::Bytes(bytes.ok_or(Refusal::Raise)?)
            }
            ErrorHandler::SurrogatePass => {
                let utf = Utf::from_name(encoding).ok_or(Refusal::Raise)?;
                let mut bytes = Vec::with_capacity(utf.bytes() * faulty.len());
                for c in faulty.code_points() {
                    if !is_surrogate(c) {
                        return Err(Refusal::Raise);
                    }
                    utf.push_surrogate(c, &mut bytes);
                }
                Replacement::Bytes(bytes)
            }
        };
        Ok((replacement, error.end))
    }
}

/// The byte that `surrogateescape` hid in a surrogate.
fn unescape_surrogate(code_point: u32) -> Option<u8> {
    match code_point {
        0xDC80..=0xDCFF => Some(code_point as u8),
        _ => None,
    }
}

/// Every character as the shortest backslash escape.
pub fn backslash_replace(text: TextView<'_>) -> TextBuf {
    let escapes = text.code_points().map(Escape::shortest);
    TextBuf::Ascii(escapes.flat_map(|escape| escape.as_bytes().to_vec()).collect())
}

/// Every character as a decimal character reference of XML.
pub fn xml_char_ref_replace(text: TextView<'_>) -> TextBuf {
    TextBuf::Ascii(text.code_points().flat_map(|c| format!("&#{c};").into_bytes()).collect())
}

/// Every character as `\N{name}`, or as an escape if it has no name.
pub fn name_replace(text: TextView<'_>, char_to_name: CharToName<'_>) -> TextBuf {
    let mut out = TextBuilder::new();
    for c in text.code_points() {
        match char_to_name(c) {
            Some(name) => {
                out.push_ascii(b"\\N{");
                out.push_str(&name);
                out.push_ascii(b"}");
            }
            None => out.push_ascii(Escape::shortest(c).as_bytes()),
        }
    }
    out.finish()
}

/// The encodings `surrogatepass` knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Utf {
    Eight,
    Sixteen(ByteOrder),
    ThirtyTwo(ByteOrder),
}

impl Utf {
    fn from_name(name: &str) -> Option<Utf> {
        if name == "cp65001" {
            return Some(Utf::Eight);
        }
        let name = name.to_ascii_lowercase();
        let dash = |text: &str| text.strip_prefix(['-', '_']).unwrap_or(text).to_owned();
        let number = dash(name.strip_prefix("utf")?);
        if number == "8" {
            return Some(Utf::Eight);
        }
        let order = match dash(number.get(2..)?).as_str() {
            // Without a byte order there must not be a dash either.
            "" if number.len() == 2 => ByteOrder::NATIVE,
            "le" => ByteOrder::Little,
            "be" => ByteOrder::Big,
            _ => return None,
        };
        match number.get(..2)? {
            "16" => Some(Utf::Sixteen(order)),
            "32" => Some(Utf::ThirtyTwo(order)),
            _ => None,
        }
    }

    const fn bytes(self) -> usize {
        match self {
            Utf::Eight => 3,
            Utf::Sixteen(_) => 2,
            Utf::ThirtyTwo(_) => 4,
        }
    }

    fn push_surrogate(self, surrogate: u32, out: &mut Vec<u8>) {
        match self {
            Utf::Eight => out.extend_from_slice(&encode_three(surrogate)),
            Utf::Sixteen(order) => out.extend_from_slice(&order.bytes(surrogate as u16)),
            Utf::ThirtyTwo(order) => out.extend_from_slice(&order.bytes32(surrogate)),
        }
    }

    /// The surrogate that the input begins with.
    fn read_surrogate(self, input: &[u8]) -> Option<u32> {
        let code_point = match (self, input) {
            (Utf::Eight, &[a @ 0xE0..0xF0, b @ 0x80..0xC0, c @ 0x80..0xC0, ..]) => {
                (u32::from(a & 15) << 12) | (u32::from(b & 63) << 6) | u32::from(c & 63)
            }
            (Utf::Sixteen(order), &[a, b, ..]) => order.u16([a, b]).into(),
            (Utf::ThirtyTwo(order), &[a, b, c, d, ..]) => order.u32([a, b, c, d]),
            _ => return None,
        };
        is_surrogate(code_point).then_some(code_point)
    }
}

/// Why a codec with a built-in handler failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The error to raise.
    Error(CodecError),
    /// The handler is for encoding only: a `TypeError`.
    WrongKind,
}

impl Failure {
    fn new(refusal: Refusal, error: CodecError) -> Failure {
        match refusal {
            Refusal::Raise => Failure::Error(error),
            Refusal::WrongKind => Failure::WrongKind,
        }
    }
}

/// Decodes with a built-in handler; gives the number of bytes consumed.
pub fn decode(
    decoder: &mut dyn Decoder,
    input: &[u8],
    last: bool,
    handler: ErrorHandler,
    out: &mut TextBuilder,
) -> Result<usize, Failure> {
    let encoding = decoder.encoding();
    decode_with(decoder, input, last, out, |error, out| {
        handler.decode_error(encoding, input, error, out).map_err(|r| Failure::new(r, error))
    })
}

/// Encodes with a built-in handler.
pub fn encode(
    encoder: &mut dyn Encoder,
    text: TextView<'_>,
    handler: ErrorHandler,
    char_to_name: CharToName<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let encoding = encoder.encoding();
    let singly = handler == ErrorHandler::SurrogateEscape && encoder.unescapes_singly();
    let result = encode_with(encoder, text, out, |error| {
        if singly {
            let faulty = text.slice(error.start..error.end);
            let bytes: Vec<u8> = faulty.code_points().map_while(unescape_surrogate).collect();
            if !bytes.is_empty() {
                let next = error.start + bytes.len();
                return Ok((Replacement::Bytes(bytes), next));
            }
        }
        let handled = handler.encode_error(encoding, text, error, char_to_name);
        handled.map_err(|refusal| Failure::new(refusal, error))
    });
    result.map_err(|failure| match failure {
        EncodeFailure::Handler(failure) => failure,
        EncodeFailure::Unencodable(error) => Failure::Error(error),
    })
}

#[cfg(test)]
mod tests {
    use super::super::ascii::Ascii;
    use super::super::charmap::{CharmapEncoder, EncodingMap};
    use super::super::utf8::Utf8;
    use super::super::utf16::Utf16;
    use super::*;

    fn decoded(decoder: &mut dyn Decoder, input: &[u8], handler: ErrorHandler) -> Result<TextBuf, Failure> {
        let mut out = TextBuilder::new();
        decode(decoder, input, true, handler, &mut out).map(|_| out.finish())
    }

    fn encoded(encoder: &mut dyn Encoder, text: &[u16], handler: ErrorHandler) -> Result<Vec<u8>, Failure> {
        let name = |c| (c == 0xE9).then(|| "LATIN SMALL LETTER E WITH ACUTE".to_owned());
        let mut out = Vec::new();
        encode(encoder, TextView::Ucs2(text), handler, &name, &mut out).map(|()| out)
    }

    #[test]
    fn decoding() {
        let bad = b"a\xff\xed\xa0\x80\xf0\x9f";
        let with = |handler| decoded(&mut Utf8, bad, handler);
        assert_eq!(with(ErrorHandler::Ignore).unwrap(), "a");
        assert_eq!(with(ErrorHandler::Replace).unwrap(), "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(with(ErrorHandler::BackslashReplace).unwrap(), "a\\xff\\xed\\xa0\\x80\\xf0\\x9f");
        let escaped = TextView::Ucs2(&[0x61, 0xDCFF, 0xDCED, 0xDCA0, 0xDC80, 0xDCF0, 0xDC9F]);
        assert_eq!(with(ErrorHandler::SurrogateEscape).unwrap().view(), escaped);
        assert_eq!(with(ErrorHandler::NameReplace), Err(Failure::WrongKind));
        let start = CodecError::new(1, 2, "invalid start byte");
        assert_eq!(with(ErrorHandler::SurrogatePass), Err(Failure::Error(start)));
        assert_eq!(with(ErrorHandler::Strict), Err(Failure::Error(start)));
        let passed = decoded(&mut Utf8, b"\xed\xa0\x80x", ErrorHandler::SurrogatePass).unwrap();
        assert_eq!(passed.view(), TextView::Ucs2(&[0xD800, 0x78]));
        let mut utf16 = Utf16 { order: ByteOrder::Big, marked: false };
        let passed = decoded(&mut utf16, b"\xd8\x00\x00x", ErrorHandler::SurrogatePass).unwrap();
        assert_eq!(passed.view(), TextView::Ucs2(&[0xD800, 0x78]));
    }

    #[test]
    fn encoding() {
        let text = [0xDC80, 0xD800, 0x65, 0xE9];
        let with = |handler| encoded(&mut Ascii, &text, handler);
        assert_eq!(with(ErrorHandler::Replace).unwrap(), b"??e?");
        assert_eq!(with(ErrorHandler::Ignore).unwrap(), b"e");
        assert_eq!(with(ErrorHandler::BackslashReplace).unwrap(), b"\\udc80\\ud800e\\xe9");
        assert_eq!(with(ErrorHandler::XmlCharRefReplace).unwrap(), b"&#56448;&#55296;e&#233;");
        let named = b"\\udc80\\ud800e\\N{LATIN SMALL LETTER E WITH ACUTE}";
        assert_eq!(with(ErrorHandler::NameReplace).unwrap(), named);
        let error = |start, end| Err(Failure::Error(CodecError::new(start, end, "ordinal not in range(128)")));
        assert_eq!(with(ErrorHandler::SurrogateEscape), error(1, 2));
        assert_eq!(with(ErrorHandler::SurrogatePass), error(0, 2));
        assert_eq!(encoded(&mut Utf8, &text, ErrorHandler::SurrogatePass).unwrap(), b"\xed\xb2\x80\xed\xa0\x80e\xc3\xa9");
        let mut utf16 = Utf16 { order: ByteOrder::Little, marked: true };
        let refused = encoded(&mut utf16, &text, ErrorHandler::SurrogateEscape);
        assert_eq!(refused, Err(Failure::Error(CodecError::new(0, 1, "surrogates not allowed"))));
    }

    #[test]
    fn charmaps_encode_the_replacement() {
        let map = EncodingMap::new(TextView::Ascii(b"?ab"));
        let mut encoder = CharmapEncoder { map: &map };
        assert_eq!(encoded(&mut encoder, &[0x61, 0x20AC], ErrorHandler::Replace).unwrap(), [1, 0]);
        let error = CodecError::new(1, 3, "character maps to <undefined>");
        let with = |text: &[u16], handler| encoded(&mut CharmapEncoder { map: &map }, text, handler);
        let text = [0x61, 0xDC80, 0x20AC];
        assert_eq!(with(&text, ErrorHandler::BackslashReplace), Err(Failure::Error(error)));
        assert_eq!(with(&text, ErrorHandler::SurrogateEscape), Err(Failure::Error(error)));
        assert_eq!(with(&[0xDC80], ErrorHandler::SurrogateEscape).unwrap(), [0x80]);
    }

    #[test]
    fn names_of_encodings() {
        assert_eq!(Utf::from_name("UTF-8"), Some(Utf::Eight));
        assert_eq!(Utf::from_name("utf_16-BE"), Some(Utf::Sixteen(ByteOrder::Big)));
        assert_eq!(Utf::from_name("utf32le"), Some(Utf::ThirtyTwo(ByteOrder::Little)));
        assert_eq!(Utf::from_name("utf-16"), Some(Utf::Sixteen(ByteOrder::NATIVE)));
        assert_eq!(Utf::from_name("utf-16-"), None);
        assert_eq!(Utf::from_name("utf-88"), None);
        assert_eq!(Utf::from_name("latin-1"), None);
    }
}

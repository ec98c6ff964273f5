//! The bytes of a document as text: which encoding they are in, and decoding them as they come.

/// An encoding.
#[derive(Clone)]
pub enum Encoding {
    Utf8,
    Utf16 {
        big: bool,
    },
    Latin1,
    Ascii,
    /// A byte is a character; -1 for none.
    Table(Box<[i32; 256]>),
}

impl Encoding {
    /// The encoding with a name that needs no help.
    pub fn known(name: &str) -> Option<Encoding> {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        match () {
            () if is("utf-8") => Some(Encoding::Utf8),
            () if is("utf-16") || is("utf-16be") => Some(Encoding::Utf16 { big: true }),
            () if is("utf-16le") => Some(Encoding::Utf16 { big: false }),
            () if is("iso-8859-1") => Some(Encoding::Latin1),
            () if is("us-ascii") => Some(Encoding::Ascii),
            () => None,
        }
    }

    /// Bytes that a character takes.
    pub fn width(&self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 { .. } => 2 * character.len_utf16(),
            _ => 1,
        }
    }

    /// Text in this encoding.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        match self {
            Encoding::Utf8 | Encoding::Ascii => text.as_bytes().to_vec(),
            Encoding::Utf16 { big } => {
                text.encode_utf16().flat_map(|unit| if *big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
            }
            Encoding::Latin1 => text.chars().map(|character| character as u8).collect(),
            Encoding::Table(table) => text
                .chars()
                .map(|character| table.iter().position(|&point| point == character as i32).unwrap_or(0) as u8)
                .collect(),
        }
    }
}

/// How far the decoder is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The first bytes are to tell the encoding.
    Detecting,
    /// The text declaration was given out; what follows waits until its encoding is known.
    Declared,
    Running,
}

/// Decodes a document.
pub struct Decoder {
    pub encoding: Encoding,
    stage: Stage,
    /// Bytes that are not decoded yet.
    pending: Vec<u8>,
    /// What is pending begins with bytes that mean nothing.
    bad: bool,
    /// Bytes of the mark at the start.
    pub mark: usize,
    /// Whether the encoding was set from outside, so that declarations do not count.
    pub fixed: bool,
}

impl Decoder {
    /// One that finds the encoding out.
    pub fn new() -> Decoder {
        Decoder { encoding: Encoding::Utf8, stage: Stage::Detecting, pending: Vec::new(), bad: false, mark: 0, fixed: false }
    }

    /// From here on the bytes are in this encoding, whatever the document says.
    pub fn fix(&mut self, encoding: Encoding) {
        self.encoding = encoding;
        self.fixed = true;
    }

    /// The document declared its encoding, or none.
    pub fn declared(&mut self, encoding: Option<Encoding>) {
        if let Some(encoding) = encoding {
            self.encoding = encoding;
        }
        self.stage = Stage::Running;
    }

    /// Whether nothing is left over.
    pub fn is_drained(&self) -> bool {
        self.pending.is_empty()
    }

    /// Whether what is left over can never be decoded.
    pub fn is_bad(&self) -> bool {
        self.bad
    }

    /// Whether half a unit of UTF-16 is left over.
    pub fn has_odd_byte(&self) -> bool {
        matches!(self.encoding, Encoding::Utf16 { .. }) && self.pending.len() == 1
    }

    /// More bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// Finds the encoding by the first bytes (appendix F of XML); false where more of them are needed.
    fn detect(&mut self, last: bool) -> bool {
        let first = &self.pending[..];
        let is_utf16 = matches!(self.encoding, Encoding::Utf16 { .. });
        let (utf16, mark) = match first {
            [] => return false,
            [0xfe, 0xff, ..] => (Some(true), 2),
            [0xff, 0xfe, ..] => (Some(false), 2),
            [0xef, 0xbb, 0xbf, ..] => (None, 3),
            [0x3c, 0, ..] if !self.fixed || is_utf16 => (Some(false), 0),
            [0, _, ..] if !self.fixed || is_utf16 => (Some(true), 0),
            [0xfe] | [0xff] | [0xef] | [0xef, 0xbb] | [0x3c] | [0] if !last => return false,
            _ => (None, 0),
        };
        if let Some(big) = utf16.filter(|_| !self.fixed || is_utf16) {
            self.encoding = Encoding::Utf16 { big };
        }
        let fits = match self.encoding {
            Encoding::Utf16 { .. } => utf16.is_some(),
            Encoding::Utf8 => utf16.is_none(),
            _ => false,
        };
        if fits {
            self.mark = mark;
            self.pending.drain(..mark);
        }
        true
    }

    /// Appends what can be decoded to `text`.
    pub fn decode(&mut self, text: &mut String, last: bool) {
        if self.stage == Stage::Detecting {
            if !self.detect(last) {
                return;
            }
            const START: &[u8] = b"<?xml";
            let declares =
                self.pending.starts_with(START) && self.pending.get(START.len()).is_none_or(|byte| byte.is_ascii_whitespace());
            let may_declare = START.starts_with(&self.pending[..self.pending.len().min(START.len())]);
            if matches!(self.encoding, Encoding::Utf8) && !self.fixed && (declares || may_declare && !last) {
                let end = self.pending.windows(2).position(|pair| pair == b"?>").map(|at| at + 2);
                match end {
                    Some(end) if self.pending[..end].is_ascii() => {
                        text.extend(self.pending.drain(..end).map(char::from));
                        self.stage = Stage::Declared;
                        return;
                    }
                    None if !last => return,
                    _ => {}
                }
            }
            self.stage = Stage::Running;
        }
        if self.stage == Stage::Declared || self.bad {
            return;
        }
        match &self.encoding {
            Encoding::Utf8 => self.decode_utf8(text),
            Encoding::Utf16 { big } => {
                let big = *big;
                self.decode_utf16(big, text);
            }
            Encoding::Latin1 => text.extend(self.pending.drain(..).map(char::from)),
            Encoding::Ascii => {
                let good = self.pending.iter().position(|byte| !byte.is_ascii()).unwrap_or(self.pending.len());
                text.extend(self.pending.drain(..good).map(char::from));
                self.bad = !self.pending.is_empty();
            }
            Encoding::Table(table) => {
                let mut done = 0;
                for &byte in &self.pending {
                    let Some(character) = u32::try_from(table[usize::from(byte)]).ok().and_then(char::from_u32) else {
                        self.bad = true;
                        break;
                    };
                    text.push(character);
                    done += 1;
                }
                self.pending.drain(..done);
            }
        }
    }

    fn decode_utf8(&mut self, text: &mut String) {
        match std::str::from_utf8(&self.pending) {
            Ok(all) => {
                text.push_str(all);
                self.pending.clear();
            }
            Err(error) => {
                let good = error.valid_up_to();
                text.push_str(std::str::from_utf8(&self.pending[..good]).unwrap_or_default());
                self.bad = error.error_len().is_some();
                self.pending.drain(..good);
            }
        }
    }

    fn decode_utf16(&mut self, big: bool, text: &mut String) {
        let unit = |pair: &[u8]| match big {
            true => u16::from_be_bytes([pair[0], pair[1]]),
            false => u16::from_le_bytes([pair[0], pair[1]]),
        };
        let mut at = 0;
        while at + 2 <= self.pending.len() {
            let first = unit(&self.pending[at..]);
            let (point, width) = match first {
                0xd800..=0xdbff => {
                    if at + 4 > self.pending.len() {
                        break;
                    }
                    let second = unit(&self.pending[at + 2..]);
                    if !(0xdc00..=0xdfff).contains(&second) {
                        self.bad = true;
                        break;
                    }
                    (0x10000 + ((u32::from(first) - 0xd800) << 10) + (u32::from(second) - 0xdc00), 4)
                }
                _ => (u32::from(first), 2),
            };
            let Some(character) = char::from_u32(point) else {
                self.bad = true;
                break;
            };
            text.push(character);
            at += width;
        }
        self.pending.drain(..at);
    }
}

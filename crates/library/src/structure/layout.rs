//! Formats: text to the places of items.

/// The order of an item's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// The lowest byte first.
    Little,
    /// The highest byte first.
    Big,
}

impl Order {
    /// The machine's own order.
    pub const NATIVE: Order = if cfg!(target_endian = "little") { Order::Little } else { Order::Big };
}

/// What an item is, by its letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `c`
    Character,
    /// Signed integers.
    Signed,
    /// Unsigned integers.
    Unsigned,
    /// `P`, unsigned though given as either.
    Pointer,
    /// `?`
    Truth,
    /// `e`, `f`, `d`
    Float,
    /// `F`, `D`
    Complex,
    /// `s`
    Text,
    /// `p`
    Pascal,
}

/// Items of one kind in a row.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The letter, for messages.
    pub letter: u8,
    /// The kind.
    pub kind: Kind,
    /// Where the first one is.
    pub offset: usize,
    /// Bytes an item.
    pub size: usize,
    /// How many there are.
    pub repeat: usize,
}

/// A format that was understood.
#[derive(Debug)]
pub struct Layout {
    /// The items, without padding.
    pub codes: Vec<Code>,
    /// Bytes in all.
    pub size: usize,
    /// Values in all.
    pub len: usize,
    /// The order of bytes.
    pub order: Order,
}

/// A letter's kind, and its size natively and by the standard; 0 where there is none. Natively, numbers are aligned by
/// their size.
struct Letter {
    letter: u8,
    kind: Option<Kind>,
    native: usize,
    standard: usize,
    align: usize,
}

const fn letter(letter: u8, kind: Kind, native: usize, standard: usize, align: usize) -> Letter {
    Letter { letter, kind: Some(kind), native, standard, align }
}

const LONG: usize = size_of::<std::ffi::c_long>();
const WORD: usize = size_of::<usize>();

/// `native_table` and the standard ones.
const LETTERS: &[Letter] = &[
    Letter { letter: b'x', kind: None, native: 1, standard: 1, align: 1 },
    letter(b'c', Kind::Character, 1, 1, 1),
    letter(b'b', Kind::Signed, 1, 1, 1),
    letter(b'B', Kind::Unsigned, 1, 1, 1),
    letter(b's', Kind::Text, 1, 1, 1),
    letter(b'p', Kind::Pascal, 1, 1, 1),
    letter(b'?', Kind::Truth, 1, 1, 1),
    letter(b'h', Kind::Signed, 2, 2, 2),
    letter(b'H', Kind::Unsigned, 2, 2, 2),
    letter(b'i', Kind::Signed, 4, 4, 4),
    letter(b'I', Kind::Unsigned, 4, 4, 4),
    letter(b'l', Kind::Signed, LONG, 4, LONG),
    letter(b'L', Kind::Unsigned, LONG, 4, LONG),
    letter(b'q', Kind::Signed, 8, 8, align_of::<i64>()),
    letter(b'Q', Kind::Unsigned, 8, 8, align_of::<u64>()),
    letter(b'n', Kind::Signed, WORD, 0, WORD),
    letter(b'N', Kind::Unsigned, WORD, 0, WORD),
    letter(b'P', Kind::Pointer, WORD, 0, WORD),
    letter(b'e', Kind::Float, 2, 2, 2),
    letter(b'f', Kind::Float, 4, 4, 4),
    letter(b'd', Kind::Float, 8, 8, align_of::<f64>()),
    letter(b'F', Kind::Complex, 8, 8, 4),
    letter(b'D', Kind::Complex, 16, 16, align_of::<f64>()),
];

/// No struct is larger.
const LARGEST: usize = isize::MAX as usize;
const TOO_LONG: &str = "total struct size too long";

impl Layout {
    /// Reads a format (`prepare_s`); the error is the message.
    pub fn parse(format: &[u8]) -> Result<Layout, &'static str> {
        if format.contains(&0) {
            return Err("embedded null character");
        }
        let (native, order, mut rest) = match format {
            [b'<', rest @ ..] => (false, Order::Little, rest),
            [b'>' | b'!', rest @ ..] => (false, Order::Big, rest),
            [b'=', rest @ ..] => (false, Order::NATIVE, rest),
            [b'@', rest @ ..] => (true, Order::NATIVE, rest),
            _ => (true, Order::NATIVE, format),
        };
        let mut layout = Layout { codes: Vec::new(), size: 0, len: 0, order };
        while let [first, tail @ ..] = rest {
            if matches!(first, b' ' | b'\t'..=b'\r') {
                rest = tail;
                continue;
            }
            let repeat = count(&mut rest)?;
            let [letter, tail @ ..] = rest else {
                return Err("repeat count given without format specifier");
            };
            rest = tail;
            layout.add(*letter, repeat.unwrap_or(1), native)?;
        }
        Ok(layout)
    }

    fn add(&mut self, letter: u8, repeat: usize, native: bool) -> Result<(), &'static str> {
        let known = LETTERS.iter().find(|known| known.letter == letter);
        let known = known.filter(|known| native || known.standard != 0).ok_or("bad char in struct format")?;
        let size = if native { known.native } else { known.standard };
        let align = if native { known.align } else { 1 };
        let offset = self.size.checked_next_multiple_of(align).filter(|&offset| offset <= LARGEST).ok_or(TOO_LONG)?;
        if repeat > (LARGEST - offset) / size {
            return Err(TOO_LONG);
        }
        self.size = offset + repeat * size;
        let Some(kind) = known.kind else {
            return Ok(());
        };
        let code = match kind {
            Kind::Text | Kind::Pascal => Code { letter, kind, offset, size: repeat, repeat: 1 },
            _ => Code { letter, kind, offset, size, repeat },
        };
        self.len += code.repeat;
        if code.repeat > 0 {
            self.codes.push(code);
        }
        Ok(())
    }
}

/// Takes a repeat count off the front of a format.
fn count(rest: &mut &[u8]) -> Result<Option<usize>, &'static str> {
    let mut count: Option<usize> = None;
    while let [digit @ b'0'..=b'9', tail @ ..] = *rest {
        let next = count.unwrap_or(0).checked_mul(10).and_then(|count| count.checked_add(usize::from(digit - b'0')));
        count = Some(next.filter(|&count| count <= LARGEST).ok_or(TOO_LONG)?);
        *rest = tail;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn sizes() {
        for (format, size) in
            [("", 0), ("bi", 8), ("<bi", 5), ("i0l", 8), ("bq", 16), ("b0q", 8), (" i  b", 5), ("!e", 2), ("3s2p", 5)]
        {
            assert_eq!(Layout::parse(format.as_bytes()).map(|layout| layout.size), Ok(size), "{format}");
        }
        for (format, message) in [
            ("3", "repeat count given without format specifier"),
            ("3 i", "bad char in struct format"),
            ("<n", "bad char in struct format"),
            ("99999999999999999999i", "total struct size too long"),
            ("9223372036854775807b1b", "total struct size too long"),
            ("i\0", "embedded null character"),
        ] {
            assert_eq!(Layout::parse(format.as_bytes()).map(|layout| layout.size), Err(message), "{format}");
        }
    }
}

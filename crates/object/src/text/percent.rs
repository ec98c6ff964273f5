//! The directives of the operator `%` on `str` and `bytes`: `%(key)-10.3f`.
//!
//! Parsing asks for arguments as it goes, because that is the order in which CPython notices what is wrong.

use super::TextView;

/// What is wrong with a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PercentError {
    /// A key, but the right operand is no mapping.
    NeedsMapping,
    /// A key without end.
    IncompleteKey,
    /// A directive without end.
    Incomplete,
    /// A width that is too large.
    WidthTooBig,
    /// A precision that is too large.
    PrecisionTooBig,
    /// A conversion that there is not: its character and position.
    Unsupported(u32, usize),
}

/// The exception an error is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PercentErrorKind {
    /// `TypeError`
    Type,
    /// `ValueError`
    Value,
    /// `OverflowError`
    Overflow,
}

/// Which type's operator `%` it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// `str`
    Str,
    /// `bytes` and `bytearray`
    Bytes,
}

impl PercentError {
    /// The exception and its message.
    pub fn describe(self, operand: Operand) -> (PercentErrorKind, String) {
        let value = |text: &str| (PercentErrorKind::Value, text.to_owned());
        match (self, operand) {
            (PercentError::NeedsMapping, _) => (PercentErrorKind::Type, "format requires a mapping".to_owned()),
            (PercentError::IncompleteKey, _) => value("incomplete format key"),
            (PercentError::Incomplete, _) => value("incomplete format"),
            (PercentError::WidthTooBig, _) => value("width too big"),
            (PercentError::PrecisionTooBig, Operand::Str) => value("precision too big"),
            (PercentError::PrecisionTooBig, Operand::Bytes) => value("prec too big"),
            // CPython hands a negative `char` to its message formatter.
            (PercentError::Unsupported(0x80.., _), Operand::Bytes) => {
                (PercentErrorKind::Overflow, "character argument not in range(0x110000)".to_owned())
            }
            (PercentError::Unsupported(c, at), _) => {
                let shown = char::from_u32(c).filter(|_| operand == Operand::Bytes || (0x1F..0x7F).contains(&c)).unwrap_or('?');
                value(&format!("unsupported format character '{shown}' (0x{c:x}) at index {at}"))
            }
        }
    }
}

/// A failure while parsing: of the format, or from the arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure<E> {
    /// The format is wrong.
    Format(PercentError),
    /// An argument could not be had.
    Argument(E),
}

impl<E> From<PercentError> for Failure<E> {
    fn from(error: PercentError) -> Self {
        Failure::Format(error)
    }
}

/// What a `*` stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Star {
    /// The width: an `isize`, negative for justifying left.
    Width,
    /// The precision: an `i32`, negative for zero.
    Precision,
}

/// What supplies the arguments while a directive is parsed.
pub trait Arguments {
    /// Why an argument cannot be had.
    type Error;

    /// Whether the right operand is a mapping, so that keys are allowed.
    fn is_mapping(&self) -> bool;

    /// Looks the key up: what it finds is the argument of this directive, and there are no more for a `*`.
    fn select(&mut self, key: TextView<'_>) -> Result<(), Self::Error>;

    /// Takes the next argument for a `*`, as an integer.
    fn star(&mut self, star: Star) -> Result<isize, Self::Error>;
}

/// A directive: `%[(key)][flags][width][.precision]conversion`. The argument itself is not fetched yet.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Directive {
    /// `-`: justify left.
    pub left: bool,
    /// `+`: always a sign.
    pub sign: bool,
    /// A space where a sign could be.
    pub blank: bool,
    /// `#`: the alternate form.
    pub alternate: bool,
    /// `0`: fill with zeros.
    pub zero: bool,
    /// The least number of characters.
    pub width: Option<usize>,
    /// The precision.
    pub precision: Option<usize>,
    /// The conversion's character, not checked.
    pub conversion: u32,
    /// Its position in the format.
    pub index: usize,
}

impl Directive {
    /// The error to raise if there is no such conversion.
    pub fn unsupported(&self) -> PercentError {
        PercentError::Unsupported(self.conversion, self.index)
    }
}

/// A part of a format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part<'a> {
    /// Text to be copied; a doubled `%` gives a part of its own.
    Literal(TextView<'a>),
    /// A directive.
    Directive(Directive),
}

/// Reads a format, part by part. Bytes are given as [`TextView::Latin1`].
pub struct Parser<'a> {
    text: TextView<'a>,
    at: usize,
}

const PERCENT: u32 = '%' as u32;

impl<'a> Parser<'a> {
    /// A parser at the start of `text`.
    pub fn new(text: TextView<'a>) -> Self {
        Parser { text, at: 0 }
    }

    /// The next part; `None` at the end.
    pub fn next<A: Arguments>(&mut self, arguments: &mut A) -> Result<Option<Part<'a>>, Failure<A::Error>> {
        let rest = self.text.slice_from(self.at);
        if rest.is_empty() {
            return Ok(None);
        }
        let literal = super::strings::search::find_char(rest, PERCENT).unwrap_or(rest.len());
        if literal > 0 {
            self.at += literal;
            return Ok(Some(Part::Literal(rest.slice(0..literal))));
        }
        self.at += 1;
        if rest.len() > 1 && rest.get(1) == PERCENT {
            self.at += 1;
            return Ok(Some(Part::Literal(rest.slice(1..2))));
        }
        self.directive(arguments).map(|directive| Some(Part::Directive(directive)))
    }

    /// The character at the position, as ASCII if it is.
    fn peek(&self) -> Result<Option<u8>, PercentError> {
        if self.at >= self.text.len() {
            return Err(PercentError::Incomplete);
        }
        Ok(u8::try_from(self.text.get(self.at)).ok())
    }

    fn directive<A: Arguments>(&mut self, arguments: &mut A) -> Result<Directive, Failure<A::Error>> {
        let mut directive = Directive::default();
        if self.peek()? == Some(b'(') {
            if !arguments.is_mapping() {
                return Err(PercentError::NeedsMapping.into());
            }
            let key = self.key()?;
            arguments.select(key).map_err(Failure::Argument)?;
        }
        loop {
            match self.peek()? {
                Some(b'-') => directive.left = true,
                Some(b'+') => directive.sign = true,
                Some(b' ') => directive.blank = true,
                Some(b'#') => directive.alternate = true,
                Some(b'0') => directive.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        match self.peek()? {
            Some(b'*') => {
                let width = arguments.star(Star::Width).map_err(Failure::Argument)?;
                self.at += 1;
                directive.left |= width < 0;
                directive.width = Some(width.unsigned_abs());
            }
            Some(b'0'..=b'9') => {
                directive.width = Some(self.number(isize::MAX as usize, PercentError::WidthTooBig)?);
            }
            _ => {}
        }
        if self.peek()? == Some(b'.') {
            self.at += 1;
            directive.precision = Some(match self.peek()? {
                Some(b'*') => {
                    let precision = arguments.star(Star::Precision).map_err(Failure::Argument)?;
                    self.at += 1;
                    usize::try_from(precision).unwrap_or(0)
                }
                Some(b'0'..=b'9') => self.number(i32::MAX as usize, PercentError::PrecisionTooBig)?,
                _ => 0,
            });
        }
        if let Some(b'h' | b'l' | b'L') = self.peek()? {
            self.at += 1;
            self.peek()?;
        }
        directive.conversion = self.text.get(self.at);
        directive.index = self.at;
        self.at += 1;
        Ok(directive)
    }

    /// Reads a key; parentheses within it are balanced.
    fn key(&mut self) -> Result<TextView<'a>, PercentError> {
        let start = self.at + 1;
        let mut depth = 0;
        for c in self.text.slice_from(self.at).code_points() {
            self.at += 1;
            match u8::try_from(c) {
                Ok(b'(') => depth += 1,
                Ok(b')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(self.text.slice(start..self.at - 1));
            }
        }
        Err(PercentError::IncompleteKey)
    }

    /// Reads a decimal number of at most `limit`.
    fn number(&mut self, limit: usize, too_big: PercentError) -> Result<usize, PercentError> {
        let mut value = 0usize;
        while let Some(digit @ b'0'..=b'9') = self.peek()? {
            let next = value.checked_mul(10).and_then(|v| v.checked_add(usize::from(digit - b'0')));
            value = next.filter(|&v| v <= limit).ok_or(too_big)?;
            self.at += 1;
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arguments that are a mapping or not, with the given number for each `*`.
    struct Given(bool, isize, Vec<String>);

    impl Arguments for Given {
        type Error = &'static str;

        fn is_mapping(&self) -> bool {
            self.0
        }

        fn select(&mut self, key: TextView<'_>) -> Result<(), &'static str> {
            self.2.push(key.to_str_lossy().into_owned());
            Ok(())
        }

        fn star(&mut self, star: Star) -> Result<isize, &'static str> {
            self.2.push(format!("{star:?}"));
            if self.1 == 99 { Err("none left") } else { Ok(self.1) }
        }
    }

    type Outcome = (Result<String, Failure<&'static str>>, Vec<String>);

    fn parsed(format: &str, mapping: bool, star: isize) -> Outcome {
        let mut arguments = Given(mapping, star, Vec::new());
        let mut parser = Parser::new(TextView::Latin1(format.as_bytes()));
        let mut out = String::new();
        loop {
            match parser.next(&mut arguments) {
                Ok(None) => return (Ok(out), arguments.2),
                Err(failure) => return (Err(failure), arguments.2),
                Ok(Some(Part::Literal(text))) => out += &text.to_str_lossy(),
                Ok(Some(Part::Directive(d))) => {
                    let flags = [(d.left, '-'), (d.sign, '+'), (d.blank, ' '), (d.alternate, '#'), (d.zero, '0')];
                    let flags: String = flags.iter().filter(|f| f.0).map(|f| f.1).collect();
                    let conversion = char::from_u32(d.conversion).unwrap();
                    out += &format!("<{flags}|{:?}|{:?}|{conversion}@{}>", d.width, d.precision, d.index);
                }
            }
        }
    }

    #[test]
    fn directives() {
        for (format, expected) in [
            ("a%%b%s", "a%b<|None|None|s@5>"),
            ("%-+ #05.3f", "<-+ #0|Some(5)|Some(3)|f@9>"),
            ("%ld%.x", "<|None|None|d@2><|None|Some(0)|x@5>"),
            ("%-%", "<-|None|None|%@2>"),
            ("%5 d", "<|Some(5)|None| @2>d"),
            ("%*.*f", "<-|Some(4)|Some(0)|f@4>"),
            ("%lld", "<|None|None|l@2>d"),
        ] {
            assert_eq!(parsed(format, false, -4).0.as_deref(), Ok(expected), "{format}");
        }
        assert_eq!(parsed("%(a(b)c)s%()d", true, 0).1, ["a(b)c", ""]);
    }

    #[test]
    fn errors_in_cpythons_order() {
        let failed = |format, mapping, star| parsed(format, mapping, star).0.unwrap_err();
        for format in ["%", "%l", "%5", "%.", "%.5", "%0", "%(a)"] {
            assert_eq!(failed(format, true, 0), Failure::Format(PercentError::Incomplete), "{format}");
        }
        assert_eq!(failed("%(a", false, 0), Failure::Format(PercentError::NeedsMapping));
        assert_eq!(failed("%(a", true, 0), Failure::Format(PercentError::IncompleteKey));
        assert_eq!(failed("%*", false, 99), Failure::Argument("none left"));
        assert_eq!(failed("%*", false, 1), Failure::Format(PercentError::Incomplete));
        assert_eq!(failed("%9223372036854775808d", false, 0), Failure::Format(PercentError::WidthTooBig));
        assert_eq!(failed("%.2147483648d", false, 0), Failure::Format(PercentError::PrecisionTooBig));
    }

    #[test]
    fn messages() {
        let message = |c, operand| PercentError::Unsupported(c, 1).describe(operand).1;
        assert_eq!(message(0x71, Operand::Str), "unsupported format character 'q' (0x71) at index 1");
        assert_eq!(message(0x0A, Operand::Str), "unsupported format character '?' (0xa) at index 1");
        assert_eq!(message(0x0A, Operand::Bytes), "unsupported format character '\n' (0xa) at index 1");
        assert_eq!(message(0xE9, Operand::Str), "unsupported format character '?' (0xe9) at index 1");
        assert_eq!(message(0xE9, Operand::Bytes), "character argument not in range(0x110000)");
    }
}

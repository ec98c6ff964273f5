//! The template language of `str.format`: literal text, `{name!conversion:spec}` fields, and names like `0.attr[key]`.
//!
//! Everything wrong with a template is a `ValueError` whose message [`TemplateError`] knows.

use super::TextView;
use super::unicode::decimal;

/// What is wrong with a template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TemplateError {
    /// A closing brace that closes nothing.
    SingleClose,
    /// An opening brace at the end.
    SingleOpen,
    /// An opening brace within a field's name.
    BraceInName,
    /// A field without end.
    UnclosedField,
    /// Nothing after `!`.
    NoConversion,
    /// More than one character after `!`.
    LongConversion,
    /// A specification without end.
    UnclosedSpec,
    /// Specifications nested deeper than one level.
    Recursion,
    /// An index too large for a machine word.
    IndexTooLarge,
    /// A subscript without end.
    UnclosedSubscript,
    /// Something else than `.` or `[` after `]`.
    AfterSubscript,
    /// Nothing after `.` or between brackets.
    EmptyAttribute,
    /// `{}` after `{0}`.
    ManualThenAutomatic,
    /// `{0}` after `{}`.
    AutomaticThenManual,
    /// A positional field where there are names only: `format_map`.
    Positional,
    /// A conversion other than `s`, `r` and `a`.
    UnknownConversion(u32),
}

impl TemplateError {
    /// The message of the `ValueError`.
    pub fn message(self) -> String {
        let text = match self {
            TemplateError::SingleClose => "Single '}' encountered in format string",
            TemplateError::SingleOpen => "Single '{' encountered in format string",
            TemplateError::BraceInName => "unexpected '{' in field name",
            TemplateError::UnclosedField => "expected '}' before end of string",
            TemplateError::NoConversion => "end of string while looking for conversion specifier",
            TemplateError::LongConversion => "expected ':' after conversion specifier",
            TemplateError::UnclosedSpec => "unmatched '{' in format spec",
            TemplateError::Recursion => "Max string recursion exceeded",
            TemplateError::IndexTooLarge => "Too many decimal digits in format string",
            TemplateError::UnclosedSubscript => "Missing ']' in format string",
            TemplateError::AfterSubscript => "Only '.' or '[' may follow ']' in format field specifier",
            TemplateError::EmptyAttribute => "Empty attribute in format string",
            TemplateError::ManualThenAutomatic => "cannot switch from manual field specification to automatic field numbering",
            TemplateError::AutomaticThenManual => "cannot switch from automatic field numbering to manual field specification",
            TemplateError::Positional => "Format string contains positional fields",
            TemplateError::UnknownConversion(c) => {
                return match char::from_u32(c).filter(|_| (0x21..0x7F).contains(&c)) {
                    Some(c) => format!("Unknown conversion specifier {c}"),
                    None => format!("Unknown conversion specifier \\x{c:x}"),
                };
            }
        };
        text.to_owned()
    }
}

/// How deep templates may be nested: a specification may contain fields, whose specifications may not.
pub const MAX_DEPTH: usize = 2;

/// A replacement field between braces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field<'a> {
    /// What names the value; [`split_field_name`] takes it apart.
    pub name: TextView<'a>,
    /// The character after `!`.
    pub conversion: Option<u32>,
    /// What follows the colon.
    pub spec: TextView<'a>,
    /// Whether the specification is a template itself.
    pub spec_has_fields: bool,
}

/// Literal text, and the field after it. There is none at the end, and after an escaped brace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    /// The text, escaped braces resolved.
    pub literal: TextView<'a>,
    /// The field.
    pub field: Option<Field<'a>>,
}

/// The pieces of a template, from the left (CPython's `MarkupIterator`).
#[derive(Clone)]
pub struct Pieces<'a> {
    text: TextView<'a>,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of `text`.
    pub fn new(text: TextView<'a>) -> Self {
        Pieces { text, at: 0 }
    }

    /// The pieces from a [`position`](Self::position) on.
    pub fn starting_at(text: TextView<'a>, position: usize) -> Self {
        Pieces { text, at: position }
    }

    /// Where the next piece begins.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next character, which is consumed.
    fn take(&mut self) -> Option<u32> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn peek(&self) -> Option<u32> {
        (self.at < self.text.len()).then(|| self.text.get(self.at))
    }

    fn piece(&mut self) -> Result<Piece<'a>, TemplateError> {
        let start = self.at;
        let rest = self.text.slice_from(start);
        let Some(len) = rest.code_points().position(|c| c == OPEN || c == CLOSE) else {
            self.at = self.text.len();
            return Ok(Piece { literal: rest, field: None });
        };
        self.at += len + 1;
        let brace = rest.get(len);
        if self.peek() == Some(brace) {
            self.at += 1;
            return Ok(Piece { literal: rest.slice(0..len + 1), field: None });
        }
        if brace == CLOSE {
            return Err(TemplateError::SingleClose);
        }
        if self.peek().is_none() {
            return Err(TemplateError::SingleOpen);
        }
        Ok(Piece { literal: rest.slice(0..len), field: Some(self.field()?) })
    }

    /// Parses a field up to and with its closing brace.
    fn field(&mut self) -> Result<Field<'a>, TemplateError> {
        let start = self.at;
        let end = loop {
            match self.take().ok_or(TemplateError::UnclosedField)? {
                OPEN => return Err(TemplateError::BraceInName),
                // Within brackets every character but the closing one is the key's.
                BRACKET => {
                    while self.peek().is_some_and(|c| c != CLOSE_BRACKET) {
                        self.at += 1;
                    }
                }
                end @ (CLOSE | COLON | EXCLAMATION) => break end,
                _ => {}
            }
        };
        let name = self.text.slice(start..self.at - 1);
        let none = self.text.slice(self.at..self.at);
        let mut field = Field { name, conversion: None, spec: none, spec_has_fields: false };
        if end == EXCLAMATION {
            field.conversion = Some(self.take().ok_or(TemplateError::NoConversion)?);
            match self.take() {
                Some(CLOSE) => return Ok(field),
                Some(COLON) | None => {}
                Some(_) => return Err(TemplateError::LongConversion),
            }
        }
        if end != CLOSE {
            (field.spec, field.spec_has_fields) = self.spec()?;
        }
        Ok(field)
    }

    /// Parses a specification up to and with the brace that closes its field.
    fn spec(&mut self) -> Result<(TextView<'a>, bool), TemplateError> {
        let start = self.at;
        let mut depth = 1;
        let mut has_fields = false;
        loop {
            match self.take().ok_or(TemplateError::UnclosedSpec)? {
                OPEN => {
                    has_fields = true;
                    depth += 1;
                }
                CLOSE => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok((self.text.slice(start..self.at - 1), has_fields));
                    }
                }
                _ => {}
            }
        }
    }
}

const OPEN: u32 = '{' as u32;
const CLOSE: u32 = '}' as u32;
const BRACKET: u32 = '[' as u32;
const CLOSE_BRACKET: u32 = ']' as u32;
const COLON: u32 = ':' as u32;
const EXCLAMATION: u32 = '!' as u32;
const DOT: u32 = '.' as u32;

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, TemplateError>;

    fn next(&mut self) -> Option<Self::Item> {
        (self.at < self.text.len()).then(|| self.piece())
    }
}

/// How the fields of a template without names are numbered: all by themselves, or all by hand.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Numbering {
    /// No such field yet.
    #[default]
    Undecided,
    /// The next field's number.
    Automatic(usize),
    /// The numbers are written in the fields.
    Manual,
}

impl Numbering {
    /// Takes note of a field with the given number, or with none, and gives its number.
    fn number(&mut self, written: Option<usize>) -> Result<usize, TemplateError> {
        match (*self, written) {
            (Numbering::Undecided | Numbering::Manual, Some(index)) => {
                *self = Numbering::Manual;
                Ok(index)
            }
            (Numbering::Automatic(_), Some(_)) => Err(TemplateError::AutomaticThenManual),
            (Numbering::Manual, None) => Err(TemplateError::ManualThenAutomatic),
            (Numbering::Undecided, None) => {
                *self = Numbering::Automatic(1);
                Ok(0)
            }
            (Numbering::Automatic(next), None) => {
                *self = Numbering::Automatic(next + 1);
                Ok(next)
            }
        }
    }
}

/// Which argument a field's name begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum First<'a> {
    /// A positional one.
    Index(usize),
    /// One with this name.
    Name(TextView<'a>),
}

/// A step from the argument to the value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access<'a> {
    /// `.name`
    Attribute(TextView<'a>),
    /// `[12]`
    Index(usize),
    /// `[key]`
    Key(TextView<'a>),
}

/// Takes a field's name apart. Without a numbering an empty name stays empty, as `_string.formatter_field_name_split`
/// wants it.
pub fn split_field_name<'a>(
    name: TextView<'a>,
    numbering: Option<&mut Numbering>,
) -> Result<(First<'a>, Accesses<'a>), TemplateError> {
    let end = name.code_points().position(|c| c == DOT || c == BRACKET).unwrap_or(name.len());
    let first = name.slice(0..end);
    let index = parse_index(first)?;
    let numbered = index.is_some() || first.is_empty();
    let first = match (numbering, index) {
        (Some(numbering), _) if numbered => First::Index(numbering.number(index)?),
        (_, Some(index)) => First::Index(index),
        _ => First::Name(first),
    };
    Ok((first, Accesses { text: name, at: end }))
}

/// The number that the text consists of, in digits of any script; `None` if it is no number.
fn parse_index(text: TextView<'_>) -> Result<Option<usize>, TemplateError> {
    let mut value = 0usize;
    for c in text.code_points() {
        let Some(digit) = decimal(c) else {
            return Ok(None);
        };
        let next = value.checked_mul(10).and_then(|v| v.checked_add(digit.into()));
        let next = next.filter(|&v| isize::try_from(v).is_ok());
        value = next.ok_or(TemplateError::IndexTooLarge)?;
    }
    Ok((!text.is_empty()).then_some(value))
}

/// The steps after the first part of a field's name.
#[derive(Clone)]
pub struct Accesses<'a> {
    text: TextView<'a>,
    at: usize,
}

impl<'a> Accesses<'a> {
    fn step(&mut self) -> Result<Access<'a>, TemplateError> {
        let rest = self.text.slice_from(self.at + 1);
        let len = |ends: fn(u32) -> bool| rest.code_points().position(ends);
        let access = match self.text.get(self.at) {
            DOT => {
                let len = len(|c| c == DOT || c == BRACKET).unwrap_or(rest.len());
                self.at += 1 + len;
                Access::Attribute(rest.slice(0..len))
            }
            BRACKET => {
                let len = len(|c| c == CLOSE_BRACKET).ok_or(TemplateError::UnclosedSubscript)?;
                self.at += 2 + len;
                let key = rest.slice(0..len);
                parse_index(key)?.map_or(Access::Key(key), Access::Index)
            }
            _ => return Err(TemplateError::AfterSubscript),
        };
        match access {
            Access::Attribute(name) | Access::Key(name) if name.is_empty() => Err(TemplateError::EmptyAttribute),
            _ => Ok(access),
        }
    }
}

impl<'a> Iterator for Accesses<'a> {
    type Item = Result<Access<'a>, TemplateError>;

    fn next(&mut self) -> Option<Self::Item> {
        (self.at < self.text.len()).then(|| self.step())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> TextView<'_> {
        TextView::from_ascii(text).unwrap()
    }

    /// The pieces in the notation of `string.Formatter().parse`.
    fn parsed(template: &str) -> Result<String, TemplateError> {
        let mut out = String::new();
        for piece in Pieces::new(view(template)) {
            let piece = piece?;
            out += &piece.literal.to_str_lossy();
            if let Some(field) = piece.field {
                let conversion = field.conversion.and_then(char::from_u32);
                let (name, spec) = (field.name.to_str_lossy(), field.spec.to_str_lossy());
                out += &format!("<{name}|{}|{spec}|{}>", conversion.unwrap_or('-'), field.spec_has_fields);
            }
        }
        Ok(out)
    }

    #[test]
    fn templates() {
        for (template, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("a{}b", "a<|-||false>b"),
            ("{{x}}", "{x}"),
            ("{0.a[b]!r:>10}{x}", "<0.a[b]|r|>10|false><x|-||false>"),
            ("{a:{b}.{c}}", "<a|-|{b}.{c}|true>"),
            ("{a[}]!s}", "<a[}]|s||false>"),
            ("{:}", "<|-||false>"),
            ("{!}:x}", "<|}|x|false>"),
        ] {
            assert_eq!(parsed(template).as_deref(), Ok(expected), "{template}");
        }
        for (template, error) in [
            ("}", TemplateError::SingleClose),
            ("a}b", TemplateError::SingleClose),
            ("{", TemplateError::SingleOpen),
            ("{{{", TemplateError::SingleOpen),
            ("{a", TemplateError::UnclosedField),
            ("{a[", TemplateError::UnclosedField),
            ("{a{b}}", TemplateError::BraceInName),
            ("{a!", TemplateError::NoConversion),
            ("{a!r", TemplateError::UnclosedSpec),
            ("{!}", TemplateError::UnclosedSpec),
            ("{a!rs}", TemplateError::LongConversion),
            ("{a:{b}", TemplateError::UnclosedSpec),
        ] {
            assert_eq!(parsed(template), Err(error), "{template}");
        }
    }

    fn split(name: &str) -> Result<(First<'_>, Vec<Access<'_>>), TemplateError> {
        let (first, rest) = split_field_name(view(name), None)?;
        Ok((first, rest.collect::<Result<_, _>>()?))
    }

    #[test]
    fn names() {
        let name = |text| First::Name(view(text));
        assert_eq!(split("a"), Ok((name("a"), vec![])));
        assert_eq!(split(""), Ok((name(""), vec![])));
        let steps = vec![Access::Attribute(view("b")), Access::Index(3), Access::Key(view("-1")), Access::Attribute(view("c"))];
        assert_eq!(split("10.b[3][-1].c"), Ok((First::Index(10), steps)));
        for (name, error) in [
            ("a.", TemplateError::EmptyAttribute),
            ("a..b", TemplateError::EmptyAttribute),
            ("a[]", TemplateError::EmptyAttribute),
            ("a[b", TemplateError::UnclosedSubscript),
            ("a[b]c", TemplateError::AfterSubscript),
            ("99999999999999999999", TemplateError::IndexTooLarge),
        ] {
            assert_eq!(split(name), Err(error), "{name}");
        }
        assert_eq!(parse_index(TextView::Ucs2(&[0x661, 0x662])), Ok(Some(12)));
    }

    #[test]
    fn numbering() {
        fn first<'a>(name: &'a str, numbering: &mut Numbering) -> Result<First<'a>, TemplateError> {
            split_field_name(view(name), Some(numbering)).map(|(first, _)| first)
        }
        let mut numbering = Numbering::default();
        assert_eq!(first("x", &mut numbering), Ok(First::Name(view("x"))));
        assert_eq!(first("", &mut numbering), Ok(First::Index(0)));
        assert_eq!(first(".a", &mut numbering), Ok(First::Index(1)));
        assert_eq!(first("1", &mut numbering), Err(TemplateError::AutomaticThenManual));
        let mut numbering = Numbering::default();
        assert_eq!(first("7", &mut numbering), Ok(First::Index(7)));
        assert_eq!(first("", &mut numbering), Err(TemplateError::ManualThenAutomatic));
    }

    #[test]
    fn messages() {
        assert_eq!(TemplateError::UnknownConversion(0x78).message(), "Unknown conversion specifier x");
        assert_eq!(TemplateError::UnknownConversion(0x20).message(), "Unknown conversion specifier \\x20");
        assert_eq!(TemplateError::UnknownConversion(0xE9).message(), "Unknown conversion specifier \\xe9");
    }
}

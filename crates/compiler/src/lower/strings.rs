//! String, bytes, f-string and t-string literals, and their implicit concatenation.

use std::sync::Arc;

use ruff_python_ast::{self as ruff, StringFlags};
use ruff_text_size::{Ranged, TextLen, TextRange, TextSize};

use super::escapes::{InvalidEscape, decode_bytes, decode_str};
use super::{Lowered, Lowerer};
use crate::ast::*;

/// Where a warning about an escape counts from: the token that CPython looks at.
struct Anchor {
    /// The token's start.
    start: TextSize,
    /// How many quotes the token begins with; none if it has a prefix.
    quotes: i32,
}

impl Lowerer<'_> {
    pub(super) fn string_literal(&mut self, node: &ruff::ExprStringLiteral) -> Lowered<ExprKind> {
        let parts = node.value.as_slice();
        let kind = parts.first().and_then(|part| self.string_kind(part));
        let value = match parts {
            [part] => self.string_part(part)?,
            parts => {
                let mut bytes = Vec::new();
                for part in parts {
                    bytes.extend_from_slice(self.string_part(part)?.as_bytes());
                }
                Text::from_wtf8(&bytes).unwrap_or_default()
            }
        };
        Ok(ExprKind::Constant { value: Constant::Str(value), kind })
    }

    pub(super) fn bytes_literal(&mut self, node: &ruff::ExprBytesLiteral) -> Lowered<ExprKind> {
        let mut bytes = Vec::new();
        for part in node.value.as_slice() {
            let flags = ruff::AnyStringFlags::from(part.flags);
            let (body, anchor) = self.literal_body(part.range, flags);
            let text = self.slice(body);
            if flags.is_raw_string() || !text.contains('\\') {
                bytes.extend_from_slice(text.as_bytes());
                continue;
            }
            match decode_bytes(text) {
                Ok((value, invalid)) => {
                    bytes.extend_from_slice(&value);
                    self.warn_invalid_escape(invalid, anchor)?;
                }
                Err(message) => return Err(self.syntax_error(message, part.range)),
            }
        }
        Ok(ExprKind::Constant { value: Constant::Bytes(Arc::from(bytes)), kind: None })
    }

    /// `u` of a literal that is prefixed with it in lower case.
    fn string_kind(&mut self, part: &ruff::StringLiteral) -> Option<Arc<str>> {
        self.slice(part.range).starts_with('u').then(|| self.name("u"))
    }

    fn string_part(&mut self, part: &ruff::StringLiteral) -> Lowered<Text> {
        let flags = ruff::AnyStringFlags::from(part.flags);
        let (body, anchor) = self.literal_body(part.range, flags);
        let raw = flags.is_raw_string();
        self.decode(body, raw, part.range, anchor)
    }

    /// The range between a literal's quotes, and the anchor of its warnings.
    fn literal_body(&self, range: TextRange, flags: ruff::AnyStringFlags) -> (TextRange, Anchor) {
        let prefixed = flags.opener_len() > flags.closer_len();
        let anchor = Anchor { start: range.start(), quotes: if prefixed { 0 } else { flags.closer_len().to_u32() as i32 } };
        let body = range.add_start(flags.opener_len()).sub_end(flags.closer_len());
        (body, anchor)
    }

    /// Decodes source text that is (part of) the token at `token`.
    fn decode(&mut self, body: TextRange, raw: bool, token: TextRange, anchor: Anchor) -> Lowered<Text> {
        let text = self.slice(body);
        if raw || !text.contains('\\') {
            return Ok(Text::from(text));
        }
        match decode_str(text) {
            Ok((value, invalid)) => {
                self.warn_invalid_escape(invalid, anchor)?;
                Ok(value)
            }
            Err(message) => Err(self.syntax_error(message, token)),
        }
    }

    /// Warns as `warn_invalid_escape_sequence` does, with its idea of where the escape is.
    fn warn_invalid_escape(&mut self, invalid: Option<InvalidEscape>, anchor: Anchor) -> Lowered<()> {
        let Some(invalid) = invalid else {
            return Ok(());
        };
        let (lineno, column) = self.source.line_column(anchor.start.to_u32());
        let column = if invalid.lines == 0 { column + anchor.quotes + invalid.column } else { invalid.column };
        let lineno = lineno + invalid.lines;
        let location = Location { lineno, col_offset: column, end_lineno: lineno, end_col_offset: column + 2 };
        self.warn(invalid.message(false), invalid.message(true), location)
    }

    pub(super) fn fstring(&mut self, node: &ruff::ExprFString) -> Lowered<ExprKind> {
        let mut pieces = Pieces::default();
        for part in node.value.as_slice() {
            match part {
                ruff::FStringPart::Literal(literal) => {
                    let kind = self.string_kind(literal);
                    let value = self.string_part(literal)?;
                    pieces.constant(value, kind, self.location(literal.range));
                }
                ruff::FStringPart::FString(fstring) => self.interpolated(
                    &fstring.elements,
                    ruff::AnyStringFlags::from(fstring.flags),
                    fstring.range,
                    false,
                    &mut pieces,
                )?,
            }
        }
        Ok(ExprKind::JoinedStr { values: pieces.finish() })
    }

    pub(super) fn tstring(&mut self, node: &ruff::ExprTString) -> Lowered<ExprKind> {
        let mut pieces = Pieces::default();
        for tstring in node.value.as_slice() {
            self.interpolated(&tstring.elements, ruff::AnyStringFlags::from(tstring.flags), tstring.range, true, &mut pieces)?;
        }
        Ok(ExprKind::TemplateStr { values: pieces.finish() })
    }

    /// The elements of one f-string or t-string, debug texts included.
    fn interpolated(
        &mut self,
        elements: &[ruff::InterpolatedStringElement],
        flags: ruff::AnyStringFlags,
        range: TextRange,
        template: bool,
        pieces: &mut Pieces,
    ) -> Lowered<()> {
        let raw = flags.is_raw_string();
        let quotes = flags.closer_len();
        for element in elements {
            match element {
                ruff::InterpolatedStringElement::Literal(literal) => {
                    let anchor = || Anchor { start: range.end() - quotes, quotes: quotes.to_u32() as i32 };
                    self.middle(literal.range, raw, anchor, pieces)?;
                }
                ruff::InterpolatedStringElement::Interpolation(element) => {
                    self.replacement(element, raw, template, pieces)?;
                }
            }
        }
        Ok(())
    }

    /// Literal text between replacement fields. CPython's tokens end at a doubled brace.
    fn middle(&mut self, range: TextRange, raw: bool, anchor: impl Fn() -> Anchor, pieces: &mut Pieces) -> Lowered<()> {
        let mut start = range.start();
        while start < range.end() {
            let text = self.slice(TextRange::new(start, range.end()));
            let (length, skip) = middle_token(text, raw);
            let end = start + TextSize::new(length as u32);
            let next = end + TextSize::new(skip as u32);
            let token = TextRange::new(start, end);
            let brace = if skip > 0 { text.as_bytes()[length - 1] } else { 0 };
            if skip > 0 && !raw && ends_in_escape(&text[..length - 1]) {
                self.warn_brace(char::from(brace), end)?;
            }
            let value = self.decode_middle(token, raw, anchor())?;
            pieces.constant(value, None, self.location(TextRange::new(start, next)));
            start = next;
        }
        self.warn_escaped_field(range, raw)
    }

    /// Warns if literal text ends in a backslash before a replacement field.
    fn warn_escaped_field(&mut self, range: TextRange, raw: bool) -> Lowered<()> {
        if !raw && ends_in_escape(self.slice(range)) && self.byte_at(range.end()) == Some(b'{') {
            self.warn_brace('{', range.end() + TextSize::new(1))?;
        }
        Ok(())
    }

    /// Decodes the literal text of an f-string. The tokenizer warns of escaped braces, so decoding does not.
    fn decode_middle(&mut self, token: TextRange, raw: bool, anchor: Anchor) -> Lowered<Text> {
        let text = self.slice(token);
        if raw || !text.contains('\\') {
            return Ok(Text::from(text));
        }
        match decode_str(text) {
            Ok((value, invalid)) => {
                let invalid = invalid.filter(|invalid| !matches!(&*invalid.text, "{" | "}"));
                self.warn_invalid_escape(invalid, anchor)?;
                Ok(value)
            }
            Err(message) => Err(self.syntax_error(message, token)),
        }
    }

    /// Warns of an escaped brace, as the tokenizer does; `end` is behind the brace.
    fn warn_brace(&mut self, brace: char, end: TextSize) -> Lowered<()> {
        let invalid = InvalidEscape { text: brace.to_string(), lines: 0, column: 0 };
        let location = self.location(TextRange::empty(end));
        self.warn(invalid.message(false), invalid.message(true), location)
    }

    fn byte_at(&self, offset: TextSize) -> Option<u8> {
        self.source.text().as_bytes().get(offset.to_usize()).copied()
    }

    /// A replacement field `{…}`, in front of it the text of a `=` specifier.
    fn replacement(
        &mut self,
        element: &ruff::InterpolatedElement,
        raw: bool,
        template: bool,
        pieces: &mut Pieces,
    ) -> Lowered<()> {
        self.deeper(1, |this| {
            let value = Box::new(this.expr(&element.expression)?);
            let text_start = element.range.start() + TextSize::new(1);
            let text_end = this.replacement_text_end(element);
            let text = this.slice(TextRange::new(text_start, text_end)).to_owned();
            let debug = element.debug_text.is_some();
            if debug {
                let location = this.location(TextRange::new(text_start, text_end));
                pieces.constant(Text::from(without_comments(&text)), None, location);
            }
            let format_spec = match &element.format_spec {
                Some(spec) => Some(Box::new(this.format_spec(spec, raw)?)),
                None => None,
            };
            let conversion = match element.conversion {
                ruff::ConversionFlag::None if debug && format_spec.is_none() => i32::from(b'r'),
                conversion => i32::from(conversion as i8),
            };
            let kind = if template {
                let text = without_comments(&text);
                let text = match debug {
                    true => &text[..text.rfind('=').unwrap_or(text.len())],
                    false => &text[..],
                };
                ExprKind::Interpolation { value, str: Constant::Str(Text::from(text)), conversion, format_spec }
            } else {
                ExprKind::FormattedValue { value, conversion, format_spec }
            };
            pieces.expr(Expr { location: this.location(element.range), kind });
            Ok(())
        })
    }

    /// Where the expression's text ends: at the `!`, the `:` or the `}` behind it.
    fn replacement_text_end(&self, element: &ruff::InterpolatedElement) -> TextSize {
        if element.conversion != ruff::ConversionFlag::None {
            // the last `!` in front of the format specifier and the brace
            let end = match &element.format_spec {
                Some(spec) => spec.range.start(),
                None => element.range.end(),
            };
            let before = self.slice(TextRange::new(element.expression.end(), end));
            let at = before.rfind('!').unwrap_or(before.len());
            return element.expression.end() + TextSize::new(at as u32);
        }
        match &element.format_spec {
            Some(spec) => spec.range.start() - TextSize::new(1),
            None => element.range.end() - '}'.text_len(),
        }
    }

    fn format_spec(&mut self, spec: &ruff::InterpolatedStringFormatSpec, raw: bool) -> Lowered<Expr> {
        // CPython allows a field in a format specifier, and one in its specifier
        self.format_specs += 1;
        self.suspicious |= self.format_specs > 2;
        let mut pieces = Pieces::default();
        for element in &spec.elements {
            match element {
                ruff::InterpolatedStringElement::Literal(literal) => {
                    let anchor = Anchor { start: literal.range.start(), quotes: 0 };
                    self.warn_escaped_field(literal.range, raw)?;
                    let value = self.decode_middle(literal.range, raw, anchor)?;
                    pieces.constant(value, None, self.location(literal.range));
                }
                ruff::InterpolatedStringElement::Interpolation(element) => {
                    self.replacement(element, raw, false, &mut pieces)?;
                }
            }
        }
        self.format_specs -= 1;
        let start = spec.range.start() - TextSize::new(1);
        Ok(Expr {
            location: self.location(TextRange::new(start, spec.range.end())),
            kind: ExprKind::JoinedStr { values: pieces.finish() },
        })
    }
}

/// Whether `text` ends in a backslash that escapes what follows.
fn ends_in_escape(text: &str) -> bool {
    let backslashes = text.bytes().rev().take_while(|&byte| byte == b'\\').count();
    backslashes % 2 == 1
}

/// The length of the literal token that `text` begins with, and of the second brace that belongs to it.
fn middle_token(text: &str, raw: bool) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if !raw => {
                if bytes[at + 1..].starts_with(b"N{") {
                    at += text[at..].find('}').unwrap_or(text.len() - at - 1) + 1;
                } else if matches!(bytes.get(at + 1), Some(b'{' | b'}') | None) {
                    at += 1;
                } else {
                    at += 2;
                }
            }
            brace @ (b'{' | b'}') if bytes.get(at + 1) == Some(&brace) => return (at + 1, 1),
            _ => at += 1,
        }
    }
    (bytes.len(), 0)
}

/// `text` without its comments, as the text of a `=` specifier loses them.
fn without_comments(text: &str) -> String {
    if !text.contains('#') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut comment = false;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if comment && char != '\n' {
            continue;
        }
        comment = false;
        match (quote, char) {
            (_, '\\') => {
                out.push(char);
                out.extend(chars.next());
                continue;
            }
            (None, '#') => {
                comment = true;
                continue;
            }
            (None, '\'' | '"') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
        out.push(char);
    }
    out
}

/// Collects the values of a joined string: neighbouring constants become one, empty ones go.
#[derive(Default)]
struct Pieces {
    values: Vec<Expr>,
    pending: Option<(Vec<u8>, Option<Arc<str>>, Location)>,
}

impl Pieces {
    fn constant(&mut self, value: Text, kind: Option<Arc<str>>, location: Location) {
        match &mut self.pending {
            Some((bytes, _, pending)) => {
                bytes.extend_from_slice(value.as_bytes());
                *pending = pending.to(location);
            }
            None => self.pending = Some((value.as_bytes().to_vec(), kind, location)),
        }
    }

    fn expr(&mut self, expr: Expr) {
        self.flush();
        self.values.push(expr);
    }

    fn flush(&mut self) {
        if let Some((bytes, kind, location)) = self.pending.take()
            && !bytes.is_empty()
        {
            let value = Constant::Str(Text::from_wtf8(&bytes).unwrap_or_default());
            self.values.push(Expr { location, kind: ExprKind::Constant { value, kind } });
        }
    }

    fn finish(mut self) -> Vec<Expr> {
        self.flush();
        self.values
    }
}

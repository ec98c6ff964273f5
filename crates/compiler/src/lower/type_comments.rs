//! Type comments (PEP 484), which the tree holds if the caller asks for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ruff_text_size::{TextRange, TextSize};

use super::Lowerer;
use crate::ast::TypeIgnore;
use crate::source::SourceText;
use crate::tokenizer::{TokenKind, Tokenizer};

/// The type comments of a source.
#[derive(Default)]
pub(super) struct TypeComments {
    /// By the offset of the `#`: where the comment's text starts and ends.
    comments: BTreeMap<usize, (usize, usize)>,
    ignores: Vec<TypeIgnore>,
}

impl TypeComments {
    pub fn of(source: &SourceText) -> TypeComments {
        let mut found = TypeComments::default();
        let mut tokenizer = Tokenizer::new(source.text());
        tokenizer.type_comments = true;
        loop {
            let token = tokenizer.next_token();
            match token.kind {
                TokenKind::EndMarker | TokenKind::Error => return found,
                TokenKind::TypeComment => {
                    let hash = source.text()[..token.start].rfind('#');
                    let place = (token.start, token.end);
                    found.comments.insert(hash.unwrap_or(token.start), place);
                }
                TokenKind::TypeIgnore => found
                    .ignores
                    .push(TypeIgnore { lineno: token.lineno, tag: Arc::from(tokenizer.text(token.start, token.end)) }),
                _ => {}
            }
        }
    }

    pub fn take_ignores(&mut self) -> Vec<TypeIgnore> {
        std::mem::take(&mut self.ignores)
    }
}

impl Lowerer<'_> {
    fn has_type_comments(&self) -> bool {
        !self.type_comments.comments.is_empty()
    }

    /// The type comment right behind `offset`, and its end.
    pub(super) fn type_comment(&self, offset: TextSize) -> Option<(Arc<str>, TextSize)> {
        if !self.has_type_comments() {
            return None;
        }
        let hash = self.skip_blanks(offset).to_usize();
        let &(start, end) = self.type_comments.comments.get(&hash)?;
        let text = Arc::from(&self.source.text()[start..end]);
        Some((text, TextSize::new(end as u32)))
    }

    /// The type comment behind the colon of a statement whose header's last part ends at `offset`.
    pub(super) fn header_type_comment(&self, offset: TextSize) -> Option<Arc<str>> {
        if !self.has_type_comments() {
            return None;
        }
        let colon = self.header_colon(offset)?;
        self.type_comment(colon).map(|(text, _)| text)
    }

    /// As [`Self::header_type_comment`], but the comment may have a line of its own.
    pub(super) fn function_type_comment(&self, offset: TextSize) -> Option<Arc<str>> {
        if !self.has_type_comments() {
            return None;
        }
        let colon = self.header_colon(offset)?;
        if let Some((text, _)) = self.type_comment(colon) {
            return Some(text);
        }
        let bytes = self.source.text().as_bytes();
        let mut at = colon;
        loop {
            at = self.skip_blanks(at);
            match bytes.get(at.to_usize()) {
                Some(b'\n') => at += TextSize::new(1),
                Some(b'#') => match self.type_comment(at) {
                    Some((text, _)) => return Some(text),
                    None => at = self.end_of_line(at),
                },
                _ => return None,
            }
        }
    }

    fn end_of_line(&self, offset: TextSize) -> TextSize {
        let rest = self.slice(TextRange::new(offset, self.end_of_source()));
        offset + TextSize::new(rest.find('\n').unwrap_or(rest.len()) as u32)
    }

    fn end_of_source(&self) -> TextSize {
        TextSize::new(self.source.text().len() as u32)
    }

    /// The offset behind the colon that ends a header.
    fn header_colon(&self, offset: TextSize) -> Option<TextSize> {
        let bytes = self.source.text().as_bytes();
        let mut at = offset;
        loop {
            at = self.skip_trivia(at);
            match bytes.get(at.to_usize())? {
                b')' | b',' => at += TextSize::new(1),
                b':' => return Some(at + TextSize::new(1)),
                _ => return None,
            }
        }
    }

    /// The type comment of a parameter that ends, with its default, at `offset`.
    pub(super) fn parameter_type_comment(&self, offset: TextSize) -> Option<Arc<str>> {
        if !self.has_type_comments() {
            return None;
        }
        let at = self.skip_blanks(offset);
        let comma = self.source.text().as_bytes().get(at.to_usize()) == Some(&b',');
        let at = at + TextSize::new(u32::from(comma));
        self.type_comment(at).map(|(text, _)| text)
    }
}

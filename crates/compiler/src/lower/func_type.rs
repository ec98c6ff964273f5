//! A function's type comment: `(int, *str, **bool) -> None` (mode `func_type`).

use ruff_python_parser::parse_expression_range;
use ruff_text_size::{TextRange, TextSize};

use super::{Lowered, Lowerer};
use crate::ast::{Expr, Mod};
use crate::tokenizer::{Token, TokenKind, Tokenizer};

impl Lowerer<'_> {
    /// Lowers the source, which the grammar has accepted.
    pub(super) fn func_type(&mut self) -> Lowered<Mod> {
        let mut tokenizer = Tokenizer::new(self.source.text());
        let mut tokens = Vec::new();
        loop {
            let token = tokenizer.next_token();
            match token.kind {
                TokenKind::EndMarker | TokenKind::Error => break,
                TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent => {}
                _ => tokens.push(token),
            }
        }
        let is = |token: &Token, text: &[&str]| text.contains(&tokenizer.text(token.start, token.end));
        let close = tokens.iter().position(|token| token.level == 0).unwrap_or_default();
        let arguments = tokens.get(1..close).unwrap_or_default();
        let mut argtypes = Vec::new();
        for argument in arguments.split(|token| token.level == 1 && is(token, &[","])) {
            let starred = argument.first().is_some_and(|token| is(token, &["*", "**"]));
            argtypes.extend(self.part(&argument[usize::from(starred)..])?);
        }
        let returns = match self.part(tokens.get(close + 2..).unwrap_or_default())? {
            Some(returns) => Box::new(returns),
            None => return Err(self.syntax_error("invalid syntax", TextRange::default())),
        };
        Ok(Mod::FunctionType { argtypes, returns })
    }

    /// The expression that `tokens` make, if there are any.
    fn part(&mut self, tokens: &[Token]) -> Lowered<Option<Expr>> {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return Ok(None);
        };
        let range = TextRange::new(TextSize::new(first.start as u32), TextSize::new(last.end as u32));
        match parse_expression_range(self.source.text(), range) {
            Ok(parsed) => self.expr(parsed.expr()).map(Some),
            Err(_) => Err(self.syntax_error("invalid syntax", range)),
        }
    }
}

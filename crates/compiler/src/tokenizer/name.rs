//! Identifiers, and the prefixes of strings.

use unicode_normalization::UnicodeNormalization;

use super::{Token, TokenKind, Tokenizer};
use pvm_bytecode::repr::is_printable;

/// Pairs of prefixes that no string has together, in the order in which they are looked for.
const INCOMPATIBLE: [(char, char); 7] = [('u', 'b'), ('u', 'r'), ('u', 'f'), ('u', 't'), ('b', 'f'), ('b', 't'), ('f', 't')];

impl Tokenizer<'_> {
    /// A name, or a string whose prefix a name might begin with.
    pub(super) fn name_or_string(&mut self, start: usize, first: u8) -> Token {
        let mut prefixes = String::new();
        let mut char = Some(first);
        while let Some(letter) = char.map(|c| char::from(c.to_ascii_lowercase()))
            && "burft".contains(letter)
            && !prefixes.contains(letter)
        {
            prefixes.push(letter);
            char = self.next_char();
            if let Some(quote @ (b'"' | b'\'')) = char {
                return self.prefixed_string(start, quote, &prefixes);
            }
        }
        let mut ascii = true;
        while let Some(c @ (b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 128..)) = char {
            ascii &= c < 128;
            char = self.next_char();
        }
        self.backup(char);
        if !ascii && let Some(token) = self.check_identifier(start) {
            return token;
        }
        self.token(TokenKind::Name, start, self.cur)
    }

    fn prefixed_string(&mut self, start: usize, quote: u8, prefixes: &str) -> Token {
        for (a, b) in INCOMPATIBLE {
            if prefixes.contains(a) && prefixes.contains(b) {
                let message = format!("'{a}' and '{b}' prefixes are incompatible");
                let range = (start + 1 - self.line_start, self.cur - self.line_start);
                let error = self.error_at(message, Some(range));
                return self.fail(error);
            }
        }
        match prefixes.chars().find(|c| "ft".contains(*c)) {
            Some(prefix) => self.string_start(start, quote, prefix, prefixes.contains('r')),
            None => self.string(start, quote),
        }
    }

    /// Checks a name outside ASCII (PEP 3131); a token if it has a character that no name has.
    fn check_identifier(&mut self, start: usize) -> Option<Token> {
        if self.extra_tokens {
            return None;
        }
        let text = self.text(start, self.cur);
        let mut at = 0;
        let wrong = text.chars().find(|&char| {
            let fits = if at == 0 { char == '_' || starts_identifier(char) } else { continues_identifier(char) };
            at += char.len_utf8();
            !fits
        })?;
        self.cur = start + at;
        let code = u32::from(wrong);
        Some(self.error(if is_printable(wrong) {
            format!("invalid character '{wrong}' (U+{code:04X})")
        } else {
            format!("invalid non-printable character U+{code:04X}")
        }))
    }
}

/// `XID_Start`, which also holds after normalisation.
fn starts_identifier(char: char) -> bool {
    unicode_ident::is_xid_start(char) && std::iter::once(char).nfkc().next().is_some_and(unicode_ident::is_xid_start)
}

fn continues_identifier(char: char) -> bool {
    unicode_ident::is_xid_continue(char)
}

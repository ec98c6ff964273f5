//! Numeric literals.

use super::{Char, Token, TokenKind, Tokenizer};

/// Keywords that may follow a number at once, though that gives a warning.
const KEYWORDS: [&str; 5] = ["and", "else", "for", "or", "not"];

/// Whether `text` begins with such a keyword; of those with `i` only the first two letters count.
pub(crate) fn follows_number(text: &str) -> bool {
    let length = text.bytes().take_while(|&c| is_name_char(c)).count();
    KEYWORDS.iter().any(|word| text.as_bytes()[..length] == *word.as_bytes())
        || ["if", "in", "is"].iter().any(|word| text.starts_with(word))
}

fn is_digit(char: Char, base: u8) -> bool {
    char.is_some_and(|c| char::from(c).is_digit(u32::from(base)))
}

fn is_name_char(char: u8) -> bool {
    char.is_ascii_alphanumeric() || char == b'_' || char >= 128
}

impl Tokenizer<'_> {
    pub(super) fn number(&mut self, start: usize, first: u8) -> Token {
        if first != b'0' {
            let char = match self.decimal_tail() {
                Ok(char) => char,
                Err(token) => return token,
            };
            return if char == Some(b'.') {
                let next = self.next_char();
                self.fraction(start, next)
            } else {
                self.exponent(start, char)
            };
        }
        let char = self.next_char();
        match char {
            Some(b'x' | b'X') => self.radix(start, 16, "hexadecimal"),
            Some(b'o' | b'O') => self.radix(start, 8, "octal"),
            Some(b'b' | b'B') => self.radix(start, 2, "binary"),
            _ => self.zero(start, char),
        }
    }

    fn radix(&mut self, start: usize, base: u8, name: &str) -> Token {
        let mut char = self.next_char();
        loop {
            if char == Some(b'_') {
                char = self.next_char();
            }
            if !is_digit(char, base) {
                if let Some(digit @ b'0'..=b'9') = char {
                    return self.invalid_digit(digit, name);
                }
                self.backup(char);
                return self.error(format!("invalid {name} literal"));
            }
            while is_digit(char, base) {
                char = self.next_char();
            }
            if char != Some(b'_') {
                break;
            }
        }
        if let Some(digit @ b'0'..=b'9') = char {
            return self.invalid_digit(digit, name);
        }
        self.end_of_number(start, char, name)
    }

    fn invalid_digit(&mut self, digit: u8, name: &str) -> Token {
        self.error(format!("invalid digit '{}' in {name} literal", char::from(digit)))
    }

    /// A number that begins with zero, and has no radix.
    fn zero(&mut self, start: usize, mut char: Char) -> Token {
        loop {
            if char == Some(b'_') {
                char = self.next_char();
                if !is_digit(char, 10) {
                    self.backup(char);
                    return self.error("invalid decimal literal");
                }
            }
            if char != Some(b'0') {
                break;
            }
            char = self.next_char();
        }
        let zeros_end = self.cur;
        let nonzero = is_digit(char, 10);
        if nonzero {
            char = match self.decimal_tail() {
                Ok(char) => char,
                Err(token) => return token,
            };
        }
        match char {
            Some(b'.') => {
                let next = self.next_char();
                self.fraction(start, next)
            }
            Some(b'e' | b'E' | b'j' | b'J') => self.exponent(start, char),
            _ if nonzero && !self.extra_tokens => {
                self.backup(char);
                let message = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for \
                               octal integers";
                let range = (start + 1 - self.line_start, zeros_end - self.line_start);
                let error = self.error_at(message.to_owned(), Some(range));
                self.fail(error)
            }
            _ => self.end_of_number(start, char, "decimal"),
        }
    }

    /// What follows the point.
    pub(super) fn fraction(&mut self, start: usize, mut char: Char) -> Token {
        if is_digit(char, 10) {
            char = match self.decimal_tail() {
                Ok(char) => char,
                Err(token) => return token,
            };
        }
        self.exponent(start, char)
    }

    /// An exponent and an imaginary unit, if they are there.
    fn exponent(&mut self, start: usize, mut char: Char) -> Token {
        if let Some(b'e' | b'E') = char {
            let e = char;
            char = self.next_char();
            if let Some(b'+' | b'-') = char {
                char = self.next_char();
                if !is_digit(char, 10) {
                    self.backup(char);
                    return self.error("invalid decimal literal");
                }
            } else if !is_digit(char, 10) {
                self.backup(char);
                if let Some(token) = self.check_end_of_number(e, "decimal") {
                    return token;
                }
                self.backup(e);
                return self.token(TokenKind::Number, start, self.cur);
            }
            char = match self.decimal_tail() {
                Ok(char) => char,
                Err(token) => return token,
            };
        }
        if let Some(b'j' | b'J') = char {
            char = self.next_char();
            return self.end_of_number(start, char, "imaginary");
        }
        self.end_of_number(start, char, "decimal")
    }

    /// Skips decimal digits with single underscores between them; gives the character behind them.
    fn decimal_tail(&mut self) -> Result<Char, Token> {
        loop {
            let mut char = self.next_char();
            while is_digit(char, 10) {
                char = self.next_char();
            }
            if char != Some(b'_') {
                return Ok(char);
            }
            char = self.next_char();
            if !is_digit(char, 10) {
                self.backup(char);
                return Err(self.error("invalid decimal literal"));
            }
        }
    }

    fn end_of_number(&mut self, start: usize, char: Char, name: &str) -> Token {
        if let Some(token) = self.check_end_of_number(char, name) {
            return token;
        }
        self.backup(char);
        self.token(TokenKind::Number, start, self.cur)
    }

    /// Checks what follows a number at once: a token if that is an error, a warning if it is a keyword. `tokenize` is more
    /// liberal (`verify_end_of_number`).
    fn check_end_of_number(&mut self, char: Char, name: &str) -> Option<Token> {
        if self.extra_tokens {
            return None;
        }
        char.filter(|&c| c < 128 && is_name_char(c))?;
        let rest = &self.source[self.cur - 1..];
        let length = rest.iter().take_while(|&&c| is_name_char(c)).count();
        let keyword = follows_number(self.text(self.cur - 1, self.cur - 1 + length));
        let message = format!("invalid {name} literal");
        self.backup(char);
        if keyword {
            self.warn(message.clone(), message);
            self.next_char();
            return None;
        }
        Some(self.error(message))
    }
}

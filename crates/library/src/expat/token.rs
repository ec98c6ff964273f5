//! The tokens of declarations.

use super::scan::{Scan, Stop, char_at, is_char, name_end, name_token_end, skip_space};

/// A token of declarations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {
    Space,
    Instruction,
    Comment,
    Open,
    Close,
    Name,
    Nmtoken,
    PoundName,
    Or,
    Comma,
    OpenParen,
    CloseParen,
    Literal,
    Percent,
    ParameterRef,
    OpenBracket,
    CloseBracket,
    ConditionalOpen,
    ConditionalClose,
    Instance,
}

/// The token there, and its end (`prologTok`).
pub fn token(text: &str, at: usize, namespaces: bool) -> Scan<(Token, usize)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().ok_or(Stop::Partial);
    Ok(match byte(at)? {
        b' ' | b'\t' | b'\r' | b'\n' => (Token::Space, skip_space(text, at)),
        b'<' => match byte(at + 1)? {
            b'?' => (Token::Instruction, at),
            b'!' => match byte(at + 2)? {
                b'-' => (Token::Comment, at),
                b'[' => (Token::ConditionalOpen, at + 3),
                b'A'..=b'Z' | b'a'..=b'z' => {
                    let end = at + 2 + bytes[at + 2..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                    match byte(end)? {
                        b' ' | b'\t' | b'\r' | b'\n' | b'%' => (Token::Open, end),
                        _ => return Err(Stop::Bad(end)),
                    }
                }
                _ => return Err(Stop::Bad(at + 2)),
            },
            _ => {
                name_end(text, at + 1, namespaces)?;
                (Token::Instance, at)
            }
        },
        b'>' => (Token::Close, at + 1),
        b'[' => (Token::OpenBracket, at + 1),
        b']' => match bytes.get(at + 1) {
            None => return Err(Stop::Partial),
            Some(b']') => match byte(at + 2)? {
                b'>' => (Token::ConditionalClose, at + 3),
                _ => (Token::CloseBracket, at + 1),
            },
            _ => (Token::CloseBracket, at + 1),
        },
        b'(' => (Token::OpenParen, at + 1),
        b')' => match byte(at + 1)? {
            b'*' | b'?' | b'+' => (Token::CloseParen, at + 2),
            b' ' | b'\t' | b'\r' | b'\n' | b'>' | b',' | b'|' | b')' => (Token::CloseParen, at + 1),
            _ => return Err(Stop::Bad(at + 1)),
        },
        b'|' => (Token::Or, at + 1),
        b',' => (Token::Comma, at + 1),
        b'%' => match byte(at + 1)? {
            b' ' | b'\t' | b'\r' | b'\n' | b'%' => (Token::Percent, at + 1),
            _ => {
                let end = name_end(text, at + 1, namespaces)?;
                match bytes[end] {
                    b';' => (Token::ParameterRef, end + 1),
                    _ => return Err(Stop::Bad(end)),
                }
            }
        },
        b'#' => (Token::PoundName, name_end(text, at + 1, namespaces)?),
        quote @ (b'"' | b'\'') => {
            let mut end = at + 1;
            loop {
                let c = char_at(text, end)?;
                if !is_char(c) {
                    return Err(Stop::Bad(end));
                }
                end += c.len_utf8();
                if c == char::from(quote) {
                    break;
                }
            }
            match byte(end)? {
                b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'%' | b'[' => (Token::Literal, end),
                _ => return Err(Stop::Bad(end)),
            }
        }
        _ => {
            let end = name_token_end(text, at)?;
            if end == at {
                return Err(Stop::Bad(at));
            }
            let is_name = name_end(text, at, false).is_ok();
            match bytes[end] {
                b'*' | b'?' | b'+' if is_name => (Token::Name, end + 1),
                b' ' | b'\t' | b'\r' | b'\n' | b'>' | b')' | b',' | b'|' | b'[' | b'%' => {
                    (if is_name { Token::Name } else { Token::Nmtoken }, end)
                }
                _ => return Err(Stop::Bad(end)),
            }
        }
    })
}

//! Reads the grammar's text (`grammar.txt`, which says how to read it) into rules.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::actions::{self, Function};
use super::node::Kind;
use crate::tokenizer::TokenKind;

/// The grammar.
pub(super) static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| Reader::new(include_str!("grammar.txt")).grammar());

/// Words that are no names.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

/// Words that are keywords where the grammar says so.
const SOFT_KEYWORDS: [&str; 4] = ["_", "case", "match", "type"];

pub(super) struct Grammar {
    pub rules: Vec<Rule>,
    pub by_name: HashMap<String, usize>,
}

pub(super) struct Rule {
    pub alts: Vec<Alt>,
    pub memo: Memo,
    /// Whether rules for wrong programs are switched off below it.
    pub without_invalid: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Memo {
    No,
    Yes,
    LeftRecursive,
}

/// An alternative.
pub(super) struct Alt {
    pub items: Vec<(Option<char>, Item)>,
    pub action: Action,
    /// Whether it counts in the second pass only: if it is a rule for wrong programs and nothing else, as in CPython.
    pub invalid: bool,
    /// The minor version that brought it, and what it is called.
    pub since: Option<(u8, &'static str)>,
}

pub(super) enum Item {
    Token(Terminal),
    /// A soft keyword, or any of them.
    Soft(Option<&'static str>),
    Rule(usize),
    Group(Vec<Alt>),
    Optional(Box<Item>),
    Repeat {
        item: Box<Item>,
        at_least_one: bool,
    },
    Gather {
        separator: Box<Item>,
        item: Box<Item>,
    },
    Lookahead {
        item: Box<Item>,
        positive: bool,
    },
    Cut,
    Forced(Terminal, &'static str),
}

/// What a token is to the grammar: its kind, or a keyword.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Terminal {
    Kind(TokenKind),
    Keyword(u8),
}

impl Terminal {
    /// The terminal of a token.
    pub fn of(kind: TokenKind, text: &str) -> Terminal {
        if kind == TokenKind::Name
            && let Ok(index) = KEYWORDS.binary_search(&text)
        {
            return Terminal::Keyword(index as u8);
        }
        Terminal::Kind(kind)
    }
}

/// Whether `text` is a soft keyword.
pub(super) fn is_soft_keyword(text: &str) -> bool {
    SOFT_KEYWORDS.contains(&text)
}

/// What an alternative gives, or what error it is.
pub(super) enum Action {
    /// Its only part, or a list of its parts.
    Parts,
    Node(Kind),
    Capture(char),
    Call(Function),
    Error {
        place: Place,
        message: &'static str,
    },
    Target {
        target: Target,
        capture: char,
    },
}

/// Where an error shows.
pub(super) enum Place {
    At(Spot),
    Range(Spot, Spot),
    From(Spot),
    Here,
    Next,
    Indentation,
}

/// A part of an alternative, or something in it.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub capture: char,
    pub which: Which,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Whole,
    First,
    Last,
    /// The last expression of comprehension clauses.
    Iter,
}

/// What is to be bound.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Star,
    For,
    Del,
}

struct Reader {
    text: &'static str,
    names: HashMap<String, usize>,
}

impl Reader {
    fn new(text: &'static str) -> Reader {
        let names = headers(text).enumerate().map(|(index, (name, _))| (name.to_owned(), index)).collect();
        Reader { text, names }
    }

    fn grammar(self) -> Grammar {
        let mut rules: Vec<Rule> = Vec::new();
        for line in self.text.lines() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            if let Some(alternative) = line.strip_prefix("| ") {
                let mut tokens = Tokens(alternative);
                let mut alt = self.alt(&mut tokens);
                alt.action = self.action(&mut tokens);
                if tokens.eat("^") {
                    let version = tokens.next().parse().unwrap_or_default();
                    alt.since = Some((version, quoted(tokens.next())));
                }
                if let Some(rule) = rules.last_mut() {
                    rule.alts.push(alt);
                }
            } else if let Some((name, memo)) = header(line) {
                rules.push(Rule { alts: Vec::new(), memo, without_invalid: name.ends_with("_without_invalid") });
            }
        }
        Grammar { rules, by_name: self.names }
    }

    fn alts(&self, tokens: &mut Tokens) -> Vec<Alt> {
        let mut alts = vec![self.alt(tokens)];
        while tokens.eat("|") {
            alts.push(self.alt(tokens));
        }
        alts
    }

    fn alt(&self, tokens: &mut Tokens) -> Alt {
        let mut items = Vec::new();
        let mut invalid = false;
        while !matches!(tokens.peek(), "" | "|" | ")" | "->" | "=>" | "^") {
            let mut capture = None;
            let word = tokens.peek();
            let rest = tokens.0.trim_start();
            if word.len() == 1 && rest[1..].starts_with('=') && rest.as_bytes()[0].is_ascii_lowercase() {
                capture = word.chars().next();
                tokens.next();
                tokens.next();
            }
            invalid = items.is_empty() && tokens.peek().starts_with("invalid_");
            items.push((capture, self.item(tokens)));
        }
        let invalid = invalid && items.len() == 1;
        Alt { items, action: Action::Parts, invalid, since: None }
    }

    fn item(&self, tokens: &mut Tokens) -> Item {
        let atom = match tokens.peek() {
            "~" => {
                tokens.next();
                return Item::Cut;
            }
            "&&" => {
                tokens.next();
                let text = quoted(tokens.next());
                return Item::Forced(terminal(text), text);
            }
            sign @ ("&" | "!") => {
                tokens.next();
                return Item::Lookahead { item: Box::new(self.item(tokens)), positive: sign == "&" };
            }
            "(" => {
                tokens.next();
                let alts = self.alts(tokens);
                tokens.next();
                Item::Group(alts)
            }
            _ => self.atom(tokens.next()),
        };
        match tokens.peek_suffix() {
            Some('?') => {
                tokens.next();
                Item::Optional(Box::new(atom))
            }
            Some(sign @ ('*' | '+')) => {
                tokens.next();
                Item::Repeat { item: Box::new(atom), at_least_one: sign == '+' }
            }
            Some('.') => {
                tokens.next();
                let item = match tokens.peek() {
                    "(" => {
                        tokens.next();
                        let alts = self.alts(tokens);
                        tokens.next();
                        Item::Group(alts)
                    }
                    _ => self.atom(tokens.next()),
                };
                tokens.next();
                Item::Gather { separator: Box::new(atom), item: Box::new(item) }
            }
            _ => atom,
        }
    }

    fn atom(&self, word: &'static str) -> Item {
        if word.starts_with('\'') {
            return Item::Token(terminal(quoted(word)));
        }
        if word.starts_with('"') {
            let text = quoted(word);
            // `/` in soft quotes is only written so
            return match SOFT_KEYWORDS.iter().find(|soft| **soft == text) {
                Some(soft) => Item::Soft(Some(soft)),
                None => Item::Token(terminal(text)),
            };
        }
        if word == "SOFT_KEYWORD" {
            return Item::Soft(None);
        }
        match token_class(word) {
            Some(kind) => Item::Token(Terminal::Kind(kind)),
            None => match self.names.get(word) {
                Some(&index) => Item::Rule(index),
                None => unreachable!("the grammar has no rule {word}"),
            },
        }
    }

    fn action(&self, tokens: &mut Tokens) -> Action {
        match tokens.peek() {
            "->" => {
                tokens.next();
                let word = tokens.next();
                if word == "$" {
                    return Action::Capture(capture(tokens.next()));
                }
                Action::Node(Kind::from_name(word))
            }
            "=>" => match tokens.next_but_one() {
                "call" => Action::Call(actions::function(tokens.next())),
                "target" => Action::Target {
                    target: match tokens.next() {
                        "star" => Target::Star,
                        "for" => Target::For,
                        _ => Target::Del,
                    },
                    capture: capture(tokens.next()),
                },
                place => {
                    let place = match place {
                        "at" => Place::At(spot(tokens)),
                        "from" => Place::From(spot(tokens)),
                        "range" => Place::Range(spot(tokens), spot(tokens)),
                        "next" => Place::Next,
                        "indent" => Place::Indentation,
                        _ => Place::Here,
                    };
                    Action::Error { place, message: quoted(tokens.rest()) }
                }
            },
            _ => Action::Parts,
        }
    }
}

fn headers(text: &'static str) -> impl Iterator<Item = (&'static str, Memo)> {
    text.lines().filter_map(header)
}

/// The name of a rule and how it is remembered.
fn header(line: &'static str) -> Option<(&'static str, Memo)> {
    if line.starts_with(['|', '#']) {
        return None;
    }
    let line = line.strip_suffix(':')?;
    Some(match line.split_once(" @") {
        Some((name, "left")) => (name, Memo::LeftRecursive),
        Some((name, _)) => (name, Memo::Yes),
        None => (line, Memo::No),
    })
}

fn spot(tokens: &mut Tokens) -> Spot {
    let capture = capture(tokens.next());
    let which = if tokens.peek_suffix() == Some('.') {
        tokens.next();
        match tokens.next() {
            "first" => Which::First,
            "last" => Which::Last,
            _ => Which::Iter,
        }
    } else {
        Which::Whole
    };
    Spot { capture, which }
}

fn capture(word: &str) -> char {
    word.chars().next().unwrap_or_default()
}

fn quoted(word: &'static str) -> &'static str {
    &word[1..word.len() - 1]
}

fn terminal(text: &'static str) -> Terminal {
    match TokenKind::operator(text) {
        Some(kind) => Terminal::Kind(kind),
        None => Terminal::of(TokenKind::Name, text),
    }
}

fn token_class(word: &str) -> Option<TokenKind> {
    Some(match word {
        "END" => TokenKind::EndMarker,
        "NAME" => TokenKind::Name,
        "NUMBER" => TokenKind::Number,
        "STRING" => TokenKind::String,
        "NEWLINE" => TokenKind::Newline,
        "INDENT" => TokenKind::Indent,
        "DEDENT" => TokenKind::Dedent,
        "TYPE_COMMENT" => TokenKind::TypeComment,
        "FSTRING_START" => TokenKind::FStringStart,
        "FSTRING_MIDDLE" => TokenKind::FStringMiddle,
        "FSTRING_END" => TokenKind::FStringEnd,
        "TSTRING_START" => TokenKind::TStringStart,
        "TSTRING_MIDDLE" => TokenKind::TStringMiddle,
        "TSTRING_END" => TokenKind::TStringEnd,
        _ => return None,
    })
}

/// The rest of a line of the grammar, word by word.
struct Tokens(&'static str);

impl Tokens {
    fn peek(&self) -> &'static str {
        let rest = self.0.trim_start();
        let end = match rest.chars().next() {
            None => 0,
            Some(quote @ ('\'' | '"')) => rest[1..].find(quote).map_or(rest.len(), |i| i + 2),
            Some(c) if c.is_ascii_alphanumeric() || c == '_' => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            _ if ["->", "=>", "&&"].iter().any(|sign| rest.starts_with(sign)) => 2,
            Some(_) => 1,
        };
        &rest[..end]
    }

    /// The next character, if no blank is in front of it.
    fn peek_suffix(&self) -> Option<char> {
        self.0.chars().next().filter(|c| "?*+.".contains(*c))
    }

    fn next(&mut self) -> &'static str {
        let word = self.peek();
        self.0 = &self.0.trim_start()[word.len()..];
        word
    }

    /// The word behind the next one.
    fn next_but_one(&mut self) -> &'static str {
        self.next();
        self.next()
    }

    /// All that is left, which is a message.
    fn rest(&mut self) -> &'static str {
        std::mem::take(&mut self.0).trim()
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        if found {
            self.next();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_alternatives() {
        assert!(GRAMMAR.rules.len() > 250);
        assert!(GRAMMAR.rules.iter().all(|rule| !rule.alts.is_empty()));
        for start in ["file", "interactive", "eval", "func_type"] {
            assert!(GRAMMAR.by_name.contains_key(start));
        }
    }
}

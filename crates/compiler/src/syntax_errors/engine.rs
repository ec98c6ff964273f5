//! Parses by the grammar: a packrat parser with CPython's memory of results, left recursion and two passes.

use super::grammar::{Action, Alt, GRAMMAR, Item, Memo, Rule, Terminal, is_soft_keyword};
use super::node::{Kind, NodeId, Nodes};
use super::raise::Failure;
use crate::lower::{Mode, ParseFlags};
use crate::source::SourceText;
use crate::tokenizer::{Token, TokenKind, Tokenizer};

/// How deep rules may nest (`MAXSTACK`).
const MAX_LEVEL: u32 = 6000;

/// A remembered result: the rule, what it gave, where it ended.
type Remembered = (u16, Option<NodeId>, usize);

/// The parts of an alternative that have names.
pub(super) type Captures = Vec<(char, NodeId)>;

/// The state of a parse.
pub(super) struct Parser<'a> {
    pub source: &'a SourceText,
    /// The text the tokenizer reads: the source with a newline at its end in mode `exec`.
    pub text: &'a str,
    pub mode: Mode,
    pub flags: ParseFlags,
    pub tokenizer: Tokenizer<'a>,
    pub tokens: Vec<Token>,
    pub mark: usize,
    pub nodes: Nodes,
    pub failure: Option<Failure>,
    /// The message and line of a warning that is an error.
    pub fatal_warning: Option<(&'a str, i32)>,
    /// Whether rules for wrong programs count.
    pub use_invalid_rules: bool,
    /// Line and column of the compound statement furthest down that the second pass completed, functions aside.
    pub last_statement: (i32, i32),
    terminals: Vec<Terminal>,
    memory: Vec<Vec<Remembered>>,
    absent: NodeId,
    level: u32,
    started: bool,
}

impl<'a> Parser<'a> {
    pub fn new(source: &'a SourceText, text: &'a str, mode: Mode, flags: ParseFlags) -> Parser<'a> {
        let mut nodes = Nodes::default();
        let absent = nodes.add(Kind::Absent, 0, 0, Vec::new());
        let mut tokenizer = Tokenizer::new(text);
        tokenizer.type_comments = flags.type_comments;
        Parser {
            source,
            text,
            mode,
            flags,
            tokenizer,
            tokens: Vec::new(),
            mark: 0,
            nodes,
            failure: None,
            fatal_warning: None,
            use_invalid_rules: false,
            last_statement: (0, 0),
            terminals: Vec::new(),
            memory: Vec::new(),
            absent,
            level: 0,
            started: false,
        }
    }

    /// Parses from the start by the rule of the mode.
    pub fn run(&mut self) -> Option<NodeId> {
        let start = match self.mode {
            Mode::Exec => "file",
            Mode::Eval => "eval",
            Mode::Single => "interactive",
            Mode::FuncType => "func_type",
        };
        self.mark = 0;
        self.level = 0;
        for remembered in &mut self.memory {
            remembered.clear();
        }
        self.rule(GRAMMAR.by_name[start])
    }

    pub fn token_text(&self, token: &Token) -> &'a str {
        // a tokenizer's error may lie within a character
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    /// Makes sure that the token at the mark is read; false if there is an error instead.
    pub fn fill(&mut self) -> bool {
        while self.mark >= self.tokens.len() {
            let warnings = self.tokenizer.warnings.len();
            let mut token = self.tokenizer.next_token();
            while token.kind == TokenKind::TypeIgnore {
                token = self.tokenizer.next_token();
            }
            if token.kind == TokenKind::EndMarker && self.mode == Mode::Single && self.started {
                // an interactive statement ends with a newline more
                token.kind = TokenKind::Newline;
                self.started = false;
                let open = self.tokenizer.indents.len() - 1;
                if open > 0 && !self.flags.dont_imply_dedent {
                    self.tokenizer.pending_indents = -(open as i32);
                    self.tokenizer.indents.truncate(1);
                }
            } else {
                self.started = true;
            }
            self.terminals.push(Terminal::of(token.kind, self.token_text(&token)));
            self.tokens.push(token);
            self.memory.push(Vec::new());
            if token.kind == TokenKind::Error {
                self.raise_tokenizer_error();
                return false;
            }
            if self.raise_fatal_token_warning(warnings) {
                return false;
            }
        }
        true
    }

    /// Whether the token at the mark is `terminal`; `None` if there is an error instead.
    fn at(&mut self, terminal: Terminal) -> Option<bool> {
        if !self.fill() {
            return None;
        }
        Some(self.terminals[self.mark] == terminal)
    }

    fn take(&mut self) -> NodeId {
        let kind = match self.terminals[self.mark] {
            Terminal::Kind(TokenKind::Name) => Kind::Name,
            Terminal::Kind(TokenKind::Number | TokenKind::String) => Kind::Literal,
            _ => Kind::Token,
        };
        self.mark += 1;
        self.nodes.add(kind, self.mark - 1, self.mark, Vec::new())
    }

    /// Runs `f` one level deeper; fails if that is too deep.
    fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.failure.is_some() {
            return None;
        }
        if self.level >= MAX_LEVEL {
            self.failure = Some(Failure::TooComplex);
            return None;
        }
        self.level += 1;
        let result = f(self);
        self.level -= 1;
        result
    }

    fn rule(&mut self, index: usize) -> Option<NodeId> {
        self.deeper(|p| {
            let rule = &GRAMMAR.rules[index];
            match rule.memo {
                Memo::No => p.plain_rule(rule),
                Memo::Yes => p.memo_rule(index as u16, rule),
                Memo::LeftRecursive => p.left_recursive_rule(index as u16, rule),
            }
        })
    }

    fn plain_rule(&mut self, rule: &Rule) -> Option<NodeId> {
        if !rule.without_invalid {
            return self.alts(&rule.alts);
        }
        let use_invalid_rules = std::mem::replace(&mut self.use_invalid_rules, false);
        let result = self.alts(&rule.alts);
        self.use_invalid_rules = use_invalid_rules;
        result
    }

    /// What is remembered of a rule at the mark; reading it may fail.
    fn remembered(&mut self, index: u16) -> Option<Option<Remembered>> {
        if !self.fill() {
            return None;
        }
        let memory = &self.memory[self.mark];
        Some(memory.iter().find(|(rule, ..)| *rule == index).copied())
    }

    fn remember(&mut self, start: usize, index: u16, result: Option<NodeId>, end: usize) {
        let memory = &mut self.memory[start];
        match memory.iter_mut().find(|(rule, ..)| *rule == index) {
            Some(entry) => *entry = (index, result, end),
            None => memory.push((index, result, end)),
        }
    }

    fn memo_rule(&mut self, index: u16, rule: &Rule) -> Option<NodeId> {
        if let Some((_, result, end)) = self.remembered(index)? {
            self.mark = end;
            return result;
        }
        let start = self.mark;
        let result = self.alts(&rule.alts);
        self.remember(start, index, result, self.mark);
        result
    }

    fn left_recursive_rule(&mut self, index: u16, rule: &Rule) -> Option<NodeId> {
        if let Some((_, result, end)) = self.remembered(index)? {
            self.mark = end;
            return result;
        }
        let start = self.mark;
        let mut best = None;
        let mut best_end = start;
        loop {
            self.remember(start, index, best, best_end);
            self.mark = start;
            let result = self.alts(&rule.alts);
            if self.failure.is_some() {
                return None;
            }
            if result.is_none() || self.mark <= best_end {
                break;
            }
            best = result;
            best_end = self.mark;
        }
        self.mark = best_end;
        best
    }

    fn alts(&mut self, alts: &[Alt]) -> Option<NodeId> {
        let start = self.mark;
        for alt in alts {
            if alt.invalid && !self.use_invalid_rules {
                continue;
            }
            let mut cut = false;
            let result = self.alt(alt, start, &mut cut);
            if result.is_some() || self.failure.is_some() {
                return result;
            }
            self.mark = start;
            if cut {
                return None;
            }
        }
        None
    }

    fn alt(&mut self, alt: &Alt, start: usize, cut: &mut bool) -> Option<NodeId> {
        let mut parts = Vec::new();
        let mut captures = Captures::new();
        for (capture, item) in &alt.items {
            if matches!(item, Item::Cut) {
                *cut = true;
                continue;
            }
            let part = self.item(item)?;
            if let Some(capture) = capture {
                captures.push((*capture, part));
            }
            if !matches!(item, Item::Lookahead { .. }) {
                parts.push(part);
            }
        }
        if let Some((version, what)) = alt.since
            && self.flags.feature_version.is_some_and(|asked| asked < version)
        {
            self.raise_here(format!("{what} only supported in Python 3.{version} and greater"));
            return None;
        }
        match &alt.action {
            Action::Parts => match parts[..] {
                [part] => Some(part),
                _ => Some(self.nodes.add(Kind::List, start, self.mark, parts)),
            },
            Action::Node(kind) => Some(self.nodes.add(*kind, start, self.mark, parts)),
            Action::Capture(name) => captures.iter().find(|(capture, _)| capture == name).map(|(_, node)| *node),
            Action::Call(function) => {
                let node = self.nodes.add(Kind::List, start, self.mark, parts);
                function(self, &captures, node)
            }
            Action::Error { place, message } => {
                self.raise_at_place(place, message, &captures);
                None
            }
            Action::Target { target, capture } => {
                self.raise_invalid_target(*target, *capture, &captures);
                None
            }
        }
    }

    fn item(&mut self, item: &Item) -> Option<NodeId> {
        match item {
            Item::Token(terminal) => {
                if self.at(*terminal)? {
                    Some(self.take())
                } else {
                    None
                }
            }
            Item::Soft(word) => {
                if !self.at(Terminal::Kind(TokenKind::Name))? {
                    return None;
                }
                let text = self.token_text(&self.tokens[self.mark]);
                let fits = match word {
                    Some(word) => *word == text,
                    None => is_soft_keyword(text),
                };
                if fits { Some(self.take()) } else { None }
            }
            Item::Rule(index) => self.rule(*index),
            Item::Group(alts) => self.deeper(|p| p.alts(alts)),
            Item::Optional(item) => match self.item(item) {
                Some(node) => Some(node),
                None if self.failure.is_some() => None,
                None => Some(self.absent),
            },
            Item::Repeat { item, at_least_one } => self.deeper(|p| {
                let start = p.mark;
                let mut parts = Vec::new();
                loop {
                    let before = p.mark;
                    match p.item(item) {
                        Some(part) => parts.push(part),
                        None => {
                            p.mark = before;
                            break;
                        }
                    }
                }
                if p.failure.is_some() || parts.is_empty() && *at_least_one {
                    return None;
                }
                Some(p.nodes.add(Kind::List, start, p.mark, parts))
            }),
            Item::Gather { separator, item } => self.deeper(|p| {
                let start = p.mark;
                let mut parts = vec![p.item(item)?];
                loop {
                    let before = p.mark;
                    let next = p.item(separator).and_then(|_| p.item(item));
                    match next {
                        Some(part) => parts.push(part),
                        None => {
                            p.mark = before;
                            break;
                        }
                    }
                }
                if p.failure.is_some() {
                    return None;
                }
                Some(p.nodes.add(Kind::List, start, p.mark, parts))
            }),
            Item::Lookahead { item, positive } => {
                let start = self.mark;
                let found = self.item(item).is_some();
                self.mark = start;
                if self.failure.is_some() || found != *positive {
                    return None;
                }
                Some(self.absent)
            }
            Item::Cut => Some(self.absent),
            Item::Forced(terminal, text) => {
                if self.at(*terminal)? {
                    return Some(self.take());
                }
                let token = self.tokens[self.mark];
                self.raise_at_token(&token, format!("expected '{text}'"));
                None
            }
        }
    }
}

//! `_tokenize`: CPython's tokens of a source, for `tokenize` (`Python/Python-tokenize.c`).
//!
//! The source is read to its end and taken apart when the first token is asked for.

use std::collections::VecDeque;

use pvm_compiler::error::{CompileError, SyntaxError, SyntaxErrorKind};
use pvm_compiler::tokenizer::{OP, Stop, Token, TokenKind, Tokenizer, TokenizerError};
use pvm_interpreter::compile_errors;
use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::exceptions;
use pvm_object::str::Str;
use pvm_object::{Args, Foreign, HeapCell, PyResult, Raised, Value, Vm, names};

/// The name that errors and warnings show.
const FILENAME: &str = "<string>";

/// A token as programs see it.
struct Item {
    number: u8,
    text: String,
    start: (i32, i32),
    end: (i32, i32),
    line: String,
}

/// What the tokenizer gives in turn.
enum Event {
    Token(Item),
    Warning(String, i32),
    /// The end, by an error.
    Error(Box<SyntaxError>),
    /// The end, inside of a statement.
    Unfinished {
        line: i32,
        offset: i32,
    },
}

#[pyclass(name = "TokenizerIter", module = "_tokenize", final)]
pub struct TokenizerIter {
    readline: Value,
    encoding: Option<String>,
    extra_tokens: bool,
    events: HeapCell<Option<Foreign<VecDeque<Event>>>>,
}

/// The number of characters in the first `bytes` bytes of a line.
fn characters(line: &str, bytes: i32) -> i32 {
    match usize::try_from(bytes) {
        Ok(bytes) => line.get(..bytes).unwrap_or(line).chars().count() as i32,
        Err(_) => -1,
    }
}

/// A source whose newlines are normalised, and what was lost by that.
struct Source {
    text: String,
    /// Whether each line ended with a carriage return before its newline.
    returns: Vec<bool>,
    /// Whether the last newline was added.
    is_newline_implicit: bool,
}

impl Source {
    fn new(mut text: String) -> Source {
        let is_newline_implicit = !text.is_empty() && !text.ends_with('\n');
        if is_newline_implicit {
            text.push('\n');
        }
        let returns: Vec<bool> = text.split_inclusive('\n').map(|line| line.ends_with("\r\n")).collect();
        if returns.contains(&true) {
            text = text.replace("\r\n", "\n");
        }
        Source { text, returns, is_newline_implicit }
    }

    /// Lines as they were before newlines were normalised, counted from `first` (from 0).
    fn restore(&self, normal: &str, first: usize) -> String {
        if !self.returns.contains(&true) {
            return normal.to_owned();
        }
        let mut text = String::with_capacity(normal.len() + 8);
        for (index, line) in normal.split_inclusive('\n').enumerate() {
            match line.strip_suffix('\n') {
                Some(line) if self.returns.get(first + index) == Some(&true) => {
                    text.push_str(line);
                    text.push_str("\r\n");
                }
                _ => text.push_str(line),
            }
        }
        text
    }

    fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// All that the tokenizer makes of the source.
    fn events(&self, extra_tokens: bool) -> VecDeque<Event> {
        let mut tokenizer = Tokenizer::new(&self.text);
        tokenizer.extra_tokens = extra_tokens;
        let mut events = VecDeque::new();
        let mut warned = 0;
        loop {
            let token = tokenizer.next_token();
            for warning in &tokenizer.warnings[warned..] {
                events.push_back(Event::Warning(warning.message.clone(), warning.error.lineno));
            }
            warned = tokenizer.warnings.len();
            if token.kind == TokenKind::Error {
                events.push_back(self.error(&tokenizer));
                return events;
            }
            let is_last = token.kind == TokenKind::EndMarker;
            events.push_back(Event::Token(self.item(&tokenizer, token, extra_tokens)));
            if is_last {
                return events;
            }
        }
    }

    fn item(&self, tokenizer: &Tokenizer<'_>, token: Token, extra_tokens: bool) -> Item {
        let has_ended = tokenizer.stop == Stop::Eof;
        let is_trailing = token.kind == TokenKind::EndMarker || (token.kind == TokenKind::Dedent && has_ended);
        if extra_tokens && is_trailing {
            let place = (tokenizer.lineno + 1, 0);
            let number = token.kind.number();
            return Item { number, text: String::new(), start: place, end: place, line: String::new() };
        }
        let is_string = token.kind.is_string_literal();
        let line_start = if is_string { self.line_start(token.start) } else { tokenizer.line_start };
        let is_implicit = self.is_newline_implicit && tokenizer.inp == self.text.len();
        let first = (if is_string { token.lineno } else { tokenizer.lineno } - 1).max(0) as usize;
        let line_end = tokenizer.inp - usize::from(is_implicit && tokenizer.inp > line_start);
        let line = self.restore(&self.text[line_start..line_end], first);
        let end_line_start = self.line_start(token.end);
        // The place of a part of an f-string that ends with a doubled brace counts both, its text one.
        let end_bytes = if is_string { (token.end - end_line_start) as i32 } else { token.end_col_offset };
        let mut end_column = characters(&self.text[end_line_start..], end_bytes);
        let start_line = &self.text[line_start..];
        let start_column = characters(start_line, token.col_offset);
        let mut number = token.kind.number();
        let mut text = self.restore(&self.text[token.start..token.end], first);
        let returns = self.returns.get(first) == Some(&true);
        match token.kind {
            TokenKind::Op(_) | TokenKind::Unknown if extra_tokens => number = OP,
            TokenKind::Newline | TokenKind::Nl if extra_tokens => {
                text = match () {
                    () if is_implicit => String::new(),
                    () if returns => "\r\n".to_owned(),
                    () => "\n".to_owned(),
                };
                end_column = start_column + if returns { 2 } else { 1 };
            }
            TokenKind::Newline => {
                text = if returns { "\r".to_owned() } else { text };
                end_column = start_column + text.chars().count() as i32;
            }
            _ => {}
        }
        Item { number, text, start: (token.lineno, start_column), end: (token.end_lineno, end_column), line }
    }

    /// Why the tokenizer stopped (`_tokenizer_error`).
    fn error(&self, tokenizer: &Tokenizer<'_>) -> Event {
        use SyntaxErrorKind::{IndentationError, SyntaxError as Plain, TabError};
        let (kind, message) = match &tokenizer.stop {
            Stop::Error(TokenizerError { message, lineno, offset, end_offset, text }) => {
                return Event::Error(Box::new(SyntaxError {
                    kind: Plain,
                    message: message.clone(),
                    filename: FILENAME.to_owned(),
                    lineno: *lineno,
                    offset: *offset,
                    end_lineno: *lineno,
                    end_offset: *end_offset,
                    text: Some(text.clone()),
                    context: None,
                }));
            }
            Stop::Running | Stop::Eof => {
                let offset = (tokenizer.inp - tokenizer.line_start) as i32;
                return Event::Unfinished { line: tokenizer.lineno, offset };
            }
            Stop::Dedent => (IndentationError, "unindent does not match any outer indentation level"),
            Stop::TabSpace => (TabError, "inconsistent use of tabs and spaces in indentation"),
            Stop::TooDeep => (IndentationError, "too many levels of indentation"),
            Stop::LineContinuation => (Plain, "unexpected character after line continuation character"),
        };
        let line = &self.text[tokenizer.buf.min(tokenizer.inp)..tokenizer.inp];
        let offset = line.chars().count() as i32;
        Event::Error(Box::new(SyntaxError {
            kind,
            message: message.to_owned(),
            filename: FILENAME.to_owned(),
            lineno: tokenizer.lineno,
            offset,
            end_lineno: -1,
            end_offset: -1,
            text: Some(line.strip_suffix('\n').unwrap_or(line).to_owned()),
            context: None,
        }))
    }
}

impl TokenizerIter {
    /// The whole source, line by line from `readline`.
    fn read(&self, vm: &mut Vm) -> PyResult<String> {
        let mut text = String::new();
        loop {
            let line = vm.call(&self.readline, &[]);
            let Some(line) = vm.ok_unless(line, exceptions::STOP_ITERATION.get())? else { return Ok(text) };
            let line = match &self.encoding {
                Some(encoding) => {
                    if !line.is_instance_of::<Bytes>() {
                        return Err(vm.type_error(format_args!("readline() returned a non-bytes object")));
                    }
                    vm.codec_decode_text(&line, encoding, Some("replace"))?
                }
                None => line,
            };
            let Some(line) = line.downcast::<Str>() else {
                return Err(vm.type_error(format_args!("readline() returned a non-string object")));
            };
            if line.is_empty() {
                return Ok(text);
            }
            match line.as_str() {
                Some(line) => text.push_str(line),
                None => return Err(vm.surrogates_not_allowed(line)),
            }
        }
    }
}

/// A `SyntaxError` that has its place as attributes only.
fn unfinished(vm: &mut Vm, line: i32, offset: i32) -> Raised {
    let raised = vm.raise_message(exceptions::SYNTAX_ERROR.get(), format_args!("unexpected EOF in multi-line statement"));
    let exception = vm.catch(raised);
    let filename = vm.new_str(FILENAME);
    let offset_name = &names::offset;
    let places = [
        (&names::filename, filename.into()),
        (&names::lineno, Value::from_i32(line)),
        (offset_name, Value::from_i32(offset + 1)),
    ];
    for (name, value) in places {
        if let Err(raised) = vm.setattr(&exception.as_value(), name, &value) {
            return raised;
        }
    }
    vm.reraise(exception)
}

#[pymethods]
impl TokenizerIter {
    #[new]
    #[text_signature = ""]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult<TokenizerIter> {
        if args.len() != 1 {
            let given = args.len();
            return Err(vm.type_error(format_args!("tokenizeriter() takes exactly 1 positional argument ({given} given)")));
        }
        let (mut encoding, mut extra_tokens) = (None, None);
        for (name, value) in args.keywords() {
            if name.is_str("encoding") {
                match value.downcast_ref::<Str>() {
                    Some(name) => encoding = Some(name.to_string_lossy().into_owned()),
                    None => {
                        let kind = vm.type_name(&value);
                        return Err(vm.type_error(format_args!("tokenizeriter() argument 'encoding' must be str, not {kind}")));
                    }
                }
            } else if name.is_str("extra_tokens") {
                extra_tokens = Some(vm.truth(&value)?);
            } else {
                return Err(vm.unexpected_keyword(&"tokenizeriter", name, ["encoding", "extra_tokens"]));
            }
        }
        let Some(extra_tokens) = extra_tokens else {
            return Err(vm.type_error(format_args!("tokenizeriter() missing required argument 'extra_tokens' (pos 2)")));
        };
        let readline = args.get(0).map_or_else(Value::none, |readline| readline.to_owned());
        Ok(TokenizerIter { readline, encoding, extra_tokens, events: HeapCell::new(None) })
    }

    fn __iter__(this: &pvm_object::Object<Self>) -> pvm_object::Ref<Self> {
        this.to_ref()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        if self.events.borrow(vm).is_none() {
            let source = Source::new(self.read(vm)?);
            let events = source.events(self.extra_tokens);
            self.events.set(Some(Foreign(events)), vm);
        }
        loop {
            let event = self.events.borrow_mut(vm).as_mut().and_then(|events| events.pop_front());
            match event {
                None => return Ok(None),
                Some(Event::Warning(message, line)) => {
                    pvm_interpreter::warnings::warn_explicit(vm, exceptions::SYNTAX_WARNING.get(), &message, FILENAME, line)?;
                }
                Some(Event::Error(error)) => {
                    return Err(compile_errors::raise(vm, CompileError::Syntax(error)));
                }
                Some(Event::Unfinished { line, offset }) => return Err(unfinished(vm, line, offset)),
                Some(Event::Token(item)) => {
                    let place = |vm: &mut Vm, (line, column): (i32, i32)| -> Value {
                        vm.new_tuple(vec![Value::from_i32(line), Value::from_i32(column)]).into()
                    };
                    let (start, end) = (place(vm, item.start), place(vm, item.end));
                    let (text, line) = (vm.try_str(&item.text)?, vm.try_str(&item.line)?);
                    let items = vec![Value::from_i32(item.number.into()), text.into(), start, end, line.into()];
                    return Ok(Some(vm.new_tuple(items).into()));
                }
            }
        }
    }
}

#[pvm_macros::pymodule(name = "_tokenize")]
pub mod native {
    #[export]
    use super::TokenizerIter;
}

//! `reader`: lines to records.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::float::FLOAT_TYPE;
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::text::{TextBuilder, TextView};
use pvm_object::{Heap, HeapVec, PyResult, Ref, Value, Vm};

use super::dialect::{Dialect, Quoting};
use super::{csv_error, field_limit};

/// CSV reader
///
/// Reader objects are responsible for reading and parsing tabular data
/// in CSV format.
#[pyclass(name = "reader", module = "_csv", no_export)]
pub struct Reader {
    lines: Value,
    #[member]
    dialect: Ref<Dialect>,
    #[member]
    #[name = "line_num"]
    line_number: LineNumber,
    /// How many records were begun.
    begun: Cell<u64>,
}

/// How many lines were read.
#[derive(Clone, Default, pvm_macros::Trace)]
struct LineNumber(#[trace(skip)] Cell<u64>);

impl pvm_object::convert::IntoPyResult for LineNumber {
    fn into_py_result(self, heap: &mut Heap) -> PyResult {
        self.0.get().into_py_result(heap)
    }
}

/// Where the parser is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    InField,
    InQuotedField,
    EscapedInQuotedField,
    QuoteInQuotedField,
    EatLineEnd,
    AfterEscapedLineEnd,
}

/// A record being read.
struct Parser<'a> {
    dialect: &'a Dialect,
    limit: usize,
    fields: HeapVec<Value>,
    field: TextBuilder,
    state: State,
    /// Whether the field did not begin with a quote.
    unquoted: bool,
}

const NEWLINE: u32 = '\n' as u32;
const RETURN: u32 = '\r' as u32;

impl Parser<'_> {
    fn add(&mut self, character: u32, vm: &mut Vm) -> PyResult<()> {
        if self.field.len() >= self.limit {
            return Err(self.too_large(vm));
        }
        self.field.push(character);
        Ok(())
    }

    fn too_large(&self, vm: &mut Vm) -> pvm_object::Raised {
        csv_error(vm, &format!("field larger than field limit ({})", self.limit))
    }

    /// The field that ends (`parse_save_field`).
    fn save(&mut self, vm: &mut Vm) -> PyResult<()> {
        let text = std::mem::take(&mut self.field);
        let (unquoted, empty) = (std::mem::replace(&mut self.unquoted, true), text.is_empty());
        let quoting = self.dialect.quoting;
        let field = if unquoted && empty && matches!(quoting, Quoting::NotNull | Quoting::Strings) {
            Value::none()
        } else {
            let text = vm.str_from_builder(text)?.into();
            match unquoted && !empty && matches!(quoting, Quoting::NonNumeric | Quoting::Strings) {
                true => vm.call(&FLOAT_TYPE.get().to_value(), &[text])?,
                false => text,
            }
        };
        Ok(self.fields.push(field)?)
    }

    /// A line's end in a field that is not quoted; `None` is the line's end without a character.
    fn end_record(&mut self, character: Option<u32>, vm: &mut Vm) -> PyResult<()> {
        self.save(vm)?;
        self.state = if character.is_none() { State::StartRecord } else { State::EatLineEnd };
        Ok(())
    }

    /// Takes a character, or the line's end (`parse_process_char`).
    fn step(&mut self, character: Option<u32>, vm: &mut Vm) -> PyResult<()> {
        let ends = matches!(character, None | Some(NEWLINE | RETURN));
        let is = |wanted: Option<u32>| character.is_some() && character == wanted;
        let (escape, delimiter) = (is(self.dialect.escapechar), is(Some(self.dialect.delimiter)));
        let quote = is(self.dialect.quotechar) && self.dialect.quoting != Quoting::None;
        match self.state {
            State::StartRecord if character.is_none() => {}
            State::StartRecord if ends => self.state = State::EatLineEnd,
            State::StartRecord | State::StartField => {
                self.state = State::StartField;
                match character {
                    _ if ends => self.end_record(character, vm)?,
                    _ if quote => {
                        self.unquoted = false;
                        self.state = State::InQuotedField;
                    }
                    _ if escape => self.state = State::Escaped,
                    Some(0x20) if self.dialect.skipinitialspace => {}
                    _ if delimiter => self.save(vm)?,
                    Some(character) => {
                        self.add(character, vm)?;
                        self.state = State::InField;
                    }
                    None => {}
                }
            }
            State::Escaped => {
                self.add(character.unwrap_or(NEWLINE), vm)?;
                let line_end = ends && character.is_some();
                self.state = if line_end { State::AfterEscapedLineEnd } else { State::InField };
            }
            State::AfterEscapedLineEnd if character.is_none() => {}
            State::AfterEscapedLineEnd | State::InField => match character {
                _ if ends => self.end_record(character, vm)?,
                _ if escape => self.state = State::Escaped,
                _ if delimiter => {
                    self.save(vm)?;
                    self.state = State::StartField;
                }
                Some(character) => {
                    self.add(character, vm)?;
                    self.state = State::InField;
                }
                None => {}
            },
            State::InQuotedField => match character {
                None => {}
                _ if escape => self.state = State::EscapedInQuotedField,
                _ if quote && self.dialect.doublequote => self.state = State::QuoteInQuotedField,
                _ if quote => self.state = State::InField,
                Some(character) => self.add(character, vm)?,
            },
            State::EscapedInQuotedField => {
                self.add(character.unwrap_or(NEWLINE), vm)?;
                self.state = State::InQuotedField;
            }
            State::QuoteInQuotedField => match character {
                Some(character) if quote => {
                    self.add(character, vm)?;
                    self.state = State::InQuotedField;
                }
                _ if delimiter => {
                    self.save(vm)?;
                    self.state = State::StartField;
                }
                _ if ends => self.end_record(character, vm)?,
                Some(character) if !self.dialect.strict => {
                    self.add(character, vm)?;
                    self.state = State::InField;
                }
                _ => {
                    let shown = |point: Option<u32>| point.and_then(char::from_u32).unwrap_or('\u{fffd}');
                    let (delimiter, quote) = (shown(Some(self.dialect.delimiter)), shown(self.dialect.quotechar));
                    return Err(csv_error(vm, &format!("'{delimiter}' expected after '{quote}'")));
                }
            },
            State::EatLineEnd => match character {
                None => self.state = State::StartRecord,
                _ if ends => {}
                _ => {
                    let message = "new-line character seen in unquoted field - do you need to open the file with newline=''?";
                    return Err(csv_error(vm, message));
                }
            },
        }
        Ok(())
    }

    /// How many of the characters from `start` on are the field's own, whatever follows.
    fn run(&self, line: TextView<'_>, start: usize) -> usize {
        let dialect = self.dialect;
        let special = |point: &u32| {
            Some(*point) == dialect.quotechar
                || Some(*point) == dialect.escapechar
                || self.state == State::InField && (*point == dialect.delimiter || *point == NEWLINE || *point == RETURN)
        };
        match self.state {
            State::InField | State::InQuotedField => {
                line.slice_from(start).code_points().take_while(|point| !special(point)).count()
            }
            _ => 0,
        }
    }

    fn line(&mut self, line: TextView<'_>, length: usize, vm: &mut Vm) -> PyResult<()> {
        let mut at = 0;
        while at < length {
            let run = self.run(line, at);
            if run > 0 {
                if self.field.len() + run > self.limit {
                    return Err(self.too_large(vm));
                }
                self.field.push_view(line.slice(at..at + run));
                at += run;
                continue;
            }
            self.step(Some(line.get(at)), vm)?;
            at += 1;
        }
        self.step(None, vm)
    }
}

impl Reader {
    /// One that reads the lines of an iterable.
    pub fn new(vm: &mut Vm, lines: &Value, dialect: impl FnOnce(&mut Vm) -> PyResult<Ref<Dialect>>) -> PyResult<Reader> {
        let lines = vm.iter(lines)?;
        Ok(Reader { lines, dialect: dialect(vm)?, line_number: LineNumber::default(), begun: Cell::new(0) })
    }
}

#[pymethods]
impl Reader {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let mut parser = Parser {
            dialect: &self.dialect,
            limit: field_limit(vm),
            fields: HeapVec::with_capacity(0)?,
            field: TextBuilder::new(),
            state: State::StartRecord,
            unquoted: true,
        };
        let begun = self.begun.get() + 1;
        self.begun.set(begun);
        loop {
            let line = vm.next(&self.lines)?;
            if self.begun.get() != begun {
                return Err(csv_error(vm, "iterator has already advanced the reader"));
            }
            let Some(line) = line else {
                if parser.field.is_empty() && parser.state != State::InQuotedField {
                    return Ok(None);
                }
                if self.dialect.strict {
                    return Err(csv_error(vm, "unexpected end of data"));
                }
                parser.save(vm)?;
                break;
            };
            let Some(text) = line.downcast::<Str>() else {
                let kind = vm.type_name(&line);
                let message = format!("iterator should return strings, not {kind} (the file should be opened in text mode)");
                return Err(csv_error(vm, &message));
            };
            self.line_number.0.set(self.line_number.0.get() + 1);
            parser.line(text.view(), text.len(), vm)?;
            if parser.state == State::StartRecord {
                break;
            }
        }
        let fields: Ref<List> = vm.list_from(parser.fields);
        Ok(Some(fields.into()))
    }
}

//! The compiled templates of substitution: literal text and the groups to put between.

use pvm_macros::pyclass;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use super::match_object::no_such_group;
use super::search::Span;
use super::subject::Subject;

/// A template: text, and pairs of a group and the text behind it.
#[pyclass(name = "SRE_Template", module = "_sre", final)]
pub struct Template {
    /// What it begins with.
    pub literal: Value,
    chunks: Vec<(u32, Value)>,
}

impl Template {
    /// Whether it is nothing but text.
    pub fn is_literal(&self) -> bool {
        self.chunks.is_empty()
    }
}

/// A template of the list that `re._parser.parse_template` makes: text and numbers of groups in turn.
pub fn new_template(parts: &Object<List>, vm: &mut Vm) -> PyResult<Ref<Template>> {
    let parts: Vec<Value> = parts.items(vm).to_vec();
    let [literal, rest @ ..] = parts.as_slice() else {
        return Err(vm.type_error(format_args!("invalid template")));
    };
    if rest.len() % 2 != 0 {
        return Err(vm.type_error(format_args!("invalid template")));
    }
    let mut chunks = Vec::with_capacity(rest.len() / 2);
    for pair in rest.chunks_exact(2) {
        if pair[0].as_int().is_none() {
            return Err(vm.type_error(format_args!("an integer is required")));
        }
        let Ok(group) = u32::try_from(vm.index_isize(&pair[0])?) else {
            return Err(vm.type_error(format_args!("invalid template")));
        };
        chunks.push((group, pair[1].clone()));
    }
    Ok(vm.alloc(Template { literal: literal.clone(), chunks }))
}

/// Text or bytes put together of pieces; the first piece that does not fit is remembered (`PyUnicode_Join`,
/// `bytes.join`).
pub enum Joined {
    /// Text.
    Text(TextBuilder),
    /// Bytes.
    Bytes(Vec<u8>),
    /// The number and class of a piece that does not fit, and whether bytes were asked for.
    Misfit(usize, String, bool),
}

impl Joined {
    /// Nothing yet, of the subject's kind.
    pub fn new(subject: &Subject) -> Joined {
        if subject.is_bytes { Joined::Bytes(Vec::new()) } else { Joined::Text(TextBuilder::new()) }
    }

    /// Adds a part of the subject.
    pub fn push_span(&mut self, subject: &Subject, (start, end): Span) {
        match self {
            Joined::Text(text) => text.push_view(subject.view().slice(start..end)),
            Joined::Bytes(bytes) => bytes.extend_from_slice(&subject.bytes()[start..end]),
            Joined::Misfit(..) => {}
        }
    }

    /// Adds an object, which is the piece `number`.
    pub fn push_value(&mut self, value: &Value, number: usize, vm: &mut Vm) -> PyResult<()> {
        match self {
            Joined::Text(text) => match value.downcast::<Str>() {
                Some(piece) => text.push_view(piece.view()),
                None => *self = Joined::Misfit(number, vm.type_name(value), false),
            },
            Joined::Bytes(bytes) => match value.downcast::<Bytes>() {
                Some(piece) => bytes.extend_from_slice(piece.as_slice()),
                None if vm.has_buffer(value) => {
                    let view: BufferView = vm.bytes_like(value)?;
                    bytes.extend_from_slice(view.as_slice(vm));
                }
                None => *self = Joined::Misfit(number, vm.type_name(value), true),
            },
            Joined::Misfit(..) => {}
        }
        Ok(())
    }

    /// Adds what another one holds.
    pub fn push_joined(&mut self, other: Joined) {
        match (self, other) {
            (Joined::Text(text), Joined::Text(other)) => text.push_view(other.view()),
            (Joined::Bytes(bytes), Joined::Bytes(other)) => bytes.extend_from_slice(&other),
            (this @ (Joined::Text(_) | Joined::Bytes(_)), misfit @ Joined::Misfit(..)) => *this = misfit,
            _ => {}
        }
    }

    /// The string or bytes.
    pub fn into_value(self, vm: &mut Vm) -> PyResult {
        match self {
            Joined::Text(text) => Ok(vm.str_from_builder(text)?.into()),
            Joined::Bytes(bytes) => Ok(vm.new_bytes(&bytes)?.into()),
            Joined::Misfit(number, kind, bytes) => {
                let expected = if bytes { "a bytes-like object" } else { "str instance" };
                Err(vm.type_error(format_args!("sequence item {number}: expected {expected}, {kind} found")))
            }
        }
    }
}

/// Puts the groups of a match into a template.
pub fn expand(
    template: &Template,
    subject: &Subject,
    groups: usize,
    span_of: impl Fn(usize) -> Option<Span>,
    vm: &mut Vm,
) -> PyResult<Joined> {
    let mut out = Joined::new(subject);
    out.push_value(&template.literal, 0, vm)?;
    for (number, (group, literal)) in template.chunks.iter().enumerate() {
        if *group as usize > groups {
            return Err(no_such_group(vm));
        }
        if let Some(span) = span_of(*group as usize) {
            out.push_span(subject, span);
        }
        out.push_value(literal, 2 * number + 2, vm)?;
    }
    Ok(out)
}

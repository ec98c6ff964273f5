//! [`Subject`]: the text or bytes that a pattern is matched against.

use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::text::TextView;
use pvm_object::{Object, PyResult, Value, Vm};

/// What a pattern is matched against. A text and bytes are read where they are, for they never change; other buffers are
/// copied.
#[derive(pvm_macros::Trace)]
pub struct Subject {
    /// The object.
    pub string: Value,
    /// The content of a buffer that may change.
    copy: Option<Vec<u8>>,
    /// Whether it is bytes rather than text.
    pub is_bytes: bool,
}

impl Subject {
    /// The subject that a value is (`getstring`).
    pub fn of(value: &Value, vm: &mut Vm) -> PyResult<Subject> {
        let string = value.clone();
        if value.is_instance_of::<Str>() {
            return Ok(Subject { string, copy: None, is_bytes: false });
        }
        if value.is_instance_of::<Bytes>() {
            return Ok(Subject { string, copy: None, is_bytes: true });
        }
        if !vm.has_buffer(value) {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("expected string or bytes-like object, got '{kind}'")));
        }
        let view = vm.bytes_like(value)?;
        let copy = Some(view.as_slice(vm).to_vec());
        Ok(Subject { string, copy, is_bytes: true })
    }

    /// The subject of a pattern for text, for bytes, or for both (`None`).
    pub fn for_pattern(value: &Value, pattern_is_bytes: Option<bool>, vm: &mut Vm) -> PyResult<Subject> {
        let subject = Subject::of(value, vm)?;
        match (pattern_is_bytes, subject.is_bytes) {
            (Some(true), false) => Err(vm.type_error(format_args!("cannot use a bytes pattern on a string-like object"))),
            (Some(false), true) => Err(vm.type_error(format_args!("cannot use a string pattern on a bytes-like object"))),
            _ => Ok(subject),
        }
    }

    /// Whether it is a copy of a buffer that may change.
    pub fn is_copy(&self) -> bool {
        self.copy.is_some()
    }

    fn text(&self) -> Option<&Object<Str>> {
        self.string.downcast::<Str>()
    }

    /// The bytes of a subject that is no text.
    pub fn bytes(&self) -> &[u8] {
        match (&self.copy, self.string.downcast::<Bytes>()) {
            (Some(copy), _) => copy,
            (None, Some(bytes)) => bytes.as_slice(),
            (None, None) => &[],
        }
    }

    /// The characters, bytes as Latin-1.
    pub fn view(&self) -> TextView<'_> {
        match self.text() {
            Some(text) => text.view(),
            None => TextView::Latin1(self.bytes()),
        }
    }

    /// The number of characters or bytes.
    pub fn len(&self) -> usize {
        match self.text() {
            Some(text) => text.len(),
            None => self.bytes().len(),
        }
    }

    /// A part, as plain text or bytes.
    pub fn slice(&self, start: usize, end: usize, vm: &mut Vm) -> PyResult {
        let end = end.min(self.len());
        let start = start.min(end);
        if let Some(text) = self.text() {
            return Ok(vm.str_slice(text, start..end)?.into());
        }
        let bytes = self.bytes();
        if let Some(object) = self.string.downcast_exact::<Bytes>()
            && start == 0
            && end == bytes.len()
        {
            return Ok(object.to_value());
        }
        Ok(vm.new_bytes(&bytes[start..end])?.into())
    }

    /// Nothing, as text or bytes.
    pub fn empty(&self, vm: &mut Vm) -> PyResult {
        self.slice(0, 0, vm)
    }

    /// The bounds of a search, clipped to the subject.
    pub fn clip(&self, pos: isize, endpos: isize) -> (usize, usize) {
        let len = self.len();
        (pos.max(0).unsigned_abs().min(len), endpos.max(0).unsigned_abs().min(len))
    }
}

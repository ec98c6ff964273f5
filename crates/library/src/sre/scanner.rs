//! The scanner of a pattern: one match after the other.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::buffer::BufferView;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::pattern::{Mode, Pattern, Session};
use super::subject::Subject;

/// Where a search through a string stands.
#[pyclass(name = "SRE_Scanner", module = "_sre", final)]
pub struct Scanner {
    #[member]
    pattern: Ref<Pattern>,
    subject: Subject,
    /// Keeps a buffer as it is.
    _export: Option<BufferView>,
    /// Where to go on; `None` once nothing was found.
    from: Cell<Option<usize>>,
    end: usize,
    /// Whether the next match must not be empty where it begins.
    advance: Cell<bool>,
}

impl Scanner {
    /// At a position.
    pub fn new(pattern: Ref<Pattern>, subject: Subject, from: usize, end: usize, vm: &mut Vm) -> PyResult<Scanner> {
        let export = if subject.is_copy() { Some(vm.bytes_like(&subject.string)?) } else { None };
        let (from, advance) = (Cell::new(Some(from)), Cell::new(false));
        Ok(Scanner { pattern, subject, _export: export, from, end, advance })
    }

    fn next(&self, mode: Mode, vm: &mut Vm) -> PyResult {
        let Some(from) = self.from.get() else {
            return Ok(Value::none());
        };
        let mut session = Session::begin(&self.pattern, &self.subject, self.end, vm);
        let result = match session.find(mode, from, self.advance.get(), vm)? {
            Some(span) => {
                self.advance.set(span.0 == span.1);
                self.from.set(Some(span.1));
                session.match_object(span, from, vm).into()
            }
            None => {
                self.from.set(None);
                Value::none()
            }
        };
        session.finish(vm);
        Ok(result)
    }
}

#[pymethods]
impl Scanner {
    #[signature = "($self, /)"]
    fn r#match(&self, vm: &mut Vm) -> PyResult {
        self.next(Mode::Match, vm)
    }

    #[signature = "($self, /)"]
    fn search(&self, vm: &mut Vm) -> PyResult {
        self.next(Mode::Search, vm)
    }
}

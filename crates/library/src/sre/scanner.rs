//! The scanner of a pattern: one match after the other.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::{PyResult, Ref, Value, Vm};

use super::pattern::{Mode, Pattern, Session};
use super::subject::Subject;

/// Where a search through a string stands.
#[pyclass(name = "SRE_Scanner", module = "_sre", final)]
pub struct Scanner {
    #[member]
    pattern: Ref<Pattern>,
    string: Value,
    /// Where to go on; `None` once nothing was found.
    from: Cell<Option<usize>>,
    end: usize,
    /// Whether the next match must not be empty where it begins.
    advance: Cell<bool>,
}

impl Scanner {
    /// At a position.
    pub fn new(pattern: Ref<Pattern>, string: Value, from: usize, end: usize) -> Scanner {
        Scanner {
            pattern,
            string,
            from: Cell::new(Some(from)),
            end,
            advance: Cell::new(false),
        }
    }

    fn next(&self, mode: Mode, vm: &mut Vm) -> PyResult {
        let Some(from) = self.from.get() else {
            return Ok(Value::none());
        };
        let subject = Subject::of(&self.string, vm)?;
        let end = self.end.min(subject.len());
        let mut session = Session::begin(&self.pattern, &subject, end, vm);
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

//! `traceback`: one step of the way an exception took.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use crate::code::Code;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::trace::{Trace, Visitor};
use crate::{Heap, Vm};

/// traceback(tb_next, tb_frame, tb_lasti, tb_lineno)
/// --
///
/// Create a new traceback object.
#[pyclass(name = "traceback", final, no_trace)]
pub struct Traceback {
    next: HeapCell<Option<Ref<Traceback>>>,
    frame: Value,
    lasti: i32,
    /// The line; -1 until it is asked for.
    lineno: Cell<i32>,
}

// SAFETY: both references are visited once.
unsafe impl Trace for Traceback {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.next.trace(visitor);
        self.frame.trace(visitor);
    }
}

/// The traceback, or `None`, that `tb_next` is set to.
fn next_of(vm: &mut Vm, value: &Value, expected: &str) -> PyResult<Option<Ref<Traceback>>> {
    if value.is_none() {
        return Ok(None);
    }
    match value.downcast::<Traceback>() {
        Some(next) => Ok(Some(next.to_ref())),
        None => {
            let kind = vm.type_name(value);
            Err(vm.type_error(format_args!("expected {expected}, got '{kind}'")))
        }
    }
}

#[pymethods]
impl Traceback {
    #[new]
    #[signature = "(tb_next, tb_frame, tb_lasti, tb_lineno)"]
    fn new(vm: &mut Vm, tb_next: &Value, tb_frame: &Value, tb_lasti: i32, tb_lineno: i32) -> PyResult<Traceback> {
        // Frames are the interpreter's; a class of theirs cannot be subclassed.
        if tb_frame.ty().is_heap_type() || tb_frame.ty().name() != "frame" {
            let kind = vm.type_name(tb_frame);
            return Err(vm.type_error(format_args!("traceback() argument 'tb_frame' must be frame, not {kind}")));
        }
        let next = next_of(vm, tb_next, "traceback object or None")?;
        Ok(Traceback { next: HeapCell::new(next), frame: tb_frame.clone(), lasti: tb_lasti, lineno: Cell::new(tb_lineno) })
    }

    fn __dir__(&self, vm: &mut Vm) -> PyResult {
        let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| Value::from(vm.intern(name)));
        Ok(vm.try_list(names)?.into())
    }

    #[getter]
    fn tb_next(&self, heap: &Heap) -> Option<Ref<Traceback>> {
        self.next.get(heap)
    }

    #[setter(tb_next)]
    fn set_tb_next(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let Some(value) = value else {
            return Err(vm.type_error(format_args!("can't delete tb_next attribute")));
        };
        let next = next_of(vm, value, "traceback object")?;
        let mut link = next.clone();
        while let Some(traceback) = link {
            if std::ptr::eq(&*traceback, this) {
                return Err(vm.value_error(format_args!("traceback loop detected")));
            }
            link = traceback.next.get(vm);
        }
        this.next.set(next, vm);
        Ok(())
    }

    #[member]
    fn tb_frame(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        vm.audit_read(&this.as_value(), "tb_frame")?;
        Ok(this.frame.clone())
    }

    #[member]
    fn tb_lasti(&self) -> i32 {
        self.lasti
    }

    #[getter]
    fn tb_lineno(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<i32>> {
        this.line(vm)
    }
}

impl Traceback {
    /// The traceback of the frame that was called.
    pub fn next(&self, heap: &Heap) -> Option<Ref<Traceback>> {
        self.next.get(heap)
    }

    /// Changes what follows; the caller sees to it that no loop comes of it.
    pub fn set_next(&self, next: Option<Ref<Traceback>>, heap: &mut Heap) {
        self.next.set(next, heap);
    }

    /// The frame.
    pub fn frame(&self) -> &Value {
        &self.frame
    }

    /// The byte of the instruction in the frame's code.
    pub fn lasti(&self) -> i32 {
        self.lasti
    }
}

impl Object<Traceback> {
    /// The line that was running.
    pub fn line(&self, vm: &mut Vm) -> PyResult<Option<i32>> {
        if self.lineno.get() == -1 {
            let name = vm.intern("f_code");
            let code = vm.getattr(&self.frame, &name)?;
            let line = code.downcast::<Code>().and_then(|code| code.raw.line_at(self.lasti.max(0) as usize));
            self.lineno.set(line.unwrap_or(-1));
        }
        Ok(Some(self.lineno.get()).filter(|&line| line != -1))
    }
}

impl Heap {
    /// A traceback: `lasti` in bytes; the line is looked up when it is asked for.
    pub fn new_traceback(&mut self, next: Option<Ref<Traceback>>, frame: Value, lasti: i32) -> Ref<Traceback> {
        self.alloc(Traceback { next: HeapCell::new(next), frame, lasti, lineno: Cell::new(-1) })
    }
}

//! What the object layer needs of the layers above it, as a table of functions that the interpreter installs.

use std::sync::Arc;

use pvm_bytecode::CodeObject;

use crate::code::Code;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::exceptions::BaseException;
use crate::function::Function;
use crate::str::Str;
use crate::trace::Visitor;
use crate::types::Type;
use crate::types::shape::ShapeId;
use crate::{Heap, Vm};

/// Functions of the interpreter that the object layer calls.
pub struct Hooks {
    /// Runs a Python function.
    pub call_function: fn(&mut Vm, &Object<Function>, Args<'_>) -> PyResult,
    /// Imports a module by its full name and returns it.
    pub import: fn(&mut Vm, &str) -> PyResult,
    /// Issues a warning of a category; an error where a filter turns it into one.
    pub warn: fn(&mut Vm, &'static Object<Type>, &str, usize) -> PyResult<()>,
    /// Tells those who audit the program of an event; an error where one of them refuses.
    pub audit: fn(&mut Vm, &str, &[Value]) -> PyResult<()>,
    /// Reports an exception that cannot be raised.
    pub unraisable: fn(&mut Vm, Ref<BaseException>, Option<&str>, Option<&Value>),
    /// Serves the requests that wait (signals, switching threads, collecting).
    pub serve_requests: fn(&mut Vm) -> PyResult<()>,
    /// The global of the running frame by name: the default module of a new class or function.
    pub current_global: fn(&mut Vm, &Object<Str>) -> Option<Value>,
    /// What `super()` means in the running frame: the class in its `__class__` cell, and its first argument.
    pub super_arguments: fn(&mut Vm) -> PyResult<(Value, Value)>,
    /// The dict of built-in names that code with these globals sees.
    pub builtins_of: fn(&mut Vm, &Object<Dict>) -> PyResult,
    /// The mapping of built-in names that the running code sees.
    pub current_builtins: fn(&mut Vm) -> Value,
    /// A code object on the heap, its constants as values.
    pub new_code: fn(&mut Vm, Arc<CodeObject>) -> PyResult<Ref<Code>>,
    /// A class changed: what relies on the shapes that grew from this root may do so no longer.
    pub shapes_outdated: fn(&Heap, ShapeId),
    /// The instructions of a code object as they are specialised now.
    pub adaptive_code: fn(&mut Vm, &Object<Code>) -> Vec<u8>,
    /// The directory that the start put in front of `sys.path`, if it did: that of the program.
    pub first_path: fn(&Vm) -> Option<String>,
    /// Shows the collector what the interpreter's tables hold, and adds the words of the frames of its threads to the list,
    /// which may be out of date.
    pub trace_roots: fn(&Vm, &mut Visitor<'_>, &mut Vec<u64>),
}

/// The hooks of a heap without an interpreter above it, as tests of the types use it.
pub static WITHOUT_INTERPRETER: Hooks = Hooks {
    call_function: |vm, _, _| Err(vm.system_error(format_args!("no interpreter"))),
    import: |vm, name| Err(vm.import_error(format_args!("No module named '{name}'"))),
    warn: |_, _, _, _| Ok(()),
    audit: |_, _, _| Ok(()),
    unraisable: |_, _, _, _| {},
    serve_requests: |vm| {
        vm.collect_if_due();
        Ok(())
    },
    current_global: |_, _| None,
    super_arguments: |vm| Err(vm.runtime_error(format_args!("super(): no current frame"))),
    builtins_of: |vm, _| Ok(vm.new_dict().into()),
    current_builtins: |vm| vm.new_dict().into(),
    new_code: |vm, _| Err(vm.system_error(format_args!("no interpreter"))),
    shapes_outdated: |_, _| {},
    adaptive_code: |_, code| code.raw.code.to_vec(),
    first_path: |_| None,
    trace_roots: |_, _, _| {},
};

impl Vm {
    /// For loops that no constant bounds: every so often serves signals, other threads and limits. `steps` counts work
    /// done since the last call.
    #[inline]
    pub fn poll(&mut self, _steps: usize) -> PyResult<()> {
        if self.heap_state().requests() != 0 { (self.hooks().serve_requests)(self) } else { Ok(()) }
    }

    /// Imports a module by its full name.
    pub fn import(&mut self, name: &str) -> PyResult {
        (self.hooks().import)(self, name)
    }

    /// Tells those who audit the program that an attribute by which it could look behind what is allowed is read.
    pub fn audit_read(&mut self, object: &Value, name: &str) -> PyResult<()> {
        let name = self.intern(name).into();
        (self.hooks().audit)(self, "object.__getattr__", &[object.clone(), name])
    }

    /// Tells those who audit the program that an attribute on which safety may depend is replaced, or deleted.
    pub(crate) fn audit_assignment(&mut self, object: &Value, name: &str, value: Option<&Value>) -> PyResult<()> {
        let name = self.intern(name).into();
        match value {
            Some(value) => (self.hooks().audit)(self, "object.__setattr__", &[object.clone(), name, value.clone()]),
            None => (self.hooks().audit)(self, "object.__delattr__", &[object.clone(), name]),
        }
    }

    /// Issues a warning; an error where a filter turns it into one.
    pub fn warn(&mut self, category: &'static Object<Type>, message: &str, stack_level: usize) -> PyResult<()> {
        (self.hooks().warn)(self, category, message, stack_level)
    }
}

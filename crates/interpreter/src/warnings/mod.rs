//! Warnings: `_warnings`, and what native code issues.
//!
//! `filters.rs` decides what happens with a warning, `show.rs` shows it, `module.rs` is what programs see.

mod filters;
mod module;
mod show;

use std::cell::Cell;

use pvm_macros::pyclass;
use pvm_object::dict::Dict;
use pvm_object::exceptions;
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::types::Type;
use pvm_object::{Heap, HeapCell, Object, PyResult, Ref, Value, Vm, names};

use crate::frame::Frame;
use crate::interpreter::state as interpreter;
use crate::thread::extension;
use crate::threads::RLock;

pub use module::MODULE;

/// What the machine keeps of warnings, in step with the module `warnings` where that is loaded.
#[pyclass(name = "_warnings_state", module = "_warnings", final)]
struct WarningsState {
    filters: HeapCell<Value>,
    once_registry: HeapCell<Value>,
    default_action: HeapCell<Value>,
    /// Counts changes of the filters; registries of another version are out of date.
    filters_version: Cell<i64>,
    lock: HeapCell<Option<Ref<RLock>>>,
    context_variable: HeapCell<Option<Value>>,
}

fn state(vm: &mut Vm) -> PyResult<Ref<WarningsState>> {
    let state = vm.module_state(|_: &mut Heap| WarningsState {
        filters: HeapCell::new(Value::none()),
        once_registry: HeapCell::new(Value::none()),
        default_action: HeapCell::new(Value::none()),
        filters_version: Cell::new(0),
        lock: HeapCell::new(None),
        context_variable: HeapCell::new(None),
    });
    if state.lock.borrow(vm).is_none() {
        let filters = filters::initial(vm)?;
        state.filters.set(filters.into(), vm);
        let registry = vm.new_dict();
        state.once_registry.set(registry.into(), vm);
        let action = vm.intern("default");
        state.default_action.set(action.into(), vm);
        let lock = vm.alloc(RLock::new());
        state.lock.set(Some(lock), vm);
        let variable = context_variable(vm)?;
        state.context_variable.set(variable, vm);
    }
    Ok(state)
}

/// The context variable that `warnings.catch_warnings` sets. Warnings may come before modules can be imported, so its class
/// is taken from the native module's definition.
fn context_variable(vm: &mut Vm) -> PyResult<Option<Value>> {
    let Some(def) = crate::import::native::find(vm, "_contextvars") else {
        return Ok(None);
    };
    let module = crate::import::native::create(vm, def)?;
    let (class, name) = (vm.intern("ContextVar"), vm.intern("_warnings_context"));
    let class = vm.getattr(&module.as_value(), &class)?;
    vm.call(&class, &[name.into()]).map(Some)
}

/// An attribute of the module `warnings`; `None` where that is not loaded or has no such attribute. `import` loads it.
fn warnings_attribute(vm: &mut Vm, name: &str, import: bool) -> PyResult<Option<Value>> {
    let module = if import {
        let module = vm.import("warnings");
        vm.ok_unless(module, exceptions::IMPORT_ERROR.get())?
    } else {
        interpreter(vm).modules(vm).get_str(&names::warnings, vm)
    };
    let Some(module) = module else {
        return Ok(None);
    };
    let name = vm.intern(name);
    vm.find_attr(&module, &name)
}

/// Where a warning comes from.
struct Place {
    filename: Value,
    line: i32,
    module: Value,
    registry: Value,
}

fn is_internal(frame: *mut Frame) -> bool {
    // SAFETY: frames that called the running one are live.
    let filename = unsafe { (*frame).code() }.filename.to_string_lossy();
    filename.contains("importlib") && filename.contains("_bootstrap")
}

fn is_skipped(frame: *mut Frame, prefixes: &[Ref<Str>]) -> bool {
    // SAFETY: as in `is_internal`.
    let filename = unsafe { (*frame).code() }.filename.to_string_lossy();
    prefixes.iter().any(|prefix| filename.starts_with(&*prefix.to_string_lossy()))
}

/// The caller of `frame` that belongs to the program.
fn next_external(mut frame: *mut Frame, prefixes: &[Ref<Str>]) -> *mut Frame {
    loop {
        // SAFETY: frames that called the running one are live.
        frame = unsafe { (*frame).previous };
        if frame.is_null() || !(is_internal(frame) || is_skipped(frame, prefixes)) {
            return frame;
        }
    }
}

/// The place `stack_level` calls up (`setup_context`).
fn place_of_caller(vm: &mut Vm, mut stack_level: isize, prefixes: &[Ref<Str>]) -> PyResult<Place> {
    let mut frame = extension(vm).frame.get();
    if !prefixes.is_empty() {
        stack_level = stack_level.max(2);
    }
    if stack_level <= 0 || frame.is_null() || is_internal(frame) {
        while stack_level > 1 && !frame.is_null() {
            // SAFETY: frames that called the running one are live.
            frame = unsafe { (*frame).previous };
            stack_level -= 1;
        }
    } else {
        while stack_level > 1 && !frame.is_null() {
            frame = next_external(frame, prefixes);
            stack_level -= 1;
        }
    }
    let (globals, filename, line): (Ref<Dict>, Value, i32) = if frame.is_null() {
        (interpreter(vm).sys_dict(vm), vm.intern("<sys>").into(), 0)
    } else {
        // SAFETY: a live frame.
        let frame = unsafe { &*frame };
        (frame.globals().to_ref(), frame.code().filename.to_value(), frame.line().unwrap_or(0))
    };
    let registry_name = vm.intern("__warningregistry__");
    let registry = match globals.get_str(&registry_name, vm) {
        Some(registry) => registry,
        None => {
            let registry: Value = vm.new_dict().into();
            globals.set_str(&registry_name, registry.clone(), vm)?;
            registry
        }
    };
    let module = match globals.get_str(&names::__name__, vm) {
        Some(name) if name.is_none() || name.is_instance_of::<Str>() => name,
        _ => vm.intern("<string>").into(),
    };
    Ok(Place { filename, line, module, registry })
}

/// Issues a warning for the caller `stack_level` frames up.
fn warn_caller(
    vm: &mut Vm,
    category: &Value,
    message: &Value,
    stack_level: isize,
    source: Option<&Value>,
    prefixes: &[Ref<Str>],
) -> PyResult<()> {
    let place = place_of_caller(vm, stack_level, prefixes)?;
    let warning = filters::Warning {
        category: category.clone(),
        message: message.clone(),
        filename: place.filename,
        line: place.line,
        module: Some(place.module),
        registry: Some(place.registry),
        source_line: None,
        source: source.cloned(),
    };
    filters::issue(vm, warning)
}

/// Issues a warning of native code; an error where a filter turns it into one (`PyErr_WarnEx`).
pub fn warn(vm: &mut Vm, category: &'static Object<Type>, message: &str, stack_level: usize) -> PyResult<()> {
    let message = vm.new_str(message);
    warn_caller(vm, &category.to_value(), &message.into(), stack_level as isize, None, &[])
}

/// Issues a `ResourceWarning` about an object that was left open (`PyErr_ResourceWarning`).
pub fn resource_warning(vm: &mut Vm, source: &Value, message: &str, stack_level: usize) -> PyResult<()> {
    warn_about(vm, exceptions::RESOURCE_WARNING.get(), message, stack_level as isize, source)
}

/// Issues a warning of native code about an object (`_PyErr_WarnFormat`).
pub(crate) fn warn_about(
    vm: &mut Vm,
    category: &'static Object<Type>,
    message: &str,
    stack_level: isize,
    source: &Value,
) -> PyResult<()> {
    let message = vm.new_str(message);
    warn_caller(vm, &category.to_value(), &message.into(), stack_level, Some(source), &[])
}

/// Lets the module `warnings` tell of a coroutine that was never awaited; whether it could be asked to.
pub(crate) fn call_unawaited_hook(vm: &mut Vm, coroutine: &Value) -> PyResult<bool> {
    match warnings_attribute(vm, "_warn_unawaited_coroutine", true)? {
        Some(hook) => vm.call(&hook, std::slice::from_ref(coroutine)).map(|_| true),
        None => Ok(false),
    }
}

/// Issues a warning about a place in a source (`PyErr_WarnExplicitObject`).
pub fn warn_explicit(vm: &mut Vm, category: &'static Object<Type>, message: &str, filename: &str, line: i32) -> PyResult<()> {
    let warning = filters::Warning {
        category: category.to_value(),
        message: vm.new_str(message).into(),
        filename: vm.new_str(filename).into(),
        line,
        module: None,
        registry: None,
        source_line: None,
        source: None,
    };
    filters::issue(vm, warning)
}

/// A list of filters.
type Filters = Ref<List>;

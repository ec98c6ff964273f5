//! Values on their way between interpreters, as pickles; and calls in another interpreter.

use std::sync::Arc;

use pvm_interpreter::start;
use pvm_object::bytes::Bytes;
use pvm_object::exceptions::BaseException;
use pvm_object::function::Function;
use pvm_object::memoryview::MemoryView;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm};

use super::family::{Child, error};

/// Whether a value can go to another interpreter as it is (`_PyObject_SupportsCrossInterpreter`).
pub fn is_shareable(value: &Value) -> bool {
    if let Some(tuple) = value.downcast_exact::<Tuple>() {
        return tuple.as_slice().iter().all(is_shareable);
    }
    value.is_none()
        || value.is_bool()
        || value.is_exact_int()
        || value.is_exact_float()
        || value.downcast_exact::<pvm_object::str::Str>().is_some()
        || value.downcast_exact::<Bytes>().is_some()
        || value.downcast_exact::<MemoryView>().is_some()
}

/// The pickle of a value.
pub fn dump(vm: &mut Vm, value: &Value) -> PyResult<Vec<u8>> {
    let name = vm.intern("dumps");
    let function = vm.import_attr("pickle", &name)?;
    let bytes = vm.call(&function, std::slice::from_ref(value))?;
    vm.to_bytes(&bytes)
}

/// A value on its way.
pub enum Parcel {
    Pickle(Vec<u8>),
    Tuple(Vec<Parcel>),
    /// A function that is nothing but its code.
    Function(Script),
}

/// A value for another interpreter; an exception where it cannot go there.
pub fn share(vm: &mut Vm, value: &Value) -> PyResult<Parcel> {
    if let Some(tuple) = value.downcast_exact::<Tuple>() {
        let items: PyResult<Vec<Parcel>> = tuple.as_slice().iter().map(|item| share(vm, item)).collect();
        return items.map(Parcel::Tuple);
    }
    if is_stateless(vm, value)?
        && !is_found_by_name(vm, value)?
        && let Some(script) = script_of(vm, value)?
    {
        return Ok(Parcel::Function(script));
    }
    match dump(vm, value) {
        Ok(bytes) => Ok(Parcel::Pickle(bytes)),
        Err(raised) => {
            let cause = vm.catch(raised);
            let shown = vm.repr(value)?;
            let raised = error(vm, "NotShareableError", &format!("{shown} does not support cross-interpreter data"));
            let exception = vm.catch(raised);
            exception.set_cause(Some(cause), vm);
            Err(vm.reraise(exception))
        }
    }
}

/// The value that came from another interpreter.
pub fn unpack(vm: &mut Vm, parcel: &Parcel) -> PyResult {
    match parcel {
        Parcel::Pickle(bytes) => load(vm, bytes),
        Parcel::Function(script) => function_of(vm, script),
        Parcel::Tuple(items) => {
            let items: PyResult<Vec<Value>> = items.iter().map(|item| unpack(vm, item)).collect();
            Ok(vm.try_tuple(items?)?.into())
        }
    }
}

/// Whether all of a function is its code.
fn is_stateless(vm: &mut Vm, callable: &Value) -> PyResult<bool> {
    if !callable.is_instance_of::<Function>() {
        return Ok(false);
    }
    for name in ["__closure__", "__defaults__", "__kwdefaults__"] {
        let name = vm.intern(name);
        if !vm.getattr(callable, &name)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether another interpreter would find a callable by its name.
fn is_found_by_name(vm: &mut Vm, callable: &Value) -> PyResult<bool> {
    let name = vm.intern("__module__");
    let module = vm.getattr(callable, &name)?;
    if module.downcast::<pvm_object::str::Str>().is_some_and(|name| name.is_str("__main__")) {
        return Ok(false);
    }
    match dump(vm, callable) {
        Ok(_) => Ok(true),
        Err(raised) => {
            drop(vm.catch(raised));
            Ok(false)
        }
    }
}

/// The value of a pickle.
pub fn load(vm: &mut Vm, bytes: &[u8]) -> PyResult {
    let name = vm.intern("loads");
    let function = vm.import_attr("pickle", &name)?;
    let bytes = vm.new_bytes(bytes)?.into();
    vm.call(&function, &[bytes])
}

/// What a run in another interpreter ended with.
pub enum Outcome {
    /// A result.
    Result(Parcel),
    /// An exception: name, qualified name and module of its class, its text, one line of it, and all that is displayed.
    Failed([String; 6]),
    /// The result has no pickle.
    NotShareable(String),
}

fn text(vm: &mut Vm, value: PyResult<Ref<pvm_object::str::Str>>) -> String {
    match value {
        Ok(text) => text.to_string_lossy().into_owned(),
        Err(raised) => {
            drop(vm.catch(raised));
            String::new()
        }
    }
}

/// An exception as texts (`_PyXI_excinfo`).
pub fn describe(vm: &mut Vm, exception: &Ref<BaseException>) -> [String; 6] {
    let value = exception.to_value();
    let class = value.ty().to_value();
    let attribute = |vm: &mut Vm, name: &str| {
        let name = vm.intern(name);
        let found = vm.getattr(&class, &name).and_then(|value| vm.str(&value));
        text(vm, found)
    };
    let (name, qualified, module) = (attribute(vm, "__name__"), attribute(vm, "__qualname__"), attribute(vm, "__module__"));
    let shown = vm.str(&value);
    let message = text(vm, shown);
    let full = if module == "builtins" || module == "__main__" { qualified.clone() } else { format!("{module}.{qualified}") };
    let line = if message.is_empty() { full } else { format!("{full}: {message}") };
    let format = vm.intern("format_exception");
    let displayed = vm.import_attr("traceback", &format).and_then(|function| {
        let lines = vm.call(&function, std::slice::from_ref(&value))?;
        let (empty, join): (Value, _) = (vm.new_str("").into(), vm.intern("join"));
        let joined = vm.call_method(&empty, &join, &[lines])?;
        vm.str(&joined)
    });
    let displayed = text(vm, displayed).trim_end().to_owned();
    [name, qualified, module, message, line, displayed]
}

/// The namespace that tells of an exception in another interpreter.
pub fn explain(vm: &mut Vm, texts: &[String; 6]) -> PyResult {
    let name = vm.intern("SimpleNamespace");
    let class = vm.import_attr("types", &name)?;
    let namespace = |vm: &mut Vm, entries: Vec<(&str, Value)>| -> PyResult {
        let made = vm.call(&class, &[])?;
        for (name, value) in entries {
            let name = vm.intern(name);
            vm.setattr(&made, &name, &value)?;
        }
        Ok(made)
    };
    let mut values = Vec::new();
    for text in texts {
        values.push(Value::from(vm.try_str(text)?));
    }
    let [name, qualified, module, message, line, displayed]: [Value; 6] = match values.try_into() {
        Ok(values) => values,
        Err(_) => return Ok(Value::none()),
    };
    let kind = namespace(vm, vec![("__name__", name), ("__qualname__", qualified), ("__module__", module)])?;
    namespace(vm, vec![("type", kind), ("msg", message), ("formatted", line), ("errdisplay", displayed)])
}

/// Runs `body` in another interpreter, which must be idle. What it gives is pickled there.
pub fn run_in(vm: &mut Vm, child: &Arc<Child>, body: impl FnOnce(&mut Vm) -> PyResult + Send) -> PyResult<Outcome> {
    let child = Arc::clone(child);
    let outcome = vm.detach(move || {
        let held = child.interpreter.try_lock().ok()?;
        let interpreter = held.as_ref()?;
        Some(interpreter.enter(|vm| {
            let outcome = match body(vm) {
                Ok(value) => match share(vm, &value) {
                    Ok(parcel) => Outcome::Result(parcel),
                    Err(raised) => {
                        let exception = vm.catch(raised);
                        let [.., line, _] = describe(vm, &exception);
                        Outcome::NotShareable(line)
                    }
                },
                Err(raised) => {
                    let exception = vm.catch(raised);
                    Outcome::Failed(describe(vm, &exception))
                }
            };
            vm.drain_drops();
            outcome
        }))
    });
    match outcome {
        Some(outcome) => Ok(outcome),
        None => Err(error(vm, "InterpreterError", "interpreter already running")),
    }
}

/// What a script is on its way: source, or marshalled code.
pub enum Script {
    Source(Vec<u8>),
    Code(Vec<u8>),
}

/// The script of a text, or of a function or code without arguments.
pub fn script_of(vm: &mut Vm, value: &Value) -> PyResult<Option<Script>> {
    if value.is_instance_of::<pvm_object::str::Str>() {
        return Ok(Some(Script::Source(dump(vm, value)?)));
    }
    let code = if value.is_instance_of::<Function>() {
        let name = vm.intern("__code__");
        vm.getattr(value, &name)?
    } else if value.is_instance_of::<pvm_object::code::Code>() {
        value.clone()
    } else {
        return Ok(None);
    };
    let name = vm.intern("dumps");
    let function = vm.import_attr("marshal", &name)?;
    let bytes = vm.call(&function, &[code])?;
    Ok(Some(Script::Code(vm.to_bytes(&bytes)?)))
}

fn unmarshal(vm: &mut Vm, bytes: &[u8]) -> PyResult {
    let name = vm.intern("loads");
    let function = vm.import_attr("marshal", &name)?;
    let bytes = vm.new_bytes(bytes)?.into();
    vm.call(&function, &[bytes])
}

fn main_namespace(vm: &mut Vm) -> PyResult {
    let main: Value = start::main_module(vm)?.into();
    let name = vm.intern("__dict__");
    vm.getattr(&main, &name)
}

/// A function of `__main__` with marshalled code.
fn function_of(vm: &mut Vm, script: &Script) -> PyResult {
    let code = match script {
        Script::Source(bytes) => load(vm, bytes)?,
        Script::Code(bytes) => unmarshal(vm, bytes)?,
    };
    let name = vm.intern("FunctionType");
    let class = vm.import_attr("types", &name)?;
    let namespace = main_namespace(vm)?;
    vm.call(&class, &[code, namespace])
}

/// Runs a script in `__main__`.
pub fn run_script(vm: &mut Vm, script: &Script) -> PyResult {
    let code = match script {
        Script::Source(bytes) => {
            let (source, name, mode) = (load(vm, bytes)?, vm.intern("<script>").into(), vm.intern("exec"));
            let compile = vm.intern("compile");
            let compile = vm.import_attr("builtins", &compile)?;
            vm.call(&compile, &[source, name, mode.into()])?
        }
        Script::Code(bytes) => unmarshal(vm, bytes)?,
    };
    let namespace = main_namespace(vm)?;
    let name = vm.intern("exec");
    let exec = vm.import_attr("builtins", &name)?;
    vm.call(&exec, &[code, namespace])?;
    Ok(Value::none())
}

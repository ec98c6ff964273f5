//! `sys`: the hooks that show values, exceptions and breakpoints, and those of asynchronous generators.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod hooks {
    use pvm_macros::pyfunction;
    use pvm_object::exceptions::{self, BaseException};
    use pvm_object::{Args, PyResult, Value, Vm, names};

    use crate::interpreter::state;
    use crate::thread::extension;

    /// Set a finalizer for async generators objects.
    #[pyfunction]
    #[signature = "(firstiter=<unrepresentable>, finalizer=<unrepresentable>)"]
    #[text_signature = ""]
    fn set_asyncgen_hooks(vm: &mut Vm, firstiter: Option<Value>, finalizer: Option<Value>) -> PyResult<()> {
        for (name, given) in [("finalizer", &finalizer), ("firstiter", &firstiter)] {
            if let Some(given) = given.as_ref().filter(|given| !given.is_none() && given.ty().slots().call().is_none()) {
                let kind = vm.type_name(given);
                return Err(vm.type_error(format_args!("callable {name} expected, got {kind}")));
            }
        }
        if let Some(last) = finalizer {
            crate::audit::event(vm, "sys.set_asyncgen_hook_finalizer", &[])?;
            let thread = extension(vm);
            let (first, _) = thread.async_generator_hooks();
            thread.set_async_generator_hooks(first, (!last.is_none()).then_some(last));
        }
        if let Some(first) = firstiter {
            crate::audit::event(vm, "sys.set_asyncgen_hook_firstiter", &[])?;
            let thread = extension(vm);
            let (_, last) = thread.async_generator_hooks();
            thread.set_async_generator_hooks((!first.is_none()).then_some(first), last);
        }
        Ok(())
    }

    /// Return the installed asynchronous generators hooks.
    #[pyfunction]
    fn get_asyncgen_hooks(vm: &mut Vm) -> PyResult {
        let (first, last) = extension(vm).async_generator_hooks();
        let items = [first, last].map(|hook| hook.unwrap_or_else(Value::none));
        Ok(crate::sys::records::ASYNCGEN_HOOKS.make(vm, items.into())?.into())
    }

    /// Print an object to sys.stdout and also save it in builtins._
    #[pyfunction]
    #[signature = "(object, /)"]
    fn displayhook(vm: &mut Vm, object: &Value) -> PyResult<()> {
        let key = vm.intern("builtins");
        if state(vm).modules(vm).get_str(&key, vm).is_none() {
            return Err(vm.runtime_error(format_args!("lost builtins module")));
        }
        if object.is_none() {
            return Ok(());
        }
        let (builtins, underscore) = (state(vm).builtins_ref(vm), vm.intern("_"));
        builtins.set_str(&underscore, Value::none(), vm)?;
        let Some(stdout) = crate::sys::get(vm, "stdout").filter(|stdout| !stdout.is_none()) else {
            return Err(vm.runtime_error(format_args!("lost sys.stdout")));
        };
        let text = vm.repr(object)?;
        let written = vm.call_method(&stdout, &names::write, &[text.to_value()]);
        if vm.ok_unless(written, exceptions::UNICODE_ENCODE_ERROR.get())?.is_none() {
            write_escaped(vm, &stdout, &text.into())?;
        }
        let newline = vm.new_str("\n");
        vm.call_method(&stdout, &names::write, &[newline.into()])?;
        builtins.set_str(&underscore, object.clone(), vm)
    }

    /// Writes text with what the stream's encoding lacks as escapes (`sys_displayhook_unencodable`).
    fn write_escaped(vm: &mut Vm, stdout: &Value, text: &Value) -> PyResult<()> {
        let (encoding, encode, decode) = (vm.intern("encoding"), vm.intern("encode"), vm.intern("decode"));
        let encoding = vm.getattr(stdout, &encoding)?;
        let (escape, strict) = (vm.intern("backslashreplace").to_value(), vm.intern("strict").to_value());
        let encoded = vm.call_method(text, &encode, &[encoding.clone(), escape])?;
        let buffer = vm.intern("buffer");
        match vm.find_attr(stdout, &buffer)? {
            Some(buffer) => vm.call_method(&buffer, &names::write, &[encoded])?,
            None => {
                let text = vm.call_method(&encoded, &decode, &[encoding, strict])?;
                vm.call_method(stdout, &names::write, &[text])?
            }
        };
        Ok(())
    }

    /// Handle an exception by displaying it with a traceback on sys.stderr.
    #[pyfunction]
    #[signature = "(exctype, value, traceback, /)"]
    fn excepthook(vm: &mut Vm, _exctype: &Value, value: &Value, traceback: &Value) {
        let Some(exception) = value.downcast::<BaseException>() else {
            let kind = vm.type_name(value);
            let text = format!("TypeError: print_exception(): Exception expected for value, {kind} found\n");
            crate::display::write_stderr(vm, &text);
            return;
        };
        let exception = exception.to_ref();
        if !traceback.is_none() && exception.traceback(vm).is_none() {
            exception.set_traceback(Some(traceback.clone()), vm);
        }
        crate::display::print_exception(vm, &exception);
    }

    /// Handle an unraisable exception.
    ///
    /// The unraisable argument has the following attributes:
    ///
    /// * exc_type: Exception type.
    /// * exc_value: Exception value, can be None.
    /// * exc_traceback: Exception traceback, can be None.
    /// * err_msg: Error message, can be None.
    /// * object: Object causing the exception, can be None.
    #[pyfunction]
    #[signature = "(unraisable, /)"]
    fn unraisablehook(vm: &mut Vm, unraisable: &Value) -> PyResult<()> {
        crate::unraisable::show(vm, unraisable)
    }

    /// This hook function is called by built-in breakpoint().
    #[pyfunction]
    #[text_signature = "($module, /, *args, **kwargs)"]
    fn breakpointhook(vm: &mut Vm, args: Args<'_>) -> PyResult {
        let variable = std::env::var("PYTHONBREAKPOINT").unwrap_or_default();
        let ignored = state(vm).setup.config.ignore_environment;
        let named = match variable.as_str() {
            "0" if !ignored => return Ok(Value::none()),
            "" => "pdb.set_trace",
            _ if ignored => "pdb.set_trace",
            named => named,
        };
        let (module, function) = named.rsplit_once('.').unwrap_or(("builtins", named));
        let imported = if module.is_empty() { Ok(None) } else { import(vm, module) };
        let Some(module) = imported? else { return unimportable(vm, named) };
        let function = vm.intern(function);
        let hook = vm.getattr(&module, &function);
        let Some(hook) = vm.ok_unless(hook, exceptions::ATTRIBUTE_ERROR.get())? else { return unimportable(vm, named) };
        vm.call_args(&hook, args)
    }

    fn import(vm: &mut Vm, name: &str) -> PyResult<Option<Value>> {
        let module = vm.import(name);
        vm.ok_unless(module, exceptions::IMPORT_ERROR.get())
    }

    fn unimportable(vm: &mut Vm, named: &str) -> PyResult {
        let message = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{named}\"");
        vm.warn(exceptions::RUNTIME_WARNING.get(), &message, 1)?;
        Ok(Value::none())
    }
}

pub(super) use hooks::MODULE;

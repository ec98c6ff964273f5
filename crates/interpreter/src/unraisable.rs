//! Exceptions that cannot be raised where they happen: `sys.unraisablehook`.

use pvm_object::exceptions::BaseException;
use pvm_object::{PyResult, Ref, Value, Vm, names};

use crate::requests::is_stopping;
use crate::sys::records::UNRAISABLE_HOOK_ARGS;
use crate::{display, sys};

/// Reports an exception to `sys.unraisablehook`: what was ignored, and where (`PyErr_FormatUnraisable`). An object that comes
/// with a message is part of it.
pub fn report(vm: &mut Vm, exception: Ref<BaseException>, message: Option<&str>, object: Option<&Value>) {
    if is_stopping(vm) {
        // The program ends, and is not told any more.
        return;
    }
    let pending = vm.take_pending();
    let (message, object) = match (message, object) {
        (Some(message), Some(object)) => {
            let shown = shown(vm, object);
            (vm.new_str(&format!("{message} {shown}")).into(), Value::none())
        }
        (Some(message), None) => (vm.new_str(message).into(), Value::none()),
        (None, object) => (Value::none(), object.cloned().unwrap_or_else(Value::none)),
    };
    if exception.traceback(vm).is_none() {
        add_running_frame(vm, &exception);
    }
    if let Err(raised) = call_hook(vm, &exception, message, object) {
        let second = vm.catch(raised);
        if let Err(raised) = write(vm, &second, None, None) {
            drop(vm.catch(raised));
        }
    }
    vm.restore_pending(pending);
}

fn add_running_frame(vm: &mut Vm, exception: &Ref<BaseException>) {
    let Some(frame) = crate::frame_object::current(vm) else { return };
    let lasti = frame.lasti();
    let object = crate::frame_object::current_object(vm);
    let traceback = vm.new_traceback(None, object.into(), lasti);
    exception.set_traceback(Some(traceback.into()), vm);
}

fn call_hook(vm: &mut Vm, exception: &Ref<BaseException>, message: Value, object: Value) -> PyResult<()> {
    let traceback = exception.traceback(vm).unwrap_or_else(Value::none);
    let items = vec![exception.ty().to_value(), exception.to_value(), traceback, message, object];
    let args: Value = UNRAISABLE_HOOK_ARGS.make(vm, items)?.into();
    let Some(hook) = sys::get(vm, "unraisablehook") else { return show(vm, &args) };
    if let Err(raised) = crate::audit::event(vm, "sys.unraisablehook", &[hook.clone(), args.clone()]) {
        let second = vm.catch(raised);
        let text = vm.new_str("Exception ignored in audit hook").into();
        return write(vm, &second, Some(&text), None);
    }
    if hook.is_none() {
        return show(vm, &args);
    }
    if let Err(raised) = vm.call(&hook, &[args]) {
        let second = vm.catch(raised);
        let text = vm.new_str("Exception ignored in sys.unraisablehook").into();
        return write(vm, &second, Some(&text), Some(&hook));
    }
    Ok(())
}

/// What `sys.unraisablehook` does unless a program says otherwise.
pub fn show(vm: &mut Vm, args: &Value) -> PyResult<()> {
    if !std::ptr::eq(args.ty(), UNRAISABLE_HOOK_ARGS.class.get()) {
        return Err(vm.type_error(format_args!("sys.unraisablehook argument type must be UnraisableHookArgs")));
    }
    let part = |vm: &mut Vm, name: &str| -> PyResult<Option<Value>> {
        let name = vm.intern(name);
        Ok(Some(vm.getattr(args, &name)?).filter(|part| !part.is_none()))
    };
    let (value, message, object) = (part(vm, "exc_value")?, part(vm, "err_msg")?, part(vm, "object")?);
    match value.and_then(|value| value.downcast_into::<BaseException>().ok()) {
        Some(exception) => write(vm, &exception, message.as_ref(), object.as_ref()),
        None => {
            let heading = heading(vm, message.as_ref(), object.as_ref());
            let class = part(vm, "exc_type")?.map_or_else(|| "<unknown>".to_owned(), |class| shown(vm, &class));
            display::write_stderr(vm, &format!("{heading}{class}\n"));
            Ok(())
        }
    }
}

fn shown(vm: &mut Vm, object: &Value) -> String {
    match vm.repr(object) {
        Ok(shown) => shown.to_string_lossy().into_owned(),
        Err(raised) => {
            drop(vm.catch(raised));
            "<object repr() failed>".to_owned()
        }
    }
}

fn heading(vm: &mut Vm, message: Option<&Value>, object: Option<&Value>) -> String {
    let message = message.and_then(|message| match vm.str(message) {
        Ok(text) => Some(text.to_string_lossy().into_owned()),
        Err(raised) => {
            drop(vm.catch(raised));
            None
        }
    });
    match (message, object) {
        (message, Some(object)) => {
            let message = message.unwrap_or_else(|| "Exception ignored in".to_owned());
            format!("{message}: {}\n", shown(vm, object))
        }
        (Some(message), None) => format!("{message}:\n"),
        (None, None) => String::new(),
    }
}

/// Writes a report to standard error (`write_unraisable_exc_file`).
fn write(vm: &mut Vm, exception: &Ref<BaseException>, message: Option<&Value>, object: Option<&Value>) -> PyResult<()> {
    let text = heading(vm, message, object) + &display::exception_text(vm, exception);
    let Some(stderr) = sys::get(vm, "stderr").filter(|stderr| !stderr.is_none()) else { return Ok(()) };
    let text = vm.new_str(&text).into();
    vm.call_method(&stderr, &names::write, &[text])?;
    vm.call_method(&stderr, &names::flush, &[])?;
    Ok(())
}

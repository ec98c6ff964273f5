//! Exceptions that cannot be raised where they happen: `sys.unraisablehook`.

use pvm_object::exceptions::BaseException;
use pvm_object::{Ref, Value, Vm};

/// Reports an exception: what was ignored, where, and the traceback, on standard error.
pub fn report(vm: &mut Vm, exception: Ref<BaseException>, message: Option<&str>, object: Option<&Value>) {
    let pending = vm.take_pending();
    let mut text = message.unwrap_or("Exception ignored in").to_owned();
    if let Some(object) = object {
        let shown = match vm.repr(object) {
            Ok(shown) => shown.to_string(),
            Err(raised) => {
                drop(vm.catch(raised));
                "<object repr() failed>".to_owned()
            }
        };
        text += " ";
        text += &shown;
    }
    text += ":\n";
    text += &crate::display::exception_text(vm, &exception);
    crate::display::write_stderr(vm, &text);
    vm.restore_pending(pending);
}

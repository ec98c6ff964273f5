//! Showing exceptions: tracebacks as text, and standard error.

use std::io::Write;

use pvm_object::exceptions::BaseException;
use pvm_object::str::Str;
use pvm_object::traceback::Traceback;
use pvm_object::{Args, Object, Ref, Value, Vm, names};

/// The exception's last line: class and message.
pub fn headline(vm: &mut Vm, exception: &Object<BaseException>) -> String {
    let class = exception.ty().full_qualname(vm);
    let class = class.strip_prefix("__main__.").unwrap_or(&class).to_owned();
    let value = exception.to_value();
    let text = match vm.str(&value) {
        Ok(text) => text.to_string(),
        Err(raised) => {
            drop(vm.catch(raised));
            "<exception str() failed>".to_owned()
        }
    };
    if text.is_empty() { format!("{class}\n") } else { format!("{class}: {text}\n") }
}

/// Entries of one place that are shown before the rest is counted (`TB_RECURSIVE_CUTOFF`).
const SAME_PLACE_SHOWN: usize = 3;

/// A traceback as text, without the `traceback` module's help (`tb_printinternal`).
fn traceback_lines(vm: &mut Vm, traceback: &Value) -> String {
    let mut text = String::from("Traceback (most recent call last):\n");
    let mut next = traceback.downcast::<Traceback>().map(|traceback| traceback.to_ref());
    let (mut last, mut repeated) = (String::new(), 0);
    while let Some(traceback) = next {
        next = traceback.next(vm);
        let frame = traceback.frame();
        let Some(frame) = frame.downcast::<crate::frame_object::FrameObject>() else { continue };
        let code = frame.code();
        let line = code.raw.line_at(traceback.lasti().max(0) as usize).unwrap_or(code.raw.firstlineno);
        let place = format!("  File \"{}\", line {line}, in {}\n", &*code.filename, &*code.name);
        if place == last {
            repeated += 1;
        } else {
            text += &repetitions(repeated);
            (last, repeated) = (place, 1);
        }
        if repeated <= SAME_PLACE_SHOWN {
            text += &last;
            if let Some(source) = source_line(&code.filename.to_string_lossy(), line) {
                text += &format!("    {source}\n");
            }
        }
    }
    text + &repetitions(repeated)
}

fn repetitions(count: usize) -> String {
    match count.saturating_sub(SAME_PLACE_SHOWN) {
        0 => String::new(),
        1 => "  [Previous line repeated 1 more time]\n".to_owned(),
        more => format!("  [Previous line repeated {more} more times]\n"),
    }
}

/// A line of a source file, without its indentation.
fn source_line(path: &str, line: i32) -> Option<String> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let content = std::fs::read(path).ok()?;
    let text = String::from_utf8_lossy(&content);
    let line = text.lines().nth(index)?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// The whole text of an exception: the chain of causes and contexts, tracebacks, headlines. What the command prints goes by
/// way of the `traceback` module; this is for where that cannot run.
pub fn exception_text(vm: &mut Vm, exception: &Ref<BaseException>) -> String {
    let mut text = String::new();
    if let Some(traceback) = exception.traceback(vm) {
        text += &traceback_lines(vm, &traceback);
    }
    text += &headline(vm, exception);
    text
}

/// Prints an exception as an uncaught one: by way of the `traceback` module, natively where that cannot run.
pub fn print_exception(vm: &mut Vm, exception: &Ref<BaseException>) {
    if crate::sys::get(vm, "stderr").is_some_and(|stderr| stderr.is_none()) {
        return;
    }
    let print = vm.intern("_print_exception_bltin");
    let printed = match vm.import("traceback") {
        Ok(module) => vm.call_method(&module, &print, &[exception.clone().into()]),
        Err(raised) => Err(raised),
    };
    if let Err(raised) = printed {
        drop(vm.catch(raised));
        let text = exception_text(vm, exception);
        write_stderr(vm, &text);
    }
}

/// Prints an exception to a file that stands for standard error.
pub fn print_exception_to(vm: &mut Vm, exception: &Ref<BaseException>, file: &Value) {
    if crate::sys::get(vm, "stderr").is_some_and(|stderr| stderr.is(file)) {
        return print_exception(vm, exception);
    }
    let (print, keyword) = (vm.intern("print_exception"), vm.intern("file"));
    let keywords = vm.new_tuple(vec![keyword.into()]);
    let arguments = [exception.clone().into(), file.clone()];
    let module = vm.import("traceback").and_then(|module| vm.getattr(&module, &print));
    let printed = module.and_then(|print| vm.call_args(&print, Args::with_keywords(&arguments, Some(&keywords))));
    if let Err(raised) = printed {
        drop(vm.catch(raised));
    }
}

/// Writes to `sys.stderr`, or to the descriptor where that cannot be; nowhere if it is `None`.
pub fn write_stderr(vm: &mut Vm, text: &str) {
    let sys = crate::interpreter::state(vm).sys_dict(vm);
    if sys.get_str(&names::stderr, vm).is_none_or(|stderr| !stderr.is_none()) {
        write_error(vm, text);
    }
}

/// Writes to `sys.stderr`, or to the descriptor where that is not there.
pub fn write_error(vm: &mut Vm, text: &str) {
    let sys = crate::interpreter::state(vm).sys_dict(vm);
    if let Some(stderr) = sys.get_str(&names::stderr, vm).filter(|stderr| !stderr.is_none()) {
        let string: Ref<Str> = vm.new_str(text);
        match vm.call_method(&stderr, &names::write, &[string.into()]) {
            Ok(_) => {
                if let Err(raised) = vm.call_method(&stderr, &names::flush, &[]) {
                    drop(vm.catch(raised));
                }
                return;
            }
            Err(raised) => drop(vm.catch(raised)),
        }
    }
    // Where that does not work either there is nobody to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

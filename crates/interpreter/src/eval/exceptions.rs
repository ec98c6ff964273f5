//! Raising and handling exceptions.

use pvm_object::exceptions::{self, BaseException};
use pvm_object::tuple::Tuple;
use pvm_object::types::Type;
use pvm_object::{Args, PyResult, Raised, Ref, Slot, Value, Vm};

use super::stack::{drop_top, finish, peek, peek_option, push};
use crate::frame::Frame;

/// `RERAISE`: raises the exception on top of the stack as it is.
pub(super) unsafe fn reraise(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operand is on the stack.
    let exception = unsafe { peek(sp, 1) }.to_owned();
    Err(match exception.downcast_into::<BaseException>() {
        Ok(exception) => {
            super::unwind::mark_reraised(vm);
            vm.reraise(exception)
        }
        Err(_) => vm.system_error(format_args!("RERAISE without an exception")),
    })
}

/// `RAISE_VARARGS`: what is raised and its cause are on the stack, as many of them as the operand says.
pub(super) unsafe fn raise(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: the operands are on the stack.
    Err(unsafe {
        match oparg {
            0 => raise_again(vm),
            1 => raise_value(vm, &peek(sp, 1), None),
            _ => raise_value(vm, &peek(sp, 2), Some(&peek(sp, 1))),
        }
    })
}

/// `raise` alone.
fn raise_again(vm: &mut Vm) -> Raised {
    match vm.thread().handled() {
        Some(exception) => {
            super::unwind::mark_reraised(vm);
            vm.reraise(exception)
        }
        None => vm.runtime_error(format_args!("No active exception to reraise")),
    }
}

/// An instance out of an exception class or instance; the error where it is neither.
fn instance_of(vm: &mut Vm, value: &Value, message: &str) -> Result<Ref<BaseException>, Raised> {
    if let Some(class) = value.downcast::<Type>()
        && class.is_subclass_of(&exceptions::BASE_EXCEPTION, vm)
    {
        let instance = vm.call(value, &[])?;
        return instance.downcast_into::<BaseException>().map_err(|instance| {
            let (class, got) = (vm.repr(value), vm.repr(&instance.ty().to_value()));
            match (class, got) {
                (Ok(class), Ok(got)) => {
                    vm.type_error(format_args!("calling {class} should have returned an instance of BaseException, not {got}"))
                }
                (Err(raised), _) | (_, Err(raised)) => raised,
            }
        });
    }
    match value.downcast::<BaseException>() {
        Some(exception) => Ok(exception.to_ref()),
        None => Err(vm.type_error(format_args!("{message}"))),
    }
}

/// `raise value from cause`.
fn raise_value(vm: &mut Vm, value: &Value, cause: Option<&Value>) -> Raised {
    let exception = match instance_of(vm, value, "exceptions must derive from BaseException") {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    if let Some(cause) = cause {
        let cause = if cause.is_none() {
            None
        } else {
            match instance_of(vm, cause, "exception causes must derive from BaseException") {
                Ok(cause) => Some(cause),
                Err(raised) => return raised,
            }
        };
        exception.set_cause(cause, vm);
    }
    vm.raise(exception)
}

pub(super) unsafe fn push_exc_info(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, the exception.
    unsafe {
        let exception = *sp.sub(1);
        let handled: Ref<BaseException> = match exception.value().to_owned().downcast_into() {
            Ok(exception) => exception,
            Err(_) => return Err(vm.system_error(format_args!("PUSH_EXC_INFO without an exception"))),
        };
        let before = vm.thread().set_handled(Some(handled));
        *sp.sub(1) = Slot::owned(before.map_or_else(Value::none, Value::from));
        *sp = exception;
        Ok(sp.add(1))
    }
}

pub(super) unsafe fn pop_except(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, what was handled before.
    unsafe {
        let before = sp.sub(1).replace(Slot::EMPTY).into_value();
        let old = vm.thread().set_handled(before.downcast_into::<BaseException>().ok());
        if let Some(old) = old {
            vm.release(old.into());
        }
        Ok(sp.sub(1))
    }
}

const CANNOT_CATCH: &str = "catching classes that do not inherit from BaseException is not allowed";

fn check_catchable(vm: &mut Vm, class: &Value) -> PyResult<()> {
    let catchable = |vm: &Vm, class: &Value| {
        class.downcast::<Type>().is_some_and(|class| class.is_subclass_of(&exceptions::BASE_EXCEPTION, vm))
    };
    let good = match class.downcast::<Tuple>() {
        Some(classes) => classes.as_slice().iter().all(|class| catchable(vm, class)),
        None => catchable(vm, class),
    };
    if good { Ok(()) } else { Err(vm.type_error(format_args!("{CANNOT_CATCH}"))) }
}

/// `except*` takes classes that can be caught, but no groups.
fn check_no_group(vm: &mut Vm, class: &Value) -> PyResult<()> {
    check_catchable(vm, class)?;
    let group = exceptions::BASE_EXCEPTION_GROUP.get();
    let is_group = |class: &Value| class.downcast::<Type>().is_some_and(|class| class.is_subclass_of(group, vm));
    let found = match class.downcast::<Tuple>() {
        Some(classes) => classes.as_slice().iter().any(is_group),
        None => is_group(class),
    };
    if found {
        return Err(vm.type_error(format_args!("catching ExceptionGroup with except* is not allowed. Use except instead.")));
    }
    Ok(())
}

/// Whether an exception is of a class, or of one in a tuple; `__subclasscheck__` has no say.
fn matches(vm: &Vm, exception: &Value, class: &Value) -> bool {
    match class.downcast::<Tuple>() {
        Some(classes) => classes.as_slice().iter().any(|class| matches(vm, exception, class)),
        None => class.downcast::<Type>().is_some_and(|class| exception.ty().is_subclass_of(class, vm)),
    }
}

pub(super) unsafe fn check_exc_match(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands; the exception stays.
    unsafe {
        let (exception, class) = (peek(sp, 2), peek(sp, 1));
        let found = class.is(&exception.ty().as_value()) || {
            check_catchable(vm, &class)?;
            matches(vm, &exception, &class)
        };
        Ok(finish(vm, sp, 1, Value::from_bool(found)))
    }
}

pub(super) unsafe fn check_eg_match(vm: &mut Vm, frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands: the exception or group, and what to match.
    unsafe {
        let (exception, class) = (peek(sp, 2), peek(sp, 1));
        check_no_group(vm, &class)?;
        let (matched, rest) = vm.split_exception_group(&exception, &class)?;
        if let Some(matched) = matched.as_ref().and_then(|matched| matched.downcast::<BaseException>()) {
            if !exception.is_instance_of::<exceptions::BaseExceptionGroup>() {
                // The group around a naked exception comes into being here.
                let here = crate::frame_object::of(vm, frame).into();
                let traceback = vm.new_traceback(None, here, (*frame).lasti());
                matched.set_traceback(Some(traceback.into()), vm);
            }
            drop(vm.thread().set_handled(Some(matched.to_ref())));
        }
        let (matched, rest) = (matched.unwrap_or_else(Value::none), rest.unwrap_or_else(Value::none));
        let sp = drop_top(vm, sp, 2);
        let sp = push(sp, rest);
        Ok(push(sp, matched))
    }
}

/// Calls `__exit__` with the exception: `exit, self or nothing, lasti, handled before, exception` lie on the stack.
pub(super) unsafe fn with_except_start(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: five operands, which stay.
    unsafe {
        let (exit, receiver, exception) = (peek(sp, 5), peek_option(sp, 4), peek(sp, 1));
        let traceback = match exception.downcast::<BaseException>() {
            Some(exception) => exception.traceback(vm).unwrap_or_else(Value::none),
            None => Value::none(),
        };
        let args = [exception.ty().to_value(), exception.to_owned(), traceback];
        let result = match receiver {
            Some(receiver) => Args::positional(&args).with_first(&receiver, |args| vm.call_args(&exit, args))?,
            None => vm.call(&exit, &args)?,
        };
        Ok(push(sp, result))
    }
}

/// After an exception thrown into what a generator waits for: `StopIteration` ends the waiting.
pub(super) unsafe fn cleanup_throw(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: three operands: the receiver, the last value, the exception.
    unsafe {
        let exception = peek(sp, 1).to_owned();
        let exception: Ref<BaseException> = match exception.downcast_into() {
            Ok(exception) => exception,
            Err(_) => return Err(vm.system_error(format_args!("CLEANUP_THROW without an exception"))),
        };
        if !exception.ty().is_subclass_of(&exceptions::STOP_ITERATION, vm) {
            super::unwind::mark_reraised(vm);
            return Err(vm.reraise(exception));
        }
        let value = vm.stop_iteration_value(&exception);
        let sp = drop_top(vm, sp, 3);
        let sp = push(sp, Value::none());
        Ok(push(sp, value))
    }
}

pub(super) unsafe fn end_async_for(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands: the iterator and the exception.
    unsafe {
        let exception = peek(sp, 1).to_owned();
        let exception: Ref<BaseException> = match exception.downcast_into() {
            Ok(exception) => exception,
            Err(_) => return Err(vm.system_error(format_args!("END_ASYNC_FOR without an exception"))),
        };
        if exception.ty().is_subclass_of(&exceptions::STOP_ASYNC_ITERATION, vm) {
            return Ok(drop_top(vm, sp, 2));
        }
        super::unwind::mark_reraised(vm);
        Err(vm.reraise(exception))
    }
}

//! What generators and coroutines offer to Python.

use pvm_bytecode::flags::CO_ASYNC_GENERATOR;
use pvm_object::exceptions::{self, BaseException};
use pvm_object::native::MemberDef;
use pvm_object::tuple::Tuple;
use pvm_object::types::slots::Sent;
use pvm_object::types::{Slots, Type, TypeDef};
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, names};

use super::{FLAGS, Generator, State, kind_name};
use crate::monitoring::{self, event};

/// The definition of one of the classes.
pub(super) const fn definition(name: &'static str, members: &'static [MemberDef]) -> TypeDef {
    TypeDef {
        name,
        module: "builtins",
        full_name: name,
        doc: None,
        base: Some(&pvm_object::types::OBJECT_TYPE),
        also: None,
        members,
        flags: FLAGS,
    }
}

#[allow(clippy::declare_interior_mutable_const)]
pub(super) const GENERATOR_SLOTS: Slots =
    Slots::new().with_iter(itself).with_next(next).with_send(send_slot).with_finalize(finalize).with_repr(repr);
#[allow(clippy::declare_interior_mutable_const)]
pub(super) const COROUTINE_SLOTS: Slots =
    Slots::new().with_await(super::awaitable::wrapper).with_send(send_slot).with_finalize(finalize).with_repr(repr);
#[allow(clippy::declare_interior_mutable_const)]
pub(super) const ASYNC_GENERATOR_SLOTS: Slots =
    Slots::new().with_async_iter(itself).with_async_next(super::async_generator::next).with_finalize(finalize).with_repr(repr);

/// The generator that a method was called on.
pub(crate) fn generator(value: &Value) -> &Object<Generator> {
    value.downcast::<Generator>().expect("the method belongs to generators")
}

fn itself(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(this.clone())
}

fn next(vm: &mut Vm, this: &Value) -> PyResult<Option<Value>> {
    match super::send(vm, generator(this), Value::none())? {
        Sent::Yielded(item) => Ok(Some(item)),
        Sent::Returned(value) if value.is_none() => Ok(None),
        Sent::Returned(value) => Err(vm.stop_iteration_with(value)),
    }
}

fn send_slot(vm: &mut Vm, this: &Value, value: Value) -> PyResult<Sent> {
    super::send(vm, generator(this), value)
}

fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let generator = generator(this);
    let text = format!("<{} object {} at {:#x}>", this.ty().name(), &*generator.qualname.get(vm), this.bits());
    Ok(vm.new_str(&text).into())
}

/// The result of `send` or `throw` as Python sees it.
pub(super) fn outcome(vm: &mut Vm, sent: Sent) -> PyResult {
    match sent {
        Sent::Yielded(item) => Ok(item),
        Sent::Returned(value) if value.is_none() => Err(vm.stop_iteration()),
        Sent::Returned(value) => Err(vm.stop_iteration_with(value)),
    }
}

pub(super) fn send(vm: &mut Vm, this: &Value, value: &Value) -> PyResult {
    let sent = super::send(vm, generator(this), value.clone())?;
    outcome(vm, sent)
}

pub(super) fn send_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    match (args.get(0), args.len(), args.has_keywords()) {
        (Some(value), 1, false) => send(vm, this, &value),
        (_, got, _) => {
            refuse_keywords(vm, this, "send", args)?;
            let kind = this.ty().name();
            Err(vm.type_error(format_args!("{kind}.send() takes exactly one argument ({got} given)")))
        }
    }
}

pub(super) fn throw_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let [kind, value, traceback] = throw_arguments(vm, this, args)?;
    let sent = throw(vm, generator(this), &kind.unwrap_or_else(Value::none), value, traceback)?;
    outcome(vm, sent)
}

/// The type, value and traceback out of the arguments of a `throw` (`gen_throw`).
pub(super) fn throw_arguments(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<[Option<Value>; 3]> {
    refuse_keywords(vm, this, "throw", args)?;
    check_throw_count(vm, "throw", args.len())?;
    if args.len() > 1 {
        warn_of_old_form(vm, "throw")?;
    }
    Ok([0, 1, 2].map(|index| args.get(index).map(|value| value.to_owned())))
}

/// How many arguments a `throw` or `athrow` may have.
pub(super) fn check_throw_count(vm: &mut Vm, name: &str, got: usize) -> PyResult<()> {
    match got {
        0 => Err(vm.type_error(format_args!("{name} expected at least 1 argument, got 0"))),
        1..=3 => Ok(()),
        _ => Err(vm.type_error(format_args!("{name} expected at most 3 arguments, got {got}"))),
    }
}

fn warn_of_old_form(vm: &mut Vm, name: &str) -> PyResult<()> {
    let message = format!("the (type, exc, tb) signature of {name}() is deprecated, use the single-arg signature instead.");
    vm.warn(exceptions::DEPRECATION_WARNING.get(), &message, 1)
}

/// `throw(type, value, traceback)` (`_gen_throw`).
pub(crate) fn throw(
    vm: &mut Vm,
    generator: &Object<Generator>,
    kind: &Value,
    value: Option<Value>,
    traceback: Option<Value>,
) -> PyResult<Sent> {
    throw_into(vm, generator, true, kind, value, traceback)
}

/// As [`throw`]; `closes` says whether `GeneratorExit` closes what the generator waits for, or goes there like any other
/// exception: asynchronous generators may still await something.
pub(super) fn throw_into(
    vm: &mut Vm,
    generator: &Object<Generator>,
    closes: bool,
    kind: &Value,
    value: Option<Value>,
    traceback: Option<Value>,
) -> PyResult<Sent> {
    vm.check_recursion("")?;
    if let Some(delegate) = generator.awaited() {
        if closes && is_generator_exit(vm, kind) {
            if let Err(raised) = super::as_running(vm, generator, |vm| close_delegate(vm, &delegate)) {
                return delegate_done(vm, generator, Err(raised));
            }
        } else if let Some(inner) = delegate_generator(&delegate) {
            let result = super::on_stack(vm, generator, |vm| throw_into(vm, inner, closes, kind, value, traceback));
            return delegate_done(vm, generator, result);
        } else if let Some(method) = vm.find_attr(&delegate, &names::throw)? {
            let mut args = vec![kind.clone()];
            args.extend(value);
            args.extend(traceback);
            let result = super::on_stack(vm, generator, |vm| vm.call(&method, &args));
            return delegate_done(vm, generator, result.map(Sent::Yielded));
        }
    }
    prepare(vm, kind, value, traceback)?;
    super::raise_inside(vm, generator)
}

/// The generator or coroutine that another waits for.
fn delegate_generator(delegate: &Value) -> Option<&Object<Generator>> {
    delegate.downcast::<Generator>().filter(|inner| inner.code.raw.flags & CO_ASYNC_GENERATOR == 0)
}

/// What a delegate did with an exception: it yielded, or it is done and the generator goes on.
fn delegate_done(vm: &mut Vm, generator: &Object<Generator>, result: PyResult<Sent>) -> PyResult<Sent> {
    match result {
        Ok(Sent::Yielded(item)) => Ok(Sent::Yielded(item)),
        Ok(Sent::Returned(value)) => super::delegate_returned(vm, generator, value),
        Err(_) => super::raise_inside(vm, generator),
    }
}

fn is_generator_exit(vm: &Vm, kind: &Value) -> bool {
    let exit = exceptions::GENERATOR_EXIT.get();
    match kind.downcast::<Type>() {
        Some(class) => class.is_subclass_of(exit, vm),
        None => kind.ty().is_subclass_of(exit, vm),
    }
}

/// Makes the exception that `throw` was given the pending one. What goes wrong while it is made is thrown instead.
fn prepare(vm: &mut Vm, kind: &Value, value: Option<Value>, traceback: Option<Value>) -> PyResult<()> {
    let traceback = traceback.filter(|traceback| !traceback.is_none());
    if traceback.as_ref().is_some_and(|traceback| !traceback.is_instance_of::<pvm_object::traceback::Traceback>()) {
        return Err(vm.type_error(format_args!("throw() third argument must be a traceback object")));
    }
    let is_class = kind.downcast::<Type>().is_some_and(|class| class.is_subclass_of(&exceptions::BASE_EXCEPTION, vm));
    let exception = if is_class {
        match normalize(vm, kind, value.filter(|value| !value.is_none())) {
            Ok(exception) => exception,
            Err(raised) => vm.catch(raised),
        }
    } else {
        let Some(exception) = kind.downcast::<BaseException>() else {
            let kind = vm.type_name(kind);
            let message = "exceptions must be classes or instances deriving from BaseException, not";
            return Err(vm.type_error(format_args!("{message} {kind}")));
        };
        if value.is_some_and(|value| !value.is_none()) {
            return Err(vm.type_error(format_args!("instance exception may not have a separate value")));
        }
        exception.to_ref()
    };
    if let Some(traceback) = traceback {
        exception.set_traceback(Some(traceback), vm);
    }
    let _ = vm.reraise(exception);
    Ok(())
}

/// The exception that a class and a value make: an instance stays as it is, a tuple is the arguments
/// (`PyErr_NormalizeException`).
fn normalize(vm: &mut Vm, class: &Value, value: Option<Value>) -> PyResult<Ref<BaseException>> {
    let args = match value {
        None => vec![],
        Some(value) => {
            if let Some(exception) = value.downcast::<BaseException>()
                && vm.is_subclass(&exception.ty().to_value(), class)?
            {
                return Ok(exception.to_ref());
            }
            match value.downcast::<Tuple>() {
                Some(args) => args.as_slice().to_vec(),
                None => vec![value],
            }
        }
    };
    vm.call(class, &args)?.downcast_into::<BaseException>().map_err(|instance| match vm.repr(class) {
        Ok(class) => {
            let got = vm.type_name(&instance);
            vm.type_error(format_args!("calling {class} should have returned an instance of BaseException, not {got}"))
        }
        Err(raised) => raised,
    })
}

/// Closes what a generator waits for (`gen_close_iter`).
fn close_delegate(vm: &mut Vm, delegate: &Value) -> PyResult<()> {
    if let Some(inner) = delegate_generator(delegate) {
        return close(vm, inner).map(drop);
    }
    match vm.find_attr(delegate, &names::close) {
        Ok(Some(method)) => vm.call(&method, &[]).map(drop),
        Ok(None) => Ok(()),
        Err(raised) => {
            vm.report_unraisable(raised, Some("Exception ignored while closing generator"), Some(delegate));
            Ok(())
        }
    }
}

/// `close()`: what the generator returned, `None` where it was not suspended (`gen_close`).
pub(crate) fn close(vm: &mut Vm, generator: &Object<Generator>) -> PyResult {
    match generator.state() {
        State::Finished => return Ok(Value::none()),
        State::Created => {
            super::end_unseen(vm, generator);
            return Ok(Value::none());
        }
        State::Running => {
            let kind = kind_name(generator);
            return Err(vm.value_error(format_args!("{kind} already executing")));
        }
        State::Suspended => {}
    }
    vm.check_recursion("")?;
    let closed = match generator.awaited() {
        Some(delegate) => super::as_running(vm, generator, |vm| close_delegate(vm, &delegate)),
        None => Ok(()),
    };
    // Tools that watch frames end see the `GeneratorExit` come.
    if generator.handles_nothing() && !monitoring::wants(vm, 1 << event::PY_UNWIND) {
        super::end_unseen(vm, generator);
        return closed.map(|()| Value::none());
    }
    if closed.is_ok() {
        let exit = vm.new_exception(exceptions::GENERATOR_EXIT.get(), vec![]);
        let _ = vm.reraise(exit);
    }
    match super::raise_inside(vm, generator) {
        Ok(Sent::Yielded(item)) => {
            drop(item);
            let kind = kind_name(generator);
            Err(vm.runtime_error(format_args!("{kind} ignored GeneratorExit")))
        }
        Ok(Sent::Returned(value)) => Ok(value),
        Err(_) if vm.pending_is(exceptions::GENERATOR_EXIT.get()) || vm.pending_is(exceptions::STOP_ITERATION.get()) => {
            drop(vm.take_pending());
            Ok(Value::none())
        }
        Err(raised) => Err(raised),
    }
}

pub(super) fn close_method(vm: &mut Vm, this: &Value) -> PyResult {
    close(vm, generator(this))
}

pub(super) fn close_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    check_no_arguments(vm, this, "close", args)?;
    close_method(vm, this)
}

fn refuse_keywords(vm: &mut Vm, this: &Value, name: &str, args: Args<'_>) -> PyResult<()> {
    if args.has_keywords() {
        let kind = this.ty().name();
        return Err(vm.type_error(format_args!("{kind}.{name}() takes no keyword arguments")));
    }
    Ok(())
}

fn check_no_arguments(vm: &mut Vm, this: &Value, name: &str, args: Args<'_>) -> PyResult<()> {
    refuse_keywords(vm, this, name, args)?;
    let kind = this.ty().name();
    match args.len() {
        0 => Ok(()),
        got => Err(vm.type_error(format_args!("{kind}.{name}() takes no arguments ({got} given)"))),
    }
}

/// A generator that is given up while it waits is closed (PEP 342).
pub(crate) fn finalize(vm: &mut Vm, this: &Value) {
    let generator = generator(this);
    if generator.state() == State::Finished {
        return;
    }
    if generator.state() == State::Created && generator.is_coroutine() {
        super::awaitable::warn_never_awaited(vm, this, generator);
        return super::end_unseen(vm, generator);
    }
    if let Some(hook) = generator.finalizer.get(vm)
        && !generator.closed.get()
    {
        if let Err(raised) = vm.call(&hook, std::slice::from_ref(this)) {
            vm.report_unraisable(raised, Some("Exception ignored while finalizing generator"), Some(this));
        }
        return;
    }
    if let Err(raised) = close(vm, generator) {
        vm.report_unraisable(raised, Some("Exception ignored while closing generator"), Some(this));
    }
}

pub(super) fn asend(vm: &mut Vm, this: &Value, value: &Value) -> PyResult {
    super::async_generator::new_send(vm, this, value.clone())
}

pub(super) fn asend_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    match (args.get(0), args.len(), args.has_keywords()) {
        (Some(value), 1, false) => asend(vm, this, &value),
        (_, got, _) => {
            refuse_keywords(vm, this, "asend", args)?;
            Err(vm.type_error(format_args!("async_generator.asend() takes exactly one argument ({got} given)")))
        }
    }
}

pub(super) fn athrow(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    refuse_keywords(vm, this, "athrow", args)?;
    if args.len() > 1 {
        warn_of_old_form(vm, "athrow")?;
    }
    super::async_generator::new_throw(vm, this, Some(args.to_values()))
}

pub(super) fn aclose(vm: &mut Vm, this: &Value) -> PyResult {
    super::async_generator::new_throw(vm, this, None)
}

pub(super) fn aclose_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    check_no_arguments(vm, this, "aclose", args)?;
    aclose(vm, this)
}

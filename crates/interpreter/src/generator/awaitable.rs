//! Awaiting: what `await`, `async for` and `yield from` accept, and the wrapper that `coroutine.__await__` returns.

use pvm_object::exceptions;
use pvm_object::trace::{Trace, Visitor};
use pvm_object::types::slots::Sent;
use pvm_object::types::{NativeLayout, OBJECT_TYPE, PyClass, Slots, Type, TypeDef};
use pvm_object::{Args, Object, PyResult, Ref, Static, Value, Vm};

use super::methods::{close_any, generator, send_any, throw_any};
use super::{Generator, send};
use crate::warnings;

/// The iterator that `await value` runs (`_PyCoro_GetAwaitableIter`); `where_` tells the context for messages: 1 and 2 are
/// `__aenter__` and `__aexit__` of `async with`.
pub(crate) fn iterator_of(vm: &mut Vm, value: &Value, where_: usize) -> PyResult {
    if let Some(generator) = value.downcast::<Generator>()
        && (generator.is_coroutine() || generator.is_iterable_coroutine())
    {
        return Ok(value.clone());
    }
    let Some(get) = value.ty().slots().r#await() else {
        let kind = vm.type_name(value);
        return Err(match where_ {
            1 => vm.type_error(format_args!(
                "'async with' received an object from __aenter__ that does not implement __await__: {kind}"
            )),
            2 => vm.type_error(format_args!(
                "'async with' received an object from __aexit__ that does not implement __await__: {kind}"
            )),
            _ => vm.type_error(format_args!("'{kind}' object can't be awaited")),
        });
    };
    let iterator = get(vm, value)?;
    if iterator.downcast::<Generator>().is_some_and(|generator| generator.is_coroutine() || generator.is_iterable_coroutine()) {
        return Err(vm.type_error(format_args!("__await__() returned a coroutine")));
    }
    if iterator.ty().slots().next().is_none() {
        let kind = vm.type_name(&iterator);
        return Err(vm.type_error(format_args!("__await__() returned non-iterator of type '{kind}'")));
    }
    Ok(iterator)
}

/// The awaitable of the next item of an asynchronous iterator.
pub(crate) fn next_of(vm: &mut Vm, iterator: &Value) -> PyResult {
    let Some(next) = iterator.ty().slots().async_next() else {
        let kind = vm.type_name(iterator);
        return Err(vm.type_error(format_args!("'async for' requires an iterator with __anext__ method, got {kind}")));
    };
    let awaitable = next(vm, iterator)?;
    match iterator_of(vm, &awaitable, 0) {
        Ok(iterator) => Ok(iterator),
        Err(raised) => {
            let cause = vm.catch(raised);
            let kind = vm.type_name(&awaitable);
            let raised = vm.type_error(format_args!("'async for' received an invalid object from __anext__: {kind}"));
            let error = vm.catch(raised);
            error.set_cause(Some(cause.clone()), vm);
            error.set_context(Some(cause), vm);
            Err(vm.reraise(error))
        }
    }
}

/// A coroutine that was never awaited: the warning (`_PyErr_WarnUnawaitedCoroutine`).
pub(super) fn warn_never_awaited(vm: &mut Vm, value: &Value, coroutine: &Object<Generator>) {
    const IGNORED: &str = "Exception ignored while finalizing coroutine";
    let warned = match warnings::call_unawaited_hook(vm, value) {
        Ok(warned) => warned,
        Err(raised) => {
            let warned = vm.pending_is(exceptions::RUNTIME_WARNING.get());
            vm.report_unraisable(raised, Some(IGNORED), Some(value));
            warned
        }
    };
    if !warned {
        let name = coroutine.qualname.get(vm).to_string_lossy().into_owned();
        let message = format!("coroutine '{name}' was never awaited");
        if let Err(raised) = warnings::warn_about(vm, exceptions::RUNTIME_WARNING.get(), &message, 1, value) {
            vm.report_unraisable(raised, Some(IGNORED), Some(value));
        }
    }
}

/// What a method of an asynchronous generator gave was never awaited: the warning (`_PyErr_WarnUnawaitedAgenMethod`).
pub(super) fn warn_method_never_awaited(vm: &mut Vm, generator: &Object<Generator>, method: &str) {
    let value = generator.to_value();
    let qualname = generator.qualname.get(vm).into();
    let warned = vm.repr(&qualname).and_then(|name| {
        let message = format!("coroutine method '{method}' of {} was never awaited", name.to_string_lossy());
        warnings::warn_about(vm, exceptions::RUNTIME_WARNING.get(), &message, 1, &value)
    });
    if let Err(raised) = warned {
        vm.report_unraisable(raised, Some("Exception ignored while finalizing async generator"), Some(&value));
    }
}

/// The native half of what `coroutine.__await__()` returns.
pub struct CoroutineWrapper {
    coroutine: Ref<Generator>,
}

// SAFETY: the coroutine is visited once.
unsafe impl Trace for CoroutineWrapper {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.coroutine.trace(visitor);
    }
}

static LAYOUT: NativeLayout = NativeLayout::of::<CoroutineWrapper>();
static DEF: TypeDef = TypeDef {
    name: "coroutine_wrapper",
    module: "builtins",
    full_name: "coroutine_wrapper",
    doc: Some("A wrapper object implementing __await__ for coroutines."),
    base: Some(&OBJECT_TYPE),
    also: None,
    members: super::members::WRAPPER_MEMBERS,
    flags: 0,
};

/// The class of what `coroutine.__await__()` returns.
pub static COROUTINE_WRAPPER_TYPE: Static<Type> =
    Static::new_class(&DEF, &LAYOUT, Slots::new().with_iter(itself).with_next(next).with_send(send_slot));

// SAFETY: the static is declared with the layout of `CoroutineWrapper`.
unsafe impl PyClass for CoroutineWrapper {
    const TYPE: &'static Static<Type> = &COROUTINE_WRAPPER_TYPE;
}

pub(super) fn wrapper(vm: &mut Vm, this: &Value) -> PyResult {
    let coroutine = generator(this).to_ref();
    Ok(vm.alloc(CoroutineWrapper { coroutine }).into())
}

fn wrapped(value: &Value) -> Ref<Generator> {
    value.downcast::<CoroutineWrapper>().expect("the slot belongs to coroutine wrappers").coroutine.clone()
}

fn itself(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(this.clone())
}

fn next(vm: &mut Vm, this: &Value) -> PyResult<Option<Value>> {
    match send(vm, &wrapped(this), Value::none())? {
        Sent::Yielded(item) => Ok(Some(item)),
        Sent::Returned(value) if value.is_none() => Ok(None),
        Sent::Returned(value) => Err(vm.stop_iteration_with(value)),
    }
}

fn send_slot(vm: &mut Vm, this: &Value, value: Value) -> PyResult<Sent> {
    send(vm, &wrapped(this), value)
}

pub(super) fn wrapper_send(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    send_any(vm, &wrapped(this).into(), args)
}

pub(super) fn wrapper_throw(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    throw_any(vm, &wrapped(this).into(), args)
}

pub(super) fn wrapper_close(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    close_any(vm, &wrapped(this).into(), args)
}

//! Awaiting: what `await`, `async for` and `yield from` accept, and the wrapper that `coroutine.__await__` returns.

use pvm_object::exceptions;
use pvm_object::native::{DirectEntries, Effects, MemberDef, MethodDef, MethodKind};
use pvm_object::trace::{Trace, Visitor};
use pvm_object::types::slots::Sent;
use pvm_object::types::{NativeLayout, OBJECT_TYPE, PyClass, Slots, Type, TypeDef};
use pvm_object::{Args, Object, PyResult, Ref, Static, Value, Vm};

use super::methods::{close, generator, outcome, throw};
use super::{Generator, send};

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

/// A coroutine that was never awaited: the warning.
pub(super) fn warn_never_awaited(vm: &mut Vm, value: &Value, coroutine: &Object<Generator>) {
    let name = coroutine.qualname.get(vm).to_string();
    let warned = vm.warn(exceptions::RUNTIME_WARNING.get(), &format!("coroutine '{name}' was never awaited"), 1);
    if let Err(raised) = warned {
        vm.report_unraisable(raised, None, Some(value));
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
    members: &[MemberDef::Method(&SEND), MemberDef::Method(&THROW), MemberDef::Method(&CLOSE)],
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

fn send_method(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let value = args.get(0).map_or_else(Value::none, |value| value.to_owned());
    let sent = send(vm, &wrapped(this), value)?;
    outcome(vm, sent)
}

fn throw_method(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let Some(kind) = args.get(0) else { return Err(vm.type_error(format_args!("throw expected at least 1 argument, got 0"))) };
    let (value, traceback) = (args.get(1).map(|value| value.to_owned()), args.get(2).map(|value| value.to_owned()));
    let sent = throw(vm, &wrapped(this), &kind, value, traceback)?;
    outcome(vm, sent)
}

fn close_method(vm: &mut Vm, this: &Value, _args: Args<'_>) -> PyResult {
    close(vm, &wrapped(this))
}

const NO_DIRECT: DirectEntries = DirectEntries { zero: None, one: None, two: None };

static SEND: MethodDef = MethodDef {
    name: "send",
    doc: None,
    kind: MethodKind::Instance,
    call: send_method,
    direct: NO_DIRECT,
    effects: Effects::Anything,
};
static THROW: MethodDef = MethodDef {
    name: "throw",
    doc: None,
    kind: MethodKind::Instance,
    call: throw_method,
    direct: NO_DIRECT,
    effects: Effects::Anything,
};
static CLOSE: MethodDef = MethodDef {
    name: "close",
    doc: None,
    kind: MethodKind::Instance,
    call: close_method,
    direct: NO_DIRECT,
    effects: Effects::Anything,
};

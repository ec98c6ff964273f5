//! What generators and coroutines offer to Python.

use pvm_object::exceptions::{self, BaseException};
use pvm_object::native::{DirectEntries, Effects, GetSetDef, MemberDef, MethodDef, MethodKind};
use pvm_object::str::Str;
use pvm_object::types::slots::Sent;
use pvm_object::types::{Slots, Type, TypeDef};
use pvm_object::{Args, Object, PyResult, Raised, Value, Vm, names};

use super::{FLAGS, Generator, State, kind_name};

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

fn send(vm: &mut Vm, this: &Value, value: &Value) -> PyResult {
    let sent = super::send(vm, generator(this), value.clone())?;
    outcome(vm, sent)
}

fn send_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    match (args.get(0), args.len(), args.has_keywords()) {
        (Some(value), 1, false) => send(vm, this, &value),
        (_, got, _) => {
            let kind = this.ty().name();
            Err(vm.type_error(format_args!("{kind}.send() takes exactly one argument ({got} given)")))
        }
    }
}

fn throw_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let got = args.len();
    if got == 0 {
        return Err(vm.type_error(format_args!("throw expected at least 1 argument, got 0")));
    }
    if got > 3 {
        return Err(vm.type_error(format_args!("throw expected at most 3 arguments, got {got}")));
    }
    if got > 1 {
        vm.warn(
            exceptions::DEPRECATION_WARNING.get(),
            "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.",
            1,
        )?;
    }
    let kind = args.get(0).expect("there is an argument").to_owned();
    let value = args.get(1).map(|value| value.to_owned());
    let traceback = args.get(2).map(|value| value.to_owned());
    let sent = throw(vm, generator(this), &kind, value, traceback)?;
    outcome(vm, sent)
}

/// `throw(type, value, traceback)` (`_gen_throw`).
pub(crate) fn throw(
    vm: &mut Vm,
    generator: &Object<Generator>,
    kind: &Value,
    value: Option<Value>,
    traceback: Option<Value>,
) -> PyResult<Sent> {
    if let Some(delegate) = generator.awaited() {
        if is_generator_exit(vm, kind) {
            close_delegate(vm, generator, &delegate)?;
        } else if let Some(inner) =
            delegate.downcast::<Generator>().filter(|inner| inner.code.raw.flags & pvm_bytecode::flags::CO_ASYNC_GENERATOR == 0)
        {
            let result = throw(vm, inner, kind, value, traceback);
            return delegate_done(vm, generator, result);
        } else if let Some(method) = vm.find_attr(&delegate, &names::throw)? {
            let mut args = vec![kind.clone()];
            args.extend(value);
            args.extend(traceback);
            let result = vm.call(&method, &args);
            return match result {
                Ok(item) => Ok(Sent::Yielded(item)),
                Err(raised) => delegate_done(vm, generator, Err(raised)),
            };
        }
    }
    prepare(vm, kind, value, traceback)?;
    super::raise_inside(vm, generator)
}

/// What a delegate did with an exception: it yielded, or it is done and the generator goes on.
fn delegate_done(vm: &mut Vm, generator: &Object<Generator>, result: PyResult<Sent>) -> PyResult<Sent> {
    match result {
        Ok(Sent::Yielded(item)) => Ok(Sent::Yielded(item)),
        Ok(Sent::Returned(value)) => super::delegate_returned(vm, generator, value),
        Err(_) if vm.pending_is(exceptions::STOP_ITERATION.get()) => {
            let stop = vm.take_pending().expect("an exception is pending");
            let value = vm.stop_iteration_value(&stop);
            super::delegate_returned(vm, generator, value)
        }
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

/// Makes the exception that `throw` was given the pending one.
fn prepare(vm: &mut Vm, kind: &Value, value: Option<Value>, traceback: Option<Value>) -> PyResult<()> {
    let traceback = traceback.filter(|traceback| !traceback.is_none());
    if traceback.as_ref().is_some_and(|traceback| !traceback.is_instance_of::<pvm_object::traceback::Traceback>()) {
        return Err(vm.type_error(format_args!("throw() third argument must be a traceback object")));
    }
    let is_class = kind.downcast::<Type>().is_some_and(|class| class.is_subclass_of(&exceptions::BASE_EXCEPTION, vm));
    let exception = if is_class {
        match value.filter(|value| !value.is_none()) {
            Some(value) if vm.is_instance(&value, kind)? => value,
            Some(value) => vm.call(kind, &[value])?,
            None => vm.call(kind, &[])?,
        }
    } else {
        if value.is_some_and(|value| !value.is_none()) && kind.is_instance_of::<BaseException>() {
            return Err(vm.type_error(format_args!("instance exception may not have a separate value")));
        }
        kind.clone()
    };
    match exception.downcast_into::<BaseException>() {
        Ok(exception) => {
            if let Some(traceback) = traceback {
                exception.set_traceback(Some(traceback), vm);
            }
            let _ = vm.reraise(exception);
            Ok(())
        }
        Err(other) => {
            let kind = vm.type_name(&other);
            Err(vm.type_error(format_args!("exceptions must be classes or instances deriving from BaseException, not {kind}")))
        }
    }
}

/// Closes what a generator waits for.
fn close_delegate(vm: &mut Vm, _generator: &Object<Generator>, delegate: &Value) -> PyResult<()> {
    if let Some(inner) =
        delegate.downcast::<Generator>().filter(|inner| inner.code.raw.flags & pvm_bytecode::flags::CO_ASYNC_GENERATOR == 0)
    {
        close(vm, inner)?;
        return Ok(());
    }
    let method = match vm.find_attr(delegate, &names::close) {
        Ok(method) => method,
        Err(raised) => {
            vm.report_unraisable(raised, None, Some(delegate));
            None
        }
    };
    if let Some(method) = method {
        vm.call(&method, &[])?;
    }
    Ok(())
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
    let mut raised: Option<Raised> = None;
    if let Some(delegate) = generator.awaited()
        && let Err(error) = close_delegate(vm, generator, &delegate)
    {
        raised = Some(error);
    }
    if generator.handles_nothing() {
        super::end_unseen(vm, generator);
        return raised.map_or_else(|| Ok(Value::none()), Err);
    }
    if raised.is_none() {
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

fn close_method(vm: &mut Vm, this: &Value) -> PyResult {
    close(vm, generator(this))
}

fn close_any(vm: &mut Vm, this: &Value, _args: Args<'_>) -> PyResult {
    close_method(vm, this)
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
            vm.report_unraisable(raised, None, Some(this));
        }
        return;
    }
    if let Err(raised) = close(vm, generator) {
        vm.report_unraisable(raised, Some("Exception ignored while closing generator"), Some(this));
    }
}

const NO_DIRECT: DirectEntries = DirectEntries { zero: None, one: None, two: None };

static SEND: MethodDef = MethodDef {
    name: "send",
    doc: Some("send(value) -> send 'value' into generator,\nreturn next yielded value or raise StopIteration."),
    kind: MethodKind::Instance,
    call: send_any,
    direct: DirectEntries { zero: None, one: Some(send), two: None },
    effects: Effects::Anything,
};
fn asend(vm: &mut Vm, this: &Value, value: &Value) -> PyResult {
    super::async_generator::new_send(vm, this, value.clone())
}

fn asend_any(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    match (args.get(0), args.len(), args.has_keywords()) {
        (Some(value), 1, false) => asend(vm, this, &value),
        (_, got, _) => Err(vm.type_error(format_args!("async_generator.asend() takes exactly one argument ({got} given)"))),
    }
}

fn athrow(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
    let got = args.len();
    if got == 0 {
        return Err(vm.type_error(format_args!("athrow expected at least 1 argument, got 0")));
    }
    if got > 1 {
        vm.warn(
            exceptions::DEPRECATION_WARNING.get(),
            "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.",
            1,
        )?;
    }
    super::async_generator::new_throw(vm, this, Some(args.to_values()))
}

fn aclose(vm: &mut Vm, this: &Value) -> PyResult {
    super::async_generator::new_throw(vm, this, None)
}

fn aclose_any(vm: &mut Vm, this: &Value, _args: Args<'_>) -> PyResult {
    aclose(vm, this)
}

static ASEND: MethodDef = MethodDef {
    name: "asend",
    doc: Some("asend(v) -> send 'v' in generator."),
    kind: MethodKind::Instance,
    call: asend_any,
    direct: DirectEntries { zero: None, one: Some(asend), two: None },
    effects: Effects::Anything,
};
static ATHROW: MethodDef = MethodDef {
    name: "athrow",
    doc: Some("athrow(value)\nathrow(type[,value[,tb]])\n\nraise exception in generator."),
    kind: MethodKind::Instance,
    call: athrow,
    direct: NO_DIRECT,
    effects: Effects::Anything,
};
static ACLOSE: MethodDef = MethodDef {
    name: "aclose",
    doc: Some("aclose() -> raise GeneratorExit inside generator."),
    kind: MethodKind::Instance,
    call: aclose_any,
    direct: DirectEntries { zero: Some(aclose), one: None, two: None },
    effects: Effects::Anything,
};
static THROW: MethodDef = MethodDef {
    name: "throw",
    doc: Some(
        "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.",
    ),
    kind: MethodKind::Instance,
    call: throw_any,
    direct: NO_DIRECT,
    effects: Effects::Anything,
};
fn class_getitem(vm: &mut Vm, class: &Value, item: &Value) -> PyResult {
    vm.generic_alias(class, item)
}

fn class_getitem_any(vm: &mut Vm, class: &Value, args: Args<'_>) -> PyResult {
    match (args.get(0), args.len(), args.has_keywords()) {
        (Some(item), 1, false) => class_getitem(vm, class, &item),
        (_, got, _) => {
            let kind = class.downcast::<Type>().map_or("?", |class| class.name());
            Err(vm.type_error(format_args!("{kind}.__class_getitem__() takes exactly one argument ({got} given)")))
        }
    }
}

static CLASS_GETITEM: MethodDef = MethodDef {
    name: "__class_getitem__",
    doc: Some("See PEP 585"),
    kind: MethodKind::Class,
    call: class_getitem_any,
    direct: DirectEntries { zero: None, one: Some(class_getitem), two: None },
    effects: Effects::Anything,
};
static CLOSE: MethodDef = MethodDef {
    name: "close",
    doc: Some("close() -> raise GeneratorExit inside generator."),
    kind: MethodKind::Instance,
    call: close_any,
    direct: DirectEntries { zero: Some(close_method), one: None, two: None },
    effects: Effects::Anything,
};

macro_rules! getset {
    ($static:ident $name:literal $get:expr $(, $set:expr)?) => {
        static $static: GetSetDef =
            GetSetDef { name: $name, doc: None, get: $get, set: getset!(@set $($set)?), is_member: false };
    };
    (@set) => { None };
    (@set $set:expr) => { Some($set) };
}

fn get_name(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).name.get(vm).into())
}

fn get_qualname(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).qualname.get(vm).into())
}

fn text(vm: &mut Vm, value: Option<&Value>, what: &str) -> PyResult<pvm_object::Ref<Str>> {
    match value.and_then(|value| value.downcast::<Str>()) {
        Some(text) => Ok(text.to_ref()),
        None => Err(vm.type_error(format_args!("{what} must be set to a string object"))),
    }
}

fn set_name(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let name = text(vm, value, "__name__")?;
    generator(this).name.set(name, vm);
    Ok(())
}

fn set_qualname(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let name = text(vm, value, "__qualname__")?;
    generator(this).qualname.set(name, vm);
    Ok(())
}

fn get_running(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(Value::from_bool(generator(this).state() == State::Running))
}

fn get_async_running(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(Value::from_bool(generator(this).running_async.get()))
}

fn get_suspended(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(Value::from_bool(generator(this).state() == State::Suspended))
}

fn get_code(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).code.clone().into())
}

fn get_awaited(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).awaited().unwrap_or_else(Value::none))
}

fn get_frame(vm: &mut Vm, this: &Value) -> PyResult {
    match generator(this).frame() {
        // SAFETY: the generator keeps its frame.
        Some(frame) => Ok(unsafe { crate::frame_object::of(vm, frame) }.into()),
        None => Ok(Value::none()),
    }
}

fn get_origin(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).origin.get(vm).unwrap_or_else(Value::none))
}

getset!(NAME "__name__" get_name, set_name);
getset!(QUALNAME "__qualname__" get_qualname, set_qualname);
getset!(GI_RUNNING "gi_running" get_running);
getset!(GI_SUSPENDED "gi_suspended" get_suspended);
getset!(GI_CODE "gi_code" get_code);
getset!(GI_YIELDFROM "gi_yieldfrom" get_awaited);
getset!(GI_FRAME "gi_frame" get_frame);
getset!(CR_RUNNING "cr_running" get_running);
getset!(CR_SUSPENDED "cr_suspended" get_suspended);
getset!(CR_CODE "cr_code" get_code);
getset!(CR_AWAIT "cr_await" get_awaited);
getset!(CR_FRAME "cr_frame" get_frame);
getset!(CR_ORIGIN "cr_origin" get_origin);
getset!(AG_RUNNING "ag_running" get_async_running);
getset!(AG_CODE "ag_code" get_code);
getset!(AG_AWAIT "ag_await" get_awaited);
getset!(AG_FRAME "ag_frame" get_frame);
getset!(AG_SUSPENDED "ag_suspended" get_suspended);

pub(super) static GENERATOR_MEMBERS: &[MemberDef] = &[
    MemberDef::Method(&SEND),
    MemberDef::Method(&THROW),
    MemberDef::Method(&CLOSE),
    MemberDef::Method(&CLASS_GETITEM),
    MemberDef::GetSet(&NAME),
    MemberDef::GetSet(&QUALNAME),
    MemberDef::GetSet(&GI_RUNNING),
    MemberDef::GetSet(&GI_SUSPENDED),
    MemberDef::GetSet(&GI_CODE),
    MemberDef::GetSet(&GI_YIELDFROM),
    MemberDef::GetSet(&GI_FRAME),
];

pub(super) static COROUTINE_MEMBERS: &[MemberDef] = &[
    MemberDef::Method(&SEND),
    MemberDef::Method(&THROW),
    MemberDef::Method(&CLOSE),
    MemberDef::Method(&CLASS_GETITEM),
    MemberDef::GetSet(&NAME),
    MemberDef::GetSet(&QUALNAME),
    MemberDef::GetSet(&CR_RUNNING),
    MemberDef::GetSet(&CR_SUSPENDED),
    MemberDef::GetSet(&CR_CODE),
    MemberDef::GetSet(&CR_AWAIT),
    MemberDef::GetSet(&CR_FRAME),
    MemberDef::GetSet(&CR_ORIGIN),
];

pub(super) static ASYNC_GENERATOR_MEMBERS: &[MemberDef] = &[
    MemberDef::Method(&ASEND),
    MemberDef::Method(&ATHROW),
    MemberDef::Method(&ACLOSE),
    MemberDef::Method(&CLASS_GETITEM),
    MemberDef::GetSet(&AG_RUNNING),
    MemberDef::GetSet(&NAME),
    MemberDef::GetSet(&QUALNAME),
    MemberDef::GetSet(&AG_CODE),
    MemberDef::GetSet(&AG_AWAIT),
    MemberDef::GetSet(&AG_FRAME),
    MemberDef::GetSet(&AG_SUSPENDED),
];

//! The attributes of generators, coroutines, asynchronous generators and coroutine wrappers: names, docs, accessors.

use pvm_object::native::{DirectEntries, Effects, GetSetDef, MemberDef, MethodDef, MethodKind};
use pvm_object::str::Str;
use pvm_object::types::Type;
use pvm_object::{Args, PyResult, Ref, Value, Vm};

use super::State;
use super::awaitable::{wrapper_close, wrapper_send, wrapper_throw};
use super::methods::{
    aclose, aclose_any, asend, asend_any, athrow, close_any, close_method, generator, send, send_any, throw_any,
};

/// Declares the methods of a class, each with its documentation; `=>` names the direct entry for that many arguments.
macro_rules! methods {
    ($($static:ident $name:literal $kind:ident $call:ident $($count:ident $direct:ident)? : $($doc:literal)+;)+) => {
        $(static $static: MethodDef = MethodDef {
            name: $name,
            doc: Some(concat!($($doc),+)),
            kind: MethodKind::$kind,
            call: $call,
            direct: direct!($($count $direct)?),
            effects: Effects::Anything,
        };)+
    };
}

macro_rules! direct {
    () => {
        DirectEntries { zero: None, one: None, two: None }
    };
    (zero $entry:ident) => {
        DirectEntries { zero: Some($entry), one: None, two: None }
    };
    (one $entry:ident) => {
        DirectEntries { zero: None, one: Some($entry), two: None }
    };
}

macro_rules! deprecated_signature {
    ($doc:literal) => {
        concat!($doc, "\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.")
    };
}

methods! {
    SEND "send" Instance send_any one send:
        "send($self, object, /)\n--\n\nsend(value) -> send 'value' into generator,\nreturn next yielded value or raise StopIteration.";
    CLOSE "close" Instance close_any zero close_method:
        "close($self, /)\n--\n\nclose() -> raise GeneratorExit inside generator.";
    COROUTINE_SEND "send" Instance send_any one send:
        "send($self, object, /)\n--\n\nsend(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.";
    COROUTINE_CLOSE "close" Instance close_any zero close_method:
        "close($self, /)\n--\n\nclose() -> raise GeneratorExit inside coroutine.";
    WRAPPER_SEND "send" Instance wrapper_send:
        "send($self, object, /)\n--\n\nsend(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration.";
    WRAPPER_CLOSE "close" Instance wrapper_close:
        "close($self, /)\n--\n\nclose() -> raise GeneratorExit inside coroutine.";
    ASEND "asend" Instance asend_any one asend:
        "asend($self, object, /)\n--\n\nasend(v) -> send 'v' in generator.";
    ACLOSE "aclose" Instance aclose_any zero aclose:
        "aclose($self, /)\n--\n\naclose() -> raise GeneratorExit inside generator.";
    SIZE_OF "__sizeof__" Instance size_in_memory:
        "__sizeof__($self, /)\n--\n\ngen.__sizeof__() -> size of gen in memory, in bytes";
    GENERATOR_GETITEM "__class_getitem__" Class class_getitem_any one class_getitem:
        "__class_getitem__($type, object, /)\n--\n\ngenerators are generic over the types of their yield, send, and return values";
    COROUTINE_GETITEM "__class_getitem__" Class class_getitem_any one class_getitem:
        "__class_getitem__($type, object, /)\n--\n\ncoroutines are generic over the types of their yield, send, and return values";
    ASYNC_GENERATOR_GETITEM "__class_getitem__" Class class_getitem_any one class_getitem:
        "__class_getitem__($type, object, /)\n--\n\nasync generators are generic over the types of their yield and send values";
}

macro_rules! throwing {
    ($static:ident $name:literal $call:ident $doc:literal) => {
        static $static: MethodDef = MethodDef {
            name: $name,
            doc: Some(deprecated_signature!($doc)),
            kind: MethodKind::Instance,
            call: $call,
            direct: direct!(),
            effects: Effects::Anything,
        };
    };
}

throwing!(THROW "throw" throw_any
    "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.");
throwing!(COROUTINE_THROW "throw" throw_any
    "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration.");
throwing!(WRAPPER_THROW "throw" wrapper_throw
    "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration.");
throwing!(ATHROW "athrow" athrow "athrow(value)\nathrow(type[,value[,tb]])\n\nraise exception in generator.");

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

fn size_in_memory(vm: &mut Vm, this: &Value, _args: Args<'_>) -> PyResult {
    let size = generator(this).size_in_memory();
    Ok(vm.int(size as i64))
}

macro_rules! getset {
    ($static:ident $name:literal $get:ident $($set:ident)? $(: $doc:literal)?) => {
        static $static: GetSetDef =
            GetSetDef { name: $name, doc: getset!(@doc $($doc)?), get: $get, set: getset!(@set $($set)?), is_member: false };
    };
    (@doc) => { None };
    (@doc $doc:literal) => { Some($doc) };
    (@set) => { None };
    (@set $set:ident) => { Some($set) };
}

fn get_name(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).name.get(vm).into())
}

fn get_qualname(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).qualname.get(vm).into())
}

fn text(vm: &mut Vm, value: Option<&Value>, what: &str) -> PyResult<Ref<Str>> {
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

fn code_of(_vm: &mut Vm, this: &Value) -> Value {
    generator(this).code.clone().into()
}

fn get_awaited(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).awaited().unwrap_or_else(Value::none))
}

fn frame_of(vm: &mut Vm, this: &Value) -> Value {
    match generator(this).frame() {
        // SAFETY: the generator keeps its frame.
        Some(frame) => unsafe { crate::frame_object::of(vm, frame) }.into(),
        None => Value::none(),
    }
}

fn get_origin(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(generator(this).origin.get(vm).unwrap_or_else(Value::none))
}

/// An attribute of whose reading those who audit the program are told.
macro_rules! audited {
    ($static:ident $name:literal $get:ident) => {
        static $static: GetSetDef = GetSetDef {
            name: $name,
            doc: None,
            get: |vm, this| {
                vm.audit_read(this, $name)?;
                Ok($get(vm, this))
            },
            set: None,
            is_member: false,
        };
    };
}

getset!(NAME "__name__" get_name set_name: "name of the generator");
getset!(QUALNAME "__qualname__" get_qualname set_qualname: "qualified name of the generator");
getset!(COROUTINE_NAME "__name__" get_name set_name: "name of the coroutine");
getset!(COROUTINE_QUALNAME "__qualname__" get_qualname set_qualname: "qualified name of the coroutine");
getset!(ASYNC_GENERATOR_NAME "__name__" get_name set_name: "name of the async generator");
getset!(ASYNC_GENERATOR_QUALNAME "__qualname__" get_qualname set_qualname: "qualified name of the async generator");
getset!(GI_RUNNING "gi_running" get_running);
getset!(GI_SUSPENDED "gi_suspended" get_suspended);
audited!(GI_CODE "gi_code" code_of);
getset!(GI_YIELDFROM "gi_yieldfrom" get_awaited: "object being iterated by yield from, or None");
audited!(GI_FRAME "gi_frame" frame_of);
getset!(CR_RUNNING "cr_running" get_running);
getset!(CR_SUSPENDED "cr_suspended" get_suspended);
audited!(CR_CODE "cr_code" code_of);
getset!(CR_AWAIT "cr_await" get_awaited: "object being awaited on, or None");
audited!(CR_FRAME "cr_frame" frame_of);
getset!(CR_ORIGIN "cr_origin" get_origin);
getset!(AG_RUNNING "ag_running" get_async_running);
audited!(AG_CODE "ag_code" code_of);
getset!(AG_AWAIT "ag_await" get_awaited: "object being awaited on, or None");
audited!(AG_FRAME "ag_frame" frame_of);
getset!(AG_SUSPENDED "ag_suspended" get_suspended);

pub(super) static GENERATOR_MEMBERS: &[MemberDef] = &[
    MemberDef::Method(&SEND),
    MemberDef::Method(&THROW),
    MemberDef::Method(&CLOSE),
    MemberDef::Method(&SIZE_OF),
    MemberDef::Method(&GENERATOR_GETITEM),
    MemberDef::GetSet(&NAME),
    MemberDef::GetSet(&QUALNAME),
    MemberDef::GetSet(&GI_YIELDFROM),
    MemberDef::GetSet(&GI_RUNNING),
    MemberDef::GetSet(&GI_FRAME),
    MemberDef::GetSet(&GI_SUSPENDED),
    MemberDef::GetSet(&GI_CODE),
];

pub(super) static COROUTINE_MEMBERS: &[MemberDef] = &[
    MemberDef::Method(&COROUTINE_SEND),
    MemberDef::Method(&COROUTINE_THROW),
    MemberDef::Method(&COROUTINE_CLOSE),
    MemberDef::Method(&SIZE_OF),
    MemberDef::Method(&COROUTINE_GETITEM),
    MemberDef::GetSet(&CR_ORIGIN),
    MemberDef::GetSet(&COROUTINE_NAME),
    MemberDef::GetSet(&COROUTINE_QUALNAME),
    MemberDef::GetSet(&CR_AWAIT),
    MemberDef::GetSet(&CR_RUNNING),
    MemberDef::GetSet(&CR_FRAME),
    MemberDef::GetSet(&CR_CODE),
    MemberDef::GetSet(&CR_SUSPENDED),
];

pub(super) static ASYNC_GENERATOR_MEMBERS: &[MemberDef] = &[
    MemberDef::Method(&ASEND),
    MemberDef::Method(&ATHROW),
    MemberDef::Method(&ACLOSE),
    MemberDef::Method(&SIZE_OF),
    MemberDef::Method(&ASYNC_GENERATOR_GETITEM),
    MemberDef::GetSet(&AG_RUNNING),
    MemberDef::GetSet(&ASYNC_GENERATOR_NAME),
    MemberDef::GetSet(&ASYNC_GENERATOR_QUALNAME),
    MemberDef::GetSet(&AG_AWAIT),
    MemberDef::GetSet(&AG_FRAME),
    MemberDef::GetSet(&AG_CODE),
    MemberDef::GetSet(&AG_SUSPENDED),
];

pub(super) static WRAPPER_MEMBERS: &[MemberDef] =
    &[MemberDef::Method(&WRAPPER_SEND), MemberDef::Method(&WRAPPER_THROW), MemberDef::Method(&WRAPPER_CLOSE)];

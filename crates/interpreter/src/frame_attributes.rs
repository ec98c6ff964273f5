//! Attributes of frame objects.

use pvm_object::native::{GetSetDef, MemberDef};
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Slot, Value, Vm};

use crate::frame::Frame;
use crate::frame_object::FrameObject;

fn frame_object(value: &Value) -> &Object<FrameObject> {
    value.downcast::<FrameObject>().expect("the attribute belongs to frames")
}

pub(crate) fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let frame = frame_object(this);
    let line = line(frame).unwrap_or(0);
    let (file, name) = (vm.repr(&frame.code().filename.to_value())?, frame.code().name.to_string());
    let text = format!("<frame at {:#x}, file {file}, line {line}, code {name}>", this.bits());
    Ok(vm.new_str(&text).into())
}

/// The line a frame is at.
pub(crate) fn line(object: &Object<FrameObject>) -> Option<i32> {
    // SAFETY: the frame is live or its memory the object's.
    object.frame().and_then(|frame| unsafe { (*frame).line() })
}

/// The variables of a frame that are bound, by name, cells looked into.
pub(crate) fn variables(vm: &mut Vm, object: &Object<FrameObject>) -> Vec<(Ref<Str>, Value)> {
    let Some(frame) = object.frame() else { return Vec::new() };
    let code = object.code().to_ref();
    let mut found = Vec::new();
    for (index, name) in code.locals.iter().enumerate() {
        // SAFETY: the frame is live or its memory the object's; variables are filled or empty.
        let slot: Slot = unsafe { *Frame::locals(frame).add(index) };
        if slot.is_empty() {
            continue;
        }
        // SAFETY: a filled slot.
        let value = unsafe { slot.value() }.to_owned();
        let kind = code.raw.localspluskinds[index];
        let is_cell = kind & (pvm_bytecode::flags::CO_FAST_CELL | pvm_bytecode::flags::CO_FAST_FREE) != 0;
        if kind & pvm_bytecode::flags::CO_FAST_HIDDEN != 0 {
            continue;
        }
        let value = match value.downcast::<pvm_object::cell::Cell>().filter(|_| is_cell) {
            Some(cell) => cell.get(vm),
            None => Some(value.clone()),
        };
        if let Some(value) = value {
            found.push((name.clone(), value));
        }
    }
    found
}

/// The namespace of a frame: that of a module or class body itself, a dict of a function's variables.
pub(crate) fn locals(vm: &mut Vm, object: &Object<FrameObject>) -> PyResult {
    if let Some(frame) = object.frame() {
        // SAFETY: the frame is live or its memory the object's.
        if let Some(namespace) = unsafe { (*frame).namespace() } {
            return Ok(namespace.to_owned());
        }
    }
    let dict = vm.new_dict();
    for (name, value) in variables(vm, object) {
        dict.set_str(&name, value, vm)?;
    }
    Ok(dict.into())
}

fn get_locals(vm: &mut Vm, this: &Value) -> PyResult {
    locals(vm, frame_object(this))
}

fn get_globals(vm: &mut Vm, this: &Value) -> PyResult {
    match frame_object(this).frame() {
        // SAFETY: the frame is live or its memory the object's.
        Some(frame) => Ok(unsafe { (*frame).globals() }.to_value()),
        None => Ok(vm.new_dict().into()),
    }
}

fn get_builtins(vm: &mut Vm, this: &Value) -> PyResult {
    match frame_object(this).frame() {
        // SAFETY: the frame is live or its memory the object's.
        Some(frame) => Ok(unsafe { (*frame).function() }.builtins.get(vm)),
        None => Ok(crate::interpreter::state(vm).builtins_dict(vm)),
    }
}

fn get_code(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(frame_object(this).code().to_value())
}

fn get_lasti(vm: &mut Vm, this: &Value) -> PyResult {
    // SAFETY: the frame is live or its memory the object's.
    let lasti = frame_object(this).frame().map_or(-1, |frame| unsafe { (*frame).lasti() });
    Ok(vm.int(i64::from(lasti)))
}

fn get_line(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(line(frame_object(this)).map_or_else(Value::none, |line| vm.int(i64::from(line))))
}

fn get_back(vm: &mut Vm, this: &Value) -> PyResult {
    let object = frame_object(this);
    if object.has_ended() {
        return Ok(object.back.get(vm).unwrap_or_else(Value::none));
    }
    // SAFETY: the frame is live; frames below a running one are too.
    unsafe {
        let previous = object.frame().map_or(std::ptr::null_mut(), |frame| (*frame).previous);
        if previous.is_null() { Ok(Value::none()) } else { Ok(crate::frame_object::of(vm, previous).into()) }
    }
}

fn get_trace(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(frame_object(this).trace.get(vm).unwrap_or_else(Value::none))
}

fn set_trace(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    frame_object(this).trace.set(value.filter(|value| !value.is_none()).cloned(), vm);
    Ok(())
}

macro_rules! getset {
    ($static:ident $name:literal $get:ident $($set:ident)?) => {
        static $static: GetSetDef = GetSetDef { name: $name, doc: None, get: $get, set: getset!(@ $($set)?), is_member: false };
    };
    (@) => { None };
    (@ $set:ident) => { Some($set) };
}

getset!(LOCALS "f_locals" get_locals);
getset!(GLOBALS "f_globals" get_globals);
getset!(BUILTINS "f_builtins" get_builtins);
getset!(CODE "f_code" get_code);
getset!(LASTI "f_lasti" get_lasti);
getset!(LINE "f_lineno" get_line);
getset!(BACK "f_back" get_back);
getset!(TRACE "f_trace" get_trace set_trace);

pub(crate) static MEMBERS: &[MemberDef] = &[
    MemberDef::GetSet(&LOCALS),
    MemberDef::GetSet(&GLOBALS),
    MemberDef::GetSet(&BUILTINS),
    MemberDef::GetSet(&CODE),
    MemberDef::GetSet(&LASTI),
    MemberDef::GetSet(&LINE),
    MemberDef::GetSet(&BACK),
    MemberDef::GetSet(&TRACE),
];

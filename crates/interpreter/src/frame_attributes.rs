//! Attributes of frame objects.

use std::cell::Cell;

use pvm_object::native::{DirectEntries, Effects, GetSetDef, MemberDef, MethodDef, MethodKind};
use pvm_object::{Object, PyResult, Value, Vm};

use crate::frame::Owner;
use crate::frame_object::FrameObject;
use crate::{frame_locals, generator};

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

fn get_locals(vm: &mut Vm, this: &Value) -> PyResult {
    frame_locals::mapping(vm, frame_object(this))
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

fn get_code(vm: &mut Vm, this: &Value) -> PyResult {
    vm.audit_read(this, "f_code")?;
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

fn set_line(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    crate::frame_jump::set_line(vm, frame_object(this), value)
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

fn set_flag(vm: &mut Vm, flag: &Cell<bool>, value: Option<&Value>) -> PyResult<()> {
    if value.is_none() {
        return Err(vm.type_error(format_args!("can't delete numeric/char attribute")));
    }
    match value.filter(|value| value.is_bool()) {
        Some(value) => {
            flag.set(value.is_true());
            Ok(())
        }
        None => Err(vm.type_error(format_args!("attribute value type must be bool"))),
    }
}

fn get_trace_lines(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(Value::from_bool(frame_object(this).trace_lines.get()))
}

fn set_trace_lines(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    set_flag(vm, &frame_object(this).trace_lines, value)
}

fn get_trace_opcodes(_vm: &mut Vm, this: &Value) -> PyResult {
    Ok(Value::from_bool(frame_object(this).trace_opcodes.get()))
}

fn set_trace_opcodes(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    if value.is_none() {
        return Err(vm.attribute_error(format_args!("attribute 'f_trace_opcodes' of 'frame' objects cannot be deleted")));
    }
    set_flag(vm, &frame_object(this).trace_opcodes, value)
}

/// Who owns the frame, unless it has ended with nothing to keep.
fn owner(object: &Object<FrameObject>) -> Option<Owner> {
    // SAFETY: the frame is live or its memory the object's.
    object.frame().map(|frame| unsafe { (*frame).owner })
}

fn get_generator(_vm: &mut Vm, this: &Value) -> PyResult {
    let object = frame_object(this);
    match (object.frame(), owner(object)) {
        // SAFETY: a generator's frame, which lives as long as the generator.
        (Some(frame), Some(Owner::Generator)) => Ok(unsafe { generator::owner_of(frame) }.to_value()),
        _ => Ok(Value::none()),
    }
}

fn clear(vm: &mut Vm, this: &Value, _args: pvm_object::Args<'_>) -> PyResult {
    let object = frame_object(this).to_ref();
    match (owner(&object), object.frame()) {
        (Some(Owner::Thread), _) => return Err(vm.runtime_error(format_args!("cannot clear an executing frame"))),
        (Some(Owner::Generator), Some(frame)) => {
            // SAFETY: a generator's frame, which lives as long as the generator.
            let generator = unsafe { generator::owner_of(frame) }.to_ref();
            match generator.state() {
                generator::State::Running => return Err(vm.runtime_error(format_args!("cannot clear an executing frame"))),
                generator::State::Suspended => return Err(vm.runtime_error(format_args!("cannot clear a suspended frame"))),
                _ => generator::methods::finalize(vm, &generator.into()),
            }
        }
        _ => object.clear(vm),
    }
    Ok(Value::none())
}

fn size_in_memory(vm: &mut Vm, this: &Value, _args: pvm_object::Args<'_>) -> PyResult {
    // SAFETY: the frame is live or its memory the object's.
    let words = frame_object(this).frame().map_or(0, |frame| unsafe { (*frame).size });
    Ok(vm.int((size_of::<Object<FrameObject>>() + 8 * words as usize) as i64))
}

macro_rules! method {
    ($static:ident $name:literal $call:ident $doc:literal) => {
        static $static: MethodDef = MethodDef {
            name: $name,
            doc: Some(concat!($name, "($self, /)\n--\n\n", $doc)),
            kind: MethodKind::Instance,
            call: $call,
            direct: DirectEntries { zero: None, one: None, two: None },
            effects: Effects::Anything,
        };
    };
}

method!(CLEAR "clear" clear "Clear all references held by the frame.");
method!(SIZE_OF "__sizeof__" size_in_memory "Return the size of the frame in memory, in bytes.");

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
getset!(LINE "f_lineno" get_line set_line);
getset!(BACK "f_back" get_back);
getset!(TRACE "f_trace" get_trace set_trace);
getset!(TRACE_LINES "f_trace_lines" get_trace_lines set_trace_lines);
getset!(TRACE_OPCODES "f_trace_opcodes" get_trace_opcodes set_trace_opcodes);
getset!(GENERATOR "f_generator" get_generator);

pub(crate) static MEMBERS: &[MemberDef] = &[
    MemberDef::GetSet(&LOCALS),
    MemberDef::GetSet(&GLOBALS),
    MemberDef::GetSet(&BUILTINS),
    MemberDef::GetSet(&CODE),
    MemberDef::GetSet(&LASTI),
    MemberDef::GetSet(&LINE),
    MemberDef::GetSet(&BACK),
    MemberDef::GetSet(&TRACE),
    MemberDef::GetSet(&TRACE_LINES),
    MemberDef::GetSet(&TRACE_OPCODES),
    MemberDef::GetSet(&GENERATOR),
    MemberDef::Method(&CLEAR),
    MemberDef::Method(&SIZE_OF),
];

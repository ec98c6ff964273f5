//! What the object layer asks of code that runs: `super()` without arguments, the instructions as they are specialised.

use pvm_object::cell::Cell;
use pvm_object::code::Code;
use pvm_object::types::Type;
use pvm_object::{Object, PyResult, Value, Vm};

use crate::frame::Frame;

/// The mapping of built-in names that the running code sees.
pub fn current_builtins(vm: &mut Vm) -> Value {
    match crate::frame_object::current(vm) {
        Some(frame) => frame.function().builtins.get(vm),
        None => crate::interpreter::state(vm).builtins_dict(vm),
    }
}

/// The class in the running frame's `__class__` cell and its first argument (`super_init_without_args`).
pub fn super_arguments(vm: &mut Vm) -> PyResult<(Value, Value)> {
    let Some(frame) = crate::frame_object::current(vm) else {
        return Err(vm.runtime_error(format_args!("super(): no current frame")));
    };
    let code = frame.code();
    if code.raw.argcount == 0 {
        return Err(vm.runtime_error(format_args!("super(): no arguments")));
    }
    let frame = std::ptr::from_ref(frame).cast_mut();
    // SAFETY: the frame runs; the code has at least one parameter, in the first slot.
    let receiver = unsafe { value_at(frame, 0) };
    // A parameter that inner functions share lies in a cell once the cell is made.
    let in_cell = code.raw.localspluskinds.first().is_some_and(|kind| kind & pvm_bytecode::flags::CO_FAST_CELL != 0);
    let receiver = match receiver {
        Some(value) if in_cell => match value.downcast_exact::<Cell>() {
            Some(cell) => cell.get(vm),
            None => Some(value),
        },
        receiver => receiver,
    };
    let Some(receiver) = receiver else {
        return Err(vm.runtime_error(format_args!("super(): arg[0] deleted")));
    };
    let first_free = code.raw.nlocalsplus() - code.raw.nfreevars();
    let place = (first_free..code.raw.nlocalsplus()).find(|&index| code.locals[index].is_str("__class__"));
    let Some(place) = place else {
        return Err(vm.runtime_error(format_args!("super(): __class__ cell not found")));
    };
    // SAFETY: the frame runs; the place is one of its variables.
    let cell = unsafe { value_at(frame, place) };
    let Some(cell) = cell.as_ref().and_then(|cell| cell.downcast::<Cell>()) else {
        return Err(vm.runtime_error(format_args!("super(): bad __class__ cell")));
    };
    let Some(class) = cell.get(vm) else {
        return Err(vm.runtime_error(format_args!("super(): empty __class__ cell")));
    };
    if !class.is_instance_of::<Type>() {
        let kind = vm.type_name(&class);
        return Err(vm.runtime_error(format_args!("super(): __class__ is not a type ({kind})")));
    }
    Ok((class, receiver))
}

/// The value of a variable of a running frame.
///
/// # Safety
/// The frame is live, and the index below the number of its variables.
unsafe fn value_at(frame: *mut Frame, index: usize) -> Option<Value> {
    // SAFETY: by contract.
    let slot = unsafe { *Frame::locals(frame).add(index) };
    // SAFETY: a filled slot of a live frame names a live value.
    (!slot.is_empty()).then(|| unsafe { slot.value() }.to_owned())
}

/// The instructions of a code object as they are specialised now, caches included; as compiled before it has run.
pub fn adaptive_code(_vm: &mut Vm, code: &Object<Code>) -> Vec<u8> {
    if code.execution.get().is_null() {
        return code.raw.code.to_vec();
    }
    // SAFETY: the execution half belongs to the code object and is alive with it.
    let execution = unsafe { &*crate::execution::of(code) };
    let reports = |word: u16| word as u8 == pvm_bytecode::opcode::Opcode::InstrumentedInstruction as u8;
    let original = |unit: usize, word: u16| match reports(word) && execution.instrumentation().is_some_and(|known| known.is_on())
    {
        true => word & 0xff00 | execution.opcode_at(unit) as u16,
        false => word,
    };
    let words = execution.instructions.iter().enumerate();
    words.flat_map(|(unit, &word)| original(unit, word).to_le_bytes()).collect()
}

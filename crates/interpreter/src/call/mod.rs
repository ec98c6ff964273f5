//! Calling Python functions: frames and the binding of arguments to parameters.

pub mod bind;
mod errors;

use std::cell::Cell;

use pvm_object::code::Code;
use pvm_object::dict::Dict;
use pvm_object::function::Function;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Object, PyResult, Slot, Value, Vm};

use crate::execution::{self, Execution};
use crate::frame::{Frame, OnReturn, Owner};
use crate::thread::{ThreadExtension, extension};

/// The execution half of a function's code.
///
/// # Safety
/// The function lives, and nothing replaces its code while the result is used without a frame.
#[inline(always)]
pub unsafe fn execution_of(function: &Object<Function>) -> *const Execution {
    // SAFETY: read at once, under the lock.
    let code: &Object<Code> = unsafe { &*function.code.as_ptr() };
    execution::of(code)
}

/// A frame for a function, its head filled, its variables not. Errors where calls nest too deep.
///
/// # Safety
/// `function` owns a count, which the frame takes over; `execution` is that of the function's code.
#[inline(always)]
pub unsafe fn new_frame(vm: &mut Vm, function: Slot, execution: *const Execution) -> PyResult<*mut Frame> {
    let thread = extension(vm);
    let depth = thread.depth_left.get() - 1;
    if depth < 0 {
        // SAFETY: the count was the caller's.
        drop(unsafe { Value::from_bits(function.bits()) });
        return Err(too_deep(vm));
    }
    thread.depth_left.set(depth);
    // SAFETY: the slot holds a function; the frame's room is fresh.
    unsafe {
        let frame = thread.push_frame((*execution).frame_words);
        init_head(frame, function, execution);
        Ok(frame)
    }
}

/// Fills the head of a frame.
///
/// # Safety
/// `frame` has room for the execution's frames; `function` owns a count.
pub unsafe fn init_head(frame: *mut Frame, function: Slot, execution: *const Execution) {
    // SAFETY: passed on.
    unsafe {
        let object = &*(function.bits() as *const Object<Function>);
        frame.write(Frame {
            previous: std::ptr::null_mut(),
            ip: (*execution).instructions.as_ptr(),
            sp: Frame::locals(frame).add((*execution).variables),
            execution,
            function,
            globals: &raw const *object.globals,
            builtins: &raw const *object.builtins_table,
            namespace: Slot::EMPTY,
            object: Cell::new(std::ptr::null_mut()),
            return_offset: 0,
            owner: Owner::Thread,
            on_return: OnReturn::Push,
            size: (*execution).frame_words as u32,
        });
    }
}

#[cold]
fn too_deep(vm: &mut Vm) -> pvm_object::Raised {
    // Room for what reports the error.
    let thread = extension(vm);
    thread.depth_left.set(thread.depth_left.get() + 50);
    let raised = vm.recursion_error(format_args!("maximum recursion depth exceeded"));
    thread.depth_left.set(thread.depth_left.get() - 50);
    raised
}

/// Drops a frame's variables and stack and gives its room back; nothing runs in it any more.
///
/// # Safety
/// `frame` is the topmost frame of the thread's stack; its slots up to `sp` are filled or empty.
#[inline(always)]
pub unsafe fn drop_frame(vm: &mut Vm, frame: *mut Frame) {
    // SAFETY: passed on.
    unsafe {
        // Few frames have one of these: one test for both.
        if (*frame).object.get() as u64 | (*frame).namespace.bits() != 0 {
            drop_extras(vm, frame);
        }
        let first = Frame::locals(frame);
        let mut slot = (*frame).sp;
        // From the end, as CPython does (`_PyFrame_ClearLocals`).
        while slot > first {
            slot = slot.sub(1);
            let content = *slot;
            if !content.is_empty() && content.release() {
                *slot = Slot::EMPTY;
                vm.end_object(content);
            }
        }
        let function = (*frame).function;
        if function.release() {
            vm.end_object(function);
        }
        forget_frame(extension(vm), frame);
    }
}

/// Parts a frame from its frame object and its namespace.
#[cold]
#[inline(never)]
unsafe fn drop_extras(vm: &mut Vm, frame: *mut Frame) {
    // SAFETY: as in `drop_frame`.
    unsafe {
        if !(*frame).object.get().is_null() {
            crate::frame_object::detach(vm, frame);
        }
        let namespace = std::mem::replace(&mut (*frame).namespace, Slot::EMPTY);
        if !namespace.is_empty() && namespace.release() {
            vm.end_object(namespace);
        }
    }
}

/// Gives the room of a frame back whose content has moved elsewhere.
///
/// # Safety
/// `frame` is the topmost frame of the thread's stack.
#[inline(always)]
pub unsafe fn forget_frame(thread: &ThreadExtension, frame: *mut Frame) {
    thread.depth_left.set(thread.depth_left.get() + 1);
    thread.pop_frame(frame);
}

/// Runs a Python function with arguments: the entry from native code.
pub fn call_function(vm: &mut Vm, function: &Object<Function>, args: Args<'_>) -> PyResult {
    vm.check_recursion("")?;
    // SAFETY: the frame borrows the arguments, which live through the call.
    args.with_front(&[], |args| unsafe {
        let (function, slots) = (Slot::owned(function.to_value()), args.as_slots());
        let frame = bind::frame_for_call(vm, function, slots.as_ptr(), slots.len(), args.kwnames())?;
        crate::eval::run(vm, frame)
    })
}

/// Runs a code object with globals and a namespace: module bodies, `exec` and `eval`.
pub fn run_code(
    vm: &mut Vm,
    code: &Object<Code>,
    globals: &Object<Dict>,
    namespace: Option<Value>,
    closure: Option<&Object<Tuple>>,
) -> PyResult {
    vm.check_recursion("")?;
    let function = crate::functions::new_function(vm, code, globals)?;
    function.closure.set(closure.map(Object::to_ref), vm);
    run_body(vm, function.into(), namespace)
}

/// Runs a function's body in a namespace. There are no arguments, so code with parameters needs defaults for them.
pub fn run_body(vm: &mut Vm, function: Value, namespace: Option<Value>) -> PyResult {
    // SAFETY: the frame takes over the function's count and the namespace's; there are no arguments.
    unsafe {
        let frame = bind::frame_for_call(vm, Slot::owned(function), [].as_ptr(), 0, None)?;
        (*frame).namespace = namespace.map_or(Slot::EMPTY, Slot::owned);
        crate::eval::run(vm, frame)
    }
}

/// Empties the variables from `first` on.
///
/// # Safety
/// `frame`'s head is filled, its variables from `first` on hold nothing.
#[inline(always)]
pub unsafe fn clear_variables(frame: *mut Frame, first: usize) {
    // SAFETY: the variables lie behind the head.
    unsafe {
        let variables = (*(*frame).execution).variables;
        let locals = Frame::locals(frame);
        for index in first..variables {
            *locals.add(index) = Slot::EMPTY;
        }
    }
}

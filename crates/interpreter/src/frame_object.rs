//! `frame`: a frame as a Python object. It leads to the running frame, and takes over its variables when that ends.

use std::cell::Cell;

use pvm_object::code::Code;
use pvm_object::dict::Dict;
use pvm_object::heap;
use pvm_object::trace::{Trace, Visitor};
use pvm_object::types::{NativeLayout, OBJECT_TYPE, PyClass, Slots, Type, TypeDef};
use pvm_object::{HeapCell, HeapVec, Object, PyResult, Ref, Slot, Static, Value, Vm};

use crate::frame::{Frame, HEAD, Owner};
use crate::requests::is_in_need;

/// The native half of a frame object.
pub struct FrameObject {
    frame: Cell<*mut Frame>,
    /// The frame's memory once the activation has ended.
    memory: Cell<*mut u64>,
    words: Cell<usize>,
    code: Ref<Code>,
    /// `f_trace`, `f_trace_lines`, `f_trace_opcodes`.
    pub(crate) trace: HeapCell<Option<Value>>,
    pub(crate) trace_lines: Cell<bool>,
    pub(crate) trace_opcodes: Cell<bool>,
    /// What `f_locals` was given beyond the code's variables.
    pub(crate) extra: HeapCell<Option<Ref<Dict>>>,
    /// What `f_locals` has overwritten, which the frame may have borrowed.
    overwritten: HeapCell<HeapVec<Value>>,
    /// `f_back` of a frame that has ended.
    pub(crate) back: HeapCell<Option<Value>>,
}

// SAFETY: each reference is visited once; a frame that runs belongs to its thread or generator.
unsafe impl Trace for FrameObject {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.code.trace(visitor);
        self.trace.trace(visitor);
        self.extra.trace(visitor);
        self.overwritten.trace(visitor);
        self.back.trace(visitor);
        if !self.memory.get().is_null() {
            // SAFETY: the frame has ended and its memory is ours; its `object` is null, for it does not own us.
            unsafe { Frame::trace(self.frame.get(), visitor) }
        }
    }
}

impl Drop for FrameObject {
    fn drop(&mut self) {
        drop(self.take_values());
        let memory = self.memory.replace(std::ptr::null_mut());
        if !memory.is_null() {
            // SAFETY: the box was made in `detach` with this many words.
            drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(memory, self.words.get())) });
            heap::charge_always(-8 * self.words.get() as isize);
        }
    }
}

static LAYOUT: NativeLayout = NativeLayout::of::<FrameObject>();
static DEF: TypeDef = TypeDef {
    name: "frame",
    module: "builtins",
    full_name: "frame",
    doc: None,
    base: Some(&OBJECT_TYPE),
    also: None,
    members: crate::frame_attributes::MEMBERS,
    flags: 0,
};

/// `types.FrameType`.
pub static FRAME_TYPE: Static<Type> = Static::new_class(&DEF, &LAYOUT, Slots::new().with_repr(crate::frame_attributes::repr));

// SAFETY: the static is declared with the layout of `FrameObject`.
unsafe impl PyClass for FrameObject {
    const TYPE: &'static Static<Type> = &FRAME_TYPE;
}

impl FrameObject {
    /// The frame; null for one that ended with nothing to keep.
    pub fn frame(&self) -> Option<*mut Frame> {
        let frame = self.frame.get();
        (!frame.is_null()).then_some(frame)
    }

    /// The code it executes.
    pub fn code(&self) -> &Object<Code> {
        &self.code
    }

    /// Whether the activation has ended.
    pub fn has_ended(&self) -> bool {
        !self.memory.get().is_null() || self.frame.get().is_null()
    }

    pub(crate) fn set_frame(&self, frame: *mut Frame) {
        self.frame.set(frame);
    }

    /// The frame goes without leaving its variables.
    pub(crate) fn forget_frame(&self) {
        self.frame.set(std::ptr::null_mut());
    }

    /// What a variable's slot holds: a value, or the cell that has it.
    pub(crate) fn variable(&self, index: usize) -> Option<Value> {
        let frame = self.frame()?;
        // SAFETY: the frame is live or its memory the object's; variables are filled or empty.
        unsafe {
            let slot = *Frame::locals(frame).add(index);
            (!slot.is_empty()).then(|| slot.value().to_owned())
        }
    }

    /// Sets a variable. The frame may have borrowed what was there, which therefore lives on until the frame ends.
    pub(crate) fn set_variable(&self, vm: &mut Vm, index: usize, value: Value) -> PyResult<()> {
        let Some(frame) = self.frame() else { return Ok(()) };
        self.overwritten.borrow_mut(vm).reserve(1)?;
        // SAFETY: as in `variable`; the count of what was there moves to the list.
        let old = unsafe { Frame::locals(frame).add(index).replace(Slot::owned(value)) };
        if !old.is_empty() && !old.is_borrowed() {
            // SAFETY: an owned slot, which has left the frame.
            let old = unsafe { old.into_value() };
            self.overwritten.borrow_mut(vm).push(old)?;
        }
        Ok(())
    }

    /// Clears an ended frame (`frame_tp_clear`).
    pub(crate) fn clear(&self, vm: &mut Vm) {
        let (trace, extra) = (self.trace.replace(None, vm), self.extra.replace(None, vm));
        for value in self.take_variables() {
            vm.release(value);
        }
        for value in [trace, extra.map(Value::from)].into_iter().flatten() {
            vm.release(value);
        }
    }

    fn take_variables(&self) -> Vec<Value> {
        // SAFETY: the frame has ended and its memory is ours.
        if self.memory.get().is_null() { Vec::new() } else { unsafe { Frame::take_slots(self.frame.get()) } }
    }

    /// Takes the variables of an ended frame out.
    pub(crate) fn take_values(&self) -> Vec<Value> {
        if self.memory.get().is_null() {
            return Vec::new();
        }
        let frame = self.frame.get();
        // SAFETY: the frame has ended and its memory is ours.
        unsafe {
            let mut values = Frame::take_slots(frame);
            for slot in [&mut (*frame).function, &mut (*frame).namespace] {
                let content = std::mem::replace(slot, Slot::EMPTY);
                if !content.is_empty() {
                    values.push(content.into_value());
                }
            }
            values
        }
    }
}

/// The Python object of a frame, made when first asked for.
///
/// # Safety
/// `frame` is live.
pub unsafe fn of(vm: &mut Vm, frame: *mut Frame) -> Ref<FrameObject> {
    // SAFETY: the frame owns a count of its object.
    unsafe {
        let known = (*frame).object.get();
        if !known.is_null() {
            return (*known).to_ref();
        }
        let native = FrameObject {
            frame: Cell::new(frame),
            memory: Cell::new(std::ptr::null_mut()),
            words: Cell::new(0),
            code: (*frame).code().to_ref(),
            trace: HeapCell::new(None),
            trace_lines: Cell::new(true),
            trace_opcodes: Cell::new(false),
            extra: HeapCell::new(None),
            overwritten: HeapCell::new(HeapVec::new()),
            back: HeapCell::new(None),
        };
        let object = vm.alloc(native);
        (*frame).object.set(Ref::into_raw(object.clone()));
        if (*frame).owner == Owner::Generator {
            crate::generator::watch_end(crate::generator::owner_of(frame));
        }
        object
    }
}

/// A frame ends that has an object: where others hold the object, it takes over what the frame holds.
///
/// # Safety
/// `frame` is live and not on top any more; its slots are left empty where the object takes them.
#[cold]
pub(crate) unsafe fn detach(vm: &mut Vm, frame: *mut Frame) {
    // SAFETY: the frame owned a count of its object; slots move once.
    unsafe {
        let object = Ref::from_raw((*frame).object.replace(std::ptr::null_mut()));
        if object.header().count() == 1 {
            object.forget_frame();
            vm.release(object.into());
            return;
        }
        let variables = (*(*frame).execution).variables;
        // Nothing is evaluated any more.
        let words = HEAD + variables;
        let memory = Box::into_raw(vec![0u64; words].into_boxed_slice()).cast::<u64>();
        heap::charge_always(8 * words as isize);
        let copy = memory.cast::<Frame>();
        std::ptr::copy_nonoverlapping(frame, copy, 1);
        (*copy).size = words as u32;
        for index in 0..variables {
            let slot = Frame::locals(frame).add(index).replace(Slot::EMPTY);
            *Frame::locals(copy).add(index) = if slot.is_borrowed() { slot.to_owned_slot() } else { slot };
        }
        (*copy).sp = Frame::locals(copy).add(variables);
        (*copy).owner = Owner::FrameObject;
        (*copy).previous = std::ptr::null_mut();
        (*copy).object.set(std::ptr::null_mut());
        (*copy).function.retain();
        if !(*copy).namespace.is_empty() {
            (*copy).namespace.retain();
        }
        let back = (*frame).previous;
        if !back.is_null() && !is_in_need(vm) {
            let back = of(vm, back);
            object.back.set(Some(back.into()), vm);
        }
        object.frame.set(copy);
        object.memory.set(memory);
        object.words.set(words);
        let overwritten = object.overwritten.replace(HeapVec::new(), vm);
        for value in overwritten {
            vm.release(value);
        }
    }
}

/// The running frame.
pub fn current<'a>(vm: &Vm) -> Option<&'a Frame> {
    let frame = crate::thread::extension(vm).frame.get();
    // SAFETY: the running frame is live; callers use it within one instruction.
    (!frame.is_null()).then(|| unsafe { &*frame })
}

/// The object of the running frame.
pub fn current_object(vm: &mut Vm) -> Ref<FrameObject> {
    let frame = crate::thread::extension(vm).frame.get();
    assert!(!frame.is_null(), "a frame runs");
    // SAFETY: the running frame is live.
    unsafe { of(vm, frame) }
}

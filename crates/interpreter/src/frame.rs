//! [`Frame`]: an activation of a code object, and [`DataStack`], the contiguous stack of a thread where frames lie.
//!
//! ```text
//! [Frame][locals, cells, free variables …][evaluation stack …]
//! ```
//! Compiled code and the interpreter share this layout.

use std::cell::Cell;

use pvm_bytecode::CodeObject;
use pvm_object::code::Code;
use pvm_object::dict::Dict;
use pvm_object::function::Function;
use pvm_object::heap::stress::{self, Apart, Mode};
use pvm_object::heap::{self, Mapping};
use pvm_object::trace::Visitor;
use pvm_object::{Object, Slot, Value, ValueRef};

use crate::execution::Execution;
use crate::frame_object::FrameObject;

/// Who owns a frame's memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Owner {
    /// The thread's data stack.
    Thread,
    /// A generator or coroutine.
    Generator,
    /// A frame object: the activation has ended, its variables live on.
    FrameObject,
}

/// What happens with the value a frame returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OnReturn {
    /// It goes to the caller's stack.
    Push,
    /// It is the return of `__init__`: checked to be `None`, the instance below it stays.
    CheckInit,
}

/// An activation of a code object.
#[repr(C)]
pub struct Frame {
    /// The caller's frame, or the one that resumed a generator.
    pub previous: *mut Frame,
    /// The instruction being executed.
    pub ip: *const u16,
    /// The end of the evaluation stack, valid while the frame is not on top.
    pub sp: *mut Slot,
    /// The specialised instructions and what belongs to them.
    pub execution: *const Execution,
    /// The function, owned.
    pub function: Slot,
    pub globals: *const Object<Dict>,
    pub builtins: *const Object<Dict>,
    /// The namespace of a module or class body, owned; empty for functions.
    pub namespace: Slot,
    /// The Python object for this frame, owned, or null.
    pub object: Cell<*mut Object<FrameObject>>,
    /// Units from the calling instruction to where the caller goes on.
    pub return_offset: u16,
    pub owner: Owner,
    pub on_return: OnReturn,
    /// Words in all, the head among them.
    pub size: u32,
}

/// Words that the head of a frame takes.
pub const HEAD: usize = size_of::<Frame>() / 8;

impl Frame {
    /// The variables: locals, cells, free variables.
    #[inline(always)]
    pub fn locals(this: *mut Frame) -> *mut Slot {
        this.wrapping_add(1).cast()
    }

    /// The bottom of the evaluation stack.
    ///
    /// # Safety
    /// `this` is a live frame.
    #[inline(always)]
    pub unsafe fn stack_base(this: *mut Frame) -> *mut Slot {
        // SAFETY: the stack lies behind the variables.
        unsafe { Frame::locals(this).add((*(*this).execution).variables) }
    }

    /// The function.
    #[inline(always)]
    pub fn function(&self) -> &Object<Function> {
        // SAFETY: a frame owns its function.
        unsafe { &*(self.function.untagged() as *const Object<Function>) }
    }

    /// The code object.
    #[inline(always)]
    pub fn code(&self) -> &Object<Code> {
        // SAFETY: a frame's function owns the execution's code, or the frame object does.
        unsafe { &*(*self.execution).code }
    }

    /// The code as the compiler made it.
    pub fn raw_code(&self) -> &CodeObject {
        &self.code().raw
    }

    /// The position of the instruction being executed, in bytes; -1 before the first.
    pub fn lasti(&self) -> i32 {
        // SAFETY: the pointer stays within the frame's instructions.
        let units = unsafe { self.ip.offset_from((*self.execution).instructions.as_ptr()) };
        units as i32 * 2
    }

    /// The line being executed.
    pub fn line(&self) -> Option<i32> {
        let lasti = self.lasti();
        if lasti < 0 {
            return Some(self.raw_code().firstlineno);
        }
        // SAFETY: a frame's execution is that of its code.
        unsafe { (*self.execution).line_at(self.raw_code(), lasti as usize) }
    }

    /// The globals.
    pub fn globals(&self) -> &Object<Dict> {
        // SAFETY: the function owns them.
        unsafe { &*self.globals }
    }

    /// The namespace of a module or class body.
    pub fn namespace(&self) -> Option<ValueRef<'_>> {
        // SAFETY: a filled slot of the frame names a live value.
        (!self.namespace.is_empty()).then(|| unsafe { self.namespace.value() })
    }

    /// Shows the collector what a frame that does not run holds.
    ///
    /// # Safety
    /// `this` is a live frame that is suspended or ended.
    pub unsafe fn trace(this: *mut Frame, visitor: &mut Visitor<'_>) {
        // SAFETY: the words between the locals' start and `sp` are filled or empty slots.
        unsafe {
            visitor.visit_slot((*this).function);
            visitor.visit_slot((*this).namespace);
            let object = (*this).object.get();
            if !object.is_null() {
                visitor.visit(&(*object).as_value());
            }
            let mut slot = Frame::locals(this);
            while slot < (*this).sp {
                visitor.visit_slot(*slot);
                slot = slot.add(1);
            }
        }
    }

    /// The words of a frame, also of one that runs: some are slots that hold something, some are out of date.
    ///
    /// # Safety
    /// `this` is a live frame.
    pub unsafe fn words<'a>(this: *mut Frame) -> impl Iterator<Item = u64> + 'a {
        // SAFETY: the frame has that many words behind its head, all of them initialised.
        let (words, function, namespace) = unsafe {
            let words = std::slice::from_raw_parts(Frame::locals(this), ((*this).size as usize).saturating_sub(HEAD));
            (words, (*this).function, (*this).namespace)
        };
        words.iter().map(|slot| slot.bits()).chain([function.bits(), namespace.bits()])
    }

    /// Empties the variables of a frame; the values come back so that they are dropped when the frame is in order. Its code may have
    /// ended already, with the same cycle.
    ///
    /// # Safety
    /// `this` is a frame that has ended.
    pub unsafe fn take_slots(this: *mut Frame) -> Vec<Value> {
        let mut taken = Vec::new();
        // SAFETY: as in `trace`; each owned slot is emptied as its value is taken.
        unsafe {
            let mut slot = Frame::locals(this);
            while slot < (*this).sp {
                let word = slot.replace(Slot::EMPTY);
                if word.bits() & 7 == 0 && !word.is_empty() {
                    taken.push(Value::from_bits(word.bits()));
                }
                slot = slot.add(1);
            }
        }
        // They go from the top down (`_PyFrame_ClearLocals`).
        taken.reverse();
        taken
    }
}

/// Words of a chunk of the data stack.
const CHUNK: usize = 64 << 10;

/// A thread's stack of frames: chunks, so that frames never move.
pub struct DataStack {
    chunks: Vec<Mapping>,
    /// The chunk that ended last: calls and returns may go back and forth over its border.
    spare: Option<Mapping>,
    top: *mut u64,
    limit: *mut u64,
    /// Where the topmost chunk begins.
    base: *mut u64,
    /// Where each chunk but the last was left.
    left: Vec<*mut u64>,
    /// Where frames lie in the stress mode `move`.
    apart: Apart,
}

impl DataStack {
    /// A stack with nothing on it.
    pub fn new() -> DataStack {
        let (top, limit, base) = (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
        DataStack { chunks: Vec::new(), spare: None, top, limit, base, left: Vec::new(), apart: Apart::default() }
    }

    /// Room for a frame of `words` words in all.
    #[inline(always)]
    pub fn push(&mut self, words: usize) -> *mut Frame {
        if stress::on(Mode::Move)
            && let Some(frame) = self.apart.push(words)
        {
            return frame.cast();
        }
        let frame = self.top;
        // The distance is zero before the first chunk.
        if (self.limit as usize - frame as usize) / 8 < words {
            return self.push_chunk(words);
        }
        // SAFETY: the chunk has room.
        self.top = unsafe { frame.add(words) };
        frame.cast()
    }

    #[cold]
    fn push_chunk(&mut self, words: usize) -> *mut Frame {
        if self.spare.as_ref().is_some_and(|spare| spare.words() < words) {
            self.drop_spare();
        }
        let chunk = self.spare.take().unwrap_or_else(|| {
            let chunk = Mapping::new(CHUNK.max(words));
            if !self.chunks.is_empty() {
                heap::charge_always(8 * chunk.words() as isize);
            }
            chunk
        });
        let start = chunk.start();
        self.left.push(self.top);
        // SAFETY: the new chunk has room.
        unsafe {
            self.limit = start.add(chunk.words());
            self.top = start.add(words);
        }
        self.base = start;
        self.chunks.push(chunk);
        start.cast()
    }

    /// Gives the topmost frame's room back.
    #[inline(always)]
    pub fn pop(&mut self, frame: *mut Frame) {
        // SAFETY: the frame has ended.
        if stress::on(Mode::Move) && unsafe { self.apart.pop(frame.cast()) } {
            return;
        }
        self.top = frame.cast();
        if self.top == self.base {
            self.pop_chunk();
        }
    }

    #[cold]
    fn pop_chunk(&mut self) {
        if self.chunks.len() == 1 {
            return;
        }
        let ended = self.chunks.pop();
        self.drop_spare();
        self.spare = ended;
        self.top = self.left.pop().expect("each chunk remembers where the one before was left");
        let chunk = self.chunks.last().expect("one chunk is left");
        let len = chunk.words();
        self.base = chunk.start();
        // SAFETY: the end of the chunk.
        self.limit = unsafe { self.base.add(len) };
    }

    fn drop_spare(&mut self) {
        if let Some(spare) = self.spare.take() {
            heap::charge_always(-8 * spare.words() as isize);
        }
    }
}

impl Drop for DataStack {
    fn drop(&mut self) {
        self.drop_spare();
    }
}

impl Default for DataStack {
    fn default() -> DataStack {
        DataStack::new()
    }
}

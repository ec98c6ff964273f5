//! [`Execution`]: what running a code object needs beside the code itself: its own copy of the instructions, which
//! specialises in place, and the handlers of exceptions as a table that is searched without decoding.

use std::cell::{Cell, OnceCell, UnsafeCell};

use pvm_bytecode::CodeObject;
use pvm_bytecode::opcode::Opcode;
use pvm_object::code::Code;
use pvm_object::heap::stress::{self, Mode};
use pvm_object::thread::ThreadState;
use pvm_object::{Object, Value};

use crate::dependents::Reliance;
use crate::interpreter::InterpreterState;
use crate::monitoring::instrumentation::{self, Instrumentation};

/// How often an instruction runs before it is specialised.
#[inline(always)]
pub fn warmup() -> u16 {
    if stress::on(Mode::Specialize) { 0 } else { 2 }
}

/// How often after an attempt that failed.
#[inline(always)]
pub fn backoff() -> u16 {
    if stress::on(Mode::Specialize) { 0 } else { 120 }
}

/// How often an instruction runs in its general form after its specialised one did not fit any more.
#[inline(always)]
pub fn cooldown() -> u16 {
    if stress::on(Mode::Specialize) { 0 } else { 52 }
}

/// The running half of a code object.
pub struct Execution {
    /// The code object this belongs to.
    pub code: *const Object<Code>,
    /// The instructions; inline caches hold counters and what was learnt.
    pub instructions: Box<[u16]>,
    /// The constants.
    pub consts: *const Value,
    /// Locals, cells and free variables.
    pub variables: usize,
    /// Words of a frame, head included.
    pub frame_words: usize,
    /// Positional parameters.
    pub argcount: u32,
    /// Whether a call with exactly the positional arguments needs no binding: no `*args`, `**kwargs`, keyword-only ones.
    pub simple: bool,
    /// With how many arguments a call needs no binding; more than there can be where it always does.
    pub exact_argcount: u32,
    /// Flags of the code object.
    pub flags: u32,
    /// Handlers by range of instruction units, innermost first.
    handlers: Vec<Handler>,
    /// What `STORE_ATTR_WITH_HINT` does, by the number in its cache.
    growths: UnsafeCell<Vec<Growth>>,
    /// What is known of the code once somebody has listened to its events.
    instrumentation: OnceCell<Box<Instrumentation>>,
    /// The shapes that the instructions rely on.
    pub(crate) reliance: OnceCell<Box<Reliance>>,
    /// How often somebody asked for a line.
    lines_asked: Cell<u8>,
    /// The lines of code that is often asked for them, each with the byte behind its instructions.
    lines: OnceCell<Box<[(u32, Option<i32>)]>>,
}

/// So many questions for a line are answered from the location table before there is an index of lines.
const LINES_FROM_TABLE: u8 = 4;

/// The instructions that compare an object's shape with one in their cache.
const RELYING_ON_SHAPES: [Opcode; 10] = [
    Opcode::BinaryOpSubscrGetitem,
    Opcode::LoadAttrInstanceValue,
    Opcode::LoadAttrWithHint,
    Opcode::LoadAttrSlot,
    Opcode::LoadAttrProperty,
    Opcode::LoadAttrMethodWithValues,
    Opcode::LoadAttrNondescriptorWithValues,
    Opcode::StoreAttrInstanceValue,
    Opcode::StoreAttrSlot,
    Opcode::StoreAttrWithHint,
];

/// How an object gets a new attribute: the place in the object, and the shape afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// The new shape.
    pub shape: u32,
    /// Bytes from the object's start.
    pub offset: u16,
}

/// Where an exception raised in a range of instructions goes.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    start: u32,
    end: u32,
    /// Unit where the handler begins.
    pub target: u32,
    /// Depth of the evaluation stack there.
    pub depth: u32,
    /// Whether the position of the failed instruction is pushed.
    pub lasti: bool,
}

impl Execution {
    fn new(code: &Object<Code>) -> Execution {
        let raw = &code.raw;
        let mut instructions: Box<[u16]> = raw.code.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        prepare(&mut instructions);
        let variables = raw.nlocalsplus();
        let simple =
            raw.kwonlyargcount == 0 && raw.flags & (pvm_bytecode::flags::CO_VARARGS | pvm_bytecode::flags::CO_VARKEYWORDS) == 0;
        let handlers = raw.exception_entries().map(|entry| Handler {
            start: entry.start / 2,
            end: entry.end / 2,
            target: entry.target / 2,
            depth: entry.depth,
            lasti: entry.lasti,
        });
        Execution {
            code,
            instructions,
            consts: code.consts.as_ptr(),
            variables,
            frame_words: crate::frame::HEAD + variables + raw.stacksize as usize + 1,
            argcount: raw.argcount,
            simple,
            exact_argcount: if simple { raw.argcount } else { u32::MAX },
            flags: raw.flags,
            handlers: handlers.collect(),
            growths: UnsafeCell::new(Vec::new()),
            instrumentation: OnceCell::new(),
            reliance: OnceCell::new(),
            lines_asked: Cell::new(0),
            lines: OnceCell::new(),
        }
    }

    /// The line of the instruction at this byte of `code`, which is the execution's.
    pub(crate) fn line_at(&self, code: &CodeObject, offset: usize) -> Option<i32> {
        if self.lines_asked.get() < LINES_FROM_TABLE {
            self.lines_asked.set(self.lines_asked.get() + 1);
            return code.line_at(offset);
        }
        let lines = self.lines.get_or_init(|| code.lines().map(|range| (range.end, range.line)).collect());
        lines.get(lines.partition_point(|&(end, _)| end as usize <= offset))?.1
    }

    /// What is known of the code once somebody has listened to its events.
    pub fn instrumentation(&self) -> Option<&Instrumentation> {
        self.instrumentation.get().map(|known| &**known)
    }

    /// As [`Execution::instrumentation`], found out if need be.
    pub(crate) fn ensure_instrumentation(&self, code: &Object<Code>) -> &Instrumentation {
        self.instrumentation.get_or_init(|| Box::new(Instrumentation::new(self, code)))
    }

    /// The general form of the instruction at a unit, whether or not it reports itself.
    pub fn opcode_at(&self, unit: usize) -> Opcode {
        match self.instrumentation().filter(|known| known.is_on()) {
            Some(known) => known.opcode(unit),
            None => Opcode::from_byte(self.instructions[unit] as u8).unwrap_or(Opcode::Nop).base(),
        }
    }

    /// Overwrites the opcode of an instruction.
    pub(crate) fn set_opcode(&self, unit: usize, opcode: Opcode) {
        let place = &raw const self.instructions[unit];
        // SAFETY: the first byte of an instruction is its opcode; the loop reads instructions by pointer only.
        unsafe { place.cast_mut().cast::<u8>().write(opcode as u8) }
    }

    /// Makes every instruction that a class's change may have outdated general again, to warm up anew.
    pub(crate) fn forget_shapes(&self) {
        let first = self.instructions.as_ptr();
        let mut at = 0;
        while at < self.instructions.len() {
            // SAFETY: the index is in range; the loop changes instructions by pointer only.
            let opcode = Opcode::from_byte(unsafe { first.add(at).read() } as u8).unwrap_or(Opcode::Nop);
            if RELYING_ON_SHAPES.contains(&opcode) {
                self.set_opcode(at, opcode.base());
                // SAFETY: as in `set_opcode`; the unit behind is the instruction's counter.
                unsafe { first.add(at + 1).cast_mut().write(warmup()) };
            }
            at += 1 + opcode.caches();
        }
    }

    /// Lets instructions, which `opcodes` tells the units of, warm up anew.
    pub(crate) fn reset_counters(&self, opcodes: &[Opcode]) {
        for (unit, opcode) in opcodes.iter().enumerate() {
            if *opcode != Opcode::Cache && opcode.caches() > 0 && unit + 1 < self.instructions.len() {
                let place = &raw const self.instructions[unit + 1];
                // SAFETY: as in `set_opcode`; the unit is the instruction's counter.
                unsafe { place.cast_mut().write(warmup()) }
            }
        }
    }

    /// The handler for an exception raised by the instruction at a unit.
    pub fn handler_at(&self, unit: u32) -> Option<Handler> {
        self.handlers.iter().copied().find(|handler| handler.start <= unit && unit < handler.end)
    }

    /// The way of growing with this number.
    #[inline(always)]
    pub fn growth(&self, entry: u16) -> Growth {
        // SAFETY: the list is borrowed for this read only; a cache holds numbers of entries.
        unsafe { (&(*self.growths.get()))[entry as usize] }
    }

    /// Notes a way of growing; `None` where there are too many.
    pub fn add_growth(&self, shape: u32, offset: usize) -> Option<u16> {
        // SAFETY: the list is borrowed for this call only.
        let growths = unsafe { &mut *self.growths.get() };
        let (entry, offset) = (u16::try_from(growths.len()).ok()?, u16::try_from(offset).ok()?);
        growths.push(Growth { shape, offset });
        Some(entry)
    }

    /// The unit of the `END_SEND` that ends the waiting loop around a unit.
    pub fn send_end(&self, unit: usize) -> usize {
        let mut at = unit;
        while at < self.instructions.len() {
            let opcode = self.opcode_at(at);
            if opcode == Opcode::EndSend {
                return at;
            }
            at += 1 + opcode.caches();
        }
        unit
    }
}

/// Sets the counters in the inline caches to the warm-up. Bytes that are no opcode become one that cannot be executed.
fn prepare(instructions: &mut [u16]) {
    let mut at = 0;
    while at < instructions.len() {
        let opcode = Opcode::from_byte(instructions[at] as u8).unwrap_or(Opcode::Reserved);
        instructions[at] = instructions[at] & 0xff00 | opcode as u16;
        let caches = opcode.caches();
        if caches > 0 && at + 1 < instructions.len() {
            instructions[at + 1] = warmup();
        }
        at += 1 + caches;
    }
}

/// The running half of a code object, made at the first call.
#[inline(always)]
pub fn of(code: &Object<Code>) -> *const Execution {
    let execution = code.execution.get();
    if execution.is_null() { make(code) } else { execution.cast() }
}

/// The running half of a code object, if it has one.
pub(crate) fn existing(code: &Object<Code>) -> Option<&Execution> {
    let execution = code.execution.get();
    // SAFETY: the execution lives as long as its code.
    (!execution.is_null()).then(|| unsafe { &*execution.cast::<Execution>() })
}

/// Whether code of the attached interpreter reports itself.
fn is_monitored() -> bool {
    let Some(thread) = ThreadState::attached() else { return false };
    // SAFETY: an attached thread's interpreter lives, and its state if it has one.
    unsafe {
        let state = thread.as_ref().heap_state().as_ref().extension().cast::<InterpreterState>();
        !state.is_null() && (*state).monitoring.is_active()
    }
}

#[cold]
fn make(code: &Object<Code>) -> *const Execution {
    unsafe fn drop_execution(execution: *mut ()) {
        // SAFETY: the pointer came from the box below, and its code has ended.
        drop(unsafe { Box::from_raw(execution.cast::<Execution>()) });
    }
    let execution = Box::into_raw(Box::new(Execution::new(code)));
    code.execution.set(execution.cast());
    code.drop_execution.set(Some(drop_execution));
    if is_monitored() {
        // SAFETY: the execution lives as long as its code.
        instrumentation::apply(unsafe { &*execution }, code, true);
    }
    execution
}

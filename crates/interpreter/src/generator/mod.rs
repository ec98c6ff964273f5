//! Generators, coroutines and asynchronous generators: one native half for the three, a suspended frame.

pub mod anext_default;
pub mod async_generator;
pub mod awaitable;
mod members;
pub mod methods;

use std::cell::Cell;

use pvm_bytecode::flags::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE};
use pvm_bytecode::opcode::Opcode;
use pvm_object::code::Code;
use pvm_object::core::header::{Header, flag};
use pvm_object::exceptions::BaseException;
use pvm_object::str::Str;
use pvm_object::thread::HandledItem;
use pvm_object::trace::{Trace, Visitor};
use pvm_object::types::slots::Sent;
use pvm_object::types::{NativeLayout, PyClass, Type, TypeDef, type_flag};
use pvm_object::{HeapCell, Object, PyResult, Ref, Slot, Static, Value, Vm};

use crate::frame::{Frame, Owner};
use crate::thread::extension;

/// What a generator is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It has not begun.
    Created,
    /// It waits behind a `yield`.
    Suspended,
    /// It runs.
    Running,
    /// It has ended.
    Finished,
}

/// The native half of generators, coroutines and asynchronous generators. The frame lies behind it, in the object itself.
pub struct Generator {
    /// Words that the frame has, its head among them.
    words: u32,
    state: Cell<State>,
    handled: HandledItem,
    pub(crate) code: Ref<Code>,
    pub(crate) name: HeapCell<Ref<Str>>,
    pub(crate) qualname: HeapCell<Ref<Str>>,
    /// `cr_origin` of a coroutine.
    pub(crate) origin: HeapCell<Option<Value>>,
    /// The finaliser hook of an asynchronous generator.
    pub(crate) finalizer: HeapCell<Option<Value>>,
    /// Whether an asynchronous generator has told the first-iteration hook.
    pub(crate) hooks_told: Cell<bool>,
    /// Whether an asynchronous generator was closed.
    pub(crate) closed: Cell<bool>,
    /// Whether an `asend`, `athrow` or `aclose` of an asynchronous generator is under way.
    pub(crate) running_async: Cell<bool>,
    /// Whether the object is marked as finalised because closing it would do nothing but drop it.
    ends_plainly: Cell<bool>,
}

// SAFETY: each reference is visited once; the frame's only while it does not run, for a running frame is a root.
unsafe impl Trace for Generator {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.code.trace(visitor);
        self.name.trace(visitor);
        self.qualname.trace(visitor);
        self.origin.trace(visitor);
        self.finalizer.trace(visitor);
        self.handled.trace(visitor);
        if self.state.get() != State::Running
            && let Some(frame) = self.frame()
        {
            // SAFETY: the frame is live and suspended.
            unsafe { Frame::trace(frame, visitor) }
        }
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        if let Some(frame) = self.frame() {
            // SAFETY: the frame is suspended; each value goes once, from the top down (`_PyFrame_ClearLocals`).
            unsafe {
                let first = Frame::locals(frame);
                while (*frame).sp > first {
                    (*frame).sp = (*frame).sp.sub(1);
                    let slot = (*frame).sp.replace(Slot::EMPTY);
                    if !slot.is_empty() && !slot.is_borrowed() {
                        drop(slot.into_value());
                    }
                }
                let function = (*frame).function;
                drop(Value::from_bits(function.bits()));
                if !(*frame).namespace.is_empty() {
                    drop(Value::from_bits((*frame).namespace.bits()));
                }
                let object = (*frame).object.get();
                if !object.is_null() {
                    (*object).forget_frame();
                    drop(Value::from_bits(object as u64));
                }
            }
        }
    }
}

/// The size of a generator with its frame.
unsafe fn size(object: *const Header) -> usize {
    // SAFETY: the layout's sizes are asked of generators only.
    let words = unsafe { (&*object.cast::<Object<Generator>>()).words };
    size_of::<Object<Generator>>() + words as usize * 8
}

static LAYOUT: NativeLayout = NativeLayout::sized::<Generator>(size);

static GENERATOR_DEF: TypeDef = methods::definition("generator", members::GENERATOR_MEMBERS);
static COROUTINE_DEF: TypeDef = methods::definition("coroutine", members::COROUTINE_MEMBERS);
static ASYNC_GENERATOR_DEF: TypeDef = methods::definition("async_generator", members::ASYNC_GENERATOR_MEMBERS);

/// `types.GeneratorType`.
pub static GENERATOR_TYPE: Static<Type> = Static::new_class(&GENERATOR_DEF, &LAYOUT, methods::GENERATOR_SLOTS);
/// `types.CoroutineType`.
pub static COROUTINE_TYPE: Static<Type> =
    Static::new_class_like(&COROUTINE_DEF, &LAYOUT, &raw const GENERATOR_TYPE, methods::COROUTINE_SLOTS);
/// `types.AsyncGeneratorType`.
pub static ASYNC_GENERATOR_TYPE: Static<Type> =
    Static::new_class_like(&ASYNC_GENERATOR_DEF, &LAYOUT, &raw const GENERATOR_TYPE, methods::ASYNC_GENERATOR_SLOTS);

// SAFETY: the static is declared with the layout of `Generator`.
unsafe impl PyClass for Generator {
    const TYPE: &'static Static<Type> = &GENERATOR_TYPE;
}

impl Generator {
    /// The frame, unless it has ended.
    #[inline(always)]
    pub fn frame(&self) -> Option<*mut Frame> {
        (self.state.get() != State::Finished).then(|| self.place())
    }

    /// Where the frame lies.
    #[inline(always)]
    fn place(&self) -> *mut Frame {
        std::ptr::from_ref(self).wrapping_add(1).cast_mut().cast()
    }

    /// What it is doing.
    pub fn state(&self) -> State {
        self.state.get()
    }

    /// Whether it is a coroutine: made by `async def`, or a generator that `types.coroutine` marked.
    pub fn is_coroutine(&self) -> bool {
        self.code.raw.flags & CO_COROUTINE != 0
    }

    /// Whether it is a coroutine that has not begun.
    #[inline]
    pub fn is_fresh_coroutine(this: &Object<Generator>) -> bool {
        this.state.get() == State::Created && std::ptr::eq(this.ty(), COROUTINE_TYPE.get())
    }

    /// Whether a generator was marked as a coroutine by `types.coroutine`.
    pub fn is_iterable_coroutine(&self) -> bool {
        self.code.raw.flags & CO_ITERABLE_COROUTINE != 0
    }

    /// Whether the loop may go on in its frame.
    #[inline(always)]
    pub fn can_be_entered(this: &Object<Generator>) -> bool {
        !std::ptr::eq(this.ty(), ASYNC_GENERATOR_TYPE.get()) && matches!(this.state.get(), State::Created | State::Suspended)
    }

    /// The operand of the `RESUME` that stands behind the `yield` where it waits.
    fn resume_operand(&self) -> Option<u16> {
        if self.state.get() != State::Suspended {
            return None;
        }
        let frame = self.place();
        // SAFETY: a suspended frame.
        unsafe {
            let execution = &*(*frame).execution;
            let unit = (*frame).ip.offset_from(execution.instructions.as_ptr()) as usize;
            (execution.opcode_at(unit) == pvm_bytecode::opcode::Opcode::Resume).then(|| *(*frame).ip >> 8)
        }
    }

    /// What it waits for in a `yield from` or `await`.
    pub fn awaited(&self) -> Option<Value> {
        if self.resume_operand()? & RESUME_LOCATION < RESUME_AFTER_YIELD_FROM {
            return None;
        }
        // SAFETY: a suspended frame, whose stack has the delegate on top.
        unsafe {
            let slot = *(*self.place()).sp.sub(1);
            (!slot.is_empty()).then(|| slot.value().to_owned())
        }
    }

    /// Whether nothing but the handler that stands around every generator's body would see an exception thrown into it.
    fn handles_nothing(&self) -> bool {
        self.resume_operand().is_some_and(|operand| operand & RESUME_DEPTH1 != 0)
    }

    /// Whether somebody awaits it already.
    pub fn is_awaited(&self, _vm: &Vm) -> bool {
        self.awaited().is_some()
    }

    /// Bytes of the generator and its frame.
    pub(super) fn size_in_memory(&self) -> usize {
        size_of::<Object<Generator>>() + 8 * self.words as usize
    }
}

/// The part of a `RESUME`'s operand that tells what stands before it.
const RESUME_LOCATION: u16 = 3;
/// Behind a `yield`.
const RESUME_AFTER_YIELD: u16 = 1;
/// Behind a `yield from`; behind an `await` it is one more.
const RESUME_AFTER_YIELD_FROM: u16 = 2;
/// The bit of a `RESUME`'s operand that says that one handler is around it.
const RESUME_DEPTH1: u16 = 4;

/// Whether a generator whose next instruction this is would see nothing of its end: it waits at a `yield`, and nothing but the
/// handler that stands around every generator's body is around that.
#[inline(always)]
fn waits_plainly(unit: u16) -> bool {
    let is_resume = matches!(unit as u8, code if code == Opcode::Resume as u8 || code == Opcode::ResumeCheck as u8);
    is_resume && unit >> 8 & (RESUME_LOCATION | RESUME_DEPTH1) == RESUME_AFTER_YIELD | RESUME_DEPTH1
}

/// Says whether the end of a generator that does not run takes more than dropping what it holds.
///
/// # Safety
/// It does not, where `plain` says so of a generator that is no coroutine.
#[inline(always)]
unsafe fn tell_finaliser(generator: &Object<Generator>, plain: bool) {
    let plain = plain && std::ptr::eq(generator.ty(), GENERATOR_TYPE.get());
    if plain == generator.ends_plainly.get() {
        return;
    }
    let header = generator.header();
    // SAFETY: by contract, and a mark that was there before stays.
    unsafe {
        if !plain {
            header.unmark(flag::FINALISED);
        } else if header.is_finalised() {
            return;
        } else {
            header.mark(flag::FINALISED);
        }
    }
    generator.ends_plainly.set(plain);
}

/// Somebody may want to know of the generator's end: tools, or the object that its frame has got.
pub(crate) fn watch_end(generator: &Object<Generator>) {
    // SAFETY: to finalise is never wrong.
    unsafe { tell_finaliser(generator, false) }
}

/// The generator that a frame belongs to.
///
/// # Safety
/// `frame` is a generator's.
pub(crate) unsafe fn owner_of<'a>(frame: *mut Frame) -> &'a Object<Generator> {
    // SAFETY: the frame lies behind its generator, in the same object.
    unsafe { &*frame.cast::<Object<Generator>>().sub(1) }
}

/// Where a coroutine is being made, as `cr_origin` tells, if the thread wants to know (`compute_cr_origin`).
unsafe fn origin(vm: &mut Vm, mut frame: *mut Frame) -> Option<Value> {
    let depth = extension(vm).origin_depth.get();
    if depth <= 0 {
        return None;
    }
    let mut places = Vec::new();
    while !frame.is_null() && (places.len() as i32) < depth {
        // SAFETY: frames below the running one are live.
        let running = unsafe { &*frame };
        let code = running.code();
        let line = running.line().map_or_else(Value::none, Value::from_i32);
        places.push(vm.new_tuple(vec![code.filename.to_value(), line, code.name.to_value()]).into());
        frame = running.previous;
    }
    Some(vm.new_tuple(places).into())
}

/// A generator that goes on where a frame is, which gives its content away.
///
/// # Safety
/// `frame` is the running frame, at its `RETURN_GENERATOR`; nothing of it is used afterwards but its links.
pub(crate) unsafe fn from_frame(vm: &mut Vm, frame: *mut Frame) -> PyResult {
    // SAFETY: the slots move to the new memory; borrowed ones become owners, for the caller's frame may end first.
    unsafe {
        let function = (*frame).function();
        let code = (*frame).code().to_ref();
        let flags = code.raw.flags;
        let (class, origin) = if flags & CO_COROUTINE != 0 {
            (COROUTINE_TYPE.get(), origin(vm, (*frame).previous))
        } else if flags & CO_ASYNC_GENERATOR != 0 {
            (ASYNC_GENERATOR_TYPE.get(), None)
        } else {
            (GENERATOR_TYPE.get(), None)
        };
        let (name, qualname, words) = (function.name(vm), function.qualname(vm), (*frame).size);
        let generator = vm.alloc_with_tail(class, words as usize * 8, || Generator {
            words,
            // No collection happens before the frame is there.
            state: Cell::new(State::Created),
            handled: HandledItem::new(),
            code,
            name: HeapCell::new(name),
            qualname: HeapCell::new(qualname),
            origin: HeapCell::new(origin),
            finalizer: HeapCell::new(None),
            hooks_told: Cell::new(false),
            closed: Cell::new(false),
            running_async: Cell::new(false),
            ends_plainly: Cell::new(false),
        })?;
        let copy = generator.place();
        std::ptr::copy_nonoverlapping(frame, copy, 1);
        let used = (*frame).sp.offset_from(Frame::locals(frame)) as usize;
        for index in 0..used {
            let slot = *Frame::locals(frame).add(index);
            *Frame::locals(copy).add(index) = if slot.is_borrowed() { slot.to_owned_slot() } else { slot };
        }
        (*copy).sp = Frame::locals(copy).add(used);
        (*copy).owner = Owner::Generator;
        (*copy).previous = std::ptr::null_mut();
        if !(*copy).object.get().is_null() {
            (*(*copy).object.get()).set_frame(copy);
        }
        tell_finaliser(&generator, (*copy).object.get().is_null());
        Ok(generator.into())
    }
}

/// Prepares the frame of the generator in a slot to go on with a value; `None` where the slot holds something else, or a
/// generator that cannot go on. An owned value moves.
///
/// # Safety
/// The slots are filled; the value is given up where a frame comes back.
#[inline]
pub(crate) unsafe fn enter(vm: &mut Vm, slot: Slot, value: Option<Slot>) -> Option<*mut Frame> {
    // SAFETY: passed on.
    unsafe {
        let receiver = slot.value();
        let generator = match value {
            None => receiver.downcast_exact::<Generator>()?,
            Some(value) => {
                let generator = receiver.downcast::<Generator>()?;
                if generator.state.get() == State::Created && !value.value().is_none() {
                    return None;
                }
                generator
            }
        };
        if !Generator::can_be_entered(generator) || extension(vm).depth_left.get() <= 0 {
            return None;
        }
        let value = match value {
            Some(value) if value.is_borrowed() => value.to_owned_slot(),
            Some(value) => value,
            None => Slot::owned(Value::none()),
        };
        Some(resume(vm, generator, value))
    }
}

/// Puts a generator's frame on top, with a value on its stack.
unsafe fn resume(vm: &mut Vm, generator: &Object<Generator>, value: Slot) -> *mut Frame {
    let frame = generator.frame().expect("a generator that can go on has a frame");
    // SAFETY: a suspended frame has room for the value; the generator outlives its running.
    unsafe {
        *(*frame).sp = value;
        (*frame).sp = (*frame).sp.add(1);
        vm.thread().enter_handling(&raw const generator.handled);
    }
    generator.state.set(State::Running);
    let thread = extension(vm);
    thread.depth_left.set(thread.depth_left.get() - 1);
    frame
}

fn leave(vm: &mut Vm) {
    vm.thread().leave_handling();
    let thread = extension(vm);
    thread.depth_left.set(thread.depth_left.get() + 1);
}

/// A generator's frame has yielded.
///
/// # Safety
/// `frame` is a generator's.
#[inline]
pub(crate) unsafe fn suspend(vm: &mut Vm, frame: *mut Frame) {
    leave(vm);
    // SAFETY: passed on.
    unsafe {
        (*frame).previous = std::ptr::null_mut();
        let generator = owner_of(frame);
        generator.state.set(State::Suspended);
        tell_finaliser(generator, waits_plainly(*(*frame).ip) && (*frame).object.get().is_null());
    }
}

/// A generator's frame has returned.
///
/// # Safety
/// `frame` is a generator's, and not used again.
pub(crate) unsafe fn finish(vm: &mut Vm, frame: *mut Frame) {
    leave(vm);
    // SAFETY: the generator is kept until its memory is gone.
    unsafe {
        let generator = owner_of(frame).to_ref();
        generator.state.set(State::Finished);
        generator.handled.clear();
        generator.header().mark(flag::FINALISED);
        (*frame).previous = std::ptr::null_mut();
        if !(*frame).object.get().is_null() {
            crate::frame_object::detach(vm, frame);
        }
        // Emptied one by one, for each may run code that looks at the generator.
        let (mut slot, end) = (Frame::locals(frame), (*frame).sp);
        (*frame).sp = slot;
        while slot < end {
            let content = slot.replace(Slot::EMPTY);
            if !content.is_empty() && content.release() {
                vm.end_object(content);
            }
            slot = slot.add(1);
        }
        for last in [(*frame).function, Slot::owned(generator.into())] {
            if last.release() {
                vm.end_object(last);
            }
        }
    }
}

/// A generator's frame was left by an exception.
///
/// # Safety
/// `frame` is a generator's, and not used again.
pub(crate) unsafe fn fail(vm: &mut Vm, frame: *mut Frame, _exception: &Ref<BaseException>) -> Option<Ref<BaseException>> {
    // SAFETY: passed on.
    unsafe { finish(vm, frame) };
    None
}

/// How messages name the kind of a generator.
pub(crate) fn kind_name(generator: &Object<Generator>) -> &'static str {
    match generator.code.raw.flags {
        flags if flags & CO_COROUTINE != 0 => "coroutine",
        flags if flags & CO_ASYNC_GENERATOR != 0 => "async generator",
        _ => "generator",
    }
}

/// Lets a generator go on with a value (`gen_send_ex2`).
pub fn send(vm: &mut Vm, generator: &Object<Generator>, value: Value) -> PyResult<Sent> {
    match generator.state.get() {
        State::Running => {
            let kind = kind_name(generator);
            return Err(vm.value_error(format_args!("{kind} already executing")));
        }
        State::Finished => {
            if generator.is_coroutine() {
                return Err(vm.runtime_error(format_args!("cannot reuse already awaited coroutine")));
            }
            return Ok(Sent::Returned(Value::none()));
        }
        State::Created if !value.is_none() => {
            let kind = kind_name(generator);
            return Err(vm.type_error(format_args!("can't send non-None value to a just-started {kind}")));
        }
        State::Created | State::Suspended => {}
    }
    run(vm, generator, value, false)
}

/// Runs a generator that waits, with a value or with the pending exception.
fn run(vm: &mut Vm, generator: &Object<Generator>, value: Value, throws: bool) -> PyResult<Sent> {
    vm.check_recursion("")?;
    if extension(vm).depth_left.get() <= 0 {
        return Err(vm.recursion_error(format_args!("maximum recursion depth exceeded")));
    }
    let keep = generator.to_ref();
    // SAFETY: the generator waits; it is kept alive meanwhile.
    let result = unsafe {
        let frame = resume(vm, generator, Slot::owned(value));
        // Its context is what the generator itself handles, hence not before that is on top (`_PyErr_ChainStackItem`).
        let thrown = if throws { vm.take_pending() } else { None };
        let raised = thrown.map(|exception| match keep.handled.is_empty() {
            true => vm.reraise(exception),
            false => vm.raise(exception),
        });
        crate::eval::run_or_throw(vm, frame, raised)?
    };
    Ok(match keep.state.get() {
        State::Suspended => Sent::Yielded(result),
        _ => Sent::Returned(result),
    })
}

/// Does something on behalf of a suspended generator, which counts as running meanwhile.
fn as_running<R>(vm: &mut Vm, generator: &Object<Generator>, action: impl FnOnce(&mut Vm) -> R) -> R {
    let state = generator.state.replace(State::Running);
    let result = action(vm);
    generator.state.set(state);
    result
}

/// As [`as_running`], with the generator's frame on the stack, so that tracebacks are complete.
fn on_stack<R>(vm: &mut Vm, generator: &Object<Generator>, action: impl FnOnce(&mut Vm) -> R) -> R {
    let frame = generator.frame().expect("a generator that waits has a frame");
    let thread = extension(vm);
    let below = thread.frame.replace(frame);
    // SAFETY: a suspended frame, which its generator keeps: while it counts as running it can be neither resumed nor cleared.
    unsafe { (*frame).previous = below };
    let result = as_running(vm, generator, action);
    // SAFETY: as above.
    unsafe { (*frame).previous = std::ptr::null_mut() };
    thread.frame.set(below);
    result
}

/// Raises the pending exception where a generator waits.
pub(crate) fn raise_inside(vm: &mut Vm, generator: &Object<Generator>) -> PyResult<Sent> {
    match generator.state.get() {
        State::Running => {
            let kind = kind_name(generator);
            Err(vm.value_error(format_args!("{kind} already executing")))
        }
        State::Finished => {
            if generator.is_coroutine() {
                drop(vm.take_pending());
                return Err(vm.runtime_error(format_args!("cannot reuse already awaited coroutine")));
            }
            Err(vm.raised())
        }
        State::Created | State::Suspended => run(vm, generator, Value::none(), true),
    }
}

/// The generators that run now and refer to any of `targets`: what lists those who refer to an object does not look into
/// frames that run.
pub fn running_referrers(vm: &Vm, targets: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    for thread in crate::interpreter::state(vm).threads.running() {
        // SAFETY: threads that run keep their part, and so do their frames, while this one holds the lock; a frame that has
        // called something has its stack's end set.
        unsafe {
            let mut frame = (*thread).frame.get();
            while !frame.is_null() {
                if (*frame).owner == Owner::Generator {
                    let length = (*frame).sp.offset_from(Frame::locals(frame)).max(0) as usize;
                    let slots = std::slice::from_raw_parts(Frame::locals(frame), length);
                    if slots.iter().any(|slot| targets.iter().any(|target| slot.untagged() == target.bits())) {
                        found.push(owner_of(frame).to_value());
                    }
                }
                frame = (*frame).previous;
            }
        }
    }
    found
}

/// The flags that every class of generators has.
pub(crate) const FLAGS: u32 = type_flag::HAS_WEAKREFS | type_flag::DISALLOW_INSTANTIATION;

/// Ends a generator that does not run, without running it.
pub(crate) fn end_unseen(vm: &mut Vm, generator: &Object<Generator>) {
    if let (State::Created | State::Suspended, Some(frame)) = (generator.state.get(), generator.frame()) {
        // SAFETY: the generator outlives the call; a frame that waits is in order. What `finish` takes back is put there
        // first.
        unsafe {
            vm.thread().enter_handling(&raw const generator.handled);
            let thread = extension(vm);
            thread.depth_left.set(thread.depth_left.get() - 1);
            finish(vm, frame);
        }
    }
}

/// What a generator waited for has returned: it goes on behind its `yield from` or `await` with the value.
pub(crate) fn delegate_returned(vm: &mut Vm, generator: &Object<Generator>, value: Value) -> PyResult<Sent> {
    let frame = generator.frame().expect("a generator that waits has a frame");
    // SAFETY: a suspended frame: the delegate lies on top; the loop around `SEND` ends at an `END_SEND`, to which the jump of
    // the `SEND` leads.
    unsafe {
        let execution = &*(*frame).execution;
        let start = execution.instructions.as_ptr();
        let here = (*frame).ip.offset_from(start) as usize;
        let end = execution.send_end(here);
        (*frame).ip = start.add(end);
    }
    run(vm, generator, value, false)
}

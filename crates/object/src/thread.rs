//! [`ThreadState`]: what belongs to one thread inside an interpreter.

use std::cell::{Cell, UnsafeCell};
use std::collections::HashSet;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::bell::Doorbell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions::BaseException;
use crate::heap::{HeapState, memory, request};
use crate::trace::{Trace, Visitor};
use crate::types::Type;
use crate::{Heap, Vm};

/// The exception that a piece of running code handles: one for each thread, one for each generator. They form a chain
/// while generators run (CPython's `_PyErr_StackItem`).
pub struct HandledItem {
    exception: UnsafeCell<Option<Ref<BaseException>>>,
    previous: Cell<*const HandledItem>,
}

impl HandledItem {
    /// An item that handles nothing.
    pub const fn new() -> HandledItem {
        HandledItem { exception: UnsafeCell::new(None), previous: Cell::new(std::ptr::null()) }
    }

    fn get(&self) -> Option<Ref<BaseException>> {
        // SAFETY: the content is moved in and out or cloned, never borrowed over a call.
        unsafe { (*self.exception.get()).clone() }
    }

    fn replace(&self, exception: Option<Ref<BaseException>>) -> Option<Ref<BaseException>> {
        // SAFETY: as in `get`.
        unsafe { std::mem::replace(&mut *self.exception.get(), exception) }
    }

    /// Whether it handles nothing.
    pub fn is_empty(&self) -> bool {
        // SAFETY: as in `get`.
        unsafe { (*self.exception.get()).is_none() }
    }

    /// Forgets the exception.
    pub fn clear(&self) {
        drop(self.replace(None));
    }
}

impl Default for HandledItem {
    fn default() -> HandledItem {
        HandledItem::new()
    }
}

// SAFETY: the exception is visited once.
unsafe impl Trace for HandledItem {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        // SAFETY: the collector runs while nothing is borrowed.
        unsafe { &*self.exception.get() }.trace(visitor);
    }
}

/// What belongs to one thread inside an interpreter: the pending exception, those being handled, the bound of the native
/// stack, and the interpreter layer's own part.
pub struct ThreadState {
    heap: NonNull<HeapState>,
    pending: UnsafeCell<Option<Ref<BaseException>>>,
    base: HandledItem,
    handling: Cell<*const HandledItem>,
    stack_limit: Cell<usize>,
    /// The containers whose representation is being made, by their addresses.
    in_repr: UnsafeCell<HashSet<usize>>,
    /// The context of context variables.
    context: UnsafeCell<Option<Value>>,
    extension: Cell<*mut ()>,
    bell: Arc<Doorbell>,
}

thread_local! {
    static CURRENT: Cell<*const ThreadState> = const { Cell::new(std::ptr::null()) };
}

impl ThreadState {
    /// A state for a thread of the interpreter that `heap` belongs to.
    ///
    /// # Safety
    /// `heap` outlives the state.
    pub unsafe fn new(heap: NonNull<HeapState>) -> ThreadState {
        let bell = Arc::new(Doorbell::default());
        // SAFETY: the heap lives.
        unsafe { heap.as_ref() }.remote().add(&bell);
        ThreadState {
            bell,
            heap,
            pending: UnsafeCell::new(None),
            base: HandledItem::new(),
            handling: Cell::new(std::ptr::null()),
            stack_limit: Cell::new(0),
            in_repr: UnsafeCell::new(HashSet::new()),
            context: UnsafeCell::new(None),
            extension: Cell::new(std::ptr::null_mut()),
        }
    }

    /// How others reach the thread.
    pub fn bell(&self) -> &Arc<Doorbell> {
        &self.bell
    }

    /// The interpreter's memory.
    pub fn heap_state(&self) -> NonNull<HeapState> {
        self.heap
    }

    /// Makes a state (or none) that of the calling thread, on attaching and detaching; returns the one before.
    ///
    /// # Safety
    /// The calling thread holds the interpreter's lock as long as the state is its current one.
    pub unsafe fn make_current(state: Option<NonNull<ThreadState>>) -> Option<NonNull<ThreadState>> {
        let pointer = state.map_or(std::ptr::null(), |state| state.as_ptr().cast_const());
        // SAFETY: an attached state is alive.
        let heap = state.map_or(std::ptr::null(), |state| unsafe {
            let (heap, requests) = (state.as_ref().heap, state.as_ref().bell.requests());
            if requests != 0 {
                // What was asked of the thread while others ran. SAFETY: an attached state's heap outlives it.
                heap.as_ref().request(requests);
            }
            heap.as_ptr().cast_const()
        });
        memory::set_current(heap);
        NonNull::new(CURRENT.replace(pointer).cast_mut())
    }

    /// The state the calling thread is attached with.
    pub fn attached() -> Option<NonNull<ThreadState>> {
        NonNull::new(CURRENT.get().cast_mut())
    }

    /// The attached state of the heap whose token this is.
    #[inline]
    pub(crate) fn current<'a>(heap: &Heap) -> &'a ThreadState {
        let state = CURRENT.get();
        assert!(!state.is_null(), "a token exists on attached threads only");
        // SAFETY: an attached thread's state outlives the token.
        let state = unsafe { &*state };
        debug_assert!(std::ptr::eq(state.heap.as_ptr(), heap.state()), "token and thread belong to different interpreters");
        state
    }

    /// The context that the thread's context variables have their values in, once it has one.
    pub fn context(&self) -> Option<Value> {
        // SAFETY: the content is moved in and out or cloned, never borrowed over a call.
        unsafe { (*self.context.get()).clone() }
    }

    /// Sets the context and returns the one before.
    pub fn set_context(&self, context: Option<Value>) -> Option<Value> {
        // SAFETY: as in `context`.
        unsafe { std::mem::replace(&mut *self.context.get(), context) }
    }

    /// The interpreter layer's own part.
    #[inline(always)]
    pub fn extension(&self) -> *mut () {
        self.extension.get()
    }

    /// Sets the interpreter layer's own part.
    pub fn set_extension(&self, extension: *mut ()) {
        self.extension.set(extension);
    }

    pub(crate) fn set_pending(&self, exception: Option<Ref<BaseException>>) {
        // SAFETY: the content is moved in and out, never borrowed over a call.
        let old = unsafe { std::mem::replace(&mut *self.pending.get(), exception) };
        drop(old);
    }

    pub(crate) fn take_pending(&self) -> Option<Ref<BaseException>> {
        // SAFETY: as in `set_pending`.
        unsafe { (*self.pending.get()).take() }
    }

    /// Whether an exception is pending.
    #[inline]
    pub fn has_pending(&self) -> bool {
        // SAFETY: as in `set_pending`.
        unsafe { (*self.pending.get()).is_some() }
    }

    pub(crate) fn pending_class_is(&self, class: &Object<Type>, heap: &Heap) -> bool {
        // SAFETY: as in `set_pending`; the comparison runs no code.
        unsafe { (*self.pending.get()).as_ref().is_some_and(|exception| exception.ty().is_subclass_of(class, heap)) }
    }

    fn handling(&self) -> &HandledItem {
        let top = self.handling.get();
        // SAFETY: items are linked while the code they belong to runs.
        if top.is_null() { &self.base } else { unsafe { &*top } }
    }

    /// The exception being handled (`sys.exception()`): that of the innermost code that handles one.
    pub fn handled(&self) -> Option<Ref<BaseException>> {
        let mut item = self.handling();
        loop {
            if let Some(exception) = item.get() {
                return Some(exception);
            }
            if std::ptr::eq(item, &self.base) {
                return None;
            }
            let previous = item.previous.get();
            // SAFETY: as in `handling`.
            item = if previous.is_null() { &self.base } else { unsafe { &*previous } };
        }
    }

    /// Sets the exception that the running code itself handles and returns the one before.
    pub fn set_handled(&self, exception: Option<Ref<BaseException>>) -> Option<Ref<BaseException>> {
        self.handling().replace(exception)
    }

    /// A generator begins to run: what it handles comes on top.
    ///
    /// # Safety
    /// `item` stays alive and in place until [`ThreadState::leave_handling`].
    pub unsafe fn enter_handling(&self, item: *const HandledItem) {
        // SAFETY: passed on.
        unsafe { (*item).previous.set(self.handling.get()) };
        self.handling.set(item);
    }

    /// The generator that began to run last is suspended or has ended.
    pub fn leave_handling(&self) {
        let top = self.handling.get();
        debug_assert!(!top.is_null(), "no generator runs");
        // SAFETY: as in `handling`.
        self.handling.set(unsafe { (*top).previous.get() });
    }

    /// Gives a new exception its `__context__`, breaking the cycle that would close where it is in the chain already.
    pub(crate) fn chain_context(&self, exception: &Object<BaseException>, heap: &mut Heap) {
        let Some(handled) = self.handled() else { return };
        if std::ptr::eq(&**handled, &**exception) {
            return;
        }
        let mut link = handled.clone();
        // Follows at half the speed, to notice a cycle that a program made (Floyd's algorithm, as in `_PyErr_SetObject`).
        let (mut slow, mut slow_moves) = (handled.clone(), false);
        while let Some(context) = link.context(heap) {
            if std::ptr::eq(&**context, &**exception) {
                link.set_context(None, heap);
                break;
            }
            link = context;
            if std::ptr::eq(&**link, &**slow) {
                break;
            }
            if slow_moves && let Some(context) = slow.context(heap) {
                slow = context;
            }
            slow_moves = !slow_moves;
        }
        exception.set_context(Some(handled), heap);
    }

    /// Notes that the representation of a container is being made; false where it is already (`Py_ReprEnter`).
    pub fn enter_repr(&self, address: usize) -> bool {
        // SAFETY: the set is borrowed for this call only.
        unsafe { &mut *self.in_repr.get() }.insert(address)
    }

    /// Takes back what [`ThreadState::enter_repr`] noted.
    pub fn leave_repr(&self, address: usize) {
        // SAFETY: the set is borrowed for this call only.
        unsafe { &mut *self.in_repr.get() }.remove(&address);
    }

    /// Sets the address below which the native stack must not grow.
    pub fn set_stack_limit(&self, limit: usize) {
        self.stack_limit.set(limit);
    }

    /// Shows the collector what the thread holds.
    pub fn trace(&self, visitor: &mut Visitor<'_>) {
        // SAFETY: the collector runs while nothing is borrowed.
        unsafe {
            (*self.pending.get()).trace(visitor);
            self.base.trace(visitor);
            (*self.context.get()).trace(visitor);
        }
    }
}

impl Drop for ThreadState {
    fn drop(&mut self) {
        // SAFETY: the heap outlives the state.
        unsafe { self.heap.as_ref() }.remote().remove(&self.bell);
    }
}

impl Vm {
    /// An error where the native stack is nearly used up, or the program is told to stop; natively recursive code asks before it goes
    /// deeper. `doing` is the tail of the message, as `" while calling a Python object"`.
    #[inline]
    pub fn check_recursion(&mut self, doing: &str) -> PyResult<()> {
        if self.heap_state().requests() & request::STOP != 0 {
            return Err(self.told_to_stop());
        }
        self.check_stack(doing)
    }

    /// [`Vm::check_recursion`] for what shall work in a program that is told to stop too: the text of its exception.
    #[inline]
    pub(crate) fn check_stack(&mut self, doing: &str) -> PyResult<()> {
        let marker = 0u8;
        let here = std::hint::black_box(&raw const marker) as usize;
        if here < self.thread().stack_limit.get() {
            return Err(self.recursion_error(format_args!("maximum recursion depth exceeded{doing}")));
        }
        Ok(())
    }

    /// Whether `value` is the exception being handled.
    pub fn is_handled(&self, value: &Value) -> bool {
        self.thread().handled().is_some_and(|exception| exception.as_value().is(value))
    }

    /// Empties the thread's state, at the thread's end; finalisers may run, and what they leave goes too.
    pub fn clear_thread(&mut self) {
        loop {
            drop(self.take_pending());
            drop(self.thread().set_handled(None));
            let context = self.thread().set_context(None);
            let done = context.is_none();
            drop(context);
            self.drain_drops();
            if done {
                return;
            }
        }
    }
}

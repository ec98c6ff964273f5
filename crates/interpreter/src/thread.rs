//! [`ThreadExtension`]: the interpreter layer's part of a thread: its stack of frames and its limits.

use std::cell::{Cell, UnsafeCell};
use std::sync::atomic::{AtomicU64, Ordering};

use pvm_object::exceptions::BaseException;
use pvm_object::thread::ThreadState;
use pvm_object::weakref::WeakRef;
use pvm_object::{Ref, Value, Vm};

use crate::frame::{DataStack, Frame};
use crate::monitoring::legacy::Tracing;

/// How deep Python calls may nest before `sys.setrecursionlimit` says otherwise.
pub const RECURSION_LIMIT: u32 = 1000;

/// The interpreter layer's part of a thread.
pub struct ThreadExtension {
    /// What `sys.set_asyncgen_hooks` was given: first iteration, finaliser.
    async_generator_hooks: UnsafeCell<(Option<Value>, Option<Value>)>,
    stack: UnsafeCell<DataStack>,
    /// The running frame, or null.
    pub frame: Cell<*mut Frame>,
    /// How many more Python calls may nest.
    pub depth_left: Cell<i32>,
    /// Trace and profile functions.
    pub(crate) tracing: Tracing,
    /// How many frames coroutines remember of where they were made.
    pub origin_depth: Cell<i32>,
    /// The exception about to be raised is on its way already: see `eval::unwind::mark_reraised`.
    pub reraised: Cell<bool>,
    /// The exception about to be raised is thrown into a generator: see `eval::unwind::thrown`.
    pub thrown: Cell<bool>,
    /// The thread's number, which no other thread of the process ever has.
    pub number: u64,
    /// The number by which programs know the thread, 0 before it runs.
    pub ident: Cell<u64>,
    /// What the object model knows of the thread, null before it runs.
    state: Cell<*const ThreadState>,
    /// The `_thread._local` objects that keep something for this thread.
    locals: UnsafeCell<Vec<Ref<WeakRef>>>,
}

impl ThreadExtension {
    /// The exception that the thread handles.
    ///
    /// # Safety
    /// The thread runs, and this one holds the interpreter's lock.
    pub(crate) unsafe fn handled(&self) -> Option<Ref<BaseException>> {
        // SAFETY: the state of a thread lives as long as it runs, and changes only under the lock.
        unsafe { self.state.get().as_ref() }.and_then(ThreadState::handled)
    }

    /// The part of a thread that runs nothing yet.
    pub fn new(recursion_limit: u32) -> ThreadExtension {
        static NEXT_NUMBER: AtomicU64 = AtomicU64::new(1);
        ThreadExtension {
            async_generator_hooks: UnsafeCell::new((None, None)),
            stack: UnsafeCell::new(DataStack::new()),
            frame: Cell::new(std::ptr::null_mut()),
            depth_left: Cell::new(recursion_limit as i32),
            tracing: Tracing::default(),
            origin_depth: Cell::new(0),
            reraised: Cell::new(false),
            thrown: Cell::new(false),
            ident: Cell::new(0),
            state: Cell::new(std::ptr::null()),
            number: NEXT_NUMBER.fetch_add(1, Ordering::Relaxed),
            locals: UnsafeCell::new(Vec::new()),
        }
    }

    /// Notes an object that keeps something for this thread.
    pub(crate) fn add_local(&self, local: Ref<WeakRef>) {
        // SAFETY: the list is borrowed for this call only.
        unsafe { (*self.locals.get()).push(local) };
    }

    /// Takes the objects out that keep something for this thread, at its end.
    pub(crate) fn take_locals(&self) -> Vec<Ref<WeakRef>> {
        // SAFETY: the list is borrowed for this call only.
        unsafe { std::mem::take(&mut *self.locals.get()) }
    }

    /// The hooks of asynchronous generators: first iteration, finaliser.
    pub fn async_generator_hooks(&self) -> (Option<Value>, Option<Value>) {
        // SAFETY: cloned at once.
        unsafe { (*self.async_generator_hooks.get()).clone() }
    }

    /// Sets the hooks of asynchronous generators.
    pub fn set_async_generator_hooks(&self, first_iteration: Option<Value>, finalizer: Option<Value>) {
        // SAFETY: the old ones are moved out and dropped when nothing is borrowed.
        let old = unsafe { std::mem::replace(&mut *self.async_generator_hooks.get(), (first_iteration, finalizer)) };
        drop(old);
    }

    /// Room for a frame.
    #[inline(always)]
    pub fn push_frame(&self, words: usize) -> *mut Frame {
        // SAFETY: the stack is borrowed for this call only.
        unsafe { (*self.stack.get()).push(words) }
    }

    /// Gives the topmost frame's room back.
    #[inline(always)]
    pub fn pop_frame(&self, frame: *mut Frame) {
        // SAFETY: the stack is borrowed for this call only.
        unsafe { (*self.stack.get()).pop(frame) }
    }
}

/// The calling thread begins to run the interpreter's code, known to programs by this number.
pub(crate) fn begin(vm: &Vm, ident: u64) {
    let extension = extension(vm);
    extension.ident.set(ident);
    extension.state.set(vm.thread_pointer().as_ptr());
}

/// The interpreter layer's part of the attached thread.
#[inline(always)]
pub fn extension<'a>(vm: &Vm) -> &'a ThreadExtension {
    // SAFETY: each thread's state gets its extension when it is made, and keeps it until it ends.
    unsafe { &*vm.thread().extension().cast::<ThreadExtension>() }
}

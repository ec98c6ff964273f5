//! Starting threads, and what the interpreter knows of those that run.

use std::cell::{Cell, UnsafeCell};
use std::os::unix::thread::JoinHandleExt;
use std::sync::{Arc, Weak};

use pvm_object::dict::Dict;
use pvm_object::lock::ThreadEntry;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, exceptions};

use super::handle::{self, ThreadProgress};
use super::ident;
use super::timeout::Timeout;
use crate::interpreter::state;
use crate::requests::is_stopping;
use crate::thread::{ThreadExtension, extension};

/// What a new thread runs.
pub(super) struct Task {
    pub(super) function: Value,
    pub(super) args: Ref<Tuple>,
    pub(super) keywords: Option<Ref<Dict>>,
}

struct Started {
    progress: Arc<ThreadProgress>,
    daemon: bool,
}

/// The threads of an interpreter.
#[derive(Default)]
pub struct Threads {
    /// What threads will run that have not got the lock yet.
    waiting: UnsafeCell<Vec<(Arc<ThreadProgress>, Task)>>,
    /// The threads that run, the main one among them.
    running: UnsafeCell<Vec<*const ThreadExtension>>,
    /// How far the threads have come that were started and have not ended; the interpreter waits for some before it ends.
    started: UnsafeCell<Vec<Started>>,
    /// Handles of threads that were not started here: the main one, and those that others brought.
    known: UnsafeCell<Vec<Weak<ThreadProgress>>>,
    count: Cell<usize>,
    stack_size: Cell<usize>,
    /// Whether the interpreter is ending, so that no thread starts any more.
    finalizing: Cell<bool>,
}

impl Threads {
    /// How many threads run beside the main one.
    pub(super) fn count(&self) -> usize {
        self.count.get()
    }

    /// The stack size of new threads in bytes, 0 for the system's.
    pub(super) fn stack_size(&self) -> &Cell<usize> {
        &self.stack_size
    }

    /// Says that the interpreter is ending.
    pub(crate) fn finalize(&self) {
        self.finalizing.set(true);
    }

    /// Whether the interpreter is ending.
    pub(crate) fn is_finalizing(&self) -> bool {
        self.finalizing.get()
    }

    /// Notes the handle of a thread that was not started here, which the child of a `fork` must find done.
    pub(super) fn know(&self, thread: &Arc<ThreadProgress>) {
        // SAFETY: the list is borrowed for this call only.
        let known = unsafe { &mut *self.known.get() };
        known.retain(|known| known.strong_count() > 0);
        known.push(Arc::downgrade(thread));
    }

    /// Notes a thread that begins to run.
    pub(crate) fn add(&self, thread: *const ThreadExtension) {
        // SAFETY: the list is borrowed for this call only.
        unsafe { (*self.running.get()).push(thread) };
    }

    fn remove(&self, thread: *const ThreadExtension) {
        // SAFETY: the list is borrowed for this call only.
        unsafe { (*self.running.get()).retain(|&known| known != thread) };
    }

    /// The threads that run, the main one first.
    pub(crate) fn running(&self) -> Vec<*const ThreadExtension> {
        // SAFETY: copied at once.
        unsafe { (*self.running.get()).clone() }
    }

    /// The threads that run, as they stand there, for whoever cannot wait for the interpreter's lock.
    pub(crate) fn running_now(&self) -> &[*const ThreadExtension] {
        // SAFETY: where the process is about to die, or hangs, nobody changes the list; else the caller holds the lock.
        unsafe { (*self.running.get()).as_slice() }
    }

    fn take_task(&self, thread: &Arc<ThreadProgress>) -> Option<Task> {
        // SAFETY: the list is borrowed for this call only.
        let waiting = unsafe { &mut *self.waiting.get() };
        let place = waiting.iter().position(|(known, _)| Arc::ptr_eq(known, thread))?;
        Some(waiting.swap_remove(place).1)
    }

    fn forget(&self, thread: &Arc<ThreadProgress>) {
        // SAFETY: the list is borrowed for this call only.
        unsafe { (*self.started.get()).retain(|known| !Arc::ptr_eq(&known.progress, thread)) };
    }

    /// Forgets what never ran, at the end of the interpreter.
    pub(crate) fn clear(&self) {
        // SAFETY: the list is borrowed for this call only.
        drop(unsafe { std::mem::take(&mut *self.waiting.get()) });
    }

    /// In the child of a `fork` the calling thread is the only one.
    pub(crate) fn after_fork(&self, thread: *const ThreadExtension) {
        // SAFETY: the lists are borrowed for this call only. What the other threads hold is given up.
        unsafe {
            *self.running.get() = vec![thread];
            for gone in std::mem::take(&mut *self.started.get()) {
                if gone.progress.ident() != ident() {
                    gone.progress.end();
                }
            }
            let known = &*self.known.get();
            for gone in known.iter().filter_map(Weak::upgrade).filter(|gone| gone.ident() != ident()) {
                gone.end();
            }
            std::mem::forget(std::mem::take(&mut *self.waiting.get()));
        }
        self.count.set(0);
    }
}

/// What a thread's stack has beyond what a program asks for: the reserve for errors, and frames of ours that are larger
/// than CPython's.
const STACK_BEYOND: usize = 1 << 20;

/// The stack size of threads for which nobody asks for another.
fn default_stack_size() -> usize {
    // SAFETY: the call fills the structure.
    let limit = unsafe {
        let mut limit: libc::rlimit = std::mem::zeroed();
        if libc::getrlimit(libc::RLIMIT_STACK, &mut limit) == 0 { limit.rlim_cur } else { libc::RLIM_INFINITY }
    };
    if limit == libc::RLIM_INFINITY { 8 << 20 } else { (limit as usize).clamp(2 << 20, 64 << 20) }
}

/// Starts a thread (`do_start_new_thread`). The interpreter waits for it at its end unless it is a `daemon`.
pub(super) fn start(vm: &mut Vm, thread: Arc<ThreadProgress>, task: Task, daemon: bool) -> PyResult<u64> {
    super::check_not_finalizing(vm, "can't create new thread")?;
    let threads = &state(vm).threads;
    if threads.count() >= state(vm).setup.config.most_threads {
        return Err(vm.runtime_error(format_args!("can't start new thread")));
    }
    if !thread.begin() {
        return Err(vm.runtime_error(format_args!("thread already started")));
    }
    // SAFETY: the list is borrowed for this call only.
    unsafe { (*threads.waiting.get()).push((Arc::clone(&thread), task)) };
    let size = match threads.stack_size.get() {
        0 => default_stack_size(),
        size => size,
    };
    let entry = ThreadEntry::new(vm);
    let progress = Arc::clone(&thread);
    threads.count.set(threads.count.get() + 1);
    let spawned = std::thread::Builder::new().stack_size(size + STACK_BEYOND).spawn(move || {
        // Where the interpreter has ended before, nobody waits for the thread.
        let _ = entry.run(|vm| run(vm, &progress));
    });
    match spawned {
        Ok(handle) => {
            let number = handle.as_pthread_t();
            thread.started(number);
            // SAFETY: the list is borrowed for this call only.
            unsafe { (*threads.started.get()).push(Started { progress: thread, daemon }) };
            Ok(number)
        }
        Err(_) => {
            threads.count.set(threads.count.get() - 1);
            drop(threads.take_task(&thread));
            thread.take_back();
            Err(vm.runtime_error(format_args!("can't start new thread")))
        }
    }
}

/// The whole life of a thread inside the interpreter (`thread_run`).
fn run(vm: &mut Vm, progress: &Arc<ThreadProgress>) {
    let own = ThreadExtension::new(state(vm).recursion_limit());
    let own = Box::into_raw(Box::new(own));
    vm.thread().set_extension(own.cast());
    crate::thread::begin(vm, ident());
    let threads = &state(vm).threads;
    threads.add(own);
    progress.started(ident());
    if let Some(Task { function, args, keywords }) = threads.take_task(progress) {
        let result = call(vm, &function, &args, keywords.as_deref());
        if let Err(raised) = result {
            if vm.pending_is(exceptions::SYSTEM_EXIT.get()) || is_stopping(vm) {
                drop(vm.catch(raised));
            } else {
                let message = match vm.repr(&function) {
                    Ok(shown) => format!("Exception ignored in thread started by {shown}"),
                    Err(second) => {
                        drop(vm.catch(second));
                        "Exception ignored in thread started by <unprintable>".to_owned()
                    }
                };
                vm.report_unraisable(raised, Some(&message), None);
            }
        }
        vm.release(function);
        vm.release(args.into());
        if let Some(keywords) = keywords {
            vm.release(keywords.into());
        }
    }
    end(vm);
    threads.remove(own);
    threads.count.set(threads.count.get().saturating_sub(1));
    vm.thread().set_extension(std::ptr::null_mut());
    // SAFETY: nothing refers to the thread's part any more.
    drop(unsafe { Box::from_raw(own) });
    threads.forget(progress);
    progress.end();
}

fn call(vm: &mut Vm, function: &Value, args: &Object<Tuple>, keywords: Option<&Object<Dict>>) -> PyResult {
    let Some(keywords) = keywords else {
        return vm.call(function, args.as_slice());
    };
    let keywords = keywords.str_items(vm);
    let mut values = args.as_slice().to_vec();
    let names = keywords.iter().map(|(name, _)| name.clone().into()).collect();
    values.extend(keywords.into_iter().map(|(_, value)| value));
    let names = vm.new_tuple(names);
    vm.call_args(function, Args::with_keywords(&values, Some(&names)))
}

/// Drops what is the attached thread's own: its part of `_thread._local` objects, its context, its hooks. What this ends is
/// finalised here, while the thread can still have frames.
pub(crate) fn end(vm: &mut Vm) {
    let number = extension(vm).number;
    loop {
        extension(vm).set_async_generator_hooks(None, None);
        vm.clear_thread();
        let locals = extension(vm).take_locals();
        if locals.is_empty() {
            return;
        }
        for weak in locals {
            if let Some(local) = weak.upgrade()
                && let Some(local) = local.downcast::<super::local::Local>()
            {
                local.forget(vm, number);
            }
        }
    }
}

/// Waits for all threads that are no daemons, but for the calling one (`thread_shutdown`).
pub(crate) fn wait_for_all(vm: &mut Vm) -> PyResult<()> {
    loop {
        // SAFETY: the list is borrowed for this search only.
        let started = unsafe { &*state(vm).threads.started.get() };
        let awaited = started.iter().find(|thread| !thread.daemon && thread.progress.ident() != ident());
        let Some(thread) = awaited.map(|thread| Arc::clone(&thread.progress)) else {
            return Ok(());
        };
        handle::join(vm, &thread, Timeout::FOREVER)?;
    }
}

//! Threads as programs see them: `_thread` and what it is made of.

pub(crate) mod handle;
pub mod local;
pub mod lock;
mod module;
pub mod raw_lock;
mod rlock;
pub(crate) mod start;
pub mod timeout;

pub use module::MODULE;
pub(crate) use rlock::RLock;

/// The number by which programs know the calling thread.
pub fn ident() -> u64 {
    // SAFETY: the call has no preconditions.
    unsafe { libc::pthread_self() as u64 }
}

/// How many threads of the interpreter run beside the main one.
pub fn count(vm: &pvm_object::Vm) -> usize {
    crate::interpreter::state(vm).threads.count()
}

/// Whether the program was told to stop: code raises until it has ended, and no handler sees that.
pub fn is_stopping(vm: &pvm_object::Vm) -> bool {
    crate::requests::is_stopping(vm)
}

/// The error of what is refused while the interpreter ends: `what` is said of it.
pub fn check_not_finalizing(vm: &mut pvm_object::Vm, what: &str) -> pvm_object::PyResult<()> {
    if !crate::interpreter::state(vm).threads.is_finalizing() {
        return Ok(());
    }
    let class = pvm_object::exceptions::PYTHON_FINALIZATION_ERROR.get();
    Err(vm.raise_message(class, format_args!("{what} at interpreter shutdown")))
}

/// Forks by `fork`, which says whether it returns in the child. There the calling thread is the only one, and the main one. No other
/// thread is in the middle of an import then.
pub fn fork<R>(vm: &mut pvm_object::Vm, fork: impl FnOnce() -> (R, bool)) -> pvm_object::PyResult<R> {
    let state = crate::interpreter::state(vm);
    state.import_lock.take(vm, timeout::Timeout::FOREVER)?;
    let mut is_child = false;
    let result = vm.fork(|| {
        let (result, child) = fork();
        is_child = child;
        (result, child)
    });
    if is_child {
        let thread = crate::thread::extension(vm);
        state.set_main_thread(thread);
        state.threads.after_fork(thread);
        crate::signals::after_fork(vm);
    }
    state.import_lock.give_back(vm)?;
    Ok(result)
}

pvm_object::struct_sequence! {
    /// ExceptHookArgs
    ///
    /// Type used to pass arguments to threading.excepthook.
    pub(crate) EXCEPT_HOOK_ARGS = "_ExceptHookArgs" in "_thread", visible: 4, {
        exc_type: Some("Exception type"),
        exc_value: Some("Exception value"),
        exc_traceback: Some("Exception traceback"),
        thread: Some("Thread"),
    }
}

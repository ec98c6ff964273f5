//! The functions of `_thread`.

use pvm_macros::pymodule;

#[pymodule(name = "_thread")]
pub mod thread_module {
    //! This module provides primitive operations to write multi-threaded programs.
    //! The 'threading' module provides a more convenient interface.
    use pvm_macros::pyfunction;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use pvm_object::dict::Dict;
    use pvm_object::exceptions::BaseException;
    use pvm_object::str::Str;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Args, Object, PyResult, Raised, Ref, Value, Vm, exceptions, names};

    use crate::interpreter::state;
    use crate::threads::EXCEPT_HOOK_ARGS;
    use crate::threads::handle::ThreadProgress;
    use crate::threads::start::{self, Task};

    #[export]
    use crate::threads::handle::ThreadHandle;
    #[export]
    use crate::threads::local::Local;
    #[export]
    use crate::threads::lock::Lock;
    #[export]
    use crate::threads::rlock::RLock;

    #[constant]
    #[name = "TIMEOUT_MAX"]
    const TIMEOUT_MAX: f64 = crate::threads::timeout::MAX_SECONDS;

    /// Longest name of a thread that the system keeps.
    #[constant]
    #[name = "_NAME_MAXLEN"]
    const NAME_MAXLEN: i32 = 15;

    /// Create a new lock object. See help(type(threading.Lock())) for
    /// information about locks.
    #[pyfunction]
    fn allocate_lock(vm: &mut Vm) -> Ref<Lock> {
        vm.alloc(Lock::new())
    }

    /// An obsolete synonym of allocate_lock().
    #[pyfunction]
    fn allocate(vm: &mut Vm) -> Ref<Lock> {
        vm.alloc(Lock::new())
    }

    /// Return a non-zero integer that uniquely identifies the current thread
    /// amongst other threads that exist simultaneously.
    /// This may be used to identify per-thread resources.
    /// Even though on some platforms threads identities may appear to be
    /// allocated consecutive numbers starting at 1, this behavior should not
    /// be relied upon, and the number should be seen purely as a magic cookie.
    /// A thread's identity may be reused for another thread after it exits.
    #[pyfunction]
    fn get_ident() -> u64 {
        crate::threads::ident()
    }

    /// Return a non-negative integer identifying the thread as reported
    /// by the OS (kernel). This may be used to uniquely identify a
    /// particular thread within a system.
    #[pyfunction]
    fn get_native_id() -> i32 {
        // SAFETY: the call has no preconditions.
        unsafe { libc::gettid() }
    }

    fn leave(vm: &mut Vm) -> Raised {
        let exception = vm.new_exception(exceptions::SYSTEM_EXIT.get(), vec![]);
        vm.raise(exception)
    }

    /// This is synonymous to ``raise SystemExit''.  It will cause the current
    /// thread to exit silently unless the exception is caught.
    #[pyfunction]
    fn exit(vm: &mut Vm) -> PyResult<()> {
        Err(leave(vm))
    }

    /// An obsolete synonym of exit().
    #[pyfunction]
    fn exit_thread(vm: &mut Vm) -> PyResult<()> {
        Err(leave(vm))
    }

    fn start_function(vm: &mut Vm, args: Args<'_>) -> PyResult<u64> {
        if args.has_keywords() {
            return Err(vm.type_error(format_args!("_thread.start_new_thread() takes no keyword arguments")));
        }
        let (function, positional) = match (args.get(0), args.get(1), args.len()) {
            (Some(function), Some(positional), 2..=3) => (function.to_owned(), positional),
            (.., given) => {
                let bound = if given < 2 { "at least 2" } else { "at most 3" };
                return Err(vm.type_error(format_args!("start_new_thread expected {bound} arguments, got {given}")));
            }
        };
        if function.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("first arg must be callable")));
        }
        let Some(positional) = positional.downcast_ref::<Tuple>() else {
            return Err(vm.type_error(format_args!("2nd arg must be a tuple")));
        };
        let keywords = match args.get(2) {
            None => None,
            Some(keywords) => match keywords.downcast_ref::<Dict>() {
                Some(keywords) => Some(keywords.copy(vm)?),
                None => {
                    return Err(vm.type_error(format_args!("optional 3rd arg must be a dictionary")));
                }
            },
        };
        let shown = args.get(2).map_or_else(Value::none, |keywords| keywords.to_owned());
        crate::audit::event(vm, "_thread.start_new_thread", &[function.clone(), positional.to_value(), shown])?;
        let task = Task { function, args: positional.to_ref(), keywords };
        start::start(vm, Default::default(), task, true)
    }

    /// start_new_thread($module, function, args, kwargs={}, /)
    /// --
    ///
    /// Start a new thread and return its identifier.
    ///
    /// The thread will call the function with positional arguments from the
    /// tuple args and keyword arguments taken from the optional dictionary
    /// kwargs.  The thread exits when the function returns; the return value
    /// is ignored.  The thread will also exit when the function raises an
    /// unhandled exception; a stack trace will be printed unless the exception
    /// is SystemExit.
    #[pyfunction]
    #[text_signature = "($module, function, args, kwargs={}, /)"]
    fn start_new_thread(vm: &mut Vm, args: Args<'_>) -> PyResult<u64> {
        start_function(vm, args)
    }

    /// An obsolete synonym of start_new_thread().
    #[pyfunction]
    #[text_signature = "($module, function, args, kwargs={}, /)"]
    fn start_new(vm: &mut Vm, args: Args<'_>) -> PyResult<u64> {
        start_function(vm, args)
    }

    /// *For internal use only*: start a new thread.
    ///
    /// Like start_new_thread(), this starts a new thread calling the given function.
    /// Unlike start_new_thread(), this returns a handle object with methods to join
    /// or detach the given thread.
    /// This function is not for third-party code, please use the
    /// `threading` module instead. During finalization the runtime will not wait for
    /// the thread to exit if daemon is True. If handle is provided it must be a
    /// newly created thread._ThreadHandle instance.
    #[pyfunction]
    #[signature = "(function, handle=None, daemon=True)"]
    fn start_joinable_thread(vm: &mut Vm, function: &Value, handle: Option<&Value>, daemon: bool) -> PyResult {
        if function.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("thread function must be callable")));
        }
        let event_handle = handle.cloned().unwrap_or_else(Value::none);
        let handle: Ref<ThreadHandle> = match handle {
            None => vm.alloc(ThreadHandle { thread: pvm_object::Foreign(Default::default()) }),
            Some(handle) => match handle.downcast::<ThreadHandle>() {
                Some(handle) => handle.to_ref(),
                None => return Err(vm.type_error(format_args!("'handle' must be a _ThreadHandle"))),
            },
        };
        let event = [function.clone(), Value::from_i32(daemon.into()), event_handle];
        crate::audit::event(vm, "_thread.start_joinable_thread", &event)?;
        let args = pvm_object::tuple::empty().to_ref();
        let task = Task { function: function.clone(), args, keywords: None };
        start::start(vm, std::sync::Arc::clone(&handle.thread), task, daemon)?;
        Ok(handle.into())
    }

    /// Internal only. Make a thread handle for threads not spawned
    /// by the _thread or threading module.
    #[pyfunction]
    fn _make_thread_handle(vm: &mut Vm, ident: &Value) -> PyResult<Ref<ThreadHandle>> {
        if ident.as_int().is_none() {
            return Err(vm.type_error(format_args!("ident must be an integer")));
        }
        let ident = vm.index_clipped(ident)? as u64;
        let thread = std::sync::Arc::new(ThreadProgress::running(ident));
        state(vm).threads.know(&thread);
        Ok(vm.alloc(ThreadHandle { thread: pvm_object::Foreign(thread) }))
    }

    /// Internal only. Return a non-zero integer that uniquely identifies the main thread
    /// of the main interpreter.
    #[pyfunction]
    fn _get_main_thread_ident(vm: &mut Vm) -> u64 {
        state(vm).main_thread().ident.get()
    }

    /// Return True if the current interpreter is the main Python interpreter.
    #[pyfunction]
    fn _is_main_interpreter() -> bool {
        true
    }

    /// Return True if daemon threads are allowed in the current interpreter,
    /// and False otherwise.
    #[pyfunction]
    fn daemon_threads_allowed() -> bool {
        true
    }

    /// Wait for all non-daemon threads (other than the calling thread) to stop.
    #[pyfunction]
    fn _shutdown(vm: &mut Vm) -> PyResult<()> {
        start::wait_for_all(vm)
    }

    /// Return the number of currently running Python threads, excluding
    /// the main thread. The returned number comprises all threads created
    /// through `start_new_thread()` as well as `threading.Thread`, and not
    /// yet finished.
    ///
    /// This function is meant for internal and specialized purposes only.
    /// In most applications `threading.enumerate()` should be used instead.
    #[pyfunction]
    fn _count(vm: &mut Vm) -> usize {
        state(vm).threads.count()
    }

    /// The smallest stack a program may ask for.
    const STACK_MIN: usize = 53_248;

    /// Return the thread stack size used when creating new threads.  The
    /// optional size argument specifies the stack size (in bytes) to be used
    /// for subsequently created threads, and must be 0 (use platform or
    /// configured default) or a positive integer value of at least 32,768 (32k).
    /// If changing the thread stack size is unsupported, a ThreadError
    /// exception is raised.  If the specified size is invalid, a ValueError
    /// exception is raised, and the stack size is unmodified.  32k bytes
    ///  currently the minimum supported stack size value to guarantee
    /// sufficient stack space for the interpreter itself.
    ///
    /// Note that some platforms may have particular restrictions on values for
    /// the stack size, such as requiring a minimum stack size larger than 32 KiB or
    /// requiring allocation in multiples of the system memory page size
    /// - platform documentation should be referred to for more information
    /// (4 KiB pages are common; using multiples of 4096 for the stack size is
    /// the suggested approach in the absence of more specific information).
    #[pyfunction]
    #[signature = "(size=0, /)"]
    fn stack_size(vm: &mut Vm, size: isize) -> PyResult<usize> {
        let size = match usize::try_from(size) {
            Ok(size) if size == 0 || size >= STACK_MIN => size,
            _ => {
                return Err(vm.value_error(format_args!("size must be at least {STACK_MIN} bytes")));
            }
        };
        Ok(state(vm).threads.stack_size().replace(size))
    }

    /// Simulate the arrival of the given signal in the main thread,
    /// where the corresponding signal handler will be executed.
    /// If *signum* is omitted, SIGINT is assumed.
    /// A subthread can use this function to interrupt the main thread.
    ///
    /// Note: the default signal handler for SIGINT raises ``KeyboardInterrupt``.
    #[pyfunction]
    #[signature = "(signum=<unrepresentable>, /)"]
    #[text_signature = "($module, signum=signal.SIGINT, /)"]
    fn interrupt_main(vm: &mut Vm, #[default(libc::SIGINT)] signum: i32) -> PyResult<()> {
        if !(1..crate::signals::END).contains(&signum) {
            return Err(vm.value_error(format_args!("signal number out of range")));
        }
        crate::signals::simulate(vm, signum);
        vm.poll(0)
    }

    /// Set the name of the current thread.
    #[pyfunction]
    #[signature = "(name)"]
    fn set_name(name: &Object<Str>) {
        let name = match name.as_str() {
            Some(name) => name.to_owned(),
            // Lone surrogates have no bytes.
            None => name.to_string_lossy().replace(char::REPLACEMENT_CHARACTER, "?"),
        };
        let mut bytes: Vec<u8> = name.bytes().take_while(|&byte| byte != 0).collect();
        bytes.truncate(NAME_MAXLEN as usize);
        bytes.push(0);
        // SAFETY: the bytes end with a zero.
        unsafe { libc::pthread_setname_np(libc::pthread_self(), bytes.as_ptr().cast()) };
    }

    /// Get the name of the current thread.
    #[pyfunction]
    fn _get_name(vm: &mut Vm) -> PyResult<Ref<Str>> {
        let mut bytes = [0u8; 64];
        // SAFETY: the call writes a name that fits, with a zero behind it.
        unsafe { libc::pthread_getname_np(libc::pthread_self(), bytes.as_mut_ptr().cast(), bytes.len()) };
        let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        crate::os_text::string(vm, OsStr::from_bytes(&bytes[..end]))
    }

    /// Handle uncaught Thread.run() exception.
    #[pyfunction]
    fn _excepthook(vm: &mut Vm, args: &Value) -> PyResult<()> {
        if !std::ptr::eq(args.ty(), EXCEPT_HOOK_ARGS.class.get()) {
            return Err(vm.type_error(format_args!("_thread.excepthook argument type must be ExceptHookArgs")));
        }
        let Some([class, exception, traceback, thread]) = args.downcast::<Tuple>().map(|args| args.as_slice()) else {
            return Err(vm.type_error(format_args!("_thread.excepthook argument type must be ExceptHookArgs")));
        };
        if class.is(&exceptions::SYSTEM_EXIT.to_value()) {
            return Ok(());
        }
        let name = match thread.is_none() {
            true => None,
            false => {
                let own = vm.intern("_name");
                vm.find_attr(thread, &own)?
            }
        };
        let name = match name {
            Some(name) => vm.str(&name)?.to_string(),
            None => crate::threads::ident().to_string(),
        };
        let stderr = match crate::sys::get(vm, "stderr").filter(|stderr| !stderr.is_none()) {
            Some(stderr) => stderr,
            // The thread keeps the stream it began with, for when the interpreter ends.
            None if thread.is_none() => return Ok(()),
            None => {
                let own = vm.intern("_stderr");
                match vm.find_attr(thread, &own)?.filter(|stderr| !stderr.is_none()) {
                    Some(stderr) => stderr,
                    None => return Ok(()),
                }
            }
        };
        let text = vm.new_str(&format!("Exception in thread {name}:\n"));
        vm.call_method(&stderr, &names::write, &[text.into()])?;
        if let Some(exception) = exception.downcast::<BaseException>() {
            let exception = exception.to_ref();
            if !traceback.is_none() && exception.traceback(vm).is_none() {
                exception.set_traceback(Some(traceback.clone()), vm);
            }
            crate::display::print_exception_to(vm, &exception, &stderr);
        }
        vm.call_method(&stderr, &names::flush, &[])?;
        Ok(())
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let error = vm.intern("error");
        vm.setattr(module, &error, &exceptions::RUNTIME_ERROR.to_value())?;
        EXCEPT_HOOK_ARGS.class.ready();
        let hook_args = vm.intern("_ExceptHookArgs");
        vm.setattr(module, &hook_args, &EXCEPT_HOOK_ARGS.class.to_value())?;
        let (lock_type, lock) = (vm.intern("LockType"), vm.intern("lock"));
        let class = vm.getattr(module, &lock)?;
        vm.setattr(module, &lock_type, &class)
    }
}

pub use thread_module::MODULE;

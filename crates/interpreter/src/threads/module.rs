//! The functions of `_thread`.

use pvm_macros::pymodule;

#[pymodule(name = "_thread")]
pub mod thread_module {
    //! This module provides primitive operations to write multi-threaded programs.
    //! The 'threading' module provides a more convenient interface.
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Raised, Ref, Value, Vm, exceptions};

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

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let error = vm.intern("error");
        vm.setattr(module, &error, &exceptions::RUNTIME_ERROR.to_value())?;
        let (lock_type, lock) = (vm.intern("LockType"), vm.intern("lock"));
        let class = vm.getattr(module, &lock)?;
        vm.setattr(module, &lock_type, &class)
    }
}

pub use thread_module::MODULE;

//! `sys`: limits and settings of the running machine.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod limits {
    use std::time::Duration;

    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Vm};

    use crate::interpreter::state;
    use crate::thread::extension;

    /// Return the current value of the recursion limit.
    #[pyfunction]
    fn getrecursionlimit(vm: &mut Vm) -> u32 {
        state(vm).recursion_limit()
    }

    /// Set the maximum depth of the Python interpreter stack to n.
    #[pyfunction]
    #[signature = "(limit, /)"]
    fn setrecursionlimit(vm: &mut Vm, limit: i32) -> PyResult<()> {
        if limit < 1 {
            return Err(vm.value_error(format_args!("recursion limit must be greater or equal than 1")));
        }
        let (old, left) = (state(vm).recursion_limit() as i32, extension(vm).depth_left.get());
        let depth = old - left;
        if depth >= limit {
            return Err(vm.recursion_error(format_args!(
                "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
            )));
        }
        extension(vm).depth_left.set(limit - depth);
        state(vm).set_recursion_limit(limit as u32);
        Ok(())
    }

    /// Return the current thread switch interval; see sys.setswitchinterval().
    #[pyfunction]
    fn getswitchinterval(vm: &Vm) -> f64 {
        vm.heap_state().lock().interval().as_secs_f64()
    }

    /// Set the ideal thread switching delay inside the Python interpreter.
    ///
    /// The actual frequency of switching threads can be lower if the
    /// interpreter executes long sequences of uninterruptible code
    /// (this is implementation-specific and workload-dependent).
    ///
    /// The parameter must represent the desired switching delay in seconds
    /// A typical value is 0.005 (5 milliseconds).
    #[pyfunction]
    #[signature = "(interval, /)"]
    fn setswitchinterval(vm: &mut Vm, interval: f64) -> PyResult<()> {
        match Duration::try_from_secs_f64(interval) {
            Ok(interval) if !interval.is_zero() => {
                vm.heap_state().lock().set_interval(interval);
                Ok(())
            }
            _ => Err(vm.value_error(format_args!("switch interval must be strictly positive"))),
        }
    }

    /// Return the maximum string digits limit for non-binary int<->str conversions.
    #[pyfunction]
    fn get_int_max_str_digits(vm: &mut Vm) -> i64 {
        vm.int_max_str_digits() as i64
    }

    /// Set the maximum string digits limit for non-binary int<->str conversions.
    #[pyfunction]
    fn set_int_max_str_digits(vm: &mut Vm, maxdigits: i32) -> PyResult<()> {
        match usize::try_from(maxdigits) {
            Ok(limit) if limit == 0 || limit >= LEAST_MAX_DIGITS => {
                vm.set_int_max_str_digits(limit);
                Ok(())
            }
            _ => Err(vm.value_error(format_args!("maxdigits must be >= {LEAST_MAX_DIGITS} or 0 for unlimited"))),
        }
    }

    /// The least limit on the digits of ints, `sys.int_info.str_digits_check_threshold`.
    const LEAST_MAX_DIGITS: usize = 640;

    /// Private function for getting PyConfig.cpu_count
    #[pyfunction]
    fn _get_cpu_count_config(vm: &Vm) -> i64 {
        state(vm).setup.config.cpu_count.map_or(-1, i64::from)
    }

    /// Return the current value of the flags that are used for dlopen calls.
    ///
    /// The flag constants are defined in the os module.
    #[pyfunction]
    fn getdlopenflags(vm: &Vm) -> i32 {
        state(vm).dlopen_flags.get()
    }

    /// Set the flags used by the interpreter for dlopen calls.
    ///
    /// This is used, for example, when the interpreter loads extension
    /// modules. Among other things, this will enable a lazy resolving of
    /// symbols when importing a module, if called as sys.setdlopenflags(0).
    /// To share symbols across extension modules, call as
    /// sys.setdlopenflags(os.RTLD_GLOBAL).  Symbolic names for the flag
    /// modules can be found in the os module (RTLD_xxx constants, e.g.
    /// os.RTLD_LAZY).
    #[pyfunction]
    #[signature = "(flags, /)"]
    fn setdlopenflags(vm: &Vm, flags: i32) {
        state(vm).dlopen_flags.set(flags);
    }

    /// Check status of origin tracking for coroutine objects in this thread.
    #[pyfunction]
    fn get_coroutine_origin_tracking_depth(vm: &Vm) -> i32 {
        extension(vm).origin_depth.get()
    }

    /// Enable or disable origin tracking for coroutine objects in this thread.
    ///
    /// Coroutine objects will track 'depth' frames of traceback information
    /// about where they came from, available in their cr_origin attribute.
    ///
    /// Set a depth of 0 to disable.
    #[pyfunction]
    fn set_coroutine_origin_tracking_depth(vm: &mut Vm, depth: i32) -> PyResult<()> {
        if depth < 0 {
            return Err(vm.value_error(format_args!("depth must be >= 0")));
        }
        extension(vm).origin_depth.set(depth);
        Ok(())
    }

    /// Return True if Python is exiting.
    #[pyfunction]
    fn is_finalizing(vm: &Vm) -> bool {
        state(vm).threads.is_finalizing()
    }

    /// Return True if the GIL is currently enabled and False otherwise.
    #[pyfunction]
    fn _is_gil_enabled() -> bool {
        true
    }

    /// Return True if remote debugging is enabled, False otherwise.
    #[pyfunction]
    fn is_remote_debug_enabled() -> bool {
        false
    }

    /// Return *True* if a stack profiler trampoline is active.
    #[pyfunction]
    fn is_stack_trampoline_active() -> bool {
        false
    }

    /// Activate stack profiler trampoline *backend*.
    #[pyfunction]
    #[signature = "(backend, /)"]
    fn activate_stack_trampoline(vm: &mut Vm, backend: &str) -> PyResult<()> {
        let _ = backend;
        Err(vm.value_error(format_args!("perf trampoline not available")))
    }

    /// Deactivate the current stack profiler trampoline backend.
    ///
    /// If no stack profiler is activated, this function has no effect.
    #[pyfunction]
    fn deactivate_stack_trampoline() {}
}

pub(super) use limits::MODULE;

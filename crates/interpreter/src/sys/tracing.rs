//! `sys`: trace and profile functions.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod tracing {
    use pvm_macros::pyfunction;
    use pvm_object::tuple::Tuple;
    use pvm_object::{Object, PyResult, Value, Vm};

    use crate::interpreter::state;
    use crate::monitoring::{PROFILE, TRACE, legacy};
    use crate::thread::extension;

    fn wanted(function: &Value) -> Option<Value> {
        (!function.is_none()).then(|| function.clone())
    }

    fn set_everywhere(vm: &mut Vm, tool: usize, function: &Value) {
        for thread in state(vm).threads.running() {
            // SAFETY: threads that run keep their part while this one holds the lock.
            legacy::set(vm, unsafe { &*thread }, tool, wanted(function));
        }
    }

    /// Set the global debug tracing function.
    ///
    /// It will be called on each function call.  See the debugger chapter
    /// in the library manual.
    #[pyfunction]
    #[signature = "(function, /)"]
    fn settrace(vm: &mut Vm, function: &Value) -> PyResult<()> {
        crate::audit::event(vm, "sys.settrace", &[])?;
        let thread = extension(vm);
        legacy::set(vm, thread, TRACE, wanted(function));
        Ok(())
    }

    /// Set the profiling function.
    ///
    /// It will be called on each function call and return.  See the profiler
    /// chapter in the library manual.
    #[pyfunction]
    #[signature = "(function, /)"]
    fn setprofile(vm: &mut Vm, function: &Value) -> PyResult<()> {
        crate::audit::event(vm, "sys.setprofile", &[])?;
        let thread = extension(vm);
        legacy::set(vm, thread, PROFILE, wanted(function));
        Ok(())
    }

    /// Set the global debug tracing function in all running threads belonging to the current interpreter.
    ///
    /// It will be called on each function call. See the debugger chapter
    /// in the library manual.
    #[pyfunction]
    #[signature = "(function, /)"]
    fn _settraceallthreads(vm: &mut Vm, function: &Value) {
        set_everywhere(vm, TRACE, function);
    }

    /// Set the profiling function in all running threads belonging to the current interpreter.
    ///
    /// It will be called on each function call and return.  See the profiler
    /// chapter in the library manual.
    #[pyfunction]
    #[signature = "(function, /)"]
    fn _setprofileallthreads(vm: &mut Vm, function: &Value) {
        set_everywhere(vm, PROFILE, function);
    }

    /// Return the global debug tracing function set with sys.settrace.
    ///
    /// See the debugger chapter in the library manual.
    #[pyfunction]
    fn gettrace(vm: &Vm) -> Option<Value> {
        extension(vm).tracing.function(TRACE)
    }

    /// Return the profiling function set with sys.setprofile.
    ///
    /// See the profiler chapter in the library manual.
    #[pyfunction]
    fn getprofile(vm: &Vm) -> Option<Value> {
        extension(vm).tracing.function(PROFILE)
    }

    /// Call func(*args), while tracing is enabled.
    ///
    /// The tracing state is saved, and restored afterwards.  This is intended
    /// to be called from a debugger from a checkpoint, to recursively debug
    /// some other code.
    #[pyfunction]
    #[signature = "(func, args, /)"]
    fn call_tracing(vm: &mut Vm, func: &Value, args: &Object<Tuple>) -> PyResult {
        let depth = &extension(vm).tracing.depth;
        let before = depth.replace(0);
        let result = vm.call(func, args.as_slice());
        depth.set(before);
        result
    }
}

pub(super) use tracing::MODULE;

//! `sys`: running frames, and the exceptions that they handle.

use pvm_macros::pymodule;

#[pymodule(name = "sys")]
mod frames {
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Value, Vm};

    use crate::interpreter::state;
    use crate::thread::extension;

    /// Return current exception information: (type, value, traceback).
    #[pyfunction]
    fn exc_info(vm: &mut Vm) -> Value {
        let parts = match vm.thread().handled() {
            Some(exception) => {
                let traceback = exception.traceback(vm).unwrap_or_else(Value::none);
                vec![exception.ty().to_value(), exception.into(), traceback]
            }
            None => vec![Value::none(), Value::none(), Value::none()],
        };
        vm.new_tuple(parts).into()
    }

    /// Return the current exception.
    #[pyfunction]
    fn exception(vm: &mut Vm) -> Value {
        vm.thread().handled().map_or_else(Value::none, Value::from)
    }

    /// Return a frame object from the call stack.
    ///
    /// If optional integer depth is given, return the frame object that many
    /// calls below the top of the stack.
    #[pyfunction]
    #[signature = "(depth=0, /)"]
    fn _getframe(vm: &mut Vm, depth: i32) -> PyResult {
        let mut frame = extension(vm).frame.get();
        for _ in 0..depth.max(0) {
            if frame.is_null() {
                break;
            }
            // SAFETY: frames below the running one are live.
            frame = unsafe { (*frame).previous };
        }
        if frame.is_null() {
            return Err(vm.value_error(format_args!("call stack is not deep enough")));
        }
        // SAFETY: a live frame.
        let frame: Value = unsafe { crate::frame_object::of(vm, frame) }.into();
        crate::audit::event(vm, "sys._getframe", std::slice::from_ref(&frame))?;
        Ok(frame)
    }

    /// Return the name of the module for a calling frame.
    #[pyfunction]
    #[signature = "(depth=0)"]
    fn _getframemodulename(vm: &mut Vm, depth: i32) -> PyResult {
        crate::audit::event(vm, "sys._getframemodulename", &[Value::from_i32(depth)])?;
        let mut frame = extension(vm).frame.get();
        for _ in 0..depth.max(0) {
            if frame.is_null() {
                return Ok(Value::none());
            }
            // SAFETY: frames below the running one are live.
            frame = unsafe { (*frame).previous };
        }
        if frame.is_null() {
            return Ok(Value::none());
        }
        // SAFETY: a live frame.
        Ok(unsafe { (*frame).function() }.module.get(vm))
    }

    /// Return a dict mapping each thread's thread id to its current stack frame.
    ///
    /// This function should be used for specialized purposes only.
    #[pyfunction]
    fn _current_frames(vm: &mut Vm) -> PyResult {
        crate::audit::event(vm, "sys._current_frames", &[])?;
        let dict = vm.new_dict();
        for thread in state(vm).threads.running() {
            // SAFETY: threads that run keep their part, and so do their frames, while this one holds the lock.
            let (ident, frame) = unsafe { ((*thread).ident.get(), (*thread).frame.get()) };
            if frame.is_null() {
                continue;
            }
            // SAFETY: a live frame.
            let (key, frame) = (vm.int(ident as i64), unsafe { crate::frame_object::of(vm, frame) });
            vm.setitem(&dict.to_value(), &key, &frame.into())?;
        }
        Ok(dict.into())
    }

    /// Return a dict mapping each thread's identifier to its current raised exception.
    ///
    /// This function should be used for specialized purposes only.
    #[pyfunction]
    fn _current_exceptions(vm: &mut Vm) -> PyResult {
        crate::audit::event(vm, "sys._current_exceptions", &[])?;
        let dict = vm.new_dict();
        for thread in state(vm).threads.running() {
            // SAFETY: as above; only threads within some call count.
            let (ident, handled) = unsafe {
                if (*thread).frame.get().is_null() {
                    continue;
                }
                ((*thread).ident.get(), (*thread).handled())
            };
            let key = vm.int(ident as i64);
            vm.setitem(&dict.to_value(), &key, &handled.map_or_else(Value::none, Value::from))?;
        }
        Ok(dict.into())
    }
}

pub(super) use frames::MODULE;

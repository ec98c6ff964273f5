//! `faulthandler`: the stacks of a program that dies or hangs.

use pvm_macros::pyclass;
use pvm_object::{Heap, HeapCell, PyResult, Ref, Value, Vm};

/// The files that are written to, so that their descriptors stay open.
#[pyclass(name = "_state", module = "faulthandler", no_export, final)]
struct Files {
    fatal: HeapCell<Option<Value>>,
    later: HeapCell<Option<Value>>,
    user: HeapCell<Vec<Option<Value>>>,
}

fn files(heap: &mut Heap) -> Ref<Files> {
    let signals = pvm_interpreter::signals::END as usize;
    heap.module_state(|_| Files {
        fatal: HeapCell::new(None),
        later: HeapCell::new(None),
        user: HeapCell::new(vec![None; signals]),
    })
}

/// The descriptor of a file, which may be one, and the file itself (`faulthandler_get_fileno`).
fn descriptor(vm: &mut Vm, file: Option<&Value>) -> PyResult<(i32, Option<Value>)> {
    let file = match file {
        Some(file) if !file.is_none() => file.clone(),
        _ => {
            let name = vm.intern("stderr");
            let sys = pvm_interpreter::interpreter::state(vm).sys_dict(vm);
            match sys.get_str(&name, vm) {
                Some(file) if !file.is_none() => file,
                Some(_) => return Err(vm.runtime_error(format_args!("sys.stderr is None"))),
                None => return Err(vm.runtime_error(format_args!("unable to get sys.stderr"))),
            }
        }
    };
    if file.as_int().is_some() {
        if file.is_bool() {
            vm.warn(&pvm_object::exceptions::RUNTIME_WARNING, "bool is used as a file descriptor", 1)?;
        }
        let fd = crate::parameters::c_int(&file, vm)?;
        return match fd < 0 {
            true => Err(vm.value_error(format_args!("file is not a valid file descriptor"))),
            false => Ok((fd, None)),
        };
    }
    let name = vm.intern("fileno");
    let number = vm.call_method(&file, &name, &[])?;
    if number.as_int().is_none() {
        return Err(vm.runtime_error(format_args!("file.fileno() is not a valid file descriptor")));
    }
    let fd = crate::parameters::c_int(&number, vm)?;
    if fd < 0 {
        return Err(vm.runtime_error(format_args!("file.fileno() is not a valid file descriptor")));
    }
    let name = vm.intern("flush");
    if let Err(raised) = vm.call_method(&file, &name, &[]) {
        drop(vm.catch(raised));
    }
    Ok((fd, Some(file)))
}

/// Has fatal errors write the stacks to the standard error stream, as `-X faulthandler` asks for.
pub fn enable_at_start(vm: &mut Vm) -> PyResult<()> {
    native::enable(vm, None, true)
}

#[pvm_macros::pymodule(name = "faulthandler")]
pub mod native {
    //! faulthandler module.
    use std::time::Duration;

    use pvm_interpreter::faults;
    use pvm_interpreter::threads::timeout::Timeout;
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Value, Vm};

    use super::{descriptor, files};

    /// Enable the fault handler.
    #[pyfunction]
    #[signature = "(file=None, all_threads=True)"]
    #[text_signature = "($module, /, file=sys.stderr, all_threads=True)"]
    pub fn enable(vm: &mut Vm, file: Option<&Value>, all_threads: bool) -> PyResult<()> {
        let (fd, file) = descriptor(vm, file)?;
        files(vm).fatal.set(file, vm);
        faults::enable(vm, fd, all_threads).map_err(|error| vm.os_error(error))
    }

    /// Disable the fault handler.
    #[pyfunction]
    fn disable(vm: &mut Vm) -> bool {
        let was = faults::disable();
        files(vm).fatal.set(None, vm);
        was
    }

    /// Check if the handler is enabled.
    #[pyfunction]
    fn is_enabled() -> bool {
        faults::is_enabled()
    }

    /// Dump the traceback of the current thread, or of all threads if all_threads is True, into file.
    #[pyfunction]
    #[signature = "(file=None, all_threads=True)"]
    #[text_signature = "($module, /, file=sys.stderr, all_threads=True)"]
    fn dump_traceback(vm: &mut Vm, file: Option<&Value>, all_threads: bool) -> PyResult<()> {
        let (fd, _file) = descriptor(vm, file)?;
        faults::dump_now(vm, fd, all_threads);
        Ok(())
    }

    /// Dump the C stack of the current thread.
    #[pyfunction]
    #[signature = "(file=None)"]
    #[text_signature = "($module, /, file=sys.stderr)"]
    fn dump_c_stack(vm: &mut Vm, file: Option<&Value>) -> PyResult<()> {
        let (fd, _file) = descriptor(vm, file)?;
        faults::dump_native(fd);
        Ok(())
    }

    /// Dump the traceback of all threads in timeout seconds,
    /// or each timeout seconds if repeat is True. If exit is True, call _exit(1) which is not safe.
    #[pyfunction]
    #[signature = "(timeout, repeat=False, file=None, exit=False)"]
    #[text_signature = "($module, /, timeout, repeat=False, file=sys.stderr, exit=False)"]
    fn dump_traceback_later(vm: &mut Vm, timeout: &Value, repeat: bool, file: Option<&Value>, exit: bool) -> PyResult<()> {
        let wait = Timeout::of_seconds(vm, timeout)?.nanoseconds();
        let wait = match u64::try_from(wait) {
            Ok(nanoseconds @ 1..) => Duration::from_nanos(nanoseconds.next_multiple_of(1000)),
            _ => return Err(vm.value_error(format_args!("timeout must be greater than 0"))),
        };
        let (fd, file) = descriptor(vm, file)?;
        files(vm).later.set(file, vm);
        match faults::later(vm, wait, repeat, fd, exit) {
            Ok(()) => Ok(()),
            Err(_) => Err(vm.runtime_error(format_args!("unable to start watchdog thread"))),
        }
    }

    /// Cancel the previous call to dump_traceback_later().
    #[pyfunction]
    fn cancel_dump_traceback_later(vm: &mut Vm) {
        faults::cancel_later();
        files(vm).later.set(None, vm);
    }

    /// Fatal signals are for `enable`.
    fn check_signal(vm: &mut Vm, signal: i32) -> PyResult<()> {
        if faults::is_fatal(signal) {
            return Err(vm.runtime_error(format_args!("signal {signal} cannot be registered, use enable() instead")));
        }
        match (1..pvm_interpreter::signals::END).contains(&signal) {
            true => Ok(()),
            false => Err(vm.value_error(format_args!("signal number out of range"))),
        }
    }

    /// Register a handler for the signal 'signum': dump the traceback of the current thread, or of all threads if all_threads is True, into file.
    #[pyfunction]
    #[signature = "(signum, file=None, all_threads=True, chain=False)"]
    #[text_signature = "($module, /, signum, file=sys.stderr, all_threads=True, chain=False)"]
    fn register(vm: &mut Vm, signum: i32, file: Option<&Value>, all_threads: bool, chain: bool) -> PyResult<()> {
        check_signal(vm, signum)?;
        let (fd, file) = descriptor(vm, file)?;
        faults::register(vm, signum, fd, all_threads, chain).map_err(|error| vm.os_error(error))?;
        let files = files(vm);
        drop(std::mem::replace(&mut files.user.borrow_mut(vm)[signum as usize], file));
        Ok(())
    }

    /// Unregister the handler of the signal 'signum' registered by register().
    #[pyfunction]
    fn unregister(vm: &mut Vm, signum: i32) -> PyResult<bool> {
        check_signal(vm, signum)?;
        let was = faults::unregister(signum);
        let files = files(vm);
        drop(files.user.borrow_mut(vm)[signum as usize].take());
        Ok(was)
    }

    /// Read from NULL, raise a SIGSEGV or SIGBUS signal depending on the platform.
    #[pyfunction]
    fn _read_null() {
        faults::raise(libc::SIGSEGV);
    }

    /// Raise a SIGSEGV signal.
    #[pyfunction]
    #[signature = "(release_gil=False, /)"]
    fn _sigsegv(vm: &mut Vm, release_gil: bool) {
        match release_gil {
            true => vm.detach(|| faults::raise(libc::SIGSEGV)),
            false => faults::raise(libc::SIGSEGV),
        }
    }

    /// Call Py_FatalError() in a new C thread.
    #[pyfunction]
    fn _fatal_error_c_thread(vm: &mut Vm) {
        faults::fatal_on_new_thread(vm);
    }

    /// Raise a SIGABRT signal.
    #[pyfunction]
    fn _sigabrt() {
        faults::raise(libc::SIGABRT);
    }

    /// Raise a SIGFPE signal.
    #[pyfunction]
    fn _sigfpe() {
        faults::raise(libc::SIGFPE);
    }

    /// Recursive call to raise a stack overflow.
    #[pyfunction]
    fn _stack_overflow() {
        faults::overflow_stack(0);
    }
}

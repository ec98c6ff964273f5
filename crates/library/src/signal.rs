//! `_signal`: handlers of signals.

/// The module.
#[pvm_macros::pymodule(name = "_signal")]
pub mod native {
    //! This module provides mechanisms to use signal handlers in Python.
    use pvm_interpreter::signals;
    use pvm_macros::pyfunction;
    use pvm_object::exceptions::KEYBOARD_INTERRUPT;
    use pvm_object::{Args, PyResult, Value, Vm};

    #[constant]
    const SIG_DFL: i32 = 0;
    #[constant]
    const SIG_IGN: i32 = 1;
    #[constant]
    const NSIG: i32 = 65;
    #[constant]
    const SIG_BLOCK: i32 = 0;
    #[constant]
    const SIG_UNBLOCK: i32 = 1;
    #[constant]
    const SIG_SETMASK: i32 = 2;
    #[constant]
    const ITIMER_REAL: i32 = 0;
    #[constant]
    const ITIMER_VIRTUAL: i32 = 1;
    #[constant]
    const ITIMER_PROF: i32 = 2;

    /// The default handler of SIGINT: raises KeyboardInterrupt.
    #[pyfunction]
    #[signature = "(signalnum, frame, /)"]
    fn default_int_handler(vm: &mut Vm, signalnum: i32, frame: &Value) -> PyResult {
        let _ = (signalnum, frame);
        let exception = vm.new_exception(KEYBOARD_INTERRUPT.get(), vec![]);
        Err(vm.raise(exception))
    }

    /// Set the action for the given signal, and return the previous one.
    #[pyfunction]
    #[signature = "(signalnum, handler, /)"]
    fn signal(vm: &mut Vm, signalnum: i32, handler: &Value) -> PyResult {
        if !(1..65).contains(&signalnum) {
            return Err(vm.value_error(format_args!("signal number out of range")));
        }
        let known = handler.as_small_int().is_some_and(|handler| handler == 0 || handler == 1);
        if !known && handler.ty().slots().call().is_none() {
            return Err(
                vm.type_error(format_args!("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"))
            );
        }
        signals::set_handler(vm, signalnum, handler)
    }

    /// Return the current action for the given signal.
    #[pyfunction]
    #[signature = "(signalnum, /)"]
    fn getsignal(vm: &mut Vm, signalnum: i32) -> PyResult {
        if !(1..65).contains(&signalnum) {
            return Err(vm.value_error(format_args!("signal number out of range")));
        }
        signals::handler(vm, signalnum)
    }

    /// Send a signal to the executing process.
    #[pyfunction]
    #[signature = "(signalnum, /)"]
    fn raise_signal(vm: &mut Vm, signalnum: i32) -> PyResult<()> {
        signals::raise(signalnum);
        vm.poll(0)
    }

    /// Sets the fd to be written to (with the signal number) when a signal comes in.
    #[pyfunction]
    fn set_wakeup_fd(args: Args<'_>) -> i32 {
        let _ = args;
        -1
    }

    /// Change system call restart behaviour: if flag is False, system calls will be restarted when interrupted by signal sig.
    #[pyfunction]
    #[signature = "(signalnum, flag, /)"]
    fn siginterrupt(signalnum: i32, flag: bool) {
        let _ = (signalnum, flag);
    }

    /// Return a string describing the meaning of a signal.
    #[pyfunction]
    #[signature = "(signalnum, /)"]
    fn strsignal(signalnum: i32) -> Option<&'static str> {
        NAMES.iter().find(|(_, number, _)| *number == signalnum).map(|(_, _, text)| *text)
    }

    const NAMES: &[(&str, i32, &str)] = &[
        ("SIGHUP", 1, "Hangup"),
        ("SIGINT", 2, "Interrupt"),
        ("SIGQUIT", 3, "Quit"),
        ("SIGILL", 4, "Illegal instruction"),
        ("SIGTRAP", 5, "Trace/breakpoint trap"),
        ("SIGABRT", 6, "Aborted"),
        ("SIGBUS", 7, "Bus error"),
        ("SIGFPE", 8, "Floating point exception"),
        ("SIGKILL", 9, "Killed"),
        ("SIGUSR1", 10, "User defined signal 1"),
        ("SIGSEGV", 11, "Segmentation fault"),
        ("SIGUSR2", 12, "User defined signal 2"),
        ("SIGPIPE", 13, "Broken pipe"),
        ("SIGALRM", 14, "Alarm clock"),
        ("SIGTERM", 15, "Terminated"),
        ("SIGSTKFLT", 16, "Stack fault"),
        ("SIGCHLD", 17, "Child exited"),
        ("SIGCONT", 18, "Continued"),
        ("SIGSTOP", 19, "Stopped (signal)"),
        ("SIGTSTP", 20, "Stopped"),
        ("SIGTTIN", 21, "Stopped (tty input)"),
        ("SIGTTOU", 22, "Stopped (tty output)"),
        ("SIGURG", 23, "Urgent I/O condition"),
        ("SIGXCPU", 24, "CPU time limit exceeded"),
        ("SIGXFSZ", 25, "File size limit exceeded"),
        ("SIGVTALRM", 26, "Virtual timer expired"),
        ("SIGPROF", 27, "Profiling timer expired"),
        ("SIGWINCH", 28, "Window changed"),
        ("SIGIO", 29, "I/O possible"),
        ("SIGPWR", 30, "Power failure"),
        ("SIGSYS", 31, "Bad system call"),
    ];

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        for (name, number, _) in NAMES {
            let name = vm.intern(name);
            let number = vm.int(i64::from(*number));
            vm.setattr(module, &name, &number)?;
        }
        Ok(())
    }
}

//! `_signal`: handlers of signals, masks, waiting, timers.

use pvm_macros::pyclass;
use pvm_object::exceptions::{BaseException, OS_ERROR, OsError};
use pvm_object::{PyResult, Raised, Value, Vm, struct_sequence};

use crate::system::{self, Errno, SignalInfo, SignalSet, SysResult, TimerSetting};

/// A timer could not be set or read.
#[pyclass(exception, name = "ItimerError", module = "signal", base = OS_ERROR, like = OsError, no_export)]
pub struct ItimerError;

struct_sequence! {
    /// struct_siginfo: Result from sigwaitinfo or sigtimedwait.
    ///
    /// This object may be accessed either as a tuple of
    /// (si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),
    /// or via the attributes si_signo, si_code, and so on.
    pub STRUCT_SIGINFO = "struct_siginfo" in "signal", visible: 7, {
        si_signo: Some("signal number"),
        si_code: Some("signal code"),
        si_errno: Some("errno associated with this signal"),
        si_pid: Some("sending process ID"),
        si_uid: Some("real user ID of sending process"),
        si_status: Some("exit value or signal"),
        si_band: Some("band event for SIGPOLL"),
    }
}

/// The signals in an iterable of numbers (`_Py_Sigset_Converter`).
pub fn signal_set(vm: &mut Vm, signals: &Value) -> PyResult<SignalSet> {
    const LAST: i32 = system::SIGNALS_END - 1;
    let mut numbers = Vec::new();
    let iterator = vm.iter(signals)?;
    while let Some(item) = vm.next(&iterator)? {
        let number = vm.index_clipped(&item)?;
        match i32::try_from(number) {
            Ok(signal @ 1..=LAST) => numbers.push(signal),
            _ => return Err(vm.value_error(format_args!("signal number {number} out of range [1; {LAST}]"))),
        }
    }
    Ok(SignalSet::of(numbers))
}

/// A set of numbers.
fn number_set(vm: &mut Vm, signals: &SignalSet) -> PyResult {
    let numbers: Vec<Value> = signals.signals().into_iter().map(Value::from_i32).collect();
    let list = vm.try_list(numbers)?;
    Ok(vm.set_of(&list.into())?.into())
}

fn info_record(vm: &mut Vm, info: &SignalInfo) -> PyResult {
    let items = info.fields.iter().map(|&field| vm.int(field)).collect();
    Ok(STRUCT_SIGINFO.make(vm, items)?.into())
}

fn check_range(vm: &mut Vm, signal: i32) -> PyResult<()> {
    match (1..system::SIGNALS_END).contains(&signal) {
        true => Ok(()),
        false => Err(vm.value_error(format_args!("signal number out of range"))),
    }
}

/// Raises an `itimer_error` for an error of the system.
fn timer_error(vm: &mut Vm, errno: Errno) -> Raised {
    let code = errno.raw_os_error();
    let text = vm.new_str(&pvm_object::exceptions::error_text(code));
    let made = vm.call(&ITIMER_ERROR_TYPE.to_value(), &[Value::from_i32(code), text.into()]);
    match made.map(|made| made.downcast_into::<BaseException>()) {
        Ok(Ok(exception)) => vm.raise(exception),
        Ok(Err(_)) => vm.os_error(code),
        Err(raised) => raised,
    }
}

/// A timer's setting as a tuple of seconds.
fn timer_record(vm: &mut Vm, setting: SysResult<TimerSetting>) -> PyResult {
    match setting {
        Ok((delay, interval)) => {
            let seconds = |microseconds: i64| microseconds as f64 / 1e6;
            let items = vec![vm.float(seconds(delay)), vm.float(seconds(interval))];
            Ok(vm.new_tuple(items).into())
        }
        Err(errno) => Err(timer_error(vm, errno)),
    }
}

#[pvm_macros::pymodule(name = "_signal")]
pub mod native {
    //! This module provides mechanisms to use signal handlers in Python.
    //!
    //! Functions:
    //!
    //! alarm() -- cause SIGALRM after a specified time [Unix only]
    //! setitimer() -- cause a signal (described below) after a specified
    //!                float time and the timer may restart then [Unix only]
    //! getitimer() -- get current value of timer [Unix only]
    //! signal() -- set the action for a given signal
    //! getsignal() -- get the signal action for a given signal
    //! pause() -- wait until a signal arrives [Unix only]
    //! default_int_handler() -- default SIGINT handler
    //!
    //! signal constants:
    //! SIG_DFL -- used to refer to the system default handler
    //! SIG_IGN -- used to ignore the signal
    //! NSIG -- number of defined signals
    //! SIGINT, SIGTERM, etc. -- signal numbers
    //!
    //! itimer constants:
    //! ITIMER_REAL -- decrements in real time, and delivers SIGALRM upon
    //!                expiration
    //! ITIMER_VIRTUAL -- decrements only when the process is executing,
    //!                and delivers SIGVTALRM upon expiration
    //! ITIMER_PROF -- decrements both when the process is executing and
    //!                when the system is executing on behalf of the process.
    //!                Coupled with ITIMER_VIRTUAL, this timer is usually
    //!                used to profile the time spent by the application
    //!                in user and kernel space. SIGPROF is delivered upon
    //!                expiration.
    //!
    //!
    //! *** IMPORTANT NOTICE ***
    //! A signal handler function is called with two arguments:
    //! the first is the signal number, the second is the interrupted stack frame.
    use pvm_interpreter::{audit, signals};
    use pvm_macros::pyfunction;
    use pvm_object::exceptions::KEYBOARD_INTERRUPT;
    use pvm_object::{PyResult, Value, Vm};

    use super::{ITIMER_ERROR_TYPE, STRUCT_SIGINFO, check_range, info_record, number_set, signal_set, timer_record};
    use crate::system::{self, Errno};
    use crate::time::convert::{Rounding, nanoseconds};

    /// The default handler for SIGINT installed by Python.
    ///
    /// It raises KeyboardInterrupt.
    #[pyfunction]
    #[signature = "(signalnum, frame, /)"]
    fn default_int_handler(vm: &mut Vm, signalnum: i32, frame: &Value) -> PyResult {
        let _ = (signalnum, frame);
        let exception = vm.new_exception(KEYBOARD_INTERRUPT.get(), vec![]);
        Err(vm.raise(exception))
    }

    /// Set the action for the given signal.
    ///
    /// The action can be SIG_DFL, SIG_IGN, or a callable Python object.
    /// The previous action is returned.  See getsignal() for possible return
    /// values.
    ///
    /// *** IMPORTANT NOTICE ***
    /// A signal handler function is called with two arguments: the first is
    /// the signal number, the second is the interrupted stack frame.
    #[pyfunction]
    #[signature = "(signalnum, handler, /)"]
    fn signal(vm: &mut Vm, signalnum: i32, handler: &Value) -> PyResult {
        signals::set_handler(vm, signalnum, handler)
    }

    /// Return the current action for the given signal.
    ///
    /// The return value can be:
    ///   SIG_IGN -- if the signal is being ignored
    ///   SIG_DFL -- if the default action for the signal is in effect
    ///   None    -- if an unknown handler is in effect
    ///   anything else -- the callable Python object used as a handler
    #[pyfunction]
    #[signature = "(signalnum, /)"]
    fn getsignal(vm: &mut Vm, signalnum: i32) -> PyResult {
        check_range(vm, signalnum)?;
        Ok(signals::handler(vm, signalnum))
    }

    /// Send a signal to the executing process.
    #[pyfunction]
    #[signature = "(signalnum, /)"]
    fn raise_signal(vm: &mut Vm, signalnum: i32) -> PyResult<()> {
        if !signals::raise(signalnum) {
            return Err(vm.os_error(Errno::INVAL.raw_os_error()));
        }
        vm.poll(0)
    }

    /// Sets the fd to be written to (with the signal number) when a signal comes in.
    ///
    /// A library can use this to wakeup select or poll.
    /// The previous fd or -1 is returned.
    ///
    /// The fd must be non-blocking.
    #[pyfunction]
    #[signature = "(fd, /, *, warn_on_full_buffer=True)"]
    fn set_wakeup_fd(vm: &mut Vm, fd: i32, warn_on_full_buffer: bool) -> PyResult<i32> {
        if !signals::on_main_thread(vm) {
            return Err(vm.value_error(format_args!("set_wakeup_fd only works in main thread of the main interpreter")));
        }
        if fd != -1 {
            let flags = system::call(vm, || {
                let fd = system::borrow(fd)?;
                rustix::fs::fstat(fd)?;
                rustix::fs::fcntl_getfl(fd)
            })?;
            if !flags.contains(rustix::fs::OFlags::NONBLOCK) {
                return Err(vm.value_error(format_args!("the fd {fd} must be in non-blocking mode")));
            }
        }
        signals::set_wakeup_fd(vm, fd, warn_on_full_buffer)
    }

    /// Change system call restart behaviour.
    ///
    /// If flag is False, system calls will be restarted when interrupted by
    /// signal sig, else system calls will be interrupted.
    #[pyfunction]
    #[signature = "(signalnum, flag, /)"]
    fn siginterrupt(vm: &mut Vm, signalnum: i32, flag: i32) -> PyResult<()> {
        check_range(vm, signalnum)?;
        let result = system::set_interrupts(signalnum, flag != 0);
        system::raise(vm, result)
    }

    /// Return the system description of the given signal.
    ///
    /// Returns the description of signal *signalnum*, such as "Interrupt"
    /// for :const:`SIGINT`. Returns :const:`None` if *signalnum* has no
    /// description. Raises :exc:`ValueError` if *signalnum* is invalid.
    #[pyfunction]
    #[signature = "(signalnum, /)"]
    fn strsignal(vm: &mut Vm, signalnum: i32) -> PyResult<Option<String>> {
        check_range(vm, signalnum)?;
        Ok(system::signal_text(signalnum))
    }

    /// Return a set of valid signal numbers on this platform.
    ///
    /// The signal numbers returned by this function can be safely passed to
    /// functions like `pthread_sigmask`.
    #[pyfunction]
    fn valid_signals(vm: &mut Vm) -> PyResult {
        number_set(vm, &system::SignalSet::full())
    }

    /// Arrange for SIGALRM to arrive after the given number of seconds.
    #[pyfunction]
    #[signature = "(seconds, /)"]
    fn alarm(seconds: i32) -> i32 {
        system::alarm(seconds as u32) as i32
    }

    /// Wait until a signal arrives.
    #[pyfunction]
    fn pause(vm: &mut Vm) -> PyResult<()> {
        vm.detach(system::pause);
        vm.poll(0)
    }

    /// Fetch and/or change the signal mask of the calling thread.
    #[pyfunction]
    #[signature = "(how, mask, /)"]
    fn pthread_sigmask(vm: &mut Vm, how: i32, mask: &Value) -> PyResult {
        let mask = signal_set(vm, mask)?;
        let before = system::change_mask(how, &mask);
        let before = system::raise(vm, before)?;
        // What was blocked and arrived is handled before the call returns.
        vm.poll(0)?;
        number_set(vm, &before)
    }

    /// Examine pending signals.
    ///
    /// Returns a set of signal numbers that are pending for delivery to
    /// the calling thread.
    #[pyfunction]
    fn sigpending(vm: &mut Vm) -> PyResult {
        let pending = system::pending_signals();
        let pending = system::raise(vm, pending)?;
        number_set(vm, &pending)
    }

    /// Send a signal to a thread.
    #[pyfunction]
    #[signature = "(thread_id, signalnum, /)"]
    fn pthread_kill(vm: &mut Vm, thread_id: u64, signalnum: i32) -> PyResult<()> {
        let ident = vm.big_int(thread_id.into());
        audit::event(vm, "signal.pthread_kill", &[ident, Value::from_i32(signalnum)])?;
        let result = system::signal_thread(thread_id, signalnum);
        system::raise(vm, result)?;
        vm.poll(0)
    }

    /// Send a signal to a process referred to by a pid file descriptor.
    #[pyfunction]
    #[signature = "(pidfd, signalnum, siginfo=None, flags=0, /)"]
    fn pidfd_send_signal(vm: &mut Vm, pidfd: i32, signalnum: i32, siginfo: Option<&Value>, flags: u32) -> PyResult<()> {
        if siginfo.is_some_and(|siginfo| !siginfo.is_none()) {
            return Err(vm.type_error(format_args!("siginfo must be None")));
        }
        let result = system::signal_by_fd(pidfd, signalnum, flags);
        system::raise(vm, result)?;
        vm.poll(0)
    }

    /// Wait for a signal.
    ///
    /// Suspend execution of the calling thread until the delivery of one of the
    /// signals specified in the signal set sigset.  The function accepts the
    /// signal and returns the signal number.
    #[pyfunction]
    #[signature = "(sigset, /)"]
    fn sigwait(vm: &mut Vm, sigset: &Value) -> PyResult<i32> {
        let sigset = signal_set(vm, sigset)?;
        system::call(vm, || system::wait_for_signal(&sigset))
    }

    /// Wait synchronously until one of the signals in *sigset* is delivered.
    ///
    /// Returns a struct_siginfo containing information about the signal.
    #[pyfunction]
    #[signature = "(sigset, /)"]
    fn sigwaitinfo(vm: &mut Vm, sigset: &Value) -> PyResult {
        let sigset = signal_set(vm, sigset)?;
        let info = system::call(vm, || system::wait_for_info(&sigset, None))?;
        info_record(vm, &info)
    }

    /// Like sigwaitinfo(), but with a timeout.
    ///
    /// The timeout is specified in seconds, with floating-point numbers allowed.
    #[pyfunction]
    #[signature = "(sigset, timeout, /)"]
    fn sigtimedwait(vm: &mut Vm, sigset: &Value, timeout: &Value) -> PyResult {
        let sigset = signal_set(vm, sigset)?;
        let timeout = nanoseconds(vm, timeout, Rounding::Ceiling)?;
        if timeout < 0 {
            return Err(vm.value_error(format_args!("timeout must be non-negative")));
        }
        let now = || system::clock_time(libc::CLOCK_MONOTONIC).unwrap_or(0);
        let deadline = now().saturating_add(timeout);
        let waited = system::blocking(vm, || system::wait_for_info(&sigset, Some((deadline - now()).max(0))))?;
        match waited {
            Err(Errno::AGAIN) => Ok(Value::none()),
            waited => {
                let info = system::raise(vm, waited)?;
                info_record(vm, &info)
            }
        }
    }

    /// Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).
    ///
    /// The timer will fire after value seconds and after that every interval
    /// seconds.  The itimer can be cleared by setting seconds to zero.
    ///
    /// Returns old values as a tuple: (delay, interval).
    #[pyfunction]
    #[signature = "(which, seconds, interval=0.0, /)"]
    fn setitimer(vm: &mut Vm, which: i32, seconds: &Value, interval: Option<&Value>) -> PyResult {
        let mut microseconds = |value: Option<&Value>| -> PyResult<i64> {
            let Some(value) = value else { return Ok(0) };
            let time = nanoseconds(vm, value, Rounding::Ceiling)?;
            Ok(time.div_euclid(1000) + i64::from(time.rem_euclid(1000) != 0))
        };
        let new = (microseconds(Some(seconds))?, microseconds(interval)?);
        let old = system::set_timer(which, new);
        timer_record(vm, old)
    }

    /// Returns current value of given itimer.
    #[pyfunction]
    #[signature = "(which, /)"]
    fn getitimer(vm: &mut Vm, which: i32) -> PyResult {
        timer_record(vm, system::timer(which))
    }

    const NUMBERS: &[(&str, i32)] = &[
        ("SIG_DFL", 0),
        ("SIG_IGN", 1),
        ("NSIG", system::SIGNALS_END),
        ("SIG_BLOCK", libc::SIG_BLOCK),
        ("SIG_UNBLOCK", libc::SIG_UNBLOCK),
        ("SIG_SETMASK", libc::SIG_SETMASK),
        ("ITIMER_REAL", 0),
        ("ITIMER_VIRTUAL", 1),
        ("ITIMER_PROF", 2),
        ("SIGHUP", libc::SIGHUP),
        ("SIGINT", libc::SIGINT),
        ("SIGQUIT", libc::SIGQUIT),
        ("SIGILL", libc::SIGILL),
        ("SIGTRAP", libc::SIGTRAP),
        ("SIGIOT", libc::SIGIOT),
        ("SIGABRT", libc::SIGABRT),
        ("SIGFPE", libc::SIGFPE),
        ("SIGKILL", libc::SIGKILL),
        ("SIGBUS", libc::SIGBUS),
        ("SIGSEGV", libc::SIGSEGV),
        ("SIGSYS", libc::SIGSYS),
        ("SIGPIPE", libc::SIGPIPE),
        ("SIGALRM", libc::SIGALRM),
        ("SIGTERM", libc::SIGTERM),
        ("SIGUSR1", libc::SIGUSR1),
        ("SIGUSR2", libc::SIGUSR2),
        ("SIGCLD", libc::SIGCHLD),
        ("SIGCHLD", libc::SIGCHLD),
        ("SIGPWR", libc::SIGPWR),
        ("SIGIO", libc::SIGIO),
        ("SIGURG", libc::SIGURG),
        ("SIGWINCH", libc::SIGWINCH),
        ("SIGPOLL", libc::SIGPOLL),
        ("SIGSTOP", libc::SIGSTOP),
        ("SIGTSTP", libc::SIGTSTP),
        ("SIGCONT", libc::SIGCONT),
        ("SIGTTIN", libc::SIGTTIN),
        ("SIGTTOU", libc::SIGTTOU),
        ("SIGVTALRM", libc::SIGVTALRM),
        ("SIGPROF", libc::SIGPROF),
        ("SIGXCPU", libc::SIGXCPU),
        ("SIGXFSZ", libc::SIGXFSZ),
        ("SIGSTKFLT", libc::SIGSTKFLT),
    ];

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let real_time = [("SIGRTMIN", libc::SIGRTMIN()), ("SIGRTMAX", libc::SIGRTMAX())];
        for &(name, number) in NUMBERS.iter().chain(&real_time) {
            let name = vm.intern(name);
            vm.setattr(module, &name, &Value::from_i32(number))?;
        }
        ITIMER_ERROR_TYPE.ready();
        for (name, class) in [("ItimerError", ITIMER_ERROR_TYPE.to_value()), ("struct_siginfo", STRUCT_SIGINFO.class.to_value())]
        {
            let name = vm.intern(name);
            vm.setattr(module, &name, &class)?;
        }
        Ok(())
    }
}

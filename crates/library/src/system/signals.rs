//! Signals: masks, waiting, sending, timers.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use super::{Errno, SysResult, check, last_error, timespec};

/// One more than the highest number of a signal.
pub const SIGNALS_END: i32 = 65;

/// A set of signals.
pub struct SignalSet(pub(super) libc::sigset_t);

impl SignalSet {
    /// Of these signals; what the system keeps for itself is left out.
    pub fn of(signals: impl IntoIterator<Item = i32>) -> SignalSet {
        let mut set = MaybeUninit::uninit();
        // SAFETY: the first call fills the set, the others take numbers.
        unsafe {
            libc::sigemptyset(set.as_mut_ptr());
            for signal in signals {
                libc::sigaddset(set.as_mut_ptr(), signal);
            }
            SignalSet(set.assume_init())
        }
    }

    /// Of all signals.
    pub fn full() -> SignalSet {
        let mut set = MaybeUninit::uninit();
        // SAFETY: the call fills the set.
        unsafe {
            libc::sigfillset(set.as_mut_ptr());
            SignalSet(set.assume_init())
        }
    }

    /// The signals in it.
    pub fn signals(&self) -> Vec<i32> {
        // SAFETY: the call reads the set.
        (1..SIGNALS_END).filter(|&signal| unsafe { libc::sigismember(&self.0, signal) } == 1).collect()
    }
}

/// The result of a call that returns its error's number.
fn check_number(error: i32) -> SysResult<()> {
    if error == 0 { Ok(()) } else { Err(Errno::from_raw_os_error(error)) }
}

/// `pthread_sigmask`: changes the calling thread's mask and returns the one before.
pub fn change_mask(how: i32, set: &SignalSet) -> SysResult<SignalSet> {
    let mut before = SignalSet::of([]);
    // SAFETY: the call reads one set and fills the other.
    check_number(unsafe { libc::pthread_sigmask(how, &set.0, &mut before.0) })?;
    Ok(before)
}

/// `sigpending`
pub fn pending_signals() -> SysResult<SignalSet> {
    let mut set = SignalSet::of([]);
    // SAFETY: the call fills the set.
    check(unsafe { libc::sigpending(&mut set.0) })?;
    Ok(set)
}

/// `sigwait`
pub fn wait_for_signal(set: &SignalSet) -> SysResult<i32> {
    let mut signal = 0;
    // SAFETY: the call reads the set and fills the number.
    check_number(unsafe { libc::sigwait(&set.0, &mut signal) })?;
    Ok(signal)
}

/// What is known of a signal that was waited for.
pub struct SignalInfo {
    /// `si_signo`, `si_code`, `si_errno`, `si_pid`, `si_uid`, `si_status`, `si_band`.
    pub fields: [i64; 7],
}

/// `sigwaitinfo`, or `sigtimedwait` with a time in nanoseconds.
pub fn wait_for_info(set: &SignalSet, nanoseconds: Option<i64>) -> SysResult<SignalInfo> {
    let time = nanoseconds.map(timespec);
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: the call reads set and time and fills the rest. The fields overlap, as they do for CPython; each is plain data.
    unsafe {
        let mut info: libc::siginfo_t = std::mem::zeroed();
        let signal = match time.is_null() {
            true => libc::sigwaitinfo(&set.0, &mut info),
            false => libc::sigtimedwait(&set.0, &mut info, time),
        };
        check(signal)?;
        let fields = [
            i64::from(info.si_signo),
            i64::from(info.si_code),
            i64::from(info.si_errno),
            i64::from(info.si_pid()),
            i64::from(info.si_uid()),
            i64::from(info.si_status()),
            band(&info),
        ];
        Ok(SignalInfo { fields })
    }
}

/// `si_band`, which lies where `si_pid` does.
fn band(info: &libc::siginfo_t) -> i64 {
    // SAFETY: the structure has 128 bytes, and its union begins at byte 16.
    unsafe { std::ptr::from_ref(info).cast::<i64>().add(2).read() }
}

/// `pthread_kill`
pub fn signal_thread(thread: u64, signal: i32) -> SysResult<()> {
    // SAFETY: that the thread has not been joined is the program's concern, as the documentation of Python's function says.
    check_number(unsafe { libc::pthread_kill(thread as libc::pthread_t, signal) })
}

/// `pidfd_send_signal`
pub fn signal_by_fd(fd: i32, signal: i32, flags: u32) -> SysResult<()> {
    // SAFETY: the call takes numbers, and no information.
    let result = unsafe { libc::syscall(libc::SYS_pidfd_send_signal, fd, signal, std::ptr::null::<libc::siginfo_t>(), flags) };
    if result == 0 { Ok(()) } else { Err(last_error()) }
}

/// `alarm`
pub fn alarm(seconds: u32) -> u32 {
    // SAFETY: the call takes a number.
    unsafe { libc::alarm(seconds) }
}

/// `pause`: waits until a signal arrives.
pub fn pause() {
    // SAFETY: the call takes nothing.
    unsafe { libc::pause() };
}

unsafe extern "C" {
    fn siginterrupt(signal: i32, flag: i32) -> i32;
}

/// `siginterrupt`
pub fn set_interrupts(signal: i32, flag: bool) -> SysResult<()> {
    // SAFETY: the call takes numbers.
    check(unsafe { siginterrupt(signal, i32::from(flag)) }).map(drop)
}

const MILLION: i64 = 1_000_000;

/// A timer's delay and interval in microseconds.
pub type TimerSetting = (i64, i64);

fn timeval(microseconds: i64) -> libc::timeval {
    libc::timeval { tv_sec: microseconds.div_euclid(MILLION), tv_usec: microseconds.rem_euclid(MILLION) }
}

fn setting(raw: &libc::itimerval) -> TimerSetting {
    let microseconds = |time: &libc::timeval| time.tv_sec * MILLION + time.tv_usec;
    (microseconds(&raw.it_value), microseconds(&raw.it_interval))
}

fn no_timer() -> libc::itimerval {
    libc::itimerval { it_interval: timeval(0), it_value: timeval(0) }
}

unsafe extern "C" {
    fn getitimer(which: i32, value: *mut libc::itimerval) -> i32;
    fn setitimer(which: i32, new: *const libc::itimerval, old: *mut libc::itimerval) -> i32;
}

/// `getitimer`
pub fn timer(which: i32) -> SysResult<TimerSetting> {
    let mut raw = no_timer();
    // SAFETY: the call fills the structure.
    check(unsafe { getitimer(which, &mut raw) })?;
    Ok(setting(&raw))
}

/// `setitimer`: the setting before.
pub fn set_timer(which: i32, new: TimerSetting) -> SysResult<TimerSetting> {
    let (mut old, new) = (no_timer(), libc::itimerval { it_value: timeval(new.0), it_interval: timeval(new.1) });
    // SAFETY: the call reads one structure and fills the other.
    check(unsafe { setitimer(which, &new, &mut old) })?;
    Ok(setting(&old))
}

/// `strsignal`; `None` for a signal without a description. The interpreter's lock guards the C library's buffer.
pub fn signal_text(signal: i32) -> Option<String> {
    // SAFETY: the call takes a number; its text is copied at once.
    let text = unsafe {
        let text = libc::strsignal(signal);
        if text.is_null() {
            return None;
        }
        CStr::from_ptr(text).to_string_lossy().into_owned()
    };
    (!text.contains("Unknown signal")).then_some(text)
}

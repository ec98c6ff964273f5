//! What is written when a process is about to die, or somebody wants to know where it hangs: the stack of each thread
//! (CPython's `faulthandler.c` and the dumping half of `traceback.c`).
//!
//! Most of this runs in handlers of signals: it allocates nothing, takes no locks, and reads frames as they happen to be.

use std::cell::UnsafeCell;
use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pvm_bytecode::text::Text;
use pvm_object::Vm;

use crate::frame::Frame;
use crate::interpreter::state;
use crate::thread::ThreadExtension;
use crate::threads::ident;
use crate::threads::start::Threads;

/// As many frames of a thread, threads, and characters of a name are shown.
const MOST_FRAMES: usize = 100;
const MOST_THREADS: usize = 100;
const MOST_CHARACTERS: usize = 500;
/// As many calls of native code are shown.
const MOST_CALLS: usize = 32;

/// The threads of the interpreter whose stacks are shown.
static THREADS: AtomicPtr<Threads> = AtomicPtr::new(std::ptr::null_mut());

/// Makes the interpreter of the token the one whose stacks are shown.
fn aim(vm: &Vm) {
    THREADS.store((&raw const state(vm).threads).cast_mut(), Ordering::Release);
}

fn write(fd: i32, bytes: &[u8]) {
    let mut rest = bytes;
    while !rest.is_empty() {
        // SAFETY: the call reads the bytes; it may be made in a handler.
        match unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) } {
            written @ 1.. => rest = &rest[written as usize..],
            _ => return,
        }
    }
}

/// Writes a number in a base, with at least so many digits.
fn write_number(fd: i32, mut number: u64, base: u64, digits: usize) {
    let mut buffer = [0_u8; 24];
    let mut at = buffer.len();
    while number != 0 || buffer.len() - at < digits.max(1) {
        at -= 1;
        buffer[at] = b"0123456789abcdef"[(number % base) as usize];
        number /= base;
    }
    write(fd, &buffer[at..]);
}

/// Writes a name in ASCII, shortened where it is very long (`_Py_DumpASCII`).
fn write_text(fd: i32, text: &Text) {
    for (count, point) in text.code_points().enumerate() {
        if count == MOST_CHARACTERS {
            write(fd, b"...");
            return;
        }
        match point {
            0x20..=0x7e => write(fd, &[point as u8]),
            0..=0xff => {
                write(fd, b"\\x");
                write_number(fd, point.into(), 16, 2);
            }
            0x100..=0xffff => {
                write(fd, b"\\u");
                write_number(fd, point.into(), 16, 4);
            }
            _ => {
                write(fd, b"\\U");
                write_number(fd, point.into(), 16, 8);
            }
        }
    }
}

/// Writes the frames of a thread, the innermost first.
///
/// # Safety
/// The thread does not run, or is the calling one, or the process is about to die anyway.
unsafe fn write_frames(fd: i32, thread: *const ThreadExtension) {
    // SAFETY: as the caller says; frames that are linked are live.
    unsafe {
        let mut frame: *mut Frame = (*thread).frame.get();
        if frame.is_null() {
            write(fd, b"  <no Python frame>\n");
            return;
        }
        let mut count = 0;
        while !frame.is_null() {
            if count == MOST_FRAMES {
                write(fd, b"  ...\n");
                return;
            }
            let code = (*frame).raw_code();
            write(fd, b"  File \"");
            write_text(fd, &code.filename);
            write(fd, b"\", line ");
            match (*frame).line() {
                Some(line) => write_number(fd, line.max(0) as u64, 10, 1),
                None => write(fd, b"???"),
            }
            write(fd, b" in ");
            write_text(fd, &code.name);
            write(fd, b"\n");
            frame = (*frame).previous;
            count += 1;
        }
    }
}

/// Writes which thread's frames follow.
fn write_thread_id(fd: i32, ident: u64, is_current: bool) {
    write(fd, if is_current { b"Current thread 0x" } else { b"Thread 0x" });
    write_number(fd, ident, 16, 16);
    let mut name = [0_u8; 64];
    // SAFETY: the thread lives, and the call writes no more than there is room for.
    let failed = unsafe { libc::pthread_getname_np(ident as libc::pthread_t, name.as_mut_ptr().cast(), name.len()) } != 0;
    let len = name.iter().position(|&byte| byte == 0).unwrap_or(0);
    if !failed && len > 0 {
        write(fd, b" [");
        for &byte in &name[..len] {
            write(fd, if byte.is_ascii_graphic() || byte == b' ' { std::slice::from_ref(&byte) } else { b"?" });
        }
        write(fd, b"]");
    }
    write(fd, b" (most recent call first):\n");
}

/// Writes the stacks of all threads, or that of the calling one.
pub fn dump(fd: i32, all_threads: bool) {
    // SAFETY: the pointer is taken away before the interpreter ends. The list may change while it is read here on a thread
    // without the interpreter's lock: that is the price of asking a process that hangs.
    let Some(threads) = (unsafe { THREADS.load(Ordering::Acquire).as_ref() }) else { return };
    let running = threads.running_now();
    // SAFETY: threads in the list keep their part.
    let ident_of = |thread: *const ThreadExtension| unsafe { (*thread).ident.get() };
    let current = ident();
    if !all_threads {
        write(fd, b"Stack (most recent call first):\n");
        match running.iter().find(|&&thread| ident_of(thread) == current) {
            // SAFETY: it is the calling thread.
            Some(&thread) => unsafe { write_frames(fd, thread) },
            None => write(fd, b"  <no Python frame>\n"),
        }
        return;
    }
    for (count, &thread) in running.iter().rev().enumerate() {
        if count != 0 {
            write(fd, b"\n");
        }
        if count == MOST_THREADS {
            write(fd, b"...\n");
            return;
        }
        write_thread_id(fd, ident_of(thread), ident_of(thread) == current);
        // SAFETY: see above.
        unsafe { write_frames(fd, thread) };
    }
}

/// Writes the calls of native code on the calling thread (`_Py_DumpStack`).
pub fn dump_native(fd: i32) {
    write(fd, b"Current thread's C stack trace (most recent call first):\n");
    let mut calls = [std::ptr::null_mut(); MOST_CALLS];
    // SAFETY: the call writes no more than there is room for.
    let count = unsafe { libc::backtrace(calls.as_mut_ptr(), MOST_CALLS as i32) };
    if count < 1 {
        write(fd, b"  <system returned no stack trace>\n");
        return;
    }
    for &address in &calls[..count as usize] {
        // SAFETY: zeros are a valid structure, which the call fills.
        let (known, info) = unsafe {
            let mut info: libc::Dl_info = std::mem::zeroed();
            (libc::dladdr(address, &mut info) != 0, info)
        };
        if !known || info.dli_fname.is_null() {
            write(fd, b"  <address is unknown>\n");
            continue;
        }
        write(fd, b"  Binary file \"");
        // SAFETY: the name lives as long as the file is loaded.
        write(fd, unsafe { CStr::from_ptr(info.dli_fname) }.to_bytes());
        write(fd, b"\"");
        let (base, named) = match info.dli_sname.is_null() {
            true => (info.dli_fbase as usize, false),
            false => (info.dli_saddr as usize, true),
        };
        if base != 0 {
            write(fd, b", at ");
            if named {
                // SAFETY: as above.
                write(fd, unsafe { CStr::from_ptr(info.dli_sname) }.to_bytes());
            }
            write(fd, b"+0x");
            write_number(fd, (address as usize).wrapping_sub(base) as u64, 16, 1);
        }
        write(fd, b" [0x");
        write_number(fd, address as u64, 16, 1);
        write(fd, b"]\n");
    }
    if count as usize == MOST_CALLS {
        write(fd, b"  <truncated rest of calls>\n");
    }
}

/// A signal's handler that was there before.
struct Before(UnsafeCell<Option<libc::sigaction>>);

// SAFETY: written by the thread with the interpreter's lock, read by handlers that are set after it was written.
unsafe impl Sync for Before {}

/// The signals that end a process, and what they are called.
static FATAL: [(i32, &str, Before); 5] = [
    (libc::SIGBUS, "Bus error", Before(UnsafeCell::new(None))),
    (libc::SIGILL, "Illegal instruction", Before(UnsafeCell::new(None))),
    (libc::SIGFPE, "Floating-point exception", Before(UnsafeCell::new(None))),
    (libc::SIGABRT, "Aborted", Before(UnsafeCell::new(None))),
    (libc::SIGSEGV, "Segmentation fault", Before(UnsafeCell::new(None))),
];
static ENABLED: AtomicBool = AtomicBool::new(false);
static FATAL_FD: AtomicI32 = AtomicI32::new(2);
static FATAL_ALL: AtomicBool = AtomicBool::new(true);

/// Puts back what a signal did before.
fn restore(signal: i32, before: &Before) {
    // SAFETY: see `Before`; the call reads the structure.
    unsafe {
        if let Some(before) = (*before.0.get()).take() {
            libc::sigaction(signal, &before, std::ptr::null_mut());
        }
    }
}

/// Makes a handler that of a signal; the number of the error where that cannot be.
fn install(signal: i32, handler: extern "C" fn(i32), flags: i32, before: &Before) -> Result<(), i32> {
    // SAFETY: the handlers of this file do what handlers may; see `Before`.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as *const () as libc::sighandler_t;
        action.sa_flags = flags | libc::SA_ONSTACK;
        let mut old: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(signal, &action, &mut old) != 0 {
            return Err(*libc::__errno_location());
        }
        *before.0.get() = Some(old);
    }
    Ok(())
}

/// The process got a signal that ends it.
extern "C" fn on_fatal(signal: i32) {
    let fd = FATAL_FD.load(Ordering::Relaxed);
    if let Some((_, name, before)) = FATAL.iter().find(|(number, ..)| *number == signal) {
        restore(signal, before);
        write(fd, b"Fatal Python error: ");
        write(fd, name.as_bytes());
        write(fd, b"\n\n");
    }
    dump(fd, FATAL_ALL.load(Ordering::Relaxed));
    write(fd, b"\n");
    dump_native(fd);
    // What the signal does without this follows now.
    raise(signal);
}

/// Sends a signal to the calling thread.
pub fn raise(signal: i32) {
    // SAFETY: the call takes a number.
    unsafe { libc::raise(signal) };
}

/// Gives the calling thread a stack for handlers, so that one that ran out of its own can be told of.
fn make_signal_stack() {
    const SIZE: usize = 128 << 10;
    static MADE: AtomicBool = AtomicBool::new(false);
    if MADE.swap(true, Ordering::Relaxed) {
        return;
    }
    // SAFETY: the memory is mapped for ever, and nobody else knows of it.
    unsafe {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let memory = libc::mmap(std::ptr::null_mut(), SIZE, protection, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0);
        if memory != libc::MAP_FAILED {
            let stack = libc::stack_t { ss_sp: memory, ss_flags: 0, ss_size: SIZE };
            libc::sigaltstack(&stack, std::ptr::null_mut());
        }
    }
}

/// Has fatal signals write the stacks to a descriptor; the number of the error where the system refuses.
pub fn enable(vm: &Vm, fd: i32, all_threads: bool) -> Result<(), i32> {
    aim(vm);
    FATAL_FD.store(fd, Ordering::Relaxed);
    FATAL_ALL.store(all_threads, Ordering::Relaxed);
    if ENABLED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    make_signal_stack();
    FATAL.iter().try_for_each(|(signal, _, before)| install(*signal, on_fatal, libc::SA_NODEFER, before))
}

/// Ends that; whether it was so.
pub fn disable() -> bool {
    let was = ENABLED.swap(false, Ordering::Relaxed);
    if was {
        FATAL.iter().for_each(|(signal, _, before)| restore(*signal, before));
    }
    was
}

/// Whether fatal signals write the stacks.
pub fn is_enabled() -> bool {
    ENABLED.load(Ordering::Relaxed)
}

/// Writes the stacks of a running program.
pub fn dump_now(vm: &Vm, fd: i32, all_threads: bool) {
    aim(vm);
    dump(fd, all_threads);
}

/// A signal that has the stacks written.
struct User {
    enabled: AtomicBool,
    fd: AtomicI32,
    all_threads: AtomicBool,
    chain: AtomicBool,
    before: Before,
}

static USERS: [User; crate::signals::END as usize] = [const {
    User {
        enabled: AtomicBool::new(false),
        fd: AtomicI32::new(2),
        all_threads: AtomicBool::new(true),
        chain: AtomicBool::new(false),
        before: Before(UnsafeCell::new(None)),
    }
}; crate::signals::END as usize];

fn user_flags(chain: bool) -> i32 {
    if chain { libc::SA_NODEFER } else { 0 }
}

extern "C" fn on_user(signal: i32) {
    let Some(user) = USERS.get(signal as usize).filter(|user| user.enabled.load(Ordering::Relaxed)) else { return };
    // SAFETY: the number of errors is the thread's own; interrupted code must find it as it was.
    let errno = unsafe { *libc::__errno_location() };
    dump(user.fd.load(Ordering::Relaxed), user.all_threads.load(Ordering::Relaxed));
    if user.chain.load(Ordering::Relaxed) {
        restore(signal, &user.before);
        raise(signal);
        let _ = install(signal, on_user, user_flags(true), &user.before);
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno };
}

/// Has a signal write the stacks, and then do what it did before if `chain` is set; the number of the error where the system
/// refuses.
pub fn register(vm: &Vm, signal: i32, fd: i32, all_threads: bool, chain: bool) -> Result<(), i32> {
    aim(vm);
    let user = &USERS[signal as usize];
    if !user.enabled.load(Ordering::Relaxed) {
        install(signal, on_user, user_flags(chain), &user.before)?;
    }
    user.fd.store(fd, Ordering::Relaxed);
    user.all_threads.store(all_threads, Ordering::Relaxed);
    user.chain.store(chain, Ordering::Relaxed);
    user.enabled.store(true, Ordering::Release);
    Ok(())
}

/// Ends that; whether it was so.
pub fn unregister(signal: i32) -> bool {
    let user = &USERS[signal as usize];
    let was = user.enabled.swap(false, Ordering::Relaxed);
    if was {
        restore(signal, &user.before);
    }
    was
}

/// Whether signal numbers are among those of fatal errors.
pub fn is_fatal(signal: i32) -> bool {
    FATAL.iter().any(|(number, ..)| *number == signal)
}

/// A thread that waits to write the stacks.
struct Watch {
    cancelled: Mutex<bool>,
    changed: Condvar,
}

static WATCH: Mutex<Option<(Arc<Watch>, std::thread::JoinHandle<()>)>> = Mutex::new(None);

/// Has the stacks written when so much time has passed, again and again if `repeat` is set; ends the process then if `exit` is.
pub fn later(vm: &Vm, wait: Duration, repeat: bool, fd: i32, exit: bool) -> std::io::Result<()> {
    aim(vm);
    cancel_later();
    let watch = Arc::new(Watch { cancelled: Mutex::new(false), changed: Condvar::new() });
    let seconds = wait.as_secs();
    let clock = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let header = match wait.subsec_micros() {
        0 => format!("Timeout ({clock})!\n"),
        micros => format!("Timeout ({clock}.{micros:06})!\n"),
    };
    let shared = Arc::clone(&watch);
    let thread = std::thread::Builder::new().name("faulthandler".to_owned()).spawn(move || {
        block_signals();
        let mut cancelled = shared.cancelled.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let end = Instant::now() + wait;
            while !*cancelled {
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    break;
                }
                cancelled = shared.changed.wait_timeout(cancelled, left).unwrap_or_else(PoisonError::into_inner).0;
            }
            if *cancelled {
                return;
            }
            write(fd, header.as_bytes());
            dump(fd, true);
            if exit {
                // SAFETY: the call ends the process without more.
                unsafe { libc::_exit(1) };
            }
            if !repeat {
                return;
            }
        }
    })?;
    *WATCH.lock().unwrap_or_else(PoisonError::into_inner) = Some((watch, thread));
    Ok(())
}

/// Signals are for threads that can handle them.
fn block_signals() {
    // SAFETY: the calls fill and read a set of this thread's.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &all, std::ptr::null_mut());
    }
}

/// Ends the waiting.
pub fn cancel_later() {
    let held = WATCH.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((watch, thread)) = held {
        *watch.cancelled.lock().unwrap_or_else(PoisonError::into_inner) = true;
        watch.changed.notify_all();
        let _ = thread.join();
    }
}

/// Ends all of it at the end of an interpreter, if it is the one whose stacks are shown.
pub(crate) fn finish(vm: &Vm) {
    let own = NonNull::from(&state(vm).threads).as_ptr();
    if THREADS.load(Ordering::Acquire) == own {
        disable();
        cancel_later();
        for signal in 1..crate::signals::END {
            unregister(signal);
        }
        THREADS.store(std::ptr::null_mut(), Ordering::Release);
    }
}

/// Ends the process as an error does that nothing can be done about, on a thread that is none of Python's.
pub fn fatal_on_new_thread(vm: &Vm) {
    aim(vm);
    disable();
    let thread = std::thread::spawn(|| {
        write(2, b"Fatal Python error: faulthandler_fatal_error_thread: in new thread\nPython runtime state: initialized\n\n");
        dump(2, true);
        write(2, b"\n");
        dump_native(2);
        std::process::abort();
    });
    let _ = thread.join();
}

/// Calls itself until there is no stack left.
pub fn overflow_stack(depth: u64) -> u64 {
    let page = std::hint::black_box([depth; 512]);
    if std::hint::black_box(depth) == u64::MAX { depth } else { overflow_stack(depth + 1).wrapping_add(page[3]) }
}

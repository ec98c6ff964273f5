//! Calls of the system that take and give numbers alone, as a table.

use super::{SysResult, check};

/// The result of a call whose -1 may be a valid one: `errno` tells, and is cleared first.
fn check_errno(call: impl FnOnce() -> i64) -> SysResult<i64> {
    // SAFETY: `errno` is this thread's own.
    unsafe { *libc::__errno_location() = 0 };
    let result = call();
    // SAFETY: as above.
    let errno = unsafe { *libc::__errno_location() };
    if result == -1 && errno != 0 { Err(super::Errno::from_raw_os_error(errno)) } else { Ok(result) }
}

macro_rules! number_calls {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) = $call:path;)*) => {$(
        $(#[$doc])*
        pub fn $name($($arg: $ty),*) -> SysResult<i32> {
            // SAFETY: the call takes numbers alone.
            check(unsafe { $call($($arg),*) })
        }
    )*};
}

number_calls! {
    /// `fchown`
    change_owner_of_fd_raw(fd: i32, uid: u32, gid: u32) = libc::fchown;
    /// `kill`
    kill(pid: i32, signal: i32) = libc::kill;
    /// `killpg`
    kill_group(group: i32, signal: i32) = libc::killpg;
    /// `getpgid`
    process_group(pid: i32) = libc::getpgid;
    /// `setpgid`
    set_process_group(pid: i32, group: i32) = libc::setpgid;
    /// `getsid`
    session(pid: i32) = libc::getsid;
    /// `setsid`
    new_session() = libc::setsid;
    /// `tcgetpgrp`
    terminal_group(fd: i32) = libc::tcgetpgrp;
    /// `tcsetpgrp`
    set_terminal_group(fd: i32, group: i32) = libc::tcsetpgrp;
    /// `setuid`
    set_user(uid: u32) = libc::setuid;
    /// `seteuid`
    set_effective_user(uid: u32) = libc::seteuid;
    /// `setgid`
    set_group(gid: u32) = libc::setgid;
    /// `setegid`
    set_effective_group(gid: u32) = libc::setegid;
    /// `setreuid`
    set_users(real: u32, effective: u32) = libc::setreuid;
    /// `setregid`
    set_groups_of_process(real: u32, effective: u32) = libc::setregid;
    /// `setresuid`
    set_all_users(real: u32, effective: u32, saved: u32) = libc::setresuid;
    /// `setresgid`
    set_all_groups(real: u32, effective: u32, saved: u32) = libc::setresgid;
    /// `sched_get_priority_max`
    highest_priority(policy: i32) = libc::sched_get_priority_max;
    /// `sched_get_priority_min`
    lowest_priority(policy: i32) = libc::sched_get_priority_min;
    /// `sched_getscheduler`
    scheduler(pid: i32) = libc::sched_getscheduler;
    /// `setns`
    join_namespace(fd: i32, kind: i32) = libc::setns;
    /// `unshare`
    leave_namespaces(flags: i32) = libc::unshare;
    /// `login_tty`
    login_terminal(fd: i32) = libc::login_tty;
    /// `dup2`
    duplicate(fd: i32, to: i32) = libc::dup2;
    /// `dup3`
    duplicate_with(fd: i32, to: i32, flags: i32) = libc::dup3;
    /// `shutdown` of a socket
    shut_down(fd: i32, how: i32) = libc::shutdown;
    /// `tcsendbreak`
    send_break(fd: i32, duration: i32) = libc::tcsendbreak;
    /// `tcdrain`
    drain_terminal(fd: i32) = libc::tcdrain;
    /// `tcflush`
    flush_terminal(fd: i32, queue: i32) = libc::tcflush;
    /// `tcflow`
    control_flow(fd: i32, action: i32) = libc::tcflow;
    /// `flock`
    lock_whole_file(fd: i32, operation: i32) = libc::flock;
    /// `lockf`
    lock_file_raw(fd: i32, command: i32, length: i64) = libc::lockf;
    /// `setpriority`
    set_priority(which: u32, who: u32, priority: i32) = libc::setpriority;
    /// `grantpt`
    grant_terminal(fd: i32) = libc::grantpt;
    /// `unlockpt`
    unlock_terminal(fd: i32) = libc::unlockpt;
}

/// `fchown`
pub fn change_owner_of_fd(fd: i32, uid: u32, gid: u32) -> SysResult<()> {
    change_owner_of_fd_raw(fd, uid, gid).map(drop)
}

/// `lockf`
pub fn lock_file(fd: i32, command: i32, length: i64) -> SysResult<()> {
    lock_file_raw(fd, command, length).map(drop)
}

/// `dup2`, the copy inherited or not.
pub fn duplicate_to(fd: i32, to: i32, inheritable: bool) -> SysResult<i32> {
    if inheritable || fd == to { duplicate(fd, to) } else { duplicate_with(fd, to, libc::O_CLOEXEC) }
}

/// Closes the descriptors from `low` to before `high`.
pub fn close_range(low: i32, high: i32) {
    let first = low.max(0);
    if first < high {
        // SAFETY: the call takes numbers alone; the program says that nobody else uses these descriptors.
        unsafe { libc::syscall(libc::SYS_close_range, first as u32, (high - 1) as u32, 0) };
    }
}

/// `posix_fadvise`
pub fn advise(fd: i32, offset: i64, length: i64, advice: i32) -> SysResult<()> {
    // SAFETY: the call takes numbers alone.
    match unsafe { libc::posix_fadvise(fd, offset, length, advice) } {
        0 => Ok(()),
        errno => Err(super::Errno::from_raw_os_error(errno)),
    }
}

/// `nice`
pub fn be_nice(increment: i32) -> SysResult<i64> {
    // SAFETY: the call takes numbers alone.
    check_errno(|| unsafe { libc::nice(increment) }.into())
}

/// `getpriority`
pub fn priority(which: u32, who: u32) -> SysResult<i64> {
    // SAFETY: the call takes numbers alone.
    check_errno(|| unsafe { libc::getpriority(which, who) }.into())
}

/// `sysconf`; `None` where there is no limit.
pub fn configuration(name: i32) -> SysResult<Option<i64>> {
    // SAFETY: the call takes numbers alone.
    let value = check_errno(|| unsafe { libc::sysconf(name) })?;
    Ok((value != -1).then_some(value))
}

/// `fpathconf`; `None` where there is no limit.
pub fn configuration_of_fd(fd: i32, name: i32) -> SysResult<Option<i64>> {
    // SAFETY: the call takes numbers alone.
    let value = check_errno(|| unsafe { libc::fpathconf(fd, name) })?;
    Ok((value != -1).then_some(value))
}

/// `pidfd_open`
pub fn process_descriptor(pid: i32, flags: u32) -> SysResult<i32> {
    // SAFETY: the call takes numbers alone.
    check(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, flags) } as i32)
}

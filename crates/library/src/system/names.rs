//! Calls of the system that take names: C strings that live through the call.

use std::ffi::CStr;

use super::{Errno, SysResult, check, last_error};

/// `fchownat`
pub fn change_owner(directory: i32, path: &CStr, uid: u32, gid: u32, flags: u32) -> SysResult<()> {
    // SAFETY: the path is a C string.
    check(unsafe { libc::fchownat(directory, path.as_ptr(), uid, gid, flags as i32) }).map(drop)
}

/// `fchmodat` of a link itself.
pub fn change_mode_of_link(directory: i32, path: &CStr, mode: u32) -> SysResult<()> {
    // SAFETY: the path is a C string.
    check(unsafe { libc::fchmodat(directory, path.as_ptr(), mode, libc::AT_SYMLINK_NOFOLLOW) }).map(drop)
}

/// `truncate`
pub fn truncate(path: &CStr, length: i64) -> SysResult<()> {
    // SAFETY: the path is a C string.
    check(unsafe { libc::truncate(path.as_ptr(), length) }).map(drop)
}

/// `pathconf`; `None` where there is no limit.
pub fn configuration_of_path(path: &CStr, name: i32) -> SysResult<Option<i64>> {
    // SAFETY: `errno` is this thread's own, the path a C string.
    unsafe {
        *libc::__errno_location() = 0;
        match libc::pathconf(path.as_ptr(), name) {
            -1 if *libc::__errno_location() != 0 => Err(last_error()),
            -1 => Ok(None),
            value => Ok(Some(value)),
        }
    }
}

/// `confstr`; `None` where there is no value.
pub fn configuration_text(name: i32) -> SysResult<Option<Vec<u8>>> {
    let mut text = vec![0u8; 256];
    loop {
        // SAFETY: `errno` is this thread's own; the call writes at most as much as there is room for.
        let len = unsafe {
            *libc::__errno_location() = 0;
            libc::confstr(name, text.as_mut_ptr().cast(), text.len())
        };
        if len == 0 {
            // SAFETY: as above.
            let errno = unsafe { *libc::__errno_location() };
            return if errno == 0 { Ok(None) } else { Err(Errno::from_raw_os_error(errno)) };
        }
        if len <= text.len() {
            text.truncate(len - 1);
            return Ok(Some(text));
        }
        text.resize(len, 0);
    }
}

/// Sets or removes a variable of the environment.
pub fn set_environment(name: &CStr, value: Option<&CStr>) -> SysResult<()> {
    // SAFETY: both are C strings. The environment belongs to the whole process: that other threads of it do not read it
    // at the same time is the program's concern, as in C.
    check(unsafe {
        match value {
            Some(value) => libc::setenv(name.as_ptr(), value.as_ptr(), 1),
            None => libc::unsetenv(name.as_ptr()),
        }
    })
    .map(drop)
}

/// `system`
pub fn run_command(command: &CStr) -> i32 {
    // SAFETY: the command is a C string.
    unsafe { libc::system(command.as_ptr()) }
}

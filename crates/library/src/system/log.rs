//! The system's log.

use std::ffi::{CStr, CString};
use std::sync::{Mutex, PoisonError};

/// The name that the library writes before messages: it keeps the pointer.
static IDENT: Mutex<Option<CString>> = Mutex::new(None);

/// `openlog`
pub fn open_log(ident: Option<CString>, option: i32, facility: i32) {
    let mut held = IDENT.lock().unwrap_or_else(PoisonError::into_inner);
    let pointer = ident.as_ref().map_or(std::ptr::null(), |ident| ident.as_ptr());
    // SAFETY: the name lives until another one is given, or the log is closed.
    unsafe { libc::openlog(pointer, option, facility) };
    *held = ident;
}

/// `syslog` of a line.
pub fn write_log(priority: i32, line: &CStr) {
    let _held = IDENT.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: the format takes one string.
    unsafe { libc::syslog(priority, c"%s".as_ptr(), line.as_ptr()) };
}

/// `closelog`
pub fn close_log() {
    let mut held = IDENT.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: the call takes nothing; it forgets the name.
    unsafe { libc::closelog() };
    *held = None;
}

/// `setlogmask`
pub fn set_log_mask(mask: i32) -> i32 {
    // SAFETY: the call takes a number.
    unsafe { libc::setlogmask(mask) }
}

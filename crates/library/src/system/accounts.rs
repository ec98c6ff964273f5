//! Users and groups as C's library knows them.

use std::ffi::CStr;
use std::os::raw::c_char;

use super::{Errno, SysResult};

/// A user.
pub struct User {
    pub name: Vec<u8>,
    pub password: Vec<u8>,
    pub uid: u32,
    pub gid: u32,
    pub comment: Vec<u8>,
    pub directory: Vec<u8>,
    pub shell: Vec<u8>,
}

/// A group.
pub struct Group {
    pub name: Vec<u8>,
    pub password: Vec<u8>,
    pub gid: u32,
    pub members: Vec<Vec<u8>>,
}

/// What an account is looked up by.
#[derive(Clone, Copy)]
pub enum Key<'a> {
    /// A name.
    Name(&'a CStr),
    /// A number.
    Number(u32),
}

/// Text of C's library.
///
/// # Safety
/// The pointer is null or a C string.
unsafe fn text(pointer: *const c_char) -> Vec<u8> {
    // SAFETY: passed on.
    if pointer.is_null() { Vec::new() } else { unsafe { CStr::from_ptr(pointer) }.to_bytes().to_vec() }
}

impl User {
    /// # Safety
    /// The entry's pointers are valid.
    unsafe fn from_raw(raw: &libc::passwd) -> User {
        // SAFETY: passed on.
        unsafe {
            User {
                name: text(raw.pw_name),
                password: text(raw.pw_passwd),
                uid: raw.pw_uid,
                gid: raw.pw_gid,
                comment: text(raw.pw_gecos),
                directory: text(raw.pw_dir),
                shell: text(raw.pw_shell),
            }
        }
    }
}

impl Group {
    /// # Safety
    /// The entry's pointers are valid.
    unsafe fn from_raw(raw: &libc::group) -> Group {
        let mut members = Vec::new();
        // SAFETY: passed on; a null ends the members.
        unsafe {
            let mut next = raw.gr_mem;
            while !next.is_null() && !(*next).is_null() {
                members.push(text(*next));
                next = next.add(1);
            }
            Group { name: text(raw.gr_name), password: text(raw.gr_passwd), gid: raw.gr_gid, members }
        }
    }
}

/// Calls with more and more room until it is enough; the call gives an error's number.
fn with_room<T>(mut call: impl FnMut(&mut [c_char]) -> (i32, Option<T>)) -> SysResult<Option<T>> {
    let mut room = vec![0 as c_char; 1024];
    loop {
        match call(&mut room) {
            (_, Some(found)) => return Ok(Some(found)),
            (libc::ERANGE, None) if room.len() < 1 << 24 => room.resize(room.len() * 4, 0),
            (0 | libc::ENOENT | libc::ESRCH | libc::EBADF | libc::EPERM, None) => return Ok(None),
            (errno, None) => return Err(Errno::from_raw_os_error(errno)),
        }
    }
}

/// `getpwnam`, `getpwuid`
pub fn user(key: Key<'_>) -> SysResult<Option<User>> {
    with_room(|room| {
        // SAFETY: zeros are a valid entry; the calls write into the room, which the entry's pointers lead into.
        unsafe {
            let mut entry: libc::passwd = std::mem::zeroed();
            let mut found = std::ptr::null_mut();
            let (pointer, len) = (room.as_mut_ptr(), room.len());
            let errno = match key {
                Key::Name(name) => libc::getpwnam_r(name.as_ptr(), &mut entry, pointer, len, &mut found),
                Key::Number(uid) => libc::getpwuid_r(uid, &mut entry, pointer, len, &mut found),
            };
            (errno, found.as_ref().map(|entry| User::from_raw(entry)))
        }
    })
}

/// `getgrnam`, `getgrgid`
pub fn group(key: Key<'_>) -> SysResult<Option<Group>> {
    with_room(|room| {
        // SAFETY: as with `user`.
        unsafe {
            let mut entry: libc::group = std::mem::zeroed();
            let mut found = std::ptr::null_mut();
            let (pointer, len) = (room.as_mut_ptr(), room.len());
            let errno = match key {
                Key::Name(name) => libc::getgrnam_r(name.as_ptr(), &mut entry, pointer, len, &mut found),
                Key::Number(gid) => libc::getgrgid_r(gid, &mut entry, pointer, len, &mut found),
            };
            (errno, found.as_ref().map(|entry| Group::from_raw(entry)))
        }
    })
}

/// Held while the whole list is read: its position belongs to the process.
static LIST: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// All users.
pub fn users() -> Vec<User> {
    let _held = LIST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut found = Vec::new();
    // SAFETY: each entry is the library's, read before the next one is asked for.
    unsafe {
        libc::setpwent();
        while let Some(entry) = libc::getpwent().as_ref() {
            found.push(User::from_raw(entry));
        }
        libc::endpwent();
    }
    found
}

/// All groups.
pub fn all_groups() -> Vec<Group> {
    let _held = LIST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut found = Vec::new();
    // SAFETY: as with `users`.
    unsafe {
        libc::setgrent();
        while let Some(entry) = libc::getgrent().as_ref() {
            found.push(Group::from_raw(entry));
        }
        libc::endgrent();
    }
    found
}

//! Named semaphores, and shared memory.

use std::collections::HashMap;
use std::ffi::CStr;
use std::os::fd::{FromRawFd, OwnedFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Errno, SysResult, check, last_error};

/// The semaphores that are open in this process, and how many own each. Only what is in here is ever used as a semaphore.
static OPEN: Mutex<Option<HashMap<usize, usize>>> = Mutex::new(None);

fn open() -> MutexGuard<'static, Option<HashMap<usize, usize>>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A semaphore that is open as long as this lives.
#[derive(Debug)]
pub struct Semaphore(usize);

impl Semaphore {
    fn own(address: usize) -> Semaphore {
        *open().get_or_insert_default().entry(address).or_insert(0) += 1;
        Semaphore(address)
    }

    /// `sem_open` of a new one with a value; it must not exist.
    pub fn create(name: &CStr, value: u32) -> SysResult<Semaphore> {
        // SAFETY: the name is a C string; mode and value are given as the flags say.
        let pointer = unsafe { libc::sem_open(name.as_ptr(), libc::O_CREAT | libc::O_EXCL, 0o600, value) };
        if pointer == libc::SEM_FAILED { Err(last_error()) } else { Ok(Semaphore::own(pointer as usize)) }
    }

    /// `sem_open` of one that exists.
    pub fn existing(name: &CStr) -> SysResult<Semaphore> {
        // SAFETY: the name is a C string.
        let pointer = unsafe { libc::sem_open(name.as_ptr(), 0) };
        if pointer == libc::SEM_FAILED { Err(last_error()) } else { Ok(Semaphore::own(pointer as usize)) }
    }

    /// The one that a handle of this process names, where it is open.
    pub fn of_handle(handle: usize) -> Option<Semaphore> {
        let mut guard = open();
        let owners = guard.get_or_insert_default().get_mut(&handle)?;
        *owners += 1;
        Some(Semaphore(handle))
    }

    /// A number that names it in this process.
    pub fn handle(&self) -> usize {
        self.0
    }

    fn pointer(&self) -> *mut libc::sem_t {
        self.0 as *mut libc::sem_t
    }

    /// `sem_trywait`
    pub fn try_wait(&self) -> SysResult<()> {
        // SAFETY: the semaphore is open as long as this lives; so below.
        check(unsafe { libc::sem_trywait(self.pointer()) }).map(drop)
    }

    /// `sem_wait`, or `sem_timedwait` until a time of the clock in nanoseconds.
    pub fn wait(&self, until: Option<i64>) -> SysResult<()> {
        // SAFETY: as above; the call reads the time.
        check(unsafe {
            match until.map(super::timespec) {
                None => libc::sem_wait(self.pointer()),
                Some(time) => libc::sem_timedwait(self.pointer(), &time),
            }
        })
        .map(drop)
    }

    /// `sem_post`
    pub fn post(&self) -> SysResult<()> {
        // SAFETY: as above.
        check(unsafe { libc::sem_post(self.pointer()) }).map(drop)
    }

    /// `sem_getvalue`
    pub fn value(&self) -> SysResult<i32> {
        let mut value = 0;
        // SAFETY: as above; the call fills the value.
        check(unsafe { libc::sem_getvalue(self.pointer(), &mut value) })?;
        Ok(value)
    }
}

impl Drop for Semaphore {
    fn drop(&mut self) {
        let mut guard = open();
        let table = guard.get_or_insert_default();
        if let Some(owners) = table.get_mut(&self.0) {
            *owners -= 1;
            if *owners == 0 {
                table.remove(&self.0);
                // SAFETY: nobody owns it any more.
                unsafe { libc::sem_close(self.pointer()) };
            }
        }
    }
}

/// `sem_unlink`
pub fn remove_semaphore(name: &CStr) -> SysResult<()> {
    // SAFETY: the name is a C string.
    check(unsafe { libc::sem_unlink(name.as_ptr()) }).map(drop)
}

/// `shm_open`
pub fn open_shared_memory(name: &CStr, flags: i32, mode: u32) -> SysResult<OwnedFd> {
    // SAFETY: the name is a C string, and the descriptor the call gives is nobody else's.
    unsafe {
        let fd = check(libc::shm_open(name.as_ptr(), flags, mode))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// `shm_unlink`
pub fn remove_shared_memory(name: &CStr) -> SysResult<()> {
    // SAFETY: the name is a C string.
    check(unsafe { libc::shm_unlink(name.as_ptr()) }).map(drop)
}

/// What names the calling thread in this process (`pthread_self`).
pub fn thread_name() -> usize {
    // SAFETY: the call takes nothing.
    unsafe { libc::pthread_self() as usize }
}

/// The error of a wait that took too long.
pub fn is_timeout(errno: Errno) -> bool {
    matches!(errno, Errno::AGAIN | Errno::TIMEDOUT)
}

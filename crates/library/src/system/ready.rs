//! Waiting until descriptors are ready: `select`, `poll` and `epoll`.

use std::os::fd::{FromRawFd, OwnedFd};
use std::time::Duration;

use super::{Errno, SysResult, check};

/// One descriptor that `poll` watches.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Watched {
    /// The descriptor.
    pub fd: i32,
    /// What is waited for.
    pub events: i16,
    /// What has come.
    pub came: i16,
}

const _: () = assert!(size_of::<Watched>() == size_of::<libc::pollfd>() && align_of::<Watched>() == align_of::<libc::pollfd>());

/// `poll`: how many are ready. The time is in milliseconds, for ever where it is negative.
pub fn poll(watched: &mut [Watched], milliseconds: i32) -> SysResult<usize> {
    // SAFETY: the structs are laid out as C's; there are as many as said.
    let count = unsafe { libc::poll(watched.as_mut_ptr().cast(), watched.len() as libc::nfds_t, milliseconds) };
    check(count).map(|count| count as usize)
}

/// A set of descriptors below `FD_SETSIZE`.
#[derive(Clone, Debug)]
pub struct DescriptorSet {
    words: [u64; DescriptorSet::SIZE / 64],
}

impl DescriptorSet {
    /// `FD_SETSIZE`: the first number that has no room.
    pub const SIZE: usize = libc::FD_SETSIZE;

    /// No descriptors.
    pub fn new() -> DescriptorSet {
        DescriptorSet { words: [0; Self::SIZE / 64] }
    }

    /// Puts a descriptor in; false where there is no room for it.
    pub fn insert(&mut self, fd: i32) -> bool {
        match usize::try_from(fd) {
            Ok(fd) if fd < Self::SIZE => {
                self.words[fd / 64] |= 1 << (fd % 64);
                true
            }
            _ => false,
        }
    }

    /// Whether a descriptor is in.
    pub fn contains(&self, fd: i32) -> bool {
        usize::try_from(fd).is_ok_and(|fd| fd < Self::SIZE && self.words[fd / 64] >> (fd % 64) & 1 != 0)
    }

    fn pointer(&mut self) -> *mut libc::fd_set {
        self.words.as_mut_ptr().cast()
    }
}

const _: () = assert!(size_of::<DescriptorSet>() == size_of::<libc::fd_set>());

/// `select` on the descriptors below `end`: what is left in the sets is ready.
pub fn select(end: i32, sets: &mut [DescriptorSet; 3], timeout: Option<Duration>) -> SysResult<usize> {
    let mut time = timeout.map(|time| libc::timeval {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_usec: time.subsec_micros().into(),
    });
    let time = time.as_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    let [read, write, except] = sets;
    // SAFETY: the sets have the size of C's and bits as C has them; the end is not above their size.
    let count = unsafe { libc::select(end, read.pointer(), write.pointer(), except.pointer(), time) };
    check(count).map(|count| count as usize)
}

/// `epoll_create1`
pub fn new_epoll(flags: i32) -> SysResult<OwnedFd> {
    // SAFETY: the call takes numbers alone, and the descriptor it gives is nobody else's.
    unsafe {
        let fd = check(libc::epoll_create1(flags))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// `epoll_ctl`
pub fn change_epoll(epoll: i32, operation: i32, fd: i32, events: u32) -> SysResult<()> {
    // The descriptor itself is what comes back with the events.
    let mut event = libc::epoll_event { events, u64: u64::from(fd as u32) };
    // SAFETY: the call reads the event.
    check(unsafe { libc::epoll_ctl(epoll, operation, fd, &mut event) }).map(drop)
}

/// `epoll_wait`: descriptors and their events, at most `most`. The time is in milliseconds, for ever where it is negative.
pub fn wait_epoll(epoll: i32, most: usize, milliseconds: i32) -> SysResult<Vec<(i32, u32)>> {
    let mut events: Vec<libc::epoll_event> = Vec::new();
    events.try_reserve_exact(most).map_err(|_| Errno::NOMEM)?;
    // SAFETY: the call fills at most as many events as there is room for, and says how many it filled.
    unsafe {
        let count = check(libc::epoll_wait(epoll, events.as_mut_ptr(), most as i32, milliseconds))?;
        events.set_len(count as usize);
    }
    Ok(events.iter().map(|event| (event.u64 as u32 as i32, event.events)).collect())
}

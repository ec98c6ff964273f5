//! Controls of descriptors and devices: `fcntl`, `ioctl`, terminals.

use super::{RawBytes, SysResult, check};

/// `fcntl` with a number.
pub fn control_descriptor(fd: i32, command: i32, number: i32) -> SysResult<i32> {
    // SAFETY: commands that take an address fail with a number that is none; what a command means is the program's concern.
    check(unsafe { libc::fcntl(fd, command, number) })
}

/// `fcntl` with memory, which the program says is as the command needs it; it is 1024 bytes at least.
pub fn control_descriptor_with(fd: i32, command: i32, memory: &mut [u8]) -> SysResult<i32> {
    assert!(memory.len() > 1024);
    // SAFETY: no command's structure is longer than the memory.
    check(unsafe { libc::fcntl(fd, command, memory.as_mut_ptr()) })
}

/// `ioctl` with a number.
pub fn control_device(fd: i32, request: u64, number: i32) -> SysResult<i32> {
    // SAFETY: as with `control_descriptor`.
    check(unsafe { libc::ioctl(fd, request, libc::c_long::from(number)) })
}

/// `ioctl` with memory of 1024 bytes at least.
pub fn control_device_with(fd: i32, request: u64, memory: &mut [u8]) -> SysResult<i32> {
    assert!(memory.len() > 1024);
    // SAFETY: that the request's structure is not longer than the memory is the program's concern, as in C.
    check(unsafe { libc::ioctl(fd, request, memory.as_mut_ptr()) })
}

impl RawBytes {
    /// `ioctl` with the memory.
    pub fn control_device(self, fd: i32, request: u64) -> SysResult<i32> {
        // SAFETY: the memory is that of a writable view which is held during the call; as above.
        check(unsafe { libc::ioctl(fd, request, self.data) })
    }
}

/// Locks a part of a file, or unlocks it.
pub fn lock_part(fd: i32, wait: bool, kind: i32, start: i64, len: i64, whence: i32) -> SysResult<()> {
    let command = if wait { libc::F_SETLKW } else { libc::F_SETLK };
    // SAFETY: zeros are a valid lock; the call reads it.
    unsafe {
        let mut lock: libc::flock = std::mem::zeroed();
        lock.l_type = kind as i16;
        lock.l_whence = whence as i16;
        lock.l_start = start;
        lock.l_len = len;
        check(libc::fcntl(fd, command, &lock)).map(drop)
    }
}

/// What is known of a terminal: flags of input, output, control and the line, speeds in and out, special characters.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Input, output, control, line.
    pub flags: [u32; 4],
    /// In and out.
    pub speeds: [u32; 2],
    /// The special characters.
    pub characters: [u8; Terminal::CHARACTERS],
}

impl Terminal {
    /// How many special characters there are.
    pub const CHARACTERS: usize = libc::NCCS;

    /// `tcgetattr`
    pub fn of(fd: i32) -> SysResult<Terminal> {
        // SAFETY: zeros are valid settings; the call fills them, and the others read them.
        unsafe {
            let mut raw: libc::termios = std::mem::zeroed();
            check(libc::tcgetattr(fd, &mut raw))?;
            Ok(Terminal {
                flags: [raw.c_iflag, raw.c_oflag, raw.c_cflag, raw.c_lflag],
                speeds: [libc::cfgetispeed(&raw), libc::cfgetospeed(&raw)],
                characters: raw.c_cc,
            })
        }
    }

    /// `tcsetattr`, the rest of the settings left as they are.
    pub fn set(&self, fd: i32, when: i32) -> SysResult<()> {
        // SAFETY: as above.
        unsafe {
            let mut raw: libc::termios = std::mem::zeroed();
            check(libc::tcgetattr(fd, &mut raw))?;
            [raw.c_iflag, raw.c_oflag, raw.c_cflag, raw.c_lflag] = self.flags;
            raw.c_cc = self.characters;
            check(libc::cfsetispeed(&mut raw, self.speeds[0]))?;
            check(libc::cfsetospeed(&mut raw, self.speeds[1]))?;
            check(libc::tcsetattr(fd, when, &raw)).map(drop)
        }
    }
}

/// `TIOCGWINSZ`: rows and columns of a terminal, and its width and height in pixels.
pub fn window_size(fd: i32) -> SysResult<[u16; 4]> {
    // SAFETY: zeros are a valid size; the call fills it.
    unsafe {
        let mut raw: libc::winsize = std::mem::zeroed();
        check(libc::ioctl(fd, libc::TIOCGWINSZ, &mut raw))?;
        Ok([raw.ws_row, raw.ws_col, raw.ws_xpixel, raw.ws_ypixel])
    }
}

/// `TIOCSWINSZ`
pub fn set_window_size(fd: i32, [rows, columns, width, height]: [u16; 4]) -> SysResult<()> {
    let raw = libc::winsize { ws_row: rows, ws_col: columns, ws_xpixel: width, ws_ypixel: height };
    // SAFETY: the call reads the size.
    check(unsafe { libc::ioctl(fd, libc::TIOCSWINSZ, &raw) }).map(drop)
}

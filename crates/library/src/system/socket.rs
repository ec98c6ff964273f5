//! Sockets: their addresses, options and messages.

use std::os::fd::{FromRawFd, OwnedFd};

use super::{RawBytes, SysResult, check, size};

/// The address of a socket, as the system has it: a family and what the family says.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct SocketAddress {
    bytes: [u8; SocketAddress::SIZE],
    len: usize,
}

impl SocketAddress {
    /// The longest address (`sockaddr_storage`).
    pub const SIZE: usize = 128;

    /// No address.
    pub const NONE: SocketAddress = SocketAddress { bytes: [0; SocketAddress::SIZE], len: 0 };

    /// An address of a family, of which the rest is made of parts.
    pub fn new(family: i32, parts: &[&[u8]]) -> SocketAddress {
        let mut address = SocketAddress::NONE;
        address.push(&(family as u16).to_ne_bytes());
        for part in parts {
            address.push(part);
        }
        address
    }

    fn push(&mut self, part: &[u8]) {
        self.bytes[self.len..self.len + part.len()].copy_from_slice(part);
        self.len += part.len();
    }

    /// The address in these bytes; what is too long is cut.
    pub fn from_bytes(bytes: &[u8]) -> SocketAddress {
        let mut address = SocketAddress::NONE;
        address.push(&bytes[..bytes.len().min(Self::SIZE)]);
        address
    }

    /// All bytes, those of the family first.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The family.
    pub fn family(&self) -> i32 {
        u16::from_ne_bytes([self.bytes[0], self.bytes[1]]).into()
    }

    fn pointer(&self) -> *const libc::sockaddr {
        self.bytes.as_ptr().cast()
    }

    /// An address that a call fills, which takes the pointer and the length.
    fn filled(call: impl FnOnce(*mut libc::sockaddr, *mut libc::socklen_t) -> SysResult<i32>) -> SysResult<(i32, SocketAddress)> {
        let mut address = SocketAddress::NONE;
        let mut len = Self::SIZE as libc::socklen_t;
        let result = call(address.bytes.as_mut_ptr().cast(), &mut len)?;
        address.len = (len as usize).min(Self::SIZE);
        Ok((result, address))
    }
}

/// `socket`; not inherited.
pub fn new_socket(family: i32, kind: i32, protocol: i32) -> SysResult<OwnedFd> {
    // SAFETY: the call takes numbers, and the descriptor it gives is nobody else's.
    unsafe { check(libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol)).map(|fd| OwnedFd::from_raw_fd(fd)) }
}

/// `socketpair`; not inherited.
pub fn socket_pair(family: i32, kind: i32, protocol: i32) -> SysResult<[OwnedFd; 2]> {
    let mut ends = [-1; 2];
    // SAFETY: the call fills both descriptors, which are nobody else's.
    unsafe {
        check(libc::socketpair(family, kind | libc::SOCK_CLOEXEC, protocol, ends.as_mut_ptr()))?;
        Ok(ends.map(|fd| OwnedFd::from_raw_fd(fd)))
    }
}

/// `accept4`: a descriptor that is not inherited, and who connected.
pub fn accept(fd: i32) -> SysResult<(i32, SocketAddress)> {
    // SAFETY: the call writes an address of at most the length it is given.
    SocketAddress::filled(|address, len| check(unsafe { libc::accept4(fd, address, len, libc::SOCK_CLOEXEC) }))
}

/// `bind`
pub fn bind(fd: i32, address: &SocketAddress) -> SysResult<()> {
    // SAFETY: the call reads an address of this length.
    check(unsafe { libc::bind(fd, address.pointer(), address.len as libc::socklen_t) }).map(drop)
}

/// `connect`
pub fn connect(fd: i32, address: &SocketAddress) -> SysResult<()> {
    // SAFETY: the call reads an address of this length.
    check(unsafe { libc::connect(fd, address.pointer(), address.len as libc::socklen_t) }).map(drop)
}

/// `getsockname`
pub fn socket_name(fd: i32) -> SysResult<SocketAddress> {
    // SAFETY: the call writes an address of at most the length it is given.
    SocketAddress::filled(|address, len| check(unsafe { libc::getsockname(fd, address, len) })).map(|(_, address)| address)
}

/// `getpeername`
pub fn peer_name(fd: i32) -> SysResult<SocketAddress> {
    // SAFETY: as with `getsockname`.
    SocketAddress::filled(|address, len| check(unsafe { libc::getpeername(fd, address, len) })).map(|(_, address)| address)
}

/// `getsockopt` of an option that is an int.
pub fn int_option(fd: i32, level: i32, option: i32) -> SysResult<i32> {
    let mut value = 0i32;
    let mut len = size_of::<i32>() as libc::socklen_t;
    // SAFETY: the call writes at most as much as it is told.
    check(unsafe { libc::getsockopt(fd, level, option, std::ptr::from_mut(&mut value).cast(), &mut len) })?;
    Ok(value)
}

/// `getsockopt` of an option of at most so many bytes.
pub fn byte_option(fd: i32, level: i32, option: i32, most: usize) -> SysResult<Vec<u8>> {
    let mut value = vec![0u8; most];
    let mut len = most as libc::socklen_t;
    // SAFETY: the call writes at most as much as it is told.
    check(unsafe { libc::getsockopt(fd, level, option, value.as_mut_ptr().cast(), &mut len) })?;
    value.truncate(len as usize);
    Ok(value)
}

/// `setsockopt`
pub fn set_option(fd: i32, level: i32, option: i32, value: &[u8]) -> SysResult<()> {
    // SAFETY: the call reads so many bytes.
    check(unsafe { libc::setsockopt(fd, level, option, value.as_ptr().cast(), value.len() as libc::socklen_t) }).map(drop)
}

/// `setsockopt` without a value, but with a length.
pub fn set_option_length(fd: i32, level: i32, option: i32, length: u32) -> SysResult<()> {
    // SAFETY: the call checks the address; a null pointer with a length has a meaning for some options only.
    check(unsafe { libc::setsockopt(fd, level, option, std::ptr::null(), length) }).map(drop)
}

impl RawBytes {
    /// `recv` into the memory.
    pub fn receive(self, fd: i32, flags: i32) -> SysResult<usize> {
        // SAFETY: the memory is that of a writable view which is held during the call.
        size(unsafe { libc::recv(fd, self.data.cast(), self.len, flags) })
    }

    /// `recvfrom` into the memory.
    pub fn receive_from(self, fd: i32, flags: i32) -> SysResult<(usize, SocketAddress)> {
        let mut count = 0;
        let (_, address) = SocketAddress::filled(|address, len| {
            // SAFETY: as in `receive`; the call writes an address of at most the length it is given.
            count = size(unsafe { libc::recvfrom(fd, self.data.cast(), self.len, flags, address, len) })?;
            Ok(0)
        })?;
        Ok((count, address))
    }

    /// `send` of the memory.
    pub fn send(self, fd: i32, flags: i32) -> SysResult<usize> {
        // SAFETY: the memory is that of a view which is held during the call.
        size(unsafe { libc::send(fd, self.data.cast_const().cast(), self.len, flags) })
    }

    /// `sendto` of the memory.
    pub fn send_to(self, fd: i32, flags: i32, address: &SocketAddress) -> SysResult<usize> {
        let len = address.len as libc::socklen_t;
        // SAFETY: as in `send`; the call reads an address of this length.
        size(unsafe { libc::sendto(fd, self.data.cast_const().cast(), self.len, flags, address.pointer(), len) })
    }
}

/// `recv` into a slice.
pub fn receive(fd: i32, room: &mut [u8], flags: i32) -> SysResult<usize> {
    RawBytes { data: room.as_mut_ptr(), len: room.len() }.receive(fd, flags)
}

/// `recvfrom` into a slice.
pub fn receive_from(fd: i32, room: &mut [u8], flags: i32) -> SysResult<(usize, SocketAddress)> {
    RawBytes { data: room.as_mut_ptr(), len: room.len() }.receive_from(fd, flags)
}

/// What `recvmsg` gives.
pub struct Message {
    /// Bytes of data.
    pub len: usize,
    /// The control messages, one after the other with their headers.
    pub control: Vec<u8>,
    /// What is to be said of the message (`MSG_TRUNC` and others).
    pub flags: i32,
    /// Who sent it.
    pub address: SocketAddress,
}

/// The words that hold control messages, whose headers are aligned.
fn control_words(bytes: usize) -> Vec<u64> {
    vec![0; bytes.div_ceil(8)]
}

/// `recvmsg` into memory, with room for so many bytes of control messages.
pub fn receive_message(fd: i32, buffers: &[RawBytes], control: usize, flags: i32) -> SysResult<Message> {
    let mut vectors: Vec<libc::iovec> = buffers.iter().map(|bytes| bytes.vector()).collect();
    let mut words = control_words(control);
    let mut address = SocketAddress::NONE;
    // SAFETY: zeros are a valid header. The vectors name memory of writable views which are held during the call; the header
    // names the room for the address and the control messages.
    unsafe {
        let mut header: libc::msghdr = std::mem::zeroed();
        header.msg_name = address.bytes.as_mut_ptr().cast();
        header.msg_namelen = SocketAddress::SIZE as libc::socklen_t;
        header.msg_iov = vectors.as_mut_ptr();
        header.msg_iovlen = vectors.len();
        if control > 0 {
            header.msg_control = words.as_mut_ptr().cast();
        }
        header.msg_controllen = control;
        let len = size(libc::recvmsg(fd, &mut header, flags))?;
        address.len = (header.msg_namelen as usize).min(SocketAddress::SIZE);
        let mut control: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        control.truncate(header.msg_controllen);
        Ok(Message { len, control, flags: header.msg_flags, address })
    }
}

/// `sendmsg` of memory and control messages, which lie one after the other with their headers.
pub fn send_message(
    fd: i32,
    buffers: &[RawBytes],
    control: &[u8],
    flags: i32,
    address: Option<&SocketAddress>,
) -> SysResult<usize> {
    let mut vectors: Vec<libc::iovec> = buffers.iter().map(|bytes| bytes.vector()).collect();
    let mut words = control_words(control.len());
    for (word, bytes) in words.iter_mut().zip(control.chunks(8)) {
        let mut whole = [0; 8];
        whole[..bytes.len()].copy_from_slice(bytes);
        *word = u64::from_ne_bytes(whole);
    }
    // SAFETY: zeros are a valid header. The vectors name memory of views which are held during the call; the header names an
    // address and control messages that live through it.
    unsafe {
        let mut header: libc::msghdr = std::mem::zeroed();
        if let Some(address) = address {
            header.msg_name = address.pointer().cast_mut().cast();
            header.msg_namelen = address.len as libc::socklen_t;
        }
        header.msg_iov = vectors.as_mut_ptr();
        header.msg_iovlen = vectors.len();
        if !control.is_empty() {
            header.msg_control = words.as_mut_ptr().cast();
            header.msg_controllen = control.len();
        }
        size(libc::sendmsg(fd, &header, flags))
    }
}

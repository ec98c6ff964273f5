//! Names of hosts, services, protocols and interfaces, as C's library knows them.

use std::ffi::{CStr, CString};
use std::os::raw::c_char;

use super::{Errno, SocketAddress, SysResult, check, last_error};

/// Why a name could not be resolved.
pub enum ResolveError {
    /// An error of the system.
    System(Errno),
    /// An error of `getaddrinfo`, and its text.
    Address(i32, String),
    /// An error of `gethostbyname`, and its text.
    Host(i32, String),
}

unsafe extern "C" {
    fn hstrerror(error: i32) -> *const c_char;
    fn gethostbyname_r(
        name: *const c_char,
        result: *mut libc::hostent,
        buffer: *mut c_char,
        len: usize,
        found: *mut *mut libc::hostent,
        error: *mut i32,
    ) -> i32;
    fn gethostbyaddr_r(
        address: *const u8,
        address_len: libc::socklen_t,
        family: i32,
        result: *mut libc::hostent,
        buffer: *mut c_char,
        len: usize,
        found: *mut *mut libc::hostent,
        error: *mut i32,
    ) -> i32;
    fn sethostname(name: *const c_char, len: usize) -> i32;
}

/// Text of C's library.
fn text(pointer: *const c_char) -> Vec<u8> {
    // SAFETY: the pointer is null or a string of the library's, which is copied at once.
    if pointer.is_null() { Vec::new() } else { unsafe { CStr::from_ptr(pointer) }.to_bytes().to_vec() }
}

/// The error of `getaddrinfo` and `getnameinfo`.
fn address_error(error: i32) -> ResolveError {
    if error == libc::EAI_SYSTEM {
        return ResolveError::System(last_error());
    }
    // SAFETY: the call gives a text for every number.
    let message = text(unsafe { libc::gai_strerror(error) });
    ResolveError::Address(error, String::from_utf8_lossy(&message).into_owned())
}

/// What `getaddrinfo` asks for.
#[derive(Clone, Copy, Default)]
pub struct AddressHints {
    /// `ai_flags`
    pub flags: i32,
    /// `ai_family`
    pub family: i32,
    /// `ai_socktype`
    pub kind: i32,
    /// `ai_protocol`
    pub protocol: i32,
}

/// One of the answers of `getaddrinfo`.
pub struct AddressInfo {
    /// The family, kind and protocol of a socket for the address.
    pub family: i32,
    pub kind: i32,
    pub protocol: i32,
    /// The host's canonical name, if it was asked for.
    pub name: Vec<u8>,
    /// The address.
    pub address: SocketAddress,
}

/// `getaddrinfo`
pub fn addresses(host: Option<&CStr>, service: Option<&CStr>, hints: AddressHints) -> Result<Vec<AddressInfo>, ResolveError> {
    let pointer = |name: Option<&CStr>| name.map_or(std::ptr::null(), CStr::as_ptr);
    // SAFETY: zeros are valid hints; the names are C strings. The list the call gives is freed once, after it was copied.
    unsafe {
        let mut asked: libc::addrinfo = std::mem::zeroed();
        asked.ai_flags = hints.flags;
        asked.ai_family = hints.family;
        asked.ai_socktype = hints.kind;
        asked.ai_protocol = hints.protocol;
        let mut list = std::ptr::null_mut();
        let error = libc::getaddrinfo(pointer(host), pointer(service), &asked, &mut list);
        if error != 0 {
            return Err(address_error(error));
        }
        let mut found = Vec::new();
        let mut next = list;
        while let Some(info) = next.as_ref() {
            let bytes = std::slice::from_raw_parts(info.ai_addr.cast::<u8>(), info.ai_addrlen as usize);
            found.push(AddressInfo {
                family: info.ai_family,
                kind: info.ai_socktype,
                protocol: info.ai_protocol,
                name: text(info.ai_canonname),
                address: SocketAddress::from_bytes(bytes),
            });
            next = info.ai_next;
        }
        libc::freeaddrinfo(list);
        Ok(found)
    }
}

/// `getnameinfo`: the names of a host and a service.
pub fn name_info(address: &SocketAddress, flags: i32) -> Result<(Vec<u8>, Vec<u8>), ResolveError> {
    let (mut host, mut service) = ([0u8; 1025], [0u8; 32]);
    let bytes = address.bytes();
    // SAFETY: the call reads an address of this length, and writes at most as much as there is room for.
    let error = unsafe {
        libc::getnameinfo(
            bytes.as_ptr().cast(),
            bytes.len() as libc::socklen_t,
            host.as_mut_ptr().cast(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr().cast(),
            service.len() as libc::socklen_t,
            flags,
        )
    };
    if error != 0 {
        return Err(address_error(error));
    }
    let until_null = |bytes: &[u8]| bytes.split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
    Ok((until_null(&host), until_null(&service)))
}

/// What is known of a host.
pub struct Host {
    /// Its name.
    pub name: Vec<u8>,
    /// Its other names.
    pub aliases: Vec<Vec<u8>>,
    /// The family of its addresses, and these.
    pub family: i32,
    pub addresses: Vec<Vec<u8>>,
}

/// `gethostbyname` of a name, `gethostbyaddr` of an address and its family.
pub fn host(asked: Result<&CStr, (&[u8], i32)>) -> Result<Host, ResolveError> {
    let mut room = vec![0 as c_char; 16 << 10];
    loop {
        // SAFETY: zeros are a valid entry. The calls write into the room, which the entry's pointers lead into, and which is
        // read before it goes.
        unsafe {
            let mut entry: libc::hostent = std::mem::zeroed();
            let mut found = std::ptr::null_mut();
            let mut error = 0;
            let result = match asked {
                Ok(name) => gethostbyname_r(name.as_ptr(), &mut entry, room.as_mut_ptr(), room.len(), &mut found, &mut error),
                Err((address, family)) => {
                    let len = address.len() as libc::socklen_t;
                    let address = address.as_ptr();
                    gethostbyaddr_r(address, len, family, &mut entry, room.as_mut_ptr(), room.len(), &mut found, &mut error)
                }
            };
            if result == libc::ERANGE && room.len() < 1 << 24 {
                room.resize(room.len() * 4, 0);
                continue;
            }
            let Some(entry) = found.as_ref() else {
                let message = text(hstrerror(error));
                return Err(ResolveError::Host(error, String::from_utf8_lossy(&message).into_owned()));
            };
            let mut host =
                Host { name: text(entry.h_name), aliases: Vec::new(), family: entry.h_addrtype, addresses: Vec::new() };
            let mut next = entry.h_aliases;
            while !next.is_null() && !(*next).is_null() {
                host.aliases.push(text(*next));
                next = next.add(1);
            }
            let mut next = entry.h_addr_list;
            while !next.is_null() && !(*next).is_null() {
                host.addresses.push(std::slice::from_raw_parts((*next).cast::<u8>(), entry.h_length as usize).to_vec());
                next = next.add(1);
            }
            return Ok(host);
        }
    }
}

/// `getservbyname`: the port in the host's order.
pub fn service_port(name: &CStr, protocol: Option<&CStr>) -> Option<u16> {
    let protocol = protocol.map_or(std::ptr::null(), CStr::as_ptr);
    // SAFETY: the names are C strings; the entry is the library's, read at once while the interpreter's lock is held.
    unsafe { libc::getservbyname(name.as_ptr(), protocol).as_ref() }.map(|entry| u16::from_be(entry.s_port as u16))
}

/// `getservbyport`: the name of a port in the host's order.
pub fn service_name(port: u16, protocol: Option<&CStr>) -> Option<Vec<u8>> {
    let protocol = protocol.map_or(std::ptr::null(), CStr::as_ptr);
    // SAFETY: as in `service_port`.
    unsafe { libc::getservbyport(port.to_be().into(), protocol).as_ref() }.map(|entry| text(entry.s_name))
}

/// `getprotobyname`
pub fn protocol_number(name: &CStr) -> Option<i32> {
    // SAFETY: as in `service_port`.
    unsafe { libc::getprotobyname(name.as_ptr()).as_ref() }.map(|entry| entry.p_proto)
}

/// `if_nameindex`: interfaces by number.
pub fn interfaces() -> SysResult<Vec<(u32, Vec<u8>)>> {
    let mut found = Vec::new();
    // SAFETY: the call gives null, or a list whose last entry has the number 0, which is freed once.
    unsafe {
        let list = libc::if_nameindex();
        if list.is_null() {
            return Err(last_error());
        }
        let mut next = list;
        while (*next).if_index != 0 {
            found.push(((*next).if_index, text((*next).if_name)));
            next = next.add(1);
        }
        libc::if_freenameindex(list);
    }
    Ok(found)
}

/// `if_nametoindex`
pub fn interface_index(name: &CStr) -> SysResult<u32> {
    // SAFETY: the name is a C string.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(last_error()),
        index => Ok(index),
    }
}

/// `if_indextoname`
pub fn interface_name(index: u32) -> SysResult<CString> {
    let mut name = [0 as c_char; libc::IF_NAMESIZE];
    // SAFETY: there is room for the longest name, which the call ends with a null.
    unsafe {
        if libc::if_indextoname(index, name.as_mut_ptr()).is_null() {
            return Err(last_error());
        }
        Ok(CStr::from_ptr(name.as_ptr()).to_owned())
    }
}

/// `gethostname`
pub fn host_name() -> SysResult<Vec<u8>> {
    let mut name = [0u8; 1024];
    // SAFETY: the call writes at most as much as there is room for; the last byte stays a null.
    check(unsafe { libc::gethostname(name.as_mut_ptr().cast(), name.len() - 1) })?;
    Ok(text(name.as_ptr().cast()))
}

/// `sethostname`
pub fn set_host_name(name: &[u8]) -> SysResult<()> {
    // SAFETY: the call reads so many bytes.
    check(unsafe { sethostname(name.as_ptr().cast(), name.len()) }).map(drop)
}

/// `inet_aton`: an address of four bytes, in any of the ways to write it.
pub fn parse_address(text: &CStr) -> Option<[u8; 4]> {
    unsafe extern "C" {
        fn inet_aton(text: *const c_char, address: *mut u32) -> i32;
    }
    let mut address = 0u32;
    // SAFETY: the text is a C string; the call fills the number.
    (unsafe { inet_aton(text.as_ptr(), &mut address) } != 0).then(|| address.to_ne_bytes())
}

/// `inet_pton`: an address of four or sixteen bytes; `None` where the text is none.
pub fn address_from_text(family: i32, text: &CStr) -> SysResult<Option<Vec<u8>>> {
    unsafe extern "C" {
        fn inet_pton(family: i32, text: *const c_char, address: *mut u8) -> i32;
    }
    let mut address = [0u8; 16];
    // SAFETY: the text is a C string; no address is longer than the room.
    match check(unsafe { inet_pton(family, text.as_ptr(), address.as_mut_ptr()) })? {
        0 => Ok(None),
        _ => Ok(Some(address[..if family == libc::AF_INET { 4 } else { 16 }].to_vec())),
    }
}

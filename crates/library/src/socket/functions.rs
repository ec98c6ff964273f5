//! The functions beside the class: byte order, text of addresses, interfaces, descriptors, the default timeout.

use std::ffi::CString;

use pvm_interpreter::audit;
use pvm_macros::pyfunction;
use pvm_object::arguments::Argument;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::convert::FromArg;
use pvm_object::int::IntView;
use pvm_object::list::List;
use pvm_object::native::Effects;
use pvm_object::{Heap, PyResult, Ref, Value, ValueRef, Vm, exceptions};

use super::address::{plain_error, text_of};
use super::object::{Defaults, Socket, parse_timeout, shown_timeout};
use crate::parameters::CText;
use crate::paths;
use crate::posix::path::FsString;
use crate::system::{self, Errno};

fn is_negative(number: IntView<'_>) -> bool {
    match number {
        IntView::Small(number) => number < 0,
        IntView::Big(number) => number.sign() == dashu_int::Sign::Negative,
    }
}

/// A number without a sign of so many bits; messages name C's type.
fn unsigned_bits(vm: &mut Vm, value: ValueRef<'_>, most: u64, name: &str) -> PyResult<u32> {
    match u64::from_arg(value, Argument::operand(""), vm) {
        Ok(number) if number <= most => Ok(number as u32),
        Err(raised) if value.as_int().is_some_and(is_negative) => {
            drop(vm.catch(raised));
            Err(vm.value_error(format_args!("Cannot convert negative int")))
        }
        Err(raised) if !vm.pending_is(&exceptions::OVERFLOW_ERROR) => Err(raised),
        result => {
            if let Err(raised) = result {
                drop(vm.catch(raised));
            }
            Err(vm.overflow_error(format_args!("Python int too large for C {name}")))
        }
    }
}

macro_rules! unsigned_parameters {
    ($($(#[$doc:meta])* $name:ident: $most:expr, $c:literal;)*) => {$(
        $(#[$doc])*
        pub struct $name(u32);

        impl FromArg<'_> for $name {
            const EFFECTS: Effects = Effects::Anything;

            fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<$name> {
                unsigned_bits(vm, value, $most, $c).map($name)
            }
        }
    )*};
}

unsigned_parameters! {
    /// `uint16_t`
    Word16: 0xFFFF, "uint16_t";
    /// `uint32_t`
    Word32: 0xFFFF_FFFF, "uint32_t";
    /// `unsigned int`
    Unsigned: 0xFFFF_FFFF, "unsigned int";
}

/// Convert a 16-bit unsigned integer from host to network byte order.
#[pyfunction(module = "_socket")]
#[signature = "(integer, /)"]
pub fn htons(integer: Word16) -> u32 {
    u32::from((integer.0 as u16).to_be())
}

/// Convert a 16-bit unsigned integer from network to host byte order.
#[pyfunction(module = "_socket")]
#[signature = "(integer, /)"]
pub fn ntohs(integer: Word16) -> u32 {
    u32::from(u16::from_be(integer.0 as u16))
}

/// Convert a 32-bit unsigned integer from host to network byte order.
#[pyfunction(module = "_socket")]
#[signature = "(integer, /)"]
pub fn htonl(integer: Word32) -> u32 {
    integer.0.to_be()
}

/// Convert a 32-bit unsigned integer from network to host byte order.
#[pyfunction(module = "_socket")]
#[signature = "(integer, /)"]
pub fn ntohl(integer: Word32) -> u32 {
    u32::from_be(integer.0)
}

/// close(integer) -> None
///
/// Close an integer socket file descriptor.  This is like os.close(), but for
/// sockets; on some platforms os.close() won't work for socket file descriptors.
#[pyfunction(module = "_socket")]
#[signature = "(fd, /)"]
#[text_signature = "($self, object, /)"]
pub fn close(vm: &mut Vm, fd: i32) -> PyResult<()> {
    match vm.detach(|| system::close(fd)) {
        Ok(()) | Err(Errno::CONNRESET) => Ok(()),
        Err(errno) => Err(vm.os_error(errno.raw_os_error())),
    }
}

/// dup(integer) -> integer
///
/// Duplicate an integer socket file descriptor.  This is like os.dup(), but for
/// sockets; on some platforms os.dup() won't work for socket file descriptors.
#[pyfunction(module = "_socket")]
#[signature = "(fd, /)"]
#[text_signature = "($self, object, /)"]
pub fn dup(vm: &mut Vm, fd: i32) -> PyResult<i32> {
    let copy = vm.detach(|| rustix::io::fcntl_dupfd_cloexec(system::borrow(fd)?, 0).map(system::release));
    system::raise(vm, copy)
}

/// socketpair([family[, type [, proto]]]) -> (socket object, socket object)
///
/// Create a pair of socket objects from the sockets returned by the platform
/// socketpair() function.
/// The arguments are the same as for socket() except the default family is
/// AF_UNIX if defined on the platform; otherwise, the default is AF_INET.
#[pyfunction(module = "_socket")]
#[signature = "(family=1, type=1, proto=0, /)"]
#[text_signature = ""]
pub fn socketpair(vm: &mut Vm, family: i32, type_: i32, proto: i32) -> PyResult<(Ref<Socket>, Ref<Socket>)> {
    let ends = vm.detach(|| system::socket_pair(family, type_, proto));
    let [first, second] = system::raise(vm, ends)?;
    let first = Socket::of_fd(vm, system::release(first), family, type_, proto)?;
    Ok((first, Socket::of_fd(vm, system::release(second), family, type_, proto)?))
}

/// getdefaulttimeout() -> timeout
///
/// Returns the default timeout in seconds (float) for new socket objects.
/// A value of None indicates that new socket objects have no timeout.
/// When the socket module is first imported, the default is None.
#[pyfunction(module = "_socket")]
#[text_signature = "($self, /)"]
pub fn getdefaulttimeout(vm: &mut Vm) -> Value {
    let timeout = Defaults::timeout(vm);
    shown_timeout(vm, timeout)
}

/// setdefaulttimeout(timeout)
///
/// Set the default timeout in seconds (float) for new socket objects.
/// A value of None indicates that new socket objects have no timeout.
/// When the socket module is first imported, the default is None.
#[pyfunction(module = "_socket")]
#[signature = "(timeout, /)"]
#[text_signature = "($self, object, /)"]
pub fn setdefaulttimeout(vm: &mut Vm, timeout: &Value) -> PyResult<()> {
    let timeout = parse_timeout(vm, timeout)?;
    Defaults::set_timeout(vm, timeout);
    Ok(())
}

/// gethostname() -> string
///
/// Return the current host name.
#[pyfunction(module = "_socket")]
#[text_signature = "($self, /)"]
pub fn gethostname(vm: &mut Vm) -> PyResult {
    audit::event(vm, "socket.gethostname", &[])?;
    let name = system::host_name();
    let name = system::raise(vm, name)?;
    Ok(paths::decode_name(vm, &name)?.into())
}

/// sethostname(name)
///
/// Sets the hostname to name.
#[pyfunction(module = "_socket")]
#[signature = "(name, /)"]
#[text_signature = ""]
pub fn sethostname(vm: &mut Vm, name: &Value) -> PyResult<()> {
    let name = match name.downcast::<Bytes>() {
        Some(bytes) => bytes.as_slice().to_vec(),
        None => FsString::of(vm, name)?.0.into_bytes(),
    };
    let shown = vm.new_bytes(&name)?;
    audit::event(vm, "socket.sethostname", &[shown.into()])?;
    let result = system::set_host_name(&name);
    system::raise(vm, result)
}

/// Convert an IP address in string format (123.45.67.89) to the 32-bit packed binary format used in low-level network functions.
#[pyfunction(module = "_socket")]
#[signature = "(ip_addr, /)"]
pub fn inet_aton(vm: &mut Vm, ip_addr: CText<'_>) -> PyResult<Ref<Bytes>> {
    match system::parse_address(&CString::new(ip_addr.0).unwrap_or_default()) {
        Some(address) => Ok(vm.new_bytes(&address)?),
        None => Err(plain_error(vm, "illegal IP address string passed to inet_aton")),
    }
}

/// Convert an IP address from 32-bit packed binary format to string format.
#[pyfunction(module = "_socket")]
#[signature = "(packed_ip, /)"]
pub fn inet_ntoa(vm: &mut Vm, packed_ip: BufferView) -> PyResult {
    let bytes = packed_ip.gather(vm);
    match bytes.len() {
        4 => Ok(text_of(vm, &bytes)),
        _ => Err(plain_error(vm, "packed IP wrong length for inet_ntoa")),
    }
}

/// inet_pton(af, ip) -> packed IP address string
///
/// Convert an IP address from string format to a packed string suitable
/// for use with low-level network functions.
#[pyfunction(module = "_socket")]
#[signature = "(af, ip, /)"]
#[text_signature = ""]
pub fn inet_pton(vm: &mut Vm, af: i32, ip: CText<'_>) -> PyResult<Ref<Bytes>> {
    let address = system::address_from_text(af, &CString::new(ip.0).unwrap_or_default());
    match system::raise(vm, address)? {
        Some(address) => Ok(vm.new_bytes(&address)?),
        None => Err(plain_error(vm, "illegal IP address string passed to inet_pton")),
    }
}

/// inet_ntop(af, packed_ip) -> string formatted IP address
///
/// Convert a packed IP address of the given family to string format.
#[pyfunction(module = "_socket")]
#[signature = "(af, packed_ip, /)"]
#[text_signature = ""]
pub fn inet_ntop(vm: &mut Vm, af: i32, packed_ip: BufferView) -> PyResult {
    let len = match af {
        libc::AF_INET => 4,
        libc::AF_INET6 => 16,
        _ => return Err(vm.value_error(format_args!("unknown address family {af}"))),
    };
    let bytes = packed_ip.gather(vm);
    if bytes.len() != len {
        return Err(vm.value_error(format_args!("invalid length of packed IP address string")));
    }
    Ok(text_of(vm, &bytes))
}

/// if_nameindex()
///
/// Returns a list of network interface information (index, name) tuples.
#[pyfunction(module = "_socket")]
#[text_signature = "($self, /)"]
pub fn if_nameindex(vm: &mut Vm) -> PyResult<Ref<List>> {
    let interfaces = system::interfaces();
    let mut pairs = Vec::new();
    for (index, name) in system::raise(vm, interfaces)? {
        let name = paths::decode_name(vm, &name)?.into();
        let index = vm.int(index.into());
        pairs.push(vm.new_tuple(vec![index, name]).into());
    }
    Ok(vm.try_list(pairs)?)
}

/// Returns the interface index corresponding to the interface name if_name.
#[pyfunction(module = "_socket")]
#[signature = "(oname, /)"]
pub fn if_nametoindex(vm: &mut Vm, oname: FsString) -> PyResult<u32> {
    let index = system::interface_index(&oname.0);
    system::raise(vm, index)
}

/// Returns the interface name corresponding to the interface index if_index.
#[pyfunction(module = "_socket")]
#[signature = "(if_index, /)"]
pub fn if_indextoname(vm: &mut Vm, if_index: Unsigned) -> PyResult {
    let name = system::interface_name(if_index.0);
    let name = system::raise(vm, name)?;
    Ok(paths::decode_name(vm, name.as_bytes())?.into())
}

/// The size of a control message's header.
pub const CONTROL_HEADER: usize = 16;

/// The most bytes of a control message: lengths are C's `int`.
const CONTROL_MOST: usize = i32::MAX as usize;

/// `CMSG_LEN`; `None` where it is too long.
pub fn control_len(data: usize) -> Option<usize> {
    (data <= CONTROL_MOST - CONTROL_HEADER).then_some(data + CONTROL_HEADER)
}

/// `CMSG_SPACE`; `None` where it is too long.
pub fn control_space(data: usize) -> Option<usize> {
    (data <= CONTROL_MOST - CONTROL_HEADER - 8).then(|| data.next_multiple_of(8) + CONTROL_HEADER)
}

fn control(heap: &mut Heap, size: Option<usize>, function: &str) -> PyResult<usize> {
    size.ok_or_else(|| heap.overflow_error(format_args!("{function}() argument out of range")))
}

/// CMSG_LEN(length) -> control message length
///
/// Return the total length, without trailing padding, of an ancillary
/// data item with associated data of the given length.  This value can
/// often be used as the buffer size for recvmsg() to receive a single
/// item of ancillary data, but RFC 3542 requires portable applications to
/// use CMSG_SPACE() and thus include space for padding, even when the
/// item will be the last in the buffer.  Raises OverflowError if length
/// is outside the permissible range of values.
#[pyfunction(module = "_socket", name = "CMSG_LEN")]
#[signature = "(length, /)"]
#[text_signature = ""]
pub fn cmsg_len(heap: &mut Heap, length: isize) -> PyResult<usize> {
    control(heap, usize::try_from(length).ok().and_then(control_len), "CMSG_LEN")
}

/// CMSG_SPACE(length) -> buffer size
///
/// Return the buffer size needed for recvmsg() to receive an ancillary
/// data item with associated data of the given length, along with any
/// trailing padding.  The buffer space needed to receive multiple items
/// is the sum of the CMSG_SPACE() values for their associated data
/// lengths.  Raises OverflowError if length is outside the permissible
/// range of values.
#[pyfunction(module = "_socket", name = "CMSG_SPACE")]
#[signature = "(length, /)"]
#[text_signature = ""]
pub fn cmsg_space(heap: &mut Heap, length: isize) -> PyResult<usize> {
    control(heap, usize::try_from(length).ok().and_then(control_space), "CMSG_SPACE")
}

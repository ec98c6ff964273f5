//! Addresses: Python's tuples and strings to the system's bytes (`getsockaddrarg`), and back (`makesockaddr`).

use std::ffi::CString;
use std::net::{Ipv4Addr, Ipv6Addr};

use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Raised, Value, Vm, exceptions};

use super::bluetooth;
use super::object::Socket;
use super::resolve;
use crate::parameters::{c_int, unsigned, unsigned_mask};
use crate::paths;
use crate::system::{self, SocketAddress};

/// Raises an `OSError` that has a message alone.
#[cold]
pub fn plain_error(vm: &mut Vm, message: &str) -> Raised {
    vm.raise_message(&exceptions::OS_ERROR, format_args!("{message}"))
}

/// The parts of an address that has to be a tuple.
pub struct Parts<'a> {
    items: &'a [Value],
    expected: &'static str,
}

impl<'a> Parts<'a> {
    /// The parts, of which there are from `least` to `most`. `expected` is the message where there are others.
    pub fn of(
        vm: &mut Vm,
        address: &'a Value,
        counts: std::ops::RangeInclusive<usize>,
        expected: &'static str,
    ) -> PyResult<Parts<'a>> {
        match address.downcast::<Tuple>().map(|tuple| tuple.as_slice()) {
            Some(items) if counts.contains(&items.len()) => Ok(Parts { items, expected }),
            _ => Err(vm.type_error(format_args!("{expected}"))),
        }
    }

    /// Whether a part is there.
    pub fn get(&self, index: usize) -> Option<&'a Value> {
        self.items.get(index)
    }

    fn required(&self, vm: &mut Vm, index: usize) -> PyResult<&'a Value> {
        self.items.get(index).ok_or_else(|| vm.type_error(format_args!("{}", self.expected)))
    }

    /// A part that is an int; 0 where it is missing.
    pub fn int(&self, vm: &mut Vm, index: usize) -> PyResult<i32> {
        match self.items.get(index) {
            Some(value) => c_int(value, vm),
            None => Ok(0),
        }
    }

    /// A part that is an unsigned int (`I`, which checks nothing); 0 where it is missing.
    pub fn unsigned(&self, vm: &mut Vm, index: usize) -> PyResult<u32> {
        match self.items.get(index) {
            Some(value) => unsigned_mask(value, vm),
            None => Ok(0),
        }
    }

    /// A part that is an unsigned int of 64 bits.
    fn unsigned_long(&self, vm: &mut Vm, index: usize) -> PyResult<u64> {
        let value = self.required(vm, index)?;
        unsigned(value, vm)
    }

    /// A part that is text without null characters (`s`).
    pub fn text(&self, vm: &mut Vm, index: usize) -> PyResult<CString> {
        let value = self.required(vm, index)?;
        let Some(text) = value.downcast::<Str>() else {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("argument {} must be str, not {kind}", index + 1)));
        };
        match text.as_str().map(CString::new) {
            Some(Ok(text)) => Ok(text),
            _ => Err(vm.value_error(format_args!("embedded null character"))),
        }
    }
}

/// The name of a host for a call (`idna_converter`).
pub fn host_name(vm: &mut Vm, value: &Value) -> PyResult<CString> {
    let bytes = if let Some(bytes) = value.downcast::<Bytes>() {
        bytes.as_slice().to_vec()
    } else if let Some(bytes) = value.downcast::<ByteArray>() {
        bytes.as_slice(vm).to_vec()
    } else if let Some(text) = value.downcast::<Str>() {
        match text.as_str() {
            Some(text) if text.is_ascii() => text.as_bytes().to_vec(),
            _ => match vm.encode(text, Some("idna"), None) {
                Ok(bytes) => bytes.as_slice().to_vec(),
                Err(raised) => {
                    drop(vm.catch(raised));
                    return Err(vm.type_error(format_args!("encoding of hostname failed")));
                }
            },
        }
    } else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("str, bytes or bytearray expected, not {kind}")));
    };
    CString::new(bytes).map_err(|_| vm.type_error(format_args!("host name must not contain null character")))
}

/// The address of a Unix socket: a path, or bytes that begin with a null (`AF_UNIX`).
fn unix(vm: &mut Vm, address: &Value) -> PyResult<SocketAddress> {
    const ROOM: usize = 108;
    let path = match address.downcast::<Str>() {
        Some(text) => paths::encode(vm, text)?,
        None => vm.bytes_like(address)?.gather(vm),
    };
    let is_abstract = path.first().is_none_or(|&first| first == 0);
    // A path is followed by a null.
    if path.len() + usize::from(!is_abstract) > ROOM {
        return Err(plain_error(vm, "AF_UNIX path too long"));
    }
    let end: &[u8] = if is_abstract { b"" } else { b"\0" };
    Ok(SocketAddress::new(libc::AF_UNIX, &[&path, end]))
}

#[cold]
fn not_a_tuple(vm: &mut Vm, function: &str, family: &str, address: &Value) -> Raised {
    let kind = vm.type_name(address);
    vm.type_error(format_args!("{function}(): {family} address must be tuple, not {kind}"))
}

/// A host and a port: the host as its address, and the port.
fn host_and_port(vm: &mut Vm, parts: &Parts<'_>, family: i32, function: &str) -> PyResult<(SocketAddress, u16)> {
    let host = parts.required(vm, 0)?;
    let host = host_name(vm, host)?;
    let port = match parts.int(vm, 1) {
        Ok(port) => u16::try_from(port).ok(),
        Err(raised) if vm.pending_is(&exceptions::OVERFLOW_ERROR) => {
            drop(vm.catch(raised));
            None
        }
        Err(raised) => return Err(raised),
    };
    let out_of_range = |vm: &mut Vm| vm.overflow_error(format_args!("{function}(): port must be 0-65535."));
    let found = resolve::host_address(vm, &host, family)?;
    match port {
        Some(port) => Ok((found, port)),
        None => Err(out_of_range(vm)),
    }
}

/// A packet address: an interface, a protocol, and more (`AF_PACKET`).
fn packet(vm: &mut Vm, parts: &Parts<'_>, function: &str) -> PyResult<SocketAddress> {
    let interface = parts.text(vm, 0)?;
    let (protocol, kind, hardware_type) = (parts.int(vm, 1)?, parts.int(vm, 2)?, parts.int(vm, 3)?);
    let hardware = match parts.get(4) {
        Some(value) => vm.bytes_like(value)?.gather(vm),
        None => Vec::new(),
    };
    if hardware.len() > 8 {
        return Err(vm.value_error(format_args!("Hardware address must be 8 bytes or less")));
    }
    let index = system::interface_index(&interface);
    let index = system::raise(vm, index)?;
    let Ok(protocol) = u16::try_from(protocol) else {
        return Err(vm.overflow_error(format_args!("{function}(): proto must be 0-65535.")));
    };
    let mut room = [0; 8];
    room[..hardware.len()].copy_from_slice(&hardware);
    Ok(SocketAddress::new(
        libc::AF_PACKET,
        &[
            &protocol.to_be_bytes(),
            &index.to_ne_bytes(),
            &(hardware_type as u16).to_ne_bytes(),
            &[kind as u8, hardware.len() as u8],
            &room,
        ],
    ))
}

/// An address of the CAN bus, whose form the protocol says.
fn can(vm: &mut Vm, address: &Value, protocol: i32, function: &str) -> PyResult<SocketAddress> {
    const ISOTP: i32 = 6;
    const J1939: i32 = 7;
    let (count, expected) = match protocol {
        libc::CAN_RAW | libc::CAN_BCM => (1, "AF_CAN address must be a tuple (interface, )"),
        ISOTP => (3, "AF_CAN address must be a tuple (interface, rx_addr, tx_addr)"),
        J1939 => (4, "AF_CAN address must be a tuple (interface, name, pgn, addr)"),
        _ => return Err(plain_error(vm, &format!("{function}(): unsupported CAN protocol"))),
    };
    let parts = Parts::of(vm, address, count..=count, expected)?;
    let interface = parts.required(vm, 0)?;
    let interface = CString::new(paths::fs_path(vm, interface)?).unwrap_or_default();
    let index = if interface.is_empty() {
        0
    } else if interface.as_bytes().len() < libc::IF_NAMESIZE {
        let index = system::interface_index(&interface);
        system::raise(vm, index)?
    } else {
        return Err(plain_error(vm, "AF_CAN interface name too long"));
    };
    let mut rest = [0u8; 16];
    match protocol {
        ISOTP => {
            rest[..4].copy_from_slice(&parts.unsigned(vm, 1)?.to_ne_bytes());
            rest[4..8].copy_from_slice(&parts.unsigned(vm, 2)?.to_ne_bytes());
        }
        J1939 => {
            rest[..8].copy_from_slice(&parts.unsigned_long(vm, 1)?.to_ne_bytes());
            rest[8..12].copy_from_slice(&parts.unsigned(vm, 2)?.to_ne_bytes());
            rest[12] = parts.unsigned(vm, 3)? as u8;
        }
        _ => {}
    }
    // The numbers are aligned to eight bytes.
    Ok(SocketAddress::new(libc::AF_CAN, &[&[0; 2], &index.to_ne_bytes(), &rest]))
}

/// An address of the kernel's cryptography: a kind and an algorithm (`AF_ALG`).
fn algorithm(vm: &mut Vm, address: &Value) -> PyResult<SocketAddress> {
    let parts = Parts::of(vm, address, 2..=4, "AF_ALG address must be a tuple (type, name[, feat[, mask]])")?;
    let (mut kind, mut name) = ([0u8; 14], [0u8; 64]);
    let (given_kind, given_name) = (parts.text(vm, 0)?, parts.text(vm, 1)?);
    let (kind_bytes, name_bytes) = (given_kind.as_bytes(), given_name.as_bytes());
    // The last byte stays a null.
    if kind_bytes.len() >= kind.len() {
        return Err(vm.value_error(format_args!("AF_ALG type too long.")));
    }
    if name_bytes.len() >= name.len() {
        return Err(vm.value_error(format_args!("AF_ALG name too long.")));
    }
    kind[..kind_bytes.len()].copy_from_slice(kind_bytes);
    name[..name_bytes.len()].copy_from_slice(name_bytes);
    let (features, mask) = (parts.unsigned(vm, 2)?, parts.unsigned(vm, 3)?);
    Ok(SocketAddress::new(libc::AF_ALG, &[&kind, &features.to_ne_bytes(), &mask.to_ne_bytes(), &name]))
}

/// An address of the TIPC protocol.
fn tipc(vm: &mut Vm, parts: &Parts<'_>) -> PyResult<SocketAddress> {
    const NODE_SCOPE: u32 = 3;
    let kind = parts.unsigned(vm, 0)?;
    let numbers = [parts.unsigned(vm, 1)?, parts.unsigned(vm, 2)?, parts.unsigned(vm, 3)?];
    let scope = if parts.get(4).is_some() { parts.unsigned(vm, 4)? } else { NODE_SCOPE };
    let [first, second, third] = match kind {
        // A name's domain comes after what a range has as its end; an identity is a port and a node.
        1 => numbers,
        2 => [numbers[0], numbers[1], numbers[2]],
        3 => [numbers[1], numbers[0], 0],
        _ => return Err(vm.type_error(format_args!("Invalid address type"))),
    };
    let head = [kind as u8, scope as u8];
    Ok(SocketAddress::new(libc::AF_TIPC, &[&head, &first.to_ne_bytes(), &second.to_ne_bytes(), &third.to_ne_bytes()]))
}

/// The system's form of an address for a socket (`getsockaddrarg`); messages name the function.
pub fn address_of(vm: &mut Vm, socket: &Socket, address: &Value, function: &str) -> PyResult<SocketAddress> {
    let is_tuple = address.is_instance_of::<Tuple>();
    let tuple_family = match socket.address_family() {
        libc::AF_UNIX => return unix(vm, address),
        libc::AF_BLUETOOTH => return bluetooth::address_of(vm, socket.protocol_number(), address, function),
        libc::AF_ALG => return algorithm(vm, address),
        libc::AF_INET | libc::AF_RDS => "AF_INET",
        libc::AF_INET6 => "AF_INET6",
        libc::AF_NETLINK => "AF_NETLINK",
        libc::AF_PACKET => "AF_PACKET",
        libc::AF_TIPC => "AF_TIPC",
        libc::AF_CAN => "AF_CAN",
        libc::AF_VSOCK => "AF_VSOCK",
        QIPCRTR => "AF_QIPCRTR",
        _ => return Err(plain_error(vm, &format!("{function}(): unknown address family"))),
    };
    if !is_tuple {
        return Err(not_a_tuple(vm, function, tuple_family, address));
    }
    match socket.address_family() {
        libc::AF_INET6 => {
            let expected = "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])";
            let parts = Parts::of(vm, address, 2..=4, expected)?;
            let (flow, scope) = (parts.unsigned(vm, 2)?, parts.unsigned(vm, 3)?);
            let (found, port) = host_and_port(vm, &parts, libc::AF_INET6, function)?;
            if flow > 0xF_FFFF {
                return Err(vm.overflow_error(format_args!("{function}(): flowinfo must be 0-1048575.")));
            }
            Ok(internet6(found.bytes().get(8..24).unwrap_or_default(), port, flow, scope))
        }
        libc::AF_NETLINK => {
            let parts = Parts::of(vm, address, 2..=2, "AF_NETLINK address must be a pair (pid, groups)")?;
            let (pid, groups) = (parts.unsigned(vm, 0)?, parts.unsigned(vm, 1)?);
            Ok(SocketAddress::new(libc::AF_NETLINK, &[&[0; 2], &pid.to_ne_bytes(), &groups.to_ne_bytes()]))
        }
        QIPCRTR => {
            let parts = Parts::of(vm, address, 2..=2, "AF_QIPCRTR address must be a pair (node, port)")?;
            let (node, port) = (parts.unsigned(vm, 0)?, parts.unsigned(vm, 1)?);
            Ok(SocketAddress::new(QIPCRTR, &[&[0; 2], &node.to_ne_bytes(), &port.to_ne_bytes()]))
        }
        libc::AF_VSOCK => {
            let parts = Parts::of(vm, address, 2..=2, "AF_VSOCK address must be a pair (cid, port)")?;
            let (cid, port) = (parts.unsigned(vm, 0)?, parts.unsigned(vm, 1)?);
            Ok(SocketAddress::new(libc::AF_VSOCK, &[&[0; 2], &port.to_ne_bytes(), &cid.to_ne_bytes(), &[0; 4]]))
        }
        libc::AF_PACKET => {
            let parts = Parts::of(vm, address, 2..=5, "AF_PACKET address must be a tuple of two to five elements")?;
            packet(vm, &parts, function)
        }
        libc::AF_TIPC => {
            let expected = "AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])";
            let parts = Parts::of(vm, address, 4..=5, expected)?;
            tipc(vm, &parts)
        }
        libc::AF_CAN => can(vm, address, socket.protocol_number(), function),
        family => {
            let parts = Parts::of(vm, address, 2..=2, "AF_INET address must be a pair (host, port)")?;
            let (found, port) = host_and_port(vm, &parts, libc::AF_INET, function)?;
            Ok(SocketAddress::new(family, &[&port.to_be_bytes(), found.bytes().get(4..8).unwrap_or_default(), &[0; 8]]))
        }
    }
}

/// `AF_QIPCRTR`
const QIPCRTR: i32 = 42;

/// An address of the internet, of an address of sixteen bytes.
pub fn internet6(address: &[u8], port: u16, flow: u32, scope: u32) -> SocketAddress {
    SocketAddress::new(libc::AF_INET6, &[&port.to_be_bytes(), &flow.to_be_bytes(), address, &scope.to_ne_bytes()])
}

/// The text of an address of four or sixteen bytes, as `inet_ntop` writes it.
pub fn text_of(vm: &mut Vm, address: &[u8]) -> Value {
    if let Ok(bytes) = <[u8; 4]>::try_from(address) {
        return vm.new_str(&Ipv4Addr::from(bytes).to_string()).into();
    }
    let bytes = <[u8; 16]>::try_from(address).unwrap_or_default();
    vm.new_str(&Ipv6Addr::from(bytes).to_string()).into()
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..at + N).and_then(|part| part.try_into().ok()).unwrap_or([0; N])
}

/// The name of an interface, or its number as text where it has none.
fn interface(vm: &mut Vm, index: u32) -> PyResult {
    let name = if index == 0 { None } else { system::interface_name(index).ok() };
    Ok(paths::decode_name(vm, name.unwrap_or_default().as_bytes())?.into())
}

/// Python's form of an address (`makesockaddr`).
pub fn shown(vm: &mut Vm, address: &SocketAddress, protocol: i32) -> PyResult {
    let bytes = address.bytes();
    if bytes.is_empty() {
        return Ok(Value::none());
    }
    let word = |at: usize| u32::from_ne_bytes(number(bytes, at));
    let port = Value::from_i32(u16::from_be_bytes(number(bytes, 2)).into());
    let items = match address.family() {
        libc::AF_INET => vec![text_of(vm, &number::<4>(bytes, 4)), port],
        libc::AF_INET6 => {
            let flow = Value::from_i32(u32::from_be_bytes(number(bytes, 4)) as i32);
            let host = text_of(vm, &number::<16>(bytes, 8));
            vec![host, port, flow, vm.int(word(24).into())]
        }
        libc::AF_UNIX => {
            let path = &bytes[2.min(bytes.len())..];
            if path.first() == Some(&0) {
                return Ok(vm.new_bytes(path)?.into());
            }
            let path = path.split(|&byte| byte == 0).next().unwrap_or_default();
            return Ok(paths::decode_name(vm, path)?.into());
        }
        libc::AF_NETLINK | QIPCRTR => vec![vm.int(word(4).into()), vm.int(word(8).into())],
        libc::AF_VSOCK => vec![vm.int(word(8).into()), vm.int(word(4).into())],
        libc::AF_PACKET => {
            let len = usize::from(number::<1>(bytes, 11)[0]).min(8);
            let name = interface(vm, word(4))?;
            let hardware = vm.new_bytes(&number::<8>(bytes, 12)[..len])?.into();
            let kind = Value::from_i32(number::<1>(bytes, 10)[0].into());
            vec![name, port, kind, Value::from_i32(u16::from_ne_bytes(number(bytes, 8)).into()), hardware]
        }
        libc::AF_TIPC => {
            let [kind] = number::<1>(bytes, 2);
            let [scope] = number::<1>(bytes, 3);
            let numbers = match kind {
                3 => [word(8), word(4), 0],
                1 | 2 => [word(4), word(8), word(12)],
                _ => return Err(vm.value_error(format_args!("Invalid address type"))),
            };
            let mut items = vec![Value::from_i32(kind.into())];
            items.extend(numbers.map(|number| vm.int(number.into())));
            items.push(Value::from_i32((scope as i8).into()));
            items
        }
        libc::AF_CAN => {
            let name = interface(vm, word(4))?;
            match protocol {
                6 => vec![name, vm.int(word(8).into()), vm.int(word(12).into())],
                7 => {
                    let long = vm.big_int(u64::from_ne_bytes(number(bytes, 8)).into());
                    vec![name, long, vm.int(word(16).into()), Value::from_i32(number::<1>(bytes, 20)[0].into())]
                }
                _ => vec![name],
            }
        }
        libc::AF_BLUETOOTH => return bluetooth::shown(vm, bytes, protocol),
        libc::AF_ALG => {
            let until_null = |part: &[u8]| part.split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
            let (kind, name) = (until_null(&number::<14>(bytes, 2)), until_null(&number::<64>(bytes, 24)));
            let (kind, name) = (paths::decode_name(vm, &kind)?.into(), paths::decode_name(vm, &name)?.into());
            vec![kind, name, vm.int(word(16).into()), vm.int(word(20).into())]
        }
        family => {
            let rest = vm.new_bytes(&number::<14>(bytes, 2))?;
            vec![Value::from_i32(family), rest.into()]
        }
    };
    Ok(vm.new_tuple(items).into())
}

/// The name of a host in the codec `idna`, which has its say only where it changes or refuses something.
pub fn idna(vm: &mut Vm, text: &Object<Str>) -> PyResult<Vec<u8>> {
    // Plain labels of ASCII are what they are; everything else is the codec's matter.
    if let Some(plain) = text.as_str().filter(|text| text.is_ascii()) {
        let labels: Vec<&str> = plain.split('.').collect();
        let (last, first) = labels.split_last().unwrap_or((&"", &[]));
        if first.iter().all(|label| (1..64).contains(&label.len())) && last.len() < 64 {
            return Ok(plain.as_bytes().to_vec());
        }
    }
    Ok(vm.encode(text, Some("idna"), None)?.as_slice().to_vec())
}

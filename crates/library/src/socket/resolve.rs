//! Names of hosts, services and protocols.

use std::ffi::{CStr, CString};

use pvm_interpreter::audit;
use pvm_macros::pyfunction;
use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::Bytes;
use pvm_object::exceptions::BaseException;
use pvm_object::list::List;
use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Raised, Ref, Type, Value, Vm};

use super::address::{Parts, idna, internet6, plain_error, shown, text_of};
use super::{ADDRESS_ERROR_TYPE, HOST_ERROR_TYPE};
use crate::parameters::CText;
use crate::paths;
use crate::system::{self, AddressHints, Host, ResolveError, SocketAddress};

/// Raises the exception of a name that could not be resolved.
#[cold]
pub fn raise(vm: &mut Vm, error: ResolveError) -> Raised {
    let (class, code, message): (&'static Object<Type>, i32, String) = match error {
        ResolveError::System(errno) => return vm.os_error(errno.raw_os_error()),
        ResolveError::Address(code, message) => (ADDRESS_ERROR_TYPE.get(), code, message),
        ResolveError::Host(code, message) => (HOST_ERROR_TYPE.get(), code, message),
    };
    let message = vm.new_str(&message).into();
    match vm.call(&class.to_value(), &[Value::from_i32(code), message]) {
        Ok(exception) => match exception.downcast::<BaseException>() {
            Some(exception) => vm.raise(exception.to_ref()),
            None => vm.type_error(format_args!("exceptions must derive from BaseException")),
        },
        Err(raised) => raised,
    }
}

/// Asks for addresses without the interpreter's lock.
fn look_up(vm: &mut Vm, host: Option<&CStr>, service: Option<&CStr>, hints: AddressHints) -> PyResult<Vec<system::AddressInfo>> {
    vm.detach(|| system::addresses(host, service, hints)).map_err(|error| raise(vm, error))
}

/// The address of a host (`setipaddr`): a name, a number, `""` for any, `<broadcast>` for all.
pub fn host_address(vm: &mut Vm, host: &CStr, family: i32) -> PyResult<SocketAddress> {
    let name = host.to_bytes();
    if name.is_empty() {
        let hints = AddressHints { flags: libc::AI_PASSIVE, family, kind: libc::SOCK_DGRAM, protocol: 0 };
        let found = look_up(vm, None, Some(c"0"), hints)?;
        let [only] = &found[..] else {
            return Err(plain_error(vm, "wildcard resolved to multiple address"));
        };
        return match only.family {
            libc::AF_INET | libc::AF_INET6 => Ok(only.address),
            _ => Err(plain_error(vm, "unsupported address family")),
        };
    }
    let internet4 = |address: &[u8]| SocketAddress::new(libc::AF_INET, &[&[0; 2], address, &[0; 8]]);
    if name == b"<broadcast>" || name == b"255.255.255.255" {
        if family != libc::AF_INET && family != libc::AF_UNSPEC {
            return Err(plain_error(vm, "address family mismatched"));
        }
        return Ok(internet4(&[255; 4]));
    }
    // A number needs no look-up.
    if family != libc::AF_INET6
        && let Ok(Some(address)) = system::address_from_text(libc::AF_INET, host)
    {
        return Ok(internet4(&address));
    }
    if family != libc::AF_INET
        && !name.contains(&b'%')
        && let Ok(Some(address)) = system::address_from_text(libc::AF_INET6, host)
    {
        return Ok(internet6(&address, 0, 0, 0));
    }
    let found = look_up(vm, Some(host), None, AddressHints { family, ..AddressHints::default() })?;
    match found.first() {
        Some(first) => Ok(first.address),
        None => Err(plain_error(vm, "unsupported address family")),
    }
}

/// Four or sixteen bytes of an address that was looked up.
fn bytes_of(address: &SocketAddress) -> &[u8] {
    let range = if address.family() == libc::AF_INET6 { 8..24 } else { 4..8 };
    address.bytes().get(range).unwrap_or_default()
}

/// A name of a host that is encoded with `idna` (`et`).
fn encoded_name(vm: &mut Vm, value: &Value, function: &str) -> PyResult<CString> {
    let bytes = if let Some(text) = value.downcast::<Str>() {
        idna(vm, text)?
    } else if let Some(bytes) = value.downcast::<Bytes>() {
        bytes.as_slice().to_vec()
    } else if let Some(bytes) = value.downcast::<ByteArray>() {
        bytes.as_slice(vm).to_vec()
    } else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("{function}() argument 1 must be str, bytes or bytearray, not {kind}")));
    };
    CString::new(bytes).map_err(|_| {
        let kind = vm.type_name(value);
        vm.type_error(format_args!("{function}() argument 1 must be encoded string without null bytes, not {kind}"))
    })
}

/// gethostbyname(host) -> address
///
/// Return the IP address (a string of the form '255.255.255.255') for a host.
#[pyfunction(module = "_socket")]
#[signature = "(host, /)"]
#[text_signature = ""]
pub fn gethostbyname(vm: &mut Vm, host: &Value) -> PyResult {
    let name = encoded_name(vm, host, "gethostbyname")?;
    audit::event(vm, "socket.gethostbyname", std::slice::from_ref(host))?;
    let address = host_address(vm, &name, libc::AF_INET)?;
    Ok(text_of(vm, bytes_of(&address)))
}

/// What is known of a host: its name, its other names, its addresses (`gethost_common`).
fn shown_host(vm: &mut Vm, found: Result<Host, ResolveError>, family: i32) -> PyResult<Ref<Tuple>> {
    let found = found.map_err(|error| raise(vm, error))?;
    if found.family != family {
        return Err(vm.os_error(libc::EAFNOSUPPORT));
    }
    let name = paths::decode_name(vm, &found.name)?;
    let mut aliases: Vec<Value> = Vec::new();
    for alias in &found.aliases {
        aliases.push(paths::decode_name(vm, alias)?.into());
    }
    let addresses: Vec<Value> = found.addresses.iter().map(|address| text_of(vm, address)).collect();
    let (aliases, addresses) = (vm.try_list(aliases)?, vm.try_list(addresses)?);
    Ok(vm.new_tuple(vec![name.into(), aliases.into(), addresses.into()]))
}

/// gethostbyname_ex(host) -> (name, aliaslist, addresslist)
///
/// Return the true host name, a list of aliases, and a list of IP addresses,
/// for a host.  The host argument is a string giving a host name or IP number.
#[pyfunction(module = "_socket")]
#[signature = "(host, /)"]
#[text_signature = ""]
pub fn gethostbyname_ex(vm: &mut Vm, host: &Value) -> PyResult<Ref<Tuple>> {
    let name = encoded_name(vm, host, "gethostbyname_ex")?;
    audit::event(vm, "socket.gethostbyname", std::slice::from_ref(host))?;
    let address = host_address(vm, &name, libc::AF_INET)?;
    let found = vm.detach(|| system::host(Ok(&name)));
    shown_host(vm, found, address.family())
}

/// gethostbyaddr(host) -> (name, aliaslist, addresslist)
///
/// Return the true host name, a list of aliases, and a list of IP addresses,
/// for a host.  The host argument is a string giving a host name or IP number.
#[pyfunction(module = "_socket")]
#[signature = "(host, /)"]
#[text_signature = ""]
pub fn gethostbyaddr(vm: &mut Vm, host: &Value) -> PyResult<Ref<Tuple>> {
    let name = encoded_name(vm, host, "gethostbyaddr")?;
    audit::event(vm, "socket.gethostbyaddr", std::slice::from_ref(host))?;
    let address = host_address(vm, &name, libc::AF_UNSPEC)?;
    let family = address.family();
    let found = vm.detach(|| system::host(Err((bytes_of(&address), family))));
    shown_host(vm, found, family)
}

/// The service of `getaddrinfo`: a name or a number.
fn service(vm: &mut Vm, port: &Value) -> PyResult<Option<CString>> {
    if port.is_none() {
        return Ok(None);
    }
    let text = if port.as_int().is_some() {
        let number = vm.index(port)?;
        vm.str(&number)?.to_string().into_bytes()
    } else if let Some(text) = port.downcast::<Str>() {
        match text.as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => vm.encode(text, Some("utf-8"), None)?.as_slice().to_vec(),
        }
    } else if let Some(bytes) = port.downcast::<Bytes>() {
        bytes.as_slice().to_vec()
    } else {
        return Err(plain_error(vm, "Int or String expected"));
    };
    Ok(Some(until_null(text)))
}

/// What C takes of text: all before the first null.
fn until_null(mut text: Vec<u8>) -> CString {
    if let Some(end) = text.iter().position(|&byte| byte == 0) {
        text.truncate(end);
    }
    CString::new(text).unwrap_or_default()
}

/// getaddrinfo(host, port [, family, type, proto, flags])
///     -> list of (family, type, proto, canonname, sockaddr)
///
/// Resolve host and port into addrinfo struct.
#[pyfunction(module = "_socket")]
#[signature = "(host, port, family=0, type=0, proto=0, flags=0)"]
#[text_signature = ""]
pub fn getaddrinfo(
    vm: &mut Vm,
    host: &Value,
    port: &Value,
    family: i32,
    type_: i32,
    proto: i32,
    flags: i32,
) -> PyResult<Ref<List>> {
    let name = if host.is_none() {
        None
    } else if let Some(text) = host.downcast::<Str>() {
        Some(until_null(idna(vm, text)?))
    } else if let Some(bytes) = host.downcast::<Bytes>() {
        Some(until_null(bytes.as_slice().to_vec()))
    } else {
        return Err(vm.type_error(format_args!("getaddrinfo() argument 1 must be string or None")));
    };
    let service = service(vm, port)?;
    let [family_value, kind_value, protocol_value] = [family, type_, proto].map(Value::from_i32);
    audit::event(vm, "socket.getaddrinfo", &[host.clone(), port.clone(), family_value, kind_value, protocol_value])?;
    let hints = AddressHints { flags, family, kind: type_, protocol: proto };
    let found = look_up(vm, name.as_deref(), service.as_deref(), hints)?;
    let mut answers = Vec::with_capacity(found.len());
    for info in &found {
        let name = paths::decode_name(vm, &info.name)?.into();
        let address = shown(vm, &info.address, info.protocol)?;
        let [family, kind, protocol] = [info.family, info.kind, info.protocol].map(Value::from_i32);
        answers.push(vm.new_tuple(vec![family, kind, protocol, name, address]).into());
    }
    Ok(vm.try_list(answers)?)
}

/// getnameinfo(sockaddr, flags) --> (host, port)
///
/// Get host and port for a sockaddr.
#[pyfunction(module = "_socket")]
#[signature = "(sockaddr, flags, /)"]
#[text_signature = ""]
pub fn getnameinfo(vm: &mut Vm, sockaddr: &Value, flags: i32) -> PyResult<(Value, Value)> {
    if !sockaddr.is_instance_of::<Tuple>() {
        return Err(vm.type_error(format_args!("getnameinfo() argument 1 must be a tuple")));
    }
    let parts = Parts::of(vm, sockaddr, 2..=4, "getnameinfo(): illegal sockaddr argument")?;
    let host = parts.text(vm, 0)?;
    let port = parts.int(vm, 1)?;
    let (flow, scope) = (parts.unsigned(vm, 2)?, parts.unsigned(vm, 3)?);
    if flow > 0xF_FFFF {
        return Err(vm.overflow_error(format_args!("getnameinfo(): flowinfo must be 0-1048575.")));
    }
    audit::event(vm, "socket.getnameinfo", std::slice::from_ref(sockaddr))?;
    let service = CString::new(port.to_string()).unwrap_or_default();
    let hints = AddressHints { flags: libc::AI_NUMERICHOST, kind: libc::SOCK_DGRAM, ..AddressHints::default() };
    let found = look_up(vm, Some(&host), Some(&service), hints)?;
    let [only] = &found[..] else {
        return Err(plain_error(vm, "sockaddr resolved to multiple addresses"));
    };
    let address = match only.family {
        libc::AF_INET if parts.get(2).is_some() => return Err(plain_error(vm, "IPv4 sockaddr must be 2 tuple")),
        libc::AF_INET6 => {
            let bytes = only.address.bytes();
            internet6(bytes_of(&only.address), u16::from_be_bytes([bytes[2], bytes[3]]), flow, scope)
        }
        _ => only.address,
    };
    let (host, service) = vm.detach(|| system::name_info(&address, flags)).map_err(|error| raise(vm, error))?;
    Ok((paths::decode_name(vm, &host)?.into(), paths::decode_name(vm, &service)?.into()))
}

fn c_string(text: &str) -> CString {
    CString::new(text).unwrap_or_default()
}

/// getservbyname(servicename[, protocolname]) -> integer
///
/// Return a port number from a service name and protocol name.
/// The optional protocol name, if given, should be 'tcp' or 'udp',
/// otherwise any protocol will match.
#[pyfunction(module = "_socket")]
#[signature = "(servicename, protocolname=<unrepresentable>, /)"]
#[text_signature = ""]
pub fn getservbyname(vm: &mut Vm, servicename: CText<'_>, protocolname: Option<CText<'_>>) -> PyResult<i32> {
    let (service, protocol) = (vm.new_str(servicename.0), protocolname.map(|name| vm.new_str(name.0)));
    audit::event(vm, "socket.getservbyname", &[service.into(), protocol.map_or_else(Value::none, Value::from)])?;
    let protocol = protocolname.map(|name| c_string(name.0));
    match system::service_port(&c_string(servicename.0), protocol.as_deref()) {
        Some(port) => Ok(port.into()),
        None => Err(plain_error(vm, "service/proto not found")),
    }
}

/// getservbyport(port[, protocolname]) -> string
///
/// Return the service name from a port number and protocol name.
/// The optional protocol name, if given, should be 'tcp' or 'udp',
/// otherwise any protocol will match.
#[pyfunction(module = "_socket")]
#[signature = "(port, protocolname=<unrepresentable>, /)"]
#[text_signature = ""]
pub fn getservbyport(vm: &mut Vm, port: i32, protocolname: Option<CText<'_>>) -> PyResult {
    let Ok(number) = u16::try_from(port) else {
        return Err(vm.overflow_error(format_args!("getservbyport: port must be 0-65535.")));
    };
    let protocol = protocolname.map(|name| vm.new_str(name.0));
    audit::event(vm, "socket.getservbyport", &[Value::from_i32(port), protocol.map_or_else(Value::none, Value::from)])?;
    let protocol = protocolname.map(|name| c_string(name.0));
    match system::service_name(number, protocol.as_deref()) {
        Some(name) => Ok(paths::decode_name(vm, &name)?.into()),
        None => Err(plain_error(vm, "port/proto not found")),
    }
}

/// getprotobyname(name) -> integer
///
/// Return the protocol number for the named protocol.  (Rarely used.)
#[pyfunction(module = "_socket")]
#[signature = "(name, /)"]
#[text_signature = ""]
pub fn getprotobyname(vm: &mut Vm, name: CText<'_>) -> PyResult<i32> {
    system::protocol_number(&c_string(name.0)).ok_or_else(|| plain_error(vm, "protocol not found"))
}

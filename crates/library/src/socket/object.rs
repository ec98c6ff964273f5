//! The class `socket`.

use std::cell::Cell;

use pvm_interpreter::audit;
use pvm_macros::{pyclass, pymethods};
use pvm_object::{Heap, HeapCell, Object, PyResult, Ref, Value, Vm, exceptions};

use super::address::{address_of, shown};
use super::wait::{Failed, Ready, call_within};
use crate::parameters::c_int;
use crate::system::{self, Errno, SocketAddress, SysResult};
use crate::time::convert::{BILLION, Rounding, nanoseconds, seconds};

/// The timeout of new sockets, for each interpreter.
#[pyclass(name = "_Defaults", module = "_socket", no_export)]
pub struct Defaults {
    timeout: HeapCell<i64>,
}

impl Defaults {
    fn of(vm: &mut Vm) -> Ref<Defaults> {
        vm.module_state(|_| Defaults { timeout: HeapCell::new(-BILLION) })
    }

    /// The timeout in nanoseconds.
    pub fn timeout(vm: &mut Vm) -> i64 {
        let defaults = Defaults::of(vm);
        *defaults.timeout.borrow(vm)
    }

    /// Sets the timeout.
    pub fn set_timeout(vm: &mut Vm, timeout: i64) {
        let defaults = Defaults::of(vm);
        *defaults.timeout.borrow_mut(vm) = timeout;
    }
}

/// A timeout out of a number of seconds or `None` (`socket_parse_timeout`), in nanoseconds.
pub fn parse_timeout(vm: &mut Vm, value: &Value) -> PyResult<i64> {
    if value.is_none() {
        return Ok(-BILLION);
    }
    let timeout = nanoseconds(vm, value, Rounding::Up)?;
    if timeout < 0 {
        return Err(vm.value_error(format_args!("Timeout value out of range")));
    }
    Ok(timeout)
}

/// A timeout as Python has it.
pub fn shown_timeout(heap: &mut Heap, timeout: i64) -> Value {
    if timeout < 0 { Value::none() } else { heap.float(seconds(timeout)) }
}

/// socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object
/// socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object
///
/// Open a socket of the given type.  The family argument specifies the
/// address family; it defaults to AF_INET.  The type argument specifies
/// whether this is a stream (SOCK_STREAM, this is the default)
/// or datagram (SOCK_DGRAM) socket.  The protocol argument defaults to 0,
/// specifying the default protocol.  Keyword arguments are accepted.
/// The socket is created as non-inheritable.
///
/// When a fileno is passed in, family, type and proto are auto-detected,
/// unless they are explicitly set.
///
/// A socket object represents one endpoint of a network connection.
#[pyclass(name = "socket", module = "_socket", parts(transfer, messages))]
pub struct Socket {
    /// -1 when closed.
    fd: Cell<i32>,
    family: Cell<i32>,
    kind: Cell<i32>,
    protocol: Cell<i32>,
    /// In nanoseconds; negative where calls block.
    timeout: Cell<i64>,
}

impl Socket {
    /// A socket of a descriptor (`init_sockobject`).
    fn fill(&self, vm: &mut Vm, fd: i32, family: i32, kind: i32, protocol: i32) -> PyResult<()> {
        self.fd.set(fd);
        self.family.set(family);
        self.kind.set(kind & !(libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC));
        self.protocol.set(protocol);
        if kind & libc::SOCK_NONBLOCK != 0 {
            self.timeout.set(0);
            return Ok(());
        }
        let timeout = Defaults::timeout(vm);
        self.timeout.set(timeout);
        if timeout >= 0 {
            self.set_blocking_mode(vm, false)?;
        }
        Ok(())
    }

    /// A socket of a new descriptor.
    pub fn of_fd(vm: &mut Vm, fd: i32, family: i32, kind: i32, protocol: i32) -> PyResult<Ref<Socket>> {
        let socket = vm.alloc(Socket::unopened());
        socket.fill(vm, fd, family, kind, protocol)?;
        Ok(socket)
    }

    fn unopened() -> Socket {
        Socket {
            fd: Cell::new(-1),
            family: Cell::new(0),
            kind: Cell::new(0),
            protocol: Cell::new(0),
            timeout: Cell::new(-BILLION),
        }
    }

    /// The descriptor.
    pub fn fd(&self) -> i32 {
        self.fd.get()
    }

    /// The family of addresses.
    pub fn address_family(&self) -> i32 {
        self.family.get()
    }

    /// The protocol.
    pub fn protocol_number(&self) -> i32 {
        self.protocol.get()
    }

    /// The timeout in nanoseconds.
    pub fn timeout_ns(&self) -> i64 {
        self.timeout.get()
    }

    fn set_blocking_mode(&self, vm: &mut Vm, blocking: bool) -> PyResult<()> {
        let fd = self.fd();
        let result = vm.detach(|| rustix::io::ioctl_fionbio(system::borrow(fd)?, !blocking));
        system::raise(vm, result)
    }

    /// Tells of an event about an address.
    pub fn audit(this: &Object<Socket>, vm: &mut Vm, event: &str, address: &Value) -> PyResult<()> {
        audit::event(vm, event, &[this.to_value(), address.clone()])
    }

    /// Begins a connection (`internal_connect`), and waits for it unless the socket does not block.
    fn connect_to(&self, vm: &mut Vm, address: &SocketAddress) -> Result<(), Failed> {
        let (fd, timeout) = (self.fd(), self.timeout_ns());
        let errno = match vm.detach(|| system::connect(fd, address)) {
            Ok(()) => return Ok(()),
            Err(errno) => errno,
        };
        let goes_on = match errno {
            // It goes on without the caller.
            Errno::INTR => {
                vm.poll(0).map_err(Failed::Raised)?;
                timeout != 0
            }
            Errno::INPROGRESS => timeout > 0,
            _ => false,
        };
        if !goes_on {
            return Err(Failed::Errno(errno));
        }
        call_within(vm, fd, Ready::Connect, timeout, || match system::int_option(fd, libc::SOL_SOCKET, libc::SO_ERROR)? {
            0 | libc::EISCONN => Ok(()),
            errno => Err(Errno::from_raw_os_error(errno)),
        })
    }

    /// What a descriptor is, where the program did not say.
    fn recognise(fd: i32, family: i32, kind: i32, protocol: i32) -> SysResult<[i32; 3]> {
        let family = match (system::socket_name(fd), family) {
            (Ok(name), -1) => name.family(),
            (Err(errno), -1 | _) if family == -1 || matches!(errno, Errno::BADF | Errno::NOTSOCK) => return Err(errno),
            _ => family,
        };
        let option = |given: i32, option: i32| match given {
            -1 => system::int_option(fd, libc::SOL_SOCKET, option),
            given => Ok(given),
        };
        Ok([family, option(kind, libc::SO_TYPE)?, option(protocol, libc::SO_PROTOCOL)?])
    }
}

#[pymethods]
impl Socket {
    #[new]
    #[signature = "(*args, **kwargs)"]
    #[text_signature = ""]
    fn new(args: pvm_object::Args<'_>, kwargs: pvm_object::arguments::Keywords<'_>, vm: &mut Vm) -> Socket {
        let _ = (args, kwargs);
        let socket = Socket::unopened();
        socket.timeout.set(Defaults::timeout(vm));
        socket
    }

    #[signature = "(family=-1, type=-1, proto=-1, fileno=None)"]
    fn __init__(this: &Object<Self>, vm: &mut Vm, family: i32, type_: i32, proto: i32, fileno: Option<&Value>) -> PyResult<()> {
        let numbers = [family, type_, proto].map(Value::from_i32);
        let [first, second, third] = numbers;
        audit::event(vm, "socket.__new__", &[this.to_value(), first, second, third])?;
        let Some(fileno) = fileno else {
            let default = |given: i32, default: i32| if given == -1 { default } else { given };
            let family = default(family, libc::AF_INET);
            let kind = default(type_, libc::SOCK_STREAM);
            let protocol = default(proto, 0);
            let fd = vm.detach(|| system::new_socket(family, kind, protocol).map(system::release));
            let fd = system::raise(vm, fd)?;
            return this.fill(vm, fd, family, kind, protocol);
        };
        let fd = c_int(fileno, vm)?;
        if fd < 0 {
            return Err(vm.value_error(format_args!("negative file descriptor")));
        }
        let known = Socket::recognise(fd, family, type_, proto);
        let [family, kind, protocol] = system::raise(vm, known)?;
        this.fill(vm, fd, family, kind, protocol)
    }

    /// _accept() -> (integer, address info)
    ///
    /// Wait for an incoming connection.  Return a new socket file descriptor
    /// representing the connection, and the address of the client.
    /// For IP sockets, the address info is a pair (hostaddr, port).
    fn _accept(&self, vm: &mut Vm) -> PyResult<(i32, Value)> {
        let fd = self.fd();
        let (client, address) = self.call(vm, Ready::Read, || system::accept(fd))?;
        match shown(vm, &address, self.protocol_number()) {
            Ok(address) => Ok((client, address)),
            Err(raised) => {
                // Nobody would ever close it.
                let _ = system::close(client);
                Err(raised)
            }
        }
    }

    /// bind(address)
    ///
    /// Bind the socket to a local address.  For IP sockets, the address is a
    /// pair (host, port); the host must refer to the local host. For raw packet
    /// sockets the address is a tuple (ifname, proto [,pkttype [,hatype [,addr]]])
    #[signature = "(address, /)"]
    #[text_signature = "($self, object, /)"]
    fn bind(this: &Object<Self>, vm: &mut Vm, address: &Value) -> PyResult<()> {
        let raw = address_of(vm, this, address, "bind")?;
        Socket::audit(this, vm, "socket.bind", address)?;
        let fd = this.fd();
        let result = vm.detach(|| system::bind(fd, &raw));
        system::raise(vm, result)
    }

    /// close()
    ///
    /// Close the socket.  It cannot be used after this call.
    fn close(&self, vm: &mut Vm) -> PyResult<()> {
        let fd = self.fd.replace(-1);
        if fd == -1 {
            return Ok(());
        }
        match vm.detach(|| system::close(fd)) {
            // The other end may have gone already.
            Ok(()) | Err(Errno::CONNRESET) => Ok(()),
            Err(errno) => Err(vm.os_error(errno.raw_os_error())),
        }
    }

    /// connect(address)
    ///
    /// Connect the socket to a remote address.  For IP sockets, the address
    /// is a pair (host, port).
    #[signature = "(address, /)"]
    #[text_signature = "($self, object, /)"]
    fn connect(this: &Object<Self>, vm: &mut Vm, address: &Value) -> PyResult<()> {
        let raw = address_of(vm, this, address, "connect")?;
        Socket::audit(this, vm, "socket.connect", address)?;
        this.connect_to(vm, &raw).map_err(|failed| failed.raise(vm))
    }

    /// connect_ex(address) -> errno
    ///
    /// This is like connect(address), but returns an error code (the errno value)
    /// instead of raising an exception when an error occurs.
    #[signature = "(address, /)"]
    #[text_signature = "($self, object, /)"]
    fn connect_ex(this: &Object<Self>, vm: &mut Vm, address: &Value) -> PyResult<i32> {
        let raw = address_of(vm, this, address, "connect_ex")?;
        Socket::audit(this, vm, "socket.connect", address)?;
        match this.connect_to(vm, &raw) {
            Ok(()) => Ok(0),
            Err(Failed::Errno(errno)) => Ok(errno.raw_os_error()),
            Err(Failed::Timeout) => Ok(libc::EWOULDBLOCK),
            Err(Failed::Raised(raised)) => Err(raised),
        }
    }

    /// detach()
    ///
    /// Close the socket object without closing the underlying file descriptor.
    /// The object cannot be used after this call, but the file descriptor
    /// can be reused for other purposes.  The file descriptor is returned.
    fn detach(&self) -> i32 {
        self.fd.replace(-1)
    }

    /// fileno() -> integer
    ///
    /// Return the integer file descriptor of the socket.
    fn fileno(&self) -> i32 {
        self.fd()
    }

    /// getpeername() -> address info
    ///
    /// Return the address of the remote endpoint.  For IP sockets, the address
    /// info is a pair (hostaddr, port).
    fn getpeername(&self, vm: &mut Vm) -> PyResult {
        let fd = self.fd();
        let name = vm.detach(|| system::peer_name(fd));
        let name = system::raise(vm, name)?;
        shown(vm, &name, self.protocol_number())
    }

    /// getsockname() -> address info
    ///
    /// Return the address of the local endpoint. The format depends on the
    /// address family. For IPv4 sockets, the address info is a pair
    /// (hostaddr, port). For IPv6 sockets, the address info is a 4-tuple
    /// (hostaddr, port, flowinfo, scope_id).
    fn getsockname(&self, vm: &mut Vm) -> PyResult {
        let fd = self.fd();
        let name = vm.detach(|| system::socket_name(fd));
        let name = system::raise(vm, name)?;
        shown(vm, &name, self.protocol_number())
    }

    /// getsockopt(level, option[, buffersize]) -> value
    ///
    /// Get a socket option.  See the Unix manual for level and option.
    /// If a nonzero buffersize argument is given, the return value is a
    /// string of that length; otherwise it is an integer.
    #[signature = "(level, option, buffersize=0, /)"]
    #[text_signature = ""]
    fn getsockopt(&self, vm: &mut Vm, level: i32, option: i32, buffersize: i32) -> PyResult {
        let fd = self.fd();
        if buffersize == 0 {
            if self.address_family() == libc::AF_VSOCK {
                let value = system::byte_option(fd, level, option, 8);
                let value = system::raise(vm, value)?;
                let mut whole = [0; 8];
                whole[..value.len()].copy_from_slice(&value);
                return Ok(vm.big_int(u64::from_ne_bytes(whole).into()));
            }
            let value = system::int_option(fd, level, option);
            return system::raise(vm, value).map(Value::from_i32);
        }
        if self.address_family() == libc::AF_VSOCK || !(1..=1024).contains(&buffersize) {
            return Err(vm.raise_message(&exceptions::OS_ERROR, format_args!("getsockopt buflen out of range")));
        }
        let value = system::byte_option(fd, level, option, buffersize as usize);
        let value = system::raise(vm, value)?;
        Ok(vm.new_bytes(&value)?.into())
    }

    /// setsockopt(level, option, value: int)
    /// setsockopt(level, option, value: buffer)
    /// setsockopt(level, option, None, optlen: int)
    ///
    /// Set a socket option.  See the Unix manual for level and option.
    /// The value argument can either be an integer, a string buffer, or
    /// None, optlen.
    #[signature = "(level, option, value, optlen=<unrepresentable>, /)"]
    #[text_signature = ""]
    fn setsockopt(&self, vm: &mut Vm, level: i32, option: i32, value: &Value, optlen: Option<&Value>) -> PyResult<()> {
        let fd = self.fd();
        if let Some(length) = optlen {
            if !value.is_none() {
                return Err(vm.type_error(format_args!("setsockopt() takes exactly 3 arguments (4 given)")));
            }
            let length = crate::parameters::unsigned_mask(length, vm)?;
            let result = system::set_option_length(fd, level, option, length);
            return system::raise(vm, result);
        }
        let data = if self.address_family() == libc::AF_VSOCK {
            crate::parameters::unsigned(value, vm)?.to_ne_bytes().to_vec()
        } else {
            match c_int(value, vm) {
                Ok(number) => number.to_ne_bytes().to_vec(),
                Err(raised) => {
                    drop(vm.catch(raised));
                    let view = vm.bytes_like(value)?;
                    view.as_slice(vm).to_vec()
                }
            }
        };
        let result = system::set_option(fd, level, option, &data);
        system::raise(vm, result)
    }

    /// gettimeout() -> timeout
    ///
    /// Returns the timeout in seconds (float) associated with socket
    /// operations. A timeout of None indicates that timeouts on socket
    /// operations are disabled.
    fn gettimeout(&self, heap: &mut Heap) -> Value {
        shown_timeout(heap, self.timeout_ns())
    }

    /// settimeout(timeout)
    ///
    /// Set a timeout on socket operations.  'timeout' can be a float,
    /// giving in seconds, or None.  Setting a timeout of None disables
    /// the timeout feature and is equivalent to setblocking(1).
    /// Setting a timeout of zero is the same as setblocking(0).
    #[signature = "(timeout, /)"]
    #[text_signature = "($self, object, /)"]
    fn settimeout(&self, vm: &mut Vm, timeout: &Value) -> PyResult<()> {
        let timeout = parse_timeout(vm, timeout)?;
        self.timeout.set(timeout);
        self.set_blocking_mode(vm, timeout < 0)
    }

    /// setblocking(flag)
    ///
    /// Set the socket to blocking (flag is true) or non-blocking (false).
    /// setblocking(True) is equivalent to settimeout(None);
    /// setblocking(False) is equivalent to settimeout(0.0).
    #[signature = "(flag, /)"]
    #[text_signature = "($self, object, /)"]
    fn setblocking(&self, vm: &mut Vm, flag: bool) -> PyResult<()> {
        self.timeout.set(if flag { -BILLION } else { 0 });
        self.set_blocking_mode(vm, flag)
    }

    /// getblocking()
    ///
    /// Returns True if socket is in blocking mode, or False if it
    /// is in non-blocking mode.
    fn getblocking(&self) -> bool {
        self.timeout_ns() != 0
    }

    /// listen([backlog])
    ///
    /// Enable a server to accept connections.  If backlog is specified, it must be
    /// at least 0 (if it is lower, it is set to 0); it specifies the number of
    /// unaccepted connections that the system will allow before refusing new
    /// connections. If not specified, a default reasonable value is chosen.
    #[signature = "(backlog=128, /)"]
    #[text_signature = ""]
    fn listen(&self, vm: &mut Vm, backlog: i32) -> PyResult<()> {
        let fd = self.fd();
        let result = vm.detach(|| rustix::net::listen(system::borrow(fd)?, backlog.max(0)));
        system::raise(vm, result)
    }

    /// shutdown(flag)
    ///
    /// Shut down the reading side of the socket (flag == SHUT_RD), the writing side
    /// of the socket (flag == SHUT_WR), or both ends (flag == SHUT_RDWR).
    #[signature = "(flag, /)"]
    #[text_signature = "($self, object, /)"]
    fn shutdown(&self, vm: &mut Vm, flag: i32) -> PyResult<()> {
        let fd = self.fd();
        let result = vm.detach(|| system::shut_down(fd, flag));
        system::raise(vm, result).map(drop)
    }

    fn __repr__(&self) -> String {
        let (fd, family, kind, protocol) = (self.fd(), self.address_family(), self.kind.get(), self.protocol_number());
        format!("<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>")
    }

    fn __del__(this: &Object<Self>, vm: &mut Vm) {
        if this.fd() == -1 {
            return;
        }
        let value = this.to_value();
        crate::io::warn_unclosed_as(vm, &value, "unclosed");
        let fd = this.fd.replace(-1);
        // Nobody is left to hear of an error.
        let _ = vm.detach(|| system::close(fd));
    }

    /// the socket family
    #[member]
    fn family(&self) -> i32 {
        self.address_family()
    }

    /// the socket type
    #[member]
    #[name = "type"]
    fn get_type(&self) -> i32 {
        self.kind.get()
    }

    /// the socket protocol
    #[member]
    fn proto(&self) -> i32 {
        self.protocol_number()
    }

    /// the socket timeout
    #[getter]
    fn timeout(&self, heap: &mut Heap) -> Value {
        shown_timeout(heap, self.timeout_ns())
    }
}

//! `_socket`: sockets, and the names of hosts and services.
//!
//! | file | what |
//! |---|---|
//! | `object.rs` | the class `socket`: making, binding, connecting, timeouts, options, closing |
//! | `transfer.rs` | its methods that send and receive bytes |
//! | `messages.rs` | those for messages with control data |
//! | `wait.rs` | how calls wait: the timeout, and interruptions |
//! | `address.rs`, `bluetooth.rs` | Python's form of addresses to the system's, and back |
//! | `resolve.rs` | names of hosts and services |
//! | `functions.rs` | the other functions: byte order, text of addresses, interfaces |
//! | `constants.rs` | the numbers |

mod address;
mod bluetooth;
mod constants;
mod functions;
mod messages;
mod object;
mod resolve;
mod transfer;
mod wait;

use pvm_macros::{pyclass, pymodule};
use pvm_object::exceptions::{OS_ERROR, OsError};

/// An error of `gethostbyname` and its like.
#[pyclass(exception, like = OsError, base = OS_ERROR, name = "herror", module = "socket", no_export)]
pub struct HostError;

/// An error of `getaddrinfo` and its like.
#[pyclass(exception, like = OsError, base = OS_ERROR, name = "gaierror", module = "socket", no_export)]
pub struct AddressError;

#[pymodule(name = "_socket")]
pub mod native {
    //! Implementation module for socket operations.
    //!
    //! See the socket module for documentation.

    use pvm_object::{PyClass, PyResult, Value, Vm, exceptions};

    #[export]
    use super::functions::{
        close, cmsg_len, cmsg_space, dup, getdefaulttimeout, gethostname, htonl, htons, if_indextoname, if_nameindex,
        if_nametoindex, inet_aton, inet_ntoa, inet_ntop, inet_pton, ntohl, ntohs, setdefaulttimeout, sethostname, socketpair,
    };
    #[export]
    use super::object::Socket;
    #[export]
    use super::resolve::{
        getaddrinfo, gethostbyaddr, gethostbyname, gethostbyname_ex, getnameinfo, getprotobyname, getservbyname, getservbyport,
    };

    #[constant]
    const BDADDR_ANY: &str = "00:00:00:00:00:00";
    #[constant]
    const BDADDR_LOCAL: &str = "00:00:00:FF:FF:FF";
    #[constant]
    #[name = "has_ipv6"]
    const HAS_IPV6: bool = true;

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::constants::NUMBERS)?;
        let values = [
            ("SocketType", Socket::type_object().to_value()),
            ("error", exceptions::OS_ERROR.to_value()),
            ("herror", super::HOST_ERROR_TYPE.to_value()),
            ("gaierror", super::ADDRESS_ERROR_TYPE.to_value()),
            ("timeout", exceptions::TIMEOUT_ERROR.to_value()),
        ];
        for (name, value) in values {
            crate::constants::set(vm, module, name, &value)?;
        }
        Ok(())
    }
}

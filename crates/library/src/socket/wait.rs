//! How a socket's calls wait (`sock_call_ex`): until it is ready or the timeout is over, and again after a signal.

use pvm_object::{PyResult, Raised, Vm, exceptions};

use super::object::Socket;
use crate::system::{self, Deadline, Errno, SysResult, Watched};

/// What a call waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ready {
    /// Something to read.
    Read,
    /// Room to write.
    Write,
    /// A connection that is on its way.
    Connect,
}

/// Why there is no result.
pub enum Failed {
    /// An exception, of a signal's handler.
    Raised(Raised),
    /// An error of the system.
    Errno(Errno),
    /// The timeout is over.
    Timeout,
}

impl Failed {
    /// The exception.
    pub fn raise(self, vm: &mut Vm) -> Raised {
        match self {
            Failed::Raised(raised) => raised,
            Failed::Errno(errno) => vm.os_error(errno.raw_os_error()),
            Failed::Timeout => timed_out(vm),
        }
    }
}

/// Raises `TimeoutError`.
#[cold]
pub fn timed_out(vm: &mut Vm) -> Raised {
    vm.raise_message(&exceptions::TIMEOUT_ERROR, format_args!("timed out"))
}

/// Makes a call on a socket once it is ready, within a timeout in nanoseconds: a negative one never ends, with 0 the call is
/// made at once.
pub fn call_within<T: Send>(
    vm: &mut Vm,
    fd: i32,
    ready: Ready,
    timeout: i64,
    mut call: impl FnMut() -> SysResult<T> + Send,
) -> Result<T, Failed> {
    let deadline = Deadline::after((timeout > 0).then_some(timeout));
    loop {
        if (timeout > 0 || ready == Ready::Connect) && fd >= 0 {
            let events = match ready {
                Ready::Read => libc::POLLIN,
                Ready::Write => libc::POLLOUT,
                Ready::Connect => libc::POLLOUT | libc::POLLERR,
            };
            let mut watched = [Watched { fd, events, came: 0 }];
            let waited = system::blocking(vm, || system::poll(&mut watched, deadline.milliseconds()));
            match waited.map_err(Failed::Raised)? {
                Ok(0) => return Err(Failed::Timeout),
                Ok(_) => {}
                Err(errno) => return Err(Failed::Errno(errno)),
            }
        }
        match system::blocking(vm, &mut call).map_err(Failed::Raised)? {
            Ok(result) => return Ok(result),
            // It was not ready after all.
            Err(Errno::AGAIN) if timeout > 0 => {}
            Err(errno) => return Err(Failed::Errno(errno)),
        }
    }
}

impl Socket {
    /// As [`call_within`], with the socket's own timeout.
    pub fn call<T: Send>(&self, vm: &mut Vm, ready: Ready, call: impl FnMut() -> SysResult<T> + Send) -> PyResult<T> {
        call_within(vm, self.fd(), ready, self.timeout_ns(), call).map_err(|failed| failed.raise(vm))
    }
}

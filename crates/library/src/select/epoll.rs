//! `select.epoll`: descriptors that the kernel watches.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::list::List;
use pvm_object::{Object, PyResult, Ref, Type, Value, Vm, exceptions};

use super::polling::check_milliseconds;
use super::timeout;
use crate::parameters::{Descriptor, unsigned_mask};
use crate::system::{self, Deadline};
use crate::time::convert::BILLION;

/// A descriptor that is closed at the end, -1 once it is closed.
struct Owned(Cell<i32>);

impl Drop for Owned {
    fn drop(&mut self) {
        if self.0.get() >= 0 {
            // Nobody is left to hear of an error.
            let _ = system::close(self.0.get());
        }
    }
}

/// epoll(sizehint=-1, flags=0)
/// --
///
/// Returns an epolling object.
///
///   sizehint
///     The expected number of events to be registered.  It must be positive,
///     or -1 to use the default.  It is only used on older systems where
///     epoll_create1() is not available; otherwise it has no effect (though its
///     value is still checked).
///   flags
///     Deprecated and completely ignored.  However, when supplied, its value
///     must be 0 or select.EPOLL_CLOEXEC, otherwise OSError is raised.
#[pyclass(name = "epoll", module = "select")]
pub struct Epoll {
    #[trace(skip)]
    fd: Owned,
}

impl Epoll {
    fn open(&self, vm: &mut Vm) -> PyResult<i32> {
        match self.fd.0.get() {
            fd if fd < 0 => Err(vm.value_error(format_args!("I/O operation on closed epoll object"))),
            fd => Ok(fd),
        }
    }

    fn change(&self, vm: &mut Vm, operation: i32, fd: Descriptor, events: u32) -> PyResult<()> {
        let epoll = self.open(vm)?;
        let result = vm.detach(|| system::change_epoll(epoll, operation, fd.0, events));
        system::raise(vm, result)
    }

    fn close_now(&self, vm: &mut Vm) -> PyResult<()> {
        let fd = self.fd.0.replace(-1);
        if fd < 0 {
            return Ok(());
        }
        let result = vm.detach(|| system::close(fd));
        system::raise(vm, result)
    }
}

/// EPOLLIN | EPOLLPRI | EPOLLOUT
const EVERYTHING: u32 = (libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLOUT) as u32;

#[pymethods]
impl Epoll {
    #[new]
    #[signature = "(sizehint=-1, flags=0)"]
    fn new(vm: &mut Vm, sizehint: i32, flags: i32) -> PyResult<Epoll> {
        if sizehint != -1 && sizehint <= 0 {
            return Err(vm.value_error(format_args!("negative sizehint")));
        }
        if flags != 0 && flags != libc::EPOLL_CLOEXEC {
            return Err(vm.raise_message(&exceptions::OS_ERROR, format_args!("invalid flags")));
        }
        let fd = vm.detach(|| system::new_epoll(libc::EPOLL_CLOEXEC).map(system::release));
        let fd = system::raise(vm, fd)?;
        Ok(Epoll { fd: Owned(Cell::new(fd)) })
    }

    /// fromfd($type, fd, /)
    /// --
    ///
    /// Create an epoll object from a given control fd.
    #[classmethod]
    fn fromfd(cls: &Object<Type>, vm: &mut Vm, fd: i32) -> Ref<Epoll> {
        vm.alloc_as(cls, Epoll { fd: Owned(Cell::new(fd)) })
    }

    /// Close the epoll control file descriptor.
    ///
    /// Further operations on the epoll object will raise an exception.
    fn close(&self, vm: &mut Vm) -> PyResult<()> {
        self.close_now(vm)
    }

    /// True if the epoll handler is closed
    #[getter]
    fn closed(&self) -> bool {
        self.fd.0.get() < 0
    }

    /// Return the epoll control file descriptor.
    fn fileno(&self, vm: &mut Vm) -> PyResult<i32> {
        self.open(vm)
    }

    /// register($self, /, fd, eventmask=<unrepresentable>)
    /// --
    ///
    /// Registers a new fd or raises an OSError if the fd is already registered.
    ///
    ///   fd
    ///     the target file descriptor of the operation
    ///   eventmask
    ///     a bit set composed of the various EPOLL constants
    ///
    /// The epoll interface supports all file descriptors that support poll.
    fn register(&self, vm: &mut Vm, fd: Descriptor, eventmask: Option<&Value>) -> PyResult<()> {
        let events = match eventmask {
            Some(events) => unsigned_mask(events, vm)?,
            None => EVERYTHING,
        };
        self.change(vm, libc::EPOLL_CTL_ADD, fd, events)
    }

    /// modify($self, /, fd, eventmask)
    /// --
    ///
    /// Modify event mask for a registered file descriptor.
    ///
    ///   fd
    ///     the target file descriptor of the operation
    ///   eventmask
    ///     a bit set composed of the various EPOLL constants
    fn modify(&self, vm: &mut Vm, fd: Descriptor, eventmask: &Value) -> PyResult<()> {
        let events = unsigned_mask(eventmask, vm)?;
        self.change(vm, libc::EPOLL_CTL_MOD, fd, events)
    }

    /// unregister($self, /, fd)
    /// --
    ///
    /// Remove a registered file descriptor from the epoll object.
    ///
    ///   fd
    ///     the target file descriptor of the operation
    fn unregister(&self, vm: &mut Vm, fd: Descriptor) -> PyResult<()> {
        self.change(vm, libc::EPOLL_CTL_DEL, fd, 0)
    }

    /// poll($self, /, timeout=None, maxevents=-1)
    /// --
    ///
    /// Wait for events on the epoll file descriptor.
    ///
    ///   timeout
    ///     the maximum time to wait in seconds (as float);
    ///     a timeout of None or -1 makes poll wait indefinitely
    ///   maxevents
    ///     the maximum number of events returned; -1 means no limit
    ///
    /// Returns a list containing any descriptors that have events to report,
    /// as a list of (fd, events) 2-tuples.
    fn poll(&self, vm: &mut Vm, timeout: Option<&Value>, maxevents: i32) -> PyResult<Ref<List>> {
        let epoll = self.open(vm)?;
        let time = match timeout {
            None => None,
            Some(time) => {
                let time = self::timeout(vm, time, BILLION, "timeout must be an integer or None")?;
                (check_milliseconds(vm, time)? >= 0).then_some(time)
            }
        };
        let most = match maxevents {
            -1 => libc::FD_SETSIZE - 1,
            most if most < 1 => {
                return Err(vm.value_error(format_args!("maxevents must be greater than 0, got {most}")));
            }
            most => most as usize,
        };
        let deadline = Deadline::after(time);
        let events = system::call(vm, || system::wait_epoll(epoll, most, deadline.milliseconds()))?;
        let mut ready = Vec::with_capacity(events.len());
        for (fd, events) in events {
            let events = vm.int(events.into());
            ready.push(vm.new_tuple(vec![Value::from_i32(fd), events]).into());
        }
        Ok(vm.try_list(ready)?)
    }

    fn __enter__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.open(vm)?;
        Ok(this.to_value())
    }

    /// __exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)
    /// --
    ///
    fn __exit__(
        this: &Object<Self>,
        vm: &mut Vm,
        exc_type: Option<&Value>,
        exc_value: Option<&Value>,
        exc_tb: Option<&Value>,
    ) -> PyResult {
        let _ = (exc_type, exc_value, exc_tb);
        let name = vm.intern("close");
        vm.call_method(&this.to_value(), &name, &[])
    }
}

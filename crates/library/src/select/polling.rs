//! `select.poll`: descriptors that are registered once and waited for many times.

use std::cell::Cell;

use pvm_macros::{pyclass, pyfunction, pymethods};
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::list::List;
use pvm_object::native::Effects;
use pvm_object::{Foreign, HeapCell, PyResult, Ref, Value, ValueRef, Vm, exceptions};

use super::timeout;
use crate::parameters::Descriptor;
use crate::system::{self, Deadline, Watched};

/// A mask of events (`unsigned short`).
struct Mask(i16);

impl Mask {
    /// POLLIN | POLLPRI | POLLOUT
    const DEFAULT: Mask = Mask(libc::POLLIN | libc::POLLPRI | libc::POLLOUT);
}

impl FromArg<'_> for Mask {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<Mask> {
        if let Some(small) = value.as_small_int()
            && let Ok(mask) = u16::try_from(small)
        {
            return Ok(Mask(mask as i16));
        }
        match i64::from_arg(value, argument, vm) {
            Ok(number) if number < 0 => Err(vm.value_error(format_args!("value must be positive"))),
            Ok(number) if u16::try_from(number).is_ok() => Ok(Mask(number as u16 as i16)),
            Err(raised) if !vm.pending_is(&exceptions::OVERFLOW_ERROR) => Err(raised),
            result => {
                if let Err(raised) = result {
                    drop(vm.catch(raised));
                }
                Err(vm.overflow_error(format_args!("Python int too large for C unsigned short")))
            }
        }
    }
}

/// Descriptors and the events that are waited for.
#[pyclass(name = "poll", module = "select", final, no_export)]
pub struct Poll {
    watched: HeapCell<Foreign<Vec<Watched>>>,
    /// Whether a thread waits.
    waiting: Cell<bool>,
}

/// Returns a polling object.
///
/// This object supports registering and unregistering file descriptors, and then polling them for I/O events.
#[pyfunction(module = "select")]
#[signature = "()"]
pub fn poll(vm: &mut Vm) -> Ref<Poll> {
    vm.alloc(Poll { watched: HeapCell::new(Foreign(Vec::new())), waiting: Cell::new(false) })
}

#[pymethods]
impl Poll {
    /// register($self, fd, eventmask=<unrepresentable>, /)
    /// --
    ///
    /// Register a file descriptor with the polling object.
    ///
    ///   fd
    ///     either an integer, or an object with a fileno() method returning an int
    ///   eventmask
    ///     an optional bitmask describing the type of events to check for
    fn register(&self, vm: &mut Vm, fd: Descriptor, #[default(Mask::DEFAULT)] eventmask: Mask) {
        let watched = self.watched.borrow_mut(vm);
        match watched.iter_mut().find(|watched| watched.fd == fd.0) {
            Some(known) => known.events = eventmask.0,
            None => watched.push(Watched { fd: fd.0, events: eventmask.0, came: 0 }),
        }
    }

    /// modify($self, fd, eventmask, /)
    /// --
    ///
    /// Modify an already registered file descriptor.
    ///
    ///   fd
    ///     either an integer, or an object with a fileno() method returning an int
    ///   eventmask
    ///     a bitmask describing the type of events to check for
    fn modify(&self, vm: &mut Vm, fd: Descriptor, eventmask: Mask) -> PyResult<()> {
        match self.watched.borrow_mut(vm).iter_mut().find(|watched| watched.fd == fd.0) {
            Some(known) => {
                known.events = eventmask.0;
                Ok(())
            }
            None => Err(vm.os_error(libc::ENOENT)),
        }
    }

    /// Remove a file descriptor being tracked by the polling object.
    fn unregister(&self, vm: &mut Vm, fd: Descriptor) -> PyResult<()> {
        let watched = self.watched.borrow_mut(vm);
        match watched.iter().position(|watched| watched.fd == fd.0) {
            Some(index) => {
                watched.remove(index);
                Ok(())
            }
            None => Err(vm.key_error(&Value::from_i32(fd.0))),
        }
    }

    /// poll($self, timeout=None, /)
    /// --
    ///
    /// Polls the set of registered file descriptors.
    ///
    ///   timeout
    ///     The maximum time to wait in milliseconds, or else None (or a negative
    ///     value) to wait indefinitely.
    ///
    /// Returns a list containing any descriptors that have events or errors to
    /// report, as a list of (fd, event) 2-tuples.
    fn poll(&self, vm: &mut Vm, timeout: Option<&Value>) -> PyResult<Ref<List>> {
        let time = match timeout {
            None => None,
            Some(time) => {
                let time = self::timeout(vm, time, 1_000_000, "timeout must be an integer or None")?;
                (check_milliseconds(vm, time)? >= 0).then_some(time)
            }
        };
        // Two threads that wait would each change what the other one reads.
        if self.waiting.get() {
            return Err(vm.runtime_error(format_args!("concurrent poll() invocation")));
        }
        let mut watched = self.watched.borrow(vm).0.clone();
        let deadline = Deadline::after(time);
        self.waiting.set(true);
        let result = system::call(vm, || system::poll(&mut watched, deadline.milliseconds()));
        self.waiting.set(false);
        let count = result?;
        let mut ready = Vec::with_capacity(count);
        for watched in watched.iter().filter(|watched| watched.came != 0) {
            let came = Value::from_i32((watched.came as u16).into());
            ready.push(vm.new_tuple(vec![Value::from_i32(watched.fd), came]).into());
        }
        Ok(vm.try_list(ready)?)
    }
}

/// Nanoseconds as milliseconds, which have to fit into C's `int`.
pub fn check_milliseconds(vm: &mut Vm, nanoseconds: i64) -> PyResult<i32> {
    let milliseconds = crate::time::convert::Rounding::Up.divide(nanoseconds, 1_000_000);
    i32::try_from(milliseconds).map_err(|_| vm.overflow_error(format_args!("timeout is too large")))
}

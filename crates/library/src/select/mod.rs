//! `select`: waiting until descriptors are ready.
//!
//! | file | what |
//! |---|---|
//! | this one | the module and `select()` |
//! | `polling.rs` | what `poll()` gives |
//! | `epoll.rs` | `epoll` |
//! | `constants.rs` | the numbers of both |

mod constants;
mod epoll;
mod polling;

use std::time::Duration;

use pvm_macros::{pyfunction, pymodule};
use pvm_object::list::List;
use pvm_object::{PyResult, Ref, Value, Vm, exceptions};

use crate::parameters::Descriptor;
use crate::system::{self, Deadline, DescriptorSet};
use crate::time::convert::{Rounding, nanoseconds_of};

#[pymodule(name = "select")]
pub mod native {
    //! This module supports asynchronous I/O on multiple file descriptors.
    //!
    //! *** IMPORTANT NOTICE ***
    //! On Windows, only sockets are supported; on Unix, all file descriptors.

    use pvm_object::{PyResult, Value, Vm, exceptions};

    #[export]
    use super::epoll::Epoll;
    #[export]
    use super::polling::poll;
    #[export]
    use super::select;

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::constants::NUMBERS)?;
        crate::constants::set(vm, module, "error", &exceptions::OS_ERROR.to_value())
    }
}

/// A timeout in units of so many nanoseconds as nanoseconds. What is no number raises a `TypeError` with this message.
fn timeout(vm: &mut Vm, value: &Value, unit: i64, message: &str) -> PyResult<i64> {
    match nanoseconds_of(vm, value, unit, Rounding::Up) {
        Err(raised) if vm.pending_is(&exceptions::TYPE_ERROR) => {
            drop(vm.catch(raised));
            Err(vm.type_error(format_args!("{message}")))
        }
        result => result,
    }
}

/// The descriptors of a sequence: the objects as they are given, and their numbers.
struct Asked {
    objects: Vec<(Value, i32)>,
    set: DescriptorSet,
}

/// The descriptors in a sequence (`seq2set`).
fn asked(vm: &mut Vm, sequence: &Value) -> PyResult<Asked> {
    let items = vm.items_or(sequence, "arguments 1-3 must be sequences")?;
    let mut asked = Asked { objects: Vec::new(), set: DescriptorSet::new() };
    while let Some(item) = items.as_slice(vm).get(asked.objects.len()).cloned() {
        let fd = Descriptor::of(&item, vm)?.0;
        if !asked.set.insert(fd) {
            return Err(vm.value_error(format_args!("filedescriptor out of range in select()")));
        }
        if asked.objects.len() >= DescriptorSet::SIZE {
            return Err(vm.value_error(format_args!("too many file descriptors in select()")));
        }
        asked.objects.push((item, fd));
    }
    Ok(asked)
}

/// select(rlist, wlist, xlist, timeout=None, /)
/// --
///
/// Wait until one or more file descriptors are ready for some kind of I/O.
///
/// The first three arguments are iterables of file descriptors to be waited for:
/// rlist -- wait until ready for reading
/// wlist -- wait until ready for writing
/// xlist -- wait for an "exceptional condition"
/// If only one kind of condition is required, pass [] for the other lists.
///
/// A file descriptor is either a socket or file object, or a small integer
/// gotten from a fileno() method call on one of those.
///
/// The optional 4th argument specifies a timeout in seconds; it may be
/// a floating-point number to specify fractions of seconds.  If it is absent
/// or None, the call will never time out.
///
/// The return value is a tuple of three lists corresponding to the first three
/// arguments; each contains the subset of the corresponding file descriptors
/// that are ready.
///
/// *** IMPORTANT NOTICE ***
/// On Windows, only sockets are supported; on Unix, all file
/// descriptors can be used.
#[pyfunction(module = "select")]
pub fn select(
    vm: &mut Vm,
    rlist: &Value,
    wlist: &Value,
    xlist: &Value,
    timeout: Option<&Value>,
) -> PyResult<(Ref<List>, Ref<List>, Ref<List>)> {
    let time = match timeout {
        None => None,
        Some(time) => {
            let time = self::timeout(vm, time, crate::time::convert::BILLION, "timeout must be a float or None")?;
            if time < 0 {
                return Err(vm.value_error(format_args!("timeout must be non-negative")));
            }
            Some(time)
        }
    };
    let lists = [asked(vm, rlist)?, asked(vm, wlist)?, asked(vm, xlist)?];
    let end = lists.iter().flat_map(|list| &list.objects).map(|&(_, fd)| fd + 1).max().unwrap_or(0);
    let sets = [lists[0].set.clone(), lists[1].set.clone(), lists[2].set.clone()];
    let deadline = Deadline::after(time);
    let ready = system::call(vm, || {
        let mut ready = sets.clone();
        // Rounded up to microseconds, so that it does not come back just before the end, over and over.
        let left = deadline.left().map(|time| Duration::from_nanos((time as u64).next_multiple_of(1000)));
        system::select(end, &mut ready, left)?;
        Ok(ready)
    })?;
    let mut found = |list: &Asked, ready: &DescriptorSet| {
        let objects = list.objects.iter().filter(|(_, fd)| ready.contains(*fd));
        vm.try_list(objects.map(|(object, _)| object.clone()))
    };
    let [read, write, except] = &lists;
    Ok((found(read, &ready[0])?, found(write, &ready[1])?, found(except, &ready[2])?))
}

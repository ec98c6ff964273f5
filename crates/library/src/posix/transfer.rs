//! Descriptors that stand for other things than files, and moving bytes between descriptors within the system.

use pvm_macros::pyfunction;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm};
use rustix::event::EventfdFlags;
use rustix::fs::MemfdFlags;
use rustix::pipe::SpliceFlags;
use rustix::time::{Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec};

use super::descriptors::size_of;
use super::path::FsString;
use crate::parameters::Descriptor;
use crate::system::{self, Errno};
use crate::time::convert::{BILLION, Rounding, nanoseconds, seconds};

fn count_of(vm: &mut Vm, count: isize) -> PyResult<usize> {
    usize::try_from(count).map_err(|_| vm.value_error(format_args!("negative value for 'count' not allowed")))
}

fn optional_offset(vm: &mut Vm, offset: Option<&Value>) -> PyResult<Option<i64>> {
    offset.map(|offset| crate::io::fileio::offset(offset, vm)).transpose()
}

/// Copy bytes from one descriptor to another.
#[pyfunction(module = "posix")]
#[signature = "(src, dst, count, offset_src=None, offset_dst=None)"]
#[text_signature = "($module, /, src, dst, count, offset_src=None,\n                offset_dst=None)"]
pub fn copy_file_range(
    vm: &mut Vm,
    src: i32,
    dst: i32,
    count: isize,
    offset_src: Option<&Value>,
    offset_dst: Option<&Value>,
) -> PyResult<usize> {
    let count = count_of(vm, count)?;
    let (from, to) = (optional_offset(vm, offset_src)?, optional_offset(vm, offset_dst)?);
    system::call(vm, || {
        let (mut from, mut to) = (from.map(size_of).transpose()?, to.map(size_of).transpose()?);
        let (source, target) = (system::borrow(src)?, system::borrow(dst)?);
        rustix::fs::copy_file_range(source, from.as_mut(), target, to.as_mut(), count)
    })
}

/// Move bytes between descriptors, one of which is a pipe.
#[pyfunction(module = "posix")]
#[signature = "(src, dst, count, offset_src=None, offset_dst=None, flags=0)"]
#[text_signature = "($module, /, src, dst, count, offset_src=None, offset_dst=None,\n       flags=0)"]
pub fn splice(
    vm: &mut Vm,
    src: i32,
    dst: i32,
    count: isize,
    offset_src: Option<&Value>,
    offset_dst: Option<&Value>,
    flags: u32,
) -> PyResult<usize> {
    let count = count_of(vm, count)?;
    let (from, to) = (optional_offset(vm, offset_src)?, optional_offset(vm, offset_dst)?);
    system::call(vm, || {
        let (mut from, mut to) = (from.map(size_of).transpose()?, to.map(size_of).transpose()?);
        let (source, target) = (system::borrow(src)?, system::borrow(dst)?);
        let flags = SpliceFlags::from_bits_retain(flags);
        system::splice(source, from.as_mut(), target, to.as_mut(), count, flags)
    })
}

/// Copy bytes from a file to another descriptor; without an offset from the position of the file, which moves.
#[pyfunction(module = "posix")]
#[signature = "(out_fd, in_fd, offset, count)"]
pub fn sendfile(vm: &mut Vm, out_fd: i32, in_fd: i32, offset: &Value, count: isize) -> PyResult<usize> {
    let count = count_of(vm, count)?;
    let from = if offset.is_none() { None } else { Some(crate::io::fileio::offset(offset, vm)?) };
    system::call(vm, || {
        let mut from = from.map(size_of).transpose()?;
        rustix::fs::sendfile(system::borrow(out_fd)?, system::borrow(in_fd)?, from.as_mut(), count)
    })
}

/// Return a descriptor that counts events.
#[pyfunction(module = "posix")]
#[signature = "(initval, flags=EFD_CLOEXEC)"]
pub fn eventfd(vm: &mut Vm, initval: u32, #[default(libc::EFD_CLOEXEC)] flags: i32) -> PyResult<i32> {
    let fd = rustix::event::eventfd(initval, EventfdFlags::from_bits_retain(flags as u32));
    system::raise(vm, fd.map(system::release))
}

/// Read the number of events of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn eventfd_read(vm: &mut Vm, fd: Descriptor) -> PyResult<u64> {
    system::call(vm, || {
        let mut bytes = [0u8; 8];
        match rustix::io::read(system::borrow(fd.0)?, &mut bytes)? {
            8 => Ok(u64::from_ne_bytes(bytes)),
            _ => Err(Errno::IO),
        }
    })
}

/// Add to the number of events of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, value)"]
pub fn eventfd_write(vm: &mut Vm, fd: Descriptor, value: u64) -> PyResult<()> {
    system::call(vm, || rustix::io::write(system::borrow(fd.0)?, &value.to_ne_bytes()).map(drop))
}

/// Return the descriptor of a file that is in memory only.
#[pyfunction(module = "posix")]
#[signature = "(name, flags=MFD_CLOEXEC)"]
pub fn memfd_create(vm: &mut Vm, name: FsString, #[default(libc::MFD_CLOEXEC)] flags: u32) -> PyResult<i32> {
    let name = name.0;
    system::call(vm, || rustix::fs::memfd_create(&name, MemfdFlags::from_bits_retain(flags)).map(system::release))
}

/// Return a descriptor of a process.
#[pyfunction(module = "posix")]
#[signature = "(pid, flags=0)"]
pub fn pidfd_open(vm: &mut Vm, pid: i32, flags: u32) -> PyResult<i32> {
    let fd = system::process_descriptor(pid, flags);
    system::raise(vm, fd)
}

/// Return a descriptor of a timer by a clock.
#[pyfunction(module = "posix")]
#[signature = "(clockid, /, *, flags=0)"]
pub fn timerfd_create(vm: &mut Vm, clockid: i32, flags: i32) -> PyResult<i32> {
    let clock = match clockid {
        libc::CLOCK_REALTIME => TimerfdClockId::Realtime,
        libc::CLOCK_MONOTONIC => TimerfdClockId::Monotonic,
        libc::CLOCK_BOOTTIME => TimerfdClockId::Boottime,
        libc::CLOCK_REALTIME_ALARM => TimerfdClockId::RealtimeAlarm,
        libc::CLOCK_BOOTTIME_ALARM => TimerfdClockId::BoottimeAlarm,
        _ => return Err(vm.os_error(libc::EINVAL)),
    };
    let flags = TimerfdFlags::from_bits_retain(flags as u32) | TimerfdFlags::CLOEXEC;
    let fd = rustix::time::timerfd_create(clock, flags);
    system::raise(vm, fd.map(system::release))
}

fn timespec(nanoseconds: i64) -> Timespec {
    Timespec { tv_sec: nanoseconds.div_euclid(BILLION), tv_nsec: nanoseconds.rem_euclid(BILLION) }
}

fn from_timespec(time: &Timespec) -> i64 {
    time.tv_sec.saturating_mul(BILLION).saturating_add(time.tv_nsec)
}

/// Sets a timer; gives when and how often it rang before, in nanoseconds.
fn set_timer(vm: &mut Vm, fd: Descriptor, flags: i32, initial: i64, interval: i64) -> PyResult<(i64, i64)> {
    let times = Itimerspec { it_interval: timespec(interval), it_value: timespec(initial) };
    let before = system::call(vm, || {
        let flags = TimerfdTimerFlags::from_bits_retain(flags as u32);
        rustix::time::timerfd_settime(system::borrow(fd.0)?, flags, &times)
    })?;
    Ok((from_timespec(&before.it_value), from_timespec(&before.it_interval)))
}

fn in_seconds(vm: &mut Vm, (initial, interval): (i64, i64)) -> Ref<Tuple> {
    let items = vec![vm.float(seconds(initial)), vm.float(seconds(interval))];
    vm.new_tuple(items)
}

/// Let a timer ring after `initial` seconds, and then every `interval` seconds. Return what was set before.
#[pyfunction(module = "posix")]
#[signature = "(fd, /, *, flags=0, initial=0.0, interval=0.0)"]
pub fn timerfd_settime(vm: &mut Vm, fd: Descriptor, flags: i32, initial: f64, interval: f64) -> PyResult<Ref<Tuple>> {
    let (initial, interval) = (vm.float(initial), vm.float(interval));
    let initial = nanoseconds(vm, &initial, Rounding::Floor)?;
    let interval = nanoseconds(vm, &interval, Rounding::Floor)?;
    let before = set_timer(vm, fd, flags, initial, interval)?;
    Ok(in_seconds(vm, before))
}

/// As `timerfd_settime`, in nanoseconds.
#[pyfunction(module = "posix")]
#[signature = "(fd, /, *, flags=0, initial=0, interval=0)"]
pub fn timerfd_settime_ns(vm: &mut Vm, fd: Descriptor, flags: i32, initial: i64, interval: i64) -> PyResult<(i64, i64)> {
    set_timer(vm, fd, flags, initial, interval)
}

fn get_timer(vm: &mut Vm, fd: Descriptor) -> PyResult<(i64, i64)> {
    let times = system::call(vm, || rustix::time::timerfd_gettime(system::borrow(fd.0)?))?;
    Ok((from_timespec(&times.it_value), from_timespec(&times.it_interval)))
}

/// Return the seconds until a timer rings, and how often it does.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn timerfd_gettime(vm: &mut Vm, fd: Descriptor) -> PyResult<Ref<Tuple>> {
    let times = get_timer(vm, fd)?;
    Ok(in_seconds(vm, times))
}

/// As `timerfd_gettime`, in nanoseconds.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn timerfd_gettime_ns(vm: &mut Vm, fd: Descriptor) -> PyResult<(i64, i64)> {
    get_timer(vm, fd)
}

//! The environment of the process, and what is known of the machine.

use std::os::unix::ffi::OsStringExt;

use pvm_interpreter::interpreter::state;
use pvm_interpreter::permissions::{Need, is_granted};
use pvm_macros::pyfunction;
use pvm_object::dict::Dict;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm, exceptions, struct_sequence};

use super::audit::audit;
use super::path::{FsString, system_text};
use crate::system::{self, Errno};

struct_sequence! {
    /// uname_result: what is known of the system
    ///
    /// A tuple of its name, the machine's in the network, release, version, and the hardware.
    pub UNAME_RESULT = "uname_result" in "posix", visible: 5, {
        sysname: Some("operating system name"),
        nodename: Some("name of machine on network (implementation-defined)"),
        release: Some("operating system release"),
        version: Some("operating system version"),
        machine: Some("hardware identifier"),
    }
}

/// The environment as a dict of bytes.
pub fn environment(vm: &mut Vm) -> PyResult<Ref<Dict>> {
    let dict = vm.new_dict();
    if !is_granted(vm, Need::Processes) {
        return Ok(dict);
    }
    for (name, value) in std::env::vars_os() {
        let name = vm.new_bytes(&name.into_vec())?.into();
        let value = vm.new_bytes(&value.into_vec())?.into();
        dict.set(&name, value, vm)?;
    }
    Ok(dict)
}

/// Return the environment as a dict of bytes.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn _create_environ(vm: &mut Vm) -> PyResult<Ref<Dict>> {
    environment(vm)
}

/// Set a variable of the environment.
#[pyfunction(module = "posix")]
#[signature = "(name, value, /)"]
pub fn putenv(vm: &mut Vm, name: FsString, value: FsString) -> PyResult<()> {
    if name.0.as_bytes().contains(&b'=') {
        return Err(vm.value_error(format_args!("illegal environment variable name")));
    }
    audit!(vm, "os.putenv", name, value);
    let result = system::set_environment(&name.0, Some(&value.0));
    system::raise(vm, result)
}

/// Take a variable out of the environment.
#[pyfunction(module = "posix")]
#[signature = "(name, /)"]
pub fn unsetenv(vm: &mut Vm, name: FsString) -> PyResult<()> {
    audit!(vm, "os.unsetenv", name);
    let result = system::set_environment(&name.0, None);
    system::raise(vm, result)
}

/// Return the system's text for an error number.
#[pyfunction(module = "posix")]
#[signature = "(code, /)"]
pub fn strerror(code: i32) -> String {
    exceptions::error_text(code)
}

/// Return what is known of the system.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn uname(vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let name = rustix::system::uname();
    let mut items: Vec<Value> = Vec::new();
    for field in [name.sysname(), name.nodename(), name.release(), name.version(), name.machine()] {
        items.push(system_text(vm, field)?.into());
    }
    UNAME_RESULT.make(vm, items)
}

/// Return the number of processors of the machine, `None` where it is not known.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn cpu_count(vm: &Vm) -> Option<i64> {
    if let Some(count) = state(vm).setup.config.cpu_count {
        return Some(i64::from(count));
    }
    system::configuration(libc::_SC_NPROCESSORS_ONLN).ok().flatten().filter(|&count| count > 0)
}

/// Return how many processes wanted to run in the last minute, five and fifteen.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getloadavg(vm: &mut Vm) -> PyResult<(f64, f64, f64)> {
    let info = vm.detach(rustix::system::sysinfo);
    let load = |index: usize| info.loads[index] as f64 / 65536.0;
    Ok((load(0), load(1), load(2)))
}

/// Return bytes that nobody can foresee.
#[pyfunction(module = "posix")]
#[signature = "(size, /)"]
pub fn urandom(vm: &mut Vm, size: isize) -> PyResult {
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.value_error(format_args!("negative argument not allowed")));
    };
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(size).is_err() {
        return Err(vm.memory_error());
    }
    bytes.resize(size, 0);
    let mut filled = 0;
    while filled < size {
        let rest = &mut bytes[filled..];
        filled += system::call(vm, || rustix::rand::getrandom(&mut *rest, rustix::rand::GetRandomFlags::empty()))?;
    }
    Ok(vm.new_bytes(&bytes)?.into())
}

/// Return bytes that nobody can foresee, at most `size`; flags are GRND_RANDOM and GRND_NONBLOCK.
#[pyfunction(module = "posix")]
#[signature = "(size, flags=0)"]
pub fn getrandom(vm: &mut Vm, size: isize, flags: i32) -> PyResult {
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.os_error(Errno::INVAL.raw_os_error()));
    };
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(size).is_err() {
        return Err(vm.memory_error());
    }
    bytes.resize(size, 0);
    let flags = rustix::rand::GetRandomFlags::from_bits_retain(flags as u32);
    let count = system::call(vm, || rustix::rand::getrandom(&mut bytes[..], flags))?;
    Ok(vm.new_bytes(&bytes[..count])?.into())
}

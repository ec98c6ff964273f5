//! Terminals.

use pvm_macros::pyfunction;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm, struct_sequence};
use rustix::pty::OpenptFlags;

use super::path::system_text;
use crate::system::{self, Errno};

struct_sequence! {
    /// A tuple of (columns, lines) for holding terminal window size
    pub TERMINAL_SIZE = "terminal_size" in "os", visible: 2, {
        columns: Some("width of the terminal window in characters"),
        lines: Some("height of the terminal window in characters"),
    }
}

/// Return the size of the terminal of a descriptor, standard output without one.
#[pyfunction(module = "posix")]
#[signature = "(fd=<unrepresentable>, /)"]
pub fn get_terminal_size(vm: &mut Vm, #[default(1)] fd: i32) -> PyResult<Ref<Tuple>> {
    let size = system::borrow(fd).and_then(rustix::termios::tcgetwinsize);
    let size = system::raise(vm, size)?;
    let items = [size.ws_col, size.ws_row].map(|number| Value::from_i32(number.into())).to_vec();
    TERMINAL_SIZE.make(vm, items)
}

/// Return the name of the terminal of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn ttyname(vm: &mut Vm, fd: i32) -> PyResult {
    let name = system::borrow(fd).and_then(|fd| match rustix::termios::isatty(fd) {
        true => rustix::termios::ttyname(fd, Vec::new()),
        false => rustix::termios::tcgetattr(fd).and(Err(Errno::NOTTY)),
    });
    let name = system::raise(vm, name)?;
    Ok(system_text(vm, &name)?.into())
}

/// Return the name of the terminal that controls this process.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn ctermid() -> &'static str {
    "/dev/tty"
}

/// Return the process group in front on a terminal.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn tcgetpgrp(vm: &mut Vm, fd: i32) -> PyResult<i32> {
    let group = system::terminal_group(fd);
    system::raise(vm, group)
}

/// Put a process group in front on a terminal.
#[pyfunction(module = "posix")]
#[signature = "(fd, pgid, /)"]
pub fn tcsetpgrp(vm: &mut Vm, fd: i32, pgid: i32) -> PyResult<()> {
    let result = system::set_terminal_group(fd, pgid);
    system::raise(vm, result).map(drop)
}

/// Make the terminal of a descriptor this process's: for a session of its own, and as its standard streams.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn login_tty(vm: &mut Vm, fd: i32) -> PyResult<()> {
    let result = system::login_terminal(fd);
    system::raise(vm, result).map(drop)
}

/// Return the two ends of a new terminal: the controlling one and the one for programs.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn openpty(vm: &mut Vm) -> PyResult<(i32, i32)> {
    let ends = || {
        use rustix::fs::{Mode, OFlags};
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = rustix::pty::openpt(flags)?;
        rustix::pty::grantpt(&master)?;
        rustix::pty::unlockpt(&master)?;
        let name = rustix::pty::ptsname(&master, Vec::new())?;
        let slave = rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
        Ok((system::release(master), system::release(slave)))
    };
    system::raise(vm, ends())
}

/// Open the controlling end of a new terminal.
#[pyfunction(module = "posix")]
#[signature = "(oflag, /)"]
pub fn posix_openpt(vm: &mut Vm, oflag: i32) -> PyResult<i32> {
    let flags = OpenptFlags::from_bits_retain(oflag as u32) | OpenptFlags::CLOEXEC;
    let terminal = rustix::pty::openpt(flags).map(system::release);
    system::raise(vm, terminal)
}

/// Let programs open the other end of a terminal.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn grantpt(vm: &mut Vm, fd: crate::parameters::Descriptor) -> PyResult<()> {
    let result = system::grant_terminal(fd.0);
    system::raise(vm, result).map(drop)
}

/// Unlock the other end of a terminal.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn unlockpt(vm: &mut Vm, fd: crate::parameters::Descriptor) -> PyResult<()> {
    let result = system::unlock_terminal(fd.0);
    system::raise(vm, result).map(drop)
}

/// Return the name of the other end of a terminal.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn ptsname(vm: &mut Vm, fd: crate::parameters::Descriptor) -> PyResult {
    let name = system::borrow(fd.0).and_then(|fd| rustix::pty::ptsname(fd, Vec::new()));
    let name = system::raise(vm, name)?;
    Ok(system_text(vm, &name)?.into())
}

/// Return the encoding of a terminal, `None` where the descriptor is none.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn device_encoding(vm: &mut Vm, fd: i32) -> PyResult {
    let terminal = vm.detach(|| system::borrow(fd).is_ok_and(rustix::termios::isatty));
    if !terminal {
        return Ok(Value::none());
    }
    let encoding = match crate::io::interpreter_flag(vm, "utf8_mode")? {
        true => "utf-8",
        false => crate::io::text::locale_encoding(),
    };
    Ok(vm.new_str(encoding).into())
}

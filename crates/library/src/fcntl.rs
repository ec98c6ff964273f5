//! `fcntl`: descriptors' flags and locks, and controls of devices.

use crate::constants::Numbers;

/// Names and values, as Linux has them.
#[rustfmt::skip]
static NUMBERS: &Numbers = &[
    ("DN_ACCESS", 1), ("DN_ATTRIB", 32), ("DN_CREATE", 4), ("DN_DELETE", 8), ("DN_MODIFY", 2),
    ("DN_MULTISHOT", 2_147_483_648), ("DN_RENAME", 16), ("FASYNC", 8192), ("FD_CLOEXEC", 1),
    ("FICLONE", 1_074_041_865), ("FICLONERANGE", 1_075_876_877), ("F_ADD_SEALS", 1033), ("F_DUPFD", 0),
    ("F_DUPFD_CLOEXEC", 1030), ("F_DUPFD_QUERY", 1027), ("F_EXLCK", 4), ("F_GETFD", 1), ("F_GETFL", 3),
    ("F_GETLEASE", 1025), ("F_GETLK", 5), ("F_GETLK64", 5), ("F_GETOWN", 9), ("F_GETOWN_EX", 16),
    ("F_GETPIPE_SZ", 1032), ("F_GETSIG", 11), ("F_GET_FILE_RW_HINT", 1037), ("F_GET_RW_HINT", 1035),
    ("F_GET_SEALS", 1034), ("F_NOTIFY", 1026), ("F_OFD_GETLK", 36), ("F_OFD_SETLK", 37), ("F_OFD_SETLKW", 38),
    ("F_OWNER_PGRP", 2), ("F_OWNER_PID", 1), ("F_OWNER_TID", 0), ("F_RDLCK", 0), ("F_SEAL_FUTURE_WRITE", 16),
    ("F_SEAL_GROW", 4), ("F_SEAL_SEAL", 1), ("F_SEAL_SHRINK", 2), ("F_SEAL_WRITE", 8), ("F_SETFD", 2),
    ("F_SETFL", 4), ("F_SETLEASE", 1024), ("F_SETLK", 6), ("F_SETLK64", 6), ("F_SETLKW", 7), ("F_SETLKW64", 7),
    ("F_SETOWN", 8), ("F_SETOWN_EX", 15), ("F_SETPIPE_SZ", 1031), ("F_SETSIG", 10), ("F_SET_FILE_RW_HINT", 1038),
    ("F_SET_RW_HINT", 1036), ("F_SHLCK", 8), ("F_UNLCK", 2), ("F_WRLCK", 1), ("LOCK_EX", 2), ("LOCK_MAND", 32),
    ("LOCK_NB", 4), ("LOCK_READ", 64), ("LOCK_RW", 192), ("LOCK_SH", 1), ("LOCK_UN", 8), ("LOCK_WRITE", 128),
    ("RWH_WRITE_LIFE_EXTREME", 5), ("RWH_WRITE_LIFE_LONG", 4), ("RWH_WRITE_LIFE_MEDIUM", 3),
    ("RWH_WRITE_LIFE_NONE", 1), ("RWH_WRITE_LIFE_NOT_SET", 0), ("RWH_WRITE_LIFE_SHORT", 2),];

#[pvm_macros::pymodule(name = "fcntl")]
pub mod native {
    //! This module performs file control and I/O control on file descriptors.
    //! It is an interface to the fcntl() and ioctl() Unix routines.
    //! File descriptors can be obtained with the fileno() method of a file or socket object.

    use pvm_interpreter::audit;
    use pvm_macros::pyfunction;
    use pvm_object::buffer::{BufferView, flags};
    use pvm_object::str::Str;
    use pvm_object::{PyResult, Value, Vm};

    use crate::io::fileio::offset;
    use crate::parameters::{Descriptor, c_int, unsigned_long_mask, unsigned_mask};
    use crate::system::{self, RawBytes};

    /// The longest buffer that is copied for a call.
    const LONGEST: usize = 1024;

    /// What a call is given.
    enum Operand {
        Number(i32),
        /// The bytes of a string, or of a buffer that is not written to.
        Bytes(Vec<u8>),
        /// A buffer that the call changes.
        Buffer(BufferView),
    }

    /// The operand in an argument. `mutate` says whether buffers that can be written to are.
    fn operand(vm: &mut Vm, value: Option<&Value>, function: &str, mutate: bool) -> PyResult<Operand> {
        let Some(value) = value else {
            return Ok(Operand::Number(0));
        };
        if value.as_int().is_some() || value.ty().slots().index().is_some() {
            return match function {
                "fcntl" => Ok(Operand::Number(unsigned_mask(value, vm)? as i32)),
                _ => match c_int(value, vm) {
                    Ok(number) => Ok(Operand::Number(number)),
                    // A mask with the highest bit set is an int without a sign.
                    Err(raised) => match u32::try_from(value.as_small_int().unwrap_or(-1)) {
                        Ok(mask) => {
                            drop(vm.catch(raised));
                            Ok(Operand::Number(mask as i32))
                        }
                        Err(_) => Err(raised),
                    },
                },
            };
        }
        if let Some(text) = value.downcast::<Str>() {
            return Ok(Operand::Bytes(vm.encode(text, Some("utf-8"), None)?.as_slice().to_vec()));
        }
        if value.ty().slots().buffer().is_none() {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!(
                "{function}() argument 3 must be an integer, a bytes-like object, or a string, not {kind}"
            )));
        }
        if mutate {
            match vm.buffer(value, flags::WRITABLE) {
                Ok(view) => return Ok(Operand::Buffer(view)),
                Err(raised) => drop(vm.catch(raised)),
            }
        }
        Ok(Operand::Bytes(vm.bytes_like(value)?.gather(vm)))
    }

    fn check_length(vm: &mut Vm, len: usize, function: &str) -> PyResult<()> {
        match len {
            0..=LONGEST => Ok(()),
            _ => Err(vm.value_error(format_args!("{function} argument 3 is too long"))),
        }
    }

    /// fcntl(fd, cmd, arg=0, /)
    /// --
    ///
    /// Perform the operation cmd on file descriptor fd.
    ///
    /// The values used for cmd are operating system dependent, and are
    /// available as constants in the fcntl module, using the same names as used
    /// in the relevant C header files.  The argument arg is optional, and
    /// defaults to 0; it may be an integer, a bytes-like object or a string.
    /// If arg is given as a string, it will be encoded to binary using the
    /// UTF-8 encoding.
    ///
    /// If the arg given is an integer or if none is specified, the result value
    /// is an integer corresponding to the return value of the fcntl() call in
    /// the C code.
    ///
    /// If arg is given as a bytes-like object, the return value of fcntl() is a
    /// bytes object of that length, containing the resulting value put in the
    /// arg buffer by the operating system.  The length of the arg buffer is not
    /// allowed to exceed 1024 bytes.
    #[pyfunction]
    fn fcntl(vm: &mut Vm, fd: Descriptor, cmd: i32, #[default(None)] arg: Option<&Value>) -> PyResult {
        let shown = arg.cloned().unwrap_or_else(Value::none);
        audit::event(vm, "fcntl.fcntl", &[Value::from_i32(fd.0), Value::from_i32(cmd), shown])?;
        match operand(vm, arg, "fcntl", false)? {
            Operand::Number(number) => system::call(vm, || system::control_descriptor(fd.0, cmd, number)).map(Value::from_i32),
            Operand::Bytes(mut bytes) => {
                let len = bytes.len();
                check_length(vm, len, "fcntl")?;
                bytes.resize(LONGEST + 1, 0);
                system::call(vm, || system::control_descriptor_with(fd.0, cmd, &mut bytes))?;
                Ok(vm.new_bytes(&bytes[..len])?.into())
            }
            Operand::Buffer(_) => unreachable!("buffers are not changed here"),
        }
    }

    /// ioctl(fd, request, arg=0, mutate_flag=True, /)
    /// --
    ///
    /// Perform the operation request on file descriptor fd.
    ///
    /// The values used for request are operating system dependent, and are
    /// available as constants in the fcntl or termios library modules, using
    /// the same names as used in the relevant C header files.
    ///
    /// The argument arg is optional, and defaults to 0; it may be an integer, a
    /// bytes-like object or a string.  If arg is given as a string, it will be
    /// encoded to binary using the UTF-8 encoding.
    ///
    /// If the arg given is an integer or if none is specified, the result value
    /// is an integer corresponding to the return value of the ioctl() call in
    /// the C code.
    ///
    /// If the argument is a mutable buffer (such as a bytearray) and the
    /// mutate_flag argument is true (default) then the buffer is (in effect)
    /// passed to the operating system and changes made by the OS will be
    /// reflected in the contents of the buffer after the call has returned.
    /// The return value is the integer returned by the ioctl() system call.
    ///
    /// If the argument is a mutable buffer and the mutable_flag argument is
    /// false, the behavior is as if an immutable buffer had been passed.
    ///
    /// If the argument is an immutable buffer then a copy of the buffer is
    /// passed to the operating system and the return value is a bytes object of
    /// the same length containing whatever the operating system put in the
    /// buffer.  The length of the arg buffer in this case is not allowed to
    /// exceed 1024 bytes.
    #[pyfunction]
    fn ioctl(
        vm: &mut Vm,
        fd: Descriptor,
        request: &Value,
        #[default(None)] arg: Option<&Value>,
        #[default(true)] mutate_flag: bool,
    ) -> PyResult {
        let shown = arg.cloned().unwrap_or_else(Value::none);
        audit::event(vm, "fcntl.ioctl", &[Value::from_i32(fd.0), request.clone(), shown])?;
        let request = unsigned_long_mask(request, vm)?;
        match operand(vm, arg, "ioctl", mutate_flag)? {
            Operand::Number(number) => {
                let result = vm.detach(|| system::control_device(fd.0, request, number));
                system::raise(vm, result).map(Value::from_i32)
            }
            Operand::Bytes(mut bytes) => {
                let len = bytes.len();
                check_length(vm, len, "ioctl")?;
                bytes.resize(LONGEST + 1, 0);
                let result = vm.detach(|| system::control_device_with(fd.0, request, &mut bytes));
                system::raise(vm, result)?;
                Ok(vm.new_bytes(&bytes[..len])?.into())
            }
            Operand::Buffer(view) if view.len() <= LONGEST => {
                let mut bytes = view.gather(vm);
                let len = bytes.len();
                bytes.resize(LONGEST + 1, 0);
                let result = vm.detach(|| system::control_device_with(fd.0, request, &mut bytes));
                if let Some(target) = view.as_mut_slice(vm) {
                    target.copy_from_slice(&bytes[..len]);
                }
                system::raise(vm, result).map(Value::from_i32)
            }
            Operand::Buffer(view) => {
                let bytes = RawBytes::of(&view);
                let result = vm.detach(move || bytes.control_device(fd.0, request));
                system::raise(vm, result).map(Value::from_i32)
            }
        }
    }

    /// flock(fd, operation, /)
    /// --
    ///
    /// Perform the lock operation on file descriptor fd.
    ///
    /// See the Unix manual page for flock(2) for details (On some systems, this
    /// function is emulated using fcntl()).
    #[pyfunction]
    fn flock(vm: &mut Vm, fd: Descriptor, operation: i32) -> PyResult<()> {
        audit::event(vm, "fcntl.flock", &[Value::from_i32(fd.0), Value::from_i32(operation)])?;
        system::call(vm, || system::lock_whole_file(fd.0, operation)).map(drop)
    }

    /// lockf(fd, cmd, len=0, start=0, whence=0, /)
    /// --
    ///
    /// A wrapper around the fcntl() locking calls.
    ///
    /// fd is the file descriptor of the file to lock or unlock, and operation
    /// is one of the following values:
    ///
    ///     LOCK_UN - unlock
    ///     LOCK_SH - acquire a shared lock
    ///     LOCK_EX - acquire an exclusive lock
    ///
    /// When operation is LOCK_SH or LOCK_EX, it can also be bitwise ORed with
    /// LOCK_NB to avoid blocking on lock acquisition.  If LOCK_NB is used and
    /// the lock cannot be acquired, an OSError will be raised and the exception
    /// will have an errno attribute set to EACCES or EAGAIN (depending on the
    /// operating system -- for portability, check for either value).
    ///
    /// len is the number of bytes to lock, with the default meaning to lock to
    /// EOF.  start is the byte offset, relative to whence, to that the lock
    /// starts.  whence is as with fileobj.seek(), specifically:
    ///
    ///     0 - relative to the start of the file (SEEK_SET)
    ///     1 - relative to the current buffer position (SEEK_CUR)
    ///     2 - relative to the end of the file (SEEK_END)
    #[pyfunction]
    fn lockf(
        vm: &mut Vm,
        fd: Descriptor,
        cmd: i32,
        #[default(None)] len: Option<&Value>,
        #[default(None)] start: Option<&Value>,
        #[default(0)] whence: i32,
    ) -> PyResult<()> {
        let zero = Value::from_i32(0);
        let (len, start) = (len.unwrap_or(&zero), start.unwrap_or(&zero));
        let event = [Value::from_i32(fd.0), Value::from_i32(cmd), len.clone(), start.clone(), Value::from_i32(whence)];
        audit::event(vm, "fcntl.lockf", &event)?;
        let kind = match cmd {
            libc::LOCK_UN => libc::F_UNLCK,
            _ if cmd & libc::LOCK_SH != 0 => libc::F_RDLCK,
            _ if cmd & libc::LOCK_EX != 0 => libc::F_WRLCK,
            _ => return Err(vm.value_error(format_args!("unrecognized lockf argument"))),
        };
        let (start, len) = (offset(start, vm)?, offset(len, vm)?);
        let wait = cmd & libc::LOCK_NB == 0;
        system::call(vm, || system::lock_part(fd.0, wait, kind, start, len, whence))
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::NUMBERS)
    }
}

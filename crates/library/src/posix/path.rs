//! Parameters of this module: paths, which some functions also take as descriptors, and directories that paths are
//! relative to.

use std::ffi::{CStr, CString};

use pvm_object::arguments::Argument;
use pvm_object::bytes::Bytes;
use pvm_object::convert::FromArg;
use pvm_object::native::Effects;
use pvm_object::str::Str;
use pvm_object::{PyResult, Raised, Ref, Value, ValueRef, Vm};

use crate::parameters::c_int;
use crate::paths;
use crate::system::{self, Errno, SysResult};

/// A path (`path_converter` of posixmodule). With `NONE` it may be missing, with `FD` a descriptor's number.
pub struct Path<const NONE: bool, const FD: bool> {
    /// The argument, as errors show it.
    pub object: Value,
    /// The path, where it is one.
    pub path: Option<CString>,
    /// The descriptor, -1 where it is none.
    pub fd: i32,
    /// Whether the path was given as bytes, so that results are bytes.
    pub is_bytes: bool,
}

/// A path.
pub type PathArg = Path<false, false>;
/// A path or a descriptor.
pub type PathOrFd = Path<false, true>;
/// A path, a descriptor, or nothing.
pub type OptionalPathOrFd = Path<true, true>;

impl<const NONE: bool, const FD: bool> Path<NONE, FD> {
    /// Nothing.
    pub fn none() -> Self {
        Path { object: Value::none(), path: None, fd: -1, is_bytes: false }
    }

    /// Whether a descriptor was given.
    pub fn is_fd(&self) -> bool {
        self.fd != -1
    }

    /// The path for a call of the system, which may not take the handle along.
    pub fn file(&self) -> Option<&CStr> {
        self.path.as_deref()
    }

    /// The path's bytes; none for a descriptor.
    pub fn as_bytes(&self) -> &[u8] {
        self.path.as_ref().map_or(&[], |path| path.as_bytes())
    }

    /// A name found by way of the path, of its kind: a string or bytes.
    pub fn name(&self, vm: &mut Vm, name: &[u8]) -> PyResult {
        match self.is_bytes {
            true => Ok(vm.new_bytes(name)?.into()),
            false => Ok(paths::decode_name(vm, name)?.into()),
        }
    }

    /// Makes a call about the path.
    pub fn call<T: Send>(&self, vm: &mut Vm, call: impl FnMut() -> SysResult<T> + Send) -> PyResult<T> {
        system::call_at(vm, &self.object, call)
    }

    /// The error of a call about the path.
    pub fn error(&self, vm: &mut Vm, errno: Errno) -> Raised {
        vm.os_error_at(errno.raw_os_error(), &self.object)
    }

    fn wrong_type(vm: &mut Vm, argument: Argument, value: &Value) -> Raised {
        let (function, parameter) = argument.names();
        let expected = match (NONE, FD) {
            (true, true) => "string, bytes, os.PathLike, integer or None",
            (false, true) => "string, bytes, os.PathLike or integer",
            (true, false) => "string, bytes, os.PathLike or None",
            (false, false) => "string, bytes or os.PathLike",
        };
        let kind = vm.type_name(value);
        vm.type_error(format_args!("{function}: {parameter} should be {expected}, not {kind}"))
    }
}

impl<const NONE: bool, const FD: bool> FromArg<'_> for Path<NONE, FD> {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, argument: Argument, vm: &mut Vm) -> PyResult<Self> {
        if value.is_none() && NONE {
            return Ok(Path::none());
        }
        let is_path = value.is_instance_of::<Str>() || value.is_instance_of::<Bytes>();
        if !is_path && FD && (value.as_int().is_some() || value.ty().slots().index().is_some()) {
            let fd = descriptor(vm, &value)?;
            return Ok(Path { object: value.to_owned(), path: None, fd, is_bytes: false });
        }
        let object = match is_path {
            true => value.to_owned(),
            false => match vm.find_special(&value, &pvm_object::names::__fspath__)? {
                Some(method) if !method.is_none() => paths::fspath(vm, &value)?,
                _ => return Err(Self::wrong_type(vm, argument, &value)),
            },
        };
        let (bytes, is_bytes) = match (object.downcast::<Str>(), object.downcast::<Bytes>()) {
            (Some(text), _) => (paths::encode(vm, text)?, false),
            (_, Some(bytes)) => (bytes.as_slice().to_vec(), true),
            _ => return Err(Self::wrong_type(vm, argument, &object)),
        };
        match CString::new(bytes) {
            Ok(path) => Ok(Path { object, path: Some(path), fd: -1, is_bytes }),
            Err(_) => {
                let (function, parameter) = argument.names();
                Err(vm.value_error(format_args!("{function}: embedded null character in {parameter}")))
            }
        }
    }
}

/// A descriptor's number; too large and too small ones have their own messages (`_fd_converter`).
fn descriptor(vm: &mut Vm, value: &Value) -> PyResult<i32> {
    if value.is_true() || value.is_false() {
        vm.warn(&pvm_object::exceptions::RUNTIME_WARNING, "bool is used as a file descriptor", 1)?;
    }
    let index = vm.index(value)?;
    match c_int(&index, vm) {
        Ok(fd) => Ok(fd),
        Err(raised) => {
            drop(vm.catch(raised));
            let negative = vm.compare(&index, &Value::from_i32(0), pvm_object::ops::compare::CompareOp::Lt)?;
            let bound = if negative { "less than minimum" } else { "greater than maximum" };
            Err(vm.overflow_error(format_args!("fd is {bound}")))
        }
    }
}

/// A path that must be there: -1 for a descriptor counts as a bad address.
pub fn given(path: Option<&CStr>) -> SysResult<&CStr> {
    path.ok_or(Errno::FAULT)
}

/// The descriptor of a directory that a path is relative to; the working directory without one.
#[derive(Clone, Copy)]
pub struct Directory(pub i32);

impl Directory {
    /// The working directory.
    pub const CURRENT: Directory = Directory(libc::AT_FDCWD);

    /// Whether one was given.
    pub fn is_given(self) -> bool {
        self.0 != libc::AT_FDCWD
    }

    /// For a call of the system.
    pub fn fd(self) -> SysResult<std::os::fd::BorrowedFd<'static>> {
        system::borrow(self.0)
    }
}

impl FromArg<'_> for Directory {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Directory> {
        if value.is_none() {
            return Ok(Directory::CURRENT);
        }
        if value.as_int().is_none() && value.ty().slots().index().is_none() {
            let kind = vm.type_name(&value);
            return Err(vm.type_error(format_args!("argument should be integer or None, not {kind}")));
        }
        descriptor(vm, &value).map(Directory)
    }
}

/// The checks of functions that take a descriptor in the place of a path: what else must not be given then.
pub fn check_with_fd(vm: &mut Vm, function: &str, is_fd: bool, directory: Directory, follow_symlinks: bool) -> PyResult<()> {
    if !is_fd {
        return Ok(());
    }
    if directory.is_given() {
        return Err(vm.value_error(format_args!("{function}: can't specify dir_fd without matching path")));
    }
    if !follow_symlinks {
        return Err(vm.value_error(format_args!("{function}: cannot use fd and follow_symlinks together")));
    }
    Ok(())
}

/// A string in the encoding of file names, without null characters (`PyUnicode_FSConverter`).
pub struct FsString(pub CString);

impl FsString {
    /// The string of a value.
    pub fn of(vm: &mut Vm, value: &Value) -> PyResult<FsString> {
        let bytes = paths::fs_path(vm, value)?;
        Ok(FsString(CString::new(bytes).unwrap_or_default()))
    }
}

impl FromArg<'_> for FsString {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<FsString> {
        FsString::of(vm, &value)
    }
}

/// A string of the system: a file name, a user's name.
pub fn system_text(vm: &mut Vm, text: &CStr) -> PyResult<Ref<Str>> {
    paths::decode_name(vm, text.to_bytes())
}

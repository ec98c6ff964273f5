//! Extended attributes of files.

use std::ffi::CString;

use pvm_macros::pyfunction;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::list::List;
use pvm_object::{PyResult, Ref, Value, Vm};
use rustix::fs::XattrFlags;

use super::audit::audit;
use super::path::{Directory, OptionalPathOrFd, Path, PathArg, PathOrFd, check_with_fd};
use crate::paths;
use crate::system::{self, Errno, SysResult};

/// Where an attribute is: on the file of a path, on a link itself, or on the file of a descriptor.
#[derive(Clone)]
struct Place {
    path: Option<CString>,
    fd: i32,
    follow: bool,
}

impl Place {
    fn of<const NONE: bool>(vm: &mut Vm, function: &str, path: &Path<NONE, true>, follow: bool) -> PyResult<Place> {
        check_with_fd(vm, function, path.is_fd(), Directory::CURRENT, follow)?;
        let name = match path.is_fd() {
            true => None,
            false => Some(path.path.clone().unwrap_or_else(|| c".".to_owned())),
        };
        Ok(Place { path: name, fd: path.fd, follow })
    }

    fn get(&self, name: &CString, value: &mut [u8]) -> SysResult<usize> {
        match &self.path {
            None => rustix::fs::fgetxattr(system::borrow(self.fd)?, name, value),
            Some(path) if self.follow => rustix::fs::getxattr(path, name, value),
            Some(path) => rustix::fs::lgetxattr(path, name, value),
        }
    }

    fn set(&self, name: &CString, value: &[u8], flags: XattrFlags) -> SysResult<()> {
        match &self.path {
            None => rustix::fs::fsetxattr(system::borrow(self.fd)?, name, value, flags),
            Some(path) if self.follow => rustix::fs::setxattr(path, name, value, flags),
            Some(path) => rustix::fs::lsetxattr(path, name, value, flags),
        }
    }

    fn remove(&self, name: &CString) -> SysResult<()> {
        match &self.path {
            None => rustix::fs::fremovexattr(system::borrow(self.fd)?, name),
            Some(path) if self.follow => rustix::fs::removexattr(path, name),
            Some(path) => rustix::fs::lremovexattr(path, name),
        }
    }

    fn list(&self, names: &mut [u8]) -> SysResult<usize> {
        match &self.path {
            None => rustix::fs::flistxattr(system::borrow(self.fd)?, names),
            Some(path) if self.follow => rustix::fs::listxattr(path, names),
            Some(path) => rustix::fs::llistxattr(path, names),
        }
    }
}

/// Room for a call that says `ERANGE` where there is too little.
fn growing(mut call: impl FnMut(&mut [u8]) -> SysResult<usize>) -> SysResult<Vec<u8>> {
    for size in [256, 65536] {
        let mut room = vec![0; size];
        match call(&mut room) {
            Ok(len) => {
                room.truncate(len);
                return Ok(room);
            }
            Err(Errno::RANGE) => {}
            Err(errno) => return Err(errno),
        }
    }
    Err(Errno::RANGE)
}

fn name_of(attribute: &PathArg) -> CString {
    attribute.path.clone().unwrap_or_default()
}

/// Return the value of an extended attribute.
#[pyfunction(module = "posix")]
#[signature = "(path, attribute, *, follow_symlinks=True)"]
pub fn getxattr(vm: &mut Vm, path: PathOrFd, attribute: PathArg, follow_symlinks: bool) -> PyResult<Ref<Bytes>> {
    let place = Place::of(vm, "getxattr", &path, follow_symlinks)?;
    audit!(vm, "os.getxattr", path, attribute);
    let name = name_of(&attribute);
    let value = path.call(vm, || growing(|room| place.get(&name, room)))?;
    Ok(vm.new_bytes(&value)?)
}

/// Set an extended attribute; flags are XATTR_CREATE and XATTR_REPLACE.
#[pyfunction(module = "posix")]
#[signature = "(path, attribute, value, flags=0, *, follow_symlinks=True)"]
#[text_signature = "($module, /, path, attribute, value, flags=0, *,\n         follow_symlinks=True)"]
pub fn setxattr(
    vm: &mut Vm,
    path: PathOrFd,
    attribute: PathArg,
    value: BufferView,
    flags: i32,
    follow_symlinks: bool,
) -> PyResult<()> {
    let place = Place::of(vm, "setxattr", &path, follow_symlinks)?;
    audit!(vm, "os.setxattr", path, attribute, value, flags);
    let name = name_of(&attribute);
    let value = value.as_slice(vm).to_vec();
    path.call(vm, || place.set(&name, &value, XattrFlags::from_bits_retain(flags as u32)))
}

/// Remove an extended attribute.
#[pyfunction(module = "posix")]
#[signature = "(path, attribute, *, follow_symlinks=True)"]
pub fn removexattr(vm: &mut Vm, path: PathOrFd, attribute: PathArg, follow_symlinks: bool) -> PyResult<()> {
    let place = Place::of(vm, "removexattr", &path, follow_symlinks)?;
    audit!(vm, "os.removexattr", path, attribute);
    let name = name_of(&attribute);
    path.call(vm, || place.remove(&name))
}

/// Return the names of the extended attributes of a file.
#[pyfunction(module = "posix")]
#[signature = "(path=None, *, follow_symlinks=True)"]
pub fn listxattr(
    vm: &mut Vm,
    #[default(OptionalPathOrFd::none())] path: OptionalPathOrFd,
    follow_symlinks: bool,
) -> PyResult<Ref<List>> {
    let place = Place::of(vm, "listxattr", &path, follow_symlinks)?;
    audit!(vm, "os.listxattr", path);
    let names = path.call(vm, || growing(|room| place.list(room)))?;
    let mut list: Vec<Value> = Vec::new();
    for name in names.split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
        list.push(paths::decode_name(vm, name)?.into());
    }
    Ok(vm.try_list(list)?)
}

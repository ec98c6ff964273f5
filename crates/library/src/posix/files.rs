//! Names of files: links, renaming, directories, removing.

use pvm_macros::pyfunction;
use pvm_object::{PyResult, Value, Vm};
use rustix::fs::{AtFlags, FileType, Mode};

use super::audit::audit;
use super::path::{Directory, PathArg, given};
use crate::system::{self, SysResult};

/// Makes a call about two files.
fn between(vm: &mut Vm, src: &PathArg, dst: &PathArg, call: impl FnMut() -> SysResult<()> + Send) -> PyResult<()> {
    system::blocking(vm, call)?.map_err(|errno| vm.os_error_between(errno.raw_os_error(), &src.object, &dst.object))
}

/// Give a file another name.
#[pyfunction(module = "posix")]
#[signature = "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)"]
#[text_signature = "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=(os.name != 'nt'))"]
pub fn link(
    vm: &mut Vm,
    src: PathArg,
    dst: PathArg,
    #[default(Directory::CURRENT)] src_dir_fd: Directory,
    #[default(Directory::CURRENT)] dst_dir_fd: Directory,
    follow_symlinks: bool,
) -> PyResult<()> {
    audit!(vm, "os.link", src, dst, src_dir_fd, dst_dir_fd);
    let flags = if follow_symlinks { AtFlags::SYMLINK_FOLLOW } else { AtFlags::empty() };
    let (from, to) = (src.file(), dst.file());
    between(vm, &src, &dst, || rustix::fs::linkat(src_dir_fd.fd()?, given(from)?, dst_dir_fd.fd()?, given(to)?, flags))
}

/// Make a symbolic link to `src` with the name `dst`.
#[pyfunction(module = "posix")]
#[signature = "(src, dst, target_is_directory=False, *, dir_fd=None)"]
pub fn symlink(
    vm: &mut Vm,
    src: PathArg,
    dst: PathArg,
    target_is_directory: bool,
    #[default(Directory::CURRENT)] dir_fd: Directory,
) -> PyResult<()> {
    audit!(vm, "os.symlink", src, dst, dir_fd);
    let _ = target_is_directory;
    let (from, to) = (src.file(), dst.file());
    between(vm, &src, &dst, || rustix::fs::symlinkat(given(from)?, dir_fd.fd()?, given(to)?))
}

fn rename_file(vm: &mut Vm, src: &PathArg, dst: &PathArg, src_dir_fd: Directory, dst_dir_fd: Directory) -> PyResult<()> {
    audit!(vm, "os.rename", *src, *dst, src_dir_fd, dst_dir_fd);
    let (from, to) = (src.file(), dst.file());
    between(vm, src, dst, || rustix::fs::renameat(src_dir_fd.fd()?, given(from)?, dst_dir_fd.fd()?, given(to)?))
}

/// Rename a file or directory.
#[pyfunction(module = "posix")]
#[signature = "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)"]
pub fn rename(
    vm: &mut Vm,
    src: PathArg,
    dst: PathArg,
    #[default(Directory::CURRENT)] src_dir_fd: Directory,
    #[default(Directory::CURRENT)] dst_dir_fd: Directory,
) -> PyResult<()> {
    rename_file(vm, &src, &dst, src_dir_fd, dst_dir_fd)
}

/// Rename a file or directory, in the place of one that has the name.
#[pyfunction(module = "posix")]
#[signature = "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)"]
pub fn replace(
    vm: &mut Vm,
    src: PathArg,
    dst: PathArg,
    #[default(Directory::CURRENT)] src_dir_fd: Directory,
    #[default(Directory::CURRENT)] dst_dir_fd: Directory,
) -> PyResult<()> {
    rename_file(vm, &src, &dst, src_dir_fd, dst_dir_fd)
}

/// Return the path that a symbolic link has.
#[pyfunction(module = "posix")]
#[signature = "(path, *, dir_fd=None)"]
pub fn readlink(vm: &mut Vm, path: PathArg, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult {
    let file = path.file();
    let target = path.call(vm, || rustix::fs::readlinkat(dir_fd.fd()?, given(file)?, Vec::new()))?;
    path.name(vm, target.as_bytes())
}

/// Make a directory. The mode is reduced by the umask.
#[pyfunction(module = "posix")]
#[signature = "(path, mode=511, *, dir_fd=None)"]
pub fn mkdir(vm: &mut Vm, path: PathArg, mode: i32, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult<()> {
    audit!(vm, "os.mkdir", path, mode, dir_fd);
    let file = path.file();
    path.call(vm, || rustix::fs::mkdirat(dir_fd.fd()?, given(file)?, Mode::from_raw_mode(mode as u32)))
}

/// Remove a directory, which must be empty.
#[pyfunction(module = "posix")]
#[signature = "(path, *, dir_fd=None)"]
pub fn rmdir(vm: &mut Vm, path: PathArg, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult<()> {
    audit!(vm, "os.rmdir", path, dir_fd);
    let file = path.file();
    path.call(vm, || rustix::fs::unlinkat(dir_fd.fd()?, given(file)?, AtFlags::REMOVEDIR))
}

fn remove_file(vm: &mut Vm, path: &PathArg, dir_fd: Directory) -> PyResult<()> {
    audit!(vm, "os.remove", *path, dir_fd);
    let file = path.file();
    path.call(vm, || rustix::fs::unlinkat(dir_fd.fd()?, given(file)?, AtFlags::empty()))
}

/// Remove a file.
#[pyfunction(module = "posix")]
#[signature = "(path, *, dir_fd=None)"]
pub fn unlink(vm: &mut Vm, path: PathArg, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult<()> {
    remove_file(vm, &path, dir_fd)
}

/// Remove a file.
#[pyfunction(module = "posix")]
#[signature = "(path, *, dir_fd=None)"]
pub fn remove(vm: &mut Vm, path: PathArg, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult<()> {
    remove_file(vm, &path, dir_fd)
}

/// Make a named pipe.
#[pyfunction(module = "posix")]
#[signature = "(path, mode=438, *, dir_fd=None)"]
pub fn mkfifo(vm: &mut Vm, path: PathArg, mode: i32, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult<()> {
    let file = path.file();
    system::call(vm, || rustix::fs::mknodat(dir_fd.fd()?, given(file)?, FileType::Fifo, Mode::from_raw_mode(mode as u32), 0))
}

/// Make a file: a regular one, a named pipe or a device. The mode holds the kind and the permissions.
#[pyfunction(module = "posix")]
#[signature = "(path, mode=384, device=0, *, dir_fd=None)"]
pub fn mknod(
    vm: &mut Vm,
    path: PathArg,
    mode: i32,
    device: i64,
    #[default(Directory::CURRENT)] dir_fd: Directory,
) -> PyResult<()> {
    let file = path.file();
    let raw = mode as u32;
    let kind = match raw & libc::S_IFMT {
        0 => FileType::RegularFile,
        _ => FileType::from_raw_mode(raw),
    };
    system::call(vm, || rustix::fs::mknodat(dir_fd.fd()?, given(file)?, kind, Mode::from_raw_mode(raw), device as u64))
}

/// The working directory.
fn current(vm: &mut Vm) -> PyResult<Vec<u8>> {
    let path = system::call(vm, || rustix::process::getcwd(Vec::new()))?;
    Ok(path.into_bytes())
}

/// Return the working directory as a string.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getcwd(vm: &mut Vm) -> PyResult {
    let path = current(vm)?;
    Ok(crate::paths::decode_name(vm, &path)?.into())
}

/// Return the working directory as bytes.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn getcwdb(vm: &mut Vm) -> PyResult<Value> {
    let path = current(vm)?;
    Ok(vm.new_bytes(&path)?.into())
}

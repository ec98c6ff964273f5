//! What is known of a file: `stat`, `statvfs`, `access`, and changing its mode, owner and times.

use std::ffi::CStr;

use pvm_macros::pyfunction;
use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Ref, Value, Vm, struct_sequence};
use rustix::fs::{Access, AtFlags, Mode, Stat, StatVfs, Timespec, Timestamps};

use super::audit::audit;
use super::path::{Directory, PathArg, PathOrFd, check_with_fd, given};
use crate::frozen::files;
use crate::parameters::Descriptor;
use crate::system::{self, Errno, SysResult};

struct_sequence! {
    /// stat_result: what is known of a file
    ///
    /// A tuple of mode, inode, device, number of links, user, group, size and the times of access, modification
    /// and change in whole seconds. The attributes of the times have fractions.
    pub STAT_RESULT = "stat_result" in "os", visible: 10, complete: |items| {
        // The times with fractions are the whole ones where they are not given.
        for time in 7..10 {
            if items[time + 3].as_ref().is_none_or(Value::is_none) {
                items[time + 3] = items[time].clone();
            }
        }
    }, {
        st_mode: Some("protection bits"),
        st_ino: Some("inode"),
        st_dev: Some("device"),
        st_nlink: Some("number of hard links"),
        st_uid: Some("user ID of owner"),
        st_gid: Some("group ID of owner"),
        st_size: Some("total size, in bytes"),
        _: None,
        _: None,
        _: None,
        st_atime: Some("time of last access"),
        st_mtime: Some("time of last modification"),
        st_ctime: Some("time of last change"),
        st_atime_ns: Some("time of last access in nanoseconds"),
        st_mtime_ns: Some("time of last modification in nanoseconds"),
        st_ctime_ns: Some("time of last change in nanoseconds"),
        st_blksize: Some("blocksize for filesystem I/O"),
        st_blocks: Some("number of blocks allocated"),
        st_rdev: Some("device type (if inode device)"),
    }
}

struct_sequence! {
    /// statvfs_result: what is known of a file system
    ///
    /// A tuple of block and fragment size, numbers of blocks, free and available ones, numbers of inodes, free and
    /// available ones, flags, and the longest name.
    pub STATVFS_RESULT = "statvfs_result" in "os", visible: 10, {
        f_bsize: None,
        f_frsize: None,
        f_blocks: None,
        f_bfree: None,
        f_bavail: None,
        f_files: None,
        f_ffree: None,
        f_favail: None,
        f_flag: None,
        f_namemax: None,
        f_fsid: None,
    }
}

const BILLION: i64 = 1_000_000_000;

/// The struct sequence of what the system knows of a file.
pub fn stat_result(vm: &mut Vm, stat: &Stat) -> PyResult<Ref<Tuple>> {
    let times = [
        (stat.st_atime, stat.st_atime_nsec as i64),
        (stat.st_mtime, stat.st_mtime_nsec as i64),
        (stat.st_ctime, stat.st_ctime_nsec as i64),
    ];
    let mut items = vec![
        vm.int(stat.st_mode.into()),
        unsigned(vm, stat.st_ino),
        unsigned(vm, stat.st_dev),
        unsigned(vm, stat.st_nlink),
        vm.int(stat.st_uid.into()),
        vm.int(stat.st_gid.into()),
        vm.int(stat.st_size),
    ];
    for (seconds, _) in times {
        let seconds = vm.int(seconds);
        items.push(seconds);
    }
    for (seconds, nanoseconds) in times {
        let time = seconds as f64 + 1e-9 * nanoseconds as f64;
        let time = vm.float(time);
        items.push(time);
    }
    for (seconds, nanoseconds) in times {
        let time = i128::from(seconds) * i128::from(BILLION) + i128::from(nanoseconds);
        let time = vm.big_int(time.into());
        items.push(time);
    }
    items.push(vm.int(stat.st_blksize));
    items.push(vm.int(stat.st_blocks));
    let device = unsigned(vm, stat.st_rdev);
    items.push(device);
    STAT_RESULT.make(vm, items)
}

fn unsigned(vm: &mut Vm, number: u64) -> Value {
    match i64::try_from(number) {
        Ok(number) => vm.int(number),
        Err(_) => vm.big_int(number.into()),
    }
}

fn at_flags(follow_symlinks: bool) -> AtFlags {
    if follow_symlinks { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW }
}

/// Looks a path up, in the library's folder too.
fn stat_file(directory: Directory, path: &CStr, flags: AtFlags) -> SysResult<Stat> {
    match files::stat(path) {
        Some(found) => found,
        None => rustix::fs::statat(directory.fd()?, path, flags),
    }
}

fn do_stat(vm: &mut Vm, function: &str, path: &PathOrFd, directory: Directory, follow_symlinks: bool) -> PyResult<Ref<Tuple>> {
    check_with_fd(vm, function, path.is_fd(), directory, follow_symlinks)?;
    let (fd, name) = (path.fd, path.file());
    let stat = path.call(vm, || match name {
        Some(name) => stat_file(directory, name, at_flags(follow_symlinks)),
        None if fd == -1 => Err(system::Errno::FAULT),
        None => rustix::fs::fstat(system::borrow(fd)?),
    })?;
    stat_result(vm, &stat)
}

/// Look a file up, by its path or descriptor.
///
/// A path may be relative to the directory of a descriptor. Without `follow_symlinks` a link itself is looked up.
#[pyfunction(module = "posix")]
#[signature = "(path, *, dir_fd=None, follow_symlinks=True)"]
pub fn stat(
    vm: &mut Vm,
    path: PathOrFd,
    #[default(Directory::CURRENT)] dir_fd: Directory,
    follow_symlinks: bool,
) -> PyResult<Ref<Tuple>> {
    do_stat(vm, "stat", &path, dir_fd, follow_symlinks)
}

/// Look a file up, a link itself.
#[pyfunction(module = "posix")]
#[signature = "(path, *, dir_fd=None)"]
pub fn lstat(vm: &mut Vm, path: PathArg, #[default(Directory::CURRENT)] dir_fd: Directory) -> PyResult<Ref<Tuple>> {
    let file = path.file();
    let stat = path.call(vm, || stat_file(dir_fd, given(file)?, AtFlags::SYMLINK_NOFOLLOW))?;
    stat_result(vm, &stat)
}

/// Look the file of a descriptor up.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn fstat(vm: &mut Vm, fd: i32) -> PyResult<Ref<Tuple>> {
    let stat = system::call(vm, || rustix::fs::fstat(system::borrow(fd)?))?;
    stat_result(vm, &stat)
}

fn statvfs_result(vm: &mut Vm, stat: &StatVfs) -> PyResult<Ref<Tuple>> {
    let fields = [
        stat.f_bsize,
        stat.f_frsize,
        stat.f_blocks,
        stat.f_bfree,
        stat.f_bavail,
        stat.f_files,
        stat.f_ffree,
        stat.f_favail,
        stat.f_flag.bits(),
        stat.f_namemax,
        stat.f_fsid,
    ];
    let items = fields.into_iter().map(|field| unsigned(vm, field)).collect();
    STATVFS_RESULT.make(vm, items)
}

/// Look the file system of a path or descriptor up.
#[pyfunction(module = "posix")]
#[signature = "(path)"]
pub fn statvfs(vm: &mut Vm, path: PathOrFd) -> PyResult<Ref<Tuple>> {
    let (fd, name) = (path.fd, path.file());
    let stat = path.call(vm, || match name {
        Some(name) => rustix::fs::statvfs(name),
        None => rustix::fs::fstatvfs(system::borrow(fd)?),
    })?;
    statvfs_result(vm, &stat)
}

/// Look the file system of a descriptor up.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn fstatvfs(vm: &mut Vm, fd: i32) -> PyResult<Ref<Tuple>> {
    let stat = system::call(vm, || rustix::fs::fstatvfs(system::borrow(fd)?))?;
    statvfs_result(vm, &stat)
}

/// Whether the real user may access a file in the ways of `mode`: F_OK, or R_OK, W_OK and X_OK together.
#[pyfunction(module = "posix")]
#[signature = "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)"]
#[text_signature = "($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       follow_symlinks=True)"]
pub fn access(
    vm: &mut Vm,
    path: PathArg,
    mode: i32,
    #[default(Directory::CURRENT)] dir_fd: Directory,
    effective_ids: bool,
    follow_symlinks: bool,
) -> bool {
    let mut flags = at_flags(follow_symlinks);
    if effective_ids {
        flags |= AtFlags::EACCESS;
    }
    let mode = Access::from_bits_retain(mode as u32);
    let file = path.file();
    let access = || match files::stat(given(file)?) {
        Some(found) => found.and_then(|_| if mode.contains(Access::WRITE_OK) { Err(system::Errno::ROFS) } else { Ok(()) }),
        None => rustix::fs::accessat(dir_fd.fd()?, given(file)?, mode, flags),
    };
    vm.detach(access).is_ok()
}

/// Change the permissions of a file.
#[pyfunction(module = "posix")]
#[signature = "(path, mode, *, dir_fd=None, follow_symlinks=True)"]
#[text_signature = "($module, /, path, mode, *, dir_fd=None,\n      follow_symlinks=(os.name != 'nt'))"]
pub fn chmod(
    vm: &mut Vm,
    path: PathOrFd,
    mode: i32,
    #[default(Directory::CURRENT)] dir_fd: Directory,
    follow_symlinks: bool,
) -> PyResult<()> {
    audit!(vm, "os.chmod", path, mode, dir_fd);
    let mode = Mode::from_raw_mode(mode as u32);
    let (fd, name) = (path.fd, path.file());
    let changed = system::blocking(vm, || match name {
        Some(name) if follow_symlinks => rustix::fs::chmodat(dir_fd.fd()?, name, mode, AtFlags::empty()),
        Some(name) => system::change_mode_of_link(dir_fd.0, name, mode.bits()),
        None => rustix::fs::fchmod(system::borrow(fd)?, mode),
    })?;
    match changed {
        Ok(()) => Ok(()),
        Err(Errno::OPNOTSUPP) if !follow_symlinks && dir_fd.0 != Directory::CURRENT.0 => {
            Err(vm.value_error(format_args!("chmod: cannot use dir_fd and follow_symlinks together")))
        }
        Err(Errno::OPNOTSUPP) if !follow_symlinks => {
            let message = format_args!("chmod: follow_symlinks unavailable on this platform");
            Err(vm.raise_message(&pvm_object::exceptions::NOT_IMPLEMENTED_ERROR, message))
        }
        Err(errno) => Err(path.error(vm, errno)),
    }
}

/// Change the permissions of the file of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, mode)"]
pub fn fchmod(vm: &mut Vm, fd: i32, mode: i32) -> PyResult<()> {
    audit!(vm, "os.chmod", fd, mode, Directory::CURRENT);
    system::call(vm, || rustix::fs::fchmod(system::borrow(fd)?, Mode::from_raw_mode(mode as u32)))
}

/// The number of a user or group; -1, which stands for "as it is", is none.
#[derive(Clone, Copy)]
pub struct Id<const GROUP: bool>(pub u32);

impl<const GROUP: bool> FromArg<'_> for Id<GROUP> {
    const EFFECTS: pvm_object::native::Effects = pvm_object::native::Effects::Anything;

    fn from_arg(value: pvm_object::ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<Id<GROUP>> {
        Id::of(vm, &value)
    }
}

impl<const GROUP: bool> Id<GROUP> {
    /// The number that a value is (`_Py_Uid_Converter`, `_Py_Gid_Converter`).
    pub fn of(vm: &mut Vm, value: &Value) -> PyResult<Id<GROUP>> {
        let name = if GROUP { "gid" } else { "uid" };
        if value.as_int().is_none() && value.ty().slots().index().is_none() {
            let kind = vm.type_name(value);
            return Err(vm.type_error(format_args!("{name} should be integer, not {kind}")));
        }
        let index = vm.index(value)?;
        let number = match index.as_int() {
            Some(pvm_object::int::IntView::Small(number)) => i128::from(number),
            Some(pvm_object::int::IntView::Big(number)) => {
                i128::try_from(number).unwrap_or(if number.sign() == dashu_int::Sign::Negative { i128::MIN } else { i128::MAX })
            }
            None => i128::MAX,
        };
        match number {
            -1 => Ok(Id(u32::MAX)),
            number if number < -1 => Err(vm.overflow_error(format_args!("{name} is less than minimum"))),
            number => match u32::try_from(number) {
                Ok(number) => Ok(Id(number)),
                // As CPython has it, which tries C's `long` first.
                Err(_) if number <= i128::from(i64::MAX) => Err(vm.overflow_error(format_args!("{name} is less than minimum"))),
                Err(_) => Err(vm.overflow_error(format_args!("{name} is greater than maximum"))),
            },
        }
    }
}

/// Change the owner and the group of a file; -1 leaves one as it is.
#[pyfunction(module = "posix")]
#[signature = "(path, uid, gid, *, dir_fd=None, follow_symlinks=True)"]
pub fn chown(
    vm: &mut Vm,
    path: PathOrFd,
    uid: Id<false>,
    gid: Id<true>,
    #[default(Directory::CURRENT)] dir_fd: Directory,
    follow_symlinks: bool,
) -> PyResult<()> {
    check_with_fd(vm, "chown", path.is_fd(), dir_fd, follow_symlinks)?;
    audit!(vm, "os.chown", path, uid, gid, dir_fd);
    let (fd, name) = (path.fd, path.file());
    path.call(vm, || match name {
        Some(name) => system::change_owner(dir_fd.0, name, uid.0, gid.0, at_flags(follow_symlinks).bits()),
        None => system::change_owner_of_fd(fd, uid.0, gid.0),
    })
}

/// Change the owner and the group of a file, or of a link itself.
#[pyfunction(module = "posix")]
#[signature = "(path, uid, gid)"]
pub fn lchown(vm: &mut Vm, path: PathArg, uid: Id<false>, gid: Id<true>) -> PyResult<()> {
    audit!(vm, "os.chown", path, uid, gid, Directory::CURRENT);
    let file = path.file();
    path.call(vm, || system::change_owner(libc::AT_FDCWD, given(file)?, uid.0, gid.0, AtFlags::SYMLINK_NOFOLLOW.bits()))
}

/// Change the owner and the group of the file of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, uid, gid)"]
pub fn fchown(vm: &mut Vm, fd: i32, uid: Id<false>, gid: Id<true>) -> PyResult<()> {
    audit!(vm, "os.chown", fd, uid, gid, Directory::CURRENT);
    system::call(vm, || system::change_owner_of_fd(fd, uid.0, gid.0))
}

/// Two times, of access and of modification.
fn times_of(vm: &mut Vm, value: &Value, message: &str, read: fn(&mut Vm, &Value) -> PyResult<Timespec>) -> PyResult<Timestamps> {
    let Some([accessed, modified]) = value.downcast::<Tuple>().map(|tuple| tuple.as_slice()) else {
        return Err(vm.type_error(format_args!("{message}")));
    };
    Ok(Timestamps { last_access: read(vm, accessed)?, last_modification: read(vm, modified)? })
}

/// A time in seconds, rounded down to nanoseconds (`_PyTime_ObjectToTimespec`).
fn seconds(vm: &mut Vm, value: &Value) -> PyResult<Timespec> {
    if let Some(float) = value.as_float() {
        let whole = float.floor();
        if float.is_nan() {
            return Err(vm.value_error(format_args!("Invalid value NaN (not a number)")));
        }
        if !(-9.3e18..9.3e18).contains(&whole) {
            return Err(vm.overflow_error(format_args!("timestamp out of range for platform time_t")));
        }
        let mut tv_nsec = ((float - whole) * 1e9).floor() as i64;
        let mut tv_sec = whole as i64;
        if tv_nsec >= BILLION {
            tv_nsec -= BILLION;
            tv_sec += 1;
        }
        return Ok(Timespec { tv_sec, tv_nsec });
    }
    if value.as_int().is_none() && value.ty().slots().index().is_none() {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("argument must be int or float, not {kind}")));
    }
    match i64::from_arg(value.borrowed(), Argument::operand(""), vm) {
        Ok(tv_sec) => Ok(Timespec { tv_sec, tv_nsec: 0 }),
        Err(raised) if vm.pending_is(&pvm_object::exceptions::OVERFLOW_ERROR) => {
            drop(vm.catch(raised));
            Err(vm.overflow_error(format_args!("timestamp out of range for platform time_t")))
        }
        Err(raised) => Err(raised),
    }
}

/// A time in nanoseconds.
fn nanoseconds(vm: &mut Vm, value: &Value) -> PyResult<Timespec> {
    let billion = vm.int(BILLION);
    let index = vm.index(value)?;
    let parts = vm.divmod(&index, &billion)?;
    let (seconds, rest) = match parts.downcast::<Tuple>().map(|tuple| tuple.as_slice()) {
        Some([seconds, rest]) => (seconds.clone(), rest.clone()),
        _ => return Err(vm.type_error(format_args!("divmod() should return a tuple"))),
    };
    let tv_sec = i64::from_arg(seconds.borrowed(), Argument::operand(""), vm)?;
    let tv_nsec = i64::from_arg(rest.borrowed(), Argument::operand(""), vm)?;
    Ok(Timespec { tv_sec, tv_nsec })
}

/// Set the times of access and modification of a file, in seconds or (by `ns`) in nanoseconds; to now without them.
#[pyfunction(module = "posix")]
#[signature = "(path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)"]
#[text_signature = "($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, follow_symlinks=True)"]
pub fn utime(
    vm: &mut Vm,
    path: PathOrFd,
    times: Option<&Value>,
    ns: Option<&Value>,
    #[default(Directory::CURRENT)] dir_fd: Directory,
    follow_symlinks: bool,
) -> PyResult<()> {
    if times.is_some() && ns.is_some() {
        return Err(vm.value_error(format_args!("utime: you may specify either 'times' or 'ns' but not both")));
    }
    let now = Timespec { tv_sec: 0, tv_nsec: rustix::fs::UTIME_NOW };
    let stamps = match (times, ns) {
        (Some(times), _) => times_of(vm, times, "utime: 'times' must be either a tuple of two ints or None", seconds)?,
        (_, Some(ns)) => times_of(vm, ns, "utime: 'ns' must be a tuple of two ints", nanoseconds)?,
        _ => Timestamps { last_access: now, last_modification: now },
    };
    check_with_fd(vm, "utime", path.is_fd(), dir_fd, follow_symlinks)?;
    audit!(vm, "os.utime", path, times, ns, dir_fd);
    let (fd, name) = (path.fd, path.file());
    path.call(vm, || match name {
        Some(name) => rustix::fs::utimensat(dir_fd.fd()?, name, &stamps, at_flags(follow_symlinks)),
        None => rustix::fs::futimens(system::borrow(fd)?, &stamps),
    })
}

/// Change the working directory, to a path or the directory of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(path)"]
pub fn chdir(vm: &mut Vm, path: PathOrFd) -> PyResult<()> {
    audit!(vm, "os.chdir", path);
    let (fd, name) = (path.fd, path.file());
    path.call(vm, || match name {
        Some(name) => rustix::process::chdir(name),
        None if fd == -1 => Err(system::Errno::FAULT),
        None => rustix::process::fchdir(system::borrow(fd)?),
    })
}

/// Change the working directory to that of a descriptor, or of an object with `fileno()`.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn fchdir(vm: &mut Vm, fd: Descriptor) -> PyResult<()> {
    audit!(vm, "os.chdir", fd.0);
    system::call(vm, || rustix::process::fchdir(system::borrow(fd.0)?))
}

/// Make a directory the root of this process.
#[pyfunction(module = "posix")]
#[signature = "(path)"]
pub fn chroot(vm: &mut Vm, path: PathArg) -> PyResult<()> {
    let file = path.file();
    path.call(vm, || rustix::process::chroot(given(file)?))
}

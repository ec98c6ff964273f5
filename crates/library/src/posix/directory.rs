//! The contents of directories: `listdir`, `scandir`, `DirEntry`.

use std::cell::Cell;
use std::os::fd::OwnedFd;

use pvm_macros::{pyclass, pyfunction, pymethods};
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, Foreign, HeapCell, Object, PyResult, Ref, Type, Value, Vm, exceptions, names};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};

use super::audit::audit;
use super::path::OptionalPathOrFd;
use super::stat::stat_result;
use crate::frozen::files;
use crate::io::errors::guarded_repr;
use crate::system::{self, Errno, SysResult};

/// A directory to read, without the handles of a path.
struct Place<'a> {
    path: Option<&'a std::ffi::CStr>,
    fd: i32,
}

/// A directory that is read: one of the system, or of the library.
enum Contents {
    System(Dir),
    Library(std::vec::IntoIter<(String, FileType)>),
}

/// What reading a directory tells of an entry.
struct Entry {
    name: Vec<u8>,
    inode: u64,
    kind: FileType,
}

impl Contents {
    /// The next entry but the directory itself and the one above.
    fn next(&mut self) -> Option<SysResult<Entry>> {
        let directory = match self {
            Contents::System(directory) => directory,
            Contents::Library(entries) => {
                let (name, kind) = entries.next()?;
                return Some(Ok(Entry { name: name.into_bytes(), inode: 0, kind }));
            }
        };
        loop {
            match directory.next()? {
                Ok(entry) if matches!(entry.file_name().to_bytes(), b"." | b"..") => {}
                Ok(entry) => {
                    let name = entry.file_name().to_bytes().to_vec();
                    return Some(Ok(Entry { name, inode: entry.ino(), kind: entry.file_type() }));
                }
                Err(errno) => return Some(Err(errno)),
            }
        }
    }
}

impl Place<'_> {
    fn open(&self) -> SysResult<Contents> {
        if let Some(entries) = self.path.and_then(|path| files::list(path.to_bytes())) {
            return Ok(Contents::Library(entries?.into_iter()));
        }
        let fd: OwnedFd = match (self.path, self.fd) {
            (None, fd) if fd != -1 => rustix::io::fcntl_dupfd_cloexec(system::borrow(fd)?, 0)?,
            (path, _) => {
                let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NONBLOCK;
                rustix::fs::open(path.unwrap_or(c"."), flags, Mode::empty())?
            }
        };
        // `fdopendir` refuses what is none before anything is read.
        if rustix::fs::FileType::from_raw_mode(rustix::fs::fstat(&fd)?.st_mode) != FileType::Directory {
            return Err(Errno::NOTDIR);
        }
        let mut directory = Dir::new(fd)?;
        // A descriptor may have been read before.
        directory.rewind();
        Ok(Contents::System(directory))
    }
}

fn raise_about(vm: &mut Vm, path: &OptionalPathOrFd, errno: Errno) -> pvm_object::Raised {
    match (&path.path, path.fd) {
        (None, -1) => vm.os_error(errno.raw_os_error()),
        _ => path.error(vm, errno),
    }
}

/// Return the names in a directory, in no order. Those of a path given as bytes are bytes.
#[pyfunction(module = "posix")]
#[signature = "(path=None)"]
pub fn listdir(vm: &mut Vm, #[default(OptionalPathOrFd::none())] path: OptionalPathOrFd) -> PyResult<Ref<List>> {
    audit!(vm, "os.listdir", path);
    let (name, fd) = (path.path.clone(), path.fd);
    let found = system::blocking(vm, || {
        let mut directory = Place { path: name.as_deref(), fd }.open()?;
        let mut names: Vec<Vec<u8>> = Vec::new();
        while let Some(entry) = directory.next() {
            names.push(entry?.name);
        }
        Ok(names)
    })?;
    let found = match found {
        Ok(found) => found,
        Err(errno) => return Err(raise_about(vm, &path, errno)),
    };
    let list = vm.new_list();
    for name in found {
        let name = path.name(vm, &name)?;
        list.push(name, vm)?;
    }
    Ok(list)
}

/// The iterator of `scandir`.
#[pyclass(name = "ScandirIterator", module = "posix", no_export)]
pub struct ScandirIterator {
    /// As it was given, or "." without one.
    path: Foreign<Vec<u8>>,
    object: Value,
    is_bytes: bool,
    fd: i32,
    /// None once it is closed.
    directory: HeapCell<Option<Foreign<Contents>>>,
}

/// Return an iterator of the entries of a directory, which know more than their names.
#[pyfunction(module = "posix")]
#[signature = "(path=None)"]
pub fn scandir(vm: &mut Vm, #[default(OptionalPathOrFd::none())] path: OptionalPathOrFd) -> PyResult<Ref<ScandirIterator>> {
    audit!(vm, "os.scandir", path);
    let (name, fd) = (path.path.clone(), path.fd);
    let opened = system::blocking(vm, || {
        let place = Place { path: name.as_deref(), fd };
        place.open().map(Foreign)
    })?;
    let directory = match opened {
        Ok(directory) => directory,
        Err(errno) => return Err(raise_about(vm, &path, errno)),
    };
    let shown = if path.path.is_some() { path.as_bytes() } else { b"." };
    let iterator = ScandirIterator {
        path: Foreign(shown.to_vec()),
        object: path.object.clone(),
        is_bytes: path.is_bytes,
        fd,
        directory: HeapCell::new(Some(directory)),
    };
    Ok(vm.alloc(iterator))
}

impl ScandirIterator {
    fn text(&self, vm: &mut Vm, name: &[u8]) -> PyResult {
        match self.is_bytes {
            true => Ok(vm.new_bytes(name)?.into()),
            false => Ok(crate::paths::decode_name(vm, name)?.into()),
        }
    }

    /// The path of an entry: that of the directory with the name behind it; the name alone for a descriptor.
    fn joined(&self, name: &[u8]) -> Vec<u8> {
        if self.fd != -1 {
            return name.to_vec();
        }
        let mut path = self.path.0.clone();
        if path.last().is_some_and(|&byte| byte != b'/') {
            path.push(b'/');
        }
        path.extend_from_slice(name);
        path
    }

    fn close_directory(&self, vm: &mut Vm) {
        if let Some(directory) = self.directory.replace(None, vm) {
            vm.detach(move || drop(directory));
        }
    }
}

#[pymethods]
impl ScandirIterator {
    fn __iter__(this: &Object<Self>) -> Ref<ScandirIterator> {
        this.to_ref()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some(mut directory) = self.directory.replace(None, vm) else {
            return Ok(None);
        };
        let entry = vm.detach(|| directory.next());
        let entry = match entry {
            None => {
                vm.detach(move || drop(directory));
                return Ok(None);
            }
            Some(Err(errno)) => {
                vm.detach(move || drop(directory));
                return Err(vm.os_error_at(errno.raw_os_error(), &self.object));
            }
            Some(Ok(entry)) => entry,
        };
        self.directory.set(Some(directory), vm);
        let name = &entry.name[..];
        let path = self.joined(name);
        let native = DirEntry {
            name: self.text(vm, name)?,
            path: self.text(vm, &path)?,
            at: Foreign((path, self.fd)),
            inode: entry.inode,
            kind: Cell::new(entry.kind),
            stat: HeapCell::new(None),
            link_stat: HeapCell::new(None),
        };
        Ok(Some(vm.alloc(native).into()))
    }

    /// Close the directory, also before the end.
    fn close(&self, vm: &mut Vm) {
        self.close_directory(vm);
    }

    fn __enter__(this: &Object<Self>) -> Ref<ScandirIterator> {
        this.to_ref()
    }

    fn __exit__(&self, vm: &mut Vm, args: Args<'_>) {
        let _ = args;
        self.close_directory(vm);
    }

    fn __del__(this: &Object<Self>, vm: &mut Vm) {
        if this.directory.borrow(vm).is_none() {
            return;
        }
        let warned = match vm.repr(&this.to_value()) {
            Ok(repr) => vm.warn(&exceptions::RESOURCE_WARNING, &format!("unclosed scandir iterator {repr}"), 1),
            Err(raised) => Err(raised),
        };
        if let Err(raised) = warned {
            match vm.pending_is(&exceptions::WARNING) {
                true => vm.report_unraisable(raised, None, Some(&this.to_value())),
                false => drop(vm.catch(raised)),
            }
        }
        this.close_directory(vm);
    }
}

/// An entry of a directory, with what reading the directory told of it.
#[pyclass(name = "DirEntry", module = "posix")]
pub struct DirEntry {
    /// the entry's base filename, relative to scandir() "path" argument
    #[member]
    name: Value,
    /// the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)
    #[member]
    path: Value,
    /// The path and the descriptor it is relative to, -1 without one.
    at: Foreign<(Vec<u8>, i32)>,
    inode: u64,
    #[trace(skip)]
    kind: Cell<FileType>,
    stat: HeapCell<Option<Ref<Tuple>>>,
    link_stat: HeapCell<Option<Ref<Tuple>>>,
}

impl DirEntry {
    fn look_up(&self, vm: &mut Vm, follow: bool) -> PyResult<SysResult<rustix::fs::Stat>> {
        let (path, fd) = &self.at.0;
        let directory = if *fd == -1 { libc::AT_FDCWD } else { *fd };
        let flags = if follow { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
        system::blocking(vm, || match std::ffi::CString::new(&path[..]).ok().and_then(|path| files::stat(&path)) {
            Some(found) => found,
            None => rustix::fs::statat(system::borrow(directory)?, &path[..], flags),
        })
    }

    fn fetch(&self, vm: &mut Vm, follow: bool) -> PyResult<Result<Ref<Tuple>, Errno>> {
        let place = if follow { &self.stat } else { &self.link_stat };
        if let Some(known) = place.get(vm) {
            return Ok(Ok(known));
        }
        match self.look_up(vm, follow)? {
            Ok(stat) => {
                let result = stat_result(vm, &stat)?;
                place.set(Some(result.clone()), vm);
                Ok(Ok(result))
            }
            Err(errno) => Ok(Err(errno)),
        }
    }

    fn is_link(&self, vm: &mut Vm) -> PyResult<bool> {
        match self.kind.get() {
            FileType::Unknown => self.has_type(vm, false, FileType::Symlink),
            kind => Ok(kind == FileType::Symlink),
        }
    }

    /// Whether the entry is of a kind; a file that is gone is of none.
    fn has_type(&self, vm: &mut Vm, follow: bool, wanted: FileType) -> PyResult<bool> {
        let kind = self.kind.get();
        if kind != FileType::Unknown && !(follow && kind == FileType::Symlink) {
            return Ok(kind == wanted);
        }
        let follows = follow && self.is_link(vm)?;
        match self.fetch(vm, follows)? {
            Ok(stat) => {
                let mode = stat.as_slice()[0].as_small_int().unwrap_or(0);
                Ok(FileType::from_raw_mode(mode as u32) == wanted)
            }
            Err(Errno::NOENT) => Ok(false),
            Err(errno) => Err(vm.os_error_at(errno.raw_os_error(), &self.path)),
        }
    }
}

#[pymethods]
impl DirEntry {
    /// Whether the entry is a directory.
    #[signature = "(*, follow_symlinks=True)"]
    fn is_dir(&self, vm: &mut Vm, follow_symlinks: bool) -> PyResult<bool> {
        self.has_type(vm, follow_symlinks, FileType::Directory)
    }

    /// Whether the entry is a regular file.
    #[signature = "(*, follow_symlinks=True)"]
    fn is_file(&self, vm: &mut Vm, follow_symlinks: bool) -> PyResult<bool> {
        self.has_type(vm, follow_symlinks, FileType::RegularFile)
    }

    /// Whether the entry is a symbolic link.
    fn is_symlink(&self, vm: &mut Vm) -> PyResult<bool> {
        self.is_link(vm)
    }

    /// Whether the entry is a junction, which this system does not have.
    fn is_junction(&self) -> bool {
        false
    }

    /// Look the entry up; what was found is kept.
    #[signature = "(*, follow_symlinks=True)"]
    fn stat(&self, vm: &mut Vm, follow_symlinks: bool) -> PyResult<Ref<Tuple>> {
        let follows = follow_symlinks && self.is_link(vm)?;
        let found = self.fetch(vm, follows)?;
        found.map_err(|errno| vm.os_error_at(errno.raw_os_error(), &self.path))
    }

    /// Return the inode of the entry.
    fn inode(&self) -> u64 {
        self.inode
    }

    /// Return the path of the entry.
    fn __fspath__(&self) -> Value {
        self.path.clone()
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let kind = this.ty().short_name().to_owned();
        guarded_repr(vm, &this.to_value(), |vm| {
            let name = vm.getattr(&this.to_value(), &names::name)?;
            Ok(format!("<{kind} {}>", vm.repr(&name)?))
        })
    }

    #[classmethod]
    fn __class_getitem__(cls: &Object<Type>, vm: &mut Vm, item: &Value) -> PyResult {
        vm.generic_alias(&cls.to_value(), item)
    }
}

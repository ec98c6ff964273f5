//! `_stat`: the bits of a file's mode.

/// The type of a file, in its mode.
const S_IFMT: u32 = 0o170000;

/// The constants.
static CONSTANTS: &[(&str, i64)] = &[
    ("S_IFDIR", 0o40000),
    ("S_IFCHR", 0o20000),
    ("S_IFBLK", 0o60000),
    ("S_IFREG", 0o100000),
    ("S_IFIFO", 0o10000),
    ("S_IFLNK", 0o120000),
    ("S_IFSOCK", 0o140000),
    ("S_IFDOOR", 0o0),
    ("S_IFPORT", 0o0),
    ("S_IFWHT", 0o0),
    ("S_ISUID", 0o4000),
    ("S_ISGID", 0o2000),
    ("S_ISVTX", 0o1000),
    ("S_ENFMT", 0o2000),
    ("S_IREAD", 0o400),
    ("S_IWRITE", 0o200),
    ("S_IEXEC", 0o100),
    ("S_IRWXU", 0o700),
    ("S_IRUSR", 0o400),
    ("S_IWUSR", 0o200),
    ("S_IXUSR", 0o100),
    ("S_IRWXG", 0o70),
    ("S_IRGRP", 0o40),
    ("S_IWGRP", 0o20),
    ("S_IXGRP", 0o10),
    ("S_IRWXO", 0o7),
    ("S_IROTH", 0o4),
    ("S_IWOTH", 0o2),
    ("S_IXOTH", 0o1),
    ("UF_SETTABLE", 65535),
    ("UF_NODUMP", 1),
    ("UF_IMMUTABLE", 2),
    ("UF_APPEND", 4),
    ("UF_OPAQUE", 8),
    ("UF_NOUNLINK", 16),
    ("UF_COMPRESSED", 32),
    ("UF_TRACKED", 64),
    ("UF_DATAVAULT", 128),
    ("UF_HIDDEN", 32768),
    ("SF_SETTABLE", 4294901760),
    ("SF_ARCHIVED", 65536),
    ("SF_IMMUTABLE", 131072),
    ("SF_APPEND", 262144),
    ("SF_NOUNLINK", 1048576),
    ("SF_SNAPSHOT", 2097152),
    ("SF_FIRMLINK", 8388608),
    ("SF_DATALESS", 1073741824),
    ("ST_MODE", 0),
    ("ST_INO", 1),
    ("ST_DEV", 2),
    ("ST_NLINK", 3),
    ("ST_UID", 4),
    ("ST_GID", 5),
    ("ST_SIZE", 6),
    ("ST_ATIME", 7),
    ("ST_MTIME", 8),
    ("ST_CTIME", 9),
];

/// The types of files with their letters in listings.
const KINDS: [(u32, char); 7] =
    [(0o100000, '-'), (0o040000, 'd'), (0o120000, 'l'), (0o060000, 'b'), (0o020000, 'c'), (0o010000, 'p'), (0o140000, 's')];

/// A mode as listings show it, as `-rwxr-xr-x`.
fn file_mode(mode: u32) -> String {
    let kind = KINDS.iter().find(|(kind, _)| mode & S_IFMT == *kind).map_or('?', |(_, letter)| *letter);
    let mut text = String::from(kind);
    // For each class of users: the place of its bits, the bit that changes "execute", and the letter for that.
    for (shift, special, letter) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
        let bits = mode >> shift;
        text.push(if bits & 4 != 0 { 'r' } else { '-' });
        text.push(if bits & 2 != 0 { 'w' } else { '-' });
        text.push(match (mode & special != 0, bits & 1 != 0) {
            (true, true) => letter,
            (true, false) => letter.to_ascii_uppercase(),
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    text
}

#[pvm_macros::pymodule(name = "_stat")]
pub mod native {
    //! The types and permissions in the mode of a file, and tests for them.
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Value, Vm};

    use super::{CONSTANTS, S_IFMT as KIND, file_mode};

    fn mode_of(vm: &mut Vm, object: &Value) -> PyResult<u32> {
        let number = vm.index(object)?;
        match number.as_small_int() {
            Some(mode) if mode < 0 => Err(vm.overflow_error(format_args!("can't convert negative value to unsigned int"))),
            Some(mode) if mode <= u32::MAX.into() => Ok(mode as u32),
            Some(_) => Err(vm.overflow_error(format_args!("mode out of range"))),
            None => Err(vm.overflow_error(format_args!("Python int too large to convert to C unsigned long"))),
        }
    }

    fn is_kind(vm: &mut Vm, object: &Value, kind: u32) -> PyResult<bool> {
        Ok(mode_of(vm, object)? & KIND == kind)
    }

    /// S_ISDIR(mode) -> bool
    ///
    /// Whether the mode is that of a directory.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISDIR(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o040000)
    }

    /// S_ISCHR(mode) -> bool
    ///
    /// Whether the mode is that of a character device.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISCHR(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o020000)
    }

    /// S_ISBLK(mode) -> bool
    ///
    /// Whether the mode is that of a block device.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISBLK(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o060000)
    }

    /// S_ISREG(mode) -> bool
    ///
    /// Whether the mode is that of a regular file.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISREG(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o100000)
    }

    /// S_ISFIFO(mode) -> bool
    ///
    /// Whether the mode is that of a named pipe.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISFIFO(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o010000)
    }

    /// S_ISLNK(mode) -> bool
    ///
    /// Whether the mode is that of a symbolic link.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISLNK(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o120000)
    }

    /// S_ISSOCK(mode) -> bool
    ///
    /// Whether the mode is that of a socket.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISSOCK(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        is_kind(vm, object, 0o140000)
    }

    /// S_ISDOOR(mode) -> bool
    ///
    /// Whether the mode is that of a door, which this system does not have.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISDOOR(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        mode_of(vm, object).map(|_| false)
    }

    /// S_ISPORT(mode) -> bool
    ///
    /// Whether the mode is that of a event port, which this system does not have.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISPORT(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        mode_of(vm, object).map(|_| false)
    }

    /// S_ISWHT(mode) -> bool
    ///
    /// Whether the mode is that of a whiteout, which this system does not have.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_ISWHT(vm: &mut Vm, object: &Value) -> PyResult<bool> {
        mode_of(vm, object).map(|_| false)
    }

    /// The part of a mode that chmod sets.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_IMODE(vm: &mut Vm, object: &Value) -> PyResult<u32> {
        Ok(mode_of(vm, object)? & 0o7777)
    }

    /// The part of a mode that tells the file's type.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn S_IFMT(vm: &mut Vm, object: &Value) -> PyResult<u32> {
        Ok(mode_of(vm, object)? & KIND)
    }

    /// A mode as a text of the form '-rwxrwxrwx'.
    #[pyfunction]
    #[text_signature = "($self, object, /)"]
    fn filemode(vm: &mut Vm, object: &Value) -> PyResult<String> {
        Ok(file_mode(mode_of(vm, object)?))
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        for (name, number) in CONSTANTS {
            let (name, number) = (vm.intern(name), vm.int(*number));
            vm.setattr(module, &name, &number)?;
        }
        Ok(())
    }
}

//! The library's folder as programs meet it: what is below [`names::ROOT`] can be listed, looked up and read, though no such
//! directory exists. A file that is opened is one in memory.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::CStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::fd::OwnedFd;

use rustix::fs::{FileType, MemfdFlags, OFlags, Stat};

use super::{archive, names};
use crate::system::{Errno, SysResult};

/// What a path below the root leads to.
enum Found {
    Folder(BTreeSet<String>),
    File(Cow<'static, [u8]>),
}

/// The path relative to the folder above the root, in which the library is the only thing; `None` for paths elsewhere.
fn relative(path: &[u8]) -> Option<String> {
    let (above, _) = names::ROOT.rsplit_once('/')?;
    let rest = path.strip_prefix(above.as_bytes())?;
    if !rest.is_empty() && !rest.starts_with(b"/") {
        return None;
    }
    let mut parts = Vec::new();
    for part in std::str::from_utf8(rest).ok()?.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn find(path: &[u8]) -> Option<SysResult<Found>> {
    let relative = relative(path)?;
    let (_, library) = names::ROOT.rsplit_once('/')?;
    let inside = match relative.strip_prefix(library) {
        _ if relative.is_empty() => return Some(Ok(Found::Folder(BTreeSet::from([library.to_owned()])))),
        Some("") => "",
        Some(inside) if inside.starts_with('/') => &inside[1..],
        _ => return Some(Err(Errno::NOENT)),
    };
    if let Some(content) = archive::file(inside) {
        return Some(Ok(Found::File(content)));
    }
    let folder = if inside.is_empty() { String::new() } else { format!("{inside}/") };
    let files = archive::modules().iter().map(|module| names::relative_path(module.name, module.is_package));
    let files = files.chain(archive::data_files().iter().map(|file| file.path.to_owned()));
    let entries: BTreeSet<String> = files
        .filter_map(|file| Some(file.strip_prefix(folder.as_str())?.split('/').next()?.to_owned()))
        .filter(|name| !name.is_empty())
        .collect();
    Some(if entries.is_empty() { Err(Errno::NOENT) } else { Ok(Found::Folder(entries)) })
}

/// The names in a directory of the library and what they are; `None` for paths elsewhere.
pub fn list(path: &[u8]) -> Option<SysResult<Vec<(String, FileType)>>> {
    Some(match find(path)? {
        Ok(Found::Folder(entries)) => {
            let kind = |name: &str| if name.contains('.') { FileType::RegularFile } else { FileType::Directory };
            Ok(entries.into_iter().map(|name| (name.clone(), kind(&name))).collect())
        }
        Ok(Found::File(_)) => Err(Errno::NOTDIR),
        Err(errno) => Err(errno),
    })
}

/// What `stat` says of a path in the library: it belongs to the owner of the executable, and is as old. `None` for paths
/// elsewhere.
pub fn stat(path: &CStr) -> Option<SysResult<Stat>> {
    let path = path.to_bytes();
    let found = match find(path)? {
        Ok(found) => found,
        Err(errno) => return Some(Err(errno)),
    };
    let mut stat = match rustix::fs::stat("/proc/self/exe") {
        Ok(stat) => stat,
        Err(errno) => return Some(Err(errno)),
    };
    let (mode, size) = match &found {
        Found::Folder(_) => (FileType::Directory.as_raw_mode() | 0o555, 0),
        Found::File(content) => (FileType::RegularFile.as_raw_mode() | 0o444, content.len()),
    };
    let mut hasher = DefaultHasher::new();
    relative(path).hash(&mut hasher);
    (stat.st_mode, stat.st_size, stat.st_ino, stat.st_nlink) = (mode, size as i64, hasher.finish() >> 1, 1);
    stat.st_blocks = size.div_ceil(512) as i64;
    Some(Ok(stat))
}

/// Opens a file of the library; `None` for paths elsewhere.
pub fn open(path: &[u8], flags: OFlags) -> Option<SysResult<OwnedFd>> {
    let writes = flags & OFlags::ACCMODE != OFlags::RDONLY || flags.intersects(OFlags::CREATE | OFlags::TRUNC);
    Some(match find(path)? {
        _ if writes => Err(Errno::ROFS),
        // There is nothing that a descriptor of a directory could be of.
        Ok(Found::Folder(_)) => Err(Errno::ISDIR),
        Ok(Found::File(_)) if flags.contains(OFlags::DIRECTORY) => Err(Errno::NOTDIR),
        Ok(Found::File(content)) => in_memory(&content, flags.contains(OFlags::CLOEXEC)),
        Err(errno) => Err(errno),
    })
}

/// A file in memory, to be read from its start.
fn in_memory(content: &[u8], close_on_exec: bool) -> SysResult<OwnedFd> {
    let flags = if close_on_exec { MemfdFlags::CLOEXEC } else { MemfdFlags::empty() };
    let file = rustix::fs::memfd_create("library", flags)?;
    let mut written = 0;
    while written < content.len() {
        written += rustix::io::pwrite(&file, &content[written..], written as u64)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files() {
        let names = list(b"/<pvm>/Lib").expect("below the root").expect("a folder");
        assert!(names.contains(&("os.py".to_owned(), FileType::RegularFile)));
        assert!(names.contains(&("json".to_owned(), FileType::Directory)));
        assert!(list(b"/<pvm>/Lib/json/").is_some_and(|found| found.is_ok_and(|names| names.len() > 4)));
        assert!(matches!(list(b"/<pvm>/Lib/nothing"), Some(Err(Errno::NOENT))));
        assert!(matches!(list(b"/<pvm>/Lib/os.py"), Some(Err(Errno::NOTDIR))));
        assert!(list(b"/<pvm>x").is_none() && list(b"/tmp").is_none());
        assert!(stat(c"/<pvm>/Lib/json/../os.py").is_some_and(|stat| stat.is_ok_and(|stat| stat.st_size > 1000)));
        assert!(matches!(open(b"/<pvm>/Lib/os.py", OFlags::WRONLY), Some(Err(Errno::ROFS))));
    }
}

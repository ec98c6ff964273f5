//! What goes into the frozen library: the files of CPython's `Lib`, our own modules and changes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use crate::patch;

/// What of CPython's is not frozen: programs with windows of their own, which need Tk; modules that CPython does not have; tests, but
/// for what they have in common, which is among our files.
const LEFT_OUT: &[&str] = &[
    "_dummy_os.py",
    "_dummy_thread.py",
    "_pycodecs.py",
    "dummy_threading.py",
    "idlelib",
    "lib2to3",
    "test",
    "tests",
    "tkinter",
    "turtle.py",
    "turtledemo",
];

/// Where files that are not source belong to the library.
const DATA: &[&str] = &["ensurepip/_bundled/", "pydoc_data/", "venv/scripts/"];

/// A module's source.
pub struct Module {
    /// Its full name.
    pub name: String,
    /// Whether it is a package.
    pub is_package: bool,
    /// Its source as in the file.
    pub source: Vec<u8>,
}

/// The whole library, by path or name.
pub struct Library {
    /// The modules, sorted by name.
    pub modules: Vec<Module>,
    /// The other files, by path relative to the library.
    pub data: BTreeMap<String, Vec<u8>>,
}

/// Reads CPython's `lib` and our `own` files, which replace those of the same path; `own/patches` change them.
pub fn collect(lib: &Path, own: &Path) -> Result<Library, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    read_tree(lib, "", LEFT_OUT, &mut files)?;
    let mut ours = BTreeMap::new();
    if own.is_dir() {
        read_tree(own, "", &[], &mut ours)?;
    }
    for (path, text) in ours {
        match path.strip_prefix("patches/") {
            Some(_) => patch::apply_all(&mut files, &path, &String::from_utf8(text)?)?,
            None => drop(files.insert(path, text)),
        }
    }
    let (mut modules, mut data) = (Vec::new(), BTreeMap::new());
    for (path, content) in files {
        match path.strip_suffix(".py") {
            Some(stem) => modules.push(module(stem, content)),
            None if DATA.iter().any(|prefix| path.starts_with(prefix)) => drop(data.insert(path, content)),
            None => {}
        }
    }
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Library { modules, data })
}

fn module(stem: &str, source: Vec<u8>) -> Module {
    let (stem, is_package) = match stem.strip_suffix("/__init__") {
        Some(package) => (package, true),
        None => (stem, false),
    };
    Module { name: stem.replace('/', "."), is_package, source }
}

fn read_tree(dir: &Path, prefix: &str, left_out: &[&str], files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| format!("{}: no name", name.display()))?;
        if left_out.contains(&name.as_str()) || name == "__pycache__" {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            read_tree(&entry.path(), &format!("{path}/"), left_out, files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}

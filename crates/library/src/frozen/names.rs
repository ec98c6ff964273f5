//! How the modules of the frozen library are called: shared by the build, which compiles them, and the library, which finds them.

/// The directory that the library seems to lie in: the entry of `sys.path` that stands for it, and the start of each `__file__`.
/// Absolute, so that nothing joins it to the working directory, and the same on every machine, so that it can be part of the
/// compiled code. No such directory exists; `files.rs` shows one to programs.
pub const ROOT: &str = "/<pvm>/Lib";

/// The modules that are found by their names alone, before `sys.path` is looked at: those that CPython freezes, and the one
/// that imports all others. Tracebacks
/// show them as `<frozen NAME>`, which `traceback` and `warnings` rely on.
pub const FROZEN: &[&str] = &[
    "__hello__",
    "__phello__",
    "__phello__.ham",
    "__phello__.ham.eggs",
    "__phello__.spam",
    "_collections_abc",
    "_library_importer",
    "_sitebuiltins",
    "abc",
    "codecs",
    "genericpath",
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "importlib.machinery",
    "importlib.util",
    "io",
    "ntpath",
    "os",
    "posixpath",
    "runpy",
    "site",
    "stat",
    "zipimport",
];

/// Whether a module is in [`FROZEN`].
pub fn is_frozen(name: &str) -> bool {
    FROZEN.binary_search(&name).is_ok()
}

/// The path of a module's source, relative to [`ROOT`].
pub fn relative_path(name: &str, is_package: bool) -> String {
    let stem = name.replace('.', "/");
    if is_package { format!("{stem}/__init__.py") } else { format!("{stem}.py") }
}

/// The path of a module's source, as its `__file__` gives it.
pub fn file_path(name: &str, is_package: bool) -> String {
    format!("{ROOT}/{}", relative_path(name, is_package))
}

/// The file name in a module's code objects.
pub fn code_filename(name: &str, is_package: bool) -> String {
    if is_frozen(name) { format!("<frozen {name}>") } else { file_path(name, is_package) }
}

//! Where the executable, the library and site packages are (`getpath.py`). The library is inside the executable, so no
//! directory has to be found for it, unless `PYTHONHOME` names one.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};

use pvm_interpreter::Config;
use pvm_interpreter::config::Paths;
use pvm_library::frozen::names;

use super::environment::Environment;
use super::options::Options;

/// Finds everything, given what the command was called as.
pub fn find(options: &Options, environment: Environment) -> Paths {
    let name = &*options.name();
    let executable = executable(name).unwrap_or_default();
    let real = fs::canonicalize(&executable).unwrap_or_else(|_| executable.clone());
    let environment_root = virtual_environment(&executable);
    let (base_executable, base_prefix) = match &environment_root {
        Some((_, home)) => {
            let base = home.join(executable.file_name().unwrap_or_default());
            let base = if base.is_file() { base } else { real.clone() };
            (base, prefix_of(home))
        }
        None => (executable.clone(), prefix_of(real.parent().unwrap_or(Path::new("/")))),
    };
    let prefix = environment_root.map_or_else(|| base_prefix.clone(), |(root, _)| root);

    let home = environment.get("PYTHONHOME").map(|home| {
        let prefix = home.as_bytes().split(|&byte| byte == b':').next().unwrap_or_default();
        PathBuf::from(OsString::from_vec(prefix.to_vec()))
    });
    let (prefix, base_prefix) = match &home {
        Some(home) => (home.clone(), home.clone()),
        None => (prefix, base_prefix),
    };
    let library = match &home {
        Some(home) => home.join("lib/python3.14").into_os_string(),
        None => OsString::from(names::ROOT),
    };
    let mut search: Vec<OsString> = match environment.get("PYTHONPATH") {
        Some(path) => std::env::split_paths(&path).map(PathBuf::into_os_string).collect(),
        None => Vec::new(),
    };
    search.push(library.clone());
    let search = options.search.clone().unwrap_or(search);
    Paths {
        executable: executable.into_os_string(),
        base_executable: base_executable.into_os_string(),
        prefix: prefix.into_os_string(),
        base_prefix: base_prefix.into_os_string(),
        library,
        search,
    }
}

/// A file beside the executable, `NAME._pth`, overrides where modules are looked for, and turns everything off that comes from
/// elsewhere.
pub fn apply_path_file(options: &mut Options) {
    let Some(executable) = executable(&options.name()) else { return };
    let real = fs::canonicalize(&executable).unwrap_or_else(|_| executable.clone());
    let read = |executable: &PathBuf| {
        let mut path = executable.clone().into_os_string();
        path.push("._pth");
        fs::read_to_string(path).ok().map(|text| (executable.parent().unwrap_or(Path::new("/")).to_owned(), text))
    };
    let Some((directory, text)) = [&executable, &real].into_iter().find_map(read) else { return };
    let (mut search, mut import_site) = (Vec::new(), false);
    for line in text.lines() {
        match line.split('#').next().unwrap_or_default().trim() {
            "" => {}
            "import site" => import_site = true,
            line if line.starts_with("import ") => {}
            line => search.extend(absolute(&directory.join(line)).map(PathBuf::into_os_string)),
        }
    }
    (options.isolated, options.no_site, options.search) = (true, !import_site, Some(search));
}

/// What `PYTHONHOME` leads to, where it holds no library (`_PyConfig` dumps the same).
pub fn missing_library(config: &Config, options: &Options) -> Option<String> {
    let library = Path::new(&config.paths.library);
    let there = ["encodings/__init__.py", "encodings/__init__.pyc"].iter().any(|file| library.join(file).exists());
    if library == Path::new(names::ROOT) || there {
        return None;
    }
    let variable = |name: &str| match Environment::new(config.ignore_environment).get(name) {
        Some(value) => format!("'{}'", value.to_string_lossy()),
        None => "(not set)".to_owned(),
    };
    let flag = u8::from;
    let shown = |path: &OsStr| format!("'{}'", path.to_string_lossy());
    let paths = &config.paths;
    let mut text = format!(
        "Python path configuration:\n  PYTHONHOME = {}\n  PYTHONPATH = {}\n  program name = {}\n  isolated = {}\n  \
         environment = {}\n  user site = {}\n  safe_path = {}\n  import site = {}\n  is in build tree = 0\n  stdlib dir = {}\n",
        variable("PYTHONHOME"),
        variable("PYTHONPATH"),
        shown(&options.name()),
        flag(config.isolated),
        flag(!config.ignore_environment),
        flag(!config.no_user_site),
        flag(config.safe_path),
        flag(!config.no_site),
        shown(&paths.library),
    );
    let rows = [
        ("_base_executable", &paths.base_executable),
        ("base_prefix", &paths.base_prefix),
        ("base_exec_prefix", &paths.base_prefix),
    ];
    for (name, path) in rows {
        text += &format!("  sys.{name} = {}\n", shown(path));
    }
    text += "  sys.platlibdir = 'lib'\n";
    let rows = [("executable", &paths.executable), ("prefix", &paths.prefix), ("exec_prefix", &paths.prefix)];
    for (name, path) in rows {
        text += &format!("  sys.{name} = {}\n", shown(path));
    }
    text += "  sys.path = [\n";
    for path in &paths.search {
        text += &format!("    {},\n", shown(path));
    }
    Some(text + "  ]\n")
}

/// The path of the running executable by the name it was called as, symbolic links left alone: they may lie in a virtual
/// environment.
fn executable(name: &OsStr) -> Option<PathBuf> {
    if name.as_bytes().contains(&b'/') {
        return absolute(Path::new(name));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|directory| directory.join(name)).find(|path| is_executable(path));
    found.and_then(|path| absolute(&path)).or_else(|| std::env::current_exe().ok())
}

fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// `os.path.abspath`.
pub fn absolute(path: &Path) -> Option<PathBuf> {
    let whole = if path.is_absolute() { path.to_owned() } else { std::env::current_dir().ok()?.join(path) };
    let mut normal = PathBuf::new();
    for component in whole.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            other => normal.push(other),
        }
    }
    Some(normal)
}

/// The prefix that an executable in a directory belongs to: what holds its `bin`, else the directory itself.
fn prefix_of(directory: &Path) -> PathBuf {
    match (directory.file_name(), directory.parent()) {
        (Some(name), Some(parent)) if name == "bin" => parent.to_owned(),
        _ => directory.to_owned(),
    }
}

/// The root of the virtual environment that an executable lies in, and the directory of the installation it was made from
/// (PEP 405).
fn virtual_environment(executable: &Path) -> Option<(PathBuf, PathBuf)> {
    let directory = executable.parent()?;
    for root in [Some(directory), directory.parent()].into_iter().flatten() {
        let Ok(settings) = fs::read_to_string(root.join("pyvenv.cfg")) else { continue };
        let home = settings.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim().eq_ignore_ascii_case("home")).then(|| PathBuf::from(value.trim()))
        });
        return home.map(|home| (root.to_owned(), home));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths() {
        assert_eq!(absolute(Path::new("/a/./b/../c")), Some(PathBuf::from("/a/c")));
        assert!(absolute(Path::new("x")).is_some_and(|path| path.is_absolute() && path.ends_with("x")));
    }

    #[test]
    fn prefixes() {
        assert_eq!(prefix_of(Path::new("/usr/local/bin")), Path::new("/usr/local"));
        assert_eq!(prefix_of(Path::new("/home/me/target/release")), Path::new("/home/me/target/release"));
    }

    #[test]
    fn environment_of_an_executable() {
        let root = std::env::temp_dir().join(format!("pvm-paths-{}", std::process::id()));
        fs::create_dir_all(root.join("bin")).expect("a directory");
        fs::write(root.join("pyvenv.cfg"), "home = /opt/pvm/bin\ninclude-system-site-packages = false\n").expect("a file");
        let found = virtual_environment(&root.join("bin/python"));
        assert_eq!(found, Some((root.clone(), PathBuf::from("/opt/pvm/bin"))));
        fs::remove_dir_all(&root).expect("removed");
    }
}

//! [`Library`]: the modules that imports find by name alone, before `sys.path`: those that CPython freezes.

use pvm_interpreter::{FrozenModule, FrozenSource};

use super::{archive, names};

/// Other names under which frozen modules are found, with the modules they mean and whether they are packages. All but the
/// first two are for tests of the import system. (`frozen.c`)
const ALIASES: &[Alias] = &[
    Alias::new("__hello_alias__", "__hello__", false, "__hello__"),
    Alias::new("__hello_only__", "__hello__", false, ""),
    Alias::new("__phello__.__init__", "__phello__", false, "<__phello__"),
    Alias::new("__phello__.ham.__init__", "__phello__.ham", false, "<__phello__.ham"),
    Alias::new("__phello_alias__", "__hello__", true, "__hello__"),
    Alias::new("__phello_alias__.spam", "__hello__", false, "__hello__"),
    Alias::new("_frozen_importlib", "importlib._bootstrap", false, "importlib._bootstrap"),
    Alias::new("_frozen_importlib_external", "importlib._bootstrap_external", false, "importlib._bootstrap_external"),
];

struct Alias {
    name: &'static str,
    module: &'static str,
    is_package: bool,
    /// What the importer is told; none when empty.
    origin: &'static str,
}

impl Alias {
    const fn new(name: &'static str, module: &'static str, is_package: bool, origin: &'static str) -> Alias {
        Alias { name, module, is_package, origin }
    }
}

/// The frozen modules of this binary.
#[derive(Clone, Copy, Debug, Default)]
pub struct Library;

impl FrozenSource for Library {
    fn find(&self, name: &str) -> Option<FrozenModule<'_>> {
        if let Some(alias) = ALIASES.iter().find(|alias| alias.name == name) {
            return Some(FrozenModule {
                code: archive::module(alias.module)?.code(),
                is_package: alias.is_package,
                origin: Some(alias.origin).filter(|origin| !origin.is_empty()),
            });
        }
        if !names::is_frozen(name) {
            return None;
        }
        let module = archive::module(name)?;
        Some(FrozenModule { code: module.code(), is_package: module.is_package, origin: Some(module.name) })
    }

    fn names(&self) -> Vec<&str> {
        ALIASES.iter().map(|alias| alias.name).chain(names::FROZEN.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        for name in Library.names() {
            assert!(Library.find(name).is_some(), "{name}");
        }
        assert!(Library.find("json").is_none());
    }

    #[test]
    fn aliases() {
        let importlib = Library.find("_frozen_importlib").expect("importlib");
        assert_eq!(importlib.origin, Some("importlib._bootstrap"));
        assert!(Library.find("__phello_alias__").is_some_and(|module| module.is_package));
        assert_eq!(Library.find("__hello_only__").and_then(|module| module.origin), None);
    }
}

//! What the build stored: modules by name, other files by path. Code lies there as it is, so that importing begins at once;
//! the rest is decompressed when it is asked for, and nothing of it is kept: a module's source is needed rarely.

use std::borrow::Cow;
use std::sync::OnceLock;

use pvm_bytecode::frozen::FrozenCode;
use zstd_safe::{DCtx, DDict};

use super::names;

/// How something is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// As it is.
    Plain,
    /// Compressed by zstd with [`index::DICTIONARY`].
    Text,
}

/// Bytes in the archive.
pub struct Blob {
    offset: u32,
    stored: u32,
    size: u32,
    packing: Packing,
}

/// A module of the library.
pub struct Module {
    /// Its full name.
    pub name: &'static str,
    /// Whether it is a package.
    pub is_package: bool,
    code: Blob,
    source: Blob,
}

/// A file that is no module.
pub struct DataFile {
    /// Its path relative to the library.
    pub path: &'static str,
    content: Blob,
}

mod index {
    use super::{Blob, DataFile, Module, Packing};

    include!(concat!(env!("OUT_DIR"), "/library.rs"));
}

static ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// All modules, sorted by name.
pub fn modules() -> &'static [Module] {
    index::MODULES
}

/// All files that are no modules, sorted by path.
pub fn data_files() -> &'static [DataFile] {
    index::DATA
}

/// A module by its full name.
pub fn module(name: &str) -> Option<&'static Module> {
    let index = index::MODULES.binary_search_by(|module| module.name.cmp(name)).ok()?;
    Some(&index::MODULES[index])
}

/// A file by its path relative to the library: a module's source or another file.
pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    if let Ok(index) = index::DATA.binary_search_by(|file| file.path.cmp(path)) {
        return Some(index::DATA[index].content());
    }
    let stem = path.strip_suffix(".py")?;
    let name = stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".");
    let module = module(&name)?;
    (names::relative_path(&name, module.is_package) == path).then(|| module.source())
}

impl Module {
    /// The code object.
    pub fn code(&self) -> FrozenCode {
        FrozenCode::outermost(self.code.stored())
    }

    /// The source, as in the file.
    pub fn source(&self) -> Cow<'static, [u8]> {
        self.source.read()
    }

    /// The path of the source, below [`names::ROOT`].
    pub fn file_path(&self) -> String {
        names::file_path(self.name, self.is_package)
    }
}

impl DataFile {
    /// What is in the file.
    pub fn content(&self) -> Cow<'static, [u8]> {
        self.content.read()
    }
}

impl Blob {
    fn stored(&self) -> &'static [u8] {
        let start = self.offset as usize;
        &ARCHIVE[start..start + self.stored as usize]
    }

    fn read(&self) -> Cow<'static, [u8]> {
        static DICTIONARY: OnceLock<DDict<'static>> = OnceLock::new();
        if self.packing == Packing::Plain {
            return Cow::Borrowed(self.stored());
        }
        let dictionary = DICTIONARY.get_or_init(|| DDict::create(index::DICTIONARY.stored()));
        let mut content = Vec::with_capacity(self.size as usize);
        DCtx::create()
            .decompress_using_ddict(&mut content, self.stored(), dictionary)
            .expect("the archive is part of the binary");
        Cow::Owned(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_can_be_read() {
        for module in modules() {
            assert_eq!(module.source().len(), module.source.size as usize, "{}", module.name);
            for code in module.code().load().walk() {
                assert_eq!(code.validate(), Ok(()), "{}: {}", module.name, code.qualname);
            }
        }
        for file in data_files() {
            assert_eq!(file.content().len(), file.content.size as usize, "{}", file.path);
        }
    }

    #[test]
    fn found_by_name_and_path() {
        assert!(module("json").is_some_and(|module| module.is_package));
        assert!(module("json.decoder").is_some_and(|module| !module.is_package));
        assert!(module("tests").is_none() && module("json.nothing").is_none());
        let source = file("json/__init__.py").expect("json");
        assert!(source.starts_with(b"r\"\"\"JSON"));
        assert!(file("json.py").is_none() && file("json/decoder/__init__.py").is_none());
        assert!(file("pydoc_data/_pydoc.css").is_some());
        for name in names::FROZEN {
            assert!(module(name).is_some(), "{name}");
        }
    }

    #[test]
    fn code_knows_its_file() {
        let filename = |name| module(name).expect(name).code().load().filename.to_string();
        assert_eq!(filename("os"), "<frozen os>");
        assert_eq!(filename("json.decoder"), "/<pvm>/Lib/json/decoder.py");
    }
}

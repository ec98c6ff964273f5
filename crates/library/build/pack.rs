//! Compresses code, sources and other files, and writes them and their index.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::compile::{Compiled, in_parallel};

/// The modules that a program needs before its first line runs, and those that nearly every program imports: their code is
/// kept as it is, so that loading them decompresses nothing.
const AT_ONCE: &[&str] = &[
    "__future__",
    "_collections_abc",
    "_sitebuiltins",
    "abc",
    "codecs",
    "collections",
    "contextlib",
    "encodings",
    "encodings.aliases",
    "encodings.utf_8",
    "enum",
    "functools",
    "genericpath",
    "importlib",
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "importlib.machinery",
    "importlib.util",
    "io",
    "keyword",
    "linecache",
    "operator",
    "os",
    "posixpath",
    "re",
    "re._casefix",
    "re._compiler",
    "re._constants",
    "re._parser",
    "reprlib",
    "runpy",
    "site",
    "stat",
    "types",
    "typing",
    "warnings",
    "_py_warnings",
    "zipimport",
];

/// Size of a dictionary: what many files have in common.
const DICTIONARY_SIZE: usize = 64 << 10;

/// Something to be stored.
struct Item<'a> {
    content: &'a [u8],
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// As it is.
    Plain,
    /// Compressed by the dictionary of code.
    Code,
    /// Compressed by the dictionary of text.
    Text,
}

/// Where a stored thing lies.
struct Place {
    offset: usize,
    stored: usize,
    size: usize,
    kind: Kind,
}

impl Place {
    fn to_rust(&self) -> String {
        let Place { offset, stored, size, .. } = self;
        let kind = match self.kind {
            Kind::Plain => "Plain",
            Kind::Code => "Code",
            Kind::Text => "Text",
        };
        format!("Blob {{ offset: {offset}, stored: {stored}, size: {size}, packing: Packing::{kind} }}")
    }
}

/// Writes `library.bin` and `library.rs` into `out`.
pub fn write(modules: &[Compiled<'_>], data: &BTreeMap<String, Vec<u8>>, level: i32, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut items = Vec::new();
    for Compiled { module, code } in modules {
        let at_once = AT_ONCE.contains(&module.name.as_str());
        items.push(Item { content: code, kind: if at_once { Kind::Plain } else { Kind::Code } });
        items.push(Item { content: &module.source, kind: Kind::Text });
    }
    for (path, content) in data {
        let packed_already = path.ends_with(".whl");
        items.push(Item { content, kind: if packed_already { Kind::Plain } else { Kind::Text } });
    }
    let (code_dictionary, text_dictionary) = (dictionary(&items, Kind::Code)?, dictionary(&items, Kind::Text)?);
    let packed = in_parallel(&items, |item| match item.kind {
        Kind::Plain => Ok(item.content.to_vec()),
        Kind::Code => compress(item.content, &code_dictionary, level),
        Kind::Text => compress(item.content, &text_dictionary, level),
    });
    let mut blob = Vec::new();
    let mut place = |content: &[u8], size: usize, kind: Kind| {
        let offset = blob.len();
        blob.extend_from_slice(content);
        Place { offset, stored: content.len(), size, kind }
    };
    let mut places = Vec::with_capacity(items.len());
    for (item, packed) in items.iter().zip(packed) {
        places.push(place(&packed?, item.content.len(), item.kind));
    }
    let code_dictionary = place(&code_dictionary, code_dictionary.len(), Kind::Plain);
    let text_dictionary = place(&text_dictionary, text_dictionary.len(), Kind::Plain);
    fs::write(out.join("library.bin"), &blob)?;

    let mut rust = String::new();
    let mut places = places.into_iter().map(|place| place.to_rust());
    let mut next = || places.next().unwrap_or_default();
    writeln!(rust, "pub static MODULES: &[Module] = &[")?;
    for Compiled { module, .. } in modules {
        let (name, is_package, code, source) = (&module.name, module.is_package, next(), next());
        writeln!(rust, "Module {{ name: {name:?}, is_package: {is_package}, code: {code}, source: {source} }},")?;
    }
    writeln!(rust, "];\npub static DATA: &[DataFile] = &[")?;
    for path in data.keys() {
        writeln!(rust, "DataFile {{ path: {path:?}, content: {} }},", next())?;
    }
    writeln!(rust, "];")?;
    writeln!(rust, "pub static CODE_DICTIONARY: Blob = {};", code_dictionary.to_rust())?;
    writeln!(rust, "pub static TEXT_DICTIONARY: Blob = {};", text_dictionary.to_rust())?;
    fs::write(out.join("library.rs"), rust)?;
    Ok(())
}

/// A dictionary out of every file of a kind that is of ordinary size.
fn dictionary(items: &[Item<'_>], kind: Kind) -> Result<Vec<u8>, Box<dyn Error>> {
    let samples = items.iter().filter(|item| item.kind == kind && item.content.len() < 64 << 10);
    let (mut joined, mut sizes) = (Vec::new(), Vec::new());
    for sample in samples.step_by(2) {
        joined.extend_from_slice(sample.content);
        sizes.push(sample.content.len());
    }
    let mut dictionary = Vec::with_capacity(DICTIONARY_SIZE);
    zstd_safe::train_from_buffer(&mut dictionary, &joined, &sizes).map_err(zstd_safe::get_error_name)?;
    Ok(dictionary)
}

fn compress(content: &[u8], dictionary: &[u8], level: i32) -> Result<Vec<u8>, &'static str> {
    let mut packed = Vec::with_capacity(zstd_safe::compress_bound(content.len()));
    let mut context = zstd_safe::CCtx::create();
    context.compress_using_dict(&mut packed, content, dictionary, level).map_err(zstd_safe::get_error_name)?;
    Ok(packed)
}

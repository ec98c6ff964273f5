//! Compresses code, sources and other files, and writes them and their index.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::compile::{Compiled, in_parallel};

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
    /// Compressed by the dictionary.
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
            Kind::Text => "Text",
        };
        format!("Blob {{ offset: {offset}, stored: {stored}, size: {size}, packing: Packing::{kind} }}")
    }
}

/// Writes `library.bin` and `library.rs` into `out`.
pub fn write(modules: &[Compiled<'_>], data: &BTreeMap<String, Vec<u8>>, level: i32, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut items = Vec::new();
    for Compiled { module, code } in modules {
        items.push(Item { content: code, kind: Kind::Plain });
        items.push(Item { content: &module.source, kind: Kind::Text });
    }
    for (path, content) in data {
        let packed_already = path.ends_with(".whl");
        items.push(Item { content, kind: if packed_already { Kind::Plain } else { Kind::Text } });
    }
    let dictionary = dictionary(&items, Kind::Text)?;
    let packed = in_parallel(&items, |item| match item.kind {
        Kind::Plain => Ok(item.content.to_vec()),
        Kind::Text => compress(item.content, &dictionary, level),
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
    let dictionary = place(&dictionary, dictionary.len(), Kind::Plain);
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
    writeln!(rust, "pub static DICTIONARY: Blob = {};", dictionary.to_rust())?;
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

//! Compiles files and writes the marshalled code objects, for a comparison with CPython's own field by field.
//!
//! ```text
//! fidelity [-W ACTION] [SCRIPT.py] OUT ROOT FILE [FILE ...]
//! fidelity [-W ACTION] [SCRIPT.py] OUT ROOT @LISTING
//! ```
//!
//! It takes the arguments of an interpreter that runs a script which does the same, and ignores the script. OUT holds, for
//! each file, four bytes of length (little-endian) and a marshalled code object, or the string `TypeName: message` for a file
//! that does not compile. Files are named relative to ROOT. `random_programs.py`, beside this, makes more files to compare.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

use pvm_bytecode::{Constant, marshal};
use pvm_compiler::compile::{CompileOptions, Source, compile_source};
use pvm_compiler::error::{CompileError, IgnoreWarnings};
use pvm_compiler::lower::Mode;

/// The version of marshal's format that CPython 3.14 writes.
const MARSHAL_VERSION: u32 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "-W") {
        args.drain(..2);
    }
    if args.first().is_some_and(|arg| arg.ends_with(".py")) {
        args.remove(0);
    }
    let [out, root, files @ ..] = args.as_slice() else {
        return Err("usage: fidelity OUT ROOT FILE...".into());
    };
    let mut files = files.to_vec();
    if let [listing] = files.as_slice()
        && let Some(listing) = listing.strip_prefix('@')
    {
        files = fs::read_to_string(listing)?.lines().map(str::to_owned).collect();
    }
    let mut sink = std::io::BufWriter::new(fs::File::create(out)?);
    for file in files {
        let source = fs::read(Path::new(root).join(&file))?;
        let kept = match compile_file(&source, &file) {
            Ok(code) => code,
            Err(error) => Constant::str(&error.to_string()),
        };
        let data = marshal::dumps(&kept, MARSHAL_VERSION).map_err(|error| error.message())?;
        sink.write_all(&u32::try_from(data.len())?.to_le_bytes())?;
        sink.write_all(&data)?;
    }
    Ok(sink.flush()?)
}

fn compile_file(source: &[u8], filename: &str) -> Result<Constant, CompileError> {
    let source = Source::Bytes(source, &decode);
    let options = CompileOptions::default();
    let code = compile_source(source, filename, Mode::Exec, options, &mut IgnoreWarnings)?;
    Ok(Constant::from(code))
}

/// Letters of KOI8-R from 0xC0 on; capitals follow in the same order.
const KOI8_R: &str = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";

/// Decodes what CPython's library has codecs for and its tests use.
fn decode(encoding: &str, bytes: &[u8]) -> Option<Result<String, String>> {
    let letter = |byte: u8| match (encoding, byte) {
        ("koi8-r", 0xC0..) => KOI8_R.chars().nth(usize::from(byte - 0xC0)),
        ("latin1", _) | (_, ..0x80) => Some(char::from(byte)),
        _ => None,
    };
    let text: Option<String> = bytes.iter().map(|&byte| letter(byte)).collect();
    matches!(encoding, "koi8-r" | "latin1").then(|| text.ok_or_else(|| "undecodable".to_owned()))
}

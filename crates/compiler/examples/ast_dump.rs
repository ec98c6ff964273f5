//! Prints trees as `ast.dump(tree, include_attributes=True)` does, a line each, or `ERROR` with the error.
//!
//! `ast_dump FILE…` takes modules. `ast_dump -` takes records from standard input, which end in `\x1e`: mode, `\x1f`,
//! source. Behind the mode may stand `+type_comments` and `+3.N` for a feature version.

#[path = "ast_dump/dump.rs"]
mod dump;

use std::io::Read;

use pvm_compiler::error::{CompileError, IgnoreWarnings};
use pvm_compiler::source::Origin;
use pvm_compiler::{Mode, ParseFlags, SourceText, parse};

fn main() {
    for arg in std::env::args().skip(1) {
        if arg == "-" {
            records();
        } else {
            println!("{}", one_line(dump_file(&arg)));
        }
    }
}

fn records() {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("records in UTF-8");
    for record in input.split_terminator('\x1e') {
        let (options, source) = record.split_once('\x1f').expect("a mode");
        let mut flags = ParseFlags::default();
        let mut options = options.split('+');
        let mode = match options.next() {
            Some("eval") => Mode::Eval,
            Some("single") => Mode::Single,
            Some("func_type") => Mode::FuncType,
            _ => Mode::Exec,
        };
        for option in options {
            match option.strip_prefix("3.") {
                Some(minor) => flags.feature_version = minor.parse().ok(),
                None => flags.type_comments = true,
            }
        }
        println!("{}", one_line(dump(&SourceText::new(source), mode, flags)));
    }
}

fn one_line(text: String) -> String {
    text.replace('\n', "\\n")
}

fn dump_file(file: &str) -> String {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return format!("ERROR {error}"),
    };
    match SourceText::from_bytes(&bytes, file, Origin::Bytes, &|_, _| None) {
        Ok(source) => dump(&source, Mode::Exec, ParseFlags::default()),
        Err(error) => format!("ERROR {error}"),
    }
}

fn dump(source: &SourceText, mode: Mode, flags: ParseFlags) -> String {
    match parse(source, "<s>", mode, flags, &mut IgnoreWarnings) {
        Ok(tree) => dump::dump_mod(&tree),
        Err(CompileError::Syntax(error)) => format!(
            "ERROR {}: {} {} {} {} {} {:?}",
            error.kind.name(),
            error.message,
            error.lineno,
            error.offset,
            error.end_lineno,
            error.end_offset,
            error.text.unwrap_or_default(),
        ),
        Err(error) => format!("ERROR {error}"),
    }
}

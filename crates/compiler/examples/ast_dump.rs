//! Prints the tree of each file named on the command line as `ast.dump(tree, include_attributes=True)` does.
//!
//! `ast_dump [--mode exec|eval|single|func_type] FILE…` writes one line a file: the dump, or `ERROR` with the error.

#[path = "ast_dump/dump.rs"]
mod dump;

use pvm_compiler::error::{CompileError, IgnoreWarnings};
use pvm_compiler::source::Origin;
use pvm_compiler::{Mode, ParseFlags, SourceText, parse};

fn main() {
    let mut mode = Mode::Exec;
    let mut files = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--mode" {
            mode = match args.next().as_deref() {
                Some("eval") => Mode::Eval,
                Some("single") => Mode::Single,
                Some("func_type") => Mode::FuncType,
                _ => Mode::Exec,
            };
        } else {
            files.push(arg);
        }
    }
    for file in files {
        println!("{}", dump_file(&file, mode).replace('\n', "\\n"));
    }
}

fn dump_file(file: &str, mode: Mode) -> String {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return format!("ERROR {error}"),
    };
    let tree = SourceText::from_bytes(&bytes, file, Origin::Bytes, &|_, _| None)
        .map_err(CompileError::Syntax)
        .and_then(|source| {
            parse(
                &source,
                file,
                mode,
                ParseFlags::default(),
                &mut IgnoreWarnings,
            )
        });
    match tree {
        Ok(tree) => dump::dump_mod(&tree),
        Err(error) => format!("ERROR {error}"),
    }
}

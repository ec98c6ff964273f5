//! Prints a `.pyc` as `python -m dis` would its source:
//!
//! ```text
//! cargo run -p pvm-bytecode --example disassemble -- [--caches] [--offsets] [--positions] FILE.pyc…
//! ```

use std::process::ExitCode;

use pvm_bytecode::dis::{Options, disassemble_recursive};
use pvm_bytecode::pyc;

fn main() -> ExitCode {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let set = |name: &str| flags.iter().any(|flag| flag == name);
    let options = Options {
        show_caches: set("--caches"),
        show_offsets: set("--offsets"),
        show_positions: set("--positions"),
        ..Options::default()
    };
    for path in files {
        let file = match std::fs::read(&path) {
            Ok(file) => file,
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        };
        match pyc::read(&file) {
            Ok((_, code)) => print!("{}", disassemble_recursive(&code, &options, None)),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

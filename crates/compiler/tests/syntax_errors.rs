//! Sources that do not parse, with what CPython 3.14 says of them.
//!
//! `syntax_errors.txt` is made by `examples/syntax_errors/compare.py --write` from `syntax_errors_sources.txt`.

use pvm_compiler::error::{CompileError, IgnoreWarnings};
use pvm_compiler::{Mode, ParseFlags, SourceText, parse};

const RECORDS: &str = include_str!("syntax_errors.txt");

#[test]
fn same_errors_as_cpython() {
    let mut fields = RECORDS.split_terminator('\x1e');
    let mut differing = Vec::new();
    while let (Some(input), Some(expected)) = (fields.next(), fields.next()) {
        let (mode, source) = input.split_once('\x1f').expect("mode and source");
        let mode = match mode {
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            _ => Mode::Exec,
        };
        let expected = expected.split('\x1d').next().unwrap_or_default();
        let found = outcome(source, mode).replace('\n', "\\n");
        if found != expected {
            differing.push(format!("{source:?}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn outcome(source: &str, mode: Mode) -> String {
    let source = SourceText::new(source);
    match parse(&source, "<s>", mode, ParseFlags::default(), &mut IgnoreWarnings) {
        Ok(_) => "OK".to_owned(),
        Err(CompileError::Syntax(e)) => [
            e.kind.name().to_owned(),
            e.message,
            e.lineno.to_string(),
            e.offset.to_string(),
            e.end_lineno.to_string(),
            e.end_offset.to_string(),
            e.text.unwrap_or_default(),
        ]
        .join("\x1f"),
        Err(error) => error.to_string(),
    }
}

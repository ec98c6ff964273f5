//! What the code generator refuses and warns of, against what CPython 3.14 says (`diagnostics/make.py`).

use pvm_compiler::compile::{CompileOptions, Source, compile_source};
use pvm_compiler::error::{CompileError, CompileWarning, WarningAction, WarningSink};
use pvm_compiler::lower::Mode;

/// The lines that the listing has for `source`, below the source itself.
fn described(source: &str) -> Vec<String> {
    let mut warnings: Vec<CompileWarning> = Vec::new();
    let options = CompileOptions::default();
    let result = compile_source(Source::Text(source), "file.py", Mode::Exec, options, &mut warnings);
    let mut lines: Vec<String> = warnings
        .iter()
        .map(|warning| format!("{:?} {} {}", warning.category, warning.location.lineno, warning.message))
        .collect();
    match result {
        Ok(_) => {}
        Err(CompileError::Syntax(error)) => lines.push(format!(
            "{} {} {} {} {} {}",
            error.kind.name(),
            error.lineno,
            error.offset,
            error.end_lineno,
            error.end_offset,
            error.message
        )),
        Err(error) => lines.push(error.to_string()),
    }
    lines
}

#[test]
fn as_cpython() {
    let listing = include_str!("diagnostics/codegen.txt");
    for case in listing.split_terminator("\n\n") {
        let lines = || case.lines();
        let source: Vec<&str> = lines().filter_map(|line| line.strip_prefix("    ")).collect();
        let wanted: Vec<&str> = lines().filter(|line| !line.starts_with("    ")).collect();
        assert_eq!(described(&source.join("\n")), wanted, "{}", source.join("\n"));
    }
}

#[test]
fn deep_source_is_refused() {
    let sum = vec!["x"; 300_000].join("+");
    let lines = described(&sum);
    assert!(matches!(&*lines, [line] if line.starts_with("RecursionError: ")), "{lines:?}");
    let attributes = format!("x{}", ".a".repeat(10_000));
    assert!(described(&attributes).is_empty());
}

/// Turns the warnings whose message contains a text into errors.
struct Refuse(&'static str);

impl WarningSink for Refuse {
    fn warn(&mut self, warning: CompileWarning) -> WarningAction {
        if warning.message.contains(self.0) { WarningAction::Error } else { WarningAction::Continue }
    }
}

#[test]
fn warnings_become_errors() {
    let source = "x = '\\d'\nx is 1\nx is 'a'\n";
    let cases = [
        ("'str'", Some((3, 1, "\"is\" with 'str' literal. Did you mean \"==\"?"))),
        (
            "escape",
            Some((1, 6, "\"\\d\" is an invalid escape sequence. Did you mean \"\\\\d\"? A raw string is also an option.")),
        ),
        ("bytes", None),
    ];
    for (refused, wanted) in cases {
        let options = CompileOptions::default();
        let source = Source::Text(source);
        let result = compile_source(source, "file.py", Mode::Exec, options, &mut Refuse(refused));
        let got = match &result {
            Err(CompileError::Syntax(error)) => Some((error.lineno, error.offset, &*error.message)),
            _ => None,
        };
        assert_eq!(got, wanted);
        assert_eq!(result.is_ok(), wanted.is_none());
    }
}

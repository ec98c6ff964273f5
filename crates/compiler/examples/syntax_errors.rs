//! Prints how sources fail to parse. Standard input holds records that end in `\x1e`: mode, `\x1f`, source. `+incomplete`
//! behind a mode stands for the flags of `codeop`, `+error` for warnings that are errors. A line of output holds kind, message, line, offset, end line, end offset and text, with `\x1f` between; or `OK`. Warnings follow,
//! each behind a `\x1d`: line and message.

use std::io::Read;

use pvm_compiler::error::{CompileError, WarningAction};
use pvm_compiler::{CompileWarning, Mode, ParseFlags, SourceText, WarningSink, parse};

fn main() {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("records in UTF-8");
    for record in input.split_terminator('\x1e') {
        let (mode, source) = record.split_once('\x1f').expect("a mode");
        let mut flags = ParseFlags::default();
        let mut warnings = Warnings::default();
        let (mode, option) = mode.split_once('+').unwrap_or((mode, ""));
        match option {
            "incomplete" => {
                flags.allow_incomplete_input = true;
                flags.dont_imply_dedent = true;
            }
            "error" => warnings.are_errors = true,
            _ => {}
        }
        let mode = match mode {
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            "func_type" => Mode::FuncType,
            _ => Mode::Exec,
        };
        println!("{}", outcome(source, mode, flags, warnings).replace('\n', "\\n"));
    }
}

#[derive(Default)]
struct Warnings {
    are_errors: bool,
    caught: Vec<CompileWarning>,
}

impl WarningSink for Warnings {
    fn warn(&mut self, warning: CompileWarning) -> WarningAction {
        if self.are_errors {
            return WarningAction::Error;
        }
        self.caught.warn(warning)
    }
}

fn outcome(source: &str, mode: Mode, flags: ParseFlags, mut warnings: Warnings) -> String {
    let source = SourceText::new(source);
    let mut outcome = describe(parse(&source, "<s>", mode, flags, &mut warnings).map(drop));
    for warning in warnings.caught {
        outcome.push_str(&format!("\x1d{}:{}", warning.location.lineno, warning.message));
    }
    outcome
}

fn describe(parsed: Result<(), CompileError>) -> String {
    match parsed {
        Ok(_) => "OK".to_owned(),
        Err(CompileError::Syntax(error)) => [
            error.kind.name().to_owned(),
            error.message,
            error.lineno.to_string(),
            error.offset.to_string(),
            error.end_lineno.to_string(),
            error.end_offset.to_string(),
            error.text.unwrap_or_default(),
        ]
        .join("\x1f"),
        Err(error) => error.to_string(),
    }
}

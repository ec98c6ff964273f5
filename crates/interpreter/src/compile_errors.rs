//! The compiler's errors and warnings as exceptions.

use pvm_compiler::error::{
    CompileError, CompileWarning, SyntaxError, SyntaxErrorKind, WarningAction, WarningCategory, WarningSink,
};
use pvm_compiler::source::{Origin, SourceText};
use pvm_object::exceptions;
use pvm_object::{PyResult, Raised, Value, Vm};

use crate::source::{self, Text};

/// Raises what the compiler says.
pub fn raise(vm: &mut Vm, error: CompileError) -> Raised {
    match error {
        CompileError::Syntax(error) => raise_syntax_error(vm, &error),
        CompileError::Recursion(message) => vm.recursion_error(format_args!("{message}")),
        CompileError::Memory(message) => vm.raise_message(exceptions::MEMORY_ERROR.get(), format_args!("{message}")),
        CompileError::Value(message) => vm.value_error(format_args!("{message}")),
        CompileError::Type(message) => vm.type_error(format_args!("{message}")),
        CompileError::System(message) => vm.system_error(format_args!("{message}")),
        CompileError::Overflow(message) => vm.overflow_error(format_args!("{message}")),
        CompileError::Surrogates { text, start, end } => match crate::codes::text(vm, &text) {
            Ok(text) => vm.unicode_encode_error("utf-8", &text, start..end, "surrogates not allowed"),
            Err(error) => error.into(),
        },
        CompileError::Aborted => vm.told_to_stop(),
    }
}

fn raise_syntax_error(vm: &mut Vm, error: &SyntaxError) -> Raised {
    let class = match error.kind {
        SyntaxErrorKind::SyntaxError => exceptions::SYNTAX_ERROR.get(),
        SyntaxErrorKind::IndentationError => exceptions::INDENTATION_ERROR.get(),
        SyntaxErrorKind::TabError => exceptions::TAB_ERROR.get(),
        SyntaxErrorKind::IncompleteInput => exceptions::INCOMPLETE_INPUT_ERROR.get(),
    };
    let message: Value = vm.new_str(&error.message).into();
    if error.lineno < 0 {
        let exception = vm.call(&class.to_value(), &[message]);
        return raise_value(vm, exception);
    }
    let line = error.text.clone().or_else(|| line_of_file(vm, &error.filename, error.lineno));
    // Those of later passes than the parser's are counted in bytes, in CPython too.
    let (offset, end_offset) = (error.offset, error.end_offset);
    let int = |vm: &mut Vm, value: i32| vm.int(i64::from(value));
    let filename: Value = vm.new_str(&error.filename).into();
    let text: Value = line.map_or_else(Value::none, |line| vm.new_str(&line).into());
    let mut details = vec![filename, int(vm, error.lineno), int(vm, offset), text];
    if error.end_lineno >= 0 {
        details.extend([int(vm, error.end_lineno), int(vm, end_offset)]);
    } else {
        details.extend([Value::none(), Value::none()]);
    }
    let context = error.context.as_ref().map(|context| {
        let source = context.source.as_ref().map_or_else(Value::none, |source| vm.new_str(source).into());
        let context = vec![int(vm, context.lineno), int(vm, context.col_offset), source];
        vm.new_tuple(context).into()
    });
    let details = vm.new_tuple(details);
    let exception = vm.call(&class.to_value(), &[message, details.into()]).and_then(|exception| {
        if let Some(context) = &context {
            let name = vm.intern("_metadata");
            vm.setattr(&exception, &name, context)?;
        }
        Ok(exception)
    });
    raise_value(vm, exception)
}

fn raise_value(vm: &mut Vm, exception: PyResult) -> Raised {
    match exception.map(|exception| exception.downcast_into()) {
        Ok(Ok(exception)) => vm.raise(exception),
        Ok(Err(_)) => vm.system_error(format_args!("an exception class made something else")),
        Err(raised) => raised,
    }
}

/// The line of an error that a later pass than the parser found (`PyErr_ProgramTextObject`).
fn line_of_file(vm: &mut Vm, path: &str, line: i32) -> Option<String> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let content = Text::Bytes(std::fs::read(path).ok()?);
    let decoded = source::decode(vm, &content).unwrap_or_else(|raised| {
        drop(vm.catch(raised));
        None
    });
    let Text::Bytes(content) = content else { return None };
    if let Ok(text) = SourceText::from_bytes(&content, path, Origin::Bytes, &|_, _| decoded.clone()) {
        return Some(text.line(line).to_owned()).filter(|text| !text.is_empty());
    }
    let line = content.split_inclusive(|&byte| byte == b'\n').nth(index)?;
    Some(String::from_utf8_lossy(line).into_owned())
}

/// Gives an error of a later pass than the parser the line of the source that it is about.
pub fn add_line(error: &mut SyntaxError, source: &str) {
    let index = usize::try_from(error.lineno).ok().and_then(|line| line.checked_sub(1));
    error.text = index.and_then(|index| source.lines().nth(index)).map(|line| format!("{line}\n"));
}

/// Issues the warnings of a compilation, and knows what came of them.
pub struct Warnings<'a> {
    vm: &'a mut Vm,
    filename: &'a str,
    raised: Option<Raised>,
}

impl<'a> Warnings<'a> {
    /// For a compilation of a file.
    pub fn new(vm: &'a mut Vm, filename: &'a str) -> Warnings<'a> {
        Warnings { vm, filename, raised: None }
    }

    /// The compilation's result, its error raised.
    pub fn finish<T>(self, result: Result<T, CompileError>) -> PyResult<T> {
        match (result, self.raised) {
            (Ok(value), _) => Ok(value),
            (Err(CompileError::Aborted), Some(raised)) => Err(raised),
            (Err(error), _) => Err(raise(self.vm, error)),
        }
    }
}

impl WarningSink for Warnings<'_> {
    fn warn(&mut self, warning: CompileWarning) -> WarningAction {
        let category = match warning.category {
            WarningCategory::DeprecationWarning => exceptions::DEPRECATION_WARNING.get(),
            WarningCategory::SyntaxWarning => exceptions::SYNTAX_WARNING.get(),
        };
        let line = warning.location.lineno;
        match crate::warnings::warn_explicit(self.vm, category, &warning.message, self.filename, line) {
            Ok(()) => WarningAction::Continue,
            Err(raised) if self.vm.pending_is(category) => {
                drop(self.vm.catch(raised));
                WarningAction::Error
            }
            Err(raised) => {
                self.raised = Some(raised);
                WarningAction::Abort
            }
        }
    }
}

//! The built-in exception classes without fields of their own, as data; and the list of all.

use super::{
    ATTRIBUTE_ERROR, BASE_EXCEPTION, BASE_EXCEPTION_GROUP, BaseException, EXCEPTION_GROUP, IMPORT_ERROR, ImportError, KEY_ERROR,
    NAME_ERROR, NameError, OS_ERROR, OsError, STOP_ITERATION, SYNTAX_ERROR, SYSTEM_EXIT, SyntaxError, UNICODE_DECODE_ERROR,
    UNICODE_ENCODE_ERROR, UNICODE_TRANSLATE_ERROR,
};
use crate::core::object::Static;
use crate::native::{ConstDef, MemberDef};
use crate::types::create;
use crate::types::{NativeLayout, PyClass, Slots, Type, TypeDef, type_flag};

/// Rows of name, Python name, base, text; `as` names the native half where it is not `BaseException`.
macro_rules! exception_tree {
    ($($name:ident $python:literal: $base:ident $(as $native:ty)?, $text:literal;)*) => {
        $(
            #[doc = concat!("`", $python, "`.")]
            pub static $name: Static<Type> = {
                static DEF: TypeDef = TypeDef {
                    name: $python,
                    module: "builtins",
                    full_name: $python,
                    doc: Some($text),
                    base: Some(&$base),
                    also: None,
                    members: exception_tree!(@members $name $($native)?),
                    flags: type_flag::BASE_TYPE | type_flag::HAS_DICT,
                };
                type Native = exception_tree!(@native $($native)?);
                static LAYOUT: &NativeLayout = &NativeLayout::of::<Native>();
                Static::new_class_like(&DEF, LAYOUT, <Native as PyClass>::TYPE, Slots::new())
            };
        )*
        static SIMPLE: &[&Static<Type>] = &[$(&$name),*];
    };
    // A class whose instances are plain exceptions has a `__new__` of its own; the others inherit theirs.
    (@members $name:ident) => {{
        static NEW: ConstDef = ConstDef {
            name: "__new__",
            value: |heap| Ok(heap.new_native_function(&create::NEW, $name.to_value(), None)),
        };
        &[MemberDef::Const(&NEW)]
    }};
    (@members $name:ident $native:ty) => { &[] };
    (@native) => { BaseException };
    (@native $native:ty) => { $native };
}

exception_tree! {
    EXCEPTION "Exception": BASE_EXCEPTION, "Common base class for all non-exit exceptions.";
    GENERATOR_EXIT "GeneratorExit": BASE_EXCEPTION, "Request that a generator exit.";
    KEYBOARD_INTERRUPT "KeyboardInterrupt": BASE_EXCEPTION, "Program interrupted by user.";
    TYPE_ERROR "TypeError": EXCEPTION, "Inappropriate argument type.";
    STOP_ASYNC_ITERATION "StopAsyncIteration": EXCEPTION, "Signal the end from iterator.__anext__().";
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError": IMPORT_ERROR as ImportError, "Module not found.";
    BLOCKING_IO_ERROR "BlockingIOError": OS_ERROR as OsError, "I/O operation would block.";
    CONNECTION_ERROR "ConnectionError": OS_ERROR as OsError, "Connection error.";
    CHILD_PROCESS_ERROR "ChildProcessError": OS_ERROR as OsError, "Child process error.";
    BROKEN_PIPE_ERROR "BrokenPipeError": CONNECTION_ERROR as OsError, "Broken pipe.";
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError": CONNECTION_ERROR as OsError, "Connection aborted.";
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError": CONNECTION_ERROR as OsError, "Connection refused.";
    CONNECTION_RESET_ERROR "ConnectionResetError": CONNECTION_ERROR as OsError, "Connection reset.";
    FILE_EXISTS_ERROR "FileExistsError": OS_ERROR as OsError, "File already exists.";
    FILE_NOT_FOUND_ERROR "FileNotFoundError": OS_ERROR as OsError, "File not found.";
    IS_A_DIRECTORY_ERROR "IsADirectoryError": OS_ERROR as OsError, "Operation doesn't work on directories.";
    NOT_A_DIRECTORY_ERROR "NotADirectoryError": OS_ERROR as OsError, "Operation only works on directories.";
    INTERRUPTED_ERROR "InterruptedError": OS_ERROR as OsError, "Interrupted by signal.";
    PERMISSION_ERROR "PermissionError": OS_ERROR as OsError, "Not enough permissions.";
    PROCESS_LOOKUP_ERROR "ProcessLookupError": OS_ERROR as OsError, "Process not found.";
    TIMEOUT_ERROR "TimeoutError": OS_ERROR as OsError, "Timeout expired.";
    EOF_ERROR "EOFError": EXCEPTION, "Read beyond end of file.";
    RUNTIME_ERROR "RuntimeError": EXCEPTION, "Unspecified run-time error.";
    RECURSION_ERROR "RecursionError": RUNTIME_ERROR, "Recursion limit exceeded.";
    PYTHON_FINALIZATION_ERROR "PythonFinalizationError": RUNTIME_ERROR, "Operation blocked during Python finalization.";
    NOT_IMPLEMENTED_ERROR "NotImplementedError": RUNTIME_ERROR, "Method or function hasn't been implemented yet.";
    UNBOUND_LOCAL_ERROR "UnboundLocalError": NAME_ERROR as NameError, "Local name referenced but not bound to a value.";
    INDENTATION_ERROR "IndentationError": SYNTAX_ERROR as SyntaxError, "Improper indentation.";
    TAB_ERROR "TabError": INDENTATION_ERROR as SyntaxError, "Improper mixture of spaces and tabs.";
    INCOMPLETE_INPUT_ERROR "_IncompleteInputError": SYNTAX_ERROR as SyntaxError, "incomplete input.";
    LOOKUP_ERROR "LookupError": EXCEPTION, "Base class for lookup errors.";
    INDEX_ERROR "IndexError": LOOKUP_ERROR, "Sequence index out of range.";
    VALUE_ERROR "ValueError": EXCEPTION, "Inappropriate argument value (of correct type).";
    UNICODE_ERROR "UnicodeError": VALUE_ERROR, "Unicode related error.";
    ASSERTION_ERROR "AssertionError": EXCEPTION, "Assertion failed.";
    ARITHMETIC_ERROR "ArithmeticError": EXCEPTION, "Base class for arithmetic errors.";
    FLOATING_POINT_ERROR "FloatingPointError": ARITHMETIC_ERROR, "Floating-point operation failed.";
    OVERFLOW_ERROR "OverflowError": ARITHMETIC_ERROR, "Result too large to be represented.";
    ZERO_DIVISION_ERROR "ZeroDivisionError": ARITHMETIC_ERROR, "Second argument to a division or modulo operation was zero.";
    SYSTEM_ERROR "SystemError": EXCEPTION, "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.";
    REFERENCE_ERROR "ReferenceError": EXCEPTION, "Weak ref proxy used after referent went away.";
    MEMORY_ERROR "MemoryError": EXCEPTION, "Out of memory.";
    BUFFER_ERROR "BufferError": EXCEPTION, "Buffer error.";
    WARNING "Warning": EXCEPTION, "Base class for warning categories.";
    USER_WARNING "UserWarning": WARNING, "Base class for warnings generated by user code.";
    DEPRECATION_WARNING "DeprecationWarning": WARNING, "Base class for warnings about deprecated features.";
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning": WARNING, "Base class for warnings about features which will be deprecated\nin the future.";
    SYNTAX_WARNING "SyntaxWarning": WARNING, "Base class for warnings about dubious syntax.";
    RUNTIME_WARNING "RuntimeWarning": WARNING, "Base class for warnings about dubious runtime behavior.";
    FUTURE_WARNING "FutureWarning": WARNING, "Base class for warnings about constructs that will change semantically\nin the future.";
    IMPORT_WARNING "ImportWarning": WARNING, "Base class for warnings about probable mistakes in module imports";
    UNICODE_WARNING "UnicodeWarning": WARNING, "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    BYTES_WARNING "BytesWarning": WARNING, "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    RESOURCE_WARNING "ResourceWarning": WARNING, "Base class for warnings about resource usage.";
    ENCODING_WARNING "EncodingWarning": WARNING, "Base class for warnings about encodings.";
}

static WITH_FIELDS: &[&Static<Type>] = &[
    &BASE_EXCEPTION,
    &BASE_EXCEPTION_GROUP,
    &EXCEPTION_GROUP,
    &SYSTEM_EXIT,
    &STOP_ITERATION,
    &ATTRIBUTE_ERROR,
    &NAME_ERROR,
    &IMPORT_ERROR,
    &OS_ERROR,
    &SYNTAX_ERROR,
    &KEY_ERROR,
    &UNICODE_ENCODE_ERROR,
    &UNICODE_DECODE_ERROR,
    &UNICODE_TRANSLATE_ERROR,
];

/// All of them, for the dict of `builtins`.
pub fn all() -> impl Iterator<Item = &'static Static<Type>> {
    WITH_FIELDS.iter().chain(SIMPLE).copied()
}

/// Other names of `OSError` in `builtins`.
pub static OS_ERROR_ALIASES: &[&str] = &["EnvironmentError", "IOError"];

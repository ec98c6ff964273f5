//! The tree of the built-in exception classes, as data.

use super::EXCEPTION_LAYOUT;
use crate::core::object::Static;
use crate::types::{OBJECT_TYPE, Slots, Type, TypeDef, type_flag};

macro_rules! exception_tree {
    ($($name:ident $python:literal: $base:ident, $text:literal;)*) => {
        $(
            #[doc = concat!("`", $python, "`.")]
            pub static $name: Static<Type> = {
                static DEF: TypeDef = TypeDef {
                    name: $python,
                    module: "builtins",
                    doc: Some($text),
                    base: Some(&$base),
                    members: &[],
                    flags: type_flag::BASE_TYPE | type_flag::HAS_WEAKREFS | type_flag::HAS_DICT,
                };
                Static::new_class_like(&DEF, &EXCEPTION_LAYOUT, &raw const BASE_EXCEPTION, Slots::new())
            };
        )*
        /// All of them, for the dict of `builtins`.
        pub static ALL: &[&Static<Type>] = &[&BASE_EXCEPTION, $(&$name),*];
    };
}

/// `BaseException`.
pub static BASE_EXCEPTION: Static<Type> = {
    static DEF: TypeDef = TypeDef {
        name: "BaseException",
        module: "builtins",
        doc: Some("Common base class for all exceptions."),
        base: Some(&OBJECT_TYPE),
        members: &[],
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT,
    };
    Static::new_class(&DEF, &EXCEPTION_LAYOUT, Slots::new())
};

exception_tree! {
    EXCEPTION "Exception": BASE_EXCEPTION, "Common base class for all non-exit exceptions.";
    GENERATOR_EXIT "GeneratorExit": BASE_EXCEPTION, "Request that a generator exit.";
    KEYBOARD_INTERRUPT "KeyboardInterrupt": BASE_EXCEPTION, "Program interrupted by user.";
    TYPE_ERROR "TypeError": EXCEPTION, "Inappropriate argument type.";
    STOP_ASYNC_ITERATION "StopAsyncIteration": EXCEPTION, "Signal the end from iterator.__anext__().";
    STOP_ITERATION "StopIteration": EXCEPTION, "Signal the end from iterator.__next__().";
    ATTRIBUTE_ERROR "AttributeError": EXCEPTION, "Attribute not found.";
    NAME_ERROR "NameError": EXCEPTION, "Name not found globally.";
    IMPORT_ERROR "ImportError": EXCEPTION, "Import can't find module, or can't find name in module.";
    EOF_ERROR "EOFError": EXCEPTION, "Read beyond end of file.";
    RUNTIME_ERROR "RuntimeError": EXCEPTION, "Unspecified run-time error.";
    RECURSION_ERROR "RecursionError": RUNTIME_ERROR, "Recursion limit exceeded.";
    NOT_IMPLEMENTED_ERROR "NotImplementedError": RUNTIME_ERROR, "Method or function hasn't been implemented yet.";
    UNBOUND_LOCAL_ERROR "UnboundLocalError": NAME_ERROR, "Local name referenced but not bound to a value.";
    SYNTAX_ERROR "SyntaxError": EXCEPTION, "Invalid syntax.";
    LOOKUP_ERROR "LookupError": EXCEPTION, "Base class for lookup errors.";
    INDEX_ERROR "IndexError": LOOKUP_ERROR, "Sequence index out of range.";
    KEY_ERROR "KeyError": LOOKUP_ERROR, "Mapping key not found.";
    VALUE_ERROR "ValueError": EXCEPTION, "Inappropriate argument value (of correct type).";
    ASSERTION_ERROR "AssertionError": EXCEPTION, "Assertion failed.";
    ARITHMETIC_ERROR "ArithmeticError": EXCEPTION, "Base class for arithmetic errors.";
    OVERFLOW_ERROR "OverflowError": ARITHMETIC_ERROR, "Result too large to be represented.";
    ZERO_DIVISION_ERROR "ZeroDivisionError": ARITHMETIC_ERROR, "Second argument to a division or modulo operation was zero.";
    SYSTEM_ERROR "SystemError": EXCEPTION, "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.";
    REFERENCE_ERROR "ReferenceError": EXCEPTION, "Weak ref proxy used after referent went away.";
    MEMORY_ERROR "MemoryError": EXCEPTION, "Out of memory.";
    BUFFER_ERROR "BufferError": EXCEPTION, "Buffer error.";
    WARNING "Warning": EXCEPTION, "Base class for warning categories.";
    DEPRECATION_WARNING "DeprecationWarning": WARNING, "Base class for warnings about deprecated features.";
    RUNTIME_WARNING "RuntimeWarning": WARNING, "Base class for warnings about dubious runtime behavior.";
    SYNTAX_WARNING "SyntaxWarning": WARNING, "Base class for warnings about dubious syntax.";
}

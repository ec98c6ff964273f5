//! Flags of code objects (`co_flags`) and kinds of their local variables.

/// Locals live in slots, found by index.
pub const CO_OPTIMIZED: u32 = 0x0001;
/// A call makes a new namespace.
pub const CO_NEWLOCALS: u32 = 0x0002;
/// Takes `*args`.
pub const CO_VARARGS: u32 = 0x0004;
/// Takes `**kwargs`.
pub const CO_VARKEYWORDS: u32 = 0x0008;
/// Defined inside a function.
pub const CO_NESTED: u32 = 0x0010;
/// A generator function.
pub const CO_GENERATOR: u32 = 0x0020;
/// A coroutine function (`async def`).
pub const CO_COROUTINE: u32 = 0x0080;
/// A generator that may be awaited (`types.coroutine`).
pub const CO_ITERABLE_COROUTINE: u32 = 0x0100;
/// An asynchronous generator function.
pub const CO_ASYNC_GENERATOR: u32 = 0x0200;
/// `from __future__ import division`.
pub const CO_FUTURE_DIVISION: u32 = 0x2_0000;
/// `from __future__ import absolute_import`.
pub const CO_FUTURE_ABSOLUTE_IMPORT: u32 = 0x4_0000;
/// `from __future__ import with_statement`.
pub const CO_FUTURE_WITH_STATEMENT: u32 = 0x8_0000;
/// `from __future__ import print_function`.
pub const CO_FUTURE_PRINT_FUNCTION: u32 = 0x10_0000;
/// `from __future__ import unicode_literals`.
pub const CO_FUTURE_UNICODE_LITERALS: u32 = 0x20_0000;
/// `from __future__ import barry_as_FLUFL`.
pub const CO_FUTURE_BARRY_AS_BDFL: u32 = 0x40_0000;
/// `from __future__ import generator_stop`.
pub const CO_FUTURE_GENERATOR_STOP: u32 = 0x80_0000;
/// `from __future__ import annotations`.
pub const CO_FUTURE_ANNOTATIONS: u32 = 0x100_0000;
/// No monitoring events come from this code.
pub const CO_NO_MONITORING_EVENTS: u32 = 0x200_0000;
/// The first constant is the docstring.
pub const CO_HAS_DOCSTRING: u32 = 0x400_0000;
/// A function defined in a class body.
pub const CO_METHOD: u32 = 0x800_0000;

/// The code's frames live on: generators, coroutines, asynchronous generators.
pub const CO_ANY_GENERATOR: u32 = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

/// The flags' names as `inspect` and `dis` show them, in the order of bits; other bits print as numbers.
pub const FLAG_NAMES: [(u32, &str); 12] = [
    (CO_OPTIMIZED, "OPTIMIZED"),
    (CO_NEWLOCALS, "NEWLOCALS"),
    (CO_VARARGS, "VARARGS"),
    (CO_VARKEYWORDS, "VARKEYWORDS"),
    (CO_NESTED, "NESTED"),
    (CO_GENERATOR, "GENERATOR"),
    (0x40, "NOFREE"),
    (CO_COROUTINE, "COROUTINE"),
    (CO_ITERABLE_COROUTINE, "ITERABLE_COROUTINE"),
    (CO_ASYNC_GENERATOR, "ASYNC_GENERATOR"),
    (CO_HAS_DOCSTRING, "HAS_DOCSTRING"),
    (CO_METHOD, "METHOD"),
];

/// A positional parameter (`*args` too).
pub const CO_FAST_ARG_POS: u8 = 0x02;
/// A parameter that may be given by keyword (`**kwargs` too).
pub const CO_FAST_ARG_KW: u8 = 0x04;
/// `*args` or `**kwargs`.
pub const CO_FAST_ARG_VAR: u8 = 0x08;
/// Any parameter.
pub const CO_FAST_ARG: u8 = CO_FAST_ARG_POS | CO_FAST_ARG_KW | CO_FAST_ARG_VAR;
/// Not shown in `locals()`: a comprehension's variable inlined into a module or class.
pub const CO_FAST_HIDDEN: u8 = 0x10;
/// A local variable.
pub const CO_FAST_LOCAL: u8 = 0x20;
/// A variable that inner functions share; with [`CO_FAST_LOCAL`] a parameter too.
pub const CO_FAST_CELL: u8 = 0x40;
/// A variable of an outer function.
pub const CO_FAST_FREE: u8 = 0x80;

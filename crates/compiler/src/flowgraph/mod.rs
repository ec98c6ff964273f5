//! From linear code to a code object by way of a control-flow graph (CPython's `flowgraph.c`).

use std::collections::HashSet;

use pvm_bytecode::{CodeObject, Constant, Text};

use crate::ast::Identifier;
use crate::error::CompileError;
use crate::instructions::InstructionSequence;

/// What the code generator knows of a code object besides its instructions.
#[derive(Debug, Clone, Default)]
pub struct CodeUnit {
    pub filename: Text,
    pub name: Text,
    pub qualname: Text,
    /// Constants; operands of `LOAD_CONST` index them. The first may be the docstring and stays.
    pub consts: Vec<Constant>,
    /// Names of globals and attributes.
    pub names: Vec<Identifier>,
    /// Local variables, parameters first.
    pub varnames: Vec<Identifier>,
    /// Cells, some of them parameters; operands of `*_DEREF` index these and then the free variables.
    pub cellvars: Vec<Identifier>,
    /// Variables of enclosing functions.
    pub freevars: Vec<Identifier>,
    /// Names that are locals only within an inlined comprehension.
    pub fast_hidden: HashSet<Identifier>,
    /// Parameters that may be given by position or keyword, without the positional-only ones.
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    /// All parameters, `*args` and `**kwargs` included: these locals are bound from the start.
    pub nparams: usize,
    /// `CO_*`.
    pub flags: u32,
    pub firstlineno: i32,
}

/// Optimises `sequence` and makes a code object of it.
///
/// # Errors
/// `SystemError` or `ValueError` for code that cannot be: jumps inside a block, a stack that under- or overflows.
pub fn optimize_and_assemble(
    sequence: InstructionSequence,
    unit: CodeUnit,
) -> Result<CodeObject, CompileError> {
    let _ = (sequence, unit);
    Err(CompileError::System(
        "the flow graph is not here yet".to_owned(),
    ))
}

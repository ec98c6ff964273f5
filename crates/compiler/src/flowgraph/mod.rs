//! From linear code to a code object by way of a control-flow graph (CPython's `flowgraph.c`).
//!
//! [`optimize_and_assemble`] runs the passes, one a file, in CPython's order; `graph` has the blocks they work on.

mod arith;
mod borrow;
mod build;
mod cold;
mod consts;
mod exceptions;
mod fold;
mod graph;
mod inline;
mod lines;
mod load_const;
mod localsplus;
mod peephole;
mod pseudo;
mod redundant;
mod stackdepth;
mod superinstructions;
mod swaps;
mod uninitialized;
mod unreachable;

use std::collections::HashSet;

use pvm_bytecode::{CodeObject, Constant, Text};

use self::consts::Consts;
use self::graph::Graph;
use crate::assemble::{self, Frame};
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
pub fn optimize_and_assemble(sequence: InstructionSequence, unit: CodeUnit) -> Result<CodeObject, CompileError> {
    let mut unit = unit;
    let mut graph = build::from_sequence(sequence)?;
    let mut consts = Consts::new(std::mem::take(&mut unit.consts));
    optimize(&mut graph, &mut consts, &unit)?;
    let frame = lower(&mut graph, &unit)?;
    let sequence = build::to_sequence(&graph);
    Ok(assemble::make_code_object(sequence, unit, consts.into_values(), frame))
}

/// The passes that keep pseudo opcodes (CPython's `_PyCfg_OptimizeCodeUnit`).
fn optimize(graph: &mut Graph, consts: &mut Consts, unit: &CodeUnit) -> Result<(), CompileError> {
    exceptions::mark_except_handlers(graph);
    exceptions::label_exception_targets(graph);

    inline::inline_small_or_no_lineno_blocks(graph);
    unreachable::remove_unreachable(graph);
    lines::resolve_line_numbers(graph);
    load_const::optimize_load_const(graph, consts);
    peephole::optimize_blocks(graph, consts);
    redundant::remove_redundant_nops_and_pairs(graph);
    unreachable::remove_unreachable(graph);
    redundant::remove_redundant_nops_and_jumps(graph)?;

    consts.remove_unused(graph);
    uninitialized::check_uninitialized_loads(graph, unit.varnames.len(), unit.nparams);
    superinstructions::insert_superinstructions(graph);
    cold::push_cold_blocks_to_end(graph)?;
    lines::resolve_line_numbers(graph);
    Ok(())
}

/// The passes that leave only real opcodes (CPython's `_PyCfg_OptimizedCfgToInstructionSequence`).
fn lower(graph: &mut Graph, unit: &CodeUnit) -> Result<Frame, CompileError> {
    pseudo::convert_conditional_jumps(graph);
    let stacksize = stackdepth::calculate_stackdepth(graph)?;
    let nlocalsplus = localsplus::prepare_localsplus(graph, unit);
    pseudo::convert_pseudo_ops(graph)?;
    pseudo::normalize_jumps(graph);
    borrow::borrow_loads(graph);
    Ok(Frame { stacksize, nlocalsplus })
}

/// `SystemError` about a graph that cannot be.
fn malformed(message: &str) -> CompileError {
    CompileError::System(message.to_owned())
}

#[cfg(test)]
mod tests;

//! How deep the stack gets, and how deep it is at the start of each block.

use super::graph::{BlockId, Graph};
use super::malformed;
use crate::error::CompileError;
use pvm_bytecode::Opcode;

/// The greatest depth of the stack (CPython's `calculate_stackdepth`).
///
/// # Errors
/// `ValueError` if ways to a block disagree about its depth, or the stack underflows.
pub(super) fn calculate_stackdepth(graph: &mut Graph) -> Result<u32, CompileError> {
    for id in graph.order() {
        graph[id].start_depth = i32::MIN;
    }
    let mut pending = Vec::new();
    let mut max_depth = 0;
    reach(graph, &mut pending, graph.entry, 0)?;
    while let Some(id) = pending.pop() {
        let mut depth = graph[id].start_depth;
        let mut next = graph[id].next;
        for index in 0..graph[id].instrs.len() {
            let instr = graph[id].instrs[index];
            let new_depth = depth + instr.opcode.stack_effect(instr.oparg, false);
            if new_depth < 0 {
                return Err(CompileError::Value("Invalid CFG, stack underflow".to_owned()));
            }
            max_depth = max_depth.max(depth);
            if let Some(target) = instr.target
                && instr.opcode.has_target()
                && instr.opcode != Opcode::EndAsyncFor
            {
                let target_depth = depth + instr.opcode.stack_effect(instr.oparg, true);
                reach(graph, &mut pending, target, target_depth)?;
            }
            depth = new_depth;
            if instr.opcode.is_unconditional_jump() || instr.opcode.is_scope_exit() {
                next = None;
                break;
            }
        }
        if let Some(next) = next {
            reach(graph, &mut pending, next, depth)?;
        }
    }
    u32::try_from(max_depth).map_err(|_| malformed("Invalid CFG, stack underflow"))
}

fn reach(graph: &mut Graph, pending: &mut Vec<BlockId>, id: BlockId, depth: i32) -> Result<(), CompileError> {
    let known = graph[id].start_depth;
    if known >= 0 && known != depth {
        return Err(CompileError::Value("Invalid CFG, inconsistent stackdepth".to_owned()));
    }
    if known < depth {
        graph[id].start_depth = depth;
        pending.push(id);
    }
    Ok(())
}

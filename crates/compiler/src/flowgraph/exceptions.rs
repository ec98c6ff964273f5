//! Which handler each instruction unwinds to.

use pvm_bytecode::Opcode;
use pvm_bytecode::opcode::resume;

use super::graph::{BlockId, Graph};

/// Marks the blocks that are handlers.
pub(super) fn mark_except_handlers(graph: &mut Graph) {
    for id in graph.order() {
        for index in 0..graph[id].instrs.len() {
            let instr = graph[id].instrs[index];
            if let Some(target) = instr.target
                && instr.opcode.is_block_push()
            {
                graph[target].except_handler = true;
            }
        }
    }
}

/// Follows control flow with a stack of handlers, gives each instruction its handler and removes `POP_BLOCK`
/// (CPython's `label_exception_targets`).
pub(super) fn label_exception_targets(graph: &mut Graph) {
    graph.reset_visited();
    let entry = graph.entry;
    graph.visit(entry);
    let mut todo: Vec<(BlockId, Vec<BlockId>)> = vec![(entry, Vec::new())];
    while let Some((id, mut handlers)) = todo.pop() {
        // How many handlers were active at the last `yield`: the `RESUME` after it records whether it was one.
        let mut depth_at_yield = None;
        for index in 0..graph[id].instrs.len() {
            let handler = handlers.last().copied();
            let falls_through = graph[id].falls_through();
            let instr = &mut graph[id].instrs[index];
            let target = instr.target;
            match (instr.opcode, target) {
                (opcode, Some(target)) if opcode.is_block_push() => {
                    if graph.visit(target) {
                        todo.push((target, handlers.clone()));
                    }
                    if matches!(opcode, Opcode::SetupWith | Opcode::SetupCleanup) {
                        graph[target].preserve_lasti = true;
                    }
                    handlers.push(target);
                }
                (Opcode::PopBlock, _) => {
                    handlers.pop();
                    instr.set_nop();
                }
                (opcode, Some(target)) if opcode.has_jump() => {
                    instr.except = handler;
                    if graph.visit(target) {
                        let handlers = if falls_through { handlers.clone() } else { std::mem::take(&mut handlers) };
                        todo.push((target, handlers));
                    }
                }
                (Opcode::YieldValue, _) => {
                    instr.except = handler;
                    depth_at_yield = Some(handlers.len());
                }
                (Opcode::Resume, _) => {
                    instr.except = handler;
                    if instr.oparg != resume::AT_FUNC_START && depth_at_yield.take() == Some(1) {
                        instr.oparg |= resume::DEPTH1_MASK;
                    }
                }
                _ => instr.except = handler,
            }
        }
        if graph[id].falls_through()
            && let Some(next) = graph[id].next
            && graph.visit(next)
        {
            todo.push((next, handlers));
        }
    }
}

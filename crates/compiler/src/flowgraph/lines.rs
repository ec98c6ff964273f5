//! Gives every instruction a line that can have one.

use super::graph::{Block, Graph};
use crate::ast::Location;
use crate::instructions::NO_LOCATION;
use pvm_bytecode::opcode::Flags;

/// Gives lines to exits and to what follows from them (CPython's `resolve_line_numbers`).
pub(super) fn resolve_line_numbers(graph: &mut Graph) {
    duplicate_exits_without_lineno(graph);
    propagate_line_numbers(graph);
}

fn exits_or_checks_without_lineno(block: &Block) -> bool {
    let eval_break = || block.instrs.iter().any(|instr| instr.opcode.has(Flags::EVAL_BREAK));
    (block.exits_scope() || eval_break()) && block.has_no_lineno()
}

/// PEP 626: a frame's line must be right when it ends, so an exit without a line is copied for each jump that leads
/// to it and takes the jump's line.
fn duplicate_exits_without_lineno(graph: &mut Graph) {
    let mut next_label = graph.next_label();
    let mut chain = graph.chain();
    while let Some(id) = chain.next(graph) {
        let Some(&jump) = graph[id].last_jump() else {
            continue;
        };
        let Some(target) = graph.next_nonempty(jump.target) else {
            continue;
        };
        if !exits_or_checks_without_lineno(&graph[target]) || graph[target].predecessors <= 1 {
            continue;
        }
        let copy = graph.copy_block(target);
        graph[copy].instrs[0].location = jump.location;
        if let Some(last) = graph[id].instrs.last_mut() {
            last.target = Some(copy);
        }
        graph[target].predecessors -= 1;
        graph[copy].predecessors = 1;
        graph[copy].label = Some(next_label);
        next_label += 1;
        graph.insert_after(target, copy);
    }
    // What is left is reached by falling through, from one block only.
    for id in graph.order() {
        let Some(location) = graph[id].last().map(|last| last.location) else {
            continue;
        };
        if let Some(next) = graph[id].next
            && graph[id].falls_through()
            && exits_or_checks_without_lineno(&graph[next])
        {
            graph[next].instrs[0].location = location;
        }
    }
}

/// Instructions without a line take that of their predecessor, if there is only one.
fn propagate_line_numbers(graph: &mut Graph) {
    for id in graph.order() {
        if graph[id].instrs.is_empty() {
            continue;
        }
        let mut previous = NO_LOCATION;
        for instr in &mut graph[id].instrs {
            if instr.location.lineno == NO_LOCATION.lineno {
                instr.location = previous;
            } else {
                previous = instr.location;
            }
        }
        if graph[id].falls_through()
            && let Some(next) = graph[id].next
        {
            pass_on(&mut graph[next], previous);
        }
        if let Some(target) = graph[id].last_jump().and_then(|jump| jump.target) {
            pass_on(&mut graph[target], previous);
        }
    }
}

fn pass_on(block: &mut Block, location: Location) {
    if block.predecessors == 1
        && let Some(first) = block.instrs.first_mut()
        && first.location.lineno == NO_LOCATION.lineno
    {
        first.location = location;
    }
}

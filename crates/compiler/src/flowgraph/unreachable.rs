//! Removes code that no way leads to, and counts the ways to each block.

use super::graph::Graph;

/// Empties unreachable blocks (CPython's `remove_unreachable`).
pub(super) fn remove_unreachable(graph: &mut Graph) {
    let order = graph.order();
    for &id in &order {
        graph[id].predecessors = 0;
    }
    graph.reset_visited();
    let entry = graph.entry;
    graph[entry].predecessors = 1;
    graph.visit(entry);
    let mut pending = vec![entry];
    while let Some(id) = pending.pop() {
        let fallthrough = graph[id].next.filter(|_| graph[id].falls_through());
        let targets = graph[id].instrs.iter().filter(|instr| instr.opcode.has_target()).filter_map(|instr| instr.target);
        let successors: Vec<_> = fallthrough.into_iter().chain(targets).collect();
        for successor in successors {
            if graph.visit(successor) {
                pending.push(successor);
            }
            graph[successor].predecessors += 1;
        }
    }
    for id in order {
        let block = &mut graph[id];
        if block.predecessors == 0 {
            block.clear();
            block.except_handler = false;
        }
    }
}

//! Linear code to graph and back.

use super::graph::{BlockId, Graph};
use crate::ast::Location;
use crate::error::CompileError;
use crate::instructions::{ExceptHandler, Instruction, InstructionSequence, Label};
use pvm_bytecode::Opcode;

/// Splits a sequence into blocks (CPython's `cfg_builder`).
struct Builder {
    graph: Graph,
    current: BlockId,
    /// The label that the next instruction gets.
    pending_label: Option<u32>,
}

impl Builder {
    fn is_terminated(&mut self) -> bool {
        let block = &mut self.graph[self.current];
        if block.last().is_some_and(|last| last.opcode.is_terminator()) {
            return true;
        }
        if self.pending_label.is_some() {
            if !block.instrs.is_empty() || block.label.is_some() {
                return true;
            }
            block.label = self.pending_label.take();
        }
        false
    }

    fn maybe_start_block(&mut self) {
        if self.is_terminated() {
            let block = self.graph.new_block();
            self.graph[block].label = self.pending_label.take();
            self.graph[self.current].next = Some(block);
            self.current = block;
        }
    }

    fn use_label(&mut self, label: u32) {
        self.pending_label = Some(label);
        self.maybe_start_block();
    }

    fn add(&mut self, opcode: Opcode, oparg: u32, location: Location) {
        self.maybe_start_block();
        self.graph[self.current].add(opcode, oparg, location);
    }
}

/// Makes a graph of `sequence`, the annotations' code spliced in, jumps not yet resolved to blocks.
fn split(mut sequence: InstructionSequence) -> Graph {
    sequence.apply_labels();
    let graph = Graph::new();
    let mut builder = Builder { current: graph.entry, graph, pending_label: None };
    let instructions = sequence.instructions();
    let mut is_target = vec![false; instructions.len()];
    for instruction in instructions {
        if instruction.opcode.has_target() {
            is_target[instruction.oparg as usize] = true;
        }
    }
    // Labels are indices into the sequence. Splicing does not move them: only equality counts.
    for (index, instruction) in instructions.iter().enumerate() {
        if instruction.opcode == Opcode::AnnotationsPlaceholder {
            for annotation in sequence.annotations_code().map_or(&[][..], InstructionSequence::instructions) {
                debug_assert!(!annotation.opcode.has_target());
                builder.add(annotation.opcode, annotation.oparg, annotation.location);
            }
            continue;
        }
        if is_target[index] {
            builder.use_label(index as u32);
        }
        builder.add(instruction.opcode, instruction.oparg, instruction.location);
    }
    builder.graph
}

/// Makes a graph of `sequence`.
///
/// # Errors
/// `SystemError` if a jump or an exit is not the last instruction of its block.
pub(super) fn from_sequence(sequence: InstructionSequence) -> Result<Graph, CompileError> {
    let mut graph = split(sequence);
    let order = graph.order();
    let mut blocks = vec![None; graph.next_label() as usize];
    for &id in &order {
        if let Some(label) = graph[id].label {
            blocks[label as usize] = Some(id);
        }
    }
    for &id in &order {
        let block = &mut graph[id];
        let count = block.instrs.len();
        for (index, instr) in block.instrs.iter_mut().enumerate() {
            if instr.opcode.has_target() {
                instr.target = blocks[instr.oparg as usize];
            }
            if instr.opcode.is_terminator() && index + 1 != count {
                return Err(super::malformed("malformed control flow graph."));
            }
        }
    }
    Ok(graph)
}

/// Writes the graph as linear code whose jumps are indices.
pub(super) fn to_sequence(graph: &Graph) -> InstructionSequence {
    let mut sequence = InstructionSequence::new();
    let order = graph.order();
    let labels: std::collections::HashMap<BlockId, Label> = order.iter().map(|&id| (id, sequence.new_label())).collect();
    for &id in &order {
        sequence.use_label(labels[&id]);
        for instr in &graph[id].instrs {
            let oparg = match instr.target {
                Some(target) if instr.opcode.has_target() => labels[&target].0,
                _ => instr.oparg,
            };
            sequence.push(Instruction {
                opcode: instr.opcode,
                oparg,
                location: instr.location,
                except: instr.except.map(|handler| ExceptHandler {
                    target: labels[&handler].0,
                    start_depth: graph[handler].start_depth,
                    preserve_lasti: graph[handler].preserve_lasti,
                }),
            });
        }
    }
    sequence.apply_labels();
    sequence
}

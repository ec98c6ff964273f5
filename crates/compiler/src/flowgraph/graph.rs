//! The control-flow graph: basic blocks of instructions, chained in the order of the code.

use std::ops::{Index, IndexMut};

use pvm_bytecode::Opcode;

use crate::ast::Location;
use crate::instructions::NO_LOCATION;

/// Names a block of one [`Graph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct BlockId(u32);

/// An instruction in a block. A jump's or block push's operand means nothing: `target` counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Instr {
    pub opcode: Opcode,
    pub oparg: u32,
    pub location: Location,
    /// Where it jumps to, or the handler it pushes.
    pub target: Option<BlockId>,
    /// The handler it unwinds to.
    pub except: Option<BlockId>,
}

impl Instr {
    /// An instruction that neither jumps nor unwinds.
    pub fn new(opcode: Opcode, oparg: u32, location: Location) -> Instr {
        Instr { opcode, oparg, location, target: None, except: None }
    }

    /// Becomes another instruction at the same place.
    pub fn set(&mut self, opcode: Opcode, oparg: u32) {
        self.opcode = opcode;
        self.oparg = oparg;
    }

    /// Becomes a `NOP`.
    pub fn set_nop(&mut self) {
        self.set(Opcode::Nop, 0);
    }
}

/// A basic block.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Whether something jumps here, and by which number; only while the graph is built does the number count.
    pub label: Option<u32>,
    pub instrs: Vec<Instr>,
    /// Handlers of instructions that once stood after the last one, by position from there.
    ///
    /// CPython reuses such slots without clearing the handler, which shows in exception tables.
    stale_excepts: Vec<Option<BlockId>>,
    /// The next block in the order of the code.
    pub next: Option<BlockId>,
    /// Locals that may be unbound at the start, a bit each.
    pub unbound: u64,
    /// How many ways lead here.
    pub predecessors: i32,
    /// Depth of the stack at the start; negative while it is not known.
    pub start_depth: i32,
    /// A handler that keeps the offset of the instruction that raised.
    pub preserve_lasti: bool,
    /// Used by each pass.
    pub visited: bool,
    /// A handler.
    pub except_handler: bool,
    /// Reached by handlers only.
    pub cold: bool,
    /// Certainly not cold.
    pub warm: bool,
}

impl Block {
    /// The last instruction.
    pub fn last(&self) -> Option<&Instr> {
        self.instrs.last()
    }

    /// The last instruction if it is a jump.
    pub fn last_jump(&self) -> Option<&Instr> {
        self.last().filter(|instr| instr.opcode.has_jump())
    }

    /// Whether control can go on to the next block.
    pub fn falls_through(&self) -> bool {
        !self.last().is_some_and(|instr| instr.opcode.is_scope_exit() || instr.opcode.is_unconditional_jump())
    }

    /// Whether it ends with `return` or `raise`.
    pub fn exits_scope(&self) -> bool {
        self.last().is_some_and(|instr| instr.opcode.is_scope_exit())
    }

    /// Whether no instruction has a line.
    pub fn has_no_lineno(&self) -> bool {
        self.instrs.iter().all(|instr| instr.location.lineno < 0)
    }

    /// The opcode at `index`, if there is one.
    pub fn opcode_at(&self, index: usize) -> Option<Opcode> {
        self.instrs.get(index).map(|instr| instr.opcode)
    }

    /// Appends an instruction; returns it.
    pub fn add(&mut self, opcode: Opcode, oparg: u32, location: Location) -> &mut Instr {
        let except = self.take_slot();
        self.instrs.push(Instr { except, ..Instr::new(opcode, oparg, location) });
        self.instrs.last_mut().expect("one was just added")
    }

    /// Appends a whole instruction.
    pub fn append(&mut self, instr: Instr) {
        self.take_slot();
        self.instrs.push(instr);
    }

    /// Inserts an instruction before `position`.
    pub fn insert(&mut self, position: usize, instr: Instr) {
        self.take_slot();
        self.instrs.insert(position, instr);
    }

    /// Removes all instructions.
    pub fn clear(&mut self) {
        self.keep(Vec::new());
    }

    /// Replaces the instructions by fewer.
    pub fn keep(&mut self, kept: Vec<Instr>) {
        let freed = self.instrs[kept.len()..].iter().map(|instr| instr.except);
        // The slots are kept last first, so that the next one to be used is at the end.
        self.stale_excepts.extend(freed.rev());
        self.instrs = kept;
    }

    fn take_slot(&mut self) -> Option<BlockId> {
        self.stale_excepts.pop().flatten()
    }
}

/// All blocks of a code object.
#[derive(Debug)]
pub(super) struct Graph {
    blocks: Vec<Block>,
    pub entry: BlockId,
}

impl Graph {
    /// A graph with one empty block.
    pub fn new() -> Graph {
        Graph { blocks: vec![Block::default()], entry: BlockId(0) }
    }

    /// Makes a block that is not yet in the chain.
    pub fn new_block(&mut self) -> BlockId {
        self.blocks.push(Block::default());
        BlockId(self.blocks.len() as u32 - 1)
    }

    /// Makes a block with the instructions of `block`.
    pub fn copy_block(&mut self, block: BlockId) -> BlockId {
        let copy = self.new_block();
        self[copy].instrs = self[block].instrs.clone();
        copy
    }

    /// Walks the chain from the entry; blocks inserted after the current one are met as well.
    pub fn chain(&self) -> Chain {
        Chain(Position::Start)
    }

    /// The first block at or after `block` that is not empty.
    pub fn next_nonempty(&self, block: Option<BlockId>) -> Option<BlockId> {
        let mut at = block;
        while let Some(id) = at {
            if !self[id].instrs.is_empty() {
                break;
            }
            at = self[id].next;
        }
        at
    }

    /// The blocks of the chain that are there now.
    pub fn order(&self) -> Vec<BlockId> {
        let mut order = Vec::with_capacity(self.blocks.len());
        let mut chain = self.chain();
        while let Some(id) = chain.next(self) {
            order.push(id);
        }
        order
    }

    /// Marks no block as visited.
    pub fn reset_visited(&mut self) {
        for block in &mut self.blocks {
            block.visited = false;
        }
    }

    /// Marks a block as visited; whether it was not before.
    pub fn visit(&mut self, block: BlockId) -> bool {
        !std::mem::replace(&mut self[block].visited, true)
    }

    /// A label number that no block of the chain has.
    pub fn next_label(&self) -> u32 {
        let mut label = 0;
        let mut chain = self.chain();
        while let Some(id) = chain.next(self) {
            label = label.max(self[id].label.map_or(0, |label| label + 1));
        }
        label
    }

    /// Appends a jump to `target` to `block`.
    pub fn add_jump(&mut self, block: BlockId, opcode: Opcode, target: BlockId, location: Location) {
        self[block].add(opcode, 0, location).target = Some(target);
    }

    /// Inserts `new` into the chain after `block`.
    pub fn insert_after(&mut self, block: BlockId, new: BlockId) {
        self[new].next = self[block].next;
        self[block].next = Some(new);
    }
}

impl Index<BlockId> for Graph {
    type Output = Block;

    fn index(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }
}

impl IndexMut<BlockId> for Graph {
    fn index_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0 as usize]
    }
}

enum Position {
    Start,
    At(BlockId),
    End,
}

/// A walk along the chain that does not borrow the graph.
pub(super) struct Chain(Position);

impl Chain {
    /// The next block.
    pub fn next(&mut self, graph: &Graph) -> Option<BlockId> {
        let next = match self.0 {
            Position::Start => Some(graph.entry),
            Position::At(block) => graph[block].next,
            Position::End => None,
        };
        self.0 = next.map_or(Position::End, Position::At);
        next
    }
}

/// Turns instructions into `NOP`s that leave no trace of a line.
pub(super) fn nop_out(block: &mut Block, positions: &[usize]) {
    for &position in positions {
        let instr = &mut block.instrs[position];
        instr.set_nop();
        instr.location = NO_LOCATION;
    }
}

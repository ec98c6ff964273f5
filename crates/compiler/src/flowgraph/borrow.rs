//! Loads of locals that need not count a reference: the local outlives the value on the stack.
//!
//! A load may borrow if, within its block, the value is consumed before the local is overwritten and is not stored into
//! another local. Each block is run on a stack of where its values come from (CPython's `optimize_load_fast`).

use super::graph::{BlockId, Graph, Instr};
use pvm_bytecode::Opcode;

/// A value on the stack: the position of the instruction that pushed it, and the local it was loaded from.
#[derive(Clone, Copy)]
struct Ref {
    origin: Option<usize>,
    local: Option<u32>,
}

const UNKNOWN: Ref = Ref { origin: None, local: None };

/// One block being run.
struct Simulation {
    stack: Vec<Ref>,
    /// Instructions whose value does not allow borrowing.
    owned: Vec<bool>,
    /// Blocks control can go to, with the depth of the stack there.
    successors: Vec<BlockId>,
}

impl Simulation {
    fn push(&mut self, origin: usize, local: Option<u32>) {
        self.stack.push(Ref { origin: Some(origin), local });
    }

    fn pop(&mut self) -> Ref {
        self.stack.pop().unwrap_or(UNKNOWN)
    }

    fn pop_many(&mut self, count: u32) {
        let depth = self.stack.len().saturating_sub(count as usize);
        self.stack.truncate(depth);
    }

    fn keep_owned(&mut self, value: Ref) {
        if let Some(owned) = value.origin.and_then(|origin| self.owned.get_mut(origin)) {
            *owned = true;
        }
    }

    /// A local is overwritten: what still refers to it must own.
    fn kill(&mut self, local: u32) {
        for at in 0..self.stack.len() {
            if self.stack[at].local == Some(local) {
                self.keep_owned(self.stack[at]);
            }
        }
    }

    fn store(&mut self, local: u32) {
        let value = self.pop();
        self.kill(local);
        self.keep_owned(value);
    }

    fn run(&mut self, at: usize, instr: &Instr) {
        let Instr { opcode, oparg, .. } = *instr;
        let (popped, pushed) = (opcode.popped(oparg), opcode.pushed(oparg));
        match opcode {
            Opcode::DeleteFast => self.kill(oparg),
            Opcode::LoadFast => self.push(at, Some(oparg)),
            Opcode::LoadFastAndClear => {
                self.kill(oparg);
                self.push(at, Some(oparg));
            }
            Opcode::LoadFastLoadFast => {
                self.push(at, Some(oparg >> 4));
                self.push(at, Some(oparg & 15));
            }
            Opcode::StoreFast => self.store(oparg),
            Opcode::StoreFastLoadFast => {
                self.store(oparg >> 4);
                self.push(at, Some(oparg & 15));
            }
            Opcode::StoreFastStoreFast => {
                self.store(oparg >> 4);
                self.store(oparg & 15);
            }
            Opcode::Copy => {
                let from = self.stack.len().checked_sub(oparg as usize);
                let value = from.map_or(UNKNOWN, |from| self.stack[from]);
                self.stack.push(value);
            }
            Opcode::Swap => {
                let top = self.stack.len();
                if let Some(other) = top.checked_sub(oparg as usize)
                    && oparg > 0
                {
                    self.stack.swap(other, top - 1);
                }
            }
            // These leave their inputs where they are.
            Opcode::FormatSimple
            | Opcode::GetAnext
            | Opcode::GetLen
            | Opcode::GetYieldFromIter
            | Opcode::ImportFrom
            | Opcode::MatchKeys
            | Opcode::MatchMapping
            | Opcode::MatchSequence
            | Opcode::WithExceptStart => {
                for new in 0..pushed.saturating_sub(popped) {
                    self.push(new as usize, None);
                }
            }
            // These take some of their inputs and push nothing.
            Opcode::DictMerge
            | Opcode::DictUpdate
            | Opcode::ListAppend
            | Opcode::ListExtend
            | Opcode::MapAdd
            | Opcode::Reraise
            | Opcode::SetAdd
            | Opcode::SetUpdate => self.pop_many(popped.saturating_sub(pushed)),
            Opcode::EndSend | Opcode::SetFunctionAttribute => {
                let top = self.pop();
                self.pop();
                self.stack.push(top);
            }
            Opcode::CheckExcMatch => {
                self.pop();
                self.push(at, None);
            }
            Opcode::ForIter => {
                self.successors.extend(instr.target);
                self.push(at, None);
            }
            Opcode::LoadAttr | Opcode::LoadSuperAttr => {
                let object = self.pop();
                if opcode == Opcode::LoadSuperAttr {
                    self.pop_many(2);
                }
                self.push(at, None);
                if oparg & 1 != 0 {
                    // A method call may pass the object on.
                    self.stack.push(object);
                }
            }
            Opcode::LoadSpecial | Opcode::PushExcInfo => {
                let top = self.pop();
                self.push(at, None);
                self.stack.push(top);
            }
            Opcode::Send => {
                self.successors.extend(instr.target);
                self.pop();
                self.push(at, None);
            }
            _ => {
                if opcode.has_target() {
                    self.successors.extend(instr.target);
                }
                if !opcode.is_block_push() {
                    self.pop_many(popped);
                    for _ in 0..pushed {
                        self.push(at, None);
                    }
                }
            }
        }
    }
}

/// Lets loads borrow where they may.
pub(super) fn borrow_loads(graph: &mut Graph) {
    graph.reset_visited();
    let entry = graph.entry;
    graph[entry].start_depth = 0;
    graph.visit(entry);
    let mut pending = vec![entry];
    while let Some(id) = pending.pop() {
        let block = &graph[id];
        let depth = usize::try_from(block.start_depth).unwrap_or(0);
        let mut simulation =
            Simulation { stack: vec![UNKNOWN; depth], owned: vec![false; block.instrs.len()], successors: Vec::new() };
        for (at, instr) in block.instrs.iter().enumerate() {
            simulation.run(at, instr);
        }
        if !block.instrs.is_empty() && block.falls_through() {
            simulation.successors.extend(block.next);
        }
        // What is still on the stack may outlive its local.
        for value in std::mem::take(&mut simulation.stack) {
            simulation.keep_owned(value);
        }
        for (instr, owned) in graph[id].instrs.iter_mut().zip(simulation.owned) {
            if owned {
                continue;
            }
            instr.opcode = match instr.opcode {
                Opcode::LoadFast => Opcode::LoadFastBorrow,
                Opcode::LoadFastLoadFast => Opcode::LoadFastBorrowLoadFastBorrow,
                opcode => opcode,
            };
        }
        for successor in simulation.successors {
            if graph.visit(successor) {
                pending.push(successor);
            }
        }
    }
}

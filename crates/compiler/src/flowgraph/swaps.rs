//! Shortens runs of `SWAP`, and reorders stores instead of the stack.

use super::graph::{Block, Instr};
use pvm_bytecode::Opcode;

/// Optimises every `SWAP` of a block.
pub(super) fn optimize_swaps(block: &mut Block) {
    let mut at = 0;
    while at < block.instrs.len() {
        if block.instrs[at].opcode == Opcode::Swap {
            at = swaptimize(block, at);
            apply_static_swaps(block, at);
        }
        at += 1;
    }
}

/// Replaces the run of `SWAP`s and `NOP`s at `start` by the shortest that does the same; returns the run's last position.
fn swaptimize(block: &mut Block, start: usize) -> usize {
    let run = block.instrs[start..].iter().take_while(|instr| matches!(instr.opcode, Opcode::Swap | Opcode::Nop)).count();
    let run = &mut block.instrs[start..start + run];
    let swaps = || run.iter().filter(|instr| instr.opcode == Opcode::Swap);
    if swaps().count() < 2 {
        return start;
    }
    let depth = swaps().map(|swap| swap.oparg as usize).max().unwrap_or(0);
    // Where each item of the stack comes from, the top first; `None` once it is in place.
    let mut stack: Vec<Option<usize>> = (0..depth).map(Some).collect();
    for swap in swaps() {
        stack.swap(0, swap.oparg as usize - 1);
    }
    // Each cycle of the permutation takes one swap an item, and one more if the top is not in it. They are written from
    // the end of the run, because the cycles are followed backwards.
    let mut free = run.len();
    for first in 0..depth {
        if stack[first].is_none_or(|source| source == first) {
            continue;
        }
        let mut item = first;
        loop {
            if item != 0 {
                free -= 1;
                run[free].set(Opcode::Swap, item as u32 + 1);
            }
            match stack[item].take() {
                None => break,
                Some(source) => item = source,
            }
        }
    }
    for unused in &mut run[..free] {
        unused.set_nop();
    }
    start + run.len() - 1
}

/// Whether an instruction only takes the top of the stack, without running code that could notice the order.
fn is_swappable(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::StoreFast | Opcode::StoreFastMaybeNull | Opcode::PopTop)
}

/// The local that an instruction stores to.
fn stores_to(instr: &Instr) -> Option<u32> {
    matches!(instr.opcode, Opcode::StoreFast | Opcode::StoreFastMaybeNull).then_some(instr.oparg)
}

/// The next swappable instruction after `at`; with `line`, no other line may come between, for tracing would show it.
fn next_swappable(block: &Block, at: usize, line: Option<i32>) -> Option<usize> {
    for (offset, instr) in block.instrs[at + 1..].iter().enumerate() {
        if line.is_some_and(|line| line >= 0 && instr.location.lineno != line) {
            return None;
        }
        if instr.opcode == Opcode::Nop {
            continue;
        }
        return is_swappable(instr.opcode).then_some(at + 1 + offset);
    }
    None
}

/// Applies the `SWAP`s up to `at` by swapping the instructions that consume the values.
fn apply_static_swaps(block: &mut Block, at: usize) {
    for position in (0..=at).rev() {
        let swap = block.instrs[position];
        if swap.opcode != Opcode::Swap {
            if swap.opcode == Opcode::Nop || is_swappable(swap.opcode) {
                continue;
            }
            return;
        }
        let Some(first) = next_swappable(block, position, None) else {
            return;
        };
        let line = block.instrs[first].location.lineno;
        let mut second = first;
        for _ in 1..swap.oparg {
            match next_swappable(block, second, Some(line)) {
                Some(next) => second = next,
                None => return,
            }
        }
        // Stores to one local keep their order.
        let stores = [first, second].map(|at| stores_to(&block.instrs[at]));
        if stores.iter().any(Option::is_some) {
            if stores[0] == stores[1] {
                return;
            }
            let clash = block.instrs[first + 1..second.max(first + 1)]
                .iter()
                .filter_map(stores_to)
                .any(|local| stores.contains(&Some(local)));
            if clash {
                return;
            }
        }
        block.instrs[position].set_nop();
        block.instrs.swap(first, second);
    }
}

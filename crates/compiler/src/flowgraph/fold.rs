//! Folds operations on constants, and displays made of constants.

use pvm_bytecode::opcode::BinaryOp;
use pvm_bytecode::{Constant, Opcode};

use super::arith;
use super::consts::{Consts, const_loads_before, loads_const};
use super::graph::{Block, nop_out};

/// The longest display that is folded (`_PY_STACK_USE_GUIDELINE`).
const STACK_USE_GUIDELINE: usize = 30;
/// The shortest list or set that is built from a constant.
const MIN_CONST_SEQUENCE_SIZE: usize = 3;

fn loaded_values(block: &Block, positions: &[usize], consts: &Consts) -> Option<Vec<Constant>> {
    positions.iter().map(|&at| consts.loaded_by(&block.instrs[at])).collect()
}

/// `BUILD_TUPLE` of constants becomes a constant.
pub(super) fn fold_tuple_of_constants(block: &mut Block, at: usize, consts: &mut Consts) {
    let size = block.instrs[at].oparg as usize;
    if size > STACK_USE_GUIDELINE {
        return;
    }
    let Some(loads) = const_loads_before(block, at, size) else {
        return;
    };
    let Some(values) = loaded_values(block, &loads, consts) else {
        return;
    };
    nop_out(block, &loads);
    consts.load(&mut block.instrs[at], Constant::Tuple(values.into()));
}

/// A list or set of constants built item by item, and then turned into a tuple, iterated or searched, becomes a constant. The
/// instruction at `at` is the conversion, or the last `LIST_APPEND` or `SET_ADD`.
pub(super) fn fold_built_sequence(block: &mut Block, at: usize, consts: &mut Consts) {
    let ending = block.instrs[at].opcode;
    let converted = ending == Opcode::CallIntrinsic1;
    let (append, build) =
        if ending == Opcode::SetAdd { (Opcode::SetAdd, Opcode::BuildSet) } else { (Opcode::ListAppend, Opcode::BuildList) };
    let mut loads = Vec::new();
    let mut others = Vec::new();
    if !converted {
        others.push(at);
    }
    let mut expect_append = converted;
    for position in (0..at).rev() {
        let instr = &block.instrs[position];
        if instr.opcode == Opcode::Nop {
            continue;
        }
        if instr.opcode == build && instr.oparg == 0 {
            if !expect_append {
                return;
            }
            loads.reverse();
            let Some(values) = loaded_values(block, &loads, consts) else {
                return;
            };
            let value = if build == Opcode::BuildSet { arith::frozenset(values) } else { Constant::Tuple(values.into()) };
            others.push(position);
            nop_out(block, &loads);
            nop_out(block, &others);
            consts.load(&mut block.instrs[at], value);
            return;
        }
        if expect_append && instr.opcode == append && instr.oparg == 1 {
            others.push(position);
        } else if !expect_append && loads_const(instr.opcode) {
            loads.push(position);
        } else {
            return;
        }
        expect_append = !expect_append;
    }
}

/// Lists and sets: only iterated or searched, they become constants or tuples; long enough, they are made by extending an
/// empty one with a constant.
pub(super) fn optimize_lists_and_sets(block: &mut Block, at: usize, next: Option<Opcode>, consts: &mut Consts) {
    let instr = block.instrs[at];
    let only_read = matches!(next, Some(Opcode::GetIter | Opcode::ContainsOp));
    let size = instr.oparg as usize;
    if size > STACK_USE_GUIDELINE || (size < MIN_CONST_SEQUENCE_SIZE && !only_read) {
        return;
    }
    let Some(loads) = const_loads_before(block, at, size) else {
        if only_read && instr.opcode == Opcode::BuildList {
            block.instrs[at].opcode = Opcode::BuildTuple;
        }
        return;
    };
    let Some(values) = loaded_values(block, &loads, consts) else {
        return;
    };
    let is_list = instr.opcode == Opcode::BuildList;
    let value = if is_list { Constant::Tuple(values.into()) } else { arith::frozenset(values) };
    let index = consts.add(value);
    nop_out(block, &loads);
    if only_read {
        block.instrs[at].set(Opcode::LoadConst, index);
    } else {
        block.instrs[at - 2].location = instr.location;
        block.instrs[at - 2].set(instr.opcode, 0);
        block.instrs[at - 1].set(Opcode::LoadConst, index);
        let extend = if is_list { Opcode::ListExtend } else { Opcode::SetUpdate };
        block.instrs[at].set(extend, 1);
    }
}

/// A binary operation on constants becomes its result.
pub(super) fn fold_binary(block: &mut Block, at: usize, consts: &mut Consts) {
    let Some(operator) = BinaryOp::from_number(block.instrs[at].oparg) else {
        return;
    };
    let Some(loads) = const_loads_before(block, at, 2) else {
        return;
    };
    let Some([left, right]) = loaded_values(block, &loads, consts).and_then(|values| <[Constant; 2]>::try_from(values).ok())
    else {
        return;
    };
    let Some(result) = arith::binary(operator, &left, &right) else {
        return;
    };
    nop_out(block, &loads);
    consts.load(&mut block.instrs[at], result);
}

/// A unary operation on a constant becomes its result.
pub(super) fn fold_unary(block: &mut Block, at: usize, operator: arith::UnaryOp, consts: &mut Consts) {
    let Some(loads) = const_loads_before(block, at, 1) else {
        return;
    };
    let Some(operand) = consts.loaded_by(&block.instrs[loads[0]]) else {
        return;
    };
    let Some(result) = arith::unary(operator, &operand) else {
        return;
    };
    nop_out(block, &loads);
    consts.load(&mut block.instrs[at], result);
}

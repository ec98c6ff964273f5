//! Frequent instructions with operands longer than a byte: the loop's arms for them read the byte alone.

use pvm_bytecode::opcode::Opcode;
use pvm_object::{PyResult, Raised, Slot, Vm};

use super::{stack, table};
use crate::frame::Frame;

/// Whether the loop's arm for an instruction takes short operands only; [`execute`] takes the long ones.
pub(super) fn has_short_arm(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::LoadFast
            | Opcode::LoadFastBorrow
            | Opcode::LoadConst
            | Opcode::StoreFast
            | Opcode::Copy
            | Opcode::Swap
            | Opcode::JumpForward
            | Opcode::JumpBackward
            | Opcode::PopJumpIfFalse
            | Opcode::PopJumpIfTrue
            | Opcode::PopJumpIfNone
            | Opcode::PopJumpIfNotNone
    )
}

/// Executes an instruction, behind whose unit `ip` is. Returns where the loop goes on, and the stack's end.
///
/// # Safety
/// The frame runs and has been told where it stands; `opcode` is one of [`has_short_arm`], the operand is the verified one.
#[cold]
#[inline(never)]
pub(super) unsafe fn execute(
    vm: &mut Vm,
    frame: *mut Frame,
    ip: *const u16,
    sp: *mut Slot,
    opcode: Opcode,
    oparg: usize,
) -> PyResult<(*const u16, *mut Slot)> {
    // SAFETY: passed on: the operand names a variable, a constant, a place on the stack or an instruction.
    unsafe {
        let conditional = |taken: bool| if taken { ip.add(1 + oparg) } else { ip.add(1) };
        Ok(match opcode {
            Opcode::LoadFast | Opcode::LoadFastBorrow => {
                sp.write((*Frame::locals(frame).add(oparg)).to_owned_slot());
                (ip, sp.add(1))
            }
            Opcode::LoadConst => {
                sp.write(Slot::borrowed((*(*(*frame).execution).consts.add(oparg)).borrowed()));
                (ip, sp.add(1))
            }
            Opcode::StoreFast => {
                let old = Frame::locals(frame).add(oparg).replace(*sp.sub(1));
                *sp.sub(1) = old;
                (ip, stack::drop_top(vm, sp, 1))
            }
            Opcode::Copy => {
                let slot = *sp.sub(oparg);
                sp.write(if slot.is_empty() { slot } else { slot.to_owned_slot() });
                (ip, sp.add(1))
            }
            Opcode::Swap => {
                std::ptr::swap(sp.sub(1), sp.sub(oparg));
                (ip, sp)
            }
            Opcode::JumpForward => (ip.add(oparg), sp),
            Opcode::JumpBackward => {
                if vm.heap_state().requests() != 0 {
                    (vm.hooks().serve_requests)(vm)?;
                }
                (ip.add(1).sub(oparg), sp)
            }
            Opcode::PopJumpIfFalse => (conditional(stack::peek(sp, 1).is_false()), sp.sub(1)),
            Opcode::PopJumpIfTrue => (conditional(stack::peek(sp, 1).is_true()), sp.sub(1)),
            Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone => {
                let taken = stack::peek(sp, 1).is_none() == (opcode == Opcode::PopJumpIfNone);
                let sp = stack::drop_top(vm, sp, 1);
                (conditional(taken), sp)
            }
            _ => return Err::<_, Raised>(table::not_executable(vm, opcode)),
        })
    }
}

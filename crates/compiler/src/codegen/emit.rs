//! Adding instructions to the unit being made.

use pvm_bytecode::opcode::{Intrinsic1, Intrinsic2, resume};

use super::{Compiler, Const, Label, Loc, NO_LOCATION, Op};
use crate::ast::Constant;

impl Compiler<'_> {
    /// Adds an instruction without operand.
    pub(super) fn op(&mut self, loc: Loc, op: Op) {
        self.op_i(loc, op, 0);
    }

    /// Adds an instruction with an operand.
    pub(super) fn op_i(&mut self, loc: Loc, op: Op, arg: u32) {
        self.unit_mut().sequence.addop(op, arg, loc);
    }

    /// Adds a jump or a block push.
    pub(super) fn jump(&mut self, loc: Loc, op: Op, target: Label) {
        self.unit_mut().sequence.addop_jump(op, target, loc);
    }

    pub(super) fn new_label(&mut self) -> Label {
        self.unit_mut().sequence.new_label()
    }

    pub(super) fn use_label(&mut self, label: Label) {
        self.unit_mut().sequence.use_label(label);
    }

    pub(super) fn load_const(&mut self, loc: Loc, value: Const) {
        let index = self.unit_mut().consts.add(value);
        self.op_i(loc, Op::LoadConst, index);
    }

    /// Loads a literal of the tree.
    pub(super) fn load_literal(&mut self, loc: Loc, value: &Constant) {
        self.load_const(loc, value.clone());
    }

    pub(super) fn intrinsic_1(&mut self, loc: Loc, which: Intrinsic1) {
        self.op_i(loc, Op::CallIntrinsic1, which.number());
    }

    pub(super) fn intrinsic_2(&mut self, loc: Loc, which: Intrinsic2) {
        self.op_i(loc, Op::CallIntrinsic2, which.number());
    }

    /// Drives the awaitable or iterator on the stack, which receives the `None` above it, until it is exhausted.
    pub(super) fn emit_yield_from(&mut self, loc: Loc, awaiting: bool) {
        let send = self.new_label();
        let fail = self.new_label();
        let exit = self.new_label();
        self.use_label(send);
        self.jump(loc, Op::Send, exit);
        // Handles `StopIteration` raised through `close` or `throw` at the suspended yield.
        self.jump(loc, Op::SetupFinally, fail);
        self.op_i(loc, Op::YieldValue, 1);
        self.op(NO_LOCATION, Op::PopBlock);
        let place = if awaiting { resume::AFTER_AWAIT } else { resume::AFTER_YIELD_FROM };
        self.op_i(loc, Op::Resume, place);
        self.jump(loc, Op::JumpNoInterrupt, send);
        self.use_label(fail);
        self.op(loc, Op::CleanupThrow);
        self.use_label(exit);
        self.op(loc, Op::EndSend);
    }

    /// Awaits the value on the stack; `what` tells the error message where it comes from.
    pub(super) fn emit_await(&mut self, loc: Loc, what: u32) {
        self.op_i(loc, Op::GetAwaitable, what);
        self.load_const(loc, Const::None);
        self.emit_yield_from(loc, true);
    }

    /// Yields the value on the stack.
    pub(super) fn emit_yield(&mut self, loc: Loc) {
        let scope = self.scope();
        if scope.generator && scope.coroutine {
            self.intrinsic_1(loc, Intrinsic1::AsyncGenWrap);
        }
        self.op_i(loc, Op::YieldValue, 0);
        self.op_i(loc, Op::Resume, resume::AFTER_YIELD);
    }
}

//! `with` and `async with`.

use pvm_bytecode::opcode::SpecialMethod;

use super::fblocks::FBlockKind;
use super::{Compiler, Const, Label, Loc, NO_LOCATION, Op, Res};
use crate::ast::{Stmt, WithItem};

/// Operands of `GET_AWAITABLE`: what is awaited, for the error message.
pub(super) const AWAIT_EXPR: u32 = 0;
pub(super) const AWAIT_AENTER: u32 = 1;
pub(super) const AWAIT_AEXIT: u32 = 2;

impl<'a> Compiler<'a> {
    /// Loads `__enter__` and `__exit__` of the context manager on the stack, or their asynchronous counterparts, and calls the
    /// first; the bound second stays below the result.
    fn enter_context(&mut self, loc: Loc, enter: SpecialMethod, exit: SpecialMethod) {
        self.op_i(loc, Op::Copy, 1);
        self.op_i(loc, Op::LoadSpecial, exit.number());
        self.op_i(loc, Op::Swap, 2);
        self.op_i(loc, Op::Swap, 3);
        self.op_i(loc, Op::LoadSpecial, enter.number());
        self.op_i(loc, Op::Call, 0);
    }

    /// Calls the `__exit__` on the stack with three `None`s.
    pub(super) fn call_exit_with_nones(&mut self, loc: Loc) {
        for _ in 0..3 {
            self.load_const(loc, Const::None);
        }
        self.op_i(loc, Op::Call, 3);
    }

    pub(super) fn visit_with(&mut self, items: &'a [WithItem], body: &'a [Stmt]) -> Res {
        let Some((item, rest)) = items.split_first() else {
            return self.visit_stmts(body);
        };
        let handler = self.new_label();
        let exit = self.new_label();
        let cleanup = self.new_label();
        self.visit_expr(&item.context_expr)?;
        let loc = item.context_expr.location;
        self.enter_context(loc, SpecialMethod::Enter, SpecialMethod::Exit);
        self.jump(loc, Op::SetupWith, handler);
        self.push_fblock(loc, FBlockKind::With)?;
        self.bind_context(loc, item)?;
        self.visit_with(rest, body)?;
        self.op(NO_LOCATION, Op::PopBlock);
        self.pop_fblock();
        self.call_exit_with_nones(loc);
        self.op(loc, Op::PopTop);
        self.jump(loc, Op::Jump, exit);
        self.use_label(handler);
        self.jump(loc, Op::SetupCleanup, cleanup);
        self.op(loc, Op::PushExcInfo);
        self.op(loc, Op::WithExceptStart);
        self.finish_with_handler(cleanup);
        self.use_label(exit);
        Ok(())
    }

    pub(super) fn visit_async_with(&mut self, items: &'a [WithItem], body: &'a [Stmt]) -> Res {
        let Some((item, rest)) = items.split_first() else {
            return self.visit_stmts(body);
        };
        let handler = self.new_label();
        let exit = self.new_label();
        let cleanup = self.new_label();
        self.visit_expr(&item.context_expr)?;
        let loc = item.context_expr.location;
        self.enter_context(loc, SpecialMethod::AsyncEnter, SpecialMethod::AsyncExit);
        self.emit_await(loc, AWAIT_AENTER);
        self.jump(loc, Op::SetupWith, handler);
        self.push_fblock(loc, FBlockKind::AsyncWith)?;
        self.bind_context(loc, item)?;
        self.visit_async_with(rest, body)?;
        self.pop_fblock();
        self.op(loc, Op::PopBlock);
        self.call_exit_with_nones(loc);
        self.emit_await(loc, AWAIT_AEXIT);
        self.op(loc, Op::PopTop);
        self.jump(loc, Op::Jump, exit);
        self.use_label(handler);
        self.jump(loc, Op::SetupCleanup, cleanup);
        self.op(loc, Op::PushExcInfo);
        self.op(loc, Op::WithExceptStart);
        self.emit_await(loc, AWAIT_AEXIT);
        self.finish_with_handler(cleanup);
        self.use_label(exit);
        Ok(())
    }

    fn bind_context(&mut self, loc: Loc, item: &'a WithItem) -> Res {
        match &item.optional_vars {
            Some(target) => self.visit_expr(target),
            None => {
                self.op(loc, Op::PopTop);
                Ok(())
            }
        }
    }

    /// Raises again unless `__exit__` returned a true value.
    fn finish_with_handler(&mut self, cleanup: Label) {
        let suppress = self.new_label();
        self.op(NO_LOCATION, Op::ToBool);
        self.jump(NO_LOCATION, Op::PopJumpIfTrue, suppress);
        self.op_i(NO_LOCATION, Op::Reraise, 2);
        self.use_label(suppress);
        self.op(NO_LOCATION, Op::PopTop);
        self.op(NO_LOCATION, Op::PopBlock);
        self.op(NO_LOCATION, Op::PopExcept);
        self.op(NO_LOCATION, Op::PopTop);
        self.op(NO_LOCATION, Op::PopTop);
        self.op(NO_LOCATION, Op::PopTop);
        let exit = self.new_label();
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, exit);
        self.use_label(cleanup);
        self.pop_except_and_reraise(NO_LOCATION);
        self.use_label(exit);
    }
}

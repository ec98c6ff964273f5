//! `try` with `except*` (PEP 654).
//!
//! The handlers see the stack `[orig, res, rest]`: the group as raised, the list of what the handlers raised, and what no
//! handler has taken yet.

use pvm_bytecode::opcode::Intrinsic2;

use super::fblocks::FBlockKind;
use super::{Compiler, Label, Loc, NO_LOCATION, Op, Res};
use crate::ast::{ExceptHandler, Try};

impl<'a> Compiler<'a> {
    pub(super) fn visit_try_star(&mut self, loc: Loc, s: &'a Try) -> Res {
        if s.finalbody.is_empty() { self.try_star_except(loc, s) } else { self.try_finally(loc, s, Self::try_star_except) }
    }

    fn try_star_except(&mut self, loc: Loc, s: &'a Try) -> Res {
        let except = self.new_label();
        let orelse = self.new_label();
        let end = self.new_label();
        let cleanup = self.new_label();
        let reraise_star = self.new_label();
        self.jump(loc, Op::SetupFinally, except);
        self.push_fblock(loc, FBlockKind::TryExcept)?;
        self.visit_stmts(&s.body)?;
        self.pop_fblock();
        self.op(NO_LOCATION, Op::PopBlock);
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, orelse);

        self.use_label(except);
        self.jump(NO_LOCATION, Op::SetupCleanup, cleanup);
        self.op(NO_LOCATION, Op::PushExcInfo);
        // The interpreter pushes a block here.
        self.push_fblock(loc, FBlockKind::ExceptionGroupHandler)?;
        for (index, handler) in s.handlers.iter().enumerate() {
            if index == 0 {
                // [orig] → [orig, res, rest]
                self.op_i(handler.location, Op::BuildList, 0);
                self.op_i(handler.location, Op::Copy, 2);
            }
            self.except_star(handler)?;
        }
        // What is left, possibly None, joins the list.
        self.op_i(NO_LOCATION, Op::ListAppend, 1);
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, reraise_star);
        self.pop_fblock();
        self.use_label(reraise_star);
        self.finish_star(end);
        self.use_label(cleanup);
        self.pop_except_and_reraise(NO_LOCATION);
        self.use_label(orelse);
        self.visit_stmts(&s.orelse)?;
        self.use_label(end);
        Ok(())
    }

    fn except_star(&mut self, handler: &'a ExceptHandler) -> Res {
        let loc = handler.location;
        let next = self.new_label();
        let next_with_error = self.new_label();
        let no_match = self.new_label();
        if let Some(typ) = &handler.typ {
            self.visit_expr(typ)?;
            self.op(loc, Op::CheckEgMatch);
            self.op_i(loc, Op::Copy, 1);
            self.jump(loc, Op::PopJumpIfNone, no_match);
        }
        let cleanup_end = self.new_label();
        let name = handler.name.as_ref();
        match name {
            Some(name) => self.store_name(loc, name)?,
            None => self.op(loc, Op::PopTop),
        }
        self.jump(loc, Op::SetupCleanup, cleanup_end);
        self.push_fblock(loc, FBlockKind::HandlerCleanup(name))?;
        self.visit_stmts(&handler.body)?;
        self.pop_fblock();
        self.op(NO_LOCATION, Op::PopBlock);
        if let Some(name) = name {
            self.unbind_handler_name(NO_LOCATION, name)?;
        }
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, next);

        self.use_label(cleanup_end);
        if let Some(name) = name {
            self.unbind_handler_name(NO_LOCATION, name)?;
        }
        // The handler raised: [orig, res, rest, lasti, exc]
        self.op_i(NO_LOCATION, Op::ListAppend, 3);
        self.op(NO_LOCATION, Op::PopTop);
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, next_with_error);

        self.use_label(next);
        // Holds a location that is propagated to it.
        self.op(NO_LOCATION, Op::Nop);
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, next_with_error);
        self.use_label(no_match);
        self.op(loc, Op::PopTop);
        self.use_label(next_with_error);
        Ok(())
    }

    fn finish_star(&mut self, end: Label) {
        let reraise = self.new_label();
        self.intrinsic_2(NO_LOCATION, Intrinsic2::PrepReraiseStar);
        self.op_i(NO_LOCATION, Op::Copy, 1);
        self.jump(NO_LOCATION, Op::PopJumpIfNotNone, reraise);
        self.op(NO_LOCATION, Op::PopTop);
        self.op(NO_LOCATION, Op::PopBlock);
        self.op(NO_LOCATION, Op::PopExcept);
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
        self.use_label(reraise);
        self.op(NO_LOCATION, Op::PopBlock);
        self.op_i(NO_LOCATION, Op::Swap, 2);
        self.op(NO_LOCATION, Op::PopExcept);
        self.op_i(NO_LOCATION, Op::Reraise, 0);
    }
}

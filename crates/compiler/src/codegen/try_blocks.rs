//! `try` with `except` and `finally`.
//!
//! ```text
//!     SETUP_FINALLY L1; <body>; POP_BLOCK; <else>; JUMP L0
//! L1: <evaluate E1>; CHECK_EXC_MATCH; POP_JUMP_IF_FALSE L2; <bind or pop>; <handler>; JUMP L0
//! L2: …
//! Ln: RERAISE
//! L0:
//! ```

use super::fblocks::FBlockKind;
use super::{Compiler, Const, Label, Loc, NO_LOCATION, Op, Res};
use crate::ast::{Identifier, Stmt, Try};

impl<'a> Compiler<'a> {
    pub(super) fn visit_try(&mut self, loc: Loc, s: &'a Try) -> Res {
        if s.finalbody.is_empty() { self.try_except(loc, s) } else { self.try_finally(loc, s, Self::try_except) }
    }

    /// Wraps the `try` that `inner` compiles, or the bare body, in the `finally` suite, which is emitted once for each way out.
    pub(super) fn try_finally(&mut self, loc: Loc, s: &'a Try, inner: impl FnOnce(&mut Self, Loc, &'a Try) -> Res) -> Res {
        let end = self.new_label();
        let exit = self.new_label();
        let cleanup = self.new_label();
        self.jump(loc, Op::SetupFinally, end);
        self.push_fblock(loc, FBlockKind::FinallyTry(&s.finalbody))?;
        if s.handlers.is_empty() {
            self.visit_stmts(&s.body)?;
        } else {
            inner(self, loc, s)?;
        }
        self.op(NO_LOCATION, Op::PopBlock);
        self.pop_fblock();
        self.visit_stmts(&s.finalbody)?;
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, exit);

        self.use_label(end);
        self.jump(NO_LOCATION, Op::SetupCleanup, cleanup);
        self.op(NO_LOCATION, Op::PushExcInfo);
        self.push_fblock(NO_LOCATION, FBlockKind::FinallyEnd)?;
        self.visit_stmts(&s.finalbody)?;
        self.pop_fblock();
        self.op_i(NO_LOCATION, Op::Reraise, 0);
        self.use_label(cleanup);
        self.pop_except_and_reraise(NO_LOCATION);
        self.use_label(exit);
        Ok(())
    }

    fn try_except(&mut self, loc: Loc, s: &'a Try) -> Res {
        let except = self.new_label();
        let end = self.new_label();
        let cleanup = self.new_label();
        self.jump(loc, Op::SetupFinally, except);
        self.push_fblock(loc, FBlockKind::TryExcept)?;
        self.visit_stmts(&s.body)?;
        self.pop_fblock();
        self.op(NO_LOCATION, Op::PopBlock);
        self.visit_stmts(&s.orelse)?;
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);

        self.use_label(except);
        self.jump(NO_LOCATION, Op::SetupCleanup, cleanup);
        self.op(NO_LOCATION, Op::PushExcInfo);
        // The interpreter pushes a block here.
        self.push_fblock(loc, FBlockKind::ExceptionHandler)?;
        for (index, handler) in s.handlers.iter().enumerate() {
            let loc = handler.location;
            if handler.typ.is_none() && index + 1 < s.handlers.len() {
                return self.error(loc, "default 'except:' must be last");
            }
            let next = self.new_label();
            if let Some(typ) = &handler.typ {
                self.visit_expr(typ)?;
                self.op(loc, Op::CheckExcMatch);
                self.jump(loc, Op::PopJumpIfFalse, next);
            }
            match &handler.name {
                Some(name) => self.except_named(loc, name, &handler.body, end)?,
                None => self.except_unnamed(loc, &handler.body, end)?,
            }
            self.use_label(next);
        }
        self.pop_fblock();
        self.op_i(NO_LOCATION, Op::Reraise, 0);
        self.use_label(cleanup);
        self.pop_except_and_reraise(NO_LOCATION);
        self.use_label(end);
        Ok(())
    }

    /// `except E as name:`, whose body stands in a `try` of its own that unbinds the name.
    fn except_named(&mut self, loc: Loc, name: &'a Identifier, body: &'a [Stmt], end: Label) -> Res {
        let cleanup_end = self.new_label();
        self.store_name(loc, name)?;
        self.jump(loc, Op::SetupCleanup, cleanup_end);
        self.push_fblock(loc, FBlockKind::HandlerCleanup(Some(name)))?;
        self.visit_stmts(body)?;
        self.pop_fblock();
        self.op(NO_LOCATION, Op::PopBlock);
        self.op(NO_LOCATION, Op::PopBlock);
        self.op(NO_LOCATION, Op::PopExcept);
        self.unbind_handler_name(NO_LOCATION, name)?;
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
        self.use_label(cleanup_end);
        self.unbind_handler_name(NO_LOCATION, name)?;
        self.op_i(NO_LOCATION, Op::Reraise, 1);
        Ok(())
    }

    fn except_unnamed(&mut self, loc: Loc, body: &'a [Stmt], end: Label) -> Res {
        self.op(loc, Op::PopTop);
        self.push_fblock(loc, FBlockKind::HandlerCleanup(None))?;
        self.visit_stmts(body)?;
        self.pop_fblock();
        self.op(NO_LOCATION, Op::PopBlock);
        self.op(NO_LOCATION, Op::PopExcept);
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
        Ok(())
    }

    /// `name = None; del name`: the name may be gone already.
    pub(super) fn unbind_handler_name(&mut self, loc: Loc, name: &Identifier) -> Res {
        self.load_const(loc, Const::None);
        self.store_name(loc, name)?;
        self.delete_name(loc, name)
    }

    /// What a handler that raised itself ends with.
    pub(super) fn pop_except_and_reraise(&mut self, loc: Loc) {
        self.op_i(loc, Op::Copy, 3);
        self.op(loc, Op::PopExcept);
        self.op_i(loc, Op::Reraise, 1);
    }
}

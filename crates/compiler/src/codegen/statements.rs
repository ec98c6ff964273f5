//! Statements: the dispatch, and those without a file of their own.

use pvm_bytecode::opcode::{CommonConstant, Intrinsic1};

use super::fblocks::{FBlockKind, LoopLabels};
use super::{Compiler, Const, Loc, NO_LOCATION, Op, Res};
use crate::ast::{Expr, ExprKind, For, Stmt, StmtKind};

impl<'a> Compiler<'a> {
    pub(super) fn visit_stmts(&mut self, stmts: &'a [Stmt]) -> Res {
        for stmt in stmts {
            self.visit_stmt(stmt)?;
        }
        Ok(())
    }

    pub(super) fn visit_stmt(&mut self, s: &'a Stmt) -> Res {
        self.stack.check()?;
        let loc = s.location;
        match &s.kind {
            StmtKind::FunctionDef(def) => self.visit_function(s, def, false),
            StmtKind::AsyncFunctionDef(def) => self.visit_function(s, def, true),
            StmtKind::ClassDef(def) => self.visit_class(s, def),
            StmtKind::TypeAlias { name, type_params, value } => self.visit_type_alias(s, name, type_params, value),
            StmtKind::Return { value } => self.visit_return(loc, value.as_deref()),
            StmtKind::Delete { targets } => self.visit_exprs(targets),
            StmtKind::Assign { targets, value, .. } => {
                self.visit_expr(value)?;
                for (index, target) in targets.iter().enumerate() {
                    if index + 1 < targets.len() {
                        self.op_i(loc, Op::Copy, 1);
                    }
                    self.visit_expr(target)?;
                }
                Ok(())
            }
            StmtKind::AugAssign { target, op, value } => self.visit_aug_assign(loc, target, *op, value),
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.visit_ann_assign(loc, target, annotation, value.as_deref(), *simple)
            }
            StmtKind::For(s_for) => self.conditionally(|c| c.visit_for(loc, s_for)),
            StmtKind::AsyncFor(s_for) => self.conditionally(|c| c.visit_async_for(loc, s_for)),
            StmtKind::While { test, body, orelse } => self.conditionally(|c| c.visit_while(loc, test, body, orelse)),
            StmtKind::If { test, body, orelse } => self.conditionally(|c| c.visit_if(test, body, orelse)),
            StmtKind::Match { subject, cases } => self.conditionally(|c| c.visit_match(subject, cases)),
            StmtKind::Raise { exc, cause } => {
                let mut count = 0;
                for part in [exc, cause].into_iter().flatten() {
                    self.visit_expr(part)?;
                    count += 1;
                }
                self.op_i(loc, Op::RaiseVarargs, count);
                Ok(())
            }
            StmtKind::Try(s_try) => self.conditionally(|c| c.visit_try(loc, s_try)),
            StmtKind::TryStar(s_try) => self.conditionally(|c| c.visit_try_star(loc, s_try)),
            StmtKind::Assert { test, msg } => self.visit_assert(loc, test, msg.as_deref()),
            StmtKind::Import { names } => self.visit_import(loc, names),
            StmtKind::ImportFrom { module, names, level } => self.visit_import_from(loc, module.as_ref(), names, *level),
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => Ok(()),
            StmtKind::Expr { value } => self.visit_expr_stmt(loc, value),
            StmtKind::Pass => {
                self.op(loc, Op::Nop);
                Ok(())
            }
            StmtKind::Break => self.visit_break(loc),
            StmtKind::Continue => self.visit_continue(loc),
            StmtKind::With(with) => self.conditionally(|c| c.visit_with(&with.items, &with.body)),
            StmtKind::AsyncWith(with) => self.conditionally(|c| c.visit_async_with(&with.items, &with.body)),
        }
    }

    /// Compiles a statement whose body may not run: annotations inside it are conditional (PEP 649).
    fn conditionally(&mut self, visit: impl FnOnce(&mut Self) -> Res) -> Res {
        self.unit_mut().conditional_depth += 1;
        // After an error another unit may be the current one.
        visit(self)?;
        self.unit_mut().conditional_depth -= 1;
        Ok(())
    }

    fn visit_if(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Res {
        let end = self.new_label();
        let next = if orelse.is_empty() { end } else { self.new_label() };
        self.jump_if(test, next, false)?;
        self.visit_stmts(body)?;
        if !orelse.is_empty() {
            self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
            self.use_label(next);
            self.visit_stmts(orelse)?;
        }
        self.use_label(end);
        Ok(())
    }

    fn visit_for(&mut self, loc: Loc, s: &'a For) -> Res {
        let start = self.new_label();
        let cleanup = self.new_label();
        let end = self.new_label();
        let labels = LoopLabels { start, exit: end };
        self.push_fblock(loc, FBlockKind::ForLoop(labels))?;
        self.visit_expr(&s.iter)?;
        let iter_loc = s.iter.location;
        self.op(iter_loc, Op::GetIter);
        self.use_label(start);
        self.jump(iter_loc, Op::ForIter, cleanup);
        // A line of its own for the target of a loop that spans lines; removed where it is redundant.
        self.op(s.target.location, Op::Nop);
        self.visit_expr(&s.target)?;
        self.visit_stmts(&s.body)?;
        self.jump(NO_LOCATION, Op::Jump, start);
        self.use_label(cleanup);
        // `END_FOR` comes first: a generator's exhaustion jumps to it, other iterators' past it.
        self.op(NO_LOCATION, Op::EndFor);
        self.op(NO_LOCATION, Op::PopIter);
        self.pop_fblock();
        self.visit_stmts(&s.orelse)?;
        self.use_label(end);
        Ok(())
    }

    fn visit_async_for(&mut self, loc: Loc, s: &'a For) -> Res {
        let start = self.new_label();
        let send = self.new_label();
        let except = self.new_label();
        let end = self.new_label();
        self.visit_expr(&s.iter)?;
        self.op(s.iter.location, Op::GetAiter);
        self.use_label(start);
        let labels = LoopLabels { start, exit: end };
        self.push_fblock(loc, FBlockKind::ForLoop(labels))?;
        // Guards the call of `__anext__`.
        self.jump(loc, Op::SetupFinally, except);
        self.op(loc, Op::GetAnext);
        self.load_const(loc, Const::None);
        self.use_label(send);
        self.emit_yield_from(loc, true);
        self.op(loc, Op::PopBlock);
        self.op(loc, Op::NotTaken);
        self.visit_expr(&s.target)?;
        self.visit_stmts(&s.body)?;
        self.jump(NO_LOCATION, Op::Jump, start);
        self.pop_fblock();
        self.use_label(except);
        self.jump(s.iter.location, Op::EndAsyncFor, send);
        self.visit_stmts(&s.orelse)?;
        self.use_label(end);
        Ok(())
    }

    fn visit_while(&mut self, loc: Loc, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Res {
        let start = self.new_label();
        let end = self.new_label();
        let anchor = self.new_label();
        self.use_label(start);
        let labels = LoopLabels { start, exit: end };
        self.push_fblock(loc, FBlockKind::WhileLoop(labels))?;
        self.jump_if(test, anchor, false)?;
        self.visit_stmts(body)?;
        self.jump(NO_LOCATION, Op::Jump, start);
        self.pop_fblock();
        self.use_label(anchor);
        self.visit_stmts(orelse)?;
        self.use_label(end);
        Ok(())
    }

    fn visit_return(&mut self, s_loc: Loc, value: Option<&'a Expr>) -> Res {
        let scope = self.scope();
        if !scope.is_function_like() {
            return self.error(s_loc, "'return' outside function");
        }
        if value.is_some() && scope.coroutine && scope.generator {
            return self.error(s_loc, "'return' with value in async generator");
        }
        let constant = value.and_then(|value| match &value.kind {
            ExprKind::Constant { value, .. } => Some(value),
            _ => None,
        });
        let preserve_tos = value.is_some() && constant.is_none();
        let mut loc = s_loc;
        if let Some(value) = value {
            if preserve_tos {
                self.visit_expr(value)?;
            } else {
                loc = value.location;
                self.op(loc, Op::Nop);
            }
        }
        if value.is_none_or(|value| value.location.lineno != s_loc.lineno) {
            loc = s_loc;
            self.op(loc, Op::Nop);
        }
        let loc = self.unwind_all(loc, preserve_tos)?;
        if value.is_none() {
            self.load_const(loc, Const::None);
        } else if let Some(constant) = constant {
            self.load_literal(loc, constant);
        }
        self.op(loc, Op::ReturnValue);
        Ok(())
    }

    fn visit_break(&mut self, loc: Loc) -> Res {
        self.op(loc, Op::Nop);
        let (unwound, Some((target, labels))) = self.unwind_to_loop(loc)? else {
            return self.error(loc, "'break' outside loop");
        };
        let unwound = self.unwind_fblock(unwound, &target, false)?;
        self.jump(unwound, Op::Jump, labels.exit);
        Ok(())
    }

    fn visit_continue(&mut self, loc: Loc) -> Res {
        self.op(loc, Op::Nop);
        let (unwound, Some((_, labels))) = self.unwind_to_loop(loc)? else {
            return self.error(loc, "'continue' not properly in loop");
        };
        self.jump(unwound, Op::Jump, labels.start);
        Ok(())
    }

    fn visit_assert(&mut self, loc: Loc, test: &'a Expr, msg: Option<&'a Expr>) -> Res {
        self.check_assert(loc, test)?;
        if self.optimize > 0 {
            return Ok(());
        }
        let end = self.new_label();
        self.jump_if(test, end, true)?;
        self.op_i(loc, Op::LoadCommonConstant, CommonConstant::AssertionError.number());
        if let Some(msg) = msg {
            self.visit_expr(msg)?;
            self.op_i(loc, Op::Call, 0);
        }
        self.op_i(test.location, Op::RaiseVarargs, 1);
        self.use_label(end);
        Ok(())
    }

    fn visit_expr_stmt(&mut self, loc: Loc, value: &'a Expr) -> Res {
        if self.is_interactive_top_level() {
            self.visit_expr(value)?;
            self.intrinsic_1(loc, Intrinsic1::Print);
        } else if matches!(value.kind, ExprKind::Constant { .. }) {
            self.op(loc, Op::Nop);
            return Ok(());
        } else {
            self.visit_expr(value)?;
        }
        self.op(NO_LOCATION, Op::PopTop);
        Ok(())
    }
}

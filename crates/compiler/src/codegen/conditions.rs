//! Tests that jump, comparisons, `and`/`or` and conditional expressions.

use super::{Compiler, Label, Loc, NO_LOCATION, Op, Res, malformed, oparg};
use crate::ast::{BoolOp, CmpOp, Expr, ExprKind, UnaryOp};

impl<'a> Compiler<'a> {
    /// Emits one comparison of the two topmost values.
    pub(super) fn emit_compare(&mut self, loc: Loc, op: CmpOp) {
        let (opcode, arg) = oparg::comparison(op);
        self.op_i(loc, opcode, arg);
    }

    /// Jumps to `next` if the truth of `e` equals `cond`, and falls through otherwise.
    pub(super) fn jump_if(&mut self, e: &'a Expr, next: Label, cond: bool) -> Res {
        self.stack.check()?;
        match &e.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => return self.jump_if(operand, next, !cond),
            ExprKind::BoolOp { op, values } => {
                let stops_on = *op == BoolOp::Or;
                let inner = if stops_on == cond { next } else { self.new_label() };
                let (last, rest) = operands(values)?;
                for value in rest {
                    self.jump_if(value, inner, stops_on)?;
                }
                self.jump_if(last, next, cond)?;
                if inner != next {
                    self.use_label(inner);
                }
                return Ok(());
            }
            ExprKind::IfExp { test, body, orelse } => {
                let end = self.new_label();
                let otherwise = self.new_label();
                self.jump_if(test, otherwise, false)?;
                self.jump_if(body, next, cond)?;
                self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
                self.use_label(otherwise);
                self.jump_if(orelse, next, cond)?;
                self.use_label(end);
                return Ok(());
            }
            ExprKind::Compare { left, ops, comparators } if ops.len() > 1 => {
                return self.jump_if_chain(e, left, ops, comparators, next, cond);
            }
            _ => {}
        }
        self.visit_expr(e)?;
        let loc = e.location;
        self.op(loc, Op::ToBool);
        self.jump(loc, jump_on(cond), next);
        Ok(())
    }

    fn jump_if_chain(
        &mut self,
        e: &'a Expr,
        left: &'a Expr,
        ops: &'a [CmpOp],
        comparators: &'a [Expr],
        next: Label,
        cond: bool,
    ) -> Res {
        let loc = e.location;
        self.check_compare(e)?;
        let cleanup = self.new_label();
        self.visit_expr(left)?;
        let (last, rest) = comparisons(ops, comparators)?;
        for (op, comparator) in rest {
            self.visit_expr(comparator)?;
            self.op_i(loc, Op::Swap, 2);
            self.op_i(loc, Op::Copy, 2);
            self.emit_compare(loc, op);
            self.op(loc, Op::ToBool);
            self.jump(loc, Op::PopJumpIfFalse, cleanup);
        }
        self.visit_expr(last.1)?;
        self.emit_compare(loc, last.0);
        self.op(loc, Op::ToBool);
        self.jump(loc, jump_on(cond), next);
        let end = self.new_label();
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
        self.use_label(cleanup);
        self.op(loc, Op::PopTop);
        if !cond {
            self.jump(NO_LOCATION, Op::JumpNoInterrupt, next);
        }
        self.use_label(end);
        Ok(())
    }

    pub(super) fn visit_compare(&mut self, e: &'a Expr, left: &'a Expr, ops: &'a [CmpOp], comparators: &'a [Expr]) -> Res {
        let loc = e.location;
        self.check_compare(e)?;
        self.visit_expr(left)?;
        let (last, rest) = comparisons(ops, comparators)?;
        if rest.is_empty() {
            self.visit_expr(last.1)?;
            self.emit_compare(loc, last.0);
            return Ok(());
        }
        let cleanup = self.new_label();
        for (op, comparator) in rest {
            self.visit_expr(comparator)?;
            self.op_i(loc, Op::Swap, 2);
            self.op_i(loc, Op::Copy, 2);
            self.emit_compare(loc, op);
            self.op_i(loc, Op::Copy, 1);
            self.op(loc, Op::ToBool);
            self.jump(loc, Op::PopJumpIfFalse, cleanup);
            self.op(loc, Op::PopTop);
        }
        self.visit_expr(last.1)?;
        self.emit_compare(loc, last.0);
        let end = self.new_label();
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
        self.use_label(cleanup);
        self.op_i(loc, Op::Swap, 2);
        self.op(loc, Op::PopTop);
        self.use_label(end);
        Ok(())
    }

    pub(super) fn visit_bool_op(&mut self, loc: Loc, op: BoolOp, values: &'a [Expr]) -> Res {
        let jump = match op {
            BoolOp::And => Op::JumpIfFalse,
            BoolOp::Or => Op::JumpIfTrue,
        };
        let end = self.new_label();
        let (last, rest) = operands(values)?;
        for value in rest {
            self.visit_expr(value)?;
            self.jump(loc, jump, end);
            self.op(loc, Op::PopTop);
        }
        self.visit_expr(last)?;
        self.use_label(end);
        Ok(())
    }

    pub(super) fn visit_if_exp(&mut self, test: &'a Expr, body: &'a Expr, orelse: &'a Expr) -> Res {
        let end = self.new_label();
        let next = self.new_label();
        self.jump_if(test, next, false)?;
        self.visit_expr(body)?;
        self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
        self.use_label(next);
        self.visit_expr(orelse)?;
        self.use_label(end);
        Ok(())
    }
}

/// The operands of `and` or `or`: the last, and those before.
fn operands(values: &[Expr]) -> Res<(&Expr, &[Expr])> {
    match values.split_last() {
        Some(split) => Ok(split),
        None => malformed("BoolOp with less than 2 values"),
    }
}

/// A comparison with what stands on its right.
type Comparison<'a> = (CmpOp, &'a Expr);

/// The comparisons of a chain: the last, and those before.
fn comparisons<'a>(ops: &[CmpOp], comparators: &'a [Expr]) -> Res<(Comparison<'a>, Vec<Comparison<'a>>)> {
    if ops.len() != comparators.len() {
        return malformed("Compare has a different number of comparators and operands");
    }
    let mut chain: Vec<Comparison<'a>> = ops.iter().copied().zip(comparators).collect();
    match chain.pop() {
        Some(last) => Ok((last, chain)),
        None => malformed("Compare has no comparators"),
    }
}

fn jump_on(cond: bool) -> Op {
    if cond { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse }
}

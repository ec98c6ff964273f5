//! Expressions: the dispatch, and those without a file of their own.

use pvm_bytecode::opcode::Intrinsic1;

use super::displays::{GATHER_LIST, GATHER_SET, GATHER_TUPLE};
use super::unit::ScopeKind;
use super::with_statements::AWAIT_EXPR;
use super::{Compiler, Const, Loc, Op, Res, oparg};
use crate::ast::{Expr, ExprContext, ExprKind, Identifier, UnaryOp};

impl<'a> Compiler<'a> {
    pub(super) fn visit_exprs(&mut self, exprs: &'a [Expr]) -> Res {
        for e in exprs {
            self.visit_expr(e)?;
        }
        Ok(())
    }

    pub(super) fn visit_expr(&mut self, e: &'a Expr) -> Res {
        self.stack.check()?;
        let loc = e.location;
        match &e.kind {
            ExprKind::NamedExpr { target, value } => {
                self.visit_expr(value)?;
                self.op_i(loc, Op::Copy, 1);
                self.visit_expr(target)
            }
            ExprKind::BoolOp { op, values } => self.visit_bool_op(loc, *op, values),
            ExprKind::BinOp { left, op, right } => {
                self.visit_expr(left)?;
                self.visit_expr(right)?;
                self.op_i(loc, Op::BinaryOp, oparg::binary(*op, false));
                Ok(())
            }
            ExprKind::UnaryOp { op, operand } => self.visit_unary_op(loc, *op, operand),
            ExprKind::Lambda { args, body } => self.visit_lambda(e, args, body),
            ExprKind::IfExp { test, body, orelse } => self.visit_if_exp(test, body, orelse),
            ExprKind::Dict { keys, values } => self.visit_dict(loc, keys, values),
            ExprKind::Set { elts } => self.gather(loc, elts, None, 0, GATHER_SET),
            ExprKind::ListComp { .. } | ExprKind::SetComp { .. } | ExprKind::DictComp { .. } | ExprKind::GeneratorExp { .. } => {
                self.visit_comprehension(e)
            }
            ExprKind::Yield { value } => {
                if !self.scope().is_function_like() {
                    return self.error(loc, "'yield' outside function");
                }
                match value {
                    Some(value) => self.visit_expr(value)?,
                    None => self.load_const(loc, Const::None),
                }
                self.emit_yield(loc);
                Ok(())
            }
            ExprKind::YieldFrom { value } => {
                if !self.scope().is_function_like() {
                    return self.error(loc, "'yield from' outside function");
                }
                if self.unit().kind == ScopeKind::AsyncFunction {
                    return self.error(loc, "'yield from' inside async function");
                }
                self.visit_expr(value)?;
                self.op(loc, Op::GetYieldFromIter);
                self.load_const(loc, Const::None);
                self.emit_yield_from(loc, false);
                Ok(())
            }
            ExprKind::Await { value } => {
                self.visit_expr(value)?;
                self.emit_await(loc, AWAIT_EXPR);
                Ok(())
            }
            ExprKind::Compare { left, ops, comparators } => self.visit_compare(e, left, ops, comparators),
            ExprKind::Call { func, args, keywords } => self.visit_call(e, func, args, keywords),
            ExprKind::Constant { value, .. } => {
                self.load_literal(loc, value);
                Ok(())
            }
            ExprKind::JoinedStr { values } => self.visit_joined_str(loc, values),
            ExprKind::TemplateStr { values } => self.visit_template_str(loc, values),
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                self.visit_formatted_value(loc, value, *conversion, format_spec.as_deref())
            }
            ExprKind::Interpolation { value, str, conversion, format_spec } => {
                self.visit_interpolation(loc, value, str, *conversion, format_spec.as_deref())
            }
            ExprKind::Attribute { value, attr, ctx } => self.visit_attribute(e, value, attr, *ctx),
            ExprKind::Subscript { value, slice, ctx } => self.visit_subscript(loc, value, slice, *ctx),
            // In lists and tuples the sequence takes the star itself.
            ExprKind::Starred { ctx: ExprContext::Store, .. } => {
                self.error(loc, "starred assignment target must be in a list or tuple")
            }
            ExprKind::Starred { .. } => self.error(loc, "can't use starred expression here"),
            ExprKind::Slice { lower, upper, step } => self.visit_slice(loc, lower.as_deref(), upper.as_deref(), step.as_deref()),
            ExprKind::Name { id, ctx } => self.variable(loc, id, *ctx),
            ExprKind::List { elts, ctx } => self.visit_sequence(loc, elts, *ctx, GATHER_LIST),
            ExprKind::Tuple { elts, ctx } => self.visit_sequence(loc, elts, *ctx, GATHER_TUPLE),
        }
    }

    fn visit_unary_op(&mut self, loc: Loc, op: UnaryOp, operand: &'a Expr) -> Res {
        self.visit_expr(operand)?;
        match op {
            UnaryOp::UAdd => self.intrinsic_1(loc, Intrinsic1::UnaryPositive),
            UnaryOp::Not => {
                self.op(loc, Op::ToBool);
                self.op(loc, Op::UnaryNot);
            }
            UnaryOp::Invert => self.op(loc, Op::UnaryInvert),
            UnaryOp::USub => self.op(loc, Op::UnaryNegative),
        }
        Ok(())
    }

    fn visit_attribute(&mut self, e: &'a Expr, value: &'a Expr, attr: &'a Identifier, ctx: ExprContext) -> Res {
        if ctx == ExprContext::Load
            && let Some(call) = self.super_call(value, attr)
        {
            return self.load_super_attr(e, &call, attr);
        }
        self.note_static_attribute(value, attr, ctx);
        self.visit_expr(value)?;
        let loc = attribute_location(e.location, e, attr);
        match ctx {
            ExprContext::Load => self.load_attr(loc, attr),
            ExprContext::Store => self.name_op(loc, Op::StoreAttr, attr),
            ExprContext::Del => self.name_op(loc, Op::DeleteAttr, attr),
        }
        Ok(())
    }
}

/// `loc`, started at the attribute's name where the access `e` spans lines.
pub(super) fn attribute_location(mut loc: Loc, e: &Expr, attr: &Identifier) -> Loc {
    let end = e.location;
    if loc.lineno == end.end_lineno {
        return loc;
    }
    loc.lineno = end.end_lineno;
    let len = attr.chars().count() as i32;
    if len <= end.end_col_offset {
        loc.col_offset = end.end_col_offset - len;
    } else {
        // A tree that no parser made: without columns.
        loc.col_offset = -1;
        loc.end_col_offset = -1;
    }
    loc.end_lineno = loc.end_lineno.max(loc.lineno);
    if loc.lineno == loc.end_lineno {
        loc.end_col_offset = loc.end_col_offset.max(loc.col_offset);
    }
    loc
}

//! Expressions.

use pvm_compiler::ast::{Comprehension, Expr, ExprKind};
use pvm_object::{PyResult, Value};

use super::{Builder, Class, build};

impl Builder<'_> {
    pub(super) fn exprs(&mut self, exprs: &[Expr]) -> PyResult {
        self.list(exprs, Self::expr)
    }

    pub(super) fn opt_expr(&mut self, expr: Option<&Expr>) -> PyResult {
        self.optional(expr, Self::expr)
    }

    pub(super) fn opt_exprs(&mut self, exprs: &[Option<Expr>]) -> PyResult {
        self.list(exprs, |this, expr| this.opt_expr(expr.as_ref()))
    }

    fn generators(&mut self, generators: &[Comprehension]) -> PyResult {
        self.list(generators, |this, generator| {
            build!(this, Class::Comprehension, None;
                expr &generator.target, expr &generator.iter, exprs &generator.ifs, flag generator.is_async)
        })
    }

    fn comprehension(&mut self, class: Class, expr: &Expr, elt: &Expr, generators: &[Comprehension]) -> PyResult {
        build!(self, class, Some(expr.location); expr elt, generators generators)
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> PyResult {
        self.vm.check_recursion(" during ast construction")?;
        let place = Some(expr.location);
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                build!(self, Class::BoolOp, place; bool_op *op, exprs values)
            }
            ExprKind::NamedExpr { target, value } => {
                build!(self, Class::NamedExpr, place; expr target, expr value)
            }
            ExprKind::BinOp { left, op, right } => {
                build!(self, Class::BinOp, place; expr left, operator *op, expr right)
            }
            ExprKind::UnaryOp { op, operand } => {
                build!(self, Class::UnaryOp, place; unary_op *op, expr operand)
            }
            ExprKind::Lambda { args, body } => {
                build!(self, Class::Lambda, place; arguments args, expr body)
            }
            ExprKind::IfExp { test, body, orelse } => {
                build!(self, Class::IfExp, place; expr test, expr body, expr orelse)
            }
            ExprKind::Dict { keys, values } => {
                build!(self, Class::Dict, place; opt_exprs keys, exprs values)
            }
            ExprKind::Set { elts } => build!(self, Class::Set, place; exprs elts),
            ExprKind::ListComp { elt, generators } => self.comprehension(Class::ListComp, expr, elt, generators),
            ExprKind::SetComp { elt, generators } => self.comprehension(Class::SetComp, expr, elt, generators),
            ExprKind::DictComp { key, value, generators } => {
                build!(self, Class::DictComp, place; expr key, expr value, generators generators)
            }
            ExprKind::GeneratorExp { elt, generators } => self.comprehension(Class::GeneratorExp, expr, elt, generators),
            ExprKind::Await { value } => build!(self, Class::Await, place; expr value),
            ExprKind::Yield { value } => {
                build!(self, Class::Yield, place; opt_expr value.as_deref())
            }
            ExprKind::YieldFrom { value } => build!(self, Class::YieldFrom, place; expr value),
            ExprKind::Compare { left, ops, comparators } => {
                let left = self.expr(left)?;
                let ops = self.list(ops, |this, op| this.cmp_op(*op))?;
                let comparators = self.exprs(comparators)?;
                self.node(Class::Compare, [left, ops, comparators], place)
            }
            ExprKind::Call { func, args, keywords } => {
                build!(self, Class::Call, place; expr func, exprs args, keywords keywords)
            }
            ExprKind::FormattedValue { value, conversion, format_spec } => build!(self, Class::FormattedValue, place;
                expr value, number *conversion, opt_expr format_spec.as_deref()),
            ExprKind::Interpolation { value, str, conversion, format_spec } => {
                build!(self, Class::Interpolation, place;
                    expr value, constant str, number *conversion, opt_expr format_spec.as_deref())
            }
            ExprKind::JoinedStr { values } => build!(self, Class::JoinedStr, place; exprs values),
            ExprKind::TemplateStr { values } => {
                build!(self, Class::TemplateStr, place; exprs values)
            }
            ExprKind::Constant { value, kind } => {
                build!(self, Class::Constant, place; constant value, opt_text kind.as_deref())
            }
            ExprKind::Attribute { value, attr, ctx } => {
                build!(self, Class::Attribute, place; expr value, name attr, context *ctx)
            }
            ExprKind::Subscript { value, slice, ctx } => {
                build!(self, Class::Subscript, place; expr value, expr slice, context *ctx)
            }
            ExprKind::Starred { value, ctx } => {
                build!(self, Class::Starred, place; expr value, context *ctx)
            }
            ExprKind::Name { id, ctx } => build!(self, Class::Name, place; name id, context *ctx),
            ExprKind::List { elts, ctx } => {
                build!(self, Class::List, place; exprs elts, context *ctx)
            }
            ExprKind::Tuple { elts, ctx } => {
                build!(self, Class::Tuple, place; exprs elts, context *ctx)
            }
            ExprKind::Slice { lower, upper, step } => {
                let parts: [PyResult<Value>; 3] = [lower, upper, step].map(|part| self.opt_expr(part.as_deref()));
                let [lower, upper, step] = parts;
                self.node(Class::Slice, [lower?, upper?, step?], place)
            }
        }
    }
}

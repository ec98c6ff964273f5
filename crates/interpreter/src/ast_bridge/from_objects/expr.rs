//! Expressions.

use pvm_compiler::ast::{Comprehension, Expr, ExprKind};
use pvm_object::{PyResult, Value};

use super::{Class, Node, Reader};

impl Reader<'_> {
    pub(super) fn expr(&mut self, node: &Node<'_>, index: usize) -> PyResult<Box<Expr>> {
        self.one(node, index, Self::expr_of).map(Box::new)
    }

    pub(super) fn opt_expr(&mut self, node: &Node<'_>, index: usize) -> PyResult<Option<Box<Expr>>> {
        self.optional(node, index, |this, object| this.expr_of(object).map(Box::new))
    }

    pub(super) fn exprs(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Expr>> {
        self.list(node, index, |this, object| {
            if object.is_none() {
                return Err(this.vm.value_error(format_args!("None disallowed in expression list")));
            }
            this.expr_of(object)
        })
    }

    pub(super) fn opt_exprs(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Option<Expr>>> {
        self.list(node, index, |this, object| match object.is_none() {
            true => Ok(None),
            false => this.expr_of(object).map(Some),
        })
    }

    fn generators(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Comprehension>> {
        self.list(node, index, |this, object| {
            let node = &Node { object, class: Class::Comprehension };
            Ok(Comprehension {
                target: *this.expr(node, 0)?,
                iter: *this.expr(node, 1)?,
                ifs: this.exprs(node, 2)?,
                is_async: this.flag(node, 3)?,
            })
        })
    }

    fn expr_of(&mut self, object: &Value) -> PyResult<Expr> {
        self.vm.check_recursion(" while traversing 'expr' node")?;
        let location = self.place(object, Class::ExprSum)?;
        let Some(class) = self.alternative(object, Class::ExprSum)? else {
            return Err(self.vm.value_error(format_args!("None disallowed in expression list")));
        };
        let node = &Node { object, class };
        let kind = match class {
            Class::BoolOp => ExprKind::BoolOp { op: self.one(node, 0, Self::bool_op_of)?, values: self.exprs(node, 1)? },
            Class::NamedExpr => ExprKind::NamedExpr { target: self.expr(node, 0)?, value: self.expr(node, 1)? },
            Class::BinOp => ExprKind::BinOp {
                left: self.expr(node, 0)?,
                op: self.one(node, 1, Self::operator_of)?,
                right: self.expr(node, 2)?,
            },
            Class::UnaryOp => ExprKind::UnaryOp { op: self.one(node, 0, Self::unary_op_of)?, operand: self.expr(node, 1)? },
            Class::Lambda => ExprKind::Lambda { args: Box::new(self.arguments(node, 0)?), body: self.expr(node, 1)? },
            Class::IfExp => ExprKind::IfExp { test: self.expr(node, 0)?, body: self.expr(node, 1)?, orelse: self.expr(node, 2)? },
            Class::Dict => ExprKind::Dict { keys: self.opt_exprs(node, 0)?, values: self.exprs(node, 1)? },
            Class::Set => ExprKind::Set { elts: self.exprs(node, 0)? },
            Class::ListComp => ExprKind::ListComp { elt: self.expr(node, 0)?, generators: self.generators(node, 1)? },
            Class::SetComp => ExprKind::SetComp { elt: self.expr(node, 0)?, generators: self.generators(node, 1)? },
            Class::DictComp => {
                ExprKind::DictComp { key: self.expr(node, 0)?, value: self.expr(node, 1)?, generators: self.generators(node, 2)? }
            }
            Class::GeneratorExp => ExprKind::GeneratorExp { elt: self.expr(node, 0)?, generators: self.generators(node, 1)? },
            Class::Await => ExprKind::Await { value: self.expr(node, 0)? },
            Class::Yield => ExprKind::Yield { value: self.opt_expr(node, 0)? },
            Class::YieldFrom => ExprKind::YieldFrom { value: self.expr(node, 0)? },
            Class::Compare => ExprKind::Compare {
                left: self.expr(node, 0)?,
                ops: self.list(node, 1, Self::cmp_op_of)?,
                comparators: self.exprs(node, 2)?,
            },
            Class::Call => {
                ExprKind::Call { func: self.expr(node, 0)?, args: self.exprs(node, 1)?, keywords: self.keywords(node, 2)? }
            }
            Class::FormattedValue => ExprKind::FormattedValue {
                value: self.expr(node, 0)?,
                conversion: self.number(node, 1)?,
                format_spec: self.opt_expr(node, 2)?,
            },
            Class::Interpolation => ExprKind::Interpolation {
                value: self.expr(node, 0)?,
                str: self.constant(node, 1)?,
                conversion: self.number(node, 2)?,
                format_spec: self.opt_expr(node, 3)?,
            },
            Class::JoinedStr => ExprKind::JoinedStr { values: self.exprs(node, 0)? },
            Class::TemplateStr => ExprKind::TemplateStr { values: self.exprs(node, 0)? },
            Class::Constant => ExprKind::Constant { value: self.constant(node, 0)?, kind: self.opt_text(node, 1)? },
            Class::Attribute => ExprKind::Attribute {
                value: self.expr(node, 0)?,
                attr: self.name(node, 1)?,
                ctx: self.one(node, 2, Self::context_of)?,
            },
            Class::Subscript => ExprKind::Subscript {
                value: self.expr(node, 0)?,
                slice: self.expr(node, 1)?,
                ctx: self.one(node, 2, Self::context_of)?,
            },
            Class::Starred => ExprKind::Starred { value: self.expr(node, 0)?, ctx: self.one(node, 1, Self::context_of)? },
            Class::Name => ExprKind::Name { id: self.name(node, 0)?, ctx: self.one(node, 1, Self::context_of)? },
            Class::List => ExprKind::List { elts: self.exprs(node, 0)?, ctx: self.one(node, 1, Self::context_of)? },
            Class::Tuple => ExprKind::Tuple { elts: self.exprs(node, 0)?, ctx: self.one(node, 1, Self::context_of)? },
            _ => {
                ExprKind::Slice { lower: self.opt_expr(node, 0)?, upper: self.opt_expr(node, 1)?, step: self.opt_expr(node, 2)? }
            }
        };
        Ok(Expr { location, kind })
    }
}

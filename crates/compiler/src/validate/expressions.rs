//! Expressions.

use super::{Checked, Validator, context_name, name, position, type_error, value_error};
use crate::ast::{Arg, Arguments, Comprehension, Expr, ExprContext, ExprKind, Keyword};

impl Validator {
    pub(super) fn load(&self, expr: &Expr) -> Checked {
        self.expr(expr, ExprContext::Load)
    }

    pub(super) fn load_optional(&self, expr: &Option<Box<Expr>>) -> Checked {
        expr.as_deref().map_or(Ok(()), |expr| self.load(expr))
    }

    pub(super) fn exprs(&self, exprs: &[Expr], context: ExprContext) -> Checked {
        exprs.iter().try_for_each(|expr| self.expr(expr, context))
    }

    pub(super) fn loads(&self, exprs: &[Expr]) -> Checked {
        self.exprs(exprs, ExprContext::Load)
    }

    pub(super) fn keywords(&self, keywords: &[Keyword]) -> Checked {
        keywords.iter().try_for_each(|keyword| self.load(&keyword.value))
    }

    fn arg(&self, arg: &Arg) -> Checked {
        position(arg.location)?;
        self.load_optional(&arg.annotation)
    }

    pub(super) fn arguments(&self, arguments: &Arguments) -> Checked {
        let positional = arguments.posonlyargs.iter().chain(&arguments.args);
        positional.clone().try_for_each(|arg| self.arg(arg))?;
        if let Some(vararg) = &arguments.vararg {
            self.load_optional(&vararg.annotation)?;
        }
        arguments.kwonlyargs.iter().try_for_each(|arg| self.arg(arg))?;
        if let Some(kwarg) = &arguments.kwarg {
            self.load_optional(&kwarg.annotation)?;
        }
        if arguments.defaults.len() > positional.count() {
            return value_error("more positional defaults than args on arguments");
        }
        if arguments.kw_defaults.len() != arguments.kwonlyargs.len() {
            return value_error("length of kwonlyargs is not the same as kw_defaults on arguments");
        }
        self.loads(&arguments.defaults)?;
        arguments.kw_defaults.iter().flatten().try_for_each(|default| self.load(default))
    }

    fn generators(&self, generators: &[Comprehension]) -> Checked {
        if generators.is_empty() {
            return value_error("comprehension with no generators");
        }
        generators.iter().try_for_each(|generator| {
            self.expr(&generator.target, ExprContext::Store)?;
            self.load(&generator.iter)?;
            self.loads(&generator.ifs)
        })
    }

    /// An expression in a context (`validate_expr`).
    pub(super) fn expr(&self, expr: &Expr, context: ExprContext) -> Checked {
        position(expr.location)?;
        self.guard.check()?;
        let actual = match &expr.kind {
            ExprKind::Attribute { ctx, .. }
            | ExprKind::Subscript { ctx, .. }
            | ExprKind::Starred { ctx, .. }
            | ExprKind::List { ctx, .. }
            | ExprKind::Tuple { ctx, .. } => Some(*ctx),
            ExprKind::Name { id, ctx } => {
                name(id)?;
                Some(*ctx)
            }
            _ => None,
        };
        match actual {
            Some(actual) if actual != context => {
                let (wanted, actual) = (context_name(context), context_name(actual));
                return value_error(format!("expression must have {wanted} context but has {actual} instead"));
            }
            None if context != ExprContext::Load => {
                let context = context_name(context);
                return value_error(format!("expression which can't be assigned to in {context} context"));
            }
            _ => {}
        }
        self.content(&expr.kind, context)
    }

    fn content(&self, kind: &ExprKind, context: ExprContext) -> Checked {
        match kind {
            ExprKind::BoolOp { values, .. } => {
                if values.len() < 2 {
                    return value_error("BoolOp with less than 2 values");
                }
                self.loads(values)
            }
            ExprKind::BinOp { left, right, .. } => {
                self.load(left)?;
                self.load(right)
            }
            ExprKind::UnaryOp { operand, .. } => self.load(operand),
            ExprKind::Lambda { args, body } => {
                self.arguments(args)?;
                self.load(body)
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.load(test)?;
                self.load(body)?;
                self.load(orelse)
            }
            ExprKind::Dict { keys, values } => {
                if keys.len() != values.len() {
                    return value_error("Dict doesn't have the same number of keys as values");
                }
                keys.iter().flatten().try_for_each(|key| self.load(key))?;
                self.loads(values)
            }
            ExprKind::ListComp { elt, generators }
            | ExprKind::SetComp { elt, generators }
            | ExprKind::GeneratorExp { elt, generators } => {
                self.generators(generators)?;
                self.load(elt)
            }
            ExprKind::DictComp { key, value, generators } => {
                self.generators(generators)?;
                self.load(key)?;
                self.load(value)
            }
            ExprKind::Yield { value } => self.load_optional(value),
            ExprKind::YieldFrom { value } | ExprKind::Await { value } => self.load(value),
            ExprKind::Compare { left, ops, comparators } => {
                if comparators.is_empty() {
                    return value_error("Compare has no comparators");
                }
                if comparators.len() != ops.len() {
                    return value_error("Compare has a different number of comparators and operands");
                }
                self.loads(comparators)?;
                self.load(left)
            }
            ExprKind::Call { func, args, keywords } => {
                self.load(func)?;
                self.loads(args)?;
                self.keywords(keywords)
            }
            ExprKind::Set { elts: values } | ExprKind::JoinedStr { values } | ExprKind::TemplateStr { values } => {
                self.loads(values)
            }
            ExprKind::FormattedValue { value, format_spec, .. } | ExprKind::Interpolation { value, format_spec, .. } => {
                self.load(value)?;
                self.load_optional(format_spec)
            }
            ExprKind::Attribute { value, .. } => self.load(value),
            ExprKind::Subscript { value, slice, .. } => {
                self.load(slice)?;
                self.load(value)
            }
            ExprKind::Starred { value, .. } => self.expr(value, context),
            ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts, context),
            ExprKind::Slice { lower, upper, step } => {
                [lower, upper, step].into_iter().try_for_each(|part| self.load_optional(part))
            }
            ExprKind::NamedExpr { target, value } => {
                if !matches!(target.kind, ExprKind::Name { .. }) {
                    return type_error("NamedExpr target must be a Name");
                }
                self.load(value)
            }
            ExprKind::Name { .. } | ExprKind::Constant { .. } => Ok(()),
        }
    }
}

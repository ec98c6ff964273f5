//! Warnings about code that compiles but cannot be meant.

use super::{Compiler, Const, Loc, Res};
use crate::ast::{CmpOp, Expr, ExprKind};

/// The type of an expression's value, where the expression alone tells it.
fn inferred_type(e: &Expr) -> Option<&'static str> {
    Some(match &e.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        ExprKind::GeneratorExp { .. } => "generator",
        ExprKind::Lambda { .. } => "function",
        ExprKind::TemplateStr { .. } => "string.templatelib.Template",
        ExprKind::Interpolation { .. } => "string.templatelib.Interpolation",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
        ExprKind::Constant { value, .. } => value.type_name(),
        _ => return None,
    })
}

/// Whether an operand of `is` may be meant: not a literal other than the named singletons.
fn has_identity(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Tuple { elts, .. } => !elts.iter().all(|elt| matches!(elt.kind, ExprKind::Constant { .. })),
        ExprKind::Constant { value, .. } => {
            matches!(value, Const::None | Const::Bool(_) | Const::Ellipsis)
        }
        _ => true,
    }
}

impl Compiler<'_> {
    /// Warns where `is` compares with a literal.
    pub(super) fn check_compare(&mut self, e: &Expr) -> Res {
        let ExprKind::Compare { left, ops, comparators } = &e.kind else {
            return Ok(());
        };
        let mut left: &Expr = left;
        for (op, right) in ops.iter().zip(comparators) {
            let (is, equals) = match op {
                CmpOp::Is => ("is", "=="),
                CmpOp::IsNot => ("is not", "!="),
                _ => {
                    left = right;
                    continue;
                }
            };
            let literal = [left, right].into_iter().find(|operand| !has_identity(operand));
            if let Some(literal) = literal {
                let typ = inferred_type(literal).unwrap_or_default();
                return self.warn(e.location, format!("\"{is}\" with '{typ}' literal. Did you mean \"{equals}\"?"));
            }
            left = right;
        }
        Ok(())
    }

    /// Warns where a literal is called.
    pub(super) fn check_called(&mut self, e: &Expr) -> Res {
        match inferred_type(e) {
            Some(typ) if !matches!(e.kind, ExprKind::Lambda { .. }) => {
                self.warn(e.location, format!("'{typ}' object is not callable; perhaps you missed a comma?"))
            }
            _ => Ok(()),
        }
    }

    /// Warns where a literal that has no items is subscripted.
    pub(super) fn check_subscripted(&mut self, e: &Expr) -> Res {
        let hopeless = match &e.kind {
            ExprKind::Constant { value, .. } => matches!(
                value,
                Const::None
                    | Const::Ellipsis
                    | Const::Bool(_)
                    | Const::Int(_)
                    | Const::Float(_)
                    | Const::Complex(..)
                    | Const::FrozenSet(_)
            ),
            ExprKind::Set { .. }
            | ExprKind::SetComp { .. }
            | ExprKind::GeneratorExp { .. }
            | ExprKind::TemplateStr { .. }
            | ExprKind::Interpolation { .. }
            | ExprKind::Lambda { .. } => true,
            _ => false,
        };
        if !hopeless {
            return Ok(());
        }
        let typ = inferred_type(e).unwrap_or_default();
        self.warn(e.location, format!("'{typ}' object is not subscriptable; perhaps you missed a comma?"))
    }

    /// Warns where a literal sequence is subscripted with what cannot be its index.
    pub(super) fn check_index(&mut self, e: &Expr, index: &Expr) -> Res {
        let index_type = match inferred_type(index) {
            None | Some("int" | "bool" | "slice") => return Ok(()),
            Some(typ) => typ,
        };
        let sequence = match &e.kind {
            ExprKind::Constant { value, .. } => {
                matches!(value, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_))
            }
            ExprKind::Tuple { .. }
            | ExprKind::List { .. }
            | ExprKind::ListComp { .. }
            | ExprKind::JoinedStr { .. }
            | ExprKind::FormattedValue { .. } => true,
            _ => false,
        };
        if !sequence {
            return Ok(());
        }
        let typ = inferred_type(e).unwrap_or_default();
        self.warn(e.location, format!("{typ} indices must be integers or slices, not {index_type}; perhaps you missed a comma?"))
    }

    /// Warns where a tuple is asserted.
    pub(super) fn check_assert(&mut self, loc: Loc, test: &Expr) -> Res {
        let is_tuple = match &test.kind {
            ExprKind::Tuple { elts, .. } => !elts.is_empty(),
            ExprKind::Constant { value: Const::Tuple(items), .. } => !items.is_empty(),
            _ => false,
        };
        if is_tuple {
            return self.warn(loc, "assertion is always true, perhaps remove parentheses?".to_owned());
        }
        Ok(())
    }
}

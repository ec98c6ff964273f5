//! Statements.

use super::{Checked, Validator, name, nonempty, position, type_error, value_error};
use crate::ast::{Alias, Expr, ExprContext, ExprKind, For, FunctionDef, Stmt, StmtKind, Try, TypeParam, TypeParamKind, With};

/// What an import binds.
fn aliases(names: &[Alias], owner: &str) -> Checked {
    nonempty(names, "names", owner)?;
    names.iter().try_for_each(|alias| name(alias.asname.as_deref().unwrap_or(&alias.name)))
}

impl Validator {
    pub(super) fn stmts(&self, stmts: &[Stmt]) -> Checked {
        stmts.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn body(&self, body: &[Stmt], owner: &str) -> Checked {
        nonempty(body, "body", owner)?;
        self.stmts(body)
    }

    fn targets(&self, targets: &[Expr], context: ExprContext, owner: &str) -> Checked {
        nonempty(targets, "targets", owner)?;
        self.exprs(targets, context)
    }

    fn type_params(&self, params: &[TypeParam]) -> Checked {
        params.iter().try_for_each(|param| {
            position(param.location)?;
            match &param.kind {
                TypeParamKind::TypeVar { name: own, bound, default_value } => {
                    name(own)?;
                    self.load_optional(bound)?;
                    self.load_optional(default_value)
                }
                TypeParamKind::ParamSpec { name: own, default_value }
                | TypeParamKind::TypeVarTuple { name: own, default_value } => {
                    name(own)?;
                    self.load_optional(default_value)
                }
            }
        })
    }

    fn function(&self, function: &FunctionDef, owner: &str) -> Checked {
        self.body(&function.body, owner)?;
        name(&function.name)?;
        self.type_params(&function.type_params)?;
        self.arguments(&function.args)?;
        self.loads(&function.decorator_list)?;
        self.load_optional(&function.returns)
    }

    fn for_loop(&self, node: &For, owner: &str) -> Checked {
        self.expr(&node.target, ExprContext::Store)?;
        self.load(&node.iter)?;
        self.body(&node.body, owner)?;
        self.stmts(&node.orelse)
    }

    fn with(&self, node: &With, owner: &str) -> Checked {
        nonempty(&node.items, "items", owner)?;
        for item in &node.items {
            self.load(&item.context_expr)?;
            if let Some(target) = &item.optional_vars {
                self.expr(target, ExprContext::Store)?;
            }
        }
        self.body(&node.body, owner)
    }

    fn try_block(&self, node: &Try, owner: &str) -> Checked {
        self.body(&node.body, owner)?;
        if node.handlers.is_empty() && node.finalbody.is_empty() {
            return value_error(format!("{owner} has neither except handlers nor finalbody"));
        }
        if node.handlers.is_empty() && !node.orelse.is_empty() {
            return value_error(format!("{owner} has orelse but no except handlers"));
        }
        for handler in &node.handlers {
            position(handler.location)?;
            self.load_optional(&handler.typ)?;
            handler.name.as_deref().map_or(Ok(()), name)?;
            self.body(&handler.body, "ExceptHandler")?;
        }
        self.stmts(&node.finalbody)?;
        self.stmts(&node.orelse)
    }

    fn stmt(&self, stmt: &Stmt) -> Checked {
        position(stmt.location)?;
        self.guard.check()?;
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function(function, "FunctionDef"),
            StmtKind::AsyncFunctionDef(function) => self.function(function, "AsyncFunctionDef"),
            StmtKind::ClassDef(class) => {
                self.body(&class.body, "ClassDef")?;
                name(&class.name)?;
                self.type_params(&class.type_params)?;
                self.loads(&class.bases)?;
                self.keywords(&class.keywords)?;
                self.loads(&class.decorator_list)
            }
            StmtKind::Return { value } => self.load_optional(value),
            StmtKind::Delete { targets } => self.targets(targets, ExprContext::Del, "Delete"),
            StmtKind::Assign { targets, value, .. } => {
                self.targets(targets, ExprContext::Store, "Assign")?;
                self.load(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target, ExprContext::Store)?;
                self.load(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                if *simple && !matches!(target.kind, ExprKind::Name { .. }) {
                    return type_error("AnnAssign with simple non-Name target");
                }
                self.expr(target, ExprContext::Store)?;
                self.load_optional(value)?;
                self.load(annotation)
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                if !matches!(name.kind, ExprKind::Name { .. }) {
                    return type_error("TypeAlias with non-Name name");
                }
                self.expr(name, ExprContext::Store)?;
                self.type_params(type_params)?;
                self.load(value)
            }
            StmtKind::For(node) => self.for_loop(node, "For"),
            StmtKind::AsyncFor(node) => self.for_loop(node, "AsyncFor"),
            StmtKind::While { test, body, orelse } => {
                self.load(test)?;
                self.body(body, "While")?;
                self.stmts(orelse)
            }
            StmtKind::If { test, body, orelse } => {
                self.load(test)?;
                self.body(body, "If")?;
                self.stmts(orelse)
            }
            StmtKind::With(node) => self.with(node, "With"),
            StmtKind::AsyncWith(node) => self.with(node, "AsyncWith"),
            StmtKind::Match { subject, cases } => {
                self.load(subject)?;
                nonempty(cases, "cases", "Match")?;
                cases.iter().try_for_each(|case| {
                    self.pattern(&case.pattern, false)?;
                    self.load_optional(&case.guard)?;
                    self.body(&case.body, "match_case")
                })
            }
            StmtKind::Raise { exc: None, cause } => match cause {
                Some(_) => value_error("Raise with cause but no exception"),
                None => Ok(()),
            },
            StmtKind::Raise { exc, cause } => {
                self.load_optional(exc)?;
                self.load_optional(cause)
            }
            StmtKind::Try(node) => self.try_block(node, "Try"),
            StmtKind::TryStar(node) => self.try_block(node, "TryStar"),
            StmtKind::Assert { test, msg } => {
                self.load(test)?;
                self.load_optional(msg)
            }
            StmtKind::Import { names } => aliases(names, "Import"),
            StmtKind::ImportFrom { level, .. } if *level < 0 => value_error("Negative ImportFrom level"),
            StmtKind::ImportFrom { names, .. } => aliases(names, "ImportFrom"),
            StmtKind::Global { names } => nonempty(names, "names", "Global"),
            StmtKind::Nonlocal { names } => nonempty(names, "names", "Nonlocal"),
            StmtKind::Expr { value } => self.load(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }
}

//! Statements.

use pvm_compiler::ast::{Alias, FunctionDef, Stmt, StmtKind};
use pvm_object::PyResult;

use super::{Builder, Class, build};

impl Builder<'_> {
    pub(super) fn stmts(&mut self, stmts: &[Stmt]) -> PyResult {
        self.list(stmts, Self::stmt)
    }

    fn aliases(&mut self, names: &[Alias]) -> PyResult {
        self.list(names, Self::alias)
    }

    fn names(&mut self, names: &[std::sync::Arc<str>]) -> PyResult {
        self.list(names, |this, name| this.name(name))
    }

    fn function(&mut self, class: Class, stmt: &Stmt, function: &FunctionDef) -> PyResult {
        let FunctionDef { name, args, body, decorator_list, returns, type_comment, type_params } = function;
        build!(self, class, Some(stmt.location);
            name name, arguments args, stmts body, exprs decorator_list, opt_expr returns.as_deref(),
            opt_text type_comment.as_deref(), type_params type_params)
    }

    fn stmt(&mut self, stmt: &Stmt) -> PyResult {
        self.vm.check_recursion(" during ast construction")?;
        let place = Some(stmt.location);
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.function(Class::FunctionDef, stmt, function),
            StmtKind::AsyncFunctionDef(function) => self.function(Class::AsyncFunctionDef, stmt, function),
            StmtKind::ClassDef(class) => build!(self, Class::ClassDef, place;
                name &class.name, exprs &class.bases, keywords &class.keywords, stmts &class.body,
                exprs &class.decorator_list, type_params &class.type_params),
            StmtKind::Return { value } => {
                build!(self, Class::Return, place; opt_expr value.as_deref())
            }
            StmtKind::Delete { targets } => build!(self, Class::Delete, place; exprs targets),
            StmtKind::Assign { targets, value, type_comment } => {
                build!(self, Class::Assign, place; exprs targets, expr value, opt_text type_comment.as_deref())
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                build!(self, Class::TypeAlias, place; expr name, type_params type_params, expr value)
            }
            StmtKind::AugAssign { target, op, value } => {
                build!(self, Class::AugAssign, place; expr target, operator *op, expr value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => build!(self, Class::AnnAssign, place;
                expr target, expr annotation, opt_expr value.as_deref(), flag *simple),
            StmtKind::For(node) | StmtKind::AsyncFor(node) => {
                let class = match &stmt.kind {
                    StmtKind::For(_) => Class::For,
                    _ => Class::AsyncFor,
                };
                build!(self, class, place;
                    expr &node.target, expr &node.iter, stmts &node.body, stmts &node.orelse,
                    opt_text node.type_comment.as_deref())
            }
            StmtKind::While { test, body, orelse } => {
                build!(self, Class::While, place; expr test, stmts body, stmts orelse)
            }
            StmtKind::If { test, body, orelse } => {
                build!(self, Class::If, place; expr test, stmts body, stmts orelse)
            }
            StmtKind::With(node) | StmtKind::AsyncWith(node) => {
                let class = match &stmt.kind {
                    StmtKind::With(_) => Class::With,
                    _ => Class::AsyncWith,
                };
                build!(self, class, place;
                    with_items &node.items, stmts &node.body, opt_text node.type_comment.as_deref())
            }
            StmtKind::Match { subject, cases } => {
                build!(self, Class::Match, place; expr subject, match_cases cases)
            }
            StmtKind::Raise { exc, cause } => {
                build!(self, Class::Raise, place; opt_expr exc.as_deref(), opt_expr cause.as_deref())
            }
            StmtKind::Try(node) | StmtKind::TryStar(node) => {
                let class = match &stmt.kind {
                    StmtKind::Try(_) => Class::Try,
                    _ => Class::TryStar,
                };
                build!(self, class, place;
                    stmts &node.body, handlers &node.handlers, stmts &node.orelse, stmts &node.finalbody)
            }
            StmtKind::Assert { test, msg } => {
                build!(self, Class::Assert, place; expr test, opt_expr msg.as_deref())
            }
            StmtKind::Import { names } => build!(self, Class::Import, place; aliases names),
            StmtKind::ImportFrom { module, names, level } => build!(self, Class::ImportFrom, place;
                opt_name module.as_deref(), aliases names, number *level),
            StmtKind::Global { names } => build!(self, Class::Global, place; names names),
            StmtKind::Nonlocal { names } => build!(self, Class::Nonlocal, place; names names),
            StmtKind::Expr { value } => build!(self, Class::Expr, place; expr value),
            StmtKind::Pass => build!(self, Class::Pass, place),
            StmtKind::Break => build!(self, Class::Break, place),
            StmtKind::Continue => build!(self, Class::Continue, place),
        }
    }
}

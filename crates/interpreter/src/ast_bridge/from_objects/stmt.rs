//! Statements.

use pvm_compiler::ast::{ClassDef, For, FunctionDef, Stmt, StmtKind, Try, With};
use pvm_object::{PyResult, Value};

use super::{Class, Node, Reader};

impl Reader<'_> {
    pub(super) fn stmts(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Stmt>> {
        self.list(node, index, |this, object| {
            if object.is_none() {
                return Err(this.vm.value_error(format_args!("None disallowed in statement list")));
            }
            this.stmt(object)
        })
    }

    fn function(&mut self, node: &Node<'_>) -> PyResult<Box<FunctionDef>> {
        Ok(Box::new(FunctionDef {
            name: self.name(node, 0)?,
            args: self.arguments(node, 1)?,
            body: self.stmts(node, 2)?,
            decorator_list: self.exprs(node, 3)?,
            returns: self.opt_expr(node, 4)?,
            type_comment: self.opt_text(node, 5)?,
            type_params: self.type_params(node, 6)?,
        }))
    }

    fn for_loop(&mut self, node: &Node<'_>) -> PyResult<Box<For>> {
        Ok(Box::new(For {
            target: self.expr(node, 0)?,
            iter: self.expr(node, 1)?,
            body: self.stmts(node, 2)?,
            orelse: self.stmts(node, 3)?,
            type_comment: self.opt_text(node, 4)?,
        }))
    }

    fn with(&mut self, node: &Node<'_>) -> PyResult<Box<With>> {
        Ok(Box::new(With { items: self.with_items(node, 0)?, body: self.stmts(node, 1)?, type_comment: self.opt_text(node, 2)? }))
    }

    fn try_block(&mut self, node: &Node<'_>) -> PyResult<Box<Try>> {
        Ok(Box::new(Try {
            body: self.stmts(node, 0)?,
            handlers: self.handlers(node, 1)?,
            orelse: self.stmts(node, 2)?,
            finalbody: self.stmts(node, 3)?,
        }))
    }

    fn stmt(&mut self, object: &Value) -> PyResult<Stmt> {
        self.vm.check_recursion(" while traversing 'stmt' node")?;
        let location = self.place(object, Class::StmtSum)?;
        let Some(class) = self.alternative(object, Class::StmtSum)? else {
            return Err(self.vm.value_error(format_args!("None disallowed in statement list")));
        };
        let node = &Node { object, class };
        let kind = match class {
            Class::FunctionDef => StmtKind::FunctionDef(self.function(node)?),
            Class::AsyncFunctionDef => StmtKind::AsyncFunctionDef(self.function(node)?),
            Class::ClassDef => StmtKind::ClassDef(Box::new(ClassDef {
                name: self.name(node, 0)?,
                bases: self.exprs(node, 1)?,
                keywords: self.keywords(node, 2)?,
                body: self.stmts(node, 3)?,
                decorator_list: self.exprs(node, 4)?,
                type_params: self.type_params(node, 5)?,
            })),
            Class::Return => StmtKind::Return { value: self.opt_expr(node, 0)? },
            Class::Delete => StmtKind::Delete { targets: self.exprs(node, 0)? },
            Class::Assign => StmtKind::Assign {
                targets: self.exprs(node, 0)?,
                value: self.expr(node, 1)?,
                type_comment: self.opt_text(node, 2)?,
            },
            Class::TypeAlias => StmtKind::TypeAlias {
                name: self.expr(node, 0)?,
                type_params: self.type_params(node, 1)?,
                value: self.expr(node, 2)?,
            },
            Class::AugAssign => StmtKind::AugAssign {
                target: self.expr(node, 0)?,
                op: self.one(node, 1, Self::operator_of)?,
                value: self.expr(node, 2)?,
            },
            Class::AnnAssign => StmtKind::AnnAssign {
                target: self.expr(node, 0)?,
                annotation: self.expr(node, 1)?,
                value: self.opt_expr(node, 2)?,
                simple: self.flag(node, 3)?,
            },
            Class::For => StmtKind::For(self.for_loop(node)?),
            Class::AsyncFor => StmtKind::AsyncFor(self.for_loop(node)?),
            Class::While => {
                StmtKind::While { test: self.expr(node, 0)?, body: self.stmts(node, 1)?, orelse: self.stmts(node, 2)? }
            }
            Class::If => StmtKind::If { test: self.expr(node, 0)?, body: self.stmts(node, 1)?, orelse: self.stmts(node, 2)? },
            Class::With => StmtKind::With(self.with(node)?),
            Class::AsyncWith => StmtKind::AsyncWith(self.with(node)?),
            Class::Match => StmtKind::Match { subject: self.expr(node, 0)?, cases: self.match_cases(node, 1)? },
            Class::Raise => StmtKind::Raise { exc: self.opt_expr(node, 0)?, cause: self.opt_expr(node, 1)? },
            Class::Try => StmtKind::Try(self.try_block(node)?),
            Class::TryStar => StmtKind::TryStar(self.try_block(node)?),
            Class::Assert => StmtKind::Assert { test: self.expr(node, 0)?, msg: self.opt_expr(node, 1)? },
            Class::Import => StmtKind::Import { names: self.aliases(node, 0)? },
            Class::ImportFrom => StmtKind::ImportFrom {
                module: self.opt_name(node, 0)?,
                names: self.aliases(node, 1)?,
                level: self.optional(node, 2, Self::number_of)?.unwrap_or(0),
            },
            Class::Global => StmtKind::Global { names: self.list(node, 0, Self::name_of)? },
            Class::Nonlocal => StmtKind::Nonlocal { names: self.list(node, 0, Self::name_of)? },
            Class::Expr => StmtKind::Expr { value: self.expr(node, 0)? },
            Class::Pass => StmtKind::Pass,
            Class::Break => StmtKind::Break,
            _ => StmtKind::Continue,
        };
        Ok(Stmt { location, kind })
    }
}

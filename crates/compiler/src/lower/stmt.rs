//! Statements.

use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{Lowered, Lowerer};
use crate::ast::*;

impl Lowerer<'_> {
    pub(super) fn stmts(&mut self, stmts: &[ruff::Stmt]) -> Lowered<Vec<Stmt>> {
        stmts.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    fn stmt(&mut self, stmt: &ruff::Stmt) -> Lowered<Stmt> {
        self.deeper(1, |this| {
            let range = this.stmt_range(stmt);
            Ok(Stmt { location: this.location(range), kind: this.stmt_kind(stmt, range.end())? })
        })
    }

    /// A definition starts behind its decorators; a compound statement ends behind its body's last semicolon.
    fn stmt_range(&self, stmt: &ruff::Stmt) -> TextRange {
        let range = stmt.range();
        let start = match stmt {
            ruff::Stmt::FunctionDef(node) => self.definition_start(range, &node.decorator_list),
            ruff::Stmt::ClassDef(node) => self.definition_start(range, &node.decorator_list),
            _ => range.start(),
        };
        let compound = matches!(
            stmt,
            ruff::Stmt::FunctionDef(_)
                | ruff::Stmt::ClassDef(_)
                | ruff::Stmt::For(_)
                | ruff::Stmt::While(_)
                | ruff::Stmt::If(_)
                | ruff::Stmt::With(_)
                | ruff::Stmt::Match(_)
                | ruff::Stmt::Try(_)
        );
        let end = if compound {
            self.block_end(range.end())
        } else if let (ruff::Stmt::Assign(_), Some((_, end))) = (stmt, self.type_comment(range.end())) {
            end
        } else {
            range.end()
        };
        TextRange::new(start, end)
    }

    fn definition_start(&self, range: TextRange, decorators: &[ruff::Decorator]) -> TextSize {
        match decorators.last() {
            Some(decorator) => self.skip_trivia(decorator.range().end()),
            None => range.start(),
        }
    }

    /// The end of a block whose last statement ends at `end`.
    fn block_end(&self, end: TextSize) -> TextSize {
        if let Some((_, end)) = self.type_comment(end) {
            return end;
        }
        let at = self.skip_blanks(end);
        if self.source.text().as_bytes().get(at.to_usize()) == Some(&b';') { at + TextSize::new(1) } else { end }
    }

    fn stmt_kind(&mut self, stmt: &ruff::Stmt, end: TextSize) -> Lowered<StmtKind> {
        Ok(match stmt {
            ruff::Stmt::FunctionDef(node) => {
                let decorator_list = self.decorators(&node.decorator_list)?;
                let def = Box::new(FunctionDef {
                    decorator_list,
                    name: self.identifier(&node.name),
                    type_params: self.type_params(node.type_params.as_deref())?,
                    args: self.arguments(&node.parameters)?,
                    returns: self.opt_expr(&node.returns)?,
                    body: self.stmts(&node.body)?,
                    type_comment: self.function_type_comment(match &node.returns {
                        Some(returns) => returns.range().end(),
                        None => node.parameters.range.end(),
                    }),
                });
                if node.is_async { StmtKind::AsyncFunctionDef(def) } else { StmtKind::FunctionDef(def) }
            }
            ruff::Stmt::ClassDef(node) => {
                let decorator_list = self.decorators(&node.decorator_list)?;
                let name = self.identifier(&node.name);
                let type_params = self.type_params(node.type_params.as_deref())?;
                let (bases, keywords) = match &node.arguments {
                    Some(arguments) => self.call_arguments(arguments)?,
                    None => (Vec::new(), Vec::new()),
                };
                StmtKind::ClassDef(Box::new(ClassDef {
                    name,
                    bases,
                    keywords,
                    body: self.stmts(&node.body)?,
                    decorator_list,
                    type_params,
                }))
            }
            ruff::Stmt::Return(node) => StmtKind::Return { value: self.opt_expr(&node.value)? },
            ruff::Stmt::Delete(node) => StmtKind::Delete { targets: self.exprs(&node.targets)? },
            ruff::Stmt::TypeAlias(node) => StmtKind::TypeAlias {
                name: self.boxed(&node.name)?,
                type_params: self.type_params(node.type_params.as_deref())?,
                value: self.boxed(&node.value)?,
            },
            ruff::Stmt::Assign(node) => StmtKind::Assign {
                targets: self.exprs(&node.targets)?,
                value: self.boxed(&node.value)?,
                type_comment: self.type_comment(node.range.end()).map(|(text, _)| text),
            },
            ruff::Stmt::AugAssign(node) => {
                StmtKind::AugAssign { target: self.boxed(&node.target)?, op: operator(node.op), value: self.boxed(&node.value)? }
            }
            ruff::Stmt::AnnAssign(node) => StmtKind::AnnAssign {
                target: self.boxed(&node.target)?,
                annotation: self.boxed(&node.annotation)?,
                value: self.opt_expr(&node.value)?,
                simple: node.simple,
            },
            ruff::Stmt::For(node) => {
                let fields = Box::new(For {
                    target: self.boxed(&node.target)?,
                    iter: self.boxed(&node.iter)?,
                    body: self.stmts(&node.body)?,
                    orelse: self.stmts(&node.orelse)?,
                    type_comment: self.header_type_comment(node.iter.range().end()),
                });
                if node.is_async { StmtKind::AsyncFor(fields) } else { StmtKind::For(fields) }
            }
            ruff::Stmt::While(node) => StmtKind::While {
                test: self.boxed(&node.test)?,
                body: self.stmts(&node.body)?,
                orelse: self.stmts(&node.orelse)?,
            },
            ruff::Stmt::If(node) => StmtKind::If {
                test: self.boxed(&node.test)?,
                body: self.stmts(&node.body)?,
                orelse: self.elif_else(&node.elif_else_clauses, end)?,
            },
            ruff::Stmt::With(node) => {
                let fields = Box::new(With {
                    items: self.with_items(&node.items)?,
                    body: self.stmts(&node.body)?,
                    type_comment: node.items.last().and_then(|item| self.header_type_comment(item.range.end())),
                });
                if node.is_async { StmtKind::AsyncWith(fields) } else { StmtKind::With(fields) }
            }
            ruff::Stmt::Match(node) => StmtKind::Match {
                subject: self.boxed(&node.subject)?,
                cases: node
                    .cases
                    .iter()
                    .map(|case| {
                        Ok(MatchCase {
                            pattern: self.pattern(&case.pattern)?,
                            guard: self.opt_expr(&case.guard)?,
                            body: self.stmts(&case.body)?,
                        })
                    })
                    .collect::<Lowered<_>>()?,
            },
            ruff::Stmt::Raise(node) => StmtKind::Raise { exc: self.opt_expr(&node.exc)?, cause: self.opt_expr(&node.cause)? },
            ruff::Stmt::Try(node) => {
                let fields = Box::new(Try {
                    body: self.stmts(&node.body)?,
                    handlers: node.handlers.iter().map(|handler| self.handler(handler)).collect::<Lowered<_>>()?,
                    orelse: self.stmts(&node.orelse)?,
                    finalbody: self.stmts(&node.finalbody)?,
                });
                if node.is_star { StmtKind::TryStar(fields) } else { StmtKind::Try(fields) }
            }
            ruff::Stmt::Assert(node) => StmtKind::Assert { test: self.boxed(&node.test)?, msg: self.opt_expr(&node.msg)? },
            ruff::Stmt::Import(node) => StmtKind::Import { names: self.aliases(&node.names) },
            ruff::Stmt::ImportFrom(node) => StmtKind::ImportFrom {
                module: self.opt_identifier(&node.module),
                names: self.aliases(&node.names),
                level: node.level as i32,
            },
            ruff::Stmt::Global(node) => StmtKind::Global { names: node.names.iter().map(|name| self.identifier(name)).collect() },
            ruff::Stmt::Nonlocal(node) => {
                StmtKind::Nonlocal { names: node.names.iter().map(|name| self.identifier(name)).collect() }
            }
            ruff::Stmt::Expr(node) => StmtKind::Expr { value: self.boxed(&node.value)? },
            ruff::Stmt::Pass(_) => StmtKind::Pass,
            // stands in for what the parser does not take
            ruff::Stmt::Break(node) if self.slice(node.range) == "raise" => StmtKind::Raise { exc: None, cause: None },
            ruff::Stmt::Break(_) => StmtKind::Break,
            ruff::Stmt::Continue(_) => StmtKind::Continue,
            ruff::Stmt::IpyEscapeCommand(node) => {
                return Err(self.syntax_error("invalid syntax", node.range()));
            }
        })
    }

    /// Nests the clauses: an `elif` is an `If` alone in `orelse`, from its keyword to the end of the whole statement.
    fn elif_else(&mut self, clauses: &[ruff::ElifElseClause], end: TextSize) -> Lowered<Vec<Stmt>> {
        let mut lowered = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let test = match &clause.test {
                Some(test) => Some(Box::new(self.expr(test)?)),
                None => None,
            };
            lowered.push((clause.range.start(), test, self.stmts(&clause.body)?));
        }
        if self.depth + lowered.len() as u32 > super::MAX_DEPTH {
            return Err(super::too_complex());
        }
        let mut orelse = Vec::new();
        for (start, test, body) in lowered.into_iter().rev() {
            orelse = match test {
                None => body,
                Some(test) => {
                    vec![Stmt { location: self.location(TextRange::new(start, end)), kind: StmtKind::If { test, body, orelse } }]
                }
            };
        }
        Ok(orelse)
    }

    fn with_items(&mut self, items: &[ruff::WithItem]) -> Lowered<Vec<WithItem>> {
        items
            .iter()
            .map(|item| {
                Ok(WithItem { context_expr: self.expr(&item.context_expr)?, optional_vars: self.opt_expr(&item.optional_vars)? })
            })
            .collect()
    }

    fn handler(&mut self, handler: &ruff::ExceptHandler) -> Lowered<ExceptHandler> {
        let ruff::ExceptHandler::ExceptHandler(node) = handler;
        let range = TextRange::new(node.range.start(), self.block_end(node.range.end()));
        Ok(ExceptHandler {
            location: self.location(range),
            typ: self.opt_expr(&node.type_)?,
            name: self.opt_identifier(&node.name),
            body: self.stmts(&node.body)?,
        })
    }

    fn decorators(&mut self, decorators: &[ruff::Decorator]) -> Lowered<Vec<Expr>> {
        decorators.iter().map(|decorator| self.expr(&decorator.expression)).collect()
    }

    fn aliases(&mut self, aliases: &[ruff::Alias]) -> Vec<Alias> {
        aliases
            .iter()
            .map(|alias| Alias {
                location: self.locate(alias),
                name: self.identifier(&alias.name),
                asname: self.opt_identifier(&alias.asname),
            })
            .collect()
    }

    fn type_params(&mut self, params: Option<&ruff::TypeParams>) -> Lowered<Vec<TypeParam>> {
        let Some(params) = params else {
            return Ok(Vec::new());
        };
        params
            .type_params
            .iter()
            .map(|param| {
                Ok(TypeParam {
                    location: self.locate(param),
                    kind: match param {
                        ruff::TypeParam::TypeVar(node) => TypeParamKind::TypeVar {
                            name: self.identifier(&node.name),
                            bound: self.opt_expr(&node.bound)?,
                            default_value: self.opt_expr(&node.default)?,
                        },
                        ruff::TypeParam::ParamSpec(node) => TypeParamKind::ParamSpec {
                            name: self.identifier(&node.name),
                            default_value: self.opt_expr(&node.default)?,
                        },
                        ruff::TypeParam::TypeVarTuple(node) => TypeParamKind::TypeVarTuple {
                            name: self.identifier(&node.name),
                            default_value: self.opt_expr(&node.default)?,
                        },
                    },
                })
            })
            .collect()
    }

    pub(super) fn arguments(&mut self, parameters: &ruff::Parameters) -> Lowered<Arguments> {
        let mut arguments = Arguments::default();
        for param in &parameters.posonlyargs {
            arguments.posonlyargs.push(self.arg(&param.parameter, param.range)?);
            arguments.defaults.extend(self.opt_expr(&param.default)?.map(|e| *e));
        }
        for param in &parameters.args {
            arguments.args.push(self.arg(&param.parameter, param.range)?);
            arguments.defaults.extend(self.opt_expr(&param.default)?.map(|e| *e));
        }
        if let Some(param) = &parameters.vararg {
            arguments.vararg = Some(Box::new(self.arg(param, param.range)?));
        }
        for param in &parameters.kwonlyargs {
            arguments.kwonlyargs.push(self.arg(&param.parameter, param.range)?);
            arguments.kw_defaults.push(self.opt_expr(&param.default)?.map(|e| *e));
        }
        if let Some(param) = &parameters.kwarg {
            arguments.kwarg = Some(Box::new(self.arg(param, param.range)?));
        }
        Ok(arguments)
    }

    /// A parameter; `whole` is its range with its default.
    fn arg(&mut self, param: &ruff::Parameter, whole: TextRange) -> Lowered<Arg> {
        let range = TextRange::new(param.name.range.start(), param.range.end());
        Ok(Arg {
            location: self.location(range),
            arg: self.identifier(&param.name),
            annotation: self.opt_expr(&param.annotation)?,
            type_comment: self.parameter_type_comment(whole.end()),
        })
    }
}

/// The operator of a binary operation or an augmented assignment.
pub(super) fn operator(op: ruff::Operator) -> Operator {
    match op {
        ruff::Operator::Add => Operator::Add,
        ruff::Operator::Sub => Operator::Sub,
        ruff::Operator::Mult => Operator::Mult,
        ruff::Operator::MatMult => Operator::MatMult,
        ruff::Operator::Div => Operator::Div,
        ruff::Operator::Mod => Operator::Mod,
        ruff::Operator::Pow => Operator::Pow,
        ruff::Operator::LShift => Operator::LShift,
        ruff::Operator::RShift => Operator::RShift,
        ruff::Operator::BitOr => Operator::BitOr,
        ruff::Operator::BitXor => Operator::BitXor,
        ruff::Operator::BitAnd => Operator::BitAnd,
        ruff::Operator::FloorDiv => Operator::FloorDiv,
    }
}

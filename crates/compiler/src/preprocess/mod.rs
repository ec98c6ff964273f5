//! What happens to a tree before scopes and code are made from it (CPython's `ast_preprocess.c`).
//!
//! `__debug__` becomes a constant, docstrings go at `-OO`, numbers in patterns are folded, `'…' % (…)` becomes a joined
//! string where that means the same (`format`), and `return`, `break` and `continue` that leave a `finally` block are warned of
//! (PEP 765).

mod format;

use crate::ast::*;
use crate::error::{CompileError, CompileWarning, SyntaxError, SyntaxErrorKind, WarningAction, WarningCategory, WarningSink};
use crate::recursion::StackGuard;

/// How to preprocess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PreprocessOptions {
    /// The level of `-O`.
    pub optimize: u8,
    /// `from __future__ import annotations` is in force: annotations stay as they are written.
    pub future_annotations: bool,
    /// The tree is for `PyCF_ONLY_AST` and stays as it is.
    pub syntax_check_only: bool,
    /// Warn of what leaves a `finally` block: CPython does when it makes code.
    pub enable_warnings: bool,
}

/// Preprocesses `tree` in place.
///
/// # Errors
/// `RecursionError` for a tree too deep, and whatever `warnings` makes of a warning.
pub fn preprocess(
    tree: &mut Mod,
    filename: &str,
    options: PreprocessOptions,
    warnings: &mut dyn WarningSink,
) -> Result<(), CompileError> {
    let mut pass = Preprocessor { filename, options, warnings, guard: StackGuard::new(), context: Context::Plain };
    match tree {
        Mod::Module { body, .. } => pass.block(body),
        Mod::Interactive { body } => pass.stmts(body),
        Mod::Expression { body } => pass.expr(body),
        Mod::FunctionType { .. } => Ok(()),
    }
}

/// The innermost of what PEP 765 looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Plain,
    Function,
    Loop,
    Finally,
}

type Done = Result<(), CompileError>;

struct Preprocessor<'a> {
    filename: &'a str,
    options: PreprocessOptions,
    warnings: &'a mut dyn WarningSink,
    guard: StackGuard,
    context: Context,
}

impl Preprocessor<'_> {
    fn stmts(&mut self, body: &mut [Stmt]) -> Done {
        body.iter_mut().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmts_in(&mut self, context: Context, body: &mut [Stmt]) -> Done {
        let outer = std::mem::replace(&mut self.context, context);
        let done = self.stmts(body);
        self.context = outer;
        done
    }

    /// The body of a module, class or function, which may begin with a docstring.
    fn block(&mut self, body: &mut Vec<Stmt>) -> Done {
        let mut docstring = has_docstring(body);
        if docstring && self.options.optimize >= 2 && !self.options.syntax_check_only {
            remove_docstring(body);
            docstring = false;
        }
        self.stmts(body)?;
        // a string that has become one through folding is not a docstring
        if !docstring
            && has_docstring(body)
            && let Stmt { location, kind: StmtKind::Expr { value } } = &mut body[0]
        {
            wrap_in_joined_str(value, *location);
        }
        Ok(())
    }

    fn stmt(&mut self, stmt: &mut Stmt) -> Done {
        self.guard.check()?;
        let location = stmt.location;
        match &mut stmt.kind {
            StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => {
                self.type_params(&mut def.type_params)?;
                self.arguments(&mut def.args)?;
                let outer = std::mem::replace(&mut self.context, Context::Function);
                let done = self.block(&mut def.body);
                self.context = outer;
                done?;
                self.exprs(&mut def.decorator_list)?;
                self.annotation(&mut def.returns)
            }
            StmtKind::ClassDef(def) => {
                self.type_params(&mut def.type_params)?;
                self.exprs(&mut def.bases)?;
                self.keywords(&mut def.keywords)?;
                self.block(&mut def.body)?;
                self.exprs(&mut def.decorator_list)
            }
            StmtKind::Return { value } => {
                if self.context == Context::Finally {
                    self.warn_finally("return", location)?;
                }
                self.opt(value)
            }
            StmtKind::Delete { targets } => self.exprs(targets),
            StmtKind::Assign { targets, value, .. } => {
                self.exprs(targets)?;
                self.expr(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, .. } => {
                self.expr(target)?;
                if !self.options.future_annotations {
                    self.expr(annotation)?;
                }
                self.opt(value)
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                self.expr(name)?;
                self.type_params(type_params)?;
                self.expr(value)
            }
            StmtKind::For(fields) | StmtKind::AsyncFor(fields) => {
                self.expr(&mut fields.target)?;
                self.expr(&mut fields.iter)?;
                self.stmts_in(Context::Loop, &mut fields.body)?;
                self.stmts(&mut fields.orelse)
            }
            StmtKind::While { test, body, orelse } => {
                self.expr(test)?;
                self.stmts_in(Context::Loop, body)?;
                self.stmts(orelse)
            }
            StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.stmts(body)?;
                self.stmts(orelse)
            }
            StmtKind::With(fields) | StmtKind::AsyncWith(fields) => {
                for item in &mut fields.items {
                    self.expr(&mut item.context_expr)?;
                    self.opt(&mut item.optional_vars)?;
                }
                self.stmts(&mut fields.body)
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&mut case.pattern)?;
                    self.opt(&mut case.guard)?;
                    self.stmts(&mut case.body)?;
                }
                Ok(())
            }
            StmtKind::Raise { exc, cause } => {
                self.opt(exc)?;
                self.opt(cause)
            }
            StmtKind::Try(fields) | StmtKind::TryStar(fields) => {
                self.stmts(&mut fields.body)?;
                for handler in &mut fields.handlers {
                    self.opt(&mut handler.typ)?;
                    self.stmts(&mut handler.body)?;
                }
                self.stmts(&mut fields.orelse)?;
                self.stmts_in(Context::Finally, &mut fields.finalbody)
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.opt(msg)
            }
            StmtKind::Expr { value } => self.expr(value),
            StmtKind::Break if self.context_is_left() => self.warn_finally("break", location),
            StmtKind::Continue if self.context_is_left() => self.warn_finally("continue", location),
            StmtKind::Import { .. }
            | StmtKind::ImportFrom { .. }
            | StmtKind::Global { .. }
            | StmtKind::Nonlocal { .. }
            | StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue => Ok(()),
        }
    }

    /// Whether a `break` or `continue` here leaves a `finally` block.
    fn context_is_left(&self) -> bool {
        self.context == Context::Finally
    }

    fn warn_finally(&mut self, keyword: &str, location: Location) -> Done {
        if !self.options.enable_warnings {
            return Ok(());
        }
        let message = format!("'{keyword}' in a 'finally' block");
        let warning = CompileWarning { category: WarningCategory::SyntaxWarning, message: message.clone(), location };
        match self.warnings.warn(warning) {
            WarningAction::Continue => Ok(()),
            WarningAction::Abort => Err(CompileError::Aborted),
            WarningAction::Error => Err(SyntaxError {
                kind: SyntaxErrorKind::SyntaxError,
                message,
                filename: self.filename.to_owned(),
                lineno: location.lineno,
                offset: location.col_offset + 1,
                end_lineno: location.end_lineno,
                end_offset: location.end_col_offset + 1,
                text: None,
                context: None,
            }
            .into()),
        }
    }

    fn exprs(&mut self, exprs: &mut [Expr]) -> Done {
        exprs.iter_mut().try_for_each(|expr| self.expr(expr))
    }

    fn opt(&mut self, expr: &mut Option<Box<Expr>>) -> Done {
        match expr {
            Some(expr) => self.expr(expr),
            None => Ok(()),
        }
    }

    fn annotation(&mut self, annotation: &mut Option<Box<Expr>>) -> Done {
        match annotation {
            Some(annotation) if !self.options.future_annotations => self.expr(annotation),
            _ => Ok(()),
        }
    }

    fn expr(&mut self, expr: &mut Expr) -> Done {
        self.guard.check()?;
        match &mut expr.kind {
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } | ExprKind::TemplateStr { values } => {
                self.exprs(values)
            }
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)?;
                if !self.options.syntax_check_only {
                    format::fold_percent(expr);
                }
                Ok(())
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::Lambda { args, body } => {
                self.arguments(args)?;
                self.expr(body)
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)
            }
            ExprKind::Dict { keys, values } => {
                keys.iter_mut().flatten().try_for_each(|key| self.expr(key))?;
                self.exprs(values)
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts),
            ExprKind::ListComp { elt, generators }
            | ExprKind::SetComp { elt, generators }
            | ExprKind::GeneratorExp { elt, generators } => {
                self.expr(elt)?;
                self.generators(generators)
            }
            ExprKind::DictComp { key, value, generators } => {
                self.expr(key)?;
                self.expr(value)?;
                self.generators(generators)
            }
            ExprKind::Await { value }
            | ExprKind::YieldFrom { value }
            | ExprKind::Attribute { value, .. }
            | ExprKind::Starred { value, .. }
            | ExprKind::NamedExpr { value, .. } => self.expr(value),
            ExprKind::Yield { value } => self.opt(value),
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left)?;
                self.exprs(comparators)
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.keywords(keywords)
            }
            ExprKind::FormattedValue { value, format_spec, .. } | ExprKind::Interpolation { value, format_spec, .. } => {
                self.expr(value)?;
                self.opt(format_spec)
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.expr(slice)
            }
            ExprKind::Slice { lower, upper, step } => {
                self.opt(lower)?;
                self.opt(upper)?;
                self.opt(step)
            }
            ExprKind::Name { id, ctx: ExprContext::Load } if &**id == "__debug__" && !self.options.syntax_check_only => {
                expr.kind = ExprKind::Constant { value: Constant::Bool(self.options.optimize == 0), kind: None };
                Ok(())
            }
            ExprKind::Name { .. } | ExprKind::Constant { .. } => Ok(()),
        }
    }

    fn keywords(&mut self, keywords: &mut [Keyword]) -> Done {
        keywords.iter_mut().try_for_each(|keyword| self.expr(&mut keyword.value))
    }

    fn generators(&mut self, generators: &mut [Comprehension]) -> Done {
        for generator in generators {
            self.expr(&mut generator.target)?;
            self.expr(&mut generator.iter)?;
            self.exprs(&mut generator.ifs)?;
        }
        Ok(())
    }

    fn arguments(&mut self, arguments: &mut Arguments) -> Done {
        for arg in arguments
            .posonlyargs
            .iter_mut()
            .chain(&mut arguments.args)
            .chain(arguments.vararg.as_deref_mut())
            .chain(&mut arguments.kwonlyargs)
        {
            self.annotation(&mut arg.annotation)?;
        }
        arguments.kw_defaults.iter_mut().flatten().try_for_each(|default| self.expr(default))?;
        if let Some(arg) = &mut arguments.kwarg {
            self.annotation(&mut arg.annotation)?;
        }
        self.exprs(&mut arguments.defaults)
    }

    fn type_params(&mut self, type_params: &mut [TypeParam]) -> Done {
        for param in type_params {
            match &mut param.kind {
                TypeParamKind::TypeVar { bound, default_value, .. } => {
                    self.opt(bound)?;
                    self.opt(default_value)?;
                }
                TypeParamKind::ParamSpec { default_value, .. } | TypeParamKind::TypeVarTuple { default_value, .. } => {
                    self.opt(default_value)?
                }
            }
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &mut Pattern) -> Done {
        self.guard.check()?;
        match &mut pattern.kind {
            PatternKind::MatchValue { value } => self.fold_number(value),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => self.patterns(patterns),
            PatternKind::MatchMapping { keys, patterns, .. } => {
                keys.iter_mut().try_for_each(|key| self.fold_number(key))?;
                self.patterns(patterns)
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)
            }
            PatternKind::MatchAs { pattern, .. } => match pattern {
                Some(pattern) => self.pattern(pattern),
                None => Ok(()),
            },
            PatternKind::MatchSingleton { .. } | PatternKind::MatchStar { .. } => Ok(()),
        }
    }

    fn patterns(&mut self, patterns: &mut [Pattern]) -> Done {
        patterns.iter_mut().try_for_each(|pattern| self.pattern(pattern))
    }

    /// Makes constants of the numbers that patterns allow: `-1`, `1 + 2j`, `-1 - 2j`.
    fn fold_number(&mut self, expr: &mut Expr) -> Done {
        if self.options.syntax_check_only {
            return Ok(());
        }
        self.guard.check()?;
        let folded = match &mut expr.kind {
            ExprKind::UnaryOp { op: UnaryOp::USub, operand } => match &operand.kind {
                ExprKind::Constant { value, .. } => negative(value),
                _ => None,
            },
            ExprKind::BinOp { left, op: op @ (Operator::Add | Operator::Sub), right }
                if matches!(right.kind, ExprKind::Constant { .. }) =>
            {
                let op = *op;
                self.fold_number(left)?;
                match (&left.kind, &right.kind) {
                    (ExprKind::Constant { value: left, .. }, ExprKind::Constant { value: right, .. }) => sum(left, op, right),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(value) = folded {
            expr.kind = ExprKind::Constant { value, kind: None };
        }
        Ok(())
    }
}

/// Whether `body` begins with a string.
fn has_docstring(body: &[Stmt]) -> bool {
    let Some(StmtKind::Expr { value }) = body.first().map(|stmt| &stmt.kind) else {
        return false;
    };
    matches!(value.kind, ExprKind::Constant { value: Constant::Str(_), .. })
}

/// Takes the docstring out; `pass` stands in for it when nothing else is there.
fn remove_docstring(body: &mut Vec<Stmt>) {
    let docstring = body.remove(0);
    if body.is_empty() {
        let Location { lineno, col_offset, .. } = docstring.location;
        body.push(Stmt {
            location: Location { lineno, col_offset, end_lineno: lineno, end_col_offset: col_offset + 4 },
            kind: StmtKind::Pass,
        });
    }
}

fn wrap_in_joined_str(value: &mut Expr, location: Location) {
    let placeholder = Expr { location, kind: ExprKind::JoinedStr { values: Vec::new() } };
    let inner = std::mem::replace(value, placeholder);
    if let ExprKind::JoinedStr { values } = &mut value.kind {
        values.push(inner);
    }
}

fn negative(value: &Constant) -> Option<Constant> {
    Some(match value {
        Constant::Bool(value) => Constant::int(-i32::from(*value)),
        Constant::Int(value) => Constant::Int(-value.clone()),
        Constant::Float(value) => Constant::Float(-value),
        Constant::Complex(real, imag) => Constant::Complex(-real, -imag),
        _ => return None,
    })
}

/// `left` plus or minus `right`, one of which is complex; C's rules for mixed operands, which keep the sign of zero.
fn sum(left: &Constant, op: Operator, right: &Constant) -> Option<Constant> {
    let sign = if op == Operator::Sub { -1.0 } else { 1.0 };
    let real_of = |value: &Constant| match value {
        Constant::Int(value) => Some(value.to_f64().value()),
        Constant::Float(value) => Some(*value),
        _ => None,
    };
    match (left, right) {
        (Constant::Complex(a, b), Constant::Complex(c, d)) => Some(Constant::Complex(a + sign * c, b + sign * d)),
        (left, Constant::Complex(c, d)) => Some(Constant::Complex(real_of(left)? + sign * c, sign * d)),
        (Constant::Complex(a, b), right) => Some(Constant::Complex(a + sign * real_of(right)?, *b)),
        (Constant::Int(a), Constant::Int(b)) => Some(Constant::Int(if op == Operator::Sub { a - b } else { a + b })),
        (left, right) => Some(Constant::Float(real_of(left)? + sign * real_of(right)?)),
    }
}

//! The first pass over expressions.

use super::build::{Builder, Outcome};
use super::{BlockType, Comprehension, Key, Name, def};
use crate::ast::{self, Expr, ExprContext, ExprKind, Keyword, Location};

/// A comprehension's parts, whichever its kind.
struct Parts<'t> {
    kind: Comprehension,
    scope_name: &'static str,
    generators: &'t [ast::Comprehension],
    elt: &'t Expr,
    value: Option<&'t Expr>,
}

impl Builder<'_> {
    /// Visits expressions in order.
    pub(super) fn visit_exprs(&mut self, exprs: &[Expr]) -> Outcome {
        exprs.iter().try_for_each(|expr| self.visit_expr(expr))
    }

    /// Visits an expression if it is there.
    pub(super) fn visit_opt(&mut self, expr: &Option<Box<Expr>>) -> Outcome {
        expr.iter().try_for_each(|expr| self.visit_expr(expr))
    }

    /// Visits keyword arguments.
    pub(super) fn visit_keywords(&mut self, keywords: &[Keyword]) -> Outcome {
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                self.check_name(name, keyword.location, ExprContext::Store)?;
            }
        }
        keywords.iter().try_for_each(|keyword| self.visit_expr(&keyword.value))
    }

    pub(super) fn visit_expr(&mut self, expr: &Expr) -> Outcome {
        self.guard.check()?;
        match &expr.kind {
            ExprKind::NamedExpr { target, value } => {
                self.refuse_in_annotation("named expression", expr)?;
                self.visit_named_expr(expr, target, value)
            }
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } | ExprKind::TemplateStr { values } => {
                self.visit_exprs(values)
            }
            ExprKind::BinOp { left, right, .. } => {
                self.visit_expr(left)?;
                self.visit_expr(right)
            }
            ExprKind::UnaryOp { operand, .. } => self.visit_expr(operand),
            ExprKind::Lambda { args, body } => {
                self.visit_defaults(args)?;
                self.enter("lambda".into(), BlockType::Function, Key::expr(expr), expr.location)?;
                self.visit_parameters(args)?;
                self.visit_expr(body)?;
                self.exit();
                Ok(())
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.visit_expr(test)?;
                self.visit_expr(body)?;
                self.visit_expr(orelse)
            }
            ExprKind::Dict { keys, values } => {
                keys.iter().flatten().try_for_each(|key| self.visit_expr(key))?;
                self.visit_exprs(values)
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.visit_exprs(elts),
            ExprKind::GeneratorExp { elt, generators } => self.visit_comprehension(
                expr,
                Parts { kind: Comprehension::Generator, scope_name: "genexpr", generators, elt, value: None },
            ),
            ExprKind::ListComp { elt, generators } => self.visit_comprehension(
                expr,
                Parts { kind: Comprehension::List, scope_name: "listcomp", generators, elt, value: None },
            ),
            ExprKind::SetComp { elt, generators } => self.visit_comprehension(
                expr,
                Parts { kind: Comprehension::Set, scope_name: "setcomp", generators, elt, value: None },
            ),
            ExprKind::DictComp { key, value, generators } => self.visit_comprehension(
                expr,
                Parts { kind: Comprehension::Dict, scope_name: "dictcomp", generators, elt: key, value: Some(value) },
            ),
            ExprKind::Yield { value } => {
                self.refuse_in_annotation("yield expression", expr)?;
                self.visit_opt(value)?;
                self.note_yield(expr)
            }
            ExprKind::YieldFrom { value } => {
                self.refuse_in_annotation("yield expression", expr)?;
                self.visit_expr(value)?;
                self.note_yield(expr)
            }
            ExprKind::Await { value } => {
                self.refuse_in_annotation("await expression", expr)?;
                if !self.allows_top_level_await() {
                    if !self.cur().is_function_like() {
                        return self.error("'await' outside function", expr.location);
                    }
                    if !self.in_async_def() && self.cur().comprehension.is_none() {
                        return self.error("'await' outside async function", expr.location);
                    }
                }
                self.visit_expr(value)?;
                self.cur_mut().coroutine = true;
                Ok(())
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.visit_expr(left)?;
                self.visit_exprs(comparators)
            }
            ExprKind::Call { func, args, keywords } => {
                self.visit_expr(func)?;
                self.visit_exprs(args)?;
                self.visit_keywords(keywords)
            }
            ExprKind::FormattedValue { value, format_spec, .. } | ExprKind::Interpolation { value, format_spec, .. } => {
                self.visit_expr(value)?;
                self.visit_opt(format_spec)
            }
            ExprKind::Constant { .. } => Ok(()),
            ExprKind::Attribute { value, attr, ctx } => {
                self.check_name(attr, expr.location, *ctx)?;
                self.visit_expr(value)
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.visit_expr(value)?;
                self.visit_expr(slice)
            }
            ExprKind::Starred { value, .. } => self.visit_expr(value),
            ExprKind::Slice { lower, upper, step } => {
                self.visit_opt(lower)?;
                self.visit_opt(upper)?;
                self.visit_opt(step)
            }
            ExprKind::Name { id, ctx } => self.visit_name(id, *ctx, expr.location),
        }
    }

    fn visit_name(&mut self, id: &Name, ctx: ExprContext, location: Location) -> Outcome {
        if self.cur().in_unevaluated_annotation {
            return Ok(());
        }
        let flag = match ctx {
            ExprContext::Load => def::USE,
            ExprContext::Store | ExprContext::Del => def::LOCAL,
        };
        self.add_def_ctx(id, flag, location, ctx)?;
        // `super()` reads `__class__`.
        if ctx == ExprContext::Load && &**id == "super" && self.cur().is_function_like() {
            self.add_implicit("__class__", def::USE, location)?;
        }
        Ok(())
    }

    fn note_yield(&mut self, expr: &Expr) -> Outcome {
        self.cur_mut().generator = true;
        let message = match self.cur().comprehension {
            None => return Ok(()),
            Some(Comprehension::List) => "'yield' inside list comprehension",
            Some(Comprehension::Set) => "'yield' inside set comprehension",
            Some(Comprehension::Dict) => "'yield' inside dict comprehension",
            Some(Comprehension::Generator) => "'yield' inside generator expression",
        };
        self.error(message, expr.location)
    }

    /// Annotation-like scopes may not bind names, yield or await.
    fn refuse_in_annotation(&self, what: &str, expr: &Expr) -> Outcome {
        let place = match self.cur().block {
            BlockType::Annotation => "an annotation",
            BlockType::TypeVariable => self.cur().scope_info.unwrap_or("a type variable"),
            BlockType::TypeAlias => "a type alias",
            BlockType::TypeParameters => "the definition of a generic",
            BlockType::Function | BlockType::Class | BlockType::Module => return Ok(()),
        };
        self.error(format!("{what} cannot be used within {place}"), expr.location)
    }

    fn visit_named_expr(&mut self, expr: &Expr, target: &Expr, value: &Expr) -> Outcome {
        if self.cur().comp_iter_expr > 0 {
            return self.error("assignment expression cannot be used in a comprehension iterable expression", expr.location);
        }
        if self.cur().comprehension.is_some() {
            self.extend_named_expr_scope(target)?;
        }
        self.visit_expr(value)?;
        self.visit_expr(target)
    }

    /// PEP 572: in a comprehension the target belongs to the function or module around it.
    fn extend_named_expr_scope(&mut self, target: &Expr) -> Outcome {
        let ExprKind::Name { id: name, .. } = &target.kind else {
            return Ok(());
        };
        let location = target.location;
        for scope in self.stack.clone().into_iter().rev() {
            if self.table[scope].comprehension.is_some() {
                let known = self.lookup_in(scope, name);
                if known & def::COMP_ITER != 0 && known & def::LOCAL != 0 {
                    return self.error(
                        format!("assignment expression cannot rebind comprehension iteration variable '{name}'"),
                        location,
                    );
                }
                continue;
            }
            let refusal = match self.table[scope].block {
                BlockType::Function => {
                    let declared = if self.lookup_in(scope, name) & def::GLOBAL != 0 { def::GLOBAL } else { def::NONLOCAL };
                    self.add_def(name, declared, location)?;
                    self.record_directive(name, location);
                    return self.add_def_in(scope, name, def::LOCAL, location);
                }
                BlockType::Module => {
                    self.add_def(name, def::GLOBAL, location)?;
                    self.record_directive(name, location);
                    return self.add_def_in(scope, name, def::GLOBAL, location);
                }
                BlockType::Class => "cannot be used in a class body",
                BlockType::TypeParameters => "cannot be used within the definition of a generic",
                BlockType::TypeAlias => "cannot be used in a type alias",
                BlockType::TypeVariable => "cannot be used in a TypeVar bound",
                BlockType::Annotation => continue,
            };
            return self.error(format!("assignment expression within a comprehension {refusal}"), location);
        }
        Ok(())
    }

    fn visit_comprehension(&mut self, expr: &Expr, parts: Parts<'_>) -> Outcome {
        let Some((outermost, rest)) = parts.generators.split_first() else {
            return Ok(());
        };
        // The outermost iterable is evaluated outside and passed in.
        self.visit_iterable(&outermost.iter)?;
        self.enter(parts.scope_name.into(), BlockType::Function, Key::expr(expr), expr.location)?;
        self.cur_mut().comprehension = Some(parts.kind);
        if outermost.is_async {
            self.cur_mut().coroutine = true;
        }
        self.add_implicit(".0", def::PARAM, expr.location)?;
        self.visit_target(&outermost.target)?;
        self.visit_exprs(&outermost.ifs)?;
        for generator in rest {
            self.visit_target(&generator.target)?;
            self.visit_iterable(&generator.iter)?;
            self.visit_exprs(&generator.ifs)?;
            if generator.is_async {
                self.cur_mut().coroutine = true;
            }
        }
        if let Some(value) = parts.value {
            self.visit_expr(value)?;
        }
        self.visit_expr(parts.elt)?;
        let is_generator = parts.kind == Comprehension::Generator;
        self.cur_mut().generator = is_generator;
        let is_async = self.cur().coroutine && !is_generator;
        self.exit();
        if is_async {
            if !self.in_async_def() && self.cur().comprehension.is_none() && !self.allows_top_level_await() {
                return self.error("asynchronous comprehension outside of an asynchronous function", expr.location);
            }
            self.cur_mut().coroutine = true;
        }
        Ok(())
    }

    fn visit_target(&mut self, target: &Expr) -> Outcome {
        self.cur_mut().comp_iter_target = true;
        self.visit_expr(target)?;
        self.cur_mut().comp_iter_target = false;
        Ok(())
    }

    fn visit_iterable(&mut self, iter: &Expr) -> Outcome {
        self.cur_mut().comp_iter_expr += 1;
        self.visit_expr(iter)?;
        self.cur_mut().comp_iter_expr -= 1;
        Ok(())
    }
}

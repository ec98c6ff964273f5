//! The first pass over statements and patterns.

use super::build::{Builder, Outcome};
use super::future::future_names;
use super::{BlockType, Key, Name, def};
use crate::ast::{
    Alias, ClassDef, ExceptHandler, Expr, ExprContext, ExprKind, FunctionDef, MatchCase, Pattern, PatternKind, Stmt, StmtKind,
    Try, With,
};

impl Builder<'_> {
    /// Visits statements in order.
    pub(super) fn visit_body(&mut self, body: &[Stmt]) -> Outcome {
        body.iter().try_for_each(|stmt| self.visit_stmt(stmt))
    }

    /// Runs `visit` as part of a statement that may not be executed.
    fn conditionally(&mut self, visit: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let before = std::mem::replace(&mut self.cur_mut().in_conditional_block, true);
        visit(self)?;
        self.cur_mut().in_conditional_block = before;
        Ok(())
    }

    fn visit_stmt(&mut self, stmt: &Stmt) -> Outcome {
        self.guard.check()?;
        match &stmt.kind {
            StmtKind::FunctionDef(function) => self.visit_function(stmt, function, false),
            StmtKind::AsyncFunctionDef(function) => self.visit_function(stmt, function, true),
            StmtKind::ClassDef(class) => self.visit_class(stmt, class),
            StmtKind::TypeAlias { name, type_params, value } => self.visit_type_alias(stmt, name, type_params, value),
            StmtKind::Return { value } => {
                if let Some(value) = value {
                    self.visit_expr(value)?;
                    self.cur_mut().returns_value = true;
                }
                Ok(())
            }
            StmtKind::Delete { targets } => self.visit_exprs(targets),
            StmtKind::Assign { targets, value, .. } => {
                self.visit_exprs(targets)?;
                self.visit_expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.visit_annotated_assignment(stmt, target, annotation, value, *simple)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.visit_expr(target)?;
                self.visit_expr(value)
            }
            StmtKind::For(node) => self.visit_loop(&node.target, &node.iter, &node.body, &node.orelse),
            StmtKind::AsyncFor(node) => {
                self.require_coroutine(stmt, "'async for' outside async function")?;
                self.visit_loop(&node.target, &node.iter, &node.body, &node.orelse)
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.visit_expr(test)?;
                self.conditionally(|this| {
                    this.visit_body(body)?;
                    this.visit_body(orelse)
                })
            }
            StmtKind::Match { subject, cases } => {
                self.visit_expr(subject)?;
                self.conditionally(|this| cases.iter().try_for_each(|case| this.visit_match_case(case)))
            }
            StmtKind::Raise { exc, cause } => {
                if exc.is_some() {
                    self.visit_opt(exc)?;
                    self.visit_opt(cause)?;
                }
                Ok(())
            }
            StmtKind::Try(node) | StmtKind::TryStar(node) => self.visit_try(node),
            StmtKind::Assert { test, msg } => {
                self.visit_expr(test)?;
                self.visit_opt(msg)
            }
            StmtKind::Import { names } => names.iter().try_for_each(|alias| self.visit_alias(alias)),
            StmtKind::ImportFrom { names, .. } => {
                names.iter().try_for_each(|alias| self.visit_alias(alias))?;
                self.check_future_position(stmt)
            }
            StmtKind::Global { names } => self.visit_declaration(stmt, names, def::GLOBAL, "global"),
            StmtKind::Nonlocal { names } => self.visit_declaration(stmt, names, def::NONLOCAL, "nonlocal"),
            StmtKind::Expr { value } => self.visit_expr(value),
            StmtKind::With(node) => self.visit_with(node),
            StmtKind::AsyncWith(node) => {
                self.require_coroutine(stmt, "'async with' outside async function")?;
                self.visit_with(node)
            }
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    fn visit_function(&mut self, stmt: &Stmt, function: &FunctionDef, is_async: bool) -> Outcome {
        self.add_def(&function.name, def::LOCAL, stmt.location)?;
        self.visit_defaults(&function.args)?;
        self.visit_exprs(&function.decorator_list)?;
        let generic = !function.type_params.is_empty();
        if generic {
            self.enter_type_params(stmt, &function.name, Some(&function.args))?;
            self.visit_type_params(&function.type_params)?;
        }
        let entry = self.new_entry(function.name.clone(), BlockType::Function, Key::stmt(stmt), stmt.location);
        self.table[entry].has_docstring = super::has_docstring(&function.body);
        self.visit_function_annotations(stmt, &function.args, function.returns.as_deref())?;
        self.enter_existing(entry, true);
        self.cur_mut().coroutine |= is_async;
        self.visit_parameters(&function.args)?;
        self.visit_body(&function.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn visit_class(&mut self, stmt: &Stmt, class: &ClassDef) -> Outcome {
        self.add_def(&class.name, def::LOCAL, stmt.location)?;
        self.visit_exprs(&class.decorator_list)?;
        let outer = self.private.clone();
        let generic = !class.type_params.is_empty();
        if generic {
            self.enter_type_params(stmt, &class.name, None)?;
            self.private = Some(class.name.clone());
            self.start_mangled_names();
            self.visit_type_params(&class.type_params)?;
        }
        self.visit_exprs(&class.bases)?;
        self.visit_keywords(&class.keywords)?;
        self.enter(class.name.clone(), BlockType::Class, Key::stmt(stmt), stmt.location)?;
        self.private = Some(class.name.clone());
        if generic {
            self.add_implicit("__type_params__", def::LOCAL, stmt.location)?;
            self.add_implicit(".type_params", def::USE, stmt.location)?;
        }
        self.cur_mut().has_docstring = super::has_docstring(&class.body);
        self.visit_body(&class.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        self.private = outer;
        Ok(())
    }

    fn visit_annotated_assignment(
        &mut self,
        stmt: &Stmt,
        target: &Expr,
        annotation: &Expr,
        value: &Option<Box<Expr>>,
        simple: bool,
    ) -> Outcome {
        self.cur_mut().annotations_used = true;
        if let ExprKind::Name { id, .. } = &target.kind {
            let known = self.lookup(id);
            if known & (def::GLOBAL | def::NONLOCAL) != 0 && self.current() != self.table.top() && simple {
                let kind = if known & def::GLOBAL != 0 { "global" } else { "nonlocal" };
                return self.error(format!("annotated name '{id}' can't be {kind}"), stmt.location);
            }
            if simple {
                self.add_def(id, def::ANNOT | def::LOCAL, target.location)?;
            } else if value.is_some() {
                self.add_def(id, def::LOCAL, target.location)?;
            }
        } else {
            self.visit_expr(target)?;
        }
        self.visit_variable_annotation(annotation)?;
        self.visit_opt(value)
    }

    fn visit_loop(&mut self, target: &Expr, iter: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Outcome {
        self.visit_expr(target)?;
        self.visit_expr(iter)?;
        self.conditionally(|this| {
            this.visit_body(body)?;
            this.visit_body(orelse)
        })
    }

    fn visit_with(&mut self, node: &With) -> Outcome {
        self.conditionally(|this| {
            for item in &node.items {
                this.visit_expr(&item.context_expr)?;
                this.visit_opt(&item.optional_vars)?;
            }
            this.visit_body(&node.body)
        })
    }

    fn visit_try(&mut self, node: &Try) -> Outcome {
        self.conditionally(|this| {
            this.visit_body(&node.body)?;
            for handler in &node.handlers {
                this.visit_handler(handler)?;
            }
            this.visit_body(&node.orelse)?;
            this.visit_body(&node.finalbody)
        })
    }

    fn visit_handler(&mut self, handler: &ExceptHandler) -> Outcome {
        self.visit_opt(&handler.typ)?;
        if let Some(name) = &handler.name {
            self.add_def(name, def::LOCAL, handler.location)?;
        }
        self.visit_body(&handler.body)
    }

    /// `async for` and `async with` need a coroutine; a module that allows `await` becomes one.
    fn require_coroutine(&mut self, stmt: &Stmt, message: &str) -> Outcome {
        if self.allows_top_level_await() {
            self.cur_mut().coroutine = true;
        }
        if self.cur().coroutine { Ok(()) } else { self.error(message, stmt.location) }
    }

    fn visit_alias(&mut self, alias: &Alias) -> Outcome {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**name == "*" {
            if self.cur().block != BlockType::Module {
                return self.error("import * only allowed at module level", alias.location);
            }
            return Ok(());
        }
        // `import a.b` binds `a`.
        match name.split_once('.') {
            Some((first, _)) => self.add_def(&first.into(), def::IMPORT, alias.location),
            None => self.add_def(name, def::IMPORT, alias.location),
        }
    }

    fn check_future_position(&self, stmt: &Stmt) -> Outcome {
        let last = self.future.location;
        let here = stmt.location;
        let late = here.lineno > last.lineno || (here.lineno == last.end_lineno && here.col_offset > last.end_col_offset);
        if late && future_names(stmt).is_some() {
            return self.error("from __future__ imports must occur at the beginning of the file", here);
        }
        Ok(())
    }

    /// `global` and `nonlocal`.
    fn visit_declaration(&mut self, stmt: &Stmt, names: &[Name], flag: u32, keyword: &str) -> Outcome {
        for name in names {
            let known = self.lookup(name);
            let complaint = if known & def::PARAM != 0 {
                Some(format!("name '{name}' is parameter and {keyword}"))
            } else if known & def::USE != 0 {
                Some(format!("name '{name}' is used prior to {keyword} declaration"))
            } else if known & def::ANNOT != 0 {
                Some(format!("annotated name '{name}' can't be {keyword}"))
            } else if known & def::LOCAL != 0 {
                Some(format!("name '{name}' is assigned to before {keyword} declaration"))
            } else {
                None
            };
            if let Some(message) = complaint {
                return self.error(message, stmt.location);
            }
            self.add_def(name, flag, stmt.location)?;
            self.record_directive(name, stmt.location);
        }
        Ok(())
    }

    fn visit_match_case(&mut self, case: &MatchCase) -> Outcome {
        self.visit_pattern(&case.pattern)?;
        self.visit_opt(&case.guard)?;
        self.visit_body(&case.body)
    }

    fn visit_patterns(&mut self, patterns: &[Pattern]) -> Outcome {
        patterns.iter().try_for_each(|pattern| self.visit_pattern(pattern))
    }

    fn visit_pattern(&mut self, pattern: &Pattern) -> Outcome {
        self.guard.check()?;
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.visit_expr(value),
            PatternKind::MatchSingleton { .. } => Ok(()),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => self.visit_patterns(patterns),
            PatternKind::MatchStar { name } => self.visit_capture(pattern, name),
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.visit_exprs(keys)?;
                self.visit_patterns(patterns)?;
                self.visit_capture(pattern, rest)
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.visit_expr(cls)?;
                self.visit_patterns(patterns)?;
                for (name, value) in kwd_attrs.iter().zip(kwd_patterns) {
                    self.check_name(name, value.location, ExprContext::Store)?;
                }
                self.visit_patterns(kwd_patterns)
            }
            PatternKind::MatchAs { pattern: inner, name } => {
                if let Some(inner) = inner {
                    self.visit_pattern(inner)?;
                }
                self.visit_capture(pattern, name)
            }
        }
    }

    fn visit_capture(&mut self, pattern: &Pattern, name: &Option<Name>) -> Outcome {
        match name {
            Some(name) => self.add_def(name, def::LOCAL, pattern.location),
            None => Ok(()),
        }
    }
}

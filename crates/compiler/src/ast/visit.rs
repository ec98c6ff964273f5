//! Walks a tree in CPython's field order. Override what you care for, call `walk_*` to go deeper.

use super::*;

/// A visitor of a borrowed tree.
pub trait Visitor<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        walk_expr(self, expr);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        walk_pattern(self, pattern);
    }

    fn visit_arguments(&mut self, arguments: &'a Arguments) {
        walk_arguments(self, arguments);
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        walk_comprehension(self, comprehension);
    }

    fn visit_type_param(&mut self, type_param: &'a TypeParam) {
        walk_type_param(self, type_param);
    }

    fn visit_body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.visit_stmt(stmt);
        }
    }

    fn visit_exprs(&mut self, exprs: &'a [Expr]) {
        for expr in exprs {
            self.visit_expr(expr);
        }
    }

    fn visit_opt(&mut self, expr: &'a Option<Box<Expr>>) {
        if let Some(expr) = expr {
            self.visit_expr(expr);
        }
    }
}

/// Visits everything in `module`.
pub fn walk_mod<'a, V: Visitor<'a> + ?Sized>(v: &mut V, module: &'a Mod) {
    match module {
        Mod::Module { body, .. } | Mod::Interactive { body } => v.visit_body(body),
        Mod::Expression { body } => v.visit_expr(body),
        Mod::FunctionType { argtypes, returns } => {
            v.visit_exprs(argtypes);
            v.visit_expr(returns);
        }
    }
}

/// Visits the children of `stmt`.
pub fn walk_stmt<'a, V: Visitor<'a> + ?Sized>(v: &mut V, stmt: &'a Stmt) {
    match &stmt.kind {
        StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => {
            v.visit_arguments(&def.args);
            v.visit_body(&def.body);
            v.visit_exprs(&def.decorator_list);
            v.visit_opt(&def.returns);
            walk_type_params(v, &def.type_params);
        }
        StmtKind::ClassDef(def) => {
            v.visit_exprs(&def.bases);
            walk_keywords(v, &def.keywords);
            v.visit_body(&def.body);
            v.visit_exprs(&def.decorator_list);
            walk_type_params(v, &def.type_params);
        }
        StmtKind::Return { value } => v.visit_opt(value),
        StmtKind::Delete { targets } => v.visit_exprs(targets),
        StmtKind::Assign { targets, value, .. } => {
            v.visit_exprs(targets);
            v.visit_expr(value);
        }
        StmtKind::TypeAlias { name, type_params, value } => {
            v.visit_expr(name);
            walk_type_params(v, type_params);
            v.visit_expr(value);
        }
        StmtKind::AugAssign { target, value, .. } => {
            v.visit_expr(target);
            v.visit_expr(value);
        }
        StmtKind::AnnAssign { target, annotation, value, .. } => {
            v.visit_expr(target);
            v.visit_expr(annotation);
            v.visit_opt(value);
        }
        StmtKind::For(node) | StmtKind::AsyncFor(node) => {
            v.visit_expr(&node.target);
            v.visit_expr(&node.iter);
            v.visit_body(&node.body);
            v.visit_body(&node.orelse);
        }
        StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
            v.visit_expr(test);
            v.visit_body(body);
            v.visit_body(orelse);
        }
        StmtKind::With(node) | StmtKind::AsyncWith(node) => {
            for item in &node.items {
                v.visit_expr(&item.context_expr);
                v.visit_opt(&item.optional_vars);
            }
            v.visit_body(&node.body);
        }
        StmtKind::Match { subject, cases } => {
            v.visit_expr(subject);
            for case in cases {
                v.visit_pattern(&case.pattern);
                v.visit_opt(&case.guard);
                v.visit_body(&case.body);
            }
        }
        StmtKind::Raise { exc, cause } => {
            v.visit_opt(exc);
            v.visit_opt(cause);
        }
        StmtKind::Try(node) | StmtKind::TryStar(node) => {
            v.visit_body(&node.body);
            for handler in &node.handlers {
                v.visit_opt(&handler.typ);
                v.visit_body(&handler.body);
            }
            v.visit_body(&node.orelse);
            v.visit_body(&node.finalbody);
        }
        StmtKind::Assert { test, msg } => {
            v.visit_expr(test);
            v.visit_opt(msg);
        }
        StmtKind::Expr { value } => v.visit_expr(value),
        StmtKind::Import { .. }
        | StmtKind::ImportFrom { .. }
        | StmtKind::Global { .. }
        | StmtKind::Nonlocal { .. }
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue => {}
    }
}

/// Visits the children of `expr`.
pub fn walk_expr<'a, V: Visitor<'a> + ?Sized>(v: &mut V, expr: &'a Expr) {
    match &expr.kind {
        ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } | ExprKind::TemplateStr { values } => {
            v.visit_exprs(values)
        }
        ExprKind::NamedExpr { target, value } => {
            v.visit_expr(target);
            v.visit_expr(value);
        }
        ExprKind::BinOp { left, right, .. } => {
            v.visit_expr(left);
            v.visit_expr(right);
        }
        ExprKind::UnaryOp { operand, .. } => v.visit_expr(operand),
        ExprKind::Lambda { args, body } => {
            v.visit_arguments(args);
            v.visit_expr(body);
        }
        ExprKind::IfExp { test, body, orelse } => {
            v.visit_expr(test);
            v.visit_expr(body);
            v.visit_expr(orelse);
        }
        ExprKind::Dict { keys, values } => {
            for key in keys.iter().flatten() {
                v.visit_expr(key);
            }
            v.visit_exprs(values);
        }
        ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
            v.visit_exprs(elts);
        }
        ExprKind::ListComp { elt, generators }
        | ExprKind::SetComp { elt, generators }
        | ExprKind::GeneratorExp { elt, generators } => {
            v.visit_expr(elt);
            walk_generators(v, generators);
        }
        ExprKind::DictComp { key, value, generators } => {
            v.visit_expr(key);
            v.visit_expr(value);
            walk_generators(v, generators);
        }
        ExprKind::Await { value }
        | ExprKind::YieldFrom { value }
        | ExprKind::Attribute { value, .. }
        | ExprKind::Starred { value, .. } => v.visit_expr(value),
        ExprKind::Yield { value } => v.visit_opt(value),
        ExprKind::Compare { left, comparators, .. } => {
            v.visit_expr(left);
            v.visit_exprs(comparators);
        }
        ExprKind::Call { func, args, keywords } => {
            v.visit_expr(func);
            v.visit_exprs(args);
            walk_keywords(v, keywords);
        }
        ExprKind::FormattedValue { value, format_spec, .. } | ExprKind::Interpolation { value, format_spec, .. } => {
            v.visit_expr(value);
            v.visit_opt(format_spec);
        }
        ExprKind::Subscript { value, slice, .. } => {
            v.visit_expr(value);
            v.visit_expr(slice);
        }
        ExprKind::Slice { lower, upper, step } => {
            v.visit_opt(lower);
            v.visit_opt(upper);
            v.visit_opt(step);
        }
        ExprKind::Constant { .. } | ExprKind::Name { .. } => {}
    }
}

/// Visits the children of `pattern`.
pub fn walk_pattern<'a, V: Visitor<'a> + ?Sized>(v: &mut V, pattern: &'a Pattern) {
    let mut all = |patterns: &'a [Pattern]| {
        for pattern in patterns {
            v.visit_pattern(pattern);
        }
    };
    match &pattern.kind {
        PatternKind::MatchValue { value } => v.visit_expr(value),
        PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
            all(patterns);
        }
        PatternKind::MatchMapping { keys, patterns, .. } => {
            v.visit_exprs(keys);
            for pattern in patterns {
                v.visit_pattern(pattern);
            }
        }
        PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
            v.visit_expr(cls);
            for pattern in patterns.iter().chain(kwd_patterns) {
                v.visit_pattern(pattern);
            }
        }
        PatternKind::MatchAs { pattern, .. } => {
            if let Some(pattern) = pattern {
                v.visit_pattern(pattern);
            }
        }
        PatternKind::MatchSingleton { .. } | PatternKind::MatchStar { .. } => {}
    }
}

/// Visits the annotations and defaults of `arguments`.
pub fn walk_arguments<'a, V: Visitor<'a> + ?Sized>(v: &mut V, arguments: &'a Arguments) {
    for arg in arguments.posonlyargs.iter().chain(&arguments.args) {
        v.visit_opt(&arg.annotation);
    }
    if let Some(arg) = &arguments.vararg {
        v.visit_opt(&arg.annotation);
    }
    for arg in &arguments.kwonlyargs {
        v.visit_opt(&arg.annotation);
    }
    for default in arguments.kw_defaults.iter().flatten() {
        v.visit_expr(default);
    }
    if let Some(arg) = &arguments.kwarg {
        v.visit_opt(&arg.annotation);
    }
    v.visit_exprs(&arguments.defaults);
}

/// Visits the parts of `comprehension`.
pub fn walk_comprehension<'a, V: Visitor<'a> + ?Sized>(v: &mut V, comprehension: &'a Comprehension) {
    v.visit_expr(&comprehension.target);
    v.visit_expr(&comprehension.iter);
    v.visit_exprs(&comprehension.ifs);
}

/// Visits the bound and default of `type_param`.
pub fn walk_type_param<'a, V: Visitor<'a> + ?Sized>(v: &mut V, type_param: &'a TypeParam) {
    match &type_param.kind {
        TypeParamKind::TypeVar { bound, default_value, .. } => {
            v.visit_opt(bound);
            v.visit_opt(default_value);
        }
        TypeParamKind::ParamSpec { default_value, .. } | TypeParamKind::TypeVarTuple { default_value, .. } => {
            v.visit_opt(default_value)
        }
    }
}

fn walk_keywords<'a, V: Visitor<'a> + ?Sized>(v: &mut V, keywords: &'a [Keyword]) {
    for keyword in keywords {
        v.visit_expr(&keyword.value);
    }
}

fn walk_generators<'a, V: Visitor<'a> + ?Sized>(v: &mut V, generators: &'a [Comprehension]) {
    for generator in generators {
        v.visit_comprehension(generator);
    }
}

fn walk_type_params<'a, V: Visitor<'a> + ?Sized>(v: &mut V, type_params: &'a [TypeParam]) {
    for type_param in type_params {
        v.visit_type_param(type_param);
    }
}

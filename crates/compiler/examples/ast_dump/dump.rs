//! The form of `ast.dump`.

use pvm_compiler::ast::*;

/// Collects the fields of one node.
struct Node(String, bool);

fn node(name: &str) -> Node {
    Node(format!("{name}("), true)
}

impl Node {
    fn field(mut self, name: &str, value: String) -> Node {
        if !self.1 {
            self.0.push_str(", ");
        }
        self.1 = false;
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&value);
        self
    }

    fn list<T>(self, name: &str, items: &[T], dump: impl Fn(&T) -> String) -> Node {
        if items.is_empty() {
            return self;
        }
        let items: Vec<String> = items.iter().map(dump).collect();
        self.field(name, format!("[{}]", items.join(", ")))
    }

    fn exprs(self, name: &str, items: &[Expr]) -> Node {
        self.list(name, items, expr)
    }

    fn stmts(self, name: &str, items: &[Stmt]) -> Node {
        self.list(name, items, stmt)
    }

    fn opt(self, name: &str, value: &Option<Box<Expr>>) -> Node {
        match value {
            Some(value) => self.field(name, expr(value)),
            None => self,
        }
    }

    fn opt_name(self, name: &str, value: &Option<Identifier>) -> Node {
        match value {
            Some(value) => self.field(name, text_repr(value)),
            None => self,
        }
    }

    fn at(self, location: Location) -> String {
        self.field("lineno", location.lineno.to_string())
            .field("col_offset", location.col_offset.to_string())
            .field("end_lineno", location.end_lineno.to_string())
            .field("end_col_offset", location.end_col_offset.to_string())
            .end()
    }

    fn end(mut self) -> String {
        self.0.push(')');
        self.0
    }
}

pub fn dump_mod(tree: &Mod) -> String {
    match tree {
        Mod::Module { body, type_ignores } => node("Module")
            .stmts("body", body)
            .list("type_ignores", type_ignores, |ignore| {
                node("TypeIgnore").field("lineno", ignore.lineno.to_string()).field("tag", text_repr(&ignore.tag)).end()
            })
            .end(),
        Mod::Interactive { body } => node("Interactive").stmts("body", body).end(),
        Mod::Expression { body } => node("Expression").field("body", expr(body)).end(),
        Mod::FunctionType { argtypes, returns } => {
            node("FunctionType").exprs("argtypes", argtypes).field("returns", expr(returns)).end()
        }
    }
}

fn stmt(stmt: &Stmt) -> String {
    let dumped = match &stmt.kind {
        StmtKind::FunctionDef(def) => function("FunctionDef", def),
        StmtKind::AsyncFunctionDef(def) => function("AsyncFunctionDef", def),
        StmtKind::ClassDef(def) => node("ClassDef")
            .field("name", text_repr(&def.name))
            .exprs("bases", &def.bases)
            .list("keywords", &def.keywords, keyword)
            .stmts("body", &def.body)
            .exprs("decorator_list", &def.decorator_list)
            .list("type_params", &def.type_params, type_param),
        StmtKind::Return { value } => node("Return").opt("value", value),
        StmtKind::Delete { targets } => node("Delete").exprs("targets", targets),
        StmtKind::Assign { targets, value, type_comment } => {
            node("Assign").exprs("targets", targets).field("value", expr(value)).opt_name("type_comment", type_comment)
        }
        StmtKind::TypeAlias { name, type_params, value } => {
            node("TypeAlias").field("name", expr(name)).list("type_params", type_params, type_param).field("value", expr(value))
        }
        StmtKind::AugAssign { target, op, value } => {
            node("AugAssign").field("target", expr(target)).field("op", format!("{op:?}()")).field("value", expr(value))
        }
        StmtKind::AnnAssign { target, annotation, value, simple } => node("AnnAssign")
            .field("target", expr(target))
            .field("annotation", expr(annotation))
            .opt("value", value)
            .field("simple", i32::from(*simple).to_string()),
        StmtKind::For(fields) => for_loop("For", fields),
        StmtKind::AsyncFor(fields) => for_loop("AsyncFor", fields),
        StmtKind::While { test, body, orelse } => {
            node("While").field("test", expr(test)).stmts("body", body).stmts("orelse", orelse)
        }
        StmtKind::If { test, body, orelse } => node("If").field("test", expr(test)).stmts("body", body).stmts("orelse", orelse),
        StmtKind::With(fields) => with("With", fields),
        StmtKind::AsyncWith(fields) => with("AsyncWith", fields),
        StmtKind::Match { subject, cases } => node("Match").field("subject", expr(subject)).list("cases", cases, |case| {
            node("match_case").field("pattern", pattern(&case.pattern)).opt("guard", &case.guard).stmts("body", &case.body).end()
        }),
        StmtKind::Raise { exc, cause } => node("Raise").opt("exc", exc).opt("cause", cause),
        StmtKind::Try(fields) => try_block("Try", fields),
        StmtKind::TryStar(fields) => try_block("TryStar", fields),
        StmtKind::Assert { test, msg } => node("Assert").field("test", expr(test)).opt("msg", msg),
        StmtKind::Import { names } => node("Import").list("names", names, alias),
        StmtKind::ImportFrom { module, names, level } => {
            node("ImportFrom").opt_name("module", module).list("names", names, alias).field("level", level.to_string())
        }
        StmtKind::Global { names } => node("Global").list("names", names, |name| text_repr(name)),
        StmtKind::Nonlocal { names } => node("Nonlocal").list("names", names, |name| text_repr(name)),
        StmtKind::Expr { value } => node("Expr").field("value", expr(value)),
        StmtKind::Pass => node("Pass"),
        StmtKind::Break => node("Break"),
        StmtKind::Continue => node("Continue"),
    };
    dumped.at(stmt.location)
}

fn function(name: &str, def: &FunctionDef) -> Node {
    node(name)
        .field("name", text_repr(&def.name))
        .field("args", arguments(&def.args))
        .stmts("body", &def.body)
        .exprs("decorator_list", &def.decorator_list)
        .opt("returns", &def.returns)
        .opt_name("type_comment", &def.type_comment)
        .list("type_params", &def.type_params, type_param)
}

fn for_loop(name: &str, fields: &For) -> Node {
    node(name)
        .field("target", expr(&fields.target))
        .field("iter", expr(&fields.iter))
        .stmts("body", &fields.body)
        .stmts("orelse", &fields.orelse)
        .opt_name("type_comment", &fields.type_comment)
}

fn with(name: &str, fields: &With) -> Node {
    node(name)
        .list("items", &fields.items, |item| {
            node("withitem").field("context_expr", expr(&item.context_expr)).opt("optional_vars", &item.optional_vars).end()
        })
        .stmts("body", &fields.body)
        .opt_name("type_comment", &fields.type_comment)
}

fn try_block(name: &str, fields: &Try) -> Node {
    node(name)
        .stmts("body", &fields.body)
        .list("handlers", &fields.handlers, |handler| {
            node("ExceptHandler")
                .opt("type", &handler.typ)
                .opt_name("name", &handler.name)
                .stmts("body", &handler.body)
                .at(handler.location)
        })
        .stmts("orelse", &fields.orelse)
        .stmts("finalbody", &fields.finalbody)
}

fn expr(expr: &Expr) -> String {
    let dumped = match &expr.kind {
        ExprKind::BoolOp { op, values } => node("BoolOp").field("op", format!("{op:?}()")).exprs("values", values),
        ExprKind::NamedExpr { target, value } => {
            node("NamedExpr").field("target", self::expr(target)).field("value", self::expr(value))
        }
        ExprKind::BinOp { left, op, right } => {
            node("BinOp").field("left", self::expr(left)).field("op", format!("{op:?}()")).field("right", self::expr(right))
        }
        ExprKind::UnaryOp { op, operand } => {
            node("UnaryOp").field("op", format!("{op:?}()")).field("operand", self::expr(operand))
        }
        ExprKind::Lambda { args, body } => node("Lambda").field("args", arguments(args)).field("body", self::expr(body)),
        ExprKind::IfExp { test, body, orelse } => {
            node("IfExp").field("test", self::expr(test)).field("body", self::expr(body)).field("orelse", self::expr(orelse))
        }
        ExprKind::Dict { keys, values } => node("Dict")
            .list("keys", keys, |key| match key {
                Some(key) => self::expr(key),
                None => "None".to_owned(),
            })
            .exprs("values", values),
        ExprKind::Set { elts } => node("Set").exprs("elts", elts),
        ExprKind::ListComp { elt, generators } => comp("ListComp", elt, generators),
        ExprKind::SetComp { elt, generators } => comp("SetComp", elt, generators),
        ExprKind::GeneratorExp { elt, generators } => comp("GeneratorExp", elt, generators),
        ExprKind::DictComp { key, value, generators } => node("DictComp")
            .field("key", self::expr(key))
            .field("value", self::expr(value))
            .list("generators", generators, comprehension),
        ExprKind::Await { value } => node("Await").field("value", self::expr(value)),
        ExprKind::Yield { value } => node("Yield").opt("value", value),
        ExprKind::YieldFrom { value } => node("YieldFrom").field("value", self::expr(value)),
        ExprKind::Compare { left, ops, comparators } => node("Compare")
            .field("left", self::expr(left))
            .list("ops", ops, |op| format!("{op:?}()"))
            .exprs("comparators", comparators),
        ExprKind::Call { func, args, keywords } => {
            node("Call").field("func", self::expr(func)).exprs("args", args).list("keywords", keywords, keyword)
        }
        ExprKind::FormattedValue { value, conversion, format_spec } => node("FormattedValue")
            .field("value", self::expr(value))
            .field("conversion", conversion.to_string())
            .opt("format_spec", format_spec),
        ExprKind::Interpolation { value, str, conversion, format_spec } => node("Interpolation")
            .field("value", self::expr(value))
            .field("str", constant(str))
            .field("conversion", conversion.to_string())
            .opt("format_spec", format_spec),
        ExprKind::JoinedStr { values } => node("JoinedStr").exprs("values", values),
        ExprKind::TemplateStr { values } => node("TemplateStr").exprs("values", values),
        ExprKind::Constant { value, kind } => node("Constant").field("value", constant(value)).opt_name("kind", kind),
        ExprKind::Attribute { value, attr, ctx } => {
            node("Attribute").field("value", self::expr(value)).field("attr", text_repr(attr)).field("ctx", format!("{ctx:?}()"))
        }
        ExprKind::Subscript { value, slice, ctx } => node("Subscript")
            .field("value", self::expr(value))
            .field("slice", self::expr(slice))
            .field("ctx", format!("{ctx:?}()")),
        ExprKind::Starred { value, ctx } => node("Starred").field("value", self::expr(value)).field("ctx", format!("{ctx:?}()")),
        ExprKind::Name { id, ctx } => node("Name").field("id", text_repr(id)).field("ctx", format!("{ctx:?}()")),
        ExprKind::List { elts, ctx } => node("List").exprs("elts", elts).field("ctx", format!("{ctx:?}()")),
        ExprKind::Tuple { elts, ctx } => node("Tuple").exprs("elts", elts).field("ctx", format!("{ctx:?}()")),
        ExprKind::Slice { lower, upper, step } => node("Slice").opt("lower", lower).opt("upper", upper).opt("step", step),
    };
    dumped.at(expr.location)
}

fn comp(name: &str, elt: &Expr, generators: &[Comprehension]) -> Node {
    node(name).field("elt", expr(elt)).list("generators", generators, comprehension)
}

fn comprehension(comprehension: &Comprehension) -> String {
    node("comprehension")
        .field("target", expr(&comprehension.target))
        .field("iter", expr(&comprehension.iter))
        .exprs("ifs", &comprehension.ifs)
        .field("is_async", i32::from(comprehension.is_async).to_string())
        .end()
}

fn keyword(keyword: &Keyword) -> String {
    node("keyword").opt_name("arg", &keyword.arg).field("value", expr(&keyword.value)).at(keyword.location)
}

fn alias(alias: &Alias) -> String {
    node("alias").field("name", text_repr(&alias.name)).opt_name("asname", &alias.asname).at(alias.location)
}

fn arguments(arguments: &Arguments) -> String {
    let opt_arg = |node: Node, name, value: &Option<Box<Arg>>| match value {
        Some(value) => node.field(name, arg(value)),
        None => node,
    };
    let dumped = node("arguments").list("posonlyargs", &arguments.posonlyargs, arg).list("args", &arguments.args, arg);
    let dumped = opt_arg(dumped, "vararg", &arguments.vararg).list("kwonlyargs", &arguments.kwonlyargs, arg).list(
        "kw_defaults",
        &arguments.kw_defaults,
        |value| match value {
            Some(value) => expr(value),
            None => "None".to_owned(),
        },
    );
    opt_arg(dumped, "kwarg", &arguments.kwarg).exprs("defaults", &arguments.defaults).end()
}

fn arg(arg: &Arg) -> String {
    node("arg")
        .field("arg", text_repr(&arg.arg))
        .opt("annotation", &arg.annotation)
        .opt_name("type_comment", &arg.type_comment)
        .at(arg.location)
}

fn type_param(param: &TypeParam) -> String {
    let dumped = match &param.kind {
        TypeParamKind::TypeVar { name, bound, default_value } => {
            node("TypeVar").field("name", text_repr(name)).opt("bound", bound).opt("default_value", default_value)
        }
        TypeParamKind::ParamSpec { name, default_value } => {
            node("ParamSpec").field("name", text_repr(name)).opt("default_value", default_value)
        }
        TypeParamKind::TypeVarTuple { name, default_value } => {
            node("TypeVarTuple").field("name", text_repr(name)).opt("default_value", default_value)
        }
    };
    dumped.at(param.location)
}

fn pattern(pattern: &Pattern) -> String {
    let dumped = match &pattern.kind {
        PatternKind::MatchValue { value } => node("MatchValue").field("value", expr(value)),
        PatternKind::MatchSingleton { value } => node("MatchSingleton").field("value", constant(value)),
        PatternKind::MatchSequence { patterns } => node("MatchSequence").list("patterns", patterns, self::pattern),
        PatternKind::MatchMapping { keys, patterns, rest } => {
            node("MatchMapping").exprs("keys", keys).list("patterns", patterns, self::pattern).opt_name("rest", rest)
        }
        PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => node("MatchClass")
            .field("cls", expr(cls))
            .list("patterns", patterns, self::pattern)
            .list("kwd_attrs", kwd_attrs, |name| text_repr(name))
            .list("kwd_patterns", kwd_patterns, self::pattern),
        PatternKind::MatchStar { name } => node("MatchStar").opt_name("name", name),
        PatternKind::MatchAs { pattern, name } => match pattern {
            Some(pattern) => node("MatchAs").field("pattern", self::pattern(pattern)),
            None => node("MatchAs"),
        }
        .opt_name("name", name),
        PatternKind::MatchOr { patterns } => node("MatchOr").list("patterns", patterns, self::pattern),
    };
    dumped.at(pattern.location)
}

/// Numbers and characters in a form that `ast_dump/compare.py` prints, too.
fn constant(value: &Constant) -> String {
    match value {
        Constant::None => "None".to_owned(),
        Constant::Ellipsis => "Ellipsis".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => format!("float:{:016x}", value.to_bits()),
        Constant::Complex(real, imag) => {
            format!("complex:{:016x}:{:016x}", real.to_bits(), imag.to_bits())
        }
        Constant::Str(text) => points_repr(text.code_points()),
        Constant::Bytes(bytes) => {
            format!("b{}", points_repr(bytes.iter().map(|&b| u32::from(b))))
        }
        other => format!("{other:?}"),
    }
}

fn text_repr(text: &str) -> String {
    points_repr(text.chars().map(u32::from))
}

/// Printable ASCII as it is, everything else and the quote as `\{hex}`.
fn points_repr(points: impl Iterator<Item = u32>) -> String {
    let mut out = String::from("'");
    for point in points {
        match char::from_u32(point) {
            Some(char @ ' '..='~') if char != '\'' && char != '\\' => out.push(char),
            _ => out.push_str(&format!("\\{{{point:x}}}")),
        }
    }
    out.push('\'');
    out
}

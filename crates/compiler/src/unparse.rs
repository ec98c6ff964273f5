//! Source text of an expression (CPython's `ast_unparse.c`), for annotations that are kept as strings.

use pvm_bytecode::repr::str_repr;

use crate::ast::*;

/// How tightly an operator binds (the `PR_*` levels).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Arithmetic,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    /// The next tighter level.
    fn next(self) -> Level {
        const LEVELS: [Level; 16] = [
            Level::Tuple,
            Level::Test,
            Level::Or,
            Level::And,
            Level::Not,
            Level::Compare,
            Level::BitOr,
            Level::BitXor,
            Level::BitAnd,
            Level::Shift,
            Level::Arithmetic,
            Level::Term,
            Level::Factor,
            Level::Power,
            Level::Await,
            Level::Atom,
        ];
        LEVELS[(self as usize + 1).min(LEVELS.len() - 1)]
    }
}

/// The operand of a bitwise or; PEP 604's unions.
const EXPR: Level = Level::BitOr;

/// Source text that parses to `expr`, as CPython stores annotations under `from __future__ import annotations`.
pub fn unparse(expr: &Expr) -> String {
    let mut writer = Writer(String::new());
    writer.expr(expr, Level::Test);
    writer.0
}

struct Writer(String);

impl Writer {
    fn push(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Writes with `write`, in parentheses if the context binds tighter than `own`.
    fn group(&mut self, own: Level, context: Level, write: impl FnOnce(&mut Writer)) {
        let parenthesised = context > own;
        if parenthesised {
            self.push("(");
        }
        write(self);
        if parenthesised {
            self.push(")");
        }
    }

    fn exprs(&mut self, exprs: &[Expr], level: Level) {
        for (i, expr) in exprs.iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            self.expr(expr, level);
        }
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                let (text, own) = match op {
                    BoolOp::And => (" and ", Level::And),
                    BoolOp::Or => (" or ", Level::Or),
                };
                self.group(own, level, |w| {
                    for (i, value) in values.iter().enumerate() {
                        if i > 0 {
                            w.push(text);
                        }
                        w.expr(value, own.next());
                    }
                });
            }
            ExprKind::BinOp { left, op, right } => {
                let (text, own) = binary(*op);
                let right_associative = *op == Operator::Pow;
                let tighter = |yes: bool| if yes { own.next() } else { own };
                self.group(own, level, |w| {
                    w.expr(left, tighter(right_associative));
                    w.push(text);
                    w.expr(right, tighter(!right_associative));
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (text, own) = match op {
                    UnaryOp::Invert => ("~", Level::Factor),
                    UnaryOp::Not => ("not ", Level::Not),
                    UnaryOp::UAdd => ("+", Level::Factor),
                    UnaryOp::USub => ("-", Level::Factor),
                };
                self.group(own, level, |w| {
                    w.push(text);
                    w.expr(operand, own);
                });
            }
            ExprKind::Lambda { args, body } => self.group(Level::Test, level, |w| {
                let positional = !args.posonlyargs.is_empty() || !args.args.is_empty();
                w.push(if positional { "lambda " } else { "lambda" });
                w.arguments(args);
                w.push(": ");
                w.expr(body, Level::Test);
            }),
            ExprKind::IfExp { test, body, orelse } => self.group(Level::Test, level, |w| {
                w.expr(body, Level::Test.next());
                w.push(" if ");
                w.expr(test, Level::Test.next());
                w.push(" else ");
                w.expr(orelse, Level::Test);
            }),
            ExprKind::Dict { keys, values } => {
                self.push("{");
                for (i, (key, value)) in keys.iter().zip(values).enumerate() {
                    if i > 0 {
                        self.push(", ");
                    }
                    match key {
                        Some(key) => {
                            self.expr(key, Level::Test);
                            self.push(": ");
                            self.expr(value, Level::Test);
                        }
                        None => {
                            self.push("**");
                            self.expr(value, EXPR);
                        }
                    }
                }
                self.push("}");
            }
            ExprKind::Set { elts } => {
                self.push("{");
                self.exprs(elts, Level::Test);
                self.push("}");
            }
            ExprKind::GeneratorExp { elt, generators } => self.comp("(", elt, generators, ")"),
            ExprKind::ListComp { elt, generators } => self.comp("[", elt, generators, "]"),
            ExprKind::SetComp { elt, generators } => self.comp("{", elt, generators, "}"),
            ExprKind::DictComp { key, value, generators } => {
                self.push("{");
                self.expr(key, Level::Test);
                self.push(": ");
                self.expr(value, Level::Test);
                self.generators(generators);
                self.push("}");
            }
            ExprKind::Await { value } => self.group(Level::Await, level, |w| {
                w.push("await ");
                w.expr(value, Level::Atom);
            }),
            ExprKind::Yield { value: None } => self.push("(yield)"),
            ExprKind::Yield { value: Some(value) } => {
                self.push("(yield ");
                self.expr(value, Level::Test);
                self.push(")");
            }
            ExprKind::YieldFrom { value } => {
                self.push("(yield from ");
                self.expr(value, Level::Test);
                self.push(")");
            }
            ExprKind::Compare { left, ops, comparators } => self.group(Level::Compare, level, |w| {
                w.expr(left, Level::Compare.next());
                for (op, comparator) in ops.iter().zip(comparators) {
                    w.push(comparison(*op));
                    w.expr(comparator, Level::Compare.next());
                }
            }),
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::Constant { value, kind } => {
                if kind.is_some() {
                    self.push("u");
                }
                self.constant(value);
            }
            ExprKind::JoinedStr { values } => {
                let body = joined_body(values);
                self.quoted("f", &body);
            }
            ExprKind::TemplateStr { values } => {
                let body = joined_body(values);
                self.quoted("t", &body);
            }
            ExprKind::FormattedValue { .. } | ExprKind::Interpolation { .. } => {
                let body = joined_body(std::slice::from_ref(expr));
                self.quoted("f", &body);
            }
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, Level::Atom);
                // a space keeps an int's digits apart from the dot
                let int = matches!(value.kind, ExprKind::Constant { value: Constant::Int(_), .. });
                self.push(if int { " ." } else { "." });
                self.push(attr);
            }
            ExprKind::Starred { value, .. } => {
                self.push("*");
                self.expr(value, EXPR);
            }
            ExprKind::Name { id, .. } => self.push(id),
            ExprKind::List { elts, .. } => {
                self.push("[");
                self.exprs(elts, Level::Test);
                self.push("]");
            }
            ExprKind::Tuple { elts, .. } => {
                if elts.is_empty() {
                    self.push("()");
                    return;
                }
                self.group(Level::Tuple, level, |w| {
                    w.exprs(elts, Level::Test);
                    if elts.len() == 1 {
                        w.push(",");
                    }
                });
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, Level::Atom);
                self.push("[");
                self.expr(slice, Level::Tuple);
                self.push("]");
            }
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.expr(lower, Level::Test);
                }
                self.push(":");
                if let Some(upper) = upper {
                    self.expr(upper, Level::Test);
                }
                if let Some(step) = step {
                    self.push(":");
                    self.expr(step, Level::Test);
                }
            }
            ExprKind::NamedExpr { target, value } => self.group(Level::Tuple, level, |w| {
                w.expr(target, Level::Atom);
                w.push(" := ");
                w.expr(value, Level::Atom);
            }),
        }
    }

    /// A constant; infinity has no literal, so it is written as a number that overflows to it.
    fn constant(&mut self, value: &Constant) {
        let text = match value {
            Constant::Ellipsis => "...".to_owned(),
            Constant::Float(_) | Constant::Complex(..) => value.to_string().replace("inf", "1e309"),
            Constant::Tuple(items) => {
                self.push("(");
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        self.push(", ");
                    }
                    self.constant(item);
                }
                self.push(if items.len() == 1 { ",)" } else { ")" });
                return;
            }
            value => value.to_string(),
        };
        self.push(&text);
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(func, Level::Atom);
        if let ([arg], []) = (args, keywords)
            && matches!(arg.kind, ExprKind::GeneratorExp { .. })
        {
            // a generator brings its own parentheses
            self.expr(arg, Level::Test);
            return;
        }
        self.push("(");
        self.exprs(args, Level::Test);
        for (i, keyword) in keywords.iter().enumerate() {
            if i > 0 || !args.is_empty() {
                self.push(", ");
            }
            match &keyword.arg {
                Some(arg) => {
                    self.push(arg);
                    self.push("=");
                }
                None => self.push("**"),
            }
            self.expr(&keyword.value, Level::Test);
        }
        self.push(")");
    }

    fn arguments(&mut self, arguments: &Arguments) {
        let mut first = true;
        let mut comma = |w: &mut Writer| {
            if !std::mem::take(&mut first) {
                w.push(", ");
            }
        };
        let positional = arguments.posonlyargs.len() + arguments.args.len();
        let without_default = positional.saturating_sub(arguments.defaults.len());
        let both = arguments.posonlyargs.iter().chain(&arguments.args);
        for (i, arg) in both.enumerate() {
            comma(self);
            self.arg(arg);
            if i >= without_default {
                self.push("=");
                self.expr(&arguments.defaults[i - without_default], Level::Test);
            }
            if i + 1 == arguments.posonlyargs.len() {
                self.push(", /");
            }
        }
        if arguments.vararg.is_some() || !arguments.kwonlyargs.is_empty() {
            comma(self);
            self.push("*");
            if let Some(arg) = &arguments.vararg {
                self.arg(arg);
            }
        }
        for (i, arg) in arguments.kwonlyargs.iter().enumerate() {
            comma(self);
            self.arg(arg);
            if let Some(Some(default)) = arguments.kw_defaults.get(i) {
                self.push("=");
                self.expr(default, Level::Test);
            }
        }
        if let Some(arg) = &arguments.kwarg {
            comma(self);
            self.push("**");
            self.arg(arg);
        }
    }

    fn arg(&mut self, arg: &Arg) {
        self.push(&arg.arg);
        if let Some(annotation) = &arg.annotation {
            self.push(": ");
            self.expr(annotation, Level::Test);
        }
    }

    fn comp(&mut self, open: &str, elt: &Expr, generators: &[Comprehension], close: &str) {
        self.push(open);
        self.expr(elt, Level::Test);
        self.generators(generators);
        self.push(close);
    }

    fn generators(&mut self, generators: &[Comprehension]) {
        for generator in generators {
            self.push(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, Level::Tuple);
            self.push(" in ");
            self.expr(&generator.iter, Level::Test.next());
            for test in &generator.ifs {
                self.push(" if ");
                self.expr(test, Level::Test.next());
            }
        }
    }

    /// A prefixed string whose text holds source of its own: quoted as `repr` would.
    fn quoted(&mut self, prefix: &str, body: &Text) {
        self.push(prefix);
        self.push(&str_repr(body));
    }
}

/// The text between the quotes of a joined string.
fn joined_body(values: &[Expr]) -> Text {
    let mut points = Vec::new();
    append_joined(&mut points, values);
    Text::from_code_points(points).unwrap_or_default()
}

fn append_joined(points: &mut Vec<u32>, values: &[Expr]) {
    for value in values {
        append_element(points, value);
    }
}

fn append_element(points: &mut Vec<u32>, value: &Expr) {
    let push = |points: &mut Vec<u32>, text: &str| points.extend(text.chars().map(u32::from));
    match &value.kind {
        ExprKind::Constant { value: Constant::Str(text), .. } => {
            for point in text.code_points() {
                points.push(point);
                if point == u32::from('{') || point == u32::from('}') {
                    points.push(point);
                }
            }
        }
        ExprKind::JoinedStr { values } => append_joined(points, values),
        ExprKind::FormattedValue { value, conversion, format_spec } => {
            let text = interpolated_text(value);
            append_field(points, &text, *conversion, format_spec.as_deref());
        }
        ExprKind::Interpolation { str, conversion, format_spec, .. } => {
            let text = match str {
                Constant::Str(text) => text.to_string_lossy().into_owned(),
                other => other.to_string(),
            };
            append_field(points, &text, *conversion, format_spec.as_deref());
        }
        _ => push(points, &unparse(value)),
    }
}

/// The source of an expression in a replacement field.
fn interpolated_text(value: &Expr) -> String {
    let mut writer = Writer(String::new());
    writer.expr(value, Level::Test.next());
    writer.0
}

fn append_field(points: &mut Vec<u32>, text: &str, conversion: i32, format_spec: Option<&Expr>) {
    let mut push = |text: &str| points.extend(text.chars().map(u32::from));
    // a space keeps `{{` from being a doubled brace
    push(if text.starts_with('{') { "{ " } else { "{" });
    push(text);
    if let Ok(conversion @ (b's' | b'r' | b'a')) = u8::try_from(conversion) {
        push("!");
        push(&char::from(conversion).to_string());
    }
    if let Some(spec) = format_spec {
        push(":");
        append_element(points, spec);
    }
    points.push(u32::from('}'));
}

fn binary(op: Operator) -> (&'static str, Level) {
    match op {
        Operator::Add => (" + ", Level::Arithmetic),
        Operator::Sub => (" - ", Level::Arithmetic),
        Operator::Mult => (" * ", Level::Term),
        Operator::MatMult => (" @ ", Level::Term),
        Operator::Div => (" / ", Level::Term),
        Operator::Mod => (" % ", Level::Term),
        Operator::LShift => (" << ", Level::Shift),
        Operator::RShift => (" >> ", Level::Shift),
        Operator::BitOr => (" | ", Level::BitOr),
        Operator::BitXor => (" ^ ", Level::BitXor),
        Operator::BitAnd => (" & ", Level::BitAnd),
        Operator::FloorDiv => (" // ", Level::Term),
        Operator::Pow => (" ** ", Level::Power),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::IgnoreWarnings;
    use crate::{Mode, ParseFlags, SourceText, parse};

    /// Pairs that CPython 3.14 gives for annotations under `from __future__ import annotations`.
    const PAIRS: &str = include_str!("../tests/unparse.txt");

    #[test]
    fn same_text_as_cpython() {
        for line in PAIRS.lines() {
            let (source, expected) = line.split_once(" -> ").unwrap();
            let source = SourceText::new(source);
            let flags = ParseFlags::default();
            let tree = parse(&source, "", Mode::Eval, flags, &mut IgnoreWarnings).unwrap();
            let Mod::Expression { body } = &tree else { unreachable!() };
            assert_eq!(unparse(body), expected, "{line}");
        }
    }
}

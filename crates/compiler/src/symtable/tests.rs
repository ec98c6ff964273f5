use super::*;
use crate::error::IgnoreWarnings;
use crate::lower::{Mode, ParseFlags, parse};
use crate::source::SourceText;

fn build(source: &str) -> Result<SymbolTable, CompileError> {
    let tree = parse(&SourceText::new(source), "test", Mode::Exec, ParseFlags::default(), &mut IgnoreWarnings)?;
    let future = FutureFeatures::from_ast(&tree, "test")?;
    SymbolTable::build(&tree, "test", &future)
}

fn table(source: &str) -> SymbolTable {
    build(source).expect("the source is sound")
}

/// The first scope of this name.
fn entry<'t>(table: &'t SymbolTable, name: &str) -> &'t Entry {
    let (_, entry) = table.entries().find(|(_, entry)| &*entry.name == name).expect("there is such a scope");
    entry
}

fn error(source: &str) -> (String, i32, i32) {
    match build(source) {
        Err(CompileError::Syntax(error)) => (error.message, error.lineno, error.offset),
        other => panic!("{source:?} gave {other:?}"),
    }
}

#[test]
fn cells_and_free_variables() {
    let table = table("def outer(a):\n  b = a\n  def inner():\n    return b, c\n  return inner\n");
    assert_eq!(entry(&table, "outer").scope("a"), Some(Scope::Local));
    assert_eq!(entry(&table, "outer").scope("b"), Some(Scope::Cell));
    assert_eq!(entry(&table, "inner").scope("b"), Some(Scope::Free));
    assert_eq!(entry(&table, "inner").scope("c"), Some(Scope::GlobalImplicit));
    assert!(entry(&table, "inner").nested);
    assert!(entry(&table, "outer").returns_value);
}

#[test]
fn classes() {
    let table = table("class C:\n  __x = 1\n  y: int\n  def m(self):\n    super().m(self.__x)\n    global __g\n");
    let class = entry(&table, "C");
    assert!(class.needs_class_closure && class.needs_classdict);
    assert_eq!(class.scope("_C__x"), Some(Scope::Local));
    let method = entry(&table, "m");
    assert!(method.method);
    assert_eq!(method.scope("__class__"), Some(Scope::Free));
    assert_eq!(method.scope("_C__g"), Some(Scope::GlobalExplicit));
    assert!(class.annotation_block.is_some());
}

#[test]
fn comprehensions_are_inlined() {
    let table = table("def f(x):\n  return [lambda: y for y in x], (z for z in x)\n");
    assert!(entry(&table, "listcomp").comp_inlined);
    assert!(!entry(&table, "genexpr").comp_inlined);
    assert_eq!(entry(&table, "f").scope("y"), Some(Scope::Cell));
    assert_eq!(entry(&table, "f").scope("z"), None);
}

#[test]
fn type_parameters() {
    let table = table("class C[T: int]:\n  def m[U](self, x: T) -> U: ...\n");
    let scopes: Vec<BlockType> = table.entries().map(|(_, entry)| entry.block).collect();
    assert!(scopes.contains(&BlockType::TypeParameters));
    assert!(scopes.contains(&BlockType::TypeVariable));
    let annotations =
        table.entries().filter(|(_, entry)| entry.block == BlockType::Annotation).map(|(_, entry)| entry.scope("T"));
    assert_eq!(annotations.collect::<Vec<_>>(), [Some(Scope::Free)]);
}

#[test]
fn errors() {
    let cases = [
        ("def f(a, a): pass", "duplicate argument 'a' in function definition", 1, 10),
        ("x = 1\nglobal x", "name 'x' is assigned to before global declaration", 2, 1),
        ("nonlocal x", "nonlocal declaration not allowed at module level", 1, 1),
        ("def f():\n  nonlocal x", "no binding for nonlocal 'x' found", 2, 3),
        ("def f(x):\n  global x", "name 'x' is parameter and global", 2, 3),
        ("def f():\n  from m import *", "import * only allowed at module level", 2, 17),
        ("[(yield) for x in y]", "'yield' inside list comprehension", 1, 3),
        ("await x", "'await' outside function", 1, 1),
        ("def f():\n  await x", "'await' outside async function", 2, 3),
        ("[x := 1 for x in y]", "assignment expression cannot rebind comprehension iteration variable 'x'", 1, 2),
        ("class C:\n  [x := 1 for y in z]", "assignment expression within a comprehension cannot be used in a class body", 2, 4),
        ("def f(x: (yield)): pass", "yield expression cannot be used within an annotation", 1, 11),
        ("type T = (x := 1)", "named expression cannot be used within a type alias", 1, 11),
        ("def f[T, T](): pass", "duplicate type parameter 'T'", 1, 10),
        ("__debug__ = 1", "cannot assign to __debug__", 1, 1),
        ("import m\nfrom __future__ import division", "from __future__ imports must occur at the beginning of the file", 2, 1),
        ("from __future__ import braces", "not a chance", 1, 24),
        ("from __future__ import x", "future feature x is not defined", 1, 24),
    ];
    for (source, message, line, offset) in cases {
        assert_eq!(error(source), (message.to_owned(), line, offset), "{source}");
    }
}

#[test]
fn deep_trees_end_in_an_error() {
    let mut tree = ast::Expr {
        location: ast::Location::default(),
        kind: ast::ExprKind::Constant { value: ast::Constant::None, kind: None },
    };
    for _ in 0..100_000 {
        tree = ast::Expr {
            location: ast::Location::default(),
            kind: ast::ExprKind::UnaryOp { op: ast::UnaryOp::Not, operand: Box::new(tree) },
        };
    }
    let module = ast::Mod::Expression { body: Box::new(tree) };
    let result = SymbolTable::build(&module, "test", &FutureFeatures::default());
    assert!(matches!(result, Err(CompileError::Recursion(_))));
    // Dropping so deep a tree takes a deep stack too.
    std::mem::forget(module);
}

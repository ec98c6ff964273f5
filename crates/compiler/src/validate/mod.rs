//! Checks of a tree that a program built, before it is compiled: what the parser guarantees and the later passes rely on
//! (CPython's `Python/ast.c`).

mod expressions;
mod patterns;
mod statements;

use crate::ast::{Constant, Expr, ExprContext, Location, Mod};
use crate::deep_stack::{self, ANY_LENGTH};
use crate::error::{CompileError, IgnoreWarnings};
use crate::recursion::StackGuard;

type Checked = Result<(), CompileError>;

/// Checks a tree.
///
/// # Errors
/// `ValueError` or `TypeError` for what a parsed tree would never hold, `RecursionError` for one that is too deep.
pub fn validate(tree: &Mod) -> Result<(), CompileError> {
    deep_stack::run(ANY_LENGTH, &mut IgnoreWarnings, |_| {
        let validator = Validator { guard: StackGuard::new() };
        match tree {
            Mod::Module { body, .. } | Mod::Interactive { body } => validator.stmts(body),
            Mod::Expression { body } => validator.load(body),
            Mod::FunctionType { argtypes, returns } => {
                validator.exprs(argtypes, ExprContext::Load)?;
                validator.load(returns)
            }
        }
    })
}

struct Validator {
    guard: StackGuard,
}

fn value_error(message: impl Into<String>) -> Checked {
    Err(CompileError::Value(message.into()))
}

fn type_error(message: impl Into<String>) -> Checked {
    Err(CompileError::Type(message.into()))
}

/// A place must not end before it begins, and be unknown in both or none of its ends.
fn position(place: Location) -> Checked {
    let Location { lineno, col_offset, end_lineno, end_col_offset } = place;
    if lineno > end_lineno {
        return value_error(format!("AST node line range ({lineno}, {end_lineno}) is not valid"));
    }
    if (lineno < 0 && end_lineno != lineno) || (col_offset < 0 && col_offset != end_col_offset) {
        return value_error(format!(
            "AST node column range ({col_offset}, {end_col_offset}) for line range ({lineno}, {end_lineno}) is not valid"
        ));
    }
    if lineno == end_lineno && col_offset > end_col_offset {
        return value_error(format!("line {lineno}, column {col_offset}-{end_col_offset} is not a valid range"));
    }
    Ok(())
}

/// Names that are keywords for constants cannot be identifiers.
fn name(name: &str) -> Checked {
    match name {
        "None" | "True" | "False" => value_error(format!("identifier field can't represent '{name}' constant")),
        _ => Ok(()),
    }
}

fn nonempty<T>(items: &[T], what: &str, owner: &str) -> Checked {
    match items {
        [] => value_error(format!("empty {what} on {owner}")),
        _ => Ok(()),
    }
}

fn context_name(context: ExprContext) -> &'static str {
    match context {
        ExprContext::Load => "Load",
        ExprContext::Store => "Store",
        ExprContext::Del => "Del",
    }
}

/// Whether an expression is a number of the kinds allowed.
fn is_number(expr: &Expr, real: bool, imaginary: bool) -> bool {
    match &expr.kind {
        crate::ast::ExprKind::Constant { value, .. } => match value {
            Constant::Int(_) | Constant::Float(_) => real,
            Constant::Complex(..) => imaginary,
            _ => false,
        },
        _ => false,
    }
}

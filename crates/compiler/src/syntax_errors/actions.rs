//! Actions that need more than a message: checks of literals and calls, messages that depend on what is there.

use pvm_bytecode::repr::str_repr;

use super::engine::{Captures, Parser};
use super::node::{Kind, NodeId};
use super::raise::capture;
use crate::ast::{Location, Text};
use crate::lower::{InvalidEscape, NOT_ASCII, check_literal, check_text, number_error};
use crate::tokenizer::{TokenizerError, TokenizerWarning};

/// An action: gets the named parts and a list of all parts; gives a node, or nothing if the alternative does not count.
pub(super) type Function = fn(&mut Parser<'_>, &Captures, NodeId) -> Option<NodeId>;

/// The action of that name.
pub(super) fn function(name: &str) -> Function {
    match name {
        "interactive_exit" => |_, _, _| None,
        "completed" => completed,
        "number" => number,
        "string" => string,
        "concatenate" => concatenate,
        "joined_str" => joined_str,
        "format_text" => format_text,
        "ensure_real" => |p, c, _| ensure_number(p, c, false),
        "ensure_imaginary" => |p, c, _| ensure_number(p, c, true),
        "import_from" => import_from,
        "check_barry" => check_barry,
        "check_diamond" => check_diamond,
        "diamond" => diamond,
        "check_conversion" => check_conversion,
        "nonparen_genexp_in_call" => nonparen_genexp_in_call,
        "arguments_parsing_error" => arguments_parsing_error,
        "legacy_statement" => legacy_statement,
        "missing_comma" => missing_comma,
        "missing_colon_in_dict" => missing_colon_in_dict,
        "bound_of_type_var_tuple" => |p, c, _| bound_of(p, c, "TypeVarTuple"),
        "bound_of_param_spec" => |p, c, _| bound_of(p, c, "ParamSpec"),
        _ => unreachable!("the grammar names no action {name}"),
    }
}

fn text<'a>(p: &Parser<'a>, node: NodeId) -> &'a str {
    p.token_text(&p.tokens[p.nodes.get(node).start])
}

/// Notes where a compound statement is (`_PyPegen_register_stmts`).
fn completed(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let node = capture(captures, 'a');
    if p.use_invalid_rules {
        let location = p.location(node);
        if location.lineno > p.last_statement.0 {
            p.last_statement = (location.lineno, location.col_offset);
        }
    }
    Some(node)
}

/// Ints may be too long to convert, and underscores too new.
fn number(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let node = capture(captures, 'a');
    if p.flags.feature_version.is_some_and(|version| version < 6) && text(p, node).contains('_') {
        let what = "Underscores in numeric literals are only supported in Python 3.6 and greater";
        p.raise_here(what.to_owned());
        return None;
    }
    if let Some(message) = number_error(text(p, node), p.flags.max_str_digits) {
        let location = Location { col_offset: -1, end_col_offset: -1, ..p.location(node) };
        p.raise_between(location, message);
        return None;
    }
    Some(node)
}

/// Escapes must make sense.
fn string(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let node = capture(captures, 'a');
    match check_literal(text(p, node)) {
        Ok(literal) => {
            let kind = if literal.bytes { Kind::Bytes } else { Kind::Literal };
            p.nodes.set_kind(node, kind);
            warn_invalid_escape(p, literal.invalid_escape, p.location(node), literal.quotes)?;
            Some(node)
        }
        Err(message) if message == NOT_ASCII => {
            p.raise_between(p.location(node), message);
            None
        }
        Err(message) => {
            p.raise_here(message);
            None
        }
    }
}

/// Notes the first invalid escape of a token, or fails if that is to be an error; not when rules for wrong programs count (`warn_invalid_escape_sequence`).
fn warn_invalid_escape(p: &mut Parser<'_>, invalid: Option<InvalidEscape>, token: Location, quotes: i32) -> Option<()> {
    let Some(invalid) = invalid.filter(|_| !p.use_invalid_rules) else {
        return Some(());
    };
    let lineno = token.lineno + invalid.lines;
    let column = if invalid.lines == 0 { token.col_offset + quotes + invalid.column } else { invalid.column };
    let error = TokenizerError {
        message: invalid.message(true),
        lineno,
        offset: p.source.char_offset(lineno, column),
        end_offset: p.source.char_offset(lineno, column + 2),
        text: p.source.line(lineno).to_owned(),
    };
    let message = invalid.message(false);
    if p.fatal_warning == Some((&message, lineno)) {
        let location = Location { lineno, col_offset: column, end_lineno: lineno, end_col_offset: column + 2 };
        p.raise_between(location, invalid.message(true));
        return None;
    }
    p.tokenizer.warnings.push(TokenizerWarning { message, error });
    Some(())
}

/// Escapes between replacement fields must make sense, too.
fn joined_str(p: &mut Parser<'_>, captures: &Captures, node: NodeId) -> Option<NodeId> {
    let start = text(p, capture(captures, 'a'));
    p.nodes.set_kind(node, Kind::JoinedStr);
    if start.contains(['r', 'R']) {
        return Some(node);
    }
    let end = p.tokens[p.mark - 1];
    let quotes = (end.end - end.start) as i32;
    let end = Location { lineno: end.lineno, col_offset: end.col_offset, ..Location::default() };
    for part in p.nodes.get(capture(captures, 'b')).parts.clone() {
        if p.nodes.kind(part) == Kind::Token {
            check_middle(p, part, end, quotes)?;
        }
    }
    Some(node)
}

fn format_text(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let node = capture(captures, 'a');
    check_middle(p, node, p.location(node), 0)
}

/// Checks text of a string; a warning counts its place from the token at `anchor`.
fn check_middle(p: &mut Parser<'_>, node: NodeId, anchor: Location, quotes: i32) -> Option<NodeId> {
    match check_text(text(p, node)) {
        Ok(invalid) => {
            warn_invalid_escape(p, invalid, anchor, quotes)?;
            Some(node)
        }
        Err(message) => {
            p.raise_between(p.location(node), message);
            None
        }
    }
}

fn concatenate(p: &mut Parser<'_>, captures: &Captures, node: NodeId) -> Option<NodeId> {
    let parts = &p.nodes.get(capture(captures, 'a')).parts;
    let kinds: Vec<Kind> = parts.iter().map(|&part| p.nodes.kind(part)).collect();
    let bytes = kinds.contains(&Kind::Bytes);
    if bytes && kinds.iter().any(|kind| *kind != Kind::Bytes) {
        p.raise_here("cannot mix bytes and nonbytes literals".to_owned());
        return None;
    }
    let kind = if kinds.contains(&Kind::JoinedStr) { Kind::JoinedStr } else { Kind::Literal };
    p.nodes.set_kind(node, kind);
    Some(node)
}

fn ensure_number(p: &mut Parser<'_>, captures: &Captures, imaginary: bool) -> Option<NodeId> {
    let node = capture(captures, 'a');
    if text(p, node).ends_with(['j', 'J']) == imaginary {
        return Some(node);
    }
    let what = if imaginary { "imaginary" } else { "real" };
    let message = format!("{what} number required in complex literal");
    p.raise_between(p.location(node), message);
    None
}

/// `from __future__ import barry_as_FLUFL` counts at once (PEP 401).
fn import_from(p: &mut Parser<'_>, captures: &Captures, node: NodeId) -> Option<NodeId> {
    let absolute = p.nodes.get(capture(captures, 'a')).parts.is_empty();
    let module = capture(captures, 'b');
    if absolute && p.nodes.kind(module) == Kind::Name && text(p, module) == "__future__" {
        let names = p.nodes.get(capture(captures, 'c'));
        let tokens = &p.tokens[names.start..names.end];
        if tokens.iter().any(|token| p.token_text(token) == "barry_as_FLUFL") {
            p.flags.barry_as_bdfl = true;
        }
    }
    Some(node)
}

/// Which inequality operator is allowed (PEP 401).
fn check_barry(p: &mut Parser<'_>, _: &Captures, node: NodeId) -> Option<NodeId> {
    if p.flags.barry_as_bdfl {
        p.raise_here("with Barry as BDFL, use '<>' instead of '!='".to_owned());
        return None;
    }
    Some(node)
}

/// Whether `<` and `>` touch.
fn is_diamond(p: &Parser<'_>, captures: &Captures) -> bool {
    let token = |name| &p.tokens[p.nodes.get(capture(captures, name)).start];
    token('a').end == token('b').start
}

fn check_diamond(p: &mut Parser<'_>, captures: &Captures, node: NodeId) -> Option<NodeId> {
    (p.flags.barry_as_bdfl && is_diamond(p, captures)).then_some(node)
}

fn diamond(p: &mut Parser<'_>, captures: &Captures, node: NodeId) -> Option<NodeId> {
    if is_diamond(p, captures) && !p.flags.barry_as_bdfl {
        let message = "invalid syntax.  Maybe you meant '!=' instead of '<>'?";
        p.raise_between(p.location(node), message.to_owned());
    }
    None
}

/// A conversion stands right behind its exclamation mark, and there are three of them.
fn check_conversion(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let mark = p.location(capture(captures, 'a'));
    let name = capture(captures, 'b');
    let place = p.location(name);
    let prefix = p.tokenizer.string_prefix().unwrap_or('f');
    if mark.lineno != place.lineno || mark.end_col_offset != place.col_offset {
        let message = format!("{prefix}-string: conversion type must come right after the exclamation mark");
        p.raise_between(mark.to(place), message);
        return None;
    }
    let conversion = text(p, name);
    if !matches!(conversion, "s" | "r" | "a") {
        let message = format!(
            "{prefix}-string: invalid conversion character {}: expected 's', 'r', or 'a'",
            str_repr(&Text::from(conversion))
        );
        p.raise_between(place, message);
        return None;
    }
    Some(name)
}

/// Positional arguments and those of a starred kind, in order.
fn positional(p: &Parser<'_>, args: NodeId) -> Vec<NodeId> {
    let mut elements = p.nodes.elements(args);
    elements.retain(|&node| !matches!(p.nodes.kind(node), Kind::Keyword | Kind::DoubleStarred));
    elements
}

/// `f(a, b for b in c)`.
fn nonparen_genexp_in_call(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let args = positional(p, capture(captures, 'a'));
    let clauses = &p.nodes.get(capture(captures, 'b')).parts;
    if args.len() > 1
        && let Some(end) = clauses.last().and_then(|&clause| p.last_of_clause(clause))
    {
        let location = p.location(args[args.len() - 1]).to(p.location(end));
        p.raise_between(location, "Generator expression must be parenthesized".to_owned());
    }
    None
}

fn arguments_parsing_error(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let args = p.nodes.elements(capture(captures, 'a'));
    let unpacking = args.iter().any(|&arg| p.nodes.kind(arg) == Kind::DoubleStarred);
    let behind = if unpacking { " unpacking" } else { "" };
    p.raise_here(format!("positional argument follows keyword argument{behind}"));
    None
}

fn is_legacy(name: &str) -> bool {
    matches!(name, "print" | "exec")
}

/// `print x`.
fn legacy_statement(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let node = capture(captures, 'a');
    let name = text(p, node);
    if is_legacy(name) {
        let location = p.location(node).to(p.location(capture(captures, 'b')));
        let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
        p.raise_between(location, message);
    }
    None
}

/// Two expressions in a row within brackets.
fn missing_comma(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let node = capture(captures, 'a');
    let legacy = p.nodes.kind(node) == Kind::Name && is_legacy(text(p, node));
    if !legacy && p.tokens[p.mark - 1].level > 0 {
        let location = p.location(node).to(p.location(capture(captures, 'b')));
        p.raise_between(location, "invalid syntax. Perhaps you forgot a comma?".to_owned());
    }
    None
}

fn missing_colon_in_dict(p: &mut Parser<'_>, captures: &Captures, _: NodeId) -> Option<NodeId> {
    let key = p.location(capture(captures, 'a'));
    let location = Location { col_offset: key.end_col_offset - 1, end_col_offset: -1, ..key };
    p.raise_between(location, "':' expected after dictionary key".to_owned());
    None
}

fn bound_of(p: &mut Parser<'_>, captures: &Captures, what: &str) -> Option<NodeId> {
    let tuple = p.nodes.kind(capture(captures, 'b')) == Kind::Tuple;
    let bound = if tuple { "constraints" } else { "bound" };
    let colon = p.location(capture(captures, 'a'));
    p.raise_from(colon, format!("cannot use {bound} with {what}"));
    None
}

//! The tree and its scopes to instruction sequences (CPython's `codegen.c` and `compile.c`).
//!
//! A [`Compiler`] walks the tree with one [`Unit`] for each code object being made; whatever it emits is, instruction by
//! instruction and location by location, what CPython 3.14 emits, so that the optimised result is identical.
//!
//! - `unit`, `consts`: what is gathered for one code object
//! - `scopes`: entering and leaving units, qualified names, closures
//! - `emit`: adding instructions
//! - `statements`, `assignments`, `imports`, `try_blocks`, `try_star`, `with_statements`, `patterns`, `pattern_or`: statements
//! - `fblocks`: the blocks that `break`, `continue` and `return` leave
//! - `functions`, `classes`, `type_params`, `annotations`, `docstring`: definitions
//! - `expressions`, `names`, `conditions`, `displays`, `subscripts`, `strings`, `calls`, `super_calls`, `comprehensions`:
//!   expressions
//! - `oparg`: operands of operators
//! - `checks`: warnings about code that cannot be meant

mod annotations;
mod assignments;
mod calls;
mod checks;
mod classes;
mod comprehensions;
mod conditions;
mod consts;
mod displays;
mod docstring;
mod emit;
mod expressions;
mod fblocks;
mod functions;
mod imports;
mod names;
mod oparg;
mod pattern_or;
mod patterns;
mod scopes;
mod statements;
mod strings;
mod subscripts;
mod super_calls;
mod try_blocks;
mod try_star;
mod type_params;
mod unit;
mod with_statements;

use pvm_bytecode::flags::CO_FUTURE_ANNOTATIONS;
use pvm_bytecode::{CodeObject, Constant as Const, Opcode as Op, Text};

use crate::ast::{Identifier, Location as Loc, Mod, Stmt};
use crate::error::{CompileError, CompileWarning, SyntaxError, SyntaxErrorKind, WarningAction, WarningCategory, WarningSink};
use crate::instructions::{Label, NEXT_LOCATION, NO_LOCATION};
use crate::recursion::StackGuard;
use crate::symtable::{Key, SymbolTable};

use unit::{ScopeKind, Unit, UnitArgs};

/// Displays and calls that need more stack slots than this are built piece by piece (CPython's `_PY_STACK_USE_GUIDELINE`).
const STACK_USE_GUIDELINE: u32 = 30;

type Res<T = ()> = Result<T, CompileError>;

/// What a code generation needs to know besides the tree and its scopes.
pub struct Settings<'a> {
    /// `co_filename`.
    pub filename: &'a str,
    /// Level of optimisation: 0, 1 (no `assert`) or 2 (no docstrings).
    pub optimize: u8,
    /// `CO_FUTURE_*` in force, those that the tree imports included.
    pub future: u32,
}

/// Generates the code object of a tree.
///
/// # Errors
/// `SyntaxError` for what only the code generator finds, `RecursionError` for a tree too deep.
pub fn generate(
    tree: &Mod,
    symtable: SymbolTable,
    settings: &Settings<'_>,
    warnings: &mut dyn WarningSink,
) -> Result<CodeObject, CompileError> {
    let mut compiler = Compiler {
        filename: settings.filename,
        filename_text: Text::from(settings.filename),
        optimize: settings.optimize,
        future: settings.future,
        interactive: matches!(tree, Mod::Interactive { .. }),
        symtable,
        units: Vec::new(),
        warnings,
        silence: 0,
        stack: StackGuard::new(),
    };
    compiler.module(tree)
}

/// The state of one compilation.
struct Compiler<'a> {
    filename: &'a str,
    filename_text: Text,
    optimize: u8,
    future: u32,
    interactive: bool,
    symtable: SymbolTable,
    /// The code objects being made, the innermost last.
    units: Vec<Unit<'a>>,
    warnings: &'a mut dyn WarningSink,
    /// Warnings are dropped while this is not zero.
    silence: u32,
    stack: StackGuard,
}

impl<'a> Compiler<'a> {
    fn module(&mut self, tree: &'a Mod) -> Res<CodeObject> {
        self.enter_scope(Identifier::from("<module>"), ScopeKind::Module, Key::module(), 1, None, UnitArgs::default())?;
        let add_none = match tree {
            Mod::Module { body, .. } => {
                self.module_body(body, false)?;
                true
            }
            Mod::Interactive { body } => {
                self.module_body(body, true)?;
                true
            }
            Mod::Expression { body } => {
                self.visit_expr(body)?;
                false
            }
            Mod::FunctionType { .. } => {
                return Err(CompileError::System("module kind 4 should not be possible".to_owned()));
            }
        };
        self.assemble(add_none)
    }

    fn module_body(&mut self, body: &'a [Stmt], is_interactive: bool) -> Res {
        let start = body.first().map_or(Loc { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 }, |stmt| stmt.location);
        if self.scope().has_conditional_annotations {
            self.op_i(start, Op::BuildSet, 0);
            self.raw_name_op(start, Op::StoreName, &Identifier::from("__conditional_annotations__"));
        }
        self.body(start, body, is_interactive)
    }

    /// The statements of a module or class, with its docstring and annotations.
    fn body(&mut self, loc: Loc, stmts: &'a [Stmt], is_interactive: bool) -> Res {
        let future_annotations = self.has_future_annotations();
        if future_annotations && self.scope().annotations_used {
            self.op(loc, Op::SetupAnnotations);
        }
        let Some((first, rest)) = stmts.split_first() else {
            return Ok(());
        };
        let mut stmts = stmts;
        // A string at the prompt is no docstring.
        if !is_interactive
            && self.scope().has_docstring
            && let Some((loc, text)) = docstring::of(first)
        {
            stmts = rest;
            self.load_const(loc, Const::Str(docstring::clean(text)?));
            self.store_name(NO_LOCATION, &Identifier::from("__doc__"))?;
        }
        self.visit_stmts(stmts)?;
        if !future_annotations {
            self.process_deferred_annotations(loc)?;
        }
        Ok(())
    }

    /// Whether `from __future__ import annotations` is in force (PEP 563).
    fn has_future_annotations(&self) -> bool {
        self.future & CO_FUTURE_ANNOTATIONS != 0
    }

    fn is_interactive_top_level(&self) -> bool {
        self.interactive && self.units.len() == 1
    }

    fn syntax_error(&self, loc: Loc, message: impl Into<String>) -> CompileError {
        SyntaxError {
            kind: SyntaxErrorKind::SyntaxError,
            message: message.into(),
            filename: self.filename.to_owned(),
            lineno: loc.lineno,
            offset: loc.col_offset + 1,
            end_lineno: loc.end_lineno,
            end_offset: loc.end_col_offset + 1,
            text: None,
            context: None,
        }
        .into()
    }

    fn error<T>(&self, loc: Loc, message: impl Into<String>) -> Res<T> {
        Err(self.syntax_error(loc, message))
    }

    /// Gives a `SyntaxWarning`, which a filter may turn into an error.
    fn warn(&mut self, loc: Loc, message: String) -> Res {
        if self.silence > 0 {
            return Ok(());
        }
        let action = self.warnings.warn(CompileWarning {
            category: WarningCategory::SyntaxWarning,
            message: message.clone(),
            location: loc,
        });
        match action {
            WarningAction::Continue => Ok(()),
            WarningAction::Error => self.error(loc, message),
            WarningAction::Abort => Err(CompileError::Aborted),
        }
    }
}

/// The error of a tree that no parser made and that validation would refuse.
fn malformed<T>(message: &str) -> Res<T> {
    Err(CompileError::Value(message.to_owned()))
}

/// A name as a string constant.
fn name_const(name: &Identifier) -> Const {
    Const::Str(Text::from(&**name))
}

/// A tuple constant.
fn tuple_const(items: impl IntoIterator<Item = Const>) -> Const {
    Const::Tuple(items.into_iter().collect())
}

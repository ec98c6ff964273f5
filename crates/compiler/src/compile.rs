//! The whole way from source or tree to a code object: what `compile()`, imports and the build of the frozen library call.

use pvm_bytecode::CodeObject;
use pvm_bytecode::flags::{CO_FUTURE_ANNOTATIONS, CO_FUTURE_BARRY_AS_BDFL};

use crate::ast::Mod;
use crate::codegen::{self, Settings};
use crate::deep_stack::{self, ANY_LENGTH};
use crate::error::{CompileError, WarningSink};
use crate::lower::{Mode, ParseFlags, parse};
use crate::preprocess::{PreprocessOptions, preprocess};
use crate::source::{Decoder, Origin, SourceText};
use crate::symtable::{FutureFeatures, SymbolTable};

/// Flags of `compile()` that are no futures (CPython's `PyCF_*`).
pub mod flag {
    /// The source is text already: no encoding declaration counts.
    pub const SOURCE_IS_UTF8: u32 = 0x100;
    /// A block at the end of the input is not complete.
    pub const DONT_IMPLY_DEDENT: u32 = 0x200;
    /// Stop at the tree.
    pub const ONLY_AST: u32 = 0x400;
    /// Encoding declarations are ignored.
    pub const IGNORE_COOKIE: u32 = 0x800;
    /// Type comments are part of the tree.
    pub const TYPE_COMMENTS: u32 = 0x1000;
    /// `await` is allowed at the top level.
    pub const ALLOW_TOP_LEVEL_AWAIT: u32 = 0x2000;
    /// Input that more lines could complete is reported as such.
    pub const ALLOW_INCOMPLETE_INPUT: u32 = 0x4000;
    /// Stop at the optimised tree.
    pub const OPTIMIZED_AST: u32 = 0x8000 | ONLY_AST;
}

/// How to compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CompileOptions {
    /// Level of optimisation: 0, 1 (`-O`: no `assert`) or 2 (`-OO`: no docstrings either).
    pub optimize: u8,
    /// `CO_FUTURE_*` to inherit and [`flag`]s.
    pub flags: u32,
    /// The minor version whose grammar is asked for; `None` for the newest.
    pub feature_version: Option<u8>,
    /// How many digits a decimal int may have, 0 for any number; `None` for CPython's default.
    pub max_str_digits: Option<usize>,
}

impl CompileOptions {
    /// What the parser needs to know of them.
    pub fn parse_flags(&self) -> ParseFlags {
        let has = |flag| self.flags & flag != 0;
        ParseFlags {
            type_comments: has(flag::TYPE_COMMENTS),
            dont_imply_dedent: has(flag::DONT_IMPLY_DEDENT),
            allow_incomplete_input: has(flag::ALLOW_INCOMPLETE_INPUT),
            barry_as_bdfl: has(CO_FUTURE_BARRY_AS_BDFL),
            feature_version: self.feature_version,
            max_str_digits: self.max_str_digits,
        }
    }
}

/// Source to be compiled.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// Text.
    Text(&'a str),
    /// Bytes, decoded as their byte order mark or encoding declaration says; encodings that are not native to the compiler
    /// are left to the decoder.
    Bytes(&'a [u8], Decoder<'a>),
    /// As `Bytes`, of a script that the command itself reads: its errors are those of CPython's tokenizer of files.
    Script(&'a [u8], Decoder<'a>),
}

impl Source<'_> {
    fn len(&self) -> usize {
        match self {
            Source::Text(text) => text.len(),
            Source::Bytes(bytes, _) | Source::Script(bytes, _) => bytes.len(),
        }
    }

    /// An error of the parser as CPython's tokenizer of files places it: the source is not at hand, the last line is as it is
    /// in the file, and where a line holds nothing but the backslash that should continue it, the place in it is lost.
    fn placed(&self, mut error: CompileError) -> CompileError {
        if let (Source::Script(bytes, _), CompileError::Syntax(error)) = (self, &mut error)
            && let Some(context) = &mut error.context
        {
            context.source = None;
            let last = bytes.iter().filter(|&&byte| byte == b'\n').count() as i32 + 1;
            if let Some(text) = &mut error.text {
                if error.lineno == last && text.ends_with('\n') {
                    text.pop();
                }
                if text.trim() == "\\" && error.message == "unexpected EOF while parsing" {
                    error.offset = 0;
                }
            }
        }
        error
    }

    fn text(&self, filename: &str) -> Result<SourceText, CompileError> {
        match self {
            Source::Text(text) => Ok(SourceText::new(text)),
            Source::Bytes(bytes, decoder) => {
                SourceText::from_bytes(bytes, filename, Origin::Bytes, decoder).map_err(CompileError::Syntax)
            }
            Source::Script(bytes, decoder) => {
                SourceText::from_bytes(bytes, filename, Origin::Script, decoder).map_err(CompileError::Syntax)
            }
        }
    }
}

/// Compiles source to a code object.
///
/// The warnings arrive in the order of their discovery, all before this returns; one that `warnings` turns into an error
/// ends the compilation with a `SyntaxError`.
///
/// # Errors
/// `SyntaxError` and its kin, `RecursionError` or `MemoryError` for source that nests too deeply.
pub fn compile_source(
    source: Source<'_>,
    filename: &str,
    mode: Mode,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<CodeObject, CompileError> {
    deep_stack::run(source.len(), warnings, |warnings| {
        let text = source.text(filename)?;
        let parsed = parse(&text, filename, mode, options.parse_flags(), warnings);
        let mut tree = parsed.map_err(|error| source.placed(error))?;
        tree_to_code(&mut tree, filename, options, warnings)
    })
}

/// Parses source to a tree, optimised if [`flag::OPTIMIZED_AST`] says so.
///
/// # Errors
/// As for [`compile_source`].
pub fn parse_source(
    source: Source<'_>,
    filename: &str,
    mode: Mode,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<Mod, CompileError> {
    deep_stack::run(source.len(), warnings, |warnings| {
        let text = source.text(filename)?;
        let mut tree = parse(&text, filename, mode, options.parse_flags(), warnings)?;
        preprocess_tree(&mut tree, filename, options, warnings)?;
        Ok(tree)
    })
}

/// Optimises a tree that is asked for as such; without [`flag::OPTIMIZED_AST`] only warns of what is suspect in it.
///
/// # Errors
/// As for [`compile_source`].
pub fn preprocess_ast(
    tree: &mut Mod,
    filename: &str,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<(), CompileError> {
    deep_stack::run(ANY_LENGTH, warnings, |warnings| preprocess_tree(tree, filename, options, warnings))
}

fn preprocess_tree(
    tree: &mut Mod,
    filename: &str,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<(), CompileError> {
    let future = FutureFeatures::from_ast(tree, filename)?.features | options.flags;
    let preprocessing = PreprocessOptions {
        optimize: options.optimize,
        future_annotations: future & CO_FUTURE_ANNOTATIONS != 0,
        syntax_check_only: options.flags & flag::OPTIMIZED_AST == flag::ONLY_AST,
        enable_warnings: false,
    };
    preprocess(tree, filename, preprocessing, warnings)
}

/// Compiles a tree to a code object.
///
/// # Errors
/// As for [`compile_source`].
pub fn compile_ast(
    tree: Mod,
    filename: &str,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<CodeObject, CompileError> {
    let mut tree = tree;
    let code = deep_stack::run(ANY_LENGTH, warnings, |warnings| tree_to_code(&mut tree, filename, options, warnings));
    deep_stack::on_fitting_stack(ANY_LENGTH, || drop(tree));
    code
}

fn tree_to_code(
    tree: &mut Mod,
    filename: &str,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<CodeObject, CompileError> {
    let mut future = FutureFeatures::from_ast(tree, filename)?;
    future.features |= options.flags;
    let preprocessing = PreprocessOptions {
        optimize: options.optimize,
        future_annotations: future.has(CO_FUTURE_ANNOTATIONS),
        syntax_check_only: false,
        enable_warnings: true,
    };
    preprocess(tree, filename, preprocessing, warnings)?;
    let symtable = SymbolTable::build(tree, filename, &future)?;
    let settings = Settings { filename, optimize: options.optimize, future: future.features };
    codegen::generate(tree, symtable, &settings, warnings)
}

/// Finds the scopes of a source, as `symtable` shows them (`_Py_SymtableStringObjectFlags`).
///
/// # Errors
/// As for [`compile_source`].
pub fn symtable_source(
    source: Source<'_>,
    filename: &str,
    mode: Mode,
    options: CompileOptions,
    warnings: &mut dyn WarningSink,
) -> Result<SymbolTable, CompileError> {
    deep_stack::run(source.len(), warnings, |warnings| {
        let text = source.text(filename)?;
        let tree = parse(&text, filename, mode, options.parse_flags(), warnings)?;
        let mut future = FutureFeatures::from_ast(&tree, filename)?;
        future.features |= options.flags;
        SymbolTable::build(&tree, filename, &future)
    })
}

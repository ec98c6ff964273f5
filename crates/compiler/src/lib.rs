//! Source to syntax tree to scopes to control-flow graph to code object; syntax errors.
//!
//! A newcomer starts with [`compile`], which shows the way, and the tree in [`ast`].
//!
//! - [`compile`]: the whole way, what others call; `deep_stack`: the stack it runs on
//! - [`source`]: bytes to text, encodings, lines
//! - [`ast`]: the syntax tree, CPython's shape
//! - [`lower`]: the parser's tree to ours
//! - [`names`]: characters' names, for `\N{…}`
//! - [`preprocess`]: folding and checks on the tree
//! - [`symtable`]: the scopes and where each name lives
//! - `codegen`: the tree to instructions
//! - [`instructions`]: linear code with labels
//! - [`flowgraph`]: basic blocks and their optimisation
//! - `assemble`: instructions to bytes and tables
//! - [`tokenizer`]: CPython's tokens, for errors and for `tokenize`
//! - `syntax_errors`: what is wrong with a source that does not parse
//! - [`unparse`]: source of an expression
//! - [`validate`]: checks of trees that programs build
//! - [`recursion`]: how deep a pass may go
//! - [`error`]: syntax errors and warnings

mod assemble;
pub mod ast;
mod codegen;
pub mod compile;
mod deep_stack;
pub mod error;
pub mod flowgraph;
pub mod instructions;
pub mod lower;
pub mod names;
pub mod preprocess;
pub mod recursion;
pub mod source;
pub mod symtable;
mod syntax_errors;
pub mod tokenizer;
pub mod unparse;
pub mod validate;

pub use compile::{CompileOptions, Source, compile_ast, compile_source, parse_source, preprocess_ast, symtable_source};
pub use error::{CompileError, CompileWarning, SyntaxError, WarningSink};
pub use lower::{Mode, ParseFlags, parse};
pub use source::SourceText;

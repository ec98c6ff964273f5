//! The abstract syntax tree: the nodes, fields and positions of CPython 3.14's `Python.asdl`.
//!
//! - `nodes`: the node types. Statements that come in a plain and an `async` (or starred) form share one struct.
//! - `visit`: a visitor that walks a tree in CPython's field order.
//!
//! It is not the parser's own tree, because positions, string merging and folding must be CPython's to the letter, and
//! because `ast.parse` and `compile(tree)` convert to and from exactly this shape.

mod nodes;
pub mod visit;

pub use nodes::*;
pub use pvm_bytecode::{Constant, Text};

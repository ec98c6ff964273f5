//! Between the compiler's tree and the objects of `ast`: `ast.parse`, `compile` of a tree that a program built, and the
//! module `_ast`.
//!
//! - `nodes.rs`: the grammar as a table; `classes.rs`: the classes made of it; `base.rs`, `repr.rs`: what all nodes can do
//! - `to_objects/`, `from_objects/`: the two directions
//! - `module.rs`: what programs see

mod base;
mod classes;
mod from_objects;
mod module;
mod nodes;
mod repr;
mod to_objects;

use std::sync::Arc;

use pvm_compiler::compile::flag;
use pvm_compiler::{CompileOptions, Mode};
use pvm_object::{PyResult, Value, Vm};

use crate::codes;
use crate::compile_errors::{self, Warnings};
use crate::source::{self, Text};

pub use module::MODULE;

/// The code of a tree that a program built, or the tree itself where the flags ask for no more; `None` where the source is no
/// tree.
pub fn compile(vm: &mut Vm, source: &Value, filename: &str, mode: Mode, options: CompileOptions) -> PyResult<Option<Value>> {
    if !base::is_node(source) {
        return Ok(None);
    }
    if options.flags & flag::OPTIMIZED_AST == flag::ONLY_AST {
        from_objects::check_mode(vm, source, mode)?;
        return Ok(Some(source.clone()));
    }
    crate::audit::event(vm, "compile", &[source.clone(), Value::none()])?;
    let mut tree = from_objects::convert(vm, source, mode)?;
    if let Err(error) = pvm_compiler::validate::validate(&tree) {
        return Err(compile_errors::raise(vm, error));
    }
    let mut warnings = Warnings::new(vm, filename);
    if options.flags & flag::ONLY_AST != 0 {
        let result = pvm_compiler::preprocess_ast(&mut tree, filename, options, &mut warnings);
        warnings.finish(result)?;
        return to_objects::convert(vm, &tree).map(Some);
    }
    let result = pvm_compiler::compile_ast(tree, filename, options, &mut warnings);
    let code = warnings.finish(result)?;
    Ok(Some(codes::from_raw(vm, Arc::new(code))?.into()))
}

/// The tree of a source as objects.
pub fn parse(vm: &mut Vm, text: &Text, filename: &str, mode: Mode, options: CompileOptions) -> PyResult {
    let tree = source::parse(vm, text, filename, mode, options)?;
    to_objects::convert(vm, &tree)
}

//! The scopes of a program and where each of its names lives (CPython's `symtable.c`).
//!
//! - `entry`: a scope and its names
//! - `build`, `statements`, `expressions`, `definitions`: the first pass, which collects facts from the tree
//! - `analyze`: the second pass, which decides each name's scope
//! - `mangle`: private names of classes
//! - `future`: `from __future__ import …`

mod analyze;
mod build;
mod definitions;
mod entry;
mod expressions;
mod future;
mod mangle;
mod statements;

use std::collections::{HashMap, HashSet};
use std::ops::{Index, IndexMut};

pub use entry::{BlockType, Comprehension, Entry, Name, SCOPE_MASK, SCOPE_OFFSET, Scope, Symbols, def};
pub use future::{FutureFeatures, feature};
pub use mangle::mangle;

use crate::ast;
use crate::error::CompileError;

/// Names a scope of one [`SymbolTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(u32);

impl EntryId {
    /// The scope's number, in order of creation.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names a set of names to be mangled, which nested scopes share.
#[derive(Debug, Clone, Copy)]
pub(super) struct MangledSet(usize);

/// What a scope was made for: a tree node by its address. The tree must not move while its table is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(KeyKind, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum KeyKind {
    Module,
    Stmt,
    Expr,
    TypeParams,
    Annotations,
    ScopeAnnotations,
    Bound,
    Default,
}

impl Key {
    /// The module.
    pub fn module() -> Key {
        Key(KeyKind::Module, 0)
    }

    /// A function, a class or a `type` statement.
    pub fn stmt(node: &ast::Stmt) -> Key {
        Key(KeyKind::Stmt, std::ptr::from_ref(node).addr())
    }

    /// A `lambda`, a comprehension or a generator expression.
    pub fn expr(node: &ast::Expr) -> Key {
        Key(KeyKind::Expr, std::ptr::from_ref(node).addr())
    }

    /// The type parameters of the function, class or alias that `node` defines.
    pub fn type_params(node: &ast::Stmt) -> Key {
        Key(KeyKind::TypeParams, std::ptr::from_ref(node).addr())
    }

    /// The annotations of the function that `node` defines.
    pub fn annotations(node: &ast::Stmt) -> Key {
        Key(KeyKind::Annotations, std::ptr::from_ref(node).addr())
    }

    /// The annotations of a class or module, kept in its [`Entry::annotation_block`] too.
    pub fn scope_annotations(scope: EntryId) -> Key {
        Key(KeyKind::ScopeAnnotations, scope.index())
    }

    /// The bound or constraints of a type variable.
    pub fn bound(node: &ast::TypeParam) -> Key {
        Key(KeyKind::Bound, std::ptr::from_ref(node).addr())
    }

    /// The default of a type parameter.
    pub fn default(node: &ast::TypeParam) -> Key {
        Key(KeyKind::Default, std::ptr::from_ref(node).addr())
    }
}

/// The scopes of one tree.
#[derive(Debug, Clone)]
pub struct SymbolTable {
    entries: Vec<Entry>,
    keys: HashMap<Key, EntryId>,
    mangled_sets: Vec<HashSet<Name>>,
}

impl SymbolTable {
    /// Finds the scopes of `module` (CPython's `_PySymtable_Build`).
    ///
    /// # Errors
    /// A `SyntaxError` about the use of names, or `RecursionError` for a tree too deep.
    pub fn build(module: &ast::Mod, filename: &str, future: &FutureFeatures) -> Result<SymbolTable, CompileError> {
        let mut table = build::collect(module, filename, future)?;
        analyze::analyze(&mut table, filename)?;
        Ok(table)
    }

    /// The module's scope.
    pub fn top(&self) -> EntryId {
        EntryId(0)
    }

    /// The scope made for a node.
    pub fn lookup(&self, key: Key) -> Option<EntryId> {
        self.keys.get(&key).copied()
    }

    /// Every scope, in order of creation.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        (0..).map(EntryId).zip(&self.entries)
    }

    /// Mangles `name` as seen from `scope` in class `class` (CPython's `_Py_MaybeMangle`).
    pub fn maybe_mangle(&self, class: Option<&str>, scope: EntryId, name: &Name) -> Name {
        let only = self[scope].mangled_names.map(|set| &self.mangled_sets[set.0]);
        mangle::maybe_mangle(class, only, name)
    }
}

impl Index<EntryId> for SymbolTable {
    type Output = Entry;

    fn index(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }
}

impl IndexMut<EntryId> for SymbolTable {
    fn index_mut(&mut self, id: EntryId) -> &mut Entry {
        &mut self.entries[id.index()]
    }
}

/// Whether a body starts with a docstring (CPython's `_PyAST_GetDocString`).
pub(crate) fn has_docstring(body: &[ast::Stmt]) -> bool {
    match body.first().map(|stmt| &stmt.kind) {
        Some(ast::StmtKind::Expr { value }) => matches!(value.kind, ast::ExprKind::Constant { value: ast::Constant::Str(_), .. }),
        _ => false,
    }
}

#[cfg(test)]
mod tests;

//! What is gathered for one code object while its part of the tree is walked.

use std::collections::{BTreeSet, HashMap};

use super::consts::ConstTable;
use super::fblocks::FBlock;
use crate::ast::{Expr, Identifier, Location};
use crate::instructions::InstructionSequence;
use crate::symtable::EntryId;

/// What a code object is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
    /// Annotations, type parameters, bounds, defaults and the values of aliases.
    Annotations,
}

/// Numbers of parameters, each kind on its own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct UnitArgs {
    /// Without the positional-only ones.
    pub args: u32,
    pub posonly: u32,
    pub kwonly: u32,
}

/// Names with their indices.
#[derive(Default)]
pub(super) struct NameTable {
    names: Vec<Identifier>,
    index: HashMap<Identifier, u32>,
    /// The index of the first name: free variables come after the cells.
    offset: u32,
}

impl NameTable {
    /// A table with these names, numbered from `offset`.
    pub fn from_names(names: impl IntoIterator<Item = Identifier>, offset: u32) -> NameTable {
        let mut table = NameTable { offset, ..NameTable::default() };
        for name in names {
            table.add(&name);
        }
        table
    }

    /// The index of `name`, which is added if it is new.
    pub fn add(&mut self, name: &Identifier) -> u32 {
        if let Some(index) = self.index.get(name) {
            return *index;
        }
        let index = self.offset + self.names.len() as u32;
        self.index.insert(name.clone(), index);
        self.names.push(name.clone());
        index
    }

    /// The index of `name`.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// The names in order.
    pub fn names(&self) -> &[Identifier] {
        &self.names
    }

    /// The names in order, taken out.
    pub fn into_names(self) -> Vec<Identifier> {
        self.names
    }
}

/// An annotation that is evaluated in the scope's `__annotate__` (PEP 649).
#[derive(Clone)]
pub(super) struct DeferredAnnotation<'a> {
    /// The statement's.
    pub location: Location,
    pub name: &'a Identifier,
    pub annotation: &'a Expr,
    /// Its number among those that may not be executed.
    pub conditional_index: Option<u32>,
}

/// One code object being made.
pub(super) struct Unit<'a> {
    pub scope: EntryId,
    pub kind: ScopeKind,
    pub name: Identifier,
    pub qualname: String,
    pub args: UnitArgs,
    pub firstlineno: i32,
    /// The class whose private names are mangled.
    pub private: Option<Identifier>,
    pub consts: ConstTable,
    pub names: NameTable,
    pub varnames: NameTable,
    pub cellvars: NameTable,
    pub freevars: NameTable,
    /// Names that are locals only inside an inlined comprehension; true while that is being compiled.
    pub fast_hidden: HashMap<Identifier, bool>,
    pub sequence: InstructionSequence,
    pub fblocks: Vec<FBlock<'a>>,
    /// How many inlined comprehensions surround the place.
    pub inlined_depth: u32,
    /// How many statements whose body may not run surround the place.
    pub conditional_depth: u32,
    /// Attributes that methods set on `self`.
    pub static_attributes: BTreeSet<Identifier>,
    pub deferred_annotations: Vec<DeferredAnnotation<'a>>,
    pub next_conditional_index: u32,
}

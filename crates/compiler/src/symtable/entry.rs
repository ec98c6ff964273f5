//! One scope of a program: its kind, its names and what analysis found about them.

use std::collections::HashMap;
use std::sync::Arc;

use super::{EntryId, MangledSet};
use crate::ast::Location;

/// A name.
pub type Name = Arc<str>;

/// How a name is bound and used in a scope: bits in the low half of a symbol's flags (CPython's `DEF_*` and `USE`).
pub mod def {
    /// `global` statement.
    pub const GLOBAL: u32 = 1;
    /// Assignment.
    pub const LOCAL: u32 = 2;
    /// Parameter.
    pub const PARAM: u32 = 2 << 1;
    /// `nonlocal` statement.
    pub const NONLOCAL: u32 = 2 << 2;
    /// The name is read.
    pub const USE: u32 = 2 << 3;
    /// Free in a method, and bound in its class.
    pub const FREE_CLASS: u32 = 2 << 5;
    /// Bound by an import.
    pub const IMPORT: u32 = 2 << 6;
    /// Annotated.
    pub const ANNOT: u32 = 2 << 7;
    /// Iteration variable of a comprehension.
    pub const COMP_ITER: u32 = 2 << 8;
    /// Type parameter.
    pub const TYPE_PARAM: u32 = 2 << 9;
    /// A cell in an inlined comprehension.
    pub const COMP_CELL: u32 = 2 << 10;
    /// Bound in any way.
    pub const BOUND: u32 = LOCAL | PARAM | IMPORT;
}

/// Bit at which a symbol's scope starts in its flags.
pub const SCOPE_OFFSET: u32 = 12;
/// Width of the scope in a symbol's flags.
pub const SCOPE_MASK: u32 = def::GLOBAL | def::LOCAL | def::PARAM | def::NONLOCAL;

/// Where a name lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A local variable of this scope.
    Local = 1,
    /// Declared `global`.
    GlobalExplicit = 2,
    /// Found nowhere: a global or a built-in.
    GlobalImplicit = 3,
    /// Bound in an enclosing scope.
    Free = 4,
    /// Bound here and free in a child.
    Cell = 5,
}

impl Scope {
    /// The scope in a symbol's flags; `None` for a name the scope does not know.
    pub fn of(flags: u32) -> Option<Scope> {
        Some(match (flags >> SCOPE_OFFSET) & SCOPE_MASK {
            1 => Scope::Local,
            2 => Scope::GlobalExplicit,
            3 => Scope::GlobalImplicit,
            4 => Scope::Free,
            5 => Scope::Cell,
            _ => return None,
        })
    }
}

/// What a scope belongs to; the numbers are `_symtable`'s `TYPE_*`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockType {
    Function = 0,
    Class = 1,
    Module = 2,
    /// The lazily evaluated annotations of a function, class or module (PEP 649).
    Annotation = 3,
    /// The value of a `type` statement (PEP 695).
    TypeAlias = 4,
    /// The type parameters of a generic function, class or alias.
    TypeParameters = 5,
    /// The bound, constraints or default of one type parameter.
    TypeVariable = 6,
}

/// Which comprehension a function scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comprehension {
    List,
    Dict,
    Set,
    Generator,
}

/// A scope's names with their flags, in order of first appearance.
#[derive(Debug, Clone, Default)]
pub struct Symbols {
    order: Vec<(Name, u32)>,
    index: HashMap<Name, u32>,
}

impl Symbols {
    /// The flags of `name`.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.index.get(name).map(|&at| self.order[at as usize].1)
    }

    /// Sets the flags of `name`; a new name goes to the end.
    pub fn insert(&mut self, name: Name, flags: u32) {
        if let Some(&at) = self.index.get(&name) {
            self.order[at as usize].1 = flags;
        } else {
            self.index.insert(name.clone(), self.order.len() as u32);
            self.order.push((name, flags));
        }
    }

    /// Forgets `name`.
    pub fn remove(&mut self, name: &str) -> Option<u32> {
        let at = self.index.remove(name)? as usize;
        let (_, flags) = self.order.remove(at);
        for (name, _) in &self.order[at..] {
            if let Some(position) = self.index.get_mut(name) {
                *position -= 1;
            }
        }
        Some(flags)
    }

    /// Every name and its flags.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, u32)> {
        self.order.iter().map(|(name, flags)| (name, *flags))
    }

    /// Every name and its flags, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&Name, &mut u32)> {
        self.order.iter_mut().map(|(name, flags)| (&*name, flags))
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

/// A name a `global` or `nonlocal` statement (or an assignment expression) declares, and where.
#[derive(Debug, Clone)]
pub(super) struct Directive {
    pub name: Name,
    pub location: Location,
}

/// One scope (CPython's `PySTEntryObject`).
#[derive(Debug, Clone)]
pub struct Entry {
    /// Kind of scope.
    pub block: BlockType,
    /// Name of the function, class or parameter; `top`, `lambda`, `genexpr`, `__annotate__` … otherwise.
    pub name: Name,
    /// Names of the scope.
    pub symbols: Symbols,
    /// Parameters, in the order of the code object's variables.
    pub varnames: Vec<Name>,
    /// Scopes within.
    pub children: Vec<EntryId>,
    /// Where the scope's statement or expression stands.
    pub location: Location,
    /// Whether it stands in a function.
    pub nested: bool,
    /// Whether it is a generator.
    pub generator: bool,
    /// Whether it is a coroutine.
    pub coroutine: bool,
    /// Whether there are annotations.
    pub annotations_used: bool,
    /// Kind of comprehension, if it is one.
    pub comprehension: Option<Comprehension>,
    /// Whether there is a `*args`.
    pub varargs: bool,
    /// Whether there is a `**kwargs`.
    pub varkeywords: bool,
    /// Whether a `return` has a value.
    pub returns_value: bool,
    /// Class: whether a closure over `__class__` is needed.
    pub needs_class_closure: bool,
    /// Class: whether a closure over `__classdict__` is needed.
    pub needs_classdict: bool,
    /// Comprehension: whether it runs in its parent's frame (PEP 709).
    pub comp_inlined: bool,
    /// Whether names of the enclosing class are visible.
    pub can_see_class_scope: bool,
    /// Whether the body starts with a docstring.
    pub has_docstring: bool,
    /// Whether it is a function directly in a class.
    pub method: bool,
    /// Whether some annotations may or may not be executed.
    pub has_conditional_annotations: bool,
    /// The scope of this scope's annotations.
    pub annotation_block: Option<EntryId>,
    /// Names that are mangled in and below a generic class's type parameters.
    pub(super) mangled_names: Option<MangledSet>,
    /// Declarations, for errors found during analysis.
    pub(super) directives: Vec<Directive>,
    /// What the scope is, in the words of an error message ("a TypeVar bound").
    pub(super) scope_info: Option<&'static str>,
    /// Set while a comprehension's target is visited.
    pub(super) comp_iter_target: bool,
    /// How many comprehension iterables are being visited.
    pub(super) comp_iter_expr: u32,
    /// Set inside a statement that may not be executed.
    pub(super) in_conditional_block: bool,
    /// Set inside an annotation that is never evaluated.
    pub(super) in_unevaluated_annotation: bool,
}

impl Entry {
    pub(super) fn new(block: BlockType, name: Name, location: Location) -> Self {
        Entry {
            block,
            name,
            symbols: Symbols::default(),
            varnames: Vec::new(),
            children: Vec::new(),
            location,
            nested: false,
            generator: false,
            coroutine: false,
            annotations_used: false,
            comprehension: None,
            varargs: false,
            varkeywords: false,
            returns_value: false,
            needs_class_closure: false,
            needs_classdict: false,
            comp_inlined: false,
            can_see_class_scope: false,
            has_docstring: false,
            method: false,
            has_conditional_annotations: false,
            annotation_block: None,
            mangled_names: None,
            directives: Vec::new(),
            scope_info: None,
            comp_iter_target: false,
            comp_iter_expr: 0,
            in_conditional_block: false,
            in_unevaluated_annotation: false,
        }
    }

    /// Flags of `name` (already mangled); 0 for a name the scope does not know.
    pub fn symbol(&self, name: &str) -> u32 {
        self.symbols.get(name).unwrap_or(0)
    }

    /// Where `name` (already mangled) lives.
    pub fn scope(&self, name: &str) -> Option<Scope> {
        Scope::of(self.symbol(name))
    }

    /// Whether names in it resolve as in a function.
    pub fn is_function_like(&self) -> bool {
        matches!(
            self.block,
            BlockType::Function
                | BlockType::Annotation
                | BlockType::TypeVariable
                | BlockType::TypeAlias
                | BlockType::TypeParameters
        )
    }
}

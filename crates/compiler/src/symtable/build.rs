//! The state of the first pass: entering and leaving scopes, recording definitions.

use std::collections::{HashMap, HashSet};

use super::entry::Directive;
use super::future::syntax_error;
use super::{BlockType, Entry, EntryId, FutureFeatures, Key, MangledSet, Name, SymbolTable, def, feature};
use crate::ast::{ExprContext, Location, Mod};
use crate::error::CompileError;
use crate::recursion::StackGuard;

pub(super) type Outcome = Result<(), CompileError>;

/// Collects the facts of a tree (CPython's `struct symtable` while it is built).
pub(super) struct Builder<'a> {
    pub table: SymbolTable,
    pub filename: &'a str,
    pub future: &'a FutureFeatures,
    /// The scopes being visited, the innermost last.
    pub stack: Vec<EntryId>,
    /// The class whose private names are mangled.
    pub private: Option<Name>,
    pub guard: StackGuard,
}

/// Runs the first pass over `module`.
pub(super) fn collect(module: &Mod, filename: &str, future: &FutureFeatures) -> Result<SymbolTable, CompileError> {
    let mut builder = Builder {
        table: SymbolTable { entries: Vec::new(), keys: HashMap::new(), mangled_sets: Vec::new() },
        filename,
        future,
        stack: Vec::new(),
        private: None,
        guard: StackGuard::new(),
    };
    builder.enter("top".into(), BlockType::Module, Key::module(), Location::default())?;
    match module {
        Mod::Module { body, .. } => {
            builder.cur_mut().has_docstring = super::has_docstring(body);
            builder.visit_body(body)?;
        }
        Mod::Interactive { body } => builder.visit_body(body)?,
        Mod::Expression { body } => builder.visit_expr(body)?,
        Mod::FunctionType { .. } => {
            return Err(CompileError::System("this compiler does not handle FunctionTypes".to_owned()));
        }
    }
    builder.exit();
    Ok(builder.table)
}

impl Builder<'_> {
    /// The innermost scope's id.
    pub fn current(&self) -> EntryId {
        *self.stack.last().expect("a scope is being visited")
    }

    /// The innermost scope.
    pub fn cur(&self) -> &Entry {
        &self.table[self.current()]
    }

    /// The innermost scope, to be changed.
    pub fn cur_mut(&mut self) -> &mut Entry {
        let id = self.current();
        &mut self.table[id]
    }

    /// A `SyntaxError` at `location`.
    pub fn error<T>(&self, message: impl Into<String>, location: Location) -> Result<T, CompileError> {
        Err(syntax_error(message, self.filename, location))
    }

    /// Whether `await` is allowed here because the caller of `compile` said so.
    pub fn allows_top_level_await(&self) -> bool {
        self.future.has(feature::TOP_LEVEL_AWAIT) && self.cur().block == BlockType::Module
    }

    /// Whether the innermost scope is an `async def`.
    pub fn in_async_def(&self) -> bool {
        self.cur().block == BlockType::Function && self.cur().coroutine
    }

    /// Makes a scope without entering it (CPython's `ste_new`).
    pub fn new_entry(&mut self, name: Name, block: BlockType, key: Key, location: Location) -> EntryId {
        let mut entry = Entry::new(block, name, location);
        if let Some(&current) = self.stack.last() {
            let parent = &self.table[current];
            entry.nested = parent.nested || parent.is_function_like();
            entry.method = parent.block == BlockType::Class && block == BlockType::Function;
        }
        let id = EntryId(self.table.entries.len() as u32);
        self.table.entries.push(entry);
        self.table.keys.insert(key, id);
        id
    }

    /// Enters a scope that exists. Scopes are not their parent's children twice.
    pub fn enter_existing(&mut self, id: EntryId, add_to_children: bool) {
        let parent = self.stack.last().copied();
        if let Some(parent) = parent {
            let (comp_iter_expr, mangled) = {
                let parent = &self.table[parent];
                (parent.comp_iter_expr, parent.mangled_names)
            };
            let entry = &mut self.table[id];
            entry.comp_iter_expr = comp_iter_expr;
            if mangled.is_some() && entry.block != BlockType::Class {
                entry.mangled_names = mangled;
            }
        }
        self.stack.push(id);
        // PEP 563 turns annotations into text: their scope is no part of the tree.
        let left_out = self.future.has(feature::ANNOTATIONS) && self.table[id].block == BlockType::Annotation;
        if let Some(parent) = parent
            && add_to_children
            && !left_out
        {
            self.table[parent].children.push(id);
        }
    }

    /// Makes and enters a scope.
    pub fn enter(&mut self, name: Name, block: BlockType, key: Key, location: Location) -> Outcome {
        let id = self.new_entry(name, block, key, location);
        self.enter_existing(id, true);
        if matches!(block, BlockType::Annotation | BlockType::TypeVariable | BlockType::TypeAlias) {
            // The scope becomes a function that takes the format it is asked for (PEP 649).
            let format: Name = ".format".into();
            self.add_def(&format, def::PARAM, location)?;
            self.add_def(&format, def::USE, location)?;
        }
        Ok(())
    }

    /// Leaves the innermost scope.
    pub fn exit(&mut self) {
        self.stack.pop();
    }

    /// Starts a set of names to be mangled in the innermost scope.
    pub fn start_mangled_names(&mut self) {
        let set = MangledSet(self.table.mangled_sets.len());
        self.table.mangled_sets.push(HashSet::new());
        self.cur_mut().mangled_names = Some(set);
    }

    fn mangled_in(&self, scope: EntryId, name: &Name) -> Name {
        self.table.maybe_mangle(self.private.as_deref(), scope, name)
    }

    /// Flags of `name` in `scope`.
    pub fn lookup_in(&self, scope: EntryId, name: &Name) -> u32 {
        self.table[scope].symbol(&self.mangled_in(scope, name))
    }

    /// Flags of `name` in the innermost scope.
    pub fn lookup(&self, name: &Name) -> u32 {
        self.lookup_in(self.current(), name)
    }

    /// Records a definition or use of `name` in `scope` (CPython's `symtable_add_def_helper`).
    pub fn add_def_in(&mut self, scope: EntryId, name: &Name, flag: u32, location: Location) -> Outcome {
        let mangled = self.mangled_in(self.current(), name);
        let known = self.table[scope].symbol(&mangled);
        if flag & def::PARAM != 0 && known & def::PARAM != 0 {
            return self.error(format!("duplicate argument '{name}' in function definition"), location);
        }
        if flag & def::TYPE_PARAM != 0 && known & def::TYPE_PARAM != 0 {
            return self.error(format!("duplicate type parameter '{name}'"), location);
        }
        let mut flags = known | flag;
        if self.table[scope].comp_iter_target {
            if flags & (def::GLOBAL | def::NONLOCAL) != 0 {
                return self
                    .error(format!("comprehension inner loop cannot rebind assignment expression target '{name}'"), location);
            }
            flags |= def::COMP_ITER;
        }
        self.table[scope].symbols.insert(mangled.clone(), flags);
        if flag & def::PARAM != 0 {
            self.table[scope].varnames.push(mangled);
        } else if flag & def::GLOBAL != 0 {
            let top = self.table.top();
            let global = self.table[top].symbol(&mangled) | flag;
            self.table[top].symbols.insert(mangled, global);
        }
        Ok(())
    }

    /// Records a definition in the innermost scope, checking that the name may be bound so.
    pub fn add_def_ctx(&mut self, name: &Name, flag: u32, location: Location, ctx: ExprContext) -> Outcome {
        if flag & def::BOUND != 0 {
            self.check_name(name, location, ctx)?;
        }
        if flag & def::TYPE_PARAM != 0
            && let Some(set) = self.cur().mangled_names
        {
            self.table.mangled_sets[set.0].insert(name.clone());
        }
        self.add_def_in(self.current(), name, flag, location)
    }

    /// Records a definition or use in the innermost scope.
    pub fn add_def(&mut self, name: &Name, flag: u32, location: Location) -> Outcome {
        let ctx = if flag == def::USE { ExprContext::Load } else { ExprContext::Store };
        self.add_def_ctx(name, flag, location, ctx)
    }

    /// As [`Self::add_def`], for a name the compiler makes up.
    pub fn add_implicit(&mut self, name: &'static str, flag: u32, location: Location) -> Outcome {
        self.add_def(&name.into(), flag, location)
    }

    /// Refuses to bind or delete `__debug__`.
    pub fn check_name(&self, name: &str, location: Location, ctx: ExprContext) -> Outcome {
        match ctx {
            ExprContext::Store if name == "__debug__" => self.error("cannot assign to __debug__", location),
            ExprContext::Del if name == "__debug__" => self.error("cannot delete __debug__", location),
            _ => Ok(()),
        }
    }

    /// Remembers where `name` was declared, for errors that analysis finds.
    pub fn record_directive(&mut self, name: &Name, location: Location) {
        let name = self.mangled_in(self.current(), name);
        self.cur_mut().directives.push(Directive { name, location });
    }
}

//! The second pass: which scope each name belongs to.
//!
//! A scope passes the names bound around it down to its children and gets back the names they could not resolve. What is
//! bound here and free below becomes a cell. Comprehensions are merged into their parent on the way (PEP 709).

use std::collections::{HashMap, HashSet};

use super::future::syntax_error;
use super::{BlockType, EntryId, Name, SCOPE_OFFSET, Scope, SymbolTable, def};
use crate::error::CompileError;
use crate::recursion::StackGuard;

/// What a class provides to the functions within, without having it as a name.
const CLASS_CELLS: [&str; 3] = ["__class__", "__classdict__", "__conditional_annotations__"];

type Names = HashSet<Name>;
type Outcome = Result<(), CompileError>;

/// Decides the scope of every name of `table`.
pub(super) fn analyze(table: &mut SymbolTable, filename: &str) -> Outcome {
    let top = table.top();
    let mut analyzer = Analyzer { table, filename, guard: StackGuard::new() };
    let mut around = Around::default();
    analyzer.block(top, None, &mut around, &mut Names::new(), None)
}

/// Names known around a block; a block changes its own copy.
#[derive(Clone, Default)]
struct Around {
    global: Names,
    type_params: Names,
}

struct Analyzer<'a> {
    table: &'a mut SymbolTable,
    filename: &'a str,
    guard: StackGuard,
}

/// What one block finds out about its own names.
#[derive(Default)]
struct Findings {
    scopes: HashMap<Name, Scope>,
    local: Names,
    inlined_cells: Names,
}

impl Analyzer<'_> {
    fn error_at_directive(&self, id: EntryId, name: &str, message: String) -> CompileError {
        let directive = self.table[id].directives.iter().find(|directive| &*directive.name == name);
        match directive {
            Some(directive) => syntax_error(message, self.filename, directive.location),
            None => CompileError::System("BUG: internal directive bookkeeping broken".to_owned()),
        }
    }

    /// Decides the scope of one name from its flags (CPython's `analyze_name`).
    #[allow(clippy::too_many_arguments)]
    fn name(
        &self,
        id: EntryId,
        name: &Name,
        flags: u32,
        bound: Option<&mut Names>,
        free: &mut Names,
        around: &mut Around,
        found: &mut Findings,
        class: Option<EntryId>,
    ) -> Outcome {
        let mut set = |scope| {
            found.scopes.insert(name.clone(), scope);
        };
        if flags & def::GLOBAL != 0 {
            if flags & def::NONLOCAL != 0 {
                let message = format!("name '{name}' is nonlocal and global");
                return Err(self.error_at_directive(id, name, message));
            }
            set(Scope::GlobalExplicit);
            around.global.insert(name.clone());
            if let Some(bound) = bound {
                bound.remove(name);
            }
            return Ok(());
        }
        if flags & def::NONLOCAL != 0 {
            let message = match bound {
                None => "nonlocal declaration not allowed at module level".to_owned(),
                Some(bound) if !bound.contains(name) => {
                    format!("no binding for nonlocal '{name}' found")
                }
                Some(_) if around.type_params.contains(name) => {
                    format!("nonlocal binding not allowed for type parameter '{name}'")
                }
                Some(_) => {
                    set(Scope::Free);
                    free.insert(name.clone());
                    return Ok(());
                }
            };
            return Err(self.error_at_directive(id, name, message));
        }
        if flags & def::BOUND != 0 {
            set(Scope::Local);
            found.local.insert(name.clone());
            around.global.remove(name);
            if flags & def::TYPE_PARAM != 0 {
                around.type_params.insert(name.clone());
            } else {
                around.type_params.remove(name);
            }
            return Ok(());
        }
        // A scope that sees a class's names looks there and then at the globals, never at a function in between.
        if let Some(class) = class {
            let in_class = self.table[class].symbol(name);
            if in_class & def::GLOBAL != 0 {
                set(Scope::GlobalExplicit);
                return Ok(());
            }
            if in_class & def::BOUND != 0 && in_class & def::NONLOCAL == 0 {
                set(Scope::GlobalImplicit);
                return Ok(());
            }
        }
        if bound.is_some_and(|bound| bound.contains(name)) {
            set(Scope::Free);
            free.insert(name.clone());
        } else {
            set(Scope::GlobalImplicit);
        }
        Ok(())
    }

    /// Analyses a block and those within (CPython's `analyze_block`); what it leaves unresolved is added to `free`.
    fn block(
        &mut self,
        id: EntryId,
        mut bound: Option<&mut Names>,
        around: &mut Around,
        free: &mut Names,
        class: Option<EntryId>,
    ) -> Outcome {
        self.guard.check()?;
        let is_class = self.table[id].block == BlockType::Class;
        let function_like = self.table[id].is_function_like();
        let mut found = Findings::default();
        let mut new_bound = Names::new();
        let mut new_global = Names::new();
        let mut new_free = Names::new();
        // A class's own names are not visible in its methods: what they see is settled before its names are.
        if is_class {
            new_global.extend(around.global.iter().cloned());
            new_bound.extend(bound.iter().flat_map(|bound| bound.iter().cloned()));
        }
        let symbols: Vec<(Name, u32)> = self.table[id].symbols.iter().map(|(name, flags)| (name.clone(), flags)).collect();
        for (name, flags) in &symbols {
            self.name(id, name, *flags, bound.as_deref_mut(), free, around, &mut found, class)?;
        }
        if is_class {
            for name in CLASS_CELLS {
                new_bound.insert(name.into());
            }
        } else {
            if function_like {
                new_bound.extend(found.local.iter().cloned());
            }
            new_bound.extend(bound.iter().flat_map(|bound| bound.iter().cloned()));
            new_global.extend(around.global.iter().cloned());
        }
        self.children(id, &new_bound, &new_global, &around.type_params, &mut new_free, &mut found, class)?;
        if function_like {
            make_cells(&mut found, &mut new_free);
        } else if is_class {
            self.drop_class_free(id, &mut new_free);
        }
        self.update_symbols(id, &found, bound.as_deref(), &new_free);
        free.extend(new_free);
        Ok(())
    }

    /// Analyses the children of a block and merges its comprehensions.
    #[allow(clippy::too_many_arguments)]
    fn children(
        &mut self,
        id: EntryId,
        bound: &Names,
        global: &Names,
        type_params: &Names,
        free: &mut Names,
        found: &mut Findings,
        class: Option<EntryId>,
    ) -> Outcome {
        let children = self.table[id].children.clone();
        for &child in &children {
            let child_class = if !self.table[child].can_see_class_scope {
                None
            } else if self.table[id].block == BlockType::Class {
                Some(id)
            } else {
                class
            };
            // Comprehensions in annotation scopes of a class stay functions: they could not see its names otherwise.
            let inline =
                self.table[child].comprehension.is_some() && !self.table[child].generator && !self.table[id].can_see_class_scope;
            let mut child_bound = bound.clone();
            let mut child_free = free.clone();
            let mut around = Around { global: global.clone(), type_params: type_params.clone() };
            self.block(child, Some(&mut child_bound), &mut around, &mut child_free, child_class)?;
            if inline {
                self.inline_comprehension(id, child, &mut child_free, found);
                self.table[child].comp_inlined = true;
            }
            free.extend(child_free);
        }
        if children.iter().any(|&child| self.table[child].comp_inlined) {
            let spliced = children
                .iter()
                .flat_map(|&child| if self.table[child].comp_inlined { self.table[child].children.clone() } else { vec![child] })
                .collect();
            self.table[id].children = spliced;
        }
        Ok(())
    }

    /// Merges the names of comprehension `comp` into its parent (CPython's `inline_comprehension`).
    fn inline_comprehension(&mut self, id: EntryId, comp: EntryId, comp_free: &mut Names, found: &mut Findings) {
        let in_class = self.table[id].block == BlockType::Class;
        let mut dropped = Vec::new();
        let symbols: Vec<(Name, u32)> = self.table[comp].symbols.iter().map(|(name, flags)| (name.clone(), flags)).collect();
        for (name, flags) in symbols {
            // The parameter is the iterable: it stays on the stack.
            if flags & def::PARAM != 0 {
                continue;
            }
            let mut scope = Scope::of(flags).unwrap_or(Scope::GlobalImplicit);
            let only_flags = flags & ((1 << SCOPE_OFFSET) - 1);
            if scope == Scope::Cell || only_flags & def::COMP_CELL != 0 {
                found.inlined_cells.insert(name.clone());
            }
            let existing = self.table[id].symbols.get(&name);
            // `__class__` and its like are not free through a class, unless functions within need them.
            if scope == Scope::Free && in_class && CLASS_CELLS.contains(&&*name) {
                scope = Scope::GlobalImplicit;
                if !self.is_free_in_any_child(comp, &name) {
                    comp_free.remove(&name);
                }
                dropped.push(name.clone());
            }
            match existing {
                None => {
                    self.table[id].symbols.insert(name.clone(), only_flags);
                    found.scopes.insert(name, scope);
                }
                Some(existing) => {
                    // A name read there from here is read here.
                    if scope == Scope::Free && !in_class {
                        let flags = existing | only_flags & def::USE;
                        self.table[id].symbols.insert(name.clone(), flags);
                    }
                    // What is local here is no longer free there, unless a function within still needs it.
                    if existing & def::BOUND != 0 && !in_class && !self.is_free_in_any_child(comp, &name) {
                        comp_free.remove(&name);
                    }
                }
            }
        }
        for name in dropped {
            self.table[comp].symbols.remove(&name);
        }
    }

    fn is_free_in_any_child(&self, id: EntryId, name: &str) -> bool {
        self.table[id].children.iter().any(|&child| self.table[child].scope(name) == Some(Scope::Free))
    }

    /// A class provides `__class__` and its like to its methods without having them as names.
    fn drop_class_free(&mut self, id: EntryId, free: &mut Names) {
        let entry = &mut self.table[id];
        entry.needs_class_closure |= free.remove("__class__");
        entry.needs_classdict |= free.remove("__classdict__");
        entry.has_conditional_annotations |= free.remove("__conditional_annotations__");
    }

    /// Writes the scopes into the symbols, and adds what children leave unresolved.
    fn update_symbols(&mut self, id: EntryId, found: &Findings, bound: Option<&Names>, free: &Names) {
        let entry = &mut self.table[id];
        let class_like = entry.block == BlockType::Class || entry.can_see_class_scope;
        for (name, flags) in entry.symbols.iter_mut() {
            if found.inlined_cells.contains(name) {
                *flags |= def::COMP_CELL;
            }
            let scope = found.scopes.get(name).copied().unwrap_or(Scope::GlobalImplicit);
            *flags |= (scope as u32) << SCOPE_OFFSET;
        }
        let mut free: Vec<&Name> = free.iter().collect();
        free.sort();
        for name in free {
            if let Some(flags) = entry.symbols.get(name) {
                if class_like {
                    entry.symbols.insert(name.clone(), flags | def::FREE_CLASS);
                }
            } else if bound.is_none_or(|bound| bound.contains(name)) {
                entry.symbols.insert(name.clone(), (Scope::Free as u32) << SCOPE_OFFSET);
            }
        }
    }
}

/// What is local here and free below is a cell (CPython's `analyze_cells`).
fn make_cells(found: &mut Findings, free: &mut Names) {
    for (name, scope) in &mut found.scopes {
        if *scope == Scope::Local && (free.contains(name) || found.inlined_cells.contains(name)) {
            *scope = Scope::Cell;
            free.remove(name);
        }
    }
}

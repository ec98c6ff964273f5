//! Entering and leaving units, qualified names, closures, and making code objects.

use std::collections::BTreeSet;

use pvm_bytecode::flags::*;
use pvm_bytecode::opcode::{FunctionAttribute, resume};

use super::unit::{NameTable, ScopeKind, Unit, UnitArgs};
use super::{CodeObject, CompileError, Compiler, Const, Loc, NO_LOCATION, Op, Res, Text};
use crate::ast::{Expr, ExprContext, ExprKind, Identifier};
use crate::flowgraph::{CodeUnit, optimize_and_assemble};
use crate::instructions::InstructionSequence;
use crate::symtable::{Entry, EntryId, Key, Scope, def, mangle};

/// Flags that code inherits from the module and from `compile`'s caller (`PyCF_MASK`).
const FUTURE_MASK: u32 = CO_FUTURE_DIVISION
    | CO_FUTURE_ABSOLUTE_IMPORT
    | CO_FUTURE_WITH_STATEMENT
    | CO_FUTURE_PRINT_FUNCTION
    | CO_FUTURE_UNICODE_LITERALS
    | CO_FUTURE_BARRY_AS_BDFL
    | CO_FUTURE_GENERATOR_STOP
    | CO_FUTURE_ANNOTATIONS;

impl<'a> Compiler<'a> {
    pub(super) fn unit(&self) -> &Unit<'a> {
        self.units.last().expect("a unit is being made")
    }

    pub(super) fn unit_mut(&mut self) -> &mut Unit<'a> {
        self.units.last_mut().expect("a unit is being made")
    }

    /// The scope of the unit being made.
    pub(super) fn scope(&self) -> &Entry {
        &self.symtable[self.unit().scope]
    }

    pub(super) fn lookup_scope(&self, key: Key) -> Res<EntryId> {
        self.symtable.lookup(key).ok_or_else(|| CompileError::System("unknown symbol table entry".to_owned()))
    }

    /// Starts a code object. `private` names the class whose private names are mangled in it, if not the surrounding one's.
    pub(super) fn enter_scope(
        &mut self,
        name: Identifier,
        kind: ScopeKind,
        key: Key,
        lineno: i32,
        private: Option<Identifier>,
        args: UnitArgs,
    ) -> Res {
        let id = self.lookup_scope(key)?;
        let scope = &self.symtable[id];
        let implicit_cells = [
            (scope.needs_class_closure, "__class__"),
            (scope.needs_classdict, "__classdict__"),
            (scope.has_conditional_annotations, "__conditional_annotations__"),
        ];
        let mut cellvars = NameTable::from_names(names_with(scope, Scope::Cell, def::COMP_CELL), 0);
        for (needed, name) in implicit_cells {
            if needed {
                cellvars.add(&Identifier::from(name));
            }
        }
        let freevars = NameTable::from_names(names_with(scope, Scope::Free, def::FREE_CLASS), cellvars.names().len() as u32);
        let varnames = NameTable::from_names(scope.varnames.iter().cloned(), 0);
        let private = private.or_else(|| self.units.last()?.private.clone());
        let qualname = match kind {
            ScopeKind::Module => name.to_string(),
            _ => self.qualname(&name, kind),
        };
        self.units.push(Unit {
            scope: id,
            kind,
            name,
            qualname,
            args,
            firstlineno: lineno,
            private,
            consts: Default::default(),
            names: NameTable::default(),
            varnames,
            cellvars,
            freevars,
            fast_hidden: Default::default(),
            sequence: InstructionSequence::new(),
            fblocks: Vec::new(),
            inlined_depth: 0,
            conditional_depth: 0,
            static_attributes: BTreeSet::new(),
            deferred_annotations: Vec::new(),
            next_conditional_index: 0,
        });
        let is_module = kind == ScopeKind::Module;
        let loc = Loc { lineno: if is_module { 0 } else { lineno }, col_offset: 0, end_lineno: lineno, end_col_offset: 0 };
        self.op_i(loc, Op::Resume, resume::AT_FUNC_START);
        if is_module {
            self.op(loc, Op::AnnotationsPlaceholder);
        }
        Ok(())
    }

    /// The qualified name of a scope that starts in the unit being made (CPython's `compiler_set_qualname`).
    fn qualname(&self, name: &Identifier, kind: ScopeKind) -> String {
        let mut outer = self.units.as_slice();
        if outer.len() > 1 && outer.last().is_some_and(|unit| unit.kind == ScopeKind::Annotations) {
            outer = &outer[..outer.len() - 1];
            if outer.len() == 1 {
                return name.to_string();
            }
        }
        let [_, .., parent] = outer else {
            return name.to_string();
        };
        if matches!(kind, ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Class) {
            let mangled = mangle(parent.private.as_deref(), name);
            if self.symtable[parent.scope].scope(&mangled) == Some(Scope::GlobalExplicit) {
                return name.to_string();
            }
        }
        match parent.kind {
            ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Lambda => {
                format!("{}.<locals>.{name}", parent.qualname)
            }
            _ => format!("{}.{name}", parent.qualname),
        }
    }

    /// Finishes the unit being made; `add_none` makes code that falls off its end return `None`.
    pub(super) fn assemble(&mut self, add_none: bool) -> Res<CodeObject> {
        if add_none {
            self.load_const(NO_LOCATION, Const::None);
        }
        self.op(NO_LOCATION, Op::ReturnValue);
        let flags = self.code_flags();
        let nparams = self.scope().varnames.len();
        let unit = self.units.pop().expect("a unit is being made");
        optimize_and_assemble(
            unit.sequence,
            CodeUnit {
                filename: self.filename_text.clone(),
                name: Text::from(&*unit.name),
                qualname: Text::from(&*unit.qualname),
                consts: unit.consts.into_values(),
                names: unit.names.into_names(),
                varnames: unit.varnames.into_names(),
                cellvars: unit.cellvars.into_names(),
                freevars: unit.freevars.into_names(),
                fast_hidden: unit.fast_hidden.into_keys().collect(),
                argcount: unit.args.args,
                posonlyargcount: unit.args.posonly,
                kwonlyargcount: unit.args.kwonly,
                nparams,
                flags,
                firstlineno: unit.firstlineno,
            },
        )
    }

    fn code_flags(&self) -> u32 {
        let scope = self.scope();
        let mut flags = 0;
        if scope.is_function_like() {
            flags |= CO_NEWLOCALS | CO_OPTIMIZED;
            for (set, flag) in [
                (scope.nested, CO_NESTED),
                (scope.generator && !scope.coroutine, CO_GENERATOR),
                (scope.generator && scope.coroutine, CO_ASYNC_GENERATOR),
                (scope.varargs, CO_VARARGS),
                (scope.varkeywords, CO_VARKEYWORDS),
                (scope.has_docstring, CO_HAS_DOCSTRING),
                (scope.method, CO_METHOD),
            ] {
                if set {
                    flags |= flag;
                }
            }
        }
        if scope.coroutine && !scope.generator {
            flags |= CO_COROUTINE;
        }
        flags | self.future & FUTURE_MASK
    }

    /// Emits the making of a function from its code; `attributes` are the [`FunctionAttribute`]s whose values are on the
    /// stack.
    pub(super) fn make_closure(&mut self, loc: Loc, code: CodeObject, attributes: u32) -> Res {
        let mut attributes = attributes;
        let mut count = 0;
        for name in code.freevars() {
            let name = name.as_str().unwrap_or_default();
            let arg = self.lookup_closure_cell(name, &code)?;
            self.op_i(loc, Op::LoadClosure, arg);
            count += 1;
        }
        if count > 0 {
            attributes |= FunctionAttribute::Closure.oparg();
            self.op_i(loc, Op::BuildTuple, count);
        }
        self.load_const(loc, Const::from(code));
        self.op(loc, Op::MakeFunction);
        for attribute in [
            FunctionAttribute::Closure,
            FunctionAttribute::Annotations,
            FunctionAttribute::Annotate,
            FunctionAttribute::KwDefaults,
            FunctionAttribute::Defaults,
        ] {
            if attributes & attribute.oparg() != 0 {
                self.op_i(loc, Op::SetFunctionAttribute, attribute.oparg());
            }
        }
        Ok(())
    }

    /// Where the unit being made has the cell that `code` closes over. A name may be free and local in a class; the closure
    /// takes it as free.
    fn lookup_closure_cell(&self, name: &str, code: &CodeObject) -> Res<u32> {
        let unit = self.unit();
        let reference = self.reference_scope(name);
        let table = match reference {
            Some(Scope::Cell) => &unit.cellvars,
            _ => &unit.freevars,
        };
        table.get(name).ok_or_else(|| {
            let freevars = code.freevars().cloned().map(Const::Str).collect();
            CompileError::System(format!(
                "compiler_lookup_arg(name={}) with reftype={} failed in {}; freevars of code {}: {}",
                Const::str(name),
                reference.map_or(0, |scope| scope as u32),
                unit.name,
                code.name.to_string_lossy(),
                Const::Tuple(freevars),
            ))
        })
    }

    /// Where `name` lives as seen by an inner scope.
    pub(super) fn reference_scope(&self, name: &str) -> Option<Scope> {
        let implicit = ["__class__", "__classdict__", "__conditional_annotations__"];
        if self.unit().kind == ScopeKind::Class && implicit.contains(&name) {
            return Some(Scope::Cell);
        }
        self.scope().scope(name)
    }

    /// Notes an attribute that a method sets on `self`, for its class's `__static_attributes__`.
    pub(super) fn note_static_attribute(&mut self, value: &Expr, attr: &Identifier, ctx: ExprContext) {
        if ctx != ExprContext::Store || !matches!(&value.kind, ExprKind::Name { id, .. } if &**id == "self") {
            return;
        }
        let outer = self.units.iter_mut().rev().skip(1);
        if let Some(class) = outer.into_iter().find(|unit| unit.kind == ScopeKind::Class) {
            class.static_attributes.insert(attr.clone());
        }
    }
}

/// The names of a scope that live in `wanted` or have one of `flags`, sorted so that code is deterministic.
fn names_with(scope: &Entry, wanted: Scope, flags: u32) -> BTreeSet<Identifier> {
    let matching = scope.symbols.iter().filter(|(_, symbol)| Scope::of(*symbol) == Some(wanted) || symbol & flags != 0);
    matching.map(|(name, _)| name.clone()).collect()
}

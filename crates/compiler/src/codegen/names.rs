//! Loading, storing and deleting variables, and instructions whose operand is a name.

use super::{Compiler, Loc, Op, Res};
use crate::ast::{ExprContext, Identifier};
use crate::symtable::{BlockType, Scope, mangle};

/// How a variable is reached.
enum Access {
    Fast,
    Global,
    Deref(Scope),
    Name,
}

impl Compiler<'_> {
    /// `name` as it is called inside the class around it.
    pub(super) fn mangled(&self, name: &Identifier) -> Identifier {
        mangle(self.unit().private.as_deref(), name)
    }

    /// `name` mangled, except in a scope around a generic class where only the type parameters are.
    pub(super) fn maybe_mangled(&self, name: &Identifier) -> Identifier {
        let unit = self.unit();
        self.symtable.maybe_mangle(unit.private.as_deref(), unit.scope, name)
    }

    /// Adds an instruction whose operand is the index of a name that is not mangled.
    pub(super) fn raw_name_op(&mut self, loc: Loc, op: Op, name: &Identifier) {
        let index = self.unit_mut().names.add(name);
        self.op_i(loc, op, index);
    }

    /// Adds an instruction whose operand is the index of a name.
    pub(super) fn name_op(&mut self, loc: Loc, op: Op, name: &Identifier) {
        let index = self.name_index(name);
        self.op_i(loc, op, index);
    }

    /// The index of a name after mangling.
    pub(super) fn name_index(&mut self, name: &Identifier) -> u32 {
        let mangled = self.maybe_mangled(name);
        self.unit_mut().names.add(&mangled)
    }

    /// Adds an instruction on a local variable that is not mangled.
    pub(super) fn fast_op(&mut self, loc: Loc, op: Op, name: &Identifier) {
        let index = self.unit_mut().varnames.add(name);
        self.op_i(loc, op, index);
    }

    /// Loads an attribute of the value on the stack.
    pub(super) fn load_attr(&mut self, loc: Loc, name: &Identifier) {
        let index = self.name_index(name);
        self.op_i(loc, Op::LoadAttr, index << 1);
    }

    /// Loads an attribute of the value on the stack to be called as a method.
    pub(super) fn load_method(&mut self, loc: Loc, name: &Identifier) {
        let index = self.name_index(name);
        self.op_i(loc, Op::LoadAttr, index << 1 | 1);
    }

    pub(super) fn load_name(&mut self, loc: Loc, name: &Identifier) -> Res {
        self.variable(loc, name, ExprContext::Load)
    }

    pub(super) fn store_name(&mut self, loc: Loc, name: &Identifier) -> Res {
        self.variable(loc, name, ExprContext::Store)
    }

    pub(super) fn delete_name(&mut self, loc: Loc, name: &Identifier) -> Res {
        self.variable(loc, name, ExprContext::Del)
    }

    /// Loads, stores or deletes a variable where the symbol table says it lives.
    pub(super) fn variable(&mut self, loc: Loc, name: &Identifier, ctx: ExprContext) -> Res {
        let mangled = self.maybe_mangled(name);
        let scope = self.scope().scope(&mangled);
        match self.access(&mangled, scope) {
            Access::Fast => {
                let op = by_context(ctx, Op::LoadFast, Op::StoreFast, Op::DeleteFast);
                self.fast_op(loc, op, &mangled);
            }
            Access::Deref(scope) => {
                let unit = self.unit_mut();
                let table = if scope == Scope::Free { &mut unit.freevars } else { &mut unit.cellvars };
                let arg = table.add(&mangled);
                let op = match ctx {
                    ExprContext::Load => self.prepare_deref_load(loc),
                    ExprContext::Store => Op::StoreDeref,
                    ExprContext::Del => Op::DeleteDeref,
                };
                self.op_i(loc, op, arg);
            }
            Access::Global => {
                let arg = self.unit_mut().names.add(&mangled);
                match ctx {
                    ExprContext::Load if self.scope().can_see_class_scope && scope == Some(Scope::GlobalImplicit) => {
                        self.load_classdict(loc);
                        self.op_i(loc, Op::LoadFromDictOrGlobals, arg);
                    }
                    ExprContext::Load => self.op_i(loc, Op::LoadGlobal, arg << 1),
                    ExprContext::Store => self.op_i(loc, Op::StoreGlobal, arg),
                    ExprContext::Del => self.op_i(loc, Op::DeleteGlobal, arg),
                }
            }
            Access::Name => {
                let arg = self.unit_mut().names.add(&mangled);
                // In a comprehension inlined into a class body, the class's names are not visible.
                if ctx == ExprContext::Load && self.is_class_block() && self.unit().inlined_depth > 0 {
                    self.op_i(loc, Op::LoadGlobal, arg << 1);
                } else {
                    let op = by_context(ctx, Op::LoadName, Op::StoreName, Op::DeleteName);
                    self.op_i(loc, op, arg);
                }
            }
        }
        Ok(())
    }

    fn access(&self, mangled: &Identifier, scope: Option<Scope>) -> Access {
        let function_like = self.scope().is_function_like();
        match scope {
            Some(scope @ (Scope::Free | Scope::Cell)) => Access::Deref(scope),
            Some(Scope::Local) if function_like || self.unit().fast_hidden.get(mangled) == Some(&true) => Access::Fast,
            Some(Scope::GlobalImplicit) if function_like => Access::Global,
            Some(Scope::GlobalExplicit) => Access::Global,
            _ => Access::Name,
        }
    }

    /// Loads the namespace that goes before a cell, if there is one, and gives the instruction that loads the cell.
    fn prepare_deref_load(&mut self, loc: Loc) -> Op {
        if self.is_class_block() && self.unit().inlined_depth == 0 {
            self.op(loc, Op::LoadLocals);
            Op::LoadFromDictOrDeref
        } else if self.scope().can_see_class_scope {
            self.load_classdict(loc);
            Op::LoadFromDictOrDeref
        } else {
            Op::LoadDeref
        }
    }

    fn load_classdict(&mut self, loc: Loc) {
        let arg = self.unit_mut().freevars.add(&Identifier::from("__classdict__"));
        self.op_i(loc, Op::LoadDeref, arg);
    }

    pub(super) fn is_class_block(&self) -> bool {
        self.scope().block == BlockType::Class
    }
}

fn by_context(ctx: ExprContext, load: Op, store: Op, del: Op) -> Op {
    match ctx {
        ExprContext::Load => load,
        ExprContext::Store => store,
        ExprContext::Del => del,
    }
}

//! `super().attr` and `super(C, self).attr` without making the `super` object.

use super::expressions::attribute_location;
use super::{Compiler, Op, Res};
use crate::ast::{Expr, ExprKind, Identifier};
use crate::symtable::Scope;

/// A call of `super` that attribute access may take apart.
pub(super) struct SuperCall<'a> {
    call: &'a Expr,
    func: &'a Expr,
    name: &'a Identifier,
    args: &'a [Expr],
}

/// Bits of `LOAD_SUPER_ATTR`'s operand below the name.
const METHOD: u32 = 1;
const TWO_ARGUMENTS: u32 = 2;

impl<'a> Compiler<'a> {
    /// The call of `super` in `value`, if its attribute `attr` can be loaded with `LOAD_SUPER_ATTR`.
    pub(super) fn super_call(&self, value: &'a Expr, attr: &Identifier) -> Option<SuperCall<'a>> {
        let ExprKind::Call { func, args, keywords } = &value.kind else {
            return None;
        };
        let ExprKind::Name { id: name, .. } = &func.kind else {
            return None;
        };
        if &**name != "super" || &**attr == "__class__" || !keywords.is_empty() {
            return None;
        }
        // `super` must not be shadowed where that is visible.
        if self.scope().scope(name) != Some(Scope::GlobalImplicit) || self.symtable[self.symtable.top()].scope(name).is_some() {
            return None;
        }
        let possible = match args.len() {
            2 => !args.iter().any(super::displays::is_starred),
            0 => {
                let own = self.unit().args;
                (own.args > 0 || own.posonly > 0) && self.reference_scope("__class__") == Some(Scope::Free)
            }
            _ => false,
        };
        possible.then_some(SuperCall { call: value, func, name, args })
    }

    pub(super) fn load_super_attr(&mut self, e: &'a Expr, call: &SuperCall<'a>, attr: &'a Identifier) -> Res {
        self.super_access(e, call, attr, 0)
    }

    pub(super) fn load_super_method(&mut self, e: &'a Expr, call: &SuperCall<'a>, attr: &'a Identifier) -> Res {
        self.super_access(e, call, attr, METHOD)
    }

    fn super_access(&mut self, e: &'a Expr, call: &SuperCall<'a>, attr: &'a Identifier, flag: u32) -> Res {
        self.load_super_args(call)?;
        let two = if call.args.is_empty() { 0 } else { TWO_ARGUMENTS };
        let index = self.name_index(attr);
        self.op_i(e.location, Op::LoadSuperAttr, index << 2 | two | flag);
        // Keeps the attribute's own line.
        self.op(attribute_location(e.location, e, attr), Op::Nop);
        Ok(())
    }

    fn load_super_args(&mut self, call: &SuperCall<'a>) -> Res {
        let loc = call.call.location;
        self.load_name(call.func.location, call.name)?;
        if !call.args.is_empty() {
            return self.visit_exprs(call.args);
        }
        self.load_name(loc, &Identifier::from("__class__"))?;
        let first = self.unit().varnames.names().first().cloned();
        match first {
            Some(first) => self.load_name(loc, &first),
            None => Ok(()),
        }
    }
}

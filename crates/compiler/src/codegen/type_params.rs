//! Type parameters and `type` statements (PEP 695, PEP 696).

use pvm_bytecode::opcode::{FunctionAttribute, Intrinsic1, Intrinsic2};

use super::functions::generic_scope_name;
use super::unit::{ScopeKind, UnitArgs};
use super::{Compiler, Const, Loc, Op, Res, name_const, tuple_const};
use crate::ast::{Expr, ExprKind, Identifier, Stmt, TypeParam, TypeParamKind};
use crate::symtable::Key;

impl<'a> Compiler<'a> {
    /// Makes and binds the type parameters and leaves a tuple of them on the stack.
    pub(super) fn visit_type_params(&mut self, type_params: &'a [TypeParam]) -> Res {
        let mut seen_default = false;
        for param in type_params {
            let loc = param.location;
            let (name, default) = match &param.kind {
                TypeParamKind::TypeVar { name, bound, default_value } => {
                    self.load_const(loc, name_const(name));
                    match bound {
                        Some(bound) => self.type_var_bound(param, name, bound)?,
                        None => self.intrinsic_1(loc, Intrinsic1::TypeVar),
                    }
                    (name, default_value)
                }
                TypeParamKind::TypeVarTuple { name, default_value } => {
                    self.load_const(loc, name_const(name));
                    self.intrinsic_1(loc, Intrinsic1::TypeVarTuple);
                    (name, default_value)
                }
                TypeParamKind::ParamSpec { name, default_value } => {
                    self.load_const(loc, name_const(name));
                    self.intrinsic_1(loc, Intrinsic1::ParamSpec);
                    (name, default_value)
                }
            };
            if let Some(default) = default {
                seen_default = true;
                let starred = matches!(param.kind, TypeParamKind::TypeVarTuple { .. });
                self.bound_or_default(default, name, Key::default(param), starred)?;
                self.intrinsic_2(loc, Intrinsic2::SetTypeParamDefault);
            } else if seen_default {
                return self.error(loc, format!("non-default type parameter '{name}' follows default type parameter"));
            }
            self.op_i(loc, Op::Copy, 1);
            self.store_name(loc, name)?;
        }
        if let Some(first) = type_params.first() {
            self.op_i(first.location, Op::BuildTuple, type_params.len() as u32);
        }
        Ok(())
    }

    fn type_var_bound(&mut self, param: &'a TypeParam, name: &Identifier, bound: &'a Expr) -> Res {
        self.bound_or_default(bound, name, Key::bound(param), false)?;
        let which = if matches!(bound.kind, ExprKind::Tuple { .. }) {
            Intrinsic2::TypeVarWithConstraints
        } else {
            Intrinsic2::TypeVarWithBound
        };
        self.intrinsic_2(param.location, which);
        Ok(())
    }

    /// Makes the function that evaluates a bound, constraints or default when they are asked for.
    fn bound_or_default(&mut self, e: &'a Expr, name: &Identifier, key: Key, allow_starred: bool) -> Res {
        let loc = e.location;
        self.load_default_format(loc);
        self.enter_annotations_scope(loc, key, name.clone())?;
        match &e.kind {
            ExprKind::Starred { value, .. } if allow_starred => {
                self.visit_expr(value)?;
                self.op_i(loc, Op::UnpackSequence, 1);
            }
            _ => self.visit_expr(e)?,
        }
        self.op(loc, Op::ReturnValue);
        let code = self.assemble(true)?;
        self.make_closure(loc, code, FunctionAttribute::Defaults.oparg())
    }

    /// Loads the default of an evaluator's `format`: `annotationlib.Format.VALUE`.
    fn load_default_format(&mut self, loc: Loc) {
        self.load_const(loc, tuple_const([Const::int(1)]));
    }

    pub(super) fn visit_type_alias(&mut self, s: &'a Stmt, name: &'a Expr, type_params: &'a [TypeParam], value: &'a Expr) -> Res {
        let loc = s.location;
        let ExprKind::Name { id: name, .. } = &name.kind else {
            return self.error(loc, "cannot assign to this target in a type statement");
        };
        if type_params.is_empty() {
            self.load_const(loc, name_const(name));
            self.load_const(loc, Const::None);
            self.type_alias_value(s, loc, name, value)?;
        } else {
            self.enter_scope(
                generic_scope_name(name),
                ScopeKind::Annotations,
                Key::type_params(s),
                loc.lineno,
                None,
                UnitArgs::default(),
            )?;
            self.load_const(loc, name_const(name));
            self.visit_type_params(type_params)?;
            self.type_alias_value(s, loc, name, value)?;
            let code = self.assemble(false)?;
            self.make_closure(loc, code, 0)?;
            self.op(loc, Op::PushNull);
            self.op_i(loc, Op::Call, 0);
        }
        self.store_name(loc, name)
    }

    fn type_alias_value(&mut self, s: &'a Stmt, loc: Loc, name: &Identifier, value: &'a Expr) -> Res {
        self.load_default_format(loc);
        self.enter_annotations_scope(loc, Key::stmt(s), name.clone())?;
        self.visit_expr(value)?;
        self.op(loc, Op::ReturnValue);
        let code = self.assemble(false)?;
        self.make_closure(loc, code, FunctionAttribute::Defaults.oparg())?;
        self.op_i(loc, Op::BuildTuple, 3);
        self.intrinsic_1(loc, Intrinsic1::TypeAlias);
        Ok(())
    }
}

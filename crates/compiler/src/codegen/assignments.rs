//! Augmented and annotated assignment.

use pvm_bytecode::opcode::BinaryOp;

use super::expressions::attribute_location;
use super::subscripts::two_part_slice;
use super::unit::{DeferredAnnotation, ScopeKind};
use super::{CompileError, Compiler, Const, Loc, Op, Res, name_const, oparg};
use crate::ast::{Expr, ExprKind, Identifier, Operator};

impl<'a> Compiler<'a> {
    pub(super) fn visit_aug_assign(&mut self, s_loc: Loc, target: &'a Expr, op: Operator, value: &'a Expr) -> Res {
        let loc = target.location;
        match &target.kind {
            ExprKind::Attribute { value: object, attr, .. } => {
                self.visit_expr(object)?;
                self.op_i(loc, Op::Copy, 1);
                let loc = attribute_location(loc, target, attr);
                self.load_attr(loc, attr);
                self.aug_value(s_loc, op, value)?;
                self.op_i(loc, Op::Swap, 2);
                self.name_op(loc, Op::StoreAttr, attr);
                Ok(())
            }
            ExprKind::Subscript { value: object, slice, .. } => {
                self.visit_expr(object)?;
                if let Some((lower, upper)) = two_part_slice(slice) {
                    self.visit_bounds(slice.location, lower, upper)?;
                    for _ in 0..3 {
                        self.op_i(loc, Op::Copy, 3);
                    }
                    self.op(loc, Op::BinarySlice);
                    self.aug_value(s_loc, op, value)?;
                    for depth in [4, 3, 2] {
                        self.op_i(loc, Op::Swap, depth);
                    }
                    self.op(loc, Op::StoreSlice);
                } else {
                    self.visit_expr(slice)?;
                    self.op_i(loc, Op::Copy, 2);
                    self.op_i(loc, Op::Copy, 2);
                    self.op_i(loc, Op::BinaryOp, BinaryOp::Subscr.number());
                    self.aug_value(s_loc, op, value)?;
                    self.op_i(loc, Op::Swap, 3);
                    self.op_i(loc, Op::Swap, 2);
                    self.op(loc, Op::StoreSubscr);
                }
                Ok(())
            }
            ExprKind::Name { id, .. } => {
                self.load_name(loc, id)?;
                self.aug_value(s_loc, op, value)?;
                self.store_name(loc, id)
            }
            _ => Err(CompileError::System("invalid node type for augmented assignment".to_owned())),
        }
    }

    fn aug_value(&mut self, loc: Loc, op: Operator, value: &'a Expr) -> Res {
        self.visit_expr(value)?;
        self.op_i(loc, Op::BinaryOp, oparg::binary(op, true));
        Ok(())
    }

    pub(super) fn visit_ann_assign(
        &mut self,
        loc: Loc,
        target: &'a Expr,
        annotation: &'a Expr,
        value: Option<&'a Expr>,
        simple: bool,
    ) -> Res {
        // The value is assigned first.
        if let Some(value) = value {
            self.visit_expr(value)?;
            self.visit_expr(target)?;
        }
        let in_namespace = matches!(self.unit().kind, ScopeKind::Module | ScopeKind::Class);
        match &target.kind {
            ExprKind::Name { id, .. } => {
                if simple && in_namespace {
                    self.annotate(loc, id, annotation)?;
                }
            }
            // A target that is not assigned is still evaluated.
            ExprKind::Attribute { value: object, .. } => {
                if value.is_none() {
                    self.evaluate_and_drop(object)?;
                }
            }
            ExprKind::Subscript { value: object, slice, .. } => {
                if value.is_none() {
                    self.evaluate_and_drop(object)?;
                    self.evaluate_subscript(slice)?;
                }
            }
            _ => {
                return Err(CompileError::System("invalid node type for annotated assignment".to_owned()));
            }
        }
        Ok(())
    }

    /// Keeps the annotation of a variable of a module or class.
    fn annotate(&mut self, loc: Loc, name: &'a Identifier, annotation: &'a Expr) -> Res {
        if self.has_future_annotations() {
            self.load_unparsed(annotation);
            self.name_op(loc, Op::LoadName, &Identifier::from("__annotations__"));
            let mangled = self.maybe_mangled(name);
            self.load_const(loc, name_const(&mangled));
            self.op(loc, Op::StoreSubscr);
            return Ok(());
        }
        let unit = self.unit_mut();
        let is_module = unit.kind == ScopeKind::Module;
        let conditional_index = (is_module || unit.conditional_depth > 0).then(|| {
            unit.next_conditional_index += 1;
            unit.next_conditional_index - 1
        });
        unit.deferred_annotations.push(DeferredAnnotation { location: loc, name, annotation, conditional_index });
        let Some(index) = conditional_index else {
            return Ok(());
        };
        let noted = Identifier::from("__conditional_annotations__");
        if is_module {
            self.raw_name_op(loc, Op::LoadName, &noted);
        } else {
            let cell = self.unit_mut().cellvars.add(&noted);
            self.op_i(loc, Op::LoadDeref, cell);
        }
        self.load_const(loc, Const::int(index));
        self.op_i(loc, Op::SetAdd, 1);
        self.op(loc, Op::PopTop);
        Ok(())
    }

    fn evaluate_and_drop(&mut self, e: &'a Expr) -> Res {
        self.visit_expr(e)?;
        self.op(e.location, Op::PopTop);
        Ok(())
    }

    fn evaluate_subscript(&mut self, e: &'a Expr) -> Res {
        match &e.kind {
            ExprKind::Slice { lower, upper, step } => {
                for part in [lower, upper, step].into_iter().flatten() {
                    self.evaluate_and_drop(part)?;
                }
                Ok(())
            }
            ExprKind::Tuple { elts, .. } => {
                for elt in elts {
                    self.evaluate_subscript(elt)?;
                }
                Ok(())
            }
            _ => self.evaluate_and_drop(e),
        }
    }
}

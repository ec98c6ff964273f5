//! Subscripts and slices.

use pvm_bytecode::opcode::BinaryOp;

use super::{Compiler, Const, Loc, Op, Res};
use crate::ast::{Constant, Expr, ExprContext, ExprKind};

/// The bounds of a slice that is not built, because it has no step and is not constant: `BINARY_SLICE` and `STORE_SLICE`
/// take them as they are.
pub(super) fn two_part_slice(slice: &Expr) -> Option<(Option<&Expr>, Option<&Expr>)> {
    match &slice.kind {
        ExprKind::Slice { lower, upper, step: None } if constant_slice(lower.as_deref(), upper.as_deref(), None).is_none() => {
            Some((lower.as_deref(), upper.as_deref()))
        }
        _ => None,
    }
}

/// The slice, if all its parts are constant or missing.
fn constant_slice(lower: Option<&Expr>, upper: Option<&Expr>, step: Option<&Expr>) -> Option<Const> {
    let part = |part: Option<&Expr>| match part.map(|e| &e.kind) {
        None => Some(Const::None),
        Some(ExprKind::Constant { value, .. }) => Some(Constant::clone(value)),
        Some(_) => None,
    };
    Some(Const::Slice(std::sync::Arc::new([part(lower)?, part(upper)?, part(step)?])))
}

impl<'a> Compiler<'a> {
    pub(super) fn visit_subscript(&mut self, loc: Loc, value: &'a Expr, slice: &'a Expr, ctx: ExprContext) -> Res {
        if ctx == ExprContext::Load {
            self.check_subscripted(value)?;
            self.check_index(value, slice)?;
        }
        self.visit_expr(value)?;
        if ctx != ExprContext::Del
            && let Some((lower, upper)) = two_part_slice(slice)
        {
            self.visit_bounds(slice.location, lower, upper)?;
            let op = if ctx == ExprContext::Load { Op::BinarySlice } else { Op::StoreSlice };
            self.op(loc, op);
            return Ok(());
        }
        self.visit_expr(slice)?;
        match ctx {
            ExprContext::Load => self.op_i(loc, Op::BinaryOp, BinaryOp::Subscr.number()),
            ExprContext::Store => self.op(loc, Op::StoreSubscr),
            ExprContext::Del => self.op(loc, Op::DeleteSubscr),
        }
        Ok(())
    }

    /// Loads the two bounds of a slice.
    pub(super) fn visit_bounds(&mut self, loc: Loc, lower: Option<&'a Expr>, upper: Option<&'a Expr>) -> Res {
        for bound in [lower, upper] {
            match bound {
                Some(bound) => self.visit_expr(bound)?,
                None => self.load_const(loc, Const::None),
            }
        }
        Ok(())
    }

    pub(super) fn visit_slice(
        &mut self,
        loc: Loc,
        lower: Option<&'a Expr>,
        upper: Option<&'a Expr>,
        step: Option<&'a Expr>,
    ) -> Res {
        if let Some(slice) = constant_slice(lower, upper, step) {
            self.load_const(loc, slice);
            return Ok(());
        }
        self.visit_bounds(loc, lower, upper)?;
        let mut count = 2;
        if let Some(step) = step {
            self.visit_expr(step)?;
            count += 1;
        }
        self.op_i(loc, Op::BuildSlice, count);
        Ok(())
    }
}

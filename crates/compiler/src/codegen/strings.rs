//! f-strings and t-strings (PEP 701, PEP 750).

use pvm_bytecode::opcode::{BinaryOp, Conversion};

use super::{CompileError, Compiler, Const, Loc, Op, Res, STACK_USE_GUIDELINE};
use crate::ast::{Constant, Expr, ExprKind, Identifier};

/// The conversion `!s`, `!r` or `!a` for its letter's code; `None` for -1.
fn conversion_of(code: i32) -> Res<Option<Conversion>> {
    Ok(Some(match u8::try_from(code) {
        Ok(b's') => Conversion::Str,
        Ok(b'r') => Conversion::Repr,
        Ok(b'a') => Conversion::Ascii,
        _ if code == -1 => return Ok(None),
        _ => {
            return Err(CompileError::System(format!("Unrecognized conversion character {code}")));
        }
    }))
}

fn is_interpolation(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Interpolation { .. })
}

impl<'a> Compiler<'a> {
    pub(super) fn visit_joined_str(&mut self, loc: Loc, values: &'a [Expr]) -> Res {
        let count = values.len() as u32;
        if count > STACK_USE_GUIDELINE {
            self.load_const(loc, Const::str(""));
            self.load_method(loc, &Identifier::from("join"));
            self.op_i(loc, Op::BuildList, 0);
            for value in values {
                self.visit_expr(value)?;
                self.op_i(loc, Op::ListAppend, 1);
            }
            self.op_i(loc, Op::Call, 1);
            return Ok(());
        }
        self.visit_exprs(values)?;
        match count {
            0 => self.load_const(loc, Const::str("")),
            1 => {}
            _ => self.op_i(loc, Op::BuildString, count),
        }
        Ok(())
    }

    pub(super) fn visit_formatted_value(
        &mut self,
        loc: Loc,
        value: &'a Expr,
        conversion: i32,
        format_spec: Option<&'a Expr>,
    ) -> Res {
        self.visit_expr(value)?;
        if let Some(conversion) = conversion_of(conversion)? {
            self.op_i(loc, Op::ConvertValue, conversion.number());
        }
        match format_spec {
            Some(format_spec) => {
                self.visit_expr(format_spec)?;
                self.op(loc, Op::FormatWithSpec);
            }
            None => self.op(loc, Op::FormatSimple),
        }
        Ok(())
    }

    /// Builds the tuple of strings and the tuple of interpolations, which alternate: between two interpolations, and at both
    /// ends, there is a string.
    pub(super) fn visit_template_str(&mut self, loc: Loc, values: &'a [Expr]) -> Res {
        let mut strings = 0;
        let mut expects_string = true;
        let mut rest = values;
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            if is_interpolation(first) {
                if expects_string {
                    self.load_const(loc, Const::str(""));
                    strings += 1;
                }
                expects_string = true;
                continue;
            }
            self.visit_expr(first)?;
            while let Some((next, after)) = rest.split_first()
                && !is_interpolation(next)
            {
                rest = after;
                self.visit_expr(next)?;
                self.op_i(loc, Op::BinaryOp, BinaryOp::InplaceAdd.number());
            }
            strings += 1;
            expects_string = false;
        }
        if expects_string {
            self.load_const(loc, Const::str(""));
            strings += 1;
        }
        self.op_i(loc, Op::BuildTuple, strings);
        let mut interpolations = 0;
        for value in values.iter().filter(|value| is_interpolation(value)) {
            self.visit_expr(value)?;
            interpolations += 1;
        }
        self.op_i(loc, Op::BuildTuple, interpolations);
        self.op(loc, Op::BuildTemplate);
        Ok(())
    }

    pub(super) fn visit_interpolation(
        &mut self,
        loc: Loc,
        value: &'a Expr,
        source: &'a Constant,
        conversion: i32,
        format_spec: Option<&'a Expr>,
    ) -> Res {
        self.visit_expr(value)?;
        self.load_literal(loc, source);
        let mut arg = 2;
        if let Some(format_spec) = format_spec {
            arg += 1;
            self.visit_expr(format_spec)?;
        }
        if let Some(conversion) = conversion_of(conversion)? {
            arg |= conversion.number() << 2;
        }
        self.op_i(loc, Op::BuildInterpolation, arg);
        Ok(())
    }
}

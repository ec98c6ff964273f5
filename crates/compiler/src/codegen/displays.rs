//! Displays of lists, tuples, sets and dicts, and unpacking assignment.

use pvm_bytecode::opcode::Intrinsic1;

use super::{Compiler, Loc, Op, Res, STACK_USE_GUIDELINE, malformed};
use crate::ast::{Expr, ExprContext, ExprKind, Identifier};

/// How a display is gathered: the instruction that builds it, the one that adds an item, the one that adds a starred item's.
#[derive(Clone, Copy)]
pub(super) struct Gather {
    build: Op,
    add: Op,
    extend: Op,
    /// A tuple is gathered in a list.
    tuple: bool,
}

pub(super) const GATHER_LIST: Gather = Gather { build: Op::BuildList, add: Op::ListAppend, extend: Op::ListExtend, tuple: false };
pub(super) const GATHER_TUPLE: Gather = Gather { tuple: true, ..GATHER_LIST };
pub(super) const GATHER_SET: Gather = Gather { build: Op::BuildSet, add: Op::SetAdd, extend: Op::SetUpdate, tuple: false };

pub(super) fn is_starred(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Starred { .. })
}

/// The operand of a starred expression, any other expression as it is.
fn without_star(e: &Expr) -> &Expr {
    match &e.kind {
        ExprKind::Starred { value, .. } => value,
        _ => e,
    }
}

impl<'a> Compiler<'a> {
    /// Gathers expressions, after `pushed` values that are on the stack already; `injected` is a name loaded at the end.
    pub(super) fn gather(&mut self, loc: Loc, elts: &'a [Expr], injected: Option<&Identifier>, pushed: u32, how: Gather) -> Res {
        let count = elts.len() as u32;
        let big = count + pushed + u32::from(injected.is_some()) > STACK_USE_GUIDELINE;
        if !big && !elts.iter().any(is_starred) {
            for elt in elts {
                self.visit_expr(elt)?;
            }
            let mut total = count + pushed;
            if let Some(name) = injected {
                self.load_name(loc, name)?;
                total += 1;
            }
            let build = if how.tuple { Op::BuildTuple } else { how.build };
            self.op_i(loc, build, total);
            return Ok(());
        }
        let mut built = false;
        if big {
            self.op_i(loc, how.build, pushed);
            built = true;
        }
        for (index, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.op_i(loc, how.build, index as u32 + pushed);
                    built = true;
                }
                self.visit_expr(value)?;
                self.op_i(loc, how.extend, 1);
            } else {
                self.visit_expr(elt)?;
                if built {
                    self.op_i(loc, how.add, 1);
                }
            }
        }
        if let Some(name) = injected {
            self.load_name(loc, name)?;
            self.op_i(loc, how.add, 1);
        }
        if how.tuple {
            self.intrinsic_1(loc, Intrinsic1::ListToTuple);
        }
        Ok(())
    }

    /// A list or tuple in any context.
    pub(super) fn visit_sequence(&mut self, loc: Loc, elts: &'a [Expr], ctx: ExprContext, how: Gather) -> Res {
        match ctx {
            ExprContext::Store => self.unpack_into(loc, elts),
            ExprContext::Load => self.gather(loc, elts, None, 0, how),
            ExprContext::Del => self.visit_exprs(elts),
        }
    }

    fn unpack_into(&mut self, loc: Loc, elts: &'a [Expr]) -> Res {
        let starred = elts.iter().map(is_starred);
        match self.unpack_argument(loc, starred, "assignment", "assignment")? {
            Some(arg) => self.op_i(loc, Op::UnpackEx, arg),
            None => self.op_i(loc, Op::UnpackSequence, elts.len() as u32),
        }
        for elt in elts {
            self.visit_expr(without_star(elt))?;
        }
        Ok(())
    }

    /// The argument of `UNPACK_EX` for targets of which one is starred; `None` where none is.
    pub(super) fn unpack_argument(
        &mut self,
        loc: Loc,
        starred: impl ExactSizeIterator<Item = bool>,
        what_holds_many: &str,
        what_holds_two: &str,
    ) -> Res<Option<u32>> {
        let count = starred.len();
        let mut found = None;
        for (index, is_star) in starred.enumerate() {
            if !is_star {
                continue;
            }
            if found.is_some() {
                return self.error(loc, format!("multiple starred expressions in {what_holds_two}"));
            }
            let after = count - index - 1;
            if index >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                return self.error(loc, format!("too many expressions in star-unpacking {what_holds_many}"));
            }
            found = Some(index as u32 + ((after as u32) << 8));
        }
        Ok(found)
    }

    pub(super) fn visit_dict(&mut self, loc: Loc, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Res {
        if keys.len() != values.len() {
            return malformed("Dict doesn't have the same number of keys as values");
        }
        let mut have_dict = false;
        let mut pending = 0;
        for (index, value) in values.iter().enumerate() {
            if keys[index].is_none() {
                if pending > 0 {
                    self.visit_sub_dict(loc, &keys[index - pending..index], &values[index - pending..index])?;
                    if have_dict {
                        self.op_i(loc, Op::DictUpdate, 1);
                    }
                    have_dict = true;
                    pending = 0;
                }
                if !have_dict {
                    self.op_i(loc, Op::BuildMap, 0);
                    have_dict = true;
                }
                self.visit_expr(value)?;
                self.op_i(loc, Op::DictUpdate, 1);
            } else if pending * 2 > STACK_USE_GUIDELINE as usize {
                self.visit_sub_dict(loc, &keys[index - pending..=index], &values[index - pending..=index])?;
                if have_dict {
                    self.op_i(loc, Op::DictUpdate, 1);
                }
                have_dict = true;
                pending = 0;
            } else {
                pending += 1;
            }
        }
        if pending > 0 {
            let start = values.len() - pending;
            self.visit_sub_dict(loc, &keys[start..], &values[start..])?;
            if have_dict {
                self.op_i(loc, Op::DictUpdate, 1);
            }
            have_dict = true;
        }
        if !have_dict {
            self.op_i(loc, Op::BuildMap, 0);
        }
        Ok(())
    }

    fn visit_sub_dict(&mut self, loc: Loc, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Res {
        let count = values.len() as u32;
        let big = count * 2 > STACK_USE_GUIDELINE;
        if big {
            self.op_i(loc, Op::BuildMap, 0);
        }
        for (key, value) in keys.iter().zip(values) {
            if let Some(key) = key {
                self.visit_expr(key)?;
            }
            self.visit_expr(value)?;
            if big {
                self.op_i(loc, Op::MapAdd, 1);
            }
        }
        if !big {
            self.op_i(loc, Op::BuildMap, count);
        }
        Ok(())
    }
}

//! `match` (PEP 634).
//!
//! Each pattern consumes the subject on top of the stack, and on failure jumps to where everything that is still needed on
//! the stack is popped. Captures are kept below, in order, and stored only when the whole pattern matches.

use std::collections::HashSet;

use pvm_bytecode::opcode::BinaryOp;

use super::{Compiler, Const, Label, Loc, NEXT_LOCATION, NO_LOCATION, Op, Res, name_const, tuple_const};
use crate::ast::{CmpOp, Constant, Expr, ExprKind, Identifier, MatchCase, Pattern, PatternKind};

/// The state of matching one `case`.
#[derive(Default)]
pub(super) struct PatternContext {
    /// Names captured so far; their values lie on the stack in this order.
    pub stores: Vec<Identifier>,
    /// Whether a pattern that always matches is allowed.
    pub allow_irrefutable: bool,
    /// Where to jump to have as many values popped as the index says.
    pub fail_pop: Vec<Label>,
    /// How many values on top of the stack must stay there; captures go beneath.
    pub on_top: u32,
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::MatchAs { name: None, .. })
}

fn is_star(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::MatchStar { .. })
}

impl<'a> Compiler<'a> {
    pub(super) fn visit_match(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Res {
        self.visit_expr(subject)?;
        let end = self.new_label();
        // A last `case _` needs no copy of the subject and no test.
        let (tested, default) = match cases.split_last() {
            Some((last, rest)) if !rest.is_empty() && is_wildcard(&last.pattern) => (rest, Some(last)),
            _ => (cases, None),
        };
        for (index, case) in tested.iter().enumerate() {
            let loc = case.pattern.location;
            let is_last = index + 1 == tested.len();
            if !is_last {
                self.op_i(loc, Op::Copy, 1);
            }
            let mut pc = PatternContext {
                allow_irrefutable: case.guard.is_some() || index + 1 == cases.len(),
                ..PatternContext::default()
            };
            self.visit_pattern(&case.pattern, &mut pc)?;
            for name in &pc.stores {
                self.store_name(loc, name)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut pc, 0);
                self.jump_if(guard, pc.fail_pop[0], false)?;
            }
            if !is_last {
                self.op(NEXT_LOCATION, Op::PopTop);
            }
            self.visit_stmts(&case.body)?;
            self.jump(NO_LOCATION, Op::Jump, end);
            // Cleaning up belongs to the pattern that failed.
            self.emit_fail_pop(loc, &mut pc);
        }
        if let Some(case) = default {
            let loc = case.pattern.location;
            // A line for a case without code.
            self.op(loc, Op::Nop);
            if let Some(guard) = &case.guard {
                self.jump_if(guard, end, false)?;
            }
            self.visit_stmts(&case.body)?;
        }
        self.use_label(end);
        Ok(())
    }

    pub(super) fn visit_pattern(&mut self, p: &'a Pattern, pc: &mut PatternContext) -> Res {
        self.stack.check()?;
        let loc = p.location;
        match &p.kind {
            PatternKind::MatchValue { value } => self.pattern_value(loc, value, pc),
            PatternKind::MatchSingleton { value } => {
                self.load_literal(loc, value);
                self.emit_compare(loc, CmpOp::Is);
                self.jump_to_fail_pop(loc, pc, Op::PopJumpIfFalse);
                Ok(())
            }
            PatternKind::MatchSequence { patterns } => self.pattern_sequence(loc, patterns, pc),
            PatternKind::MatchMapping { keys, patterns, rest } => self.pattern_mapping(loc, keys, patterns, rest.as_ref(), pc),
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.pattern_class(loc, cls, patterns, kwd_attrs, kwd_patterns, pc)
            }
            PatternKind::MatchStar { name } => self.capture(loc, name.as_ref(), pc),
            PatternKind::MatchAs { pattern, name } => self.pattern_as(loc, pattern.as_deref(), name.as_ref(), pc),
            PatternKind::MatchOr { patterns } => self.pattern_or(loc, patterns, pc),
        }
    }

    /// A pattern inside another, where one that always matches is allowed.
    fn visit_subpattern(&mut self, p: &'a Pattern, pc: &mut PatternContext) -> Res {
        let allow_irrefutable = std::mem::replace(&mut pc.allow_irrefutable, true);
        self.visit_pattern(p, pc)?;
        pc.allow_irrefutable = allow_irrefutable;
        Ok(())
    }

    fn ensure_fail_pop(&mut self, pc: &mut PatternContext, pops: usize) {
        while pc.fail_pop.len() <= pops {
            let label = self.new_label();
            pc.fail_pop.push(label);
        }
    }

    /// Jumps to where all that the pattern has on the stack is popped.
    pub(super) fn jump_to_fail_pop(&mut self, loc: Loc, pc: &mut PatternContext, op: Op) {
        let pops = pc.on_top as usize + pc.stores.len();
        self.ensure_fail_pop(pc, pops);
        self.jump(loc, op, pc.fail_pop[pops]);
    }

    /// Emits the chain of pops that the jumps lead to.
    pub(super) fn emit_fail_pop(&mut self, loc: Loc, pc: &mut PatternContext) {
        for (pops, label) in std::mem::take(&mut pc.fail_pop).into_iter().enumerate().rev() {
            self.use_label(label);
            if pops > 0 {
                self.op(loc, Op::PopTop);
            }
        }
    }

    pub(super) fn error_duplicate_store<T>(&self, loc: Loc, name: &Identifier) -> Res<T> {
        self.error(loc, format!("multiple assignments to name '{name}' in pattern"))
    }

    /// Moves the value on top of the stack below `count - 1` others.
    pub(super) fn rotate(&mut self, loc: Loc, count: u32) {
        for depth in (2..=count).rev() {
            self.op_i(loc, Op::Swap, depth);
        }
    }

    /// Keeps the value on top of the stack for `name`; drops it without one.
    fn capture(&mut self, loc: Loc, name: Option<&'a Identifier>, pc: &mut PatternContext) -> Res {
        let Some(name) = name else {
            self.op(loc, Op::PopTop);
            return Ok(());
        };
        if pc.stores.contains(name) {
            return self.error_duplicate_store(loc, name);
        }
        self.rotate(loc, pc.on_top + pc.stores.len() as u32 + 1);
        pc.stores.push(name.clone());
        Ok(())
    }

    fn pattern_value(&mut self, loc: Loc, value: &'a Expr, pc: &mut PatternContext) -> Res {
        if !matches!(value.kind, ExprKind::Constant { .. } | ExprKind::Attribute { .. }) {
            return self.error(loc, "patterns may only match literals and attribute lookups");
        }
        self.visit_expr(value)?;
        self.emit_compare(loc, CmpOp::Eq);
        self.op(loc, Op::ToBool);
        self.jump_to_fail_pop(loc, pc, Op::PopJumpIfFalse);
        Ok(())
    }

    fn pattern_as(
        &mut self,
        loc: Loc,
        pattern: Option<&'a Pattern>,
        name: Option<&'a Identifier>,
        pc: &mut PatternContext,
    ) -> Res {
        let Some(pattern) = pattern else {
            if pc.allow_irrefutable {
                return self.capture(loc, name, pc);
            }
            return match name {
                Some(name) => self.error(loc, format!("name capture '{name}' makes remaining patterns unreachable")),
                None => self.error(loc, "wildcard makes remaining patterns unreachable"),
            };
        };
        pc.on_top += 1;
        self.op_i(loc, Op::Copy, 1);
        self.visit_pattern(pattern, pc)?;
        pc.on_top -= 1;
        self.capture(loc, name, pc)
    }

    /// Compares the length of the subject with `size`.
    fn check_length(&mut self, loc: Loc, op: CmpOp, size: usize, pc: &mut PatternContext) {
        self.op(loc, Op::GetLen);
        self.load_const(loc, Const::int(size));
        self.emit_compare(loc, op);
        self.jump_to_fail_pop(loc, pc, Op::PopJumpIfFalse);
    }

    fn pattern_sequence(&mut self, loc: Loc, patterns: &'a [Pattern], pc: &mut PatternContext) -> Res {
        let mut stars = (0..patterns.len()).filter(|&index| is_star(&patterns[index]));
        let star = stars.next();
        if stars.next().is_some() {
            return self.error(loc, "multiple starred names in sequence pattern");
        }
        let ignored = |pattern: &Pattern| is_wildcard(pattern) || matches!(pattern.kind, PatternKind::MatchStar { name: None });
        pc.on_top += 1;
        self.op(loc, Op::MatchSequence);
        self.jump_to_fail_pop(loc, pc, Op::PopJumpIfFalse);
        if star.is_none() {
            self.check_length(loc, CmpOp::Eq, patterns.len(), pc);
        } else if patterns.len() > 1 {
            self.check_length(loc, CmpOp::GtE, patterns.len() - 1, pc);
        }
        pc.on_top -= 1;
        if patterns.iter().all(ignored) {
            self.op(loc, Op::PopTop);
            return Ok(());
        }
        match star {
            Some(star) if ignored(&patterns[star]) => self.sequence_by_index(loc, patterns, star, pc),
            _ => self.sequence_by_unpacking(loc, patterns, pc),
        }
    }

    fn sequence_by_unpacking(&mut self, loc: Loc, patterns: &'a [Pattern], pc: &mut PatternContext) -> Res {
        let starred = patterns.iter().map(is_star);
        match self.unpack_argument(loc, starred, "sequence pattern", "sequence pattern")? {
            Some(arg) => self.op_i(loc, Op::UnpackEx, arg),
            None => self.op_i(loc, Op::UnpackSequence, patterns.len() as u32),
        }
        pc.on_top += patterns.len() as u32;
        for pattern in patterns {
            pc.on_top -= 1;
            self.visit_subpattern(pattern, pc)?;
        }
        Ok(())
    }

    /// Takes the elements one by one, which is faster where a starred wildcard would unpack the rest for nothing.
    fn sequence_by_index(&mut self, loc: Loc, patterns: &'a [Pattern], star: usize, pc: &mut PatternContext) -> Res {
        pc.on_top += 1;
        for (index, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) || index == star {
                continue;
            }
            self.op_i(loc, Op::Copy, 1);
            if index < star {
                self.load_const(loc, Const::int(index));
            } else {
                // Not every sequence takes a negative index.
                self.op(loc, Op::GetLen);
                self.load_const(loc, Const::int(patterns.len() - index));
                self.op_i(loc, Op::BinaryOp, BinaryOp::Subtract.number());
            }
            self.op_i(loc, Op::BinaryOp, BinaryOp::Subscr.number());
            self.visit_subpattern(pattern, pc)?;
        }
        pc.on_top -= 1;
        self.op(loc, Op::PopTop);
        Ok(())
    }

    fn pattern_class(
        &mut self,
        loc: Loc,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        kwd_attrs: &'a [Identifier],
        kwd_patterns: &'a [Pattern],
        pc: &mut PatternContext,
    ) -> Res {
        if kwd_attrs.len() != kwd_patterns.len() {
            return self.error(
                loc,
                format!(
                    "kwd_attrs ({}) / kwd_patterns ({}) length mismatch in class pattern",
                    kwd_attrs.len(),
                    kwd_patterns.len()
                ),
            );
        }
        for (index, attr) in kwd_attrs.iter().enumerate() {
            if let Some(other) = (index + 1..kwd_attrs.len()).find(|&other| kwd_attrs[other] == *attr) {
                return self.error(kwd_patterns[other].location, format!("attribute name repeated in class pattern: {attr}"));
            }
        }
        self.visit_expr(cls)?;
        self.load_const(loc, tuple_const(kwd_attrs.iter().map(name_const)));
        self.op_i(loc, Op::MatchClass, patterns.len() as u32);
        // A tuple of attributes, or None.
        self.fail_if_none(loc, 1, pc);
        let count = (patterns.len() + kwd_patterns.len()) as u32;
        self.op_i(loc, Op::UnpackSequence, count);
        pc.on_top += count;
        pc.on_top -= 1;
        for pattern in patterns.iter().chain(kwd_patterns) {
            pc.on_top -= 1;
            if is_wildcard(pattern) {
                self.op(loc, Op::PopTop);
            } else {
                self.visit_subpattern(pattern, pc)?;
            }
        }
        Ok(())
    }

    /// Fails if the value on top of the stack is None; it and `added - 1` values below are new on the stack.
    fn fail_if_none(&mut self, loc: Loc, added: u32, pc: &mut PatternContext) {
        pc.on_top += added;
        self.op_i(loc, Op::Copy, 1);
        self.load_const(loc, Const::None);
        self.emit_compare(loc, CmpOp::IsNot);
        self.jump_to_fail_pop(loc, pc, Op::PopJumpIfFalse);
    }

    fn pattern_mapping(
        &mut self,
        loc: Loc,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<&'a Identifier>,
        pc: &mut PatternContext,
    ) -> Res {
        if keys.len() != patterns.len() {
            return self
                .error(loc, format!("keys ({}) / patterns ({}) length mismatch in mapping pattern", keys.len(), patterns.len()));
        }
        let size = keys.len() as u32;
        pc.on_top += 1;
        self.op(loc, Op::MatchMapping);
        self.jump_to_fail_pop(loc, pc, Op::PopJumpIfFalse);
        if size == 0 && rest.is_none() {
            pc.on_top -= 1;
            self.op(loc, Op::PopTop);
            return Ok(());
        }
        if size > 0 {
            self.check_length(loc, CmpOp::GtE, keys.len(), pc);
        }
        self.mapping_keys(loc, keys)?;
        self.op_i(loc, Op::BuildTuple, size);
        self.op(loc, Op::MatchKeys);
        // The tuple of keys, and above it one of values, or None.
        self.fail_if_none(loc, 2, pc);
        self.op_i(loc, Op::UnpackSequence, size);
        pc.on_top += size;
        pc.on_top -= 1;
        for pattern in patterns {
            pc.on_top -= 1;
            self.visit_subpattern(pattern, pc)?;
        }
        pc.on_top -= 2;
        if rest.is_none() {
            self.op(loc, Op::PopTop);
            self.op(loc, Op::PopTop);
            return Ok(());
        }
        // rest = dict(subject); then each key is deleted from it
        self.op_i(loc, Op::BuildMap, 0);
        self.op_i(loc, Op::Swap, 3);
        self.op_i(loc, Op::DictUpdate, 2);
        self.op_i(loc, Op::UnpackSequence, size);
        for remaining in (1..=size).rev() {
            self.op_i(loc, Op::Copy, 1 + remaining);
            self.op_i(loc, Op::Swap, 2);
            self.op(loc, Op::DeleteSubscr);
        }
        self.capture(loc, rest, pc)
    }

    /// Loads the keys of a mapping pattern, which must differ.
    fn mapping_keys(&mut self, loc: Loc, keys: &'a [Expr]) -> Res {
        let mut seen = HashSet::new();
        for key in keys {
            match &key.kind {
                ExprKind::Constant { value, .. } => {
                    if !seen.insert(key_by_value(value)) {
                        return self.error(loc, format!("mapping pattern checks duplicate key ({value})"));
                    }
                }
                ExprKind::Attribute { .. } => {}
                _ => {
                    return self.error(loc, "mapping pattern keys may only match literals and attribute lookups");
                }
            }
            self.visit_expr(key)?;
        }
        Ok(())
    }
}

/// A constant that is the same for all numbers that compare equal, as keys of a dict do.
fn key_by_value(value: &Constant) -> Constant {
    match value {
        Constant::Bool(value) => Constant::int(i32::from(*value)),
        Constant::Complex(real, imag) if *imag == 0.0 => key_by_value(&Constant::Float(*real)),
        Constant::Float(float) if float.fract() == 0.0 => {
            pvm_bytecode::IBig::try_from(*float).map_or(value.clone(), Constant::Int)
        }
        _ => value.clone(),
    }
}

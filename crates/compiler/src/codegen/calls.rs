//! Calls.

use pvm_bytecode::opcode::{CommonConstant, Intrinsic1};

use super::displays::{GATHER_TUPLE, is_starred};
use super::expressions::attribute_location;
use super::{Compiler, Const, Label, Loc, NO_LOCATION, Op, Res, STACK_USE_GUIDELINE, name_const, tuple_const};
use crate::ast::{CmpOp, Expr, ExprContext, ExprKind, Identifier, Keyword};
use crate::symtable::{Key, def};

/// The names of keyword arguments as a tuple; `None` if one is `**mapping`.
fn keyword_names(keywords: &[Keyword]) -> Option<Const> {
    let names: Option<Vec<Const>> = keywords.iter().map(|keyword| keyword.arg.as_ref().map(name_const)).collect();
    names.map(tuple_const)
}

impl<'a> Compiler<'a> {
    pub(super) fn visit_call(&mut self, e: &'a Expr, func: &'a Expr, args: &'a [Expr], keywords: &'a [Keyword]) -> Res {
        self.validate_keywords(keywords)?;
        if self.optimized_method_call(e, func, args, keywords)? {
            return Ok(());
        }
        let end = self.new_label();
        self.check_called(func)?;
        self.visit_expr(func)?;
        self.maybe_inline_builtin(func, args, keywords, end)?;
        self.op(func.location, Op::PushNull);
        self.call_with(e.location, 0, args, None, keywords)?;
        self.use_label(end);
        Ok(())
    }

    fn validate_keywords(&self, keywords: &[Keyword]) -> Res {
        for (index, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else {
                continue;
            };
            let repeated = keywords[index + 1..].iter().find(|other| other.arg.as_ref() == Some(name));
            if let Some(other) = repeated {
                return self.error(other.location, format!("keyword argument repeated: {name}"));
            }
        }
        Ok(())
    }

    /// Calls `object.method(…)` without making the bound method, where arguments are plain and few.
    fn optimized_method_call(&mut self, e: &'a Expr, func: &'a Expr, args: &'a [Expr], keywords: &'a [Keyword]) -> Res<bool> {
        let ExprKind::Attribute { value, attr, ctx: ExprContext::Load } = &func.kind else {
            return Ok(false);
        };
        let values = args.len() + keywords.len() + usize::from(!keywords.is_empty());
        if self.is_imported(value) || values >= STACK_USE_GUIDELINE as usize || args.iter().any(is_starred) {
            return Ok(false);
        }
        let Some(names) = keyword_names(keywords) else {
            return Ok(false);
        };
        let mut loc = func.location;
        if let Some(call) = self.super_call(value, attr) {
            self.load_super_method(func, &call, attr)?;
            loc = attribute_location(loc, func, attr);
        } else {
            self.visit_expr(value)?;
            loc = attribute_location(loc, func, attr);
            self.load_method(loc, attr);
        }
        self.visit_exprs(args)?;
        let call_loc = attribute_location(e.location, func, attr);
        let count = (args.len() + keywords.len()) as u32;
        if keywords.is_empty() {
            self.op_i(call_loc, Op::Call, count);
        } else {
            self.visit_keyword_values(keywords)?;
            self.load_const(loc, names);
            self.op_i(call_loc, Op::CallKw, count);
        }
        Ok(true)
    }

    /// Whether an expression is a name that the module imports: its attributes are functions rather than methods.
    fn is_imported(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Name { id, .. } => self.symtable[self.symtable.top()].symbol(id) & def::IMPORT != 0,
            _ => false,
        }
    }

    fn visit_keyword_values(&mut self, keywords: &'a [Keyword]) -> Res {
        for keyword in keywords {
            self.visit_expr(&keyword.value)?;
        }
        Ok(())
    }

    /// Calls the function on the stack, above which `pushed` arguments are already; `injected` is a name passed after the
    /// positional arguments.
    pub(super) fn call_with(
        &mut self,
        loc: Loc,
        pushed: u32,
        args: &'a [Expr],
        injected: Option<&Identifier>,
        keywords: &'a [Keyword],
    ) -> Res {
        self.validate_keywords(keywords)?;
        let few = args.len() + keywords.len() * 2 <= STACK_USE_GUIDELINE as usize;
        if few
            && !args.iter().any(is_starred)
            && let Some(names) = keyword_names(keywords)
        {
            self.visit_exprs(args)?;
            let mut count = pushed + args.len() as u32;
            if let Some(name) = injected {
                self.load_name(loc, name)?;
                count += 1;
            }
            if keywords.is_empty() {
                self.op_i(loc, Op::Call, count);
            } else {
                self.visit_keyword_values(keywords)?;
                self.load_const(loc, names);
                self.op_i(loc, Op::CallKw, count + keywords.len() as u32);
            }
            return Ok(());
        }
        match args {
            [Expr { kind: ExprKind::Starred { value, .. }, .. }] if pushed == 0 => self.visit_expr(value)?,
            _ => self.gather(loc, args, injected, pushed, GATHER_TUPLE)?,
        }
        if keywords.is_empty() {
            self.op(loc, Op::PushNull);
        } else {
            self.gather_keywords(loc, keywords)?;
        }
        self.op(loc, Op::CallFunctionEx);
        Ok(())
    }

    /// Merges keyword arguments and `**mapping`s into one dict.
    fn gather_keywords(&mut self, loc: Loc, keywords: &'a [Keyword]) -> Res {
        let mut have_dict = false;
        let mut start = 0;
        for (index, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                continue;
            }
            have_dict |= self.merge_keywords(loc, &keywords[start..index], have_dict)?;
            start = index + 1;
            if !have_dict {
                self.op_i(loc, Op::BuildMap, 0);
                have_dict = true;
            }
            self.visit_expr(&keyword.value)?;
            self.op_i(loc, Op::DictMerge, 1);
        }
        self.merge_keywords(loc, &keywords[start..], have_dict)?;
        Ok(())
    }

    /// Builds a dict of plain keyword arguments and merges it into the one on the stack, if there is one; false if there
    /// were no arguments.
    fn merge_keywords(&mut self, loc: Loc, keywords: &'a [Keyword], have_dict: bool) -> Res<bool> {
        if keywords.is_empty() {
            return Ok(false);
        }
        let count = keywords.len() as u32;
        let big = count * 2 > STACK_USE_GUIDELINE;
        if big {
            self.op_i(NO_LOCATION, Op::BuildMap, 0);
        }
        for Keyword { arg, value, .. } in keywords {
            if let Some(arg) = arg {
                self.load_const(loc, name_const(arg));
            }
            self.visit_expr(value)?;
            if big {
                self.op_i(NO_LOCATION, Op::MapAdd, 1);
            }
        }
        if !big {
            self.op_i(loc, Op::BuildMap, count);
        }
        if have_dict {
            self.op_i(loc, Op::DictMerge, 1);
        }
        Ok(true)
    }

    /// Runs the generator in `all(… for …)`, `any(… for …)` and `tuple(… for …)` in place, if the name still means the
    /// builtin.
    fn maybe_inline_builtin(&mut self, func: &'a Expr, args: &'a [Expr], keywords: &'a [Keyword], end: Label) -> Res {
        let ExprKind::Name { id, .. } = &func.kind else {
            return Ok(());
        };
        let [generator] = args else {
            return Ok(());
        };
        if !keywords.is_empty() || !matches!(generator.kind, ExprKind::GeneratorExp { .. }) {
            return Ok(());
        }
        // An asynchronous generator cannot be iterated: the builtin says so.
        let entry = self.lookup_scope(Key::expr(generator))?;
        if self.symtable[entry].coroutine {
            return Ok(());
        }
        let skip = self.new_label();
        // The builtin, and for those that stop early what decides and what exhaustion means.
        let inlined = match &**id {
            "all" => Some((CommonConstant::All, Some((Op::PopJumpIfTrue, true)))),
            "any" => Some((CommonConstant::Any, Some((Op::PopJumpIfFalse, false)))),
            "tuple" => Some((CommonConstant::Tuple, None)),
            _ => None,
        };
        if let Some((builtin, search)) = inlined {
            self.inline_builtin(func.location, builtin, search, generator, skip, end)?;
        }
        self.use_label(skip);
        Ok(())
    }

    fn inline_builtin(
        &mut self,
        loc: Loc,
        builtin: CommonConstant,
        search: Option<(Op, bool)>,
        generator: &'a Expr,
        skip: Label,
        end: Label,
    ) -> Res {
        self.op_i(loc, Op::Copy, 1);
        self.op_i(loc, Op::LoadCommonConstant, builtin.number());
        self.emit_compare(loc, CmpOp::Is);
        self.jump(loc, Op::PopJumpIfFalse, skip);
        self.op(loc, Op::PopTop);
        if search.is_none() {
            self.op_i(loc, Op::BuildList, 0);
        }
        self.visit_expr(generator)?;
        let start = self.new_label();
        let cleanup = self.new_label();
        self.use_label(start);
        self.jump(loc, Op::ForIter, cleanup);
        match search {
            None => {
                self.op_i(loc, Op::ListAppend, 2);
                self.jump(loc, Op::Jump, start);
            }
            Some((goes_on, _)) => {
                self.op(loc, Op::ToBool);
                self.jump(loc, goes_on, start);
            }
        }
        self.op(NO_LOCATION, Op::PopIter);
        if let Some((_, exhausted)) = search {
            self.load_const(loc, Const::Bool(!exhausted));
        }
        self.jump(loc, Op::Jump, end);
        self.use_label(cleanup);
        self.op(NO_LOCATION, Op::EndFor);
        self.op(NO_LOCATION, Op::PopIter);
        match search {
            None => self.intrinsic_1(loc, Intrinsic1::ListToTuple),
            Some((_, exhausted)) => self.load_const(loc, Const::Bool(exhausted)),
        }
        self.jump(loc, Op::Jump, end);
        Ok(())
    }
}

//! Comprehensions, inlined where possible (PEP 709), and generator expressions.

use super::fblocks::FBlockKind;
use super::unit::{ScopeKind, UnitArgs};
use super::with_statements::AWAIT_EXPR;
use super::{Compiler, Const, Label, Loc, NO_LOCATION, Op, Res, malformed};
use crate::ast::{Comprehension, Expr, ExprKind, Identifier};
use crate::symtable::{EntryId, Key, Scope, def};

/// The parts of a comprehension.
#[derive(Clone, Copy)]
struct Parts<'a> {
    kind: Kind,
    /// The element, or the key of a dict's.
    elt: &'a Expr,
    /// The value of a dict's element.
    value: Option<&'a Expr>,
    generators: &'a [Comprehension],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Generator,
    List,
    Set,
    Dict,
}

impl Kind {
    fn scope_name(self) -> &'static str {
        match self {
            Kind::Generator => "<genexpr>",
            Kind::List => "<listcomp>",
            Kind::Set => "<setcomp>",
            Kind::Dict => "<dictcomp>",
        }
    }

    /// Builds the empty container; a generator has none.
    fn build(self) -> Option<Op> {
        match self {
            Kind::Generator => None,
            Kind::List => Some(Op::BuildList),
            Kind::Set => Some(Op::BuildSet),
            Kind::Dict => Some(Op::BuildMap),
        }
    }
}

/// What inlining changed in the unit and must be put back.
#[derive(Default)]
struct Inlined {
    /// Locals whose values wait on the stack.
    pushed: Vec<Identifier>,
    /// Flags that symbols had outside.
    outer_symbols: Vec<(Identifier, u32)>,
    /// Names that became fast locals.
    fast_hidden: Vec<Identifier>,
    cleanup: Option<Label>,
}

fn parts(e: &Expr) -> Option<Parts<'_>> {
    let (kind, elt, value, generators) = match &e.kind {
        ExprKind::GeneratorExp { elt, generators } => (Kind::Generator, elt, None, generators),
        ExprKind::ListComp { elt, generators } => (Kind::List, elt, None, generators),
        ExprKind::SetComp { elt, generators } => (Kind::Set, elt, None, generators),
        ExprKind::DictComp { key, value, generators } => (Kind::Dict, key, Some(&**value), generators),
        _ => return None,
    };
    Some(Parts { kind, elt, value, generators })
}

impl<'a> Compiler<'a> {
    pub(super) fn visit_comprehension(&mut self, e: &'a Expr) -> Res {
        let Some(parts) = parts(e) else {
            return Ok(());
        };
        let loc = e.location;
        let entry = self.lookup_scope(Key::expr(e))?;
        let Some(outermost) = parts.generators.first() else {
            return malformed("comprehension with no generators");
        };
        if self.symtable[entry].comp_inlined {
            self.visit_iterator(outermost)?;
            let inlined = self.enter_inlined(loc, entry);
            if let Some(build) = parts.kind.build() {
                self.op_i(loc, build, 0);
                self.op_i(loc, Op::Swap, 2);
            }
            self.visit_generators(loc, parts, 0, 0, true)?;
            self.leave_inlined(loc, inlined);
            return Ok(());
        }
        let is_async = self.symtable[entry].coroutine;
        self.enter_scope(
            Identifier::from(parts.kind.scope_name()),
            ScopeKind::Comprehension,
            Key::expr(e),
            loc.lineno,
            None,
            UnitArgs { args: 1, ..UnitArgs::default() },
        )?;
        if let Some(build) = parts.kind.build() {
            self.op_i(loc, build, 0);
        }
        self.visit_generators(loc, parts, 0, 0, false)?;
        if parts.kind == Kind::Generator {
            self.wrap_in_stop_iteration_handler();
        } else {
            self.op(loc, Op::ReturnValue);
        }
        let code = self.assemble(true)?;
        self.make_closure(loc, code, 0)?;
        self.visit_iterator(outermost)?;
        self.op_i(loc, Op::Call, 0);
        if is_async && parts.kind != Kind::Generator {
            self.emit_await(loc, AWAIT_EXPR);
        }
        Ok(())
    }

    /// Evaluates what a `for` iterates over and gets its iterator.
    fn visit_iterator(&mut self, generator: &'a Comprehension) -> Res {
        self.visit_expr(&generator.iter)?;
        let op = if generator.is_async { Op::GetAiter } else { Op::GetIter };
        self.op(generator.iter.location, op);
        Ok(())
    }

    /// Compiles the `for` at `index` and those within; `depth` iterators lie above the container.
    fn visit_generators(&mut self, loc: Loc, parts: Parts<'a>, index: usize, depth: u32, iter_on_stack: bool) -> Res {
        if parts.generators[index].is_async {
            self.visit_async_generator(loc, parts, index, depth, iter_on_stack)
        } else {
            self.visit_sync_generator(loc, parts, index, depth, iter_on_stack)
        }
    }

    fn visit_sync_generator(&mut self, loc: Loc, parts: Parts<'a>, index: usize, depth: u32, iter_on_stack: bool) -> Res {
        let generator = &parts.generators[index];
        let start = self.new_label();
        let if_cleanup = self.new_label();
        let anchor = self.new_label();
        let mut depth = depth;
        let mut loops = true;
        if !iter_on_stack {
            if index == 0 {
                self.op_i(loc, Op::LoadFast, 0);
            } else if let Some(only) = single_element(&generator.iter) {
                // `for y in [f(x)]` is an assignment.
                self.visit_expr(only)?;
                loops = false;
            } else {
                self.visit_iterator(generator)?;
            }
        }
        if loops {
            depth += 1;
            self.use_label(start);
            self.jump(generator.iter.location, Op::ForIter, anchor);
        }
        let elt_loc = self.visit_generator_body(loc, parts, index, depth, if_cleanup)?;
        self.use_label(if_cleanup);
        if loops {
            self.jump(elt_loc, Op::Jump, start);
            self.use_label(anchor);
            // `END_FOR` comes first: a generator's exhaustion jumps to it, other iterators' past it.
            self.op(NO_LOCATION, Op::EndFor);
            self.op(NO_LOCATION, Op::PopIter);
        }
        Ok(())
    }

    fn visit_async_generator(&mut self, loc: Loc, parts: Parts<'a>, index: usize, depth: u32, iter_on_stack: bool) -> Res {
        let generator = &parts.generators[index];
        let start = self.new_label();
        let send = self.new_label();
        let except = self.new_label();
        let if_cleanup = self.new_label();
        if !iter_on_stack {
            if index == 0 {
                self.op_i(loc, Op::LoadFast, 0);
            } else {
                self.visit_iterator(generator)?;
            }
        }
        self.use_label(start);
        // The interpreter pushes a block here.
        self.push_fblock(loc, FBlockKind::AsyncComprehensionGenerator)?;
        self.jump(loc, Op::SetupFinally, except);
        self.op(loc, Op::GetAnext);
        self.load_const(loc, Const::None);
        self.use_label(send);
        self.emit_yield_from(loc, true);
        self.op(loc, Op::PopBlock);
        let elt_loc = self.visit_generator_body(loc, parts, index, depth + 1, if_cleanup)?;
        self.use_label(if_cleanup);
        self.jump(elt_loc, Op::Jump, start);
        self.pop_fblock();
        self.use_label(except);
        self.jump(loc, Op::EndAsyncFor, send);
        Ok(())
    }

    /// Binds the target, tests the conditions, and goes on with the next `for` or the element; gives the element's location.
    fn visit_generator_body(&mut self, loc: Loc, parts: Parts<'a>, index: usize, depth: u32, if_cleanup: Label) -> Res<Loc> {
        let generator = &parts.generators[index];
        self.visit_expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, if_cleanup, false)?;
        }
        let mut elt_loc = parts.elt.location;
        if index + 1 < parts.generators.len() {
            self.visit_generators(loc, parts, index + 1, depth, false)?;
            return Ok(elt_loc);
        }
        self.visit_expr(parts.elt)?;
        match parts.kind {
            Kind::Generator => {
                self.emit_yield(elt_loc);
                self.op(elt_loc, Op::PopTop);
            }
            Kind::List => self.op_i(elt_loc, Op::ListAppend, depth + 1),
            Kind::Set => self.op_i(elt_loc, Op::SetAdd, depth + 1),
            Kind::Dict => {
                if let Some(value) = parts.value {
                    self.visit_expr(value)?;
                    elt_loc = elt_loc.to(value.location);
                }
                self.op_i(elt_loc, Op::MapAdd, depth + 1);
            }
        }
        Ok(elt_loc)
    }

    /// Makes the unit see the comprehension's names and saves the locals they hide.
    fn enter_inlined(&mut self, loc: Loc, comp: EntryId) -> Inlined {
        let mut state = Inlined::default();
        let in_class = self.is_class_block() && self.unit().inlined_depth == 0;
        let outer = self.unit().scope;
        let function_like = self.symtable[outer].is_function_like();
        self.unit_mut().inlined_depth += 1;
        let symbols: Vec<(Identifier, u32)> =
            self.symtable[comp].symbols.iter().map(|(name, flags)| (name.clone(), flags)).collect();
        let is_bound = |flags: u32| flags & def::LOCAL != 0 && flags & def::NONLOCAL == 0;

        for (name, flags) in &symbols {
            let scope = Scope::of(*flags);
            let outer_flags = self.symtable[outer].symbol(name);
            let outer_scope = Scope::of(outer_flags);
            // A name that is free in the comprehension is what it is outside. One that is free outside and a cell inside
            // stays free: both are reached in the same way.
            let differs = scope != outer_scope
                && scope != Some(Scope::Free)
                && !(scope == Some(Scope::Cell) && outer_scope == Some(Scope::Free));
            if differs || in_class {
                self.symtable[outer].symbols.insert(name.clone(), *flags);
                state.outer_symbols.push((name.clone(), outer_flags));
            }
            if (is_bound(*flags) || in_class) && !function_like {
                let hidden = &mut self.unit_mut().fast_hidden;
                if hidden.insert(name.clone(), true) != Some(true) {
                    state.fast_hidden.push(name.clone());
                }
            }
        }
        for (name, flags) in symbols {
            if !is_bound(flags) {
                continue;
            }
            // Of a cell this pushes the cell itself, and the comprehension gets one of its own.
            self.fast_name_op(loc, Op::LoadFastAndClear, &name);
            if Scope::of(flags) == Some(Scope::Cell) {
                let outer_scope = self.symtable[outer].scope(&name);
                let name = self.maybe_mangled(&name);
                let unit = self.unit_mut();
                let table = if outer_scope == Some(Scope::Free) { &mut unit.freevars } else { &mut unit.cellvars };
                let cell = table.add(&name);
                self.op_i(loc, Op::MakeCell, cell);
            }
            state.pushed.push(name);
        }
        if !state.pushed.is_empty() {
            // The iterator goes back to the top.
            self.op_i(loc, Op::Swap, state.pushed.len() as u32 + 1);
            let cleanup = self.new_label();
            self.jump(loc, Op::SetupFinally, cleanup);
            state.cleanup = Some(cleanup);
        }
        state
    }

    fn fast_name_op(&mut self, loc: Loc, op: Op, name: &Identifier) {
        let mangled = self.maybe_mangled(name);
        self.fast_op(loc, op, &mangled);
    }

    /// Restores the saved locals, after an exception too, and the unit's view of names.
    fn leave_inlined(&mut self, loc: Loc, state: Inlined) {
        if let Some(cleanup) = state.cleanup {
            self.op(NO_LOCATION, Op::PopBlock);
            let end = self.new_label();
            self.jump(NO_LOCATION, Op::JumpNoInterrupt, end);
            self.use_label(cleanup);
            // Drops the unfinished container below the exception.
            self.op_i(NO_LOCATION, Op::Swap, 2);
            self.op(NO_LOCATION, Op::PopTop);
            self.restore_locals(loc, &state.pushed);
            self.op_i(NO_LOCATION, Op::Reraise, 0);
            self.use_label(end);
            self.restore_locals(loc, &state.pushed);
        }
        self.unit_mut().inlined_depth -= 1;
        let outer = self.unit().scope;
        for (name, flags) in state.outer_symbols {
            self.symtable[outer].symbols.insert(name, flags);
        }
        for name in state.fast_hidden {
            self.unit_mut().fast_hidden.insert(name, false);
        }
    }

    fn restore_locals(&mut self, loc: Loc, pushed: &[Identifier]) {
        // Keeps the result, or the exception, on top.
        self.op_i(loc, Op::Swap, pushed.len() as u32 + 1);
        for name in pushed.iter().rev() {
            self.fast_name_op(loc, Op::StoreFastMaybeNull, name);
        }
    }
}

/// The element of a list or tuple display that has just one.
fn single_element(e: &Expr) -> Option<&Expr> {
    match &e.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match elts.as_slice() {
            [only] if !super::displays::is_starred(only) => Some(only),
            _ => None,
        },
        _ => None,
    }
}

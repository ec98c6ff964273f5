//! `def`, `async def` and `lambda`.

use pvm_bytecode::opcode::{FunctionAttribute, Intrinsic1, Intrinsic2};

use super::fblocks::FBlockKind;
use super::unit::{ScopeKind, UnitArgs};
use super::{Compiler, Const, Loc, NO_LOCATION, Op, Res, docstring, name_const};
use crate::ast::{Arg, Arguments, Expr, FunctionDef, Identifier, Stmt};
use crate::symtable::Key;

fn parameter_counts(args: &Arguments) -> UnitArgs {
    UnitArgs { args: args.args.len() as u32, posonly: args.posonlyargs.len() as u32, kwonly: args.kwonlyargs.len() as u32 }
}

/// The line at which a decorated definition starts.
pub(super) fn first_line(s: &Stmt, decorators: &[Expr]) -> i32 {
    decorators.first().map_or(s.location.lineno, |decorator| decorator.location.lineno)
}

/// The name of the scope of a generic definition's type parameters.
pub(super) fn generic_scope_name(name: &Identifier) -> Identifier {
    format!("<generic parameters of {name}>").into()
}

impl<'a> Compiler<'a> {
    pub(super) fn visit_function(&mut self, s: &'a Stmt, def: &'a FunctionDef, is_async: bool) -> Res {
        let loc = s.location;
        self.visit_exprs(&def.decorator_list)?;
        let firstlineno = first_line(s, &def.decorator_list);
        let mut attributes = self.default_arguments(loc, &def.args)?;
        let is_generic = !def.type_params.is_empty();
        let mut passed_defaults = 0;
        if is_generic {
            // The defaults are evaluated outside and passed to the type parameters' scope.
            for attribute in [FunctionAttribute::Defaults, FunctionAttribute::KwDefaults] {
                passed_defaults += u32::from(attributes & attribute.oparg() != 0);
            }
            if passed_defaults == 2 {
                self.op_i(loc, Op::Swap, 2);
            }
            self.enter_scope(
                generic_scope_name(&def.name),
                ScopeKind::Annotations,
                Key::type_params(s),
                firstlineno,
                None,
                UnitArgs { args: passed_defaults, ..UnitArgs::default() },
            )?;
            self.visit_type_params(&def.type_params)?;
            for index in 0..passed_defaults {
                self.op_i(loc, Op::LoadFast, index);
            }
        }
        attributes |= self.function_annotations(s, &def.args, def.returns.as_deref())?;
        self.function_body(s, def, is_async, attributes, firstlineno)?;
        if is_generic {
            self.op_i(loc, Op::Swap, 2);
            self.intrinsic_2(loc, Intrinsic2::SetFunctionTypeParams);
            let code = self.assemble(false)?;
            self.make_closure(loc, code, 0)?;
            if passed_defaults > 0 {
                self.op_i(loc, Op::Swap, passed_defaults + 1);
                self.op_i(loc, Op::Call, passed_defaults - 1);
            } else {
                self.op(loc, Op::PushNull);
                self.op_i(loc, Op::Call, 0);
            }
        }
        self.apply_decorators(&def.decorator_list);
        self.store_name(loc, &def.name)
    }

    /// Calls the decorators on the stack below the function or class, the last first.
    pub(super) fn apply_decorators(&mut self, decorators: &[Expr]) {
        for decorator in decorators.iter().rev() {
            self.op_i(decorator.location, Op::Call, 0);
        }
    }

    /// Loads the defaults of parameters; gives the attributes that they are.
    fn default_arguments(&mut self, loc: Loc, args: &'a Arguments) -> Res<u32> {
        let mut attributes = 0;
        if !args.defaults.is_empty() {
            self.visit_exprs(&args.defaults)?;
            self.op_i(loc, Op::BuildTuple, args.defaults.len() as u32);
            attributes |= FunctionAttribute::Defaults.oparg();
        }
        if self.keyword_defaults(loc, &args.kwonlyargs, &args.kw_defaults)? {
            attributes |= FunctionAttribute::KwDefaults.oparg();
        }
        Ok(attributes)
    }

    /// Builds the dict of keyword-only defaults; false if there are none.
    fn keyword_defaults(&mut self, loc: Loc, args: &'a [Arg], defaults: &'a [Option<Expr>]) -> Res<bool> {
        let mut count = 0;
        for (arg, default) in args.iter().zip(defaults) {
            if let Some(default) = default {
                count += 1;
                let mangled = self.maybe_mangled(&arg.arg);
                self.load_const(loc, name_const(&mangled));
                self.visit_expr(default)?;
            }
        }
        if count > 0 {
            self.op_i(loc, Op::BuildMap, count);
        }
        Ok(count > 0)
    }

    fn function_body(&mut self, s: &'a Stmt, def: &'a FunctionDef, is_async: bool, attributes: u32, firstlineno: i32) -> Res {
        let kind = if is_async { ScopeKind::AsyncFunction } else { ScopeKind::Function };
        self.enter_scope(def.name.clone(), kind, Key::stmt(s), firstlineno, None, parameter_counts(&def.args))?;
        let mut body = def.body.as_slice();
        if self.scope().has_docstring
            && let Some((first, rest)) = body.split_first()
            && let Some((_, text)) = docstring::of(first)
        {
            body = rest;
            self.unit_mut().consts.add(Const::Str(docstring::clean(text)?));
        }
        let scope = self.scope();
        let suspends = scope.coroutine || scope.generator;
        if suspends {
            self.push_fblock(NO_LOCATION, FBlockKind::StopIteration)?;
        }
        self.visit_stmts(body)?;
        if suspends {
            self.wrap_in_stop_iteration_handler();
            self.pop_fblock();
        }
        let code = self.assemble(true)?;
        self.make_closure(s.location, code, attributes)
    }

    /// Makes a `StopIteration` that leaves a generator a `RuntimeError` (PEP 479).
    pub(super) fn wrap_in_stop_iteration_handler(&mut self) {
        let handler = self.new_label();
        self.unit_mut().sequence.insert(0, Op::SetupCleanup, handler.0, NO_LOCATION);
        self.load_const(NO_LOCATION, Const::None);
        self.op(NO_LOCATION, Op::ReturnValue);
        self.use_label(handler);
        self.intrinsic_1(NO_LOCATION, Intrinsic1::StopIterationError);
        self.op_i(NO_LOCATION, Op::Reraise, 1);
    }

    pub(super) fn visit_lambda(&mut self, e: &'a Expr, args: &'a Arguments, body: &'a Expr) -> Res {
        let loc = e.location;
        let attributes = self.default_arguments(loc, args)?;
        self.enter_scope(
            Identifier::from("<lambda>"),
            ScopeKind::Lambda,
            Key::expr(e),
            loc.lineno,
            None,
            parameter_counts(args),
        )?;
        self.visit_expr(body)?;
        let code = if self.scope().generator {
            self.assemble(false)?
        } else {
            self.op(body.location, Op::ReturnValue);
            self.assemble(true)?
        };
        self.make_closure(loc, code, attributes)
    }
}

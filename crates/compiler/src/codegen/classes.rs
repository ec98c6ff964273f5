//! `class`.

use pvm_bytecode::opcode::Intrinsic1;

use super::functions::{first_line, generic_scope_name};
use super::unit::{ScopeKind, UnitArgs};
use super::{Compiler, Const, Loc, NO_LOCATION, Op, Res, name_const, tuple_const};
use crate::ast::{ClassDef, Identifier, Stmt};
use crate::symtable::Key;

/// The type parameters, while they are passed into the class.
const TYPE_PARAMS: &str = ".type_params";
/// `Generic[…]`, the base that a generic class gets.
const GENERIC_BASE: &str = ".generic_base";

impl<'a> Compiler<'a> {
    pub(super) fn visit_class(&mut self, s: &'a Stmt, def: &'a ClassDef) -> Res {
        let loc = s.location;
        self.visit_exprs(&def.decorator_list)?;
        let firstlineno = first_line(s, &def.decorator_list);
        if def.type_params.is_empty() {
            self.class_body(s, def, firstlineno)?;
            self.call_with(loc, 2, &def.bases, None, &def.keywords)?;
        } else {
            let type_params = Identifier::from(TYPE_PARAMS);
            let generic_base = Identifier::from(GENERIC_BASE);
            self.enter_scope(
                generic_scope_name(&def.name),
                ScopeKind::Annotations,
                Key::type_params(s),
                firstlineno,
                Some(def.name.clone()),
                UnitArgs::default(),
            )?;
            self.visit_type_params(&def.type_params)?;
            self.store_name(loc, &type_params)?;
            self.class_body(s, def, firstlineno)?;
            self.load_name(loc, &type_params)?;
            self.intrinsic_1(loc, Intrinsic1::SubscriptGeneric);
            self.store_name(loc, &generic_base)?;
            self.call_with(loc, 2, &def.bases, Some(&generic_base), &def.keywords)?;
            let code = self.assemble(false)?;
            self.make_closure(loc, code, 0)?;
            self.op(loc, Op::PushNull);
            self.op_i(loc, Op::Call, 0);
        }
        self.apply_decorators(&def.decorator_list);
        self.store_name(loc, &def.name)
    }

    /// Compiles the body as a function and loads `__build_class__`, that function and the class's name.
    fn class_body(&mut self, s: &'a Stmt, def: &'a ClassDef, firstlineno: i32) -> Res {
        self.enter_scope(
            def.name.clone(),
            ScopeKind::Class,
            Key::stmt(s),
            firstlineno,
            Some(def.name.clone()),
            UnitArgs::default(),
        )?;
        let loc = Loc { lineno: firstlineno, col_offset: 0, end_lineno: firstlineno, end_col_offset: 0 };
        self.class_header(loc, def)?;
        self.body(loc, &def.body, false)?;
        self.class_footer()?;
        let code = self.assemble(true)?;
        // A decorated class is made on the line of `class`.
        let loc = s.location;
        self.op(loc, Op::LoadBuildClass);
        self.op(loc, Op::PushNull);
        self.make_closure(loc, code, 0)?;
        self.load_const(loc, name_const(&def.name));
        Ok(())
    }

    fn class_header(&mut self, loc: Loc, def: &'a ClassDef) -> Res {
        self.load_name(loc, &Identifier::from("__name__"))?;
        self.store_name(loc, &Identifier::from("__module__"))?;
        let qualname = Const::str(&self.unit().qualname);
        self.load_const(loc, qualname);
        self.store_name(loc, &Identifier::from("__qualname__"))?;
        let firstlineno = self.unit().firstlineno;
        self.load_const(loc, Const::int(firstlineno));
        self.store_name(loc, &Identifier::from("__firstlineno__"))?;
        if !def.type_params.is_empty() {
            self.load_name(loc, &Identifier::from(TYPE_PARAMS))?;
            self.store_name(loc, &Identifier::from("__type_params__"))?;
        }
        if self.scope().needs_classdict {
            self.op(loc, Op::LoadLocals);
            self.store_cell(loc, "__classdict__");
        }
        if self.scope().has_conditional_annotations {
            self.op_i(loc, Op::BuildSet, 0);
            self.store_cell(loc, "__conditional_annotations__");
        }
        Ok(())
    }

    /// Stores into a cell of the class's own, which names in a class body never reach.
    fn store_cell(&mut self, loc: Loc, name: &str) {
        let cell = self.unit_mut().cellvars.add(&Identifier::from(name));
        self.op_i(loc, Op::StoreDeref, cell);
    }

    fn class_footer(&mut self) -> Res {
        let attributes = std::mem::take(&mut self.unit_mut().static_attributes);
        self.load_const(NO_LOCATION, tuple_const(attributes.iter().map(name_const)));
        self.store_name(NO_LOCATION, &Identifier::from("__static_attributes__"))?;
        if self.scope().needs_classdict {
            self.load_cell(NO_LOCATION, "__classdict__");
            self.store_name(NO_LOCATION, &Identifier::from("__classdictcell__"))?;
        }
        if self.scope().needs_class_closure {
            // `type.__new__` fills the cell, and `__build_class__` checks that it did.
            self.load_cell(NO_LOCATION, "__class__");
            self.op_i(NO_LOCATION, Op::Copy, 1);
            self.store_name(NO_LOCATION, &Identifier::from("__classcell__"))?;
        } else {
            self.load_const(NO_LOCATION, Const::None);
        }
        self.op(NO_LOCATION, Op::ReturnValue);
        Ok(())
    }

    fn load_cell(&mut self, loc: Loc, name: &str) {
        let cell = self.unit_mut().cellvars.add(&Identifier::from(name));
        self.op_i(loc, Op::LoadClosure, cell);
    }
}

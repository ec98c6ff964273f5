//! `import` and `from … import`.

use pvm_bytecode::opcode::Intrinsic1;

use super::{Compiler, Const, Loc, NO_LOCATION, Op, Res, name_const, tuple_const};
use crate::ast::{Alias, Identifier};

impl<'a> Compiler<'a> {
    pub(super) fn visit_import(&mut self, loc: Loc, names: &'a [Alias]) -> Res {
        for alias in names {
            self.load_const(loc, Const::int(0));
            self.load_const(loc, Const::None);
            self.name_op(loc, Op::ImportName, &alias.name);
            match (&alias.asname, alias.name.split_once('.')) {
                (Some(asname), Some((_, rest))) => self.bind_submodule(loc, rest, asname)?,
                (Some(asname), None) => self.store_name(loc, asname)?,
                (None, Some((package, _))) => self.store_name(loc, &Identifier::from(package))?,
                (None, None) => self.store_name(loc, &alias.name)?,
            }
        }
        Ok(())
    }

    /// `import a.b.c as d`: goes down from the package on the stack to the module and binds that.
    fn bind_submodule(&mut self, loc: Loc, path: &str, asname: &'a Identifier) -> Res {
        for (index, part) in path.split('.').enumerate() {
            if index > 0 {
                self.op_i(loc, Op::Swap, 2);
                self.op(loc, Op::PopTop);
            }
            self.raw_name_op(loc, Op::ImportFrom, &Identifier::from(part));
        }
        self.store_name(loc, asname)?;
        self.op(loc, Op::PopTop);
        Ok(())
    }

    pub(super) fn visit_import_from(&mut self, loc: Loc, module: Option<&'a Identifier>, names: &'a [Alias], level: i32) -> Res {
        self.load_const(loc, Const::int(level));
        let imported = names.iter().map(|alias| name_const(&alias.name));
        self.load_const(loc, tuple_const(imported));
        match module {
            Some(module) => self.name_op(loc, Op::ImportName, module),
            None => self.name_op(loc, Op::ImportName, &Identifier::from("")),
        }
        for (index, alias) in names.iter().enumerate() {
            if index == 0 && alias.name.starts_with('*') {
                self.intrinsic_1(loc, Intrinsic1::ImportStar);
                self.op(NO_LOCATION, Op::PopTop);
                return Ok(());
            }
            self.name_op(loc, Op::ImportFrom, &alias.name);
            self.store_name(loc, alias.asname.as_ref().unwrap_or(&alias.name))?;
        }
        self.op(loc, Op::PopTop);
        Ok(())
    }
}

//! Annotations, evaluated by `__annotate__` functions (PEP 649, PEP 749).

use pvm_bytecode::opcode::{CommonConstant, FunctionAttribute};
use pvm_bytecode::{CodeObject, Text};

use super::unit::{DeferredAnnotation, ScopeKind, UnitArgs};
use super::{Compiler, Const, Loc, Op, Res, name_const};
use crate::ast::{Arg, Arguments, CmpOp, Expr, ExprKind, Identifier, Stmt};
use crate::instructions::InstructionSequence;
use crate::symtable::{EntryId, Key};
use crate::unparse::unparse;

/// The highest format that the compiler's own evaluators know: `annotationlib.Format.VALUE_WITH_FAKE_GLOBALS`.
const VALUE_WITH_FAKE_GLOBALS: i32 = 2;

impl<'a> Compiler<'a> {
    /// Enters the function that evaluates annotations; it raises `NotImplementedError` for formats it does not know.
    pub(super) fn enter_annotations_scope(&mut self, loc: Loc, key: Key, name: Identifier) -> Res {
        let args = UnitArgs { posonly: 1, ..UnitArgs::default() };
        self.enter_scope(name, ScopeKind::Annotations, key, loc.lineno, None, args)?;
        let body = self.new_label();
        self.op_i(loc, Op::LoadFast, 0);
        self.load_const(loc, Const::int(VALUE_WITH_FAKE_GLOBALS));
        self.emit_compare(loc, CmpOp::Gt);
        self.jump(loc, Op::PopJumpIfFalse, body);
        self.op_i(loc, Op::LoadCommonConstant, CommonConstant::NotImplementedError.number());
        self.op_i(loc, Op::RaiseVarargs, 1);
        self.use_label(body);
        Ok(())
    }

    /// Makes the function. Its parameter has a name that no annotation can mean while it is compiled, and gets the one that
    /// signatures show here.
    fn leave_annotations_scope(&mut self, loc: Loc) -> Res {
        self.op(loc, Op::ReturnValue);
        let mut code: CodeObject = self.assemble(true)?;
        let names = code.localsplusnames.iter().enumerate();
        code.localsplusnames = names.map(|(index, name)| if index == 0 { Text::from("format") } else { name.clone() }).collect();
        self.make_closure(loc, code, 0)
    }

    /// Makes the `__annotate__` of a function; gives the attribute that it is, or 0.
    pub(super) fn function_annotations(&mut self, s: &'a Stmt, args: &'a Arguments, returns: Option<&'a Expr>) -> Res<u32> {
        let loc = s.location;
        let key = Key::annotations(s);
        let id = self.lookup_scope(key)?;
        let scope = &self.symtable[id];
        if !scope.annotations_used {
            return Ok(0);
        }
        let name = scope.name.clone();
        self.enter_annotations_scope(loc, key, name)?;
        let mut count = 0;
        let parameters = args.args.iter().chain(&args.posonlyargs);
        let parameters = parameters.chain(args.vararg.as_deref()).chain(&args.kwonlyargs);
        for Arg { arg, annotation, .. } in parameters.chain(args.kwarg.as_deref()) {
            count += self.annotation_entry(loc, arg, annotation.as_deref())?;
        }
        count += self.annotation_entry(loc, &Identifier::from("return"), returns)?;
        self.op_i(loc, Op::BuildMap, count);
        self.leave_annotations_scope(loc)?;
        Ok(FunctionAttribute::Annotate.oparg())
    }

    /// Loads a parameter's name and annotation; gives the number of entries, 0 or 1.
    fn annotation_entry(&mut self, loc: Loc, name: &Identifier, annotation: Option<&'a Expr>) -> Res<u32> {
        let Some(annotation) = annotation else {
            return Ok(0);
        };
        let mangled = self.maybe_mangled(name);
        self.load_const(loc, name_const(&mangled));
        if self.has_future_annotations() {
            self.load_unparsed(annotation);
            return Ok(1);
        }
        match &annotation.kind {
            // `*args: *Ts`
            ExprKind::Starred { value, .. } => {
                self.visit_expr(value)?;
                self.op_i(loc, Op::UnpackSequence, 1);
            }
            _ => self.visit_expr(annotation)?,
        }
        Ok(1)
    }

    /// Loads an annotation's source (PEP 563).
    pub(super) fn load_unparsed(&mut self, annotation: &Expr) {
        let text = unparse(annotation);
        self.load_const(annotation.location, Const::str(&text));
    }

    /// Makes the `__annotate__` of a module or class from what was noted while its body was compiled.
    pub(super) fn process_deferred_annotations(&mut self, loc: Loc) -> Res {
        let unit = self.unit_mut();
        let deferred = std::mem::take(&mut unit.deferred_annotations);
        if deferred.is_empty() {
            return Ok(());
        }
        let is_module = unit.kind == ScopeKind::Module;
        // A module's function must exist before its body runs, which may be in the middle of an import cycle.
        let main = is_module.then(|| std::mem::replace(&mut unit.sequence, InstructionSequence::new()));
        let id: EntryId = unit.scope;
        let block = self.scope().annotation_block;
        let name = block.map_or_else(|| Identifier::from("__annotate__"), |id| self.symtable[id].name.clone());
        self.enter_annotations_scope(loc, Key::scope_annotations(id), name)?;
        self.deferred_annotations_body(loc, &deferred, is_module)?;
        self.leave_annotations_scope(loc)?;
        let stored = if self.is_class_block() { "__annotate_func__" } else { "__annotate__" };
        self.store_name(loc, &Identifier::from(stored))?;
        if let Some(main) = main {
            let sequence = &mut self.unit_mut().sequence;
            let annotations = std::mem::replace(sequence, main);
            sequence.set_annotations_code(annotations);
        }
        Ok(())
    }

    fn deferred_annotations_body(&mut self, loc: Loc, deferred: &[DeferredAnnotation<'a>], is_module: bool) -> Res {
        self.op_i(loc, Op::BuildMap, 0);
        for entry in deferred {
            let own = entry.location;
            let mangled = self.mangled(entry.name);
            let not_set = self.new_label();
            if let Some(index) = entry.conditional_index {
                let noted = Identifier::from("__conditional_annotations__");
                self.load_const(own, Const::int(index));
                if is_module {
                    let arg = self.unit_mut().names.add(&noted);
                    self.op_i(own, Op::LoadGlobal, arg << 1);
                } else {
                    let arg = self.unit_mut().freevars.add(&noted);
                    self.op_i(own, Op::LoadDeref, arg);
                }
                self.op_i(own, Op::ContainsOp, 0);
                self.jump(own, Op::PopJumpIfFalse, not_set);
            }
            self.visit_expr(entry.annotation)?;
            self.op_i(own, Op::Copy, 2);
            self.load_const(own, name_const(&mangled));
            self.op(loc, Op::StoreSubscr);
            self.use_label(not_set);
        }
        Ok(())
    }
}

//! `_symtable`: the compiler's scopes, for `symtable` (`symtablemodule.c`).

use pvm_compiler::symtable::{Entry as Scope, EntryId, SymbolTable};
use pvm_macros::{pyclass, pymethods};
use pvm_object::{Object, PyResult, Ref, Value, Vm};

/// A scope as programs see it.
#[pyclass(name = "symtable entry", final)]
pub struct Entry {
    #[member]
    id: Value,
    #[member]
    name: Value,
    #[member]
    symbols: Value,
    #[member]
    varnames: Value,
    #[member]
    children: Value,
    #[member]
    nested: i32,
    #[member]
    #[name = "type"]
    kind: i32,
    #[member]
    lineno: i32,
}

#[pymethods]
impl Entry {
    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let (name, id) = (vm.str(&this.name)?, vm.str(&this.id)?);
        Ok(format!("<symtable entry {name}({id}), line {}>", this.lineno))
    }
}

/// A scope with all below it.
fn entry(vm: &mut Vm, table: &SymbolTable, id: EntryId) -> PyResult<Ref<Entry>> {
    let scope: &Scope = &table[id];
    let symbols = vm.new_dict();
    for (name, flags) in scope.symbols.iter() {
        let (name, flags) = (vm.intern(name), vm.int(i64::from(flags)));
        symbols.set_str(&name, flags, vm)?;
    }
    let varnames: Vec<Value> = scope.varnames.iter().map(|name| vm.intern(name).into()).collect();
    let mut children: Vec<Value> = Vec::with_capacity(scope.children.len());
    for &child in &scope.children {
        children.push(entry(vm, table, child)?.into());
    }
    let (varnames, children) = (vm.try_list(varnames)?, vm.try_list(children)?);
    let native = Entry {
        id: vm.int(id.index() as i64 + 1),
        name: vm.intern(&scope.name).into(),
        symbols: symbols.into(),
        varnames: varnames.into(),
        children: children.into(),
        nested: i32::from(scope.nested),
        kind: scope.block as i32,
        lineno: scope.location.lineno,
    };
    Ok(vm.alloc(native))
}

/// The module.
#[pvm_macros::pymodule(name = "_symtable")]
pub mod native {
    use pvm_compiler::Mode;
    use pvm_compiler::symtable::{BlockType, SCOPE_MASK, SCOPE_OFFSET, Scope, def};
    use pvm_interpreter::source;
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Value, Vm};

    use super::entry;

    /// Return symbol and scope dictionaries used internally by compiler.
    #[pyfunction]
    #[signature = "(source, filename, startstr, /)"]
    fn symtable(vm: &mut Vm, source: &Value, filename: &Value, startstr: &str) -> PyResult {
        let filename = source::path_text(vm, filename)?;
        let text = source::text_of(vm, source, "symtable", "string or bytes")?;
        let mode = match startstr {
            "exec" => Mode::Exec,
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            _ => return Err(vm.value_error(format_args!("symtable() arg 3 must be 'exec' or 'eval' or 'single'"))),
        };
        let table = source::symtable(vm, &text, &filename, mode)?;
        Ok(entry(vm, &table, table.top())?.into())
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let constants = [
            ("USE", def::USE),
            ("DEF_GLOBAL", def::GLOBAL),
            ("DEF_NONLOCAL", def::NONLOCAL),
            ("DEF_LOCAL", def::LOCAL),
            ("DEF_PARAM", def::PARAM),
            ("DEF_TYPE_PARAM", def::TYPE_PARAM),
            ("DEF_FREE_CLASS", def::FREE_CLASS),
            ("DEF_IMPORT", def::IMPORT),
            ("DEF_BOUND", def::BOUND),
            ("DEF_ANNOT", def::ANNOT),
            ("DEF_COMP_ITER", def::COMP_ITER),
            ("DEF_COMP_CELL", def::COMP_CELL),
            ("TYPE_FUNCTION", BlockType::Function as u32),
            ("TYPE_CLASS", BlockType::Class as u32),
            ("TYPE_MODULE", BlockType::Module as u32),
            ("TYPE_ANNOTATION", BlockType::Annotation as u32),
            ("TYPE_TYPE_ALIAS", BlockType::TypeAlias as u32),
            ("TYPE_TYPE_PARAMETERS", BlockType::TypeParameters as u32),
            ("TYPE_TYPE_VARIABLE", BlockType::TypeVariable as u32),
            ("LOCAL", Scope::Local as u32),
            ("GLOBAL_EXPLICIT", Scope::GlobalExplicit as u32),
            ("GLOBAL_IMPLICIT", Scope::GlobalImplicit as u32),
            ("FREE", Scope::Free as u32),
            ("CELL", Scope::Cell as u32),
            ("SCOPE_OFF", SCOPE_OFFSET),
            ("SCOPE_MASK", SCOPE_MASK),
        ];
        for (name, value) in constants {
            let (name, value) = (vm.intern(name), vm.int(i64::from(value)));
            vm.setattr(module, &name, &value)?;
        }
        Ok(())
    }
}

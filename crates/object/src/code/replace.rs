//! Making code objects from Python: the constructor and `replace`. What comes from outside is verified before it can run.

use std::sync::Arc;

use pvm_bytecode::bytes::Bytes as RawBytes;
use pvm_bytecode::flags::*;
use pvm_bytecode::verify::VerifyError;
use pvm_bytecode::{CodeObject, Constant};
use pvm_macros::pymethods;

use super::constants::{Constants, text};
use super::{Code, Content};
use crate::Vm;
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::str::Str;
use crate::tuple::Tuple;

/// The strings of a tuple, interned (`validate_and_copy_tuple`).
fn names(vm: &mut Vm, tuple: &Object<Tuple>) -> PyResult<Vec<Ref<Str>>> {
    let mut names = Vec::with_capacity(tuple.len());
    for item in tuple.as_slice() {
        let Some(name) = item.downcast::<Str>() else {
            let kind = vm.type_name(item);
            return Err(vm.type_error(format_args!("name tuples must contain only strings, not '{kind}'")));
        };
        names.push(vm.intern_str(name));
    }
    Ok(names)
}

/// What a code object is made of.
struct Parts {
    argcount: i32,
    posonlyargcount: i32,
    kwonlyargcount: i32,
    nlocals: Option<i32>,
    stacksize: i32,
    flags: i32,
    code: RawBytes,
    consts: Vec<Value>,
    names: Vec<Ref<Str>>,
    varnames: Vec<Ref<Str>>,
    freevars: Vec<Ref<Str>>,
    cellvars: Vec<Ref<Str>>,
    filename: Ref<Str>,
    name: Ref<Str>,
    qualname: Ref<Str>,
    firstlineno: i32,
    linetable: RawBytes,
    exceptiontable: RawBytes,
}

impl Parts {
    fn of(code: &Object<Code>) -> Parts {
        let raw = &code.raw;
        let of_kind = |kind| {
            let strings = code.names_of_kind(kind).filter_map(|name| name.downcast_into::<Str>().ok());
            strings.collect()
        };
        Parts {
            argcount: raw.argcount as i32,
            posonlyargcount: raw.posonlyargcount as i32,
            kwonlyargcount: raw.kwonlyargcount as i32,
            nlocals: None,
            stacksize: raw.stacksize as i32,
            flags: raw.flags as i32,
            code: raw.code.clone(),
            consts: code.consts.to_vec(),
            names: code.names.to_vec(),
            varnames: of_kind(CO_FAST_LOCAL),
            freevars: of_kind(CO_FAST_FREE),
            cellvars: of_kind(CO_FAST_CELL),
            filename: code.filename.clone(),
            name: code.name.clone(),
            qualname: code.qualname.clone(),
            firstlineno: raw.firstlineno,
            linetable: raw.linetable.clone(),
            exceptiontable: raw.exceptiontable.clone(),
        }
    }

    /// The variables in the order of frame slots, and their kinds: locals, cells that are no parameters, free variables
    /// (`PyUnstable_Code_NewWithPosOnlyArgs`).
    fn variables(&self) -> (Vec<Ref<Str>>, Vec<u8>) {
        let (mut names, mut kinds) = (self.varnames.clone(), vec![CO_FAST_LOCAL; self.varnames.len()]);
        let positional = self.argcount as usize;
        let named = positional + self.kwonlyargcount as usize;
        let flags = self.flags as u32;
        let mut rest = named;
        for (index, kind) in kinds.iter_mut().enumerate() {
            *kind |= match index {
                _ if index < self.posonlyargcount as usize => CO_FAST_ARG_POS,
                _ if index < positional => CO_FAST_ARG_POS | CO_FAST_ARG_KW,
                _ if index < named => CO_FAST_ARG_KW,
                _ if index == rest && index == named && flags & CO_VARARGS != 0 => {
                    rest += 1;
                    CO_FAST_ARG_VAR | CO_FAST_ARG_POS
                }
                _ if index == rest && flags & CO_VARKEYWORDS != 0 => CO_FAST_ARG_VAR | CO_FAST_ARG_KW,
                _ => 0,
            };
        }
        for cell in &self.cellvars {
            match self.varnames.iter().position(|name| name.same_text(cell)) {
                Some(index) => kinds[index] |= CO_FAST_CELL,
                None => {
                    names.push(cell.clone());
                    kinds.push(CO_FAST_CELL);
                }
            }
        }
        names.extend(self.freevars.iter().cloned());
        kinds.resize(names.len(), CO_FAST_FREE);
        (names, kinds)
    }

    fn build(self, vm: &mut Vm) -> PyResult<Ref<Code>> {
        if self.nlocals.is_some_and(|count| count as usize != self.varnames.len()) {
            return Err(vm.value_error(format_args!("code: co_nlocals != len(co_varnames)")));
        }
        if !self.code.len().is_multiple_of(2) {
            return Err(vm.value_error(format_args!("code: co_code is malformed")));
        }
        let code: Value = vm.new_bytes(&self.code)?.into();
        let mut event = vec![code, self.filename.to_value(), self.name.to_value()];
        let nlocals = self.varnames.len() as i32;
        let numbers = [self.argcount, self.posonlyargcount, self.kwonlyargcount, nlocals, self.stacksize, self.flags];
        event.extend(numbers.map(Value::from_i32));
        (vm.hooks().audit)(vm, "code.__new__", &event)?;
        let (locals, kinds) = self.variables();
        let mut constants = Constants::new(vm);
        // what is no constant is seen as a value of which nothing is known
        let consts = self.consts.iter().map(|value| constants.of(value).unwrap_or(Constant::None)).collect();
        let raw = CodeObject {
            argcount: self.argcount as u32,
            posonlyargcount: self.posonlyargcount as u32,
            kwonlyargcount: self.kwonlyargcount as u32,
            stacksize: self.stacksize as u32,
            flags: self.flags as u32,
            code: self.code,
            consts,
            names: self.names.iter().map(|name| text(name)).collect(),
            localsplusnames: locals.iter().map(|name| text(name)).collect(),
            localspluskinds: kinds.into(),
            filename: text(&self.filename),
            name: text(&self.name),
            qualname: text(&self.qualname),
            firstlineno: self.firstlineno,
            linetable: self.linetable,
            exceptiontable: self.exceptiontable,
        };
        let raw = match pvm_bytecode::verify::verify(Arc::new(raw)) {
            Ok(raw) => raw,
            // Where no instruction is at fault the message is CPython's.
            Err(VerifyError { message, offset: None, .. }) => return Err(vm.value_error(format_args!("{message}"))),
            Err(VerifyError { message, offset: Some(offset), .. }) => {
                return Err(vm.value_error(format_args!("{message} at offset {offset}")));
            }
        };
        let code = Code::filled(Content {
            raw,
            consts: self.consts.into(),
            names: self.names.into(),
            locals: locals.into(),
            name: self.name,
            qualname: self.qualname,
            filename: self.filename,
        });
        Ok(vm.alloc(code))
    }
}

/// `replace`'s numbers cannot be negative.
fn positive(vm: &mut Vm, given: Option<i32>, known: i32, name: &str) -> PyResult<i32> {
    match given {
        Some(number) if number < 0 => Err(vm.value_error(format_args!("{name} must be a positive integer"))),
        given => Ok(given.unwrap_or(known)),
    }
}

fn bytes(given: Option<&Object<Bytes>>, known: RawBytes) -> RawBytes {
    given.map_or(known, |bytes| bytes.as_slice().into())
}

fn replaced_names(vm: &mut Vm, given: Option<&Object<Tuple>>, known: Vec<Ref<Str>>) -> PyResult<Vec<Ref<Str>>> {
    given.map_or(Ok(known), |tuple| names(vm, tuple))
}

/// The changes that `replace` was told.
struct Changes<'a> {
    argcount: Option<i32>,
    posonlyargcount: Option<i32>,
    kwonlyargcount: Option<i32>,
    nlocals: Option<i32>,
    stacksize: Option<i32>,
    flags: Option<i32>,
    firstlineno: Option<i32>,
    code: Option<&'a Object<Bytes>>,
    consts: Option<&'a Object<Tuple>>,
    names: Option<&'a Object<Tuple>>,
    varnames: Option<&'a Object<Tuple>>,
    freevars: Option<&'a Object<Tuple>>,
    cellvars: Option<&'a Object<Tuple>>,
    filename: Option<&'a Object<Str>>,
    name: Option<&'a Object<Str>>,
    qualname: Option<&'a Object<Str>>,
    linetable: Option<&'a Object<Bytes>>,
    exceptiontable: Option<&'a Object<Bytes>>,
}

impl Changes<'_> {
    fn apply(self, vm: &mut Vm, code: &Object<Code>) -> PyResult<Ref<Code>> {
        let known = Parts::of(code);
        let string = |given: Option<&Object<Str>>, known: Ref<Str>| given.map_or(known, Object::to_ref);
        let nlocals = match self.nlocals {
            Some(count) => Some(positive(vm, Some(count), 0, "co_nlocals")?),
            None if self.varnames.is_none() => None,
            // Other variables than there were need their number as well.
            None => Some(code.raw.nlocals() as i32),
        };
        let parts = Parts {
            argcount: positive(vm, self.argcount, known.argcount, "co_argcount")?,
            posonlyargcount: positive(vm, self.posonlyargcount, known.posonlyargcount, "co_posonlyargcount")?,
            kwonlyargcount: positive(vm, self.kwonlyargcount, known.kwonlyargcount, "co_kwonlyargcount")?,
            nlocals,
            stacksize: positive(vm, self.stacksize, known.stacksize, "co_stacksize")?,
            flags: positive(vm, self.flags, known.flags, "co_flags")?,
            firstlineno: positive(vm, self.firstlineno, known.firstlineno, "co_firstlineno")?,
            code: bytes(self.code, known.code),
            consts: self.consts.map_or(known.consts, |consts| consts.as_slice().to_vec()),
            names: replaced_names(vm, self.names, known.names)?,
            varnames: replaced_names(vm, self.varnames, known.varnames)?,
            freevars: replaced_names(vm, self.freevars, known.freevars)?,
            cellvars: replaced_names(vm, self.cellvars, known.cellvars)?,
            filename: string(self.filename, known.filename),
            name: string(self.name, known.name),
            qualname: string(self.qualname, known.qualname),
            linetable: bytes(self.linetable, known.linetable),
            exceptiontable: bytes(self.exceptiontable, known.exceptiontable),
        };
        parts.build(vm)
    }
}

/// A method that takes every `co_…` attribute as a keyword.
macro_rules! replacing {
    ($($(#[$attribute:meta])* $name:ident;)*) => {
        #[pymethods(part = replacing)]
        impl Code {
            #[new]
            #[signature = "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)"]
            fn new(
                vm: &mut Vm,
                argcount: i32,
                posonlyargcount: i32,
                kwonlyargcount: i32,
                nlocals: i32,
                stacksize: i32,
                flags: i32,
                codestring: &Object<Bytes>,
                constants: &Object<Tuple>,
                names: &Object<Tuple>,
                varnames: &Object<Tuple>,
                filename: &Object<Str>,
                name: &Object<Str>,
                qualname: &Object<Str>,
                firstlineno: i32,
                linetable: &Object<Bytes>,
                exceptiontable: &Object<Bytes>,
                freevars: Option<&Object<Tuple>>,
                cellvars: Option<&Object<Tuple>>,
            ) -> PyResult<Ref<Code>> {
                let counts = [
                    (argcount, "argcount"),
                    (posonlyargcount, "posonlyargcount"),
                    (kwonlyargcount, "kwonlyargcount"),
                    (nlocals, "nlocals"),
                ];
                if let Some((_, name)) = counts.iter().find(|(count, _)| *count < 0) {
                    return Err(vm.value_error(format_args!("code: {name} must not be negative")));
                }
                let parts = Parts {
                    argcount,
                    posonlyargcount,
                    kwonlyargcount,
                    nlocals: Some(nlocals),
                    stacksize,
                    flags,
                    code: codestring.as_slice().into(),
                    consts: constants.as_slice().to_vec(),
                    names: self::names(vm, names)?,
                    varnames: self::names(vm, varnames)?,
                    freevars: replaced_names(vm, freevars, Vec::new())?,
                    cellvars: replaced_names(vm, cellvars, Vec::new())?,
                    filename: filename.to_ref(),
                    name: name.to_ref(),
                    qualname: qualname.to_ref(),
                    firstlineno,
                    linetable: linetable.as_slice().into(),
                    exceptiontable: exceptiontable.as_slice().into(),
                };
                parts.build(vm)
            }

            $(
                $(#[$attribute])*
                #[text_signature = "($self, /, **changes)"]
                #[signature = "(*, co_argcount=<unrepresentable>, co_posonlyargcount=<unrepresentable>, co_kwonlyargcount=<unrepresentable>, co_nlocals=<unrepresentable>, co_stacksize=<unrepresentable>, co_flags=<unrepresentable>, co_firstlineno=<unrepresentable>, co_code=<unrepresentable>, co_consts=<unrepresentable>, co_names=<unrepresentable>, co_varnames=<unrepresentable>, co_freevars=<unrepresentable>, co_cellvars=<unrepresentable>, co_filename=<unrepresentable>, co_name=<unrepresentable>, co_qualname=<unrepresentable>, co_linetable=<unrepresentable>, co_exceptiontable=<unrepresentable>)"]
                fn $name(
                    this: &Object<Self>,
                    vm: &mut Vm,
                    co_argcount: Option<i32>,
                    co_posonlyargcount: Option<i32>,
                    co_kwonlyargcount: Option<i32>,
                    co_nlocals: Option<i32>,
                    co_stacksize: Option<i32>,
                    co_flags: Option<i32>,
                    co_firstlineno: Option<i32>,
                    co_code: Option<&Object<Bytes>>,
                    co_consts: Option<&Object<Tuple>>,
                    co_names: Option<&Object<Tuple>>,
                    co_varnames: Option<&Object<Tuple>>,
                    co_freevars: Option<&Object<Tuple>>,
                    co_cellvars: Option<&Object<Tuple>>,
                    co_filename: Option<&Object<Str>>,
                    co_name: Option<&Object<Str>>,
                    co_qualname: Option<&Object<Str>>,
                    co_linetable: Option<&Object<Bytes>>,
                    co_exceptiontable: Option<&Object<Bytes>>,
                ) -> PyResult<Ref<Code>> {
                    let changes = Changes {
                        argcount: co_argcount,
                        posonlyargcount: co_posonlyargcount,
                        kwonlyargcount: co_kwonlyargcount,
                        nlocals: co_nlocals,
                        stacksize: co_stacksize,
                        flags: co_flags,
                        firstlineno: co_firstlineno,
                        code: co_code,
                        consts: co_consts,
                        names: co_names,
                        varnames: co_varnames,
                        freevars: co_freevars,
                        cellvars: co_cellvars,
                        filename: co_filename,
                        name: co_name,
                        qualname: co_qualname,
                        linetable: co_linetable,
                        exceptiontable: co_exceptiontable,
                    };
                    changes.apply(vm, this)
                }
            )*
        }
    };
}

replacing! {
    /// Return a copy of the code object with new values for the specified fields.
    replace;
    /// The same as replace().
    __replace__;
}

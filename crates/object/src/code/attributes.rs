//! Code objects as programs see them: `co_argcount`, `co_consts`, `co_lines` and their like.

use pvm_bytecode::flags::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL};
use pvm_macros::pymethods;

use super::Code;
use super::positions::{LineIterator, PositionsIterator};
use crate::bytes::Bytes;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions::DEPRECATION_WARNING;
use crate::ops::CompareOp;
use crate::ops::join::join;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The doc of the class.
pub(super) const CODE_DOC: &str = "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,
     flags, codestring, constants, names, varnames, filename, name,
     qualname, firstlineno, linetable, exceptiontable, freevars=(),
     cellvars=(), /)
--

Create a code object.  Not for the faint of heart.";

impl Code {
    /// The names of the variables of a kind.
    pub(super) fn names_of_kind(&self, kind: u8) -> impl ExactSizeIterator<Item = Value> {
        let kinds = self.raw.localspluskinds.iter();
        let names = self.locals.iter().zip(kinds).filter(|(_, kinds)| *kinds & kind != 0);
        names.map(|(name, _)| name.to_value()).collect::<Vec<_>>().into_iter()
    }
}

#[pymethods]
impl Code {
    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let line = if this.raw.firstlineno == 0 { -1 } else { this.raw.firstlineno };
        let (address, line) = (format!(" at {:#x}, file \"", this.address()), format!("\", line {line}>"));
        join!(vm, "<code object ", &this.name, &address, &this.filename, &line)
    }

    fn __hash__(this: &Object<Self>) -> i64 {
        this.hash_code()
    }

    fn __richcompare__(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let (Some(other), CompareOp::Eq | CompareOp::Ne) = (other.downcast::<Code>(), op) else {
            return Ok(Value::not_implemented());
        };
        let equal = this.equals(other, vm)?;
        Ok(Value::from_bool(equal == (op == CompareOp::Eq)))
    }

    #[text_signature = "($self, /)"]
    fn __sizeof__(this: &Object<Self>) -> usize {
        let raw = &this.raw;
        let tables = raw.code.len() + raw.linetable.len() + raw.exceptiontable.len();
        let words = this.consts.len() + this.names.len() + this.locals.len();
        size_of::<Object<Code>>() + tables + 8 * words
    }

    #[text_signature = "($self, /)"]
    fn co_lines(this: &Object<Self>, heap: &mut Heap) -> Ref<LineIterator> {
        let lines = this.raw.lines().map(|range| [Some(range.start as i32), Some(range.end as i32), range.line]);
        heap.alloc(LineIterator::new(lines.collect()))
    }

    #[text_signature = "($self, /)"]
    fn co_branches(this: &Object<Self>, heap: &mut Heap) -> Ref<LineIterator> {
        let branches =
            this.raw.branches().map(|branch| [branch.source, branch.not_taken, branch.taken].map(|at| Some(at as i32)));
        heap.alloc(LineIterator::new(branches.collect()))
    }

    #[text_signature = "($self, /)"]
    fn co_positions(this: &Object<Self>, heap: &mut Heap) -> Ref<PositionsIterator> {
        heap.alloc(PositionsIterator::new(this.raw.positions().map(|location| location.to_position()).collect()))
    }

    /// (internal-only) Return the local variable name for the given oparg.
    ///
    /// WARNING: this method is for internal use only and may change or go
    /// away.
    #[signature = "(oparg)"]
    fn _varname_from_oparg(&self, vm: &mut Vm, oparg: i32) -> PyResult<Ref<Str>> {
        match usize::try_from(oparg).ok().and_then(|index| self.locals.get(index)) {
            Some(name) => Ok(name.clone()),
            None => Err(vm.index_error(format_args!("tuple index out of range"))),
        }
    }

    #[member]
    fn co_argcount(&self) -> u32 {
        self.raw.argcount
    }

    #[member]
    fn co_posonlyargcount(&self) -> u32 {
        self.raw.posonlyargcount
    }

    #[member]
    fn co_kwonlyargcount(&self) -> u32 {
        self.raw.kwonlyargcount
    }

    #[member]
    fn co_stacksize(&self) -> u32 {
        self.raw.stacksize
    }

    #[member]
    fn co_flags(&self) -> u32 {
        self.raw.flags
    }

    #[member]
    fn co_nlocals(&self) -> usize {
        self.raw.nlocals()
    }

    #[member]
    fn co_consts(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        Ok(heap.try_tuple(self.consts.iter().cloned())?)
    }

    #[member]
    fn co_names(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        Ok(heap.try_tuple(self.names.iter().map(|name| name.to_value()))?)
    }

    #[member]
    fn co_filename(&self) -> Ref<Str> {
        self.filename.clone()
    }

    #[member]
    fn co_name(&self) -> Ref<Str> {
        self.name.clone()
    }

    #[member]
    fn co_qualname(&self) -> Ref<Str> {
        self.qualname.clone()
    }

    #[member]
    fn co_firstlineno(&self) -> i32 {
        self.raw.firstlineno
    }

    #[member]
    fn co_linetable(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        Ok(heap.new_bytes(&self.raw.linetable)?)
    }

    #[member]
    fn co_exceptiontable(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        Ok(heap.new_bytes(&self.raw.exceptiontable)?)
    }

    #[getter]
    fn co_lnotab(&self, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        vm.warn(DEPRECATION_WARNING.get(), "co_lnotab is deprecated, use co_lines instead.", 1)?;
        let table = super::positions::lnotab(&self.raw);
        Ok(vm.new_bytes(&table)?)
    }

    #[getter]
    fn _co_code_adaptive(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        let code = (vm.hooks().adaptive_code)(vm, this);
        Ok(vm.new_bytes(&code)?)
    }

    #[getter]
    fn co_varnames(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        Ok(heap.try_tuple(self.names_of_kind(CO_FAST_LOCAL))?)
    }

    #[getter]
    fn co_cellvars(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        Ok(heap.try_tuple(self.names_of_kind(CO_FAST_CELL))?)
    }

    #[getter]
    fn co_freevars(&self, heap: &mut Heap) -> PyResult<Ref<Tuple>> {
        Ok(heap.try_tuple(self.names_of_kind(CO_FAST_FREE))?)
    }

    #[getter]
    fn co_code(&self, heap: &mut Heap) -> PyResult<Ref<Bytes>> {
        Ok(heap.new_bytes(&self.raw.code)?)
    }
}

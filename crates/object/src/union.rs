//! `typing.Union` (`types.UnionType`): `int | str` (PEP 604).

use pvm_macros::{pyclass, pymethods};

use crate::Vm;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::generic_alias::{GenericAlias, parameters_of, substitute, type_repr};
use crate::ops::CompareOp;
use crate::ops::join::Piece;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::{PyClass, Type};

/// Represent a union type
///
/// E.g. for int | str
#[pyclass(name = "Union", module = "typing", weakref, final)]
pub struct Union {
    #[member]
    #[name = "__args__"]
    args: Ref<Tuple>,
    /// The members that can be hashed, in order; equal ones occur once.
    hashable: Vec<Value>,
    /// Those that could not be hashed when the union was made.
    unhashable: Vec<Value>,
    parameters: HeapCell<Option<Ref<Tuple>>>,
}

/// Collects the members of a union: unions among them are taken apart, of equal ones the first stays.
struct Builder {
    args: Vec<Value>,
    hashable: Vec<(i64, Value)>,
    unhashable: Vec<Value>,
    /// Whether members are checked as `typing` does it.
    checked: bool,
}

impl Builder {
    fn new(checked: bool) -> Builder {
        Builder { args: Vec::new(), hashable: Vec::new(), unhashable: Vec::new(), checked }
    }

    fn add(&mut self, vm: &mut Vm, arg: &Value) -> PyResult<()> {
        if let Some(union) = arg.downcast::<Union>() {
            for arg in union.args.as_slice() {
                self.add_single(vm, arg.clone())?;
            }
            return Ok(());
        }
        let arg = if self.checked { type_check(vm, arg)? } else { arg.clone() };
        let arg = if arg.is_none() { crate::singletons::NoneType::type_object().to_value() } else { arg };
        if arg.is_instance_of::<Union>() { self.add(vm, &arg) } else { self.add_single(vm, arg) }
    }

    fn add_single(&mut self, vm: &mut Vm, arg: Value) -> PyResult<()> {
        let hash = vm.hash(&arg);
        let Some(hash) = vm.ok_unless(hash, crate::exceptions::TYPE_ERROR.get())? else {
            for known in &self.unhashable {
                if vm.eq(known, &arg)? {
                    return Ok(());
                }
            }
            self.unhashable.push(arg.clone());
            self.args.push(arg);
            return Ok(());
        };
        for (known_hash, known) in &self.hashable {
            if *known_hash == hash && vm.eq(known, &arg)? {
                return Ok(());
            }
        }
        self.hashable.push((hash, arg.clone()));
        self.args.push(arg);
        Ok(())
    }

    fn finish(self, vm: &mut Vm) -> PyResult {
        match &self.args[..] {
            [] => Err(vm.type_error(format_args!("Cannot take a Union of no types."))),
            [only] => Ok(only.clone()),
            _ => {
                let args = vm.try_tuple(self.args)?;
                let hashable = self.hashable.into_iter().map(|(_, value)| value).collect();
                let union = Union { args, hashable, unhashable: self.unhashable, parameters: HeapCell::new(None) };
                Ok(vm.alloc(union).into())
            }
        }
    }
}

/// Whether `|` makes a union of a value without asking `typing`.
fn is_unionable(value: &Value) -> bool {
    value.is_none()
        || value.is_instance_of::<Type>()
        || value.is_instance_of::<GenericAlias>()
        || value.is_instance_of::<Union>()
        || is_type_alias(value)
}

/// Whether the value is a `type` statement's; its class lives in the library.
fn is_type_alias(value: &Value) -> bool {
    let class = value.ty();
    class.def().is_some_and(|def| def.name == "TypeAliasType" && def.module == "typing")
}

/// What `typing` makes of a member (strings become forward references), or its error.
fn type_check(vm: &mut Vm, arg: &Value) -> PyResult {
    if is_unionable(arg) {
        return Ok(arg.clone());
    }
    let name = vm.intern("_type_check");
    let check = vm.import_attr("typing", &name)?;
    let message = vm.new_str("Union[arg, ...]: each arg must be a type.");
    vm.call(&check, &[arg.clone(), message.into()])
}

/// `left | right` of types; `NotImplemented` where one of them is none (`_Py_union_type_or`).
pub fn union_of(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
    if !is_unionable(left) || !is_unionable(right) {
        return Ok(Value::not_implemented());
    }
    let mut builder = Builder::new(false);
    builder.add(vm, left)?;
    builder.add(vm, right)?;
    builder.finish(vm)
}

/// The union of what `typing` takes for types, as `typing.Union[…]` makes it (`_Py_union_from_tuple`).
pub fn checked_union(vm: &mut Vm, args: &[Value]) -> PyResult {
    let mut builder = Builder::new(true);
    for arg in args {
        builder.add(vm, arg)?;
    }
    builder.finish(vm)
}

fn items(value: &Value) -> &[Value] {
    value.downcast::<Tuple>().map_or(std::slice::from_ref(value), |items| items.as_slice())
}

#[pymethods]
impl Union {
    #[constant]
    #[name = "__module__"]
    fn module() -> &'static str {
        "typing"
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let mut texts = Vec::with_capacity(this.args.len());
        for arg in this.args.as_slice() {
            texts.push(type_repr(vm, arg)?);
        }
        let mut pieces = Vec::with_capacity(2 * texts.len());
        for (index, text) in texts.iter().enumerate() {
            if index > 0 {
                pieces.push(Piece::Text(" | "));
            }
            pieces.push(Piece::Str(text));
        }
        vm.join_pieces(&pieces)
    }

    fn __hash__(this: &Object<Self>, vm: &mut Vm) -> PyResult<i64> {
        // Members that could not be hashed may have become hashable; the union is not, its order would tell.
        for arg in &this.unhashable {
            vm.hash(arg)?;
        }
        if !this.unhashable.is_empty() {
            let count = this.unhashable.len();
            let plural = if count == 1 { "" } else { "s" };
            return Err(vm.type_error(format_args!("union contains {count} unhashable element{plural}")));
        }
        let mut hashes = Vec::with_capacity(this.hashable.len());
        for arg in &this.hashable {
            hashes.push(vm.hash(arg)?);
        }
        Ok(crate::hashing::hash_frozenset(hashes))
    }

    fn __richcompare__(this: &Object<Self>, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let (Some(other), CompareOp::Eq | CompareOp::Ne) = (other.downcast::<Union>(), op) else {
            return Ok(Value::not_implemented());
        };
        let equal = same_members(vm, &this.hashable, &other.hashable)? && same_members(vm, &this.unhashable, &other.unhashable)?;
        Ok(Value::from_bool(equal == (op == CompareOp::Eq)))
    }

    fn __or__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        checked_union(vm, &[left.clone(), right.clone()])
    }

    #[slot(getitem)]
    fn subscript(this: &Object<Self>, vm: &mut Vm, item: &Value) -> PyResult {
        let parameters = this.parameters(vm)?;
        let args = substitute(vm, &this.as_value(), this.args.as_slice(), &parameters, item)?;
        checked_union(vm, &args)
    }

    #[text_signature = "($self, object, /)"]
    fn __mro_entries__(this: &Object<Self>, vm: &mut Vm, _object: &Value) -> PyResult<()> {
        let shown = vm.repr(&this.as_value())?;
        Err(vm.type_error(format_args!("Cannot subclass {shown}")))
    }

    /// Create a union containing the given types
    #[classmethod]
    #[text_signature = "($type, object, /)"]
    fn __class_getitem__(_cls: &Object<Type>, vm: &mut Vm, object: &Value) -> PyResult {
        checked_union(vm, items(object))
    }

    /// Name of the type
    #[getter]
    fn __name__(&self) -> &'static str {
        "Union"
    }

    /// Qualified name of the type
    #[getter]
    fn __qualname__(&self) -> &'static str {
        "Union"
    }

    /// Always returns the type
    #[getter]
    fn __origin__(&self) -> Ref<Type> {
        Union::type_object().to_ref()
    }

    /// Type variables in the types.UnionType.
    #[getter]
    fn __parameters__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        this.parameters(vm)
    }
}

/// Whether each member of either list equals one of the other; both hold no equal ones.
fn same_members(vm: &mut Vm, left: &[Value], right: &[Value]) -> PyResult<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    'next: for a in left {
        for b in right {
            if vm.eq(a, b)? {
                continue 'next;
            }
        }
        return Ok(false);
    }
    Ok(true)
}

impl Object<Union> {
    /// The members.
    pub fn args(&self) -> &Object<Tuple> {
        &self.args
    }

    fn parameters(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        if let Some(known) = self.parameters.get(vm) {
            return Ok(known);
        }
        let parameters = parameters_of(vm, self.args.as_slice())?;
        self.parameters.set(Some(parameters.clone()), vm);
        Ok(parameters)
    }
}
